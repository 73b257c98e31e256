// What the handshake of an intermediary returns for octets of either side: RFC 9110 sections 7.6,
// 7.8 and 9.3.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/forwarded_content.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/read_facts.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/relayed_offer.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/relay/response_forwarding.hpp"
#include "turnout/negotiation/request_rules.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

class relay_direction;
class relay_driver;
class relay_exchange;

}  // namespace detail

/// What the caller does next. The octets of that side for the next call begin with `rest` in each
/// case.
enum class relay_step : std::uint8_t {
  need_more,  ///< reads more from that side, then calls again with `rest` followed by the new
              ///< octets
  wait,       ///< keeps `rest`, and calls again with it after a step of the other side
  request,    ///< calls forward() or refuse()
  tunnel_requested,  ///< calls forward(), for the next proxy, or open_tunnel(), or refuse()
  last_recipient,    ///< answers itself (Max-Forwards is 0), and calls start_over(); or refuse()
  response,          ///< calls forward()
  content,           ///< sends all parts of `content`
  content_ended,     ///< the same; the message is complete
  switched,          ///< forwards switched()->octets(), and from now on all that either side sends
  failed,            ///< calls refuse(refusal_due()), and closes both connections
  close              ///< closes the client's connection, and the server's unless is_reusable()
};

/// The name of the enumerator.
constexpr std::string_view name_of(relay_step one) noexcept {
  constexpr const char* names[] = {"need_more",      "wait",     "request", "tunnel_requested",
                                   "last_recipient", "response", "content", "content_ended",
                                   "switched",       "failed",   "close"};
  return names[static_cast<std::size_t>(one)];
}

/// What an intermediary found in the octets of one side.
///
/// Borrows   the octets that were shown, and the policy
class relay_received {
 public:
  relay_step what = relay_step::need_more;  ///< what to do next
  /// With failed and close: what is wrong; `at` is an offset in the octets passed in. With request
  /// and tunnel_requested: why no offer is forwarded.
  failure why;
  turnout::facts facts;                   ///< with a head: its facts
  turnout::framing framing;               ///< with a head: where its content ends
  forwarding::forwarded_content content;  ///< with content and content_ended
  std::string_view rest;                  ///< the octets passed in that were not used

  /// With switched: the evidence; else nullptr. It borrows from this object.
  constexpr const turnout::switched* switched() const noexcept TURNOUT_LIFETIMEBOUND {
    return what == relay_step::switched ? &switched_ : nullptr;
  }

 private:
  friend class detail::relay_direction;
  friend class detail::relay_exchange;

  constexpr void set_switched(const profile& protocol) noexcept {
    what = relay_step::switched;
    switched_ = {protocol, rest};
  }

  constexpr void set_content(const content_piece& piece, framing_kind as) noexcept {
    rest = piece.rest;
    if (piece.what == content_step::octets) {
      what = relay_step::content;
      content = {piece.octets, as};
    } else if (piece.what == content_step::ended) {
      what = relay_step::content_ended;
      content = forwarding::forwarded_content::end(as);
    }
  }

  turnout::switched switched_;
};

/// What relay_handshake::receive_request() found.
///
/// Borrows   the octets that were shown, and the policy
class relayed_request : public relay_received {
 public:
  request_head request;  ///< with request, tunnel_requested and last_recipient

  /// With request: the offer to forward. It borrows from this object.
  constexpr forwarding::relayed_offer offer() const& noexcept {
    return judged_.offer.moved_to(facts);
  }
  /// Deleted, since an offer of a temporary would dangle: keep the result of receive_request().
  forwarding::relayed_offer offer() const&& = delete;

 private:
  friend class detail::relay_exchange;
  friend class relay_handshake;

  /// Reads a head, and examines it if it is complete and valid.
  ///
  /// Returns   failed if the head is invalid: `why` says why
  constexpr head_step read_head(const relay_policy& policy, const limits& limits,
                                resume_mark& mark) noexcept {
    const head_outcome found = read_facts(request, facts, rest, limits, mark);
    why = found.why;
    if (found.what != head_step::complete) return found.what;
    detail::note_own_fields(facts, policy.allowed, request.fields);
    forwarding::detail::examine_into(judged_, facts, policy, limits.list_elements);
    if (judged_.found) why = rules::located(judged_.found, facts, request.octets);
    if (judged_.what == forwarding::verdict::kind::refuse) return head_step::failed;
    framing = rules::framing_of(facts);
    rest = found.rest;
    return head_step::complete;
  }

  forwarding::verdict judged_;
};

/// What relay_handshake::receive_response() found.
///
/// Borrows   the octets that were shown, and the policy
class relayed_response : public relay_received {
 public:
  response_head response;  ///< with response: interim, final, or the 101

  /// With response: the protocol that both connections speak once it is forwarded; else nullptr.
  constexpr const profile* protocol() const noexcept { return judged_.protocol; }

 private:
  friend class detail::relay_exchange;
  friend class relay_handshake;

  /// As relayed_request::read_head().
  constexpr head_step read_head(const forwarding::relayed_proposal& proposal,
                                const relay_policy& policy, const limits& limits,
                                resume_mark& mark) noexcept {
    const head_outcome found = read_facts(response, facts, rest, limits, mark);
    why = found.why;
    if (found.what != head_step::complete) return found.what;
    detail::note_own_fields(facts, policy.allowed, response.fields);
    forwarding::detail::examine_into(judged_, facts, proposal, policy, limits.list_elements);
    if (judged_.found) why = rules::located(judged_.found, facts, response.octets);
    if (judged_.what == response_verdict::kind::broken) return head_step::failed;
    framing = judged_.content;
    rest = found.rest;
    return head_step::complete;
  }

  response_verdict judged_;
};

}  // namespace v0
}  // namespace turnout
