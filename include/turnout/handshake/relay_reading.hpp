// What an intermediary reads: requests of a client and responses of a server, and how far both are.
// RFC 9110 sections 7.6, 7.8 and 9.3.6. The states and what leads from one to the next are in
// machine/relay.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/handshake/relay_received.hpp"
#include "turnout/machine/relay.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/persistence.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// The reading half of relay_handshake, which has the other half.
///
/// Borrows   the policy, for as long as it lives
class relay_reading {
 public:
  /// Reads a request: its head, once all of it is there, and judges it; once that was sent on, its
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
    if (state() == relay_state::reading_head)
      read_request_head(now);
    else if (forwards_content())
      read_request_content(now);
    else
      report_state(now, is_persistent());
    return now;
  }

  /// Reads a response: its head, once all of it is there, and judges it; once that was sent on, its
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
    if (state() == relay_state::waiting)
      read_response_head(now);
    else if (state() == relay_state::responding)
      read_response_content(now);
    else
      report_state(now, true);
    if (!was_forwarded() && !unread.empty()) {
      now.what = relay_step::failed;
      now.why = {errc::unsolicited_response, 0};
    }
    if (state() == relay_state::answered && !now.rest.empty()) reusable_ = false;
    return now;
  }

  /// The state, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return at_.state(); }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }
  /// True if another request may follow on the client's connection (RFC 9112 section 9.3): never
  /// where the client speaks HTTP/1.0, nor in a tunnel. Where it is false, a final response says
  /// `close`.
  constexpr bool is_persistent() const noexcept { return persistent_ && !content_due_; }
  /// True once an answer was read whole and the connection to the server can carry another request.
  ///
  /// Rule      as client_handshake::is_reusable(); a connection that is part of a tunnel is of no
  ///           other use (RFC 9110 section 3.7)
  constexpr bool is_reusable() const noexcept {
    return reusable_ && (state() == relay_state::answered || state() == relay_state::closed);
  }

  friend constexpr bool operator==(const relay_reading&, const relay_reading&) = default;

 protected:
  /// Borrows   `policy`
  constexpr relay_reading(const relay_policy& policy, const limits& bounds) noexcept
      : policy_{&policy}, limits_{bounds} {}

  /// True once the request was sent on, or can't be any more.
  constexpr bool was_forwarded() const noexcept { return state() > relay_state::deciding_tunnel; }
  /// True while content of the request may go on: up to the end of the answer, at the latest.
  constexpr bool forwards_content() const noexcept {
    return content_due_ && was_forwarded() && state() <= relay_state::responding;
  }

  /// The request that was sent on, as far as the answer depends on it.
  constexpr forwarding::relayed_proposal sent_on() const noexcept {
    return {method_, version_, {policy_->allowed, offered_}, is_persistent()};
  }

  /// Takes the row for what one side sent that can't go on.
  constexpr void break_off(failure why, bool of_server) noexcept {
    why_ = why;
    server_failed_ = of_server;
    reusable_ = false;
    at_.take(machine::relay_event::broken);
  }

  const relay_policy* policy_;
  limits limits_;
  resume_mark request_mark_;
  resume_mark response_mark_;
  failure why_;
  const profile* agreed_ = nullptr;
  std::uint64_t offered_ = 0;
  content_reader request_;
  content_reader response_;
  framing_kind request_as_ = framing_kind::none;  // how the content goes on
  framing_kind response_as_ = framing_kind::none;
  machine::position<machine::relay_rows, machine::relay_begins> at_;
  turnout::method method_ = turnout::method::get;
  http_version version_;        // of the client
  bool content_due_ = false;    // not all of the request's content has gone on
  bool persistent_ = false;     // the client's connection, as far as both messages say
  bool reusable_ = false;       // the server's, likewise
  bool server_failed_ = false;  // it was the server who is at fault
  std::uint16_t interim_ = 0;

 private:
  constexpr void read_request_head(relayed_request& now) noexcept {
    const head_step reading = now.read_head(*policy_, limits_, request_mark_);
    if (reading == head_step::need_more) return;
    method_ = now.request.method;
    if (reading == head_step::failed) return fail(now, false);
    version_ = now.request.version;
    offered_ = now.judged_.offer.offered();
    request_ = {now.framing, message_kind::request};
    request_as_ = now.framing.kind;
    content_due_ = !request_.ended();
    persistent_ = version_ >= http_1_1 && rules::is_persistent(now.facts, limits_.list_elements);
    if (now.judged_.what == forwarding::verdict::kind::connect) {
      now.what = relay_step::tunnel_requested;
      return (void)at_.take(machine::relay_event::connect_request);
    }
    const bool last = now.judged_.what == forwarding::verdict::kind::respond;
    now.what = last ? relay_step::last_recipient : relay_step::request;
    at_.take(machine::relay_event::request);
  }

  constexpr void read_request_content(relayed_request& now) noexcept {
    const content_piece piece = request_.next(now.rest, limits_, request_mark_);
    now.why = piece.why;
    if (piece.what == content_step::failed) return fail(now, false);
    now.set_content(piece, request_as_);
    if (piece.what != content_step::ended) return;
    content_due_ = false;
    at_.take(machine::relay_event::content_ended);
  }

  constexpr void read_response_head(relayed_response& now) noexcept {
    const char* const shown = now.rest.data();
    const auto place = [shown](const char* at) { return static_cast<std::size_t>(at - shown); };
    for (;;) {
      const head_step reading = now.read_head(sent_on(), *policy_, limits_, response_mark_);
      if (reading == head_step::need_more) return;
      now.why.at += place(now.rest.data());
      if (reading == head_step::failed) return fail(now, true);
      const bool interim = now.judged_.what == response_verdict::kind::interim;
      if (interim && interim_++ == limits_.interim_responses) {
        now.why = {errc::too_many_interim_responses, place(now.response.octets.data())};
        return fail(now, true);
      }
      if (!interim || version_ >= http_1_1) return wait_for_forward(now);
      now.facts = {};
    }
  }

  constexpr void wait_for_forward(relayed_response& now) noexcept {
    using kind = response_verdict::kind;
    now.what = relay_step::response;
    agreed_ = now.judged_.protocol;
    if (now.judged_.what == kind::interim)
      return (void)at_.take(machine::relay_event::interim_response);
    at_.take(now.judged_.what == kind::switched ? machine::relay_event::agreement
                                                : machine::relay_event::final_response);
  }

  constexpr void read_response_content(relayed_response& now) noexcept {
    const content_piece piece = response_.next(now.rest, limits_, response_mark_);
    now.why = piece.why;
    if (piece.what == content_step::failed) return fail(now, true);
    now.set_content(piece, response_as_);
    if (piece.what == content_step::ended) at_.take(machine::relay_event::response_ended);
  }

  constexpr void fail(relay_received& now, bool of_server) noexcept {
    break_off(now.why, of_server);
    now.what = state() == relay_state::failed ? relay_step::failed : relay_step::close;
  }

  /// Says what is where nothing is to be read.
  ///
  /// Takes     open: whether that side's connection stays, once the client is answered
  constexpr void report_state(relay_received& now, bool open) const noexcept {
    now.why = why_;
    now.what = relay_step::wait;
    if (state() == relay_state::switched) now.set_switched(*agreed_);
    if (state() == relay_state::failed) now.what = relay_step::failed;
    const bool over = state() == relay_state::answered && !open;
    if (over || state() == relay_state::closed) now.what = relay_step::close;
  }
};

}  // namespace detail

}  // namespace v0
}  // namespace turnout
