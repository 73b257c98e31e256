// The 101 (Switching Protocols): written from an agreement, and checked against a proposal.
// RFC 9110 sections 7.8 and 15.2.2.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Puts a 100 (Continue).
constexpr void put_continue(writer& to) noexcept { to.put("HTTP/1.1 100 Continue\r\n\r\n"); }

/// Puts what Upgrade names in a 101: the protocol, and the one above it if there is one; and CRLF.
constexpr void put_switched_to(writer& to, const profile& protocol) noexcept {
  separated named{to};
  protocol.token.put(named.next());
  if (!protocol.upper.name.empty()) protocol.upper.put(named.next());
  to.put("\r\n");
}

}  // namespace detail

/// Writes the 101 that an agreement allows.
///
/// Rule      RFC 9110 section 7.8: Upgrade names the protocol, and after it the one above it if
///           there is one; Connection lists upgrade; a 100 (Continue) that the request waits for
///           goes out first; section 8.6: no Content-Length
/// Takes     agreed: an agreement or a type derived from it; continue_first: whether a 100 is due
///           before it; fields: more field lines
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; no_protocol for an agreement on nothing;
///           incomplete_agreement for a plain agreement on a protocol that has its own;
///           reserved_field and unwritable with the index of the field line
/// Borrows   from `out`
/// Changes   nothing when it fails
template <class Agreement>
constexpr result<std::string_view> write_switch(
    const Agreement& agreed, bool continue_first, span<const field_line> fields,
    span<char> out) noexcept(detail::puts_fields_nothrow<Agreement>) {
  static_assert(std::is_base_of_v<agreement, Agreement>);
  const profile* const protocol = agreed.protocol();
  if (protocol == nullptr) return failure{errc::no_protocol, 0};
  if (protocol->own_agreement && std::is_same_v<agreement, Agreement>)
    return failure{errc::incomplete_agreement, 0};
  return write_whole(out, [&](writer& to) {
    if (continue_first) detail::put_continue(to);
    to.put("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ");
    detail::put_switched_to(to, *protocol);
    agreed.put_fields(to);
    detail::put_caller_fields(to, fields, detail::message_role::switching);
    to.put("\r\n");
  });
}

namespace detail {

/// Finds the profile of a protocol that a proposal offers and Upgrade can lead to. It does not
/// return the pointer: under UBSan, GCC compares none with nullptr in constant evaluation.
///
/// Returns   true if there is one, in `found`
template <class Profiles>
constexpr bool find_offered(const Profiles& offered, const protocol& token,
                            const profile*& found) noexcept {
  for (const profile& one : offered) {
    found = &one;
    if (one.by_upgrade && one.token == token) return true;
  }
  return false;
}

/// True if a 101 names the protocol that goes on above another one, in whatever minor version.
constexpr bool is_above(const protocol& named, const profile& below) noexcept {
  const auto major = [](std::string_view version) { return version.substr(0, version.find('.')); };
  return !below.upper.name.empty() && grammar::equal_ignoring_case(named.name, below.upper.name) &&
         major(named.version) == major(below.upper.version);
}

/// Checks what a 101 names after the first protocol.
template <class Profiles>
constexpr failure check_other_names(const field::upgrade& named, const profile& first,
                                    const Profiles& offered) noexcept {
  std::size_t left = named.size() - 1;
  for (auto one = ++named.begin(); left > 0; ++one, --left) {
    if (left == 1 && is_above(*one, first)) break;
    if (!first.self_confirming) return {errc::ambiguous_switch, one.offset()};
    const profile* another = nullptr;
    if (!find_offered(offered, *one, another)) return {errc::protocol_not_offered, one.offset()};
    if (!another->self_confirming) return {errc::ambiguous_switch, one.offset()};
  }
  return {};
}

/// What a client finds in a 101.
struct switch_check {
  finding found;                      ///< what is wrong with it; errc::none if nothing is
  const profile* protocol = nullptr;  ///< what both agreed on, a member of the proposal's list
};

}  // namespace detail

namespace rules {

/// Checks that a 101 says which protocol it switches to, whatever was asked.
///
/// Rule      RFC 9110 sections 7.6.1, 7.8 and 15.2.2: the status line is HTTP/1.1, Connection lists
///           upgrade, Upgrade is well-formed and not empty. `close` beside it is about a final
///           response (RFC 9112 section 9.6), which a 101 is not
/// Takes     response: facts of a response whose status is 101
/// Fails     switch_in_http_1_0, unsupported_http_version, too_many_kept_lines, bad_connection,
///           switch_not_nominated, switch_without_upgrade, bad_upgrade, too_many_elements
constexpr finding check_named_switch(const facts& response, std::size_t max_elements) noexcept {
  using detail::found_in;
  constexpr field_name upgrade_field = field_name::upgrade;
  if (response.version() < http_1_1) return {{errc::switch_in_http_1_0, 0}, {}};
  if (response.version().major != 1) return {{errc::unsupported_http_version, 0}, {}};
  if (const finding found = response.check_complete(); found) return found;

  const auto says =
      field::connection_summary::read(response.lines(field_name::connection), max_elements);
  if (says.why.code != errc::none) return found_in(field_name::connection, says.why);
  if (!says.lists(field_name::upgrade))
    return found_in(field_name::connection, errc::switch_not_nominated);

  const auto protocols = field::upgrade::parse(response.lines(upgrade_field), max_elements);
  if (!protocols) return found_in(upgrade_field, protocols.error());
  if (protocols->empty()) return found_in(upgrade_field, errc::switch_without_upgrade);
  return {};
}

/// Checks a 101 against what was asked.
///
/// Rule      as check_named_switch(); RFC 9110 section 7.8: Upgrade names one protocol, which was
///           offered, and after it perhaps the one that its profile has above it; and what the
///           protocol itself demands. One that confirms the switch itself may be named with others
///           of those offered, and in a 101 whose Connection does not list upgrade: its sender
///           breaks section 7.6.1, but no rule has the client refuse it
/// Takes     response: facts of a response whose status is 101; proposal: the proposal that it
///           answers
/// Fails     as check_named_switch(); ambiguous_switch, protocol_not_offered,
///           switch_without_own_field; what the proposal reports
/// Costs     one pass over the values of the fields that matter
template <class Proposal>
constexpr detail::switch_check check_switch(
    const facts& response, const Proposal& proposal,
    std::size_t max_elements =
        grammar::default_list_elements) noexcept(noexcept(proposal.check_switch(response, profile{},
                                                                                max_elements))) {
  using detail::found_in;
  constexpr field_name upgrade_field = field_name::upgrade;
  const finding unnamed = check_named_switch(response, max_elements);
  if (unnamed && unnamed.why.code != errc::switch_not_nominated) return {unnamed, nullptr};
  const auto protocols = field::upgrade::parse(response.lines(upgrade_field), max_elements);
  if (!protocols) return {unnamed, nullptr};
  const auto first = protocols->begin();
  const profile* agreed = nullptr;
  const bool offered = detail::find_offered(proposal.protocols, *first, agreed);
  if (unnamed && (!offered || !agreed->self_confirming)) return {unnamed, nullptr};
  if (!offered)
    return {found_in(upgrade_field, errc::protocol_not_offered, first.offset()), nullptr};
  const failure why = detail::check_other_names(*protocols, *agreed, proposal.protocols);
  if (why.code != errc::none) return {found_in(upgrade_field, why), nullptr};
  for (const own_field& field : agreed->fields)
    if (field.in_switch && response.lines(field.name).empty())
      return {found_in(response.field_named(field.name), errc::switch_without_own_field), nullptr};
  const finding found = proposal.check_switch(response, *agreed, max_elements);
  return {found, found ? nullptr : agreed};
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
