// What a server does with a request: ignore its Upgrade, treat it as an offer, or refuse it.
// RFC 9110 sections 7.6.1 and 7.8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/consequence.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/host.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/request_rules.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Notes which protocols of any list in Upgrade the request wants.
TURNOUT_OUT_OF_LINE constexpr finding note_protocols(const grammar::value_lines& listed,
                                                     std::size_t max_elements,
                                                     wanted_protocols& noted) noexcept {
  grammar::detail::element_places places{listed, max_elements, errc::bad_upgrade};
  for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
    const auto one = protocol::parse_prefix(rest);
    if (places.take(one.error(), one->size)) noted.note(one->value);
  }
  const failure why = places.why();
  if (why) return found_in(field_name::upgrade, why);
  if (places.taken() == 0) return found_in(field_name::upgrade, errc::empty_upgrade);
  if (noted.without_connection && noted.bits == 0)
    return found_in(field_name::upgrade, errc::upgrade_not_nominated);
  return {};
}

/// The rules of check_upgrade() for the values of Connection and Upgrade; notes which protocols the
/// request wants.
TURNOUT_INLINE constexpr finding check_upgrade_lists(const facts& request, std::size_t max_elements,
                                                     wanted_protocols& noted) noexcept {
  const auto says =
      field::connection_summary::read(request.lines(field_name::connection), max_elements);
  if (says.why.code != errc::none) return found_in(field_name::connection, says.why);
  if (!says.lists(field_name::upgrade) &&
      (request.has(field_name::connection) || !noted.begin_without_connection()))
    return found_in(field_name::upgrade, errc::upgrade_not_nominated);
  // Most requests name one protocol, without a version.
  const grammar::value_lines wanted = request.lines(field_name::upgrade);
  if (!optimized_for_size && max_elements > 0 && grammar::is_token(wanted.only()))
    noted.note_name(wanted.only());
  if (noted.bits != 0) return {};
  wanted_protocols any = noted;  // so that `noted` can stay in registers
  const finding found = note_protocols(wanted, max_elements, any);
  noted = any;
  return found;
}

/// As turnout::check_upgrade() below, and notes which protocols the request wants.
constexpr finding check_upgrade(const facts& request, std::size_t max_elements,
                                wanted_protocols& noted) noexcept {
  if (!request.has(field_name::upgrade)) return found_in(field_name::upgrade, errc::no_upgrade);
  if (request.version() < http_1_1) return found_in(field_name::upgrade, errc::upgrade_in_http_1_0);
  if (request.method() == method::connect)
    return found_in(field_name::upgrade, errc::upgrade_on_connect);
  return check_upgrade_lists(request, max_elements, noted);
}

}  // namespace detail

namespace rules {

/// Checks that a request has an Upgrade that a server may treat as an offer, of any protocol.
///
/// Rule      RFC 9110 section 7.8: HTTP/1.1 or later; section 7.6.1: Connection lists `upgrade`;
///           one malformed element makes all of Upgrade or Connection invalid; CONNECT and Upgrade
///           can't be combined. `close` in Connection concerns the final response (RFC 9112 section
///           9.6), which a 101 is not, so an offer may have it
/// Fails     no_upgrade, upgrade_on_connect, upgrade_in_http_1_0, bad_connection,
///           upgrade_not_nominated, bad_upgrade, empty_upgrade: why the request is an ordinary
///           one; too_many_elements
constexpr finding check_upgrade(const facts& request, std::size_t max_elements) noexcept {
  detail::wanted_protocols of_none;
  return detail::check_upgrade(request, max_elements, of_none);
}

/// Checks that a request has what a protocol requires.
///
/// Rule      RFC 9112 sections 3.2 and 3.3: an empty Host is valid, unless the protocol needs one
/// Takes     request: passed check_request() and check_upgrade()
/// Fails     field_not_nominated, which makes the protocol count as not offered; unknown_method,
///           method_not_allowed, content_not_allowed, empty_host, missing_own_field
constexpr finding check_profile(const facts& request, const profile& wanted) noexcept {
  using detail::found_in;
  const grammar::value_lines options = request.lines(field_name::connection);
  for (const std::string_view name : wanted.nominated)
    if (!field::detail::lists(options, name))
      return found_in(field_name::connection, errc::field_not_nominated);
  const bool known = request.method() != method::other;
  if (!allows(wanted, request.method(), request.method_name()))
    return {{known ? errc::method_not_allowed : errc::unknown_method, 0}, {}};
  if (!wanted.content && has_content(request)) {
    const bool chunked = request.has(field_name::transfer_encoding);
    return found_in(chunked ? field_name::transfer_encoding : field_name::content_length,
                    errc::content_not_allowed);
  }
  for (const own_field& field : wanted.fields)
    if (field.in_request && request.lines(field.name).empty())
      return found_in(request.field_named(field.name), errc::missing_own_field);
  if (!wanted.needs_host) return {};
  const std::string_view host = request.lines(field_name::host).first();
  if (host.empty() || host.front() == ':')  // only a port, since the value is well-formed
    return found_in(field_name::host, errc::empty_host);
  return {};
}

}  // namespace rules

/// What examine_request() found.
struct verdict {
  /// What a server does with the request.
  enum class kind : std::uint8_t {
    ignore,   ///< it is an ordinary request; `found` says why its Upgrade is ignored
    offer,    ///< the server may switch, or answer it as an ordinary request
    connect,  ///< it is a CONNECT: the server opens a tunnel or refuses; Upgrade is ignored
    refuse    ///< the server answers with status_for(found.why.code) and closes the connection
  };

  kind what = kind::ignore;  ///< what to do
  finding found;             ///< what is wrong, where and in which field
  turnout::offer offer;      ///< with kind::offer
};

namespace detail {

/// True if a finding makes a server refuse a request, instead of treating it as an ordinary one.
constexpr bool refuses(const finding& found) noexcept {
  return rules::status_for(found.why.code) != 0;
}

/// Examines a CONNECT that passed check_request().
///
/// Rule      RFC 9110 section 9.3.6: it has no content; what follows belongs to the tunnel
constexpr verdict examine_connect(const facts& request) noexcept {
  const bool chunked = request.has(field_name::transfer_encoding);
  const field_name framed = chunked ? field_name::transfer_encoding : field_name::content_length;
  if (rules::has_content(request))
    return {verdict::kind::refuse, found_in(framed, errc::content_not_allowed), {}};
  if (!request.has(field_name::upgrade)) return {verdict::kind::connect, {}, {}};
  return {verdict::kind::connect, found_in(field_name::upgrade, errc::upgrade_on_connect), {}};
}

/// The verdict on a request that is no offer, because of `found`.
constexpr verdict without_offer(const finding& found) noexcept {
  const bool limit = rules::fault_of(found.why.code) == fault::limit;
  return {limit ? verdict::kind::refuse : verdict::kind::ignore, found, {}};
}

/// Offers those of the protocols that a request wants whose profiles it fits.
///
/// Takes     request: passed check_request() and check_upgrade(), which noted what is `wanted`
TURNOUT_OUT_OF_LINE constexpr verdict examine_profiles(const facts& request,
                                                       wanted_protocols wanted) noexcept {
  using kind = verdict::kind;
  std::uint64_t offered = 0;
  verdict without;
  without.found = found_in(field_name::upgrade, errc::no_common_protocol);
  for (std::size_t i = wanted.supported.size(); i-- > 0;) {
    const profile& one = wanted.supported[i];
    if ((wanted.bits >> i & 1) == 0 || !one.by_upgrade) continue;
    const finding found = rules::check_profile(request, one);
    const bool refused = !one.opportunistic && refuses(found);
    if (!found)
      offered |= std::uint64_t{1} << i;
    else if (refused || without.what == kind::ignore)
      without = {refused ? kind::refuse : kind::ignore, found, {}};
  }
  if (offered == 0) return without;
  return {kind::offer, {}, offer_of(request, {wanted.supported, offered})};
}

/// Examines any request.
TURNOUT_OUT_OF_LINE constexpr verdict examine_by_rules(const facts& request,
                                                       span<const profile> supported,
                                                       std::size_t max_elements) noexcept {
  using kind = verdict::kind;
  if (request.version().major != 1)
    return {kind::ignore, {{errc::unsupported_http_version, 0}, {}}, {}};
  if (const finding found = rules::check_request(request, max_elements); found)
    return {kind::refuse, found, {}};
  if (request.method() == method::connect) return examine_connect(request);
  wanted_protocols wanted{supported};
  if (const finding found = check_upgrade(request, max_elements, wanted); found)
    return without_offer(found);
  return examine_profiles(request, wanted);
}

/// True for a request like nearly all that ask to switch: a GET with HTTP/1.1, without content, and
/// with one line each of Host, Connection and Upgrade. Of check_request() and check_upgrade(), only
/// the rules for the values of these three are left to check.
TURNOUT_INLINE constexpr bool is_plain(const facts& request) noexcept {
  using field::detail::name_set;
  constexpr name_set one_each =
      name_set{field_name::host} | field_name::connection | field_name::upgrade;
  constexpr name_set none =
      name_set{field_name::transfer_encoding} | field_name::content_length | field_name::expect;
  return request.are_plain(one_each, none) && request.method() == method::get &&
         request.version() == http_1_1;
}

/// True if each of the profiles that a plain request wants accepts it without a look at its fields.
///
/// Takes     host: the value of Host
TURNOUT_INLINE constexpr bool fits_all(const wanted_protocols& wanted,
                                       const grammar::authority& host) noexcept {
  for (std::size_t i = 0; i < wanted.supported.size(); ++i) {
    const profile& one = wanted.supported[i];
    const bool fits = one.by_upgrade && one.methods.contains(method::get) &&
                      one.nominated.empty() && one.fields.empty() &&
                      (!one.needs_host || !host.host.empty());
    if ((wanted.bits >> i & 1) != 0 && !fits) return false;
  }
  return wanted.bits != 0;
}

/// Examines a request for which is_plain() is true.
TURNOUT_INLINE constexpr verdict examine_plain(const facts& request, span<const profile> supported,
                                               std::size_t max_elements) noexcept {
  using kind = verdict::kind;
  field::host host;
  const failure why = host.assign(request.lines(field_name::host).first());
  if (why.code != errc::none) return {kind::refuse, found_in(field_name::host, why), {}};
  wanted_protocols wanted{supported};
  if (const finding found = check_upgrade_lists(request, max_elements, wanted); found)
    return without_offer(found);
  if (!fits_all(wanted, host.value)) return examine_profiles(request, wanted);
  return {kind::offer, {}, offer_of(request, wanted)};
}

}  // namespace detail

/// Examines a request by its facts.
///
/// Rule      RFC 9110 sections 7.6.1, 7.8 and 9.3.6; a protocol that Upgrade can't lead to is
///           ignored, such as `h2` (RFC 7540 section 3.2), and so is one whose fields Connection
///           does not list (RFC 9110 section 7.6.1). A request that fits none of the protocols that
///           it asks for is refused, or is an ordinary one if they are opportunistic. HTTP/2 and
///           HTTP/3 have no Upgrade (RFC 9113 section 8.6): their requests, which other parsers may
///           pass here, are ordinary ones
/// Takes     request: has seen all field lines, after keep_for(supported) if one of the protocols
///           has fields of its own; supported: the protocols that the server speaks, most preferred
///           first, at most max_profiles; max_elements: of each list
/// Returns   an offer if the request asks for at least one of `supported` and fits it
/// Fails     never: the verdict says what is wrong
/// Borrows   `request` and `supported`, in the offer
/// Costs     one pass over the values of the fields that matter
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// turnout::facts seen{turnout::method::get, turnout::http_1_1};
/// seen.see("Host", "example.com");
/// seen.see("Connection", "keep-alive");  // does not list upgrade
/// seen.see("Upgrade", "websocket");
/// const auto verdict = turnout::examine_request(seen, spoken);
/// assert(verdict.what == turnout::verdict::kind::ignore);
/// assert(verdict.found.why.code == turnout::errc::upgrade_not_nominated);
/// ```
constexpr verdict examine_request(
    const facts& request, lasting_span<const profile> supported,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  using kind = verdict::kind;
  if (supported.size() > detail::max_profiles)
    return {kind::refuse, {{errc::too_many_profiles, detail::max_profiles}, {}}, {}};
  if (!detail::optimized_for_size && detail::is_plain(request))
    return detail::examine_plain(request, supported, max_elements);
  return detail::examine_by_rules(request, supported, max_elements);
}

}  // namespace v0
}  // namespace turnout
