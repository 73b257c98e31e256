// An intermediary between a client and a server: reads the requests of the one and the responses of
// the other, and writes both as they are forwarded. What the client sends early stays in the
// caller's buffer (decision D22). RFC 9110 sections 7.6, 7.8 and 9.3.6; machine/relay.hpp has the
// states.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/handshake/relay_exchange.hpp"
#include "turnout/handshake/relay_received.hpp"
#include "turnout/machine/relay.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/relay/forwarded_request.hpp"
#include "turnout/negotiation/relay/forwarded_response.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/tunnel.hpp"

namespace turnout {
inline namespace v0 {

/// One client's connection at an intermediary, and for each request on it the connection to a
/// server, up to the switch.
///
/// It keeps no view of octets: the caller passes to receive_request() all of the client's that are
/// not used, first to last, and receive_response() the server's. What a client sends after its
/// request stays with the caller until the answer is known (RFC 9931 section 4.1).
///
/// Borrows   the policy, for as long as it lives
class relay_handshake {
 public:
  /// Borrows   `policy`
  constexpr explicit relay_handshake(const relay_policy& policy, limits bounds = {}) noexcept
      : policy_{&policy}, limits_{bounds} {}

  /// A temporary policy would be gone before the handshake.
  explicit relay_handshake(const relay_policy&& policy, limits bounds = {}) = delete;

  /// Reads a request: its head, once it is complete, and judges it; once that is forwarded, its
  /// content, up to its end.
  ///
  /// Rule      RFC 9112 sections 2 to 7, RFC 9110 sections 7.6.1, 7.6.2 and 7.8
  /// Takes     unread: all octets of the client that are not yet used
  /// Returns   need_more; with the head, request, tunnel_requested or last_recipient; content, and
  ///           content_ended once; wait; switched, failed and close, again and again
  /// Fails     why: whatever message/head.hpp, forwarding::examine_request() and
  ///           message/content.hpp find, at the octet in `unread`
  /// Borrows   from `unread`
  /// Costs     as server_handshake::receive()
  constexpr relayed_request receive_request(std::string_view unread) noexcept {
    relayed_request now;
    now.rest = unread;
    exchange_.read_request(now, *policy_, limits_);
    return now;
  }

  /// Reads a response: its head, once it is complete, and judges it; once that is forwarded, its
  /// content. Interim responses to a client that speaks HTTP/1.0 are passed over.
  ///
  /// Rule      RFC 9112 sections 2 and 4 to 7, RFC 9110 sections 7.6.1, 7.8, 9.3.6 and 15.2
  /// Takes     unread: all octets of the server that are not yet used
  /// Returns   need_more; with a head, response; content, and content_ended once; wait; switched,
  ///           failed and close, again and again
  /// Fails     why: whatever message/head.hpp, forwarding::examine_response() and
  ///           message/content.hpp find, at the octet in `unread`; too_many_interim_responses;
  ///           unsolicited_response, with the handshake unchanged, for octets on a connection on
  ///           which nothing was asked
  /// Borrows   from `unread`
  /// Costs     as client_handshake::receive()
  constexpr relayed_response receive_response(std::string_view unread) noexcept {
    relayed_response now;
    now.rest = unread;
    exchange_.read_response(now, *policy_, limits_);
    return now;
  }

  /// Writes the head of the forwarded request. The connection to the server need not exist yet; on
  /// one that was used before, no octet is left unread.
  ///
  /// Rule      RFC 9110 section 7.6: nothing is forwarded to oneself, which only the caller can
  ///           know, by its names and by Via; as turnout::write_forwarded()
  /// Takes     request: what receive_request() found last, whose head stays where it was; fields:
  ///           the field lines to forward, if not all of the head
  /// Returns   what to send to the server
  /// Fails     out_of_turn unless a request waits; as turnout::write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Fields>
  constexpr result<std::string_view> forward(const relayed_request& request, span<char> out,
                                             const Fields& fields) {
    if (exchange_.was_forwarded() || !exchange_.takes(machine::relay_event::forward))
      return failure{errc::out_of_turn, 0};
    forwarding::verdict judged = request.judged_;
    judged.offer = request.offer();
    const auto written =
        forwarding::write_forwarded(request.request, fields, request.facts, judged, *policy_, out);
    if (written) exchange_.take(machine::relay_event::forward);
    return written;
  }
  /// The same with all field lines of the head.
  constexpr result<std::string_view> forward(const relayed_request& request,
                                             span<char> out) noexcept {
    return forward(request, out, request.request.fields);
  }

  /// Writes the head of the forwarded response.
  ///
  /// Rule      as turnout::write_forwarded()
  /// Takes     answer: what receive_response() found last, whose head stays where it was; fields:
  ///           more field lines
  /// Returns   what to send to the client
  /// Fails     out_of_turn unless a response waits; as turnout::write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> forward(const relayed_response& answer, span<char> out,
                                             span<const field_line> fields = {}) noexcept {
    if (!exchange_.was_forwarded() || !exchange_.takes(machine::relay_event::forward))
      return failure{errc::out_of_turn, 0};
    relay_policy own = *policy_;
    own.fields = fields;
    const forwarding::relayed_proposal to = exchange_.sent_on(*policy_);
    const response_head& head = answer.response;
    const auto written =
        forwarding::write_forwarded(head, head.fields, answer.facts, answer.judged_, to, own, out);
    if (written) exchange_.response_sent_on(answer.judged_, to);
    return written;
  }

  /// Writes the 200 (OK) to a CONNECT that the caller has opened a tunnel for, as the last proxy.
  ///
  /// Rule      RFC 9110 section 9.3.6: to be called once the connection to the target is open, and
  ///           only for targets that are meant to be reached
  /// Takes     fields: more field lines
  /// Returns   what to send to the client
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    if (!exchange_.takes(machine::relay_event::open_tunnel)) return failure{errc::out_of_turn, 0};
    const auto written = write_tunnel(fields, out);
    if (written) exchange_.tunnel_opened();
    return written;
  }

  /// Writes a final response of the intermediary's own: in place of sending a request on, or of an
  /// response that does not come or can't be forwarded. It says `close` whatever `answer` says,
  /// except before the request was forwarded, if another one can follow.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send to the client
  /// Fails     out_of_turn if no request waits for an answer; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> refuse(refusal answer, span<char> out) noexcept {
    answer.close =
        answer.close || !is_persistent() || !exchange_.takes(machine::relay_event::answer);
    answer.to_head = answer.to_head || exchange_.method() == method::head;
    const machine::relay_event event =
        answer.close ? machine::relay_event::answer_and_close : machine::relay_event::answer;
    if (!exchange_.takes(event)) return failure{errc::out_of_turn, 0};
    const auto written = write(answer, out);
    if (written) exchange_.take(event);
    return written;
  }

  /// The refusal that a failure asks for: a 502 (Bad Gateway) where the server is at fault, a 504
  /// (Gateway Timeout) where it is late; a 501 (Not Implemented) where nobody is, for what the
  /// intermediary is the last recipient of.
  ///
  /// Rule      RFC 9110 sections 15.6.2, 15.6.3 and 15.6.5; as refusal_for()
  /// Borrows   the list of protocols allowed
  constexpr refusal refusal_due() const noexcept {
    if (exchange_.is_servers_fault() && why().code == errc::timed_out) return {.status = 504};
    if (exchange_.is_servers_fault()) return {.status = 502};
    if (why().code == errc::none) return {.status = 501};
    return refusal_for(why().code, policy_->allowed);
  }

  /// Makes ready for the next request on the client's connection.
  ///
  /// Rule      RFC 9112 section 9.3: only once all of this one was read
  /// Fails     out_of_turn unless the request was answered, or waits without content to be
  ///           forwarded, which then the caller has answered itself; not_persistent where
  ///           is_persistent() is false
  constexpr result<void> start_over() noexcept {
    if (!exchange_.takes(machine::relay_event::start_over)) return failure{errc::out_of_turn, 0};
    if (!is_persistent()) return failure{errc::not_persistent, 0};
    exchange_ = {};
    return {};
  }

  /// Says that the client sends no more. It is never said by showing no octets. Where an answer is
  /// due, the client still gets it; if that opens a tunnel, it is to be said again.
  ///
  /// Rule      RFC 9112 section 8; RFC 9110 section 9.3.6: a tunnel ends with either side, once
  ///           what that side sent has gone on. Where the protocol lets a side end its output
  ///           alone, as Docker's does, the caller passes that on, and says nothing before the
  ///           other ends
  /// Takes     unread: the octets that are left, as for receive_request()
  /// Fails     incomplete, at the size of `unread`, in the middle of a request; out_of_turn where
  ///           both connections are closed, or octets of a tunnel are left
  constexpr result<void> client_ended(std::string_view unread) noexcept {
    return exchange_.client_ended(unread, errc::incomplete);
  }

  /// Says that the server sends no more. It is never said by showing no octets.
  ///
  /// Rule      as client_ended(); RFC 9112 section 6.3 item 8: content may end there
  /// Takes     unread: the octets that are left, as for receive_response()
  /// Fails     incomplete, at the size of `unread`, if the answer or its content did not come
  ///           whole; out_of_turn where nothing is to come from the server, or octets of a tunnel
  ///           are left
  constexpr result<void> server_ended(std::string_view unread) noexcept {
    return exchange_.server_ended(unread, errc::incomplete);
  }

  /// The state, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return exchange_.state(); }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return exchange_.why(); }
  /// True if another request may follow on the client's connection (RFC 9112 section 9.3): never
  /// where the client speaks HTTP/1.0, nor in a tunnel. Where it is false, a final response says
  /// `close`.
  constexpr bool is_persistent() const noexcept { return exchange_.is_persistent(); }
  /// True once an answer was read whole and the connection to the server can carry another request.
  ///
  /// Rule      as client_handshake::is_reusable(); a connection that is part of a tunnel is of no
  ///           other use (RFC 9110 section 3.7)
  constexpr bool is_reusable() const noexcept { return exchange_.is_reusable(); }

  friend constexpr bool operator==(const relay_handshake&, const relay_handshake&) = default;

 private:
  friend class detail::relay_driver;

  const relay_policy* policy_;
  limits limits_;
  detail::relay_exchange exchange_;
};

}  // namespace v0
}  // namespace turnout
