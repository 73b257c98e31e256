// An intermediary between a client and a server: reads the requests of the client and the responses
// of the server, and writes the forwarded ones. What the client sends early stays in the caller's
// buffer (decision D22). RFC 9110 sections 7.6, 7.8 and 9.3.6; machine/relay.hpp has the states.
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
/// It keeps no view of octets: the caller passes all unused octets of the client to
/// receive_request(), and those of the server to receive_response(). What a client sends after its
/// request stays with the caller until the response is known (RFC 9931 section 4.1).
///
/// Borrows   the policy, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::relay_policy policy{.name = "example"};
/// turnout::relay_handshake handshake{policy};
/// std::array<char, turnout::room({}, policy)> out;
/// const auto asked = handshake.receive_request(
///     "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n");
/// assert(asked.what == turnout::relay_step::request && asked.offer().empty());
/// assert(*handshake.forward(asked, out) ==
///        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 example\r\n\r\n");
/// const auto answered = handshake.receive_response("HTTP/1.1 204 No Content\r\n\r\n");
/// assert(*handshake.forward(answered, out) ==
///        "HTTP/1.1 204 No Content\r\nVia: 1.1 example\r\n\r\n");
/// ```
class relay_handshake {
 public:
  /// Borrows   `policy`
  constexpr explicit relay_handshake(const relay_policy& policy, limits bounds = {}) noexcept
      : policy_{&policy}, limits_{bounds} {}

  /// Deleted: a temporary policy would be destroyed before the handshake.
  explicit relay_handshake(const relay_policy&& policy, limits bounds = {}) = delete;

  /// Reads and examines the head of a request as soon as it is complete; after it was forwarded,
  /// its content.
  ///
  /// Rule      RFC 9112 sections 2 to 7, RFC 9110 sections 7.6.1, 7.6.2 and 7.8
  /// Takes     unread: all unused octets of the client
  /// Returns   need_more; with the head, request, tunnel_requested or last_recipient; content, and
  ///           content_ended once; wait; switched, failed or close, which then come again at each
  ///           call
  /// Fails     why: the failures of message/head.hpp, forwarding::examine_request() and
  ///           message/content.hpp, at the octet in `unread`
  /// Borrows   from `unread`
  /// Costs     as server_handshake::receive()
  constexpr relayed_request receive_request(std::string_view unread) noexcept {
    relayed_request now;
    now.rest = unread;
    exchange_.read_request(now, *policy_, limits_);
    return now;
  }

  /// Reads and examines the head of a response as soon as it is complete; after it was forwarded,
  /// its content. It skips interim responses to a client that speaks HTTP/1.0.
  ///
  /// Rule      RFC 9112 sections 2 and 4 to 7, RFC 9110 sections 7.6.1, 7.8, 9.3.6 and 15.2
  /// Takes     unread: all unused octets of the server
  /// Returns   need_more; with a head, response; content, and content_ended once; wait; switched,
  ///           failed or close, which then come again at each call
  /// Fails     why: the failures of message/head.hpp, forwarding::examine_response() and
  ///           message/content.hpp, at the octet in `unread`; too_many_interim_responses;
  ///           unsolicited_response, with the handshake unchanged, for octets on a connection
  ///           without a request
  /// Borrows   from `unread`
  /// Costs     as client_handshake::receive()
  constexpr relayed_response receive_response(std::string_view unread) noexcept {
    relayed_response now;
    now.rest = unread;
    exchange_.read_response(now, *policy_, limits_);
    return now;
  }

  /// Writes the head of the forwarded request. The connection to the server need not be open yet;
  /// if it was used before, all of its octets must have been read.
  ///
  /// Rule      RFC 9110 section 7.6: nothing is forwarded to oneself, which only the caller can
  ///           know, by its names and by Via; as turnout::write_forwarded()
  /// Takes     request: the last result of receive_request(), whose head is still in the buffer;
  ///           fields: the field lines to forward, if not all of the head
  /// Returns   what to send to the server
  /// Fails     out_of_turn unless a request waits; as turnout::write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Fields>
  constexpr result<std::string_view> forward(const relayed_request& request, span<char> out,
                                             const Fields& fields) {
    if (exchange_.was_forwarded() || !exchange_.takes(machine::relay_event::forward))
      return failure{errc::out_of_turn, 0};
    const auto written =
        forwarding::detail::write_judged(request.request, fields, request.facts,
                                         request.judged_.what, request.offer(), *policy_, out);
    if (written) exchange_.take(machine::relay_event::forward);
    return written;
  }
  /// Writes the forwarded request with all field lines of its head.
  constexpr result<std::string_view> forward(const relayed_request& request,
                                             span<char> out) noexcept {
    return forward(request, out, request.request.fields);
  }

  /// Writes the head of the forwarded response.
  ///
  /// Rule      as turnout::write_forwarded()
  /// Takes     answer: the last result of receive_response(), whose head is still in the buffer;
  ///           fields: more field lines
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

  /// Writes the 200 (OK) to a CONNECT whose tunnel the caller has opened, as the last proxy.
  ///
  /// Rule      RFC 9110 section 9.3.6: call it after the connection to the target is open, and only
  ///           for targets that clients may reach
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

  /// Writes the intermediary's own final response, instead of forwarding a request, or for a
  /// response that does not come or can't be forwarded. It adds `close`, except if the request was
  /// not forwarded yet and another one can follow.
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

  /// The refusal for a failure: a 502 (Bad Gateway) if the server is at fault, a 504 (Gateway
  /// Timeout) if it is late; without a failure, a 501 (Not Implemented) as the last recipient.
  ///
  /// Rule      RFC 9110 sections 15.6.2, 15.6.3 and 15.6.5; as refusal_for()
  /// Borrows   the list of allowed protocols
  constexpr refusal refusal_due() const noexcept {
    if (exchange_.is_servers_fault() && why().code == errc::timed_out) return {.status = 504};
    if (exchange_.is_servers_fault()) return {.status = 502};
    if (why().code == errc::none) return {.status = 501};
    return refusal_for(why().code, policy_->allowed);
  }

  /// Prepares for the next request on the client's connection.
  ///
  /// Rule      RFC 9112 section 9.3: only after all of this one was read
  /// Fails     out_of_turn unless the request was answered, or the caller has answered a request
  ///           without content instead of forwarding it; not_persistent if is_persistent() is false
  constexpr result<void> start_over() noexcept {
    if (!exchange_.takes(machine::relay_event::start_over)) return failure{errc::out_of_turn, 0};
    if (!is_persistent()) return failure{errc::not_persistent, 0};
    exchange_ = {};
    return {};
  }

  /// Tells the handshake that the client sends no more. Passing no octets does not mean that. If a
  /// response is due, the client still gets it; if it opens a tunnel, call this again.
  ///
  /// Rule      RFC 9112 section 8; RFC 9110 section 9.3.6: a tunnel ends when either side ends,
  ///           after all it sent was forwarded. If the protocol lets one side end its output alone,
  ///           as Docker's does, the caller forwards that end, and calls this only after the other
  ///           side has ended too
  /// Takes     unread: the remaining octets, as for receive_request()
  /// Fails     incomplete, at the size of `unread`, in the middle of a request; out_of_turn if both
  ///           connections are closed, or octets of a tunnel remain
  constexpr result<void> client_ended(std::string_view unread) noexcept {
    return exchange_.client_ended(unread, errc::incomplete);
  }

  /// Tells the handshake that the server sends no more. Passing no octets does not mean that.
  ///
  /// Rule      as client_ended(); RFC 9112 section 6.3 item 8: content may end there
  /// Takes     unread: the remaining octets, as for receive_response()
  /// Fails     incomplete, at the size of `unread`, if the response or its content is incomplete;
  ///           out_of_turn if nothing is due from the server, or octets of a tunnel remain
  constexpr result<void> server_ended(std::string_view unread) noexcept {
    return exchange_.server_ended(unread, errc::incomplete);
  }

  /// The state, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return exchange_.state(); }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return exchange_.why(); }
  /// True if another request may follow on the client's connection (RFC 9112 section 9.3): never if
  /// the client speaks HTTP/1.0, nor in a tunnel. If false, a final response has `close`.
  constexpr bool is_persistent() const noexcept { return exchange_.is_persistent(); }
  /// True after a response was read completely, if the connection to the server can carry another
  /// request.
  ///
  /// Rule      as client_handshake::is_reusable(); a connection that is part of a tunnel can't be
  ///           reused (RFC 9110 section 3.7)
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
