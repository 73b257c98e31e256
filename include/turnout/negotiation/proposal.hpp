// A client's request that offers to switch, and how it is written (RFC 9110 section 7.8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/protected_fields.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

/// A request that offers one or more protocols. Protocols that add to the request, or check more of
/// the answer, derive from it and have their own put_fields() and check_switch().
///
/// Borrows   everything it views, for as long as a handshake uses it
struct proposal {
  /// Whether an intermediary makes it from the request of another client. The 101 must then have
  /// Connection, whatever the profiles tolerate.
  static constexpr bool is_forwarded = false;

  turnout::method method = turnout::method::get;  ///< one that every protocol allows
  std::string_view target = "/";  ///< the request target, encoded; may be only a query
  /// The value of Host: a host and an optional port; may be empty for a target without authority,
  /// such as on a Unix socket, if no protocol needs a host.
  std::string_view host{};
  lasting_span<const profile> protocols{};  ///< the offered protocols, most preferred first
  lasting_span<const field_line> fields{};  ///< more field lines, after the library's own
  framing content{};  ///< the framing of the content that the caller sends after the head
  bool expect_continue = false;    ///< whether it waits for a 100 (Continue) or a final response
  std::string_view method_name{};  ///< with method::other: its name

  /// Puts the field lines that the protocols add to the request. Here there are none.
  constexpr void put_fields(writer&) const noexcept {}

  /// Returns why this request can't follow another one on its connection. Here it always can.
  constexpr failure check_after(const proposal&) const noexcept { return {}; }

  /// Checks what the chosen protocol requires of the 101 beyond the rules of Upgrade. Here there is
  /// nothing to check. The facts have the profile's own fields: facts::lines(name).
  constexpr finding check_switch(const facts&, const profile&, std::size_t) const noexcept {
    return {};
  }
};

namespace detail {

/// Puts Connection: upgrade, the fields that the protocols need listed, and TE if there is one.
constexpr void put_connection(writer& to, const proposal& proposal) noexcept {
  to.put("Connection: ");
  separated options{to};
  options.next().put("Upgrade");
  for (const profile& offered : proposal.protocols) {
    for (const std::string_view name : offered.nominated) {
      if (!rules::may_be_nominated(name)) to.fail({errc::reserved_field, 0});
      grammar::put_token(options.next(), name);
    }
  }
  if (rules::has_field(proposal.fields, field_name::te)) options.next().put("TE");
  to.put("\r\n");
}

/// True for a target that is only a query: its path is then "/", RFC 9112 section 3.2.1.
constexpr bool lacks_path(const proposal& proposal) noexcept {
  if (proposal.method == method::connect) return false;
  return proposal.target.empty() || proposal.target.front() == '?';
}

/// Puts the field that frames the content, even if there is no content but the method suggests some
/// (RFC 9110 section 8.6), and Expect (section 10.1.1).
constexpr void put_framing(writer& to, const proposal& proposal) noexcept {
  const bool expects_content = proposal.method == method::post || proposal.method == method::put ||
                               proposal.method == method::patch || proposal.method == method::query;
  if (proposal.content.kind == framing_kind::chunked) {
    to.put("Transfer-Encoding: chunked\r\n");
  } else if (proposal.content.kind == framing_kind::length || expects_content) {
    to.put("Content-Length: ");
    to.put_number(proposal.content.kind == framing_kind::length ? proposal.content.octets : 0);
    to.put("\r\n");
  }
  if (proposal.expect_continue) to.put("Expect: 100-continue\r\n");
}

/// True if a proposal's method is CONNECT, or if method::other has the name of a known method.
constexpr bool hides_method(const proposal& proposal) noexcept {
  if (proposal.method == method::connect) return true;
  return proposal.method == method::other && method_named(proposal.method_name) != method::other;
}

/// True if a proposal names its host, or does not need to.
constexpr bool has_host_due(const proposal& proposal, const grammar::authority& host) noexcept {
  if (!host.host.empty()) return true;
  for (const profile& one : proposal.protocols)
    if (one.needs_host) return false;
  return host.port.empty();
}

/// Returns why a proposal's content can't be sent; errc::none if it can.
constexpr failure unsendable_content(const proposal& proposal) noexcept {
  if (proposal.content.kind == framing_kind::until_close) return {errc::endless_content, 0};
  if (proposal.content.ends_at_once()) {
    for (std::size_t i = 0; proposal.expect_continue && i < proposal.protocols.size(); ++i)
      if (!proposal.protocols[i].expects_without_content) return {errc::expect_without_content, i};
    return {};
  }
  for (std::size_t i = 0; i < proposal.protocols.size(); ++i)
    if (!proposal.protocols[i].content) return {errc::content_not_allowed, i};
  return {};
}

/// Returns why a proposal can't be written; errc::none if it can.
constexpr failure unwritable_part(const proposal& proposal) noexcept {
  const auto host = grammar::authority::parse(proposal.host);
  const std::size_t bad = grammar::find_not<grammar::octet_class::target>(proposal.target);
  const auto target = lacks_path(proposal)
                          ? result<request_target>{}
                          : request_target::parse(proposal.method, proposal.target);
  if (!any_by_upgrade(proposal.protocols)) return {errc::no_protocol, 0};
  if (proposal.protocols.size() > max_profiles) return {errc::too_many_profiles, max_profiles};
  for (std::size_t i = 0; i < proposal.protocols.size(); ++i)
    if (!rules::allows(proposal.protocols[i], proposal.method, proposal.method_name) ||
        hides_method(proposal))
      return {errc::method_not_allowed, i};
  if (const failure why = unsendable_content(proposal); why.code != errc::none) return why;
  if (bad < proposal.target.size()) return {errc::unwritable, bad};
  if (!target) return {errc::unwritable, target.error().at};
  if (!host || !has_host_due(proposal, *host)) return {errc::unwritable, host.error().at};
  const bool absolute = target->form == target_form::absolute;
  if (absolute && !(target->authority == *host)) return {errc::unwritable, 0};
  return {};
}

}  // namespace detail

/// Writes the head of the request; the caller sends the content, if any, after it.
///
/// Rule      RFC 9110 sections 7.2, 7.6.1 and 7.8, RFC 9112 section 3: an empty path is written as
///           "/"; Host comes first and is the authority of a target in absolute-form; Connection
///           lists upgrade; one Upgrade line; a POST, PUT, PATCH or QUERY without content says so
///           (section 8.6). Send chunked content only to servers that are known to speak HTTP/1.1
///           (RFC 9112 section 6.1)
/// Takes     proposal: a proposal or a type derived from it
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; no_protocol, too_many_profiles; method_not_allowed or
///           content_not_allowed with the index of the protocol that does not allow this request;
///           endless_content, expect_without_content; unwritable with the offset in the target or
///           the host; reserved_field and unwritable with the index of the field line; the failures
///           of the protocols
/// Borrows   from `out`
/// Changes   nothing when it fails
///
/// ```cpp
/// static constexpr turnout::profile wanted[] = {{.token = {"a", "1"}}};
/// std::array<char, 256> out;
/// const auto request = turnout::write_request(
///     turnout::proposal{.target = "/x", .host = "example.com", .protocols = wanted}, out);
/// assert(*request == "GET /x HTTP/1.1\r\nHost: example.com\r\n"
///                    "Connection: Upgrade\r\nUpgrade: a/1\r\n\r\n");
/// ```
template <class Proposal>
constexpr result<std::string_view> write_request(const Proposal& proposal, span<char> out) noexcept(
    detail::puts_fields_nothrow<Proposal>) {
  const failure why = detail::unwritable_part(proposal);
  if (why.code != errc::none) return why;
  return write_whole(out, [&proposal](writer& to) {
    grammar::put_token(
        to, proposal.method == method::other ? proposal.method_name : name_of(proposal.method));
    to.put(' ');
    if (detail::lacks_path(proposal)) to.put('/');
    to.put(proposal.target);
    to.put(" HTTP/1.1\r\nHost: ");
    to.put(proposal.host);
    to.put("\r\n");
    detail::put_connection(to, proposal);
    detail::put_upgrade(to, proposal.protocols);
    detail::put_framing(to, proposal);
    proposal.put_fields(to);
    detail::put_caller_fields(to, proposal.fields, detail::message_role::request);
    to.put("\r\n");
  });
}

}  // namespace v0
}  // namespace turnout
