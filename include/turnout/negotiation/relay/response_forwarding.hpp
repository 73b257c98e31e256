// How an intermediary forwards a response: unchanged, as its own switch, or as a 502 (Bad Gateway),
// decision D25. RFC 9110 sections 7.6.1, 7.8, 15.2 and 15.5.22.
#pragma once

#include <cstddef>

#include "turnout/core/result.hpp"
#include "turnout/field/transfer_encoding.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/advertised.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/tunnel_request.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// Where the content ends that the client gets.
///
/// Rule      RFC 9112 section 6.1: HTTP/1.0 has no chunks: the content then ends with the
///           connection
/// Takes     came: the framing of the response; client: the version of the request
constexpr framing forwarded_framing(framing came, http_version client) noexcept {
  const bool opened = came.kind == framing_kind::chunked && client < http_1_1;
  return opened ? framing{framing_kind::until_close, 0} : came;
}

/// True if the client's connection ends after a forwarded final response.
///
/// Rule      RFC 9112 section 9.3: always if the client speaks HTTP/1.0; RFC 9931 section 8: if a
///           CONNECT was refused
constexpr bool ends_connection(const response_verdict& judged,
                               const relayed_proposal& proposal) noexcept {
  return !proposal.persistent || proposal.version < http_1_1 ||
         proposal.method == method::connect ||
         forwarded_framing(judged.content, proposal.version).kind == framing_kind::until_close;
}

namespace detail {

/// Calls `take(profile)` once for each protocol that a 426 requires and that can be relayed, also
/// if several profiles are for it.
template <class Take>
constexpr void for_each_required(const facts& response, const relay_policy& policy,
                                 std::size_t max_elements, const Take& take) {
  for (const protocol& named : turnout::detail::advertised(response, max_elements))
    for (const profile& one : policy.allowed)
      if (one.by_upgrade && one.nominated.empty() && one.token == named) {
        take(one);
        break;
      }
}

/// Checks that a final response can be sent to the client.
constexpr finding check_sendable(const facts& response, const response_verdict& judged,
                                 const relayed_proposal& proposal, const relay_policy& policy,
                                 std::size_t max_elements) noexcept {
  constexpr field_name coding = field_name::transfer_encoding;
  if (judged.content.kind != framing_kind::none && proposal.version < http_1_1) {
    const auto codings = field::transfer_encoding::parse(response.lines(coding), max_elements);
    for (const field::transfer_coding& one : *codings)
      if (!one.is_chunked())
        return turnout::detail::found_in(coding, errc::transfer_encoding_in_http_1_0);
  }
  if (response.status() != 426) return {};
  bool any = false;
  for_each_required(response, policy, max_elements, [&any](const profile&) { any = true; });
  return any ? finding{} : turnout::detail::found_in(field_name::upgrade, errc::no_common_protocol);
}

/// Finds out why a response that a client would accept can't be forwarded.
constexpr finding check_forwardable(const facts& response, const response_verdict& judged,
                                    const relayed_proposal& proposal, const relay_policy& policy,
                                    std::size_t max_elements) noexcept {
  if (const finding found = response.check_complete(); found) return found;
  if (const finding found = check_connection(response, policy, max_elements); found) return found;
  if (judged.what != response_verdict::kind::declined) return {};
  return check_sendable(response, judged, proposal, policy, max_elements);
}

/// As examine_response() below, in place.
///
/// Takes     judged: a new verdict
constexpr void examine_into(response_verdict& judged, const facts& response,
                            const relayed_proposal& proposal, const relay_policy& policy,
                            std::size_t max_elements) noexcept {
  using kind = response_verdict::kind;
  if (response.status() < 100) {
    judged.found = {{errc::bad_status_line, 0}, {}};
    return;
  }
  if (response.status() == 101 && proposal.protocols.empty()) {
    judged.found = {{errc::unsolicited_switch, 0}, {}};
    return;
  }
  if (proposal.method == method::connect)
    judged = turnout::examine_response(response, tunnel_request{}, max_elements);
  else
    turnout::detail::examine_into(judged, response, proposal, max_elements);
  if (judged.what == kind::broken) return;
  const finding found = check_forwardable(response, judged, proposal, policy, max_elements);
  if (found) judged = {kind::broken, found, nullptr, {}, false};
}

}  // namespace detail

/// Examines a response that an intermediary wants to forward, by its facts.
///
/// Rule      as examine_response(): a 101 is valid only if it names one relayed protocol, and a 2xx
///           to CONNECT opens the tunnel (RFC 9110 sections 7.8 and 9.3.6). A malformed Connection
///           is refused, since nobody knows which fields it lists, and so is one that lists fields
///           that the client needs (section 7.6.1). A 426 is forwarded if it requires a protocol
///           that this hop allows (section 15.5.22)
/// Takes     response: has seen all field lines; policy: the one that the request was judged by;
///           max_elements: of each list
/// Returns   interim; switched; declined, for any final response; or broken: the client gets a 502
///           (Bad Gateway), and the connection to the server is closed. `persistent` describes that
///           connection
/// Fails     never: the verdict says what is wrong: bad_status_line for a code below 100;
///           unsolicited_switch; as examine_response(); bad_connection, end_to_end_nominated,
///           too_many_elements, too_many_kept_lines; transfer_encoding_in_http_1_0 for codings that
///           the client can't decode; no_common_protocol for a 426
/// Borrows   policy.allowed
constexpr response_verdict examine_response(
    const facts& response, const relayed_proposal& proposal, const relay_policy& policy,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  response_verdict judged;
  detail::examine_into(judged, response, proposal, policy, max_elements);
  return judged;
}

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
