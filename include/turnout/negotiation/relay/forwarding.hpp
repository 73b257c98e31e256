// How an intermediary forwards a request: with its own offer (decision D19), without an offer, or
// not at all. RFC 9110 sections 7.6 and 7.8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/explain.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/max_forwards.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/hop_by_hop.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/relayed_offer.hpp"
#include "turnout/negotiation/request_rules.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The rules of an intermediary for forwarding.
///
/// Borrows   everything it views
struct relay_policy {
  /// The only protocols that it forwards offers of. Take care before you list `h2c` or TLS: inside
  /// them, a client and a server get around the intermediary.
  lasting_span<const profile> allowed{};
  /// Its name in Via: a token, and optionally a colon and a port.
  std::string_view name = "turnout";
  /// Field lines that it adds, such as Forwarded. No client can remove them.
  lasting_span<const field_line> fields{};
  /// Names of more fields that Connection may not list, since a server trusts them: see
  /// is_protected().
  lasting_span<const std::string_view> protected_fields{};
  /// Whether to drop field lines of requests whose names have an underscore. Servers that pass
  /// fields as variables, as CGI and WSGI do, can't tell `X_Real_IP` from `X-Real-IP`.
  bool drop_underscored = false;
};

/// What examine_request() found.
struct verdict {
  /// What an intermediary does with the request.
  enum class kind : std::uint8_t {
    upgrading,  ///< it forwards it with its own offer
    plain,      ///< it forwards it without an offer; `found` says why Upgrade is ignored
    connect,    ///< it opens a tunnel, or forwards the CONNECT to the next proxy
    respond,    ///< it answers as the last recipient, since Max-Forwards is 0
    refuse      ///< it answers with refusal_for(found.why.code, allowed), and closes
  };

  kind what = kind::refuse;  ///< what to do
  finding found;             ///< what is wrong, where and in which field
  relayed_offer offer;       ///< with kind::upgrading
};

namespace detail {

/// True if a refused request only lacks what its protocols require: it is valid as an ordinary
/// request, and can be forwarded.
constexpr bool is_merely_unfit(const facts& request, const turnout::verdict& judged,
                               std::size_t max_elements) noexcept {
  return request.method() != method::connect &&
         rules::fault_of(judged.found.why.code) == fault::peer &&
         !rules::check_request(request, max_elements);
}

/// Checks that a well-formed Connection lists no field that the recipient needs.
TURNOUT_OUT_OF_LINE constexpr finding check_listed(const grammar::value_lines& lines,
                                                   const relay_policy& policy,
                                                   std::size_t max_elements) noexcept {
  const auto checked = rules::check_nominated(*field::connection::parse(lines, max_elements),
                                              policy.protected_fields);
  return checked ? finding{} : turnout::detail::found_in(field_name::connection, checked.error());
}

/// Checks that Connection is well-formed, and lists no field that the recipient needs.
TURNOUT_INLINE constexpr finding check_connection(const facts& message, const relay_policy& policy,
                                                  std::size_t max_elements) noexcept {
  const grammar::value_lines lines = message.lines(field_name::connection);
  const auto says = field::connection_summary::read(lines, max_elements);
  if (says.why.code != errc::none)
    return turnout::detail::found_in(field_name::connection, says.why);
  if ((says.listed - rules::hop_by_hop).empty()) return {};
  return check_listed(lines, policy, max_elements);
}

/// Finds out why a request can't be forwarded.
constexpr finding check_forwardable(const facts& request, const turnout::verdict& judged,
                                    const relay_policy& policy, std::size_t max_elements) noexcept {
  const bool refused = judged.what == turnout::verdict::kind::refuse;
  if (refused && !is_merely_unfit(request, judged, max_elements)) return judged.found;
  if (request.version().major != 1) return {{errc::unsupported_http_version, 0}, {}};
  return check_connection(request, policy, max_elements);
}

/// True for the methods that Max-Forwards applies to.
///
/// Rule      RFC 9110 section 7.6.2
constexpr bool counts_forwards(method used) noexcept {
  return used == method::options || used == method::trace;
}

/// Checks how often a request may still be forwarded: the verdict is then plain, respond or refuse.
constexpr void check_max_forwards(verdict& forwarded, const facts& request) noexcept {
  using kind = verdict::kind;
  forwarded.what = kind::plain;
  if (!counts_forwards(request.method()) || !request.has(field_name::max_forwards)) return;
  const auto left = field::max_forwards::parse(request.lines(field_name::max_forwards));
  if (!left) forwarded.found = turnout::detail::found_in(field_name::max_forwards, left.error());
  if (!left || left->hops == 0) forwarded.what = left ? kind::respond : kind::refuse;
}

/// As examine_request() below, in place: a copy would wait until the parts of the verdict are in
/// memory.
///
/// Takes     forwarded: a new verdict
constexpr void examine_into(verdict& forwarded, const facts& request, const relay_policy& policy,
                            std::size_t max_elements) noexcept {
  using kind = verdict::kind;
  const turnout::verdict judged = turnout::examine_request(request, policy.allowed, max_elements);
  forwarded.found = check_forwardable(request, judged, policy, max_elements);
  if (forwarded.found) return;
  if (judged.what == turnout::verdict::kind::connect) {
    forwarded.what = kind::connect;
    forwarded.found = judged.found;
    return;
  }
  check_max_forwards(forwarded, request);
  if (forwarded.what != kind::plain) return;
  if (judged.what != turnout::verdict::kind::offer) {
    forwarded.found = judged.found;
    return;
  }
  if (!request.has(field_name::connection)) {  // which only the last recipient may tolerate
    forwarded.found = turnout::detail::found_in(field_name::upgrade, errc::upgrade_not_nominated);
    return;
  }
  forwarded.offer = relayed_offer{judged.offer};
  if (forwarded.offer.empty())
    forwarded.found = turnout::detail::found_in(field_name::upgrade, errc::no_common_protocol);
  else
    forwarded.what = kind::upgrading;
}

}  // namespace detail

/// Examines a request that an intermediary wants to forward, by its facts.
///
/// Rule      RFC 9110 sections 7.6.1, 7.6.2 and 7.8. A request that every server refuses is not
///           forwarded, and neither is one with a malformed Connection, since nobody knows which
///           fields it lists. A request that only does not fit the allowed protocols is forwarded
///           without an offer
/// Takes     request: has seen all field lines; max_elements: of each list
/// Fails     never: the verdict says what is wrong: as check_request(); in a CONNECT,
///           content_not_allowed; bad_connection, end_to_end_nominated; bad_max_forwards;
///           unsupported_http_version; too_many_elements; too_many_profiles
/// Borrows   `request` and policy.allowed, in the offer
constexpr verdict examine_request(
    const facts& request, const relay_policy& policy,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  verdict forwarded;
  detail::examine_into(forwarded, request, policy, max_elements);
  return forwarded;
}

}  // namespace forwarding

using forwarding::relay_policy;

}  // namespace v0
}  // namespace turnout
