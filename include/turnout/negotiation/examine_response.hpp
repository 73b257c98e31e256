// What a client learns from a response: it precedes the answer, switches, declines, or breaks a
// rule.
// RFC 9110 sections 7.8, 9.3.6 and 15.2.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/result.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/persistence.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/response_rules.hpp"
#include "turnout/negotiation/switch_rules.hpp"
#include "turnout/negotiation/tunnel.hpp"
#include "turnout/negotiation/tunnel_request.hpp"

namespace turnout {
inline namespace v0 {

/// What examine_response() found.
struct response_verdict {
  /// What a client does with the response.
  enum class kind : std::uint8_t {
    interim,   ///< it keeps waiting; the fields say nothing about the answer
    switched,  ///< it speaks `protocol` from now on
    declined,  ///< it reads `content` as HTTP/1.1
    broken     ///< it closes the connection
  };

  kind what = kind::broken;           ///< what to do
  finding found;                      ///< with broken: what is wrong, where and in which field
  const profile* protocol = nullptr;  ///< with switched: the agreed protocol
  framing content;                    ///< with declined: where the content ends
  bool persistent = false;            ///< with declined: whether another request may follow
};

namespace detail {

constexpr bool is_interim(const facts& response) noexcept {
  return response.status() / 100 == 1 && response.status() != 101;
}

/// Examines a final response that is not a 101 and does not open a tunnel.
constexpr response_verdict examine_final(const facts& response, method method,
                                         std::size_t max_elements) noexcept {
  using kind = response_verdict::kind;
  if (const finding found = response.check_complete(); found)
    return {kind::broken, found, nullptr, {}, false};
  const rules::response_framing framed = rules::find_framing(response, method, max_elements);
  if (framed.found) return {kind::broken, framed.found, nullptr, {}, false};
  // A refused CONNECT closes the connection: payload may have followed it (RFC 9931 section 8).
  const bool persistent = framed.content.kind != framing_kind::until_close &&
                          method != method::connect && rules::is_persistent(response, max_elements);
  return {kind::declined, {}, nullptr, framed.content, persistent};
}

/// True if a response declines a protocol of capsules, but has Upgrade: its sender may speak
/// capsules already, so that the connection carries no other request.
template <class Proposal>
constexpr bool declines_with_upgrade(const facts& response, const Proposal& proposal) noexcept {
  if (!response.has(field_name::upgrade)) return false;
  for (const profile& one : proposal.protocols)
    if (one.capsules) return true;
  return false;
}

/// As examine_response() below, in place: a copy would wait until the parts of the verdict are in
/// memory.
///
/// Takes     judged: a new verdict
template <class Proposal>
constexpr void examine_into(
    response_verdict& judged, const facts& response, const Proposal& proposal,
    std::size_t max_elements) noexcept(noexcept(rules::check_switch(response, proposal,
                                                                    max_elements))) {
  using kind = response_verdict::kind;
  if (is_interim(response)) {
    judged.what = kind::interim;
  } else if (response.status() != 101) {
    judged = examine_final(response, proposal.method, max_elements);
    judged.persistent = judged.persistent && !declines_with_upgrade(response, proposal);
  } else if (const switch_check checked = rules::check_switch(response, proposal, max_elements);
             checked.found) {
    judged.found = checked.found;
  } else {
    judged.what = kind::switched;
    judged.protocol = checked.protocol;
  }
}

}  // namespace detail

/// Examines a response to a proposal by its facts.
///
/// Rule      RFC 9110 sections 7.8 and 15.2; RFC 9112 section 6.3. A status code outside 100 to 599
///           is a final response (RFC 9110 section 15). No request follows a refusal of capsules
///           that has Upgrade (RFC 9931 section 6.3)
/// Takes     response: has seen all field lines; proposal: a proposal or a type derived from it;
///           max_elements: of each list
/// Fails     never: the verdict says what is wrong: as rules::check_switch() and find_framing();
///           too_many_kept_lines
/// Costs     one pass over the values of the fields that matter
template <class Proposal>
constexpr response_verdict examine_response(
    const facts& response, const Proposal& proposal,
    std::size_t max_elements =
        grammar::default_list_elements) noexcept(noexcept(rules::check_switch(response, proposal,
                                                                              max_elements))) {
  response_verdict judged;
  detail::examine_into(judged, response, proposal, max_elements);
  return judged;
}

/// Examines a response to a request for a tunnel by its facts.
///
/// Rule      RFC 9110 section 9.3.6: any 2xx opens the tunnel, whatever its fields say; a 101 is
///           not a valid answer; after any other response the connection is closed (RFC 9931
///           section 8)
/// Returns   as above; the protocol is turnout::tunnel
/// Fails     never: the verdict says what is wrong: unsolicited_switch; as find_framing()
constexpr response_verdict examine_response(
    const facts& response, const tunnel_request& request,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  using kind = response_verdict::kind;
  if (detail::is_interim(response)) return {kind::interim, {}, nullptr, {}, false};
  if (response.status() == 101)
    return {kind::broken, {{errc::unsolicited_switch, 0}, {}}, nullptr, {}, false};
  if (response.status() / 100 == 2) return {kind::switched, {}, &tunnel, {}, false};
  return detail::examine_final(response, request.method, max_elements);
}

}  // namespace v0
}  // namespace turnout
