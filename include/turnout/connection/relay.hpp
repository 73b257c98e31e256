// An intermediary between a client's connection and a server's, in three steps a turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// It forwards responses and content, answers where the server can't, and joins both connections to
// a tunnel once a 101 that was checked, or a 2xx to CONNECT, has gone to the client.
// handshake/relay.hpp has each step by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/relay_turn.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/relay.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/forwarded_content.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {

/// A client's connection at an intermediary, and for each request on it the connection to a server.
///
/// It does no input or output and keeps no octets: the caller passes all octets of one side that it
/// has read and not dropped, first to last, and a buffer for heads. Octets that the client sends
/// after its request stay in the caller's buffer until a matching 101 has been forwarded (RFC 9931
/// section 4.1).
///
/// Borrows   the policy, for as long as it lives
class relay_connection {
 public:
  /// Borrows   `policy`
  constexpr explicit relay_connection(const relay_policy& policy,
                                      const relay_options& options = {}) noexcept
      : handshake_{policy, options.limits}, allow_connect_{options.allow_connect} {}

  /// A policy that ends before the connection is of no use.
  explicit relay_connection(const relay_policy&& policy,
                            const relay_options& options = {}) = delete;

  /// Takes one step of one side, from the octets that are there.
  ///
  /// Rule      RFC 9112 sections 2 to 7 and 9, RFC 9110 sections 7.6, 7.8, 9.3.6 and 15.2
  /// Takes     side: whose turn it is; unread: all octets of that side that were not dropped; out:
  ///           turnout::room() octets are enough for any head within the limits
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with what the client or the server did wrong; connect_not_allowed;
  ///           no_space, with nothing changed, if `out` is too small: advance() again with more
  /// Borrows   from `unread` and `out`
  constexpr relay_turn advance(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                               span<char> out) noexcept {
    const relay_connection before = *this;
    relay_turn turn;
    turn.rest = unread;
    if (out.size() < forwarding::forwarded_content::max_line)
      turn.close_for({errc::no_space, forwarding::forwarded_content::max_line});
    else if (is_tunnel())
      forward_octets(turn, side);
    else if (side == relay_side::client)
      step_client(turn, out);
    else
      step_server(turn, out);
    end_turn(turn, unread, before);
    return turn;
  }

  /// Writes the head with which a request goes on, to be sent to a server that is connected.
  ///
  /// Rule      RFC 9110 section 7.6; on a connection that was used before, not until advance() has
  ///           left nothing unread of the server's side
  /// Takes     turn: the turn that needs it, whose octets were not dropped; fields: the field
  ///           lines that may go on, if not all of the head
  /// Returns   what to send to the server
  /// Fails     out_of_turn unless a request or a CONNECT waits; as write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Fields>
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out,
                                             const Fields& fields) {
    return handshake_.forward(turn, out, fields);
  }
  /// The same with all field lines of the head.
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out) noexcept {
    return handshake_.forward(turn, out);
  }

  /// Agrees to a CONNECT as the last proxy, and writes the 200 (OK): call it once the connection to
  /// the target is open, and only for targets that are meant to be reached.
  ///
  /// Rule      RFC 9110 section 9.3.6
  /// Takes     out: where to write; fields: more field lines
  /// Returns   what to send to the client
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    return handshake_.open_tunnel(out, fields);
  }

  /// Writes a final response of the intermediary's own, as long as the client has none: a 502 where
  /// no server can be reached, a 403 for who may not.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send to the client
  /// Fails     out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> refuse(const refusal& answer, span<char> out) noexcept {
    return handshake_.refuse(answer, out);
  }

  /// True if another request may follow on the client's connection (RFC 9112 sections 9.3, 9.6).
  constexpr bool keeps_alive() const noexcept {
    return state() == relay_state::reading_head || handshake_.is_persistent();
  }

  /// True once both connections are one tunnel: every turn passes on what either side sends.
  constexpr bool is_tunnel() const noexcept { return handshake_.state() == relay_state::switched; }

  /// Says that one side sends no more, once its turn is_idle(). A server that ends before its
  /// answer is complete, or that can't be written to, is answered for with a 502.
  ///
  /// Rule      RFC 9112 sections 6.3 and 8; RFC 9110 section 9.3.6: a tunnel ends with either side
  /// Takes     side, unread, out: as for advance()
  /// Returns   a turn whose need is close or close_server, or wait where the other side goes on; or
  ///           any other that the octets still allow, after which it is called again
  /// Fails     incomplete, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  constexpr relay_turn end_of_input(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                                    span<char> out) noexcept {
    const relay_connection before = *this;
    relay_turn turn = advance(side, unread, out);
    if (!turn.is_idle()) return turn;
    if (side == relay_side::server) {
      end_server(turn, out);
    } else {
      turn.why = handshake_.client_ended(turn.rest).error();
      stop(turn, out);
    }
    end_turn(turn, unread, before);
    return turn;
  }

  /// Where the handshake is, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return handshake_.state(); }

  friend constexpr bool operator==(const relay_connection&, const relay_connection&) = default;

 private:
  /// True while nothing that the server sends answers a request.
  constexpr bool is_server_idle() const noexcept {
    return !handshake_.exchange_.was_forwarded() || state() == relay_state::answered;
  }

  constexpr void forward_octets(relay_turn& turn, relay_side from) noexcept {
    if (from == relay_side::client) leave_head(turn);
    (from == relay_side::client ? turn.to_server : turn.to_client).add(turn.rest);
    turn.rest.remove_prefix(turn.rest.size());
  }

  constexpr void step_client(relay_turn& turn, span<char> out) noexcept {
    const std::size_t unread = turn.rest.size();
    leave_head(turn);
    if (state() == relay_state::answered) (void)handshake_.start_over();
    const std::size_t before = turn.rest.size();
    static_cast<relayed_request&>(turn) = handshake_.receive_request(turn.rest);
    if (turn.why) turn.why.at += unread - before;
    const auto head = static_cast<std::uint32_t>(before - turn.rest.size());
    switch (turn.what) {
      case relay_step::need_more:
        return;
      case relay_step::request:
        held_ = head;
        return turn.hold(relay_need::request, head);
      case relay_step::tunnel_requested:
        if (!allow_connect_) {
          turn.why = {errc::connect_not_allowed, 0};
          return refuse_for(turn, refusal_for(turn.why.code, {}), out);
        }
        held_ = head;
        return turn.hold(relay_need::connect, head);
      case relay_step::last_recipient:
        return refuse_for(turn, handshake_.refusal_due(), out);
      case relay_step::content:
        turn.to_server.add(turn.content, out);
        // No other turn says that content of a known length has ended.
        if (handshake_.exchange_.request().content_ended())
          (void)handshake_.receive_request(turn.rest);
        return;
      case relay_step::content_ended:
        return turn.to_server.add(turn.content, out);
      default:
        return stop(turn, out);
    }
  }

  /// Passes over the head that stayed in the client's input until it was decided on. If it was not,
  /// it is read again.
  constexpr void leave_head(relay_turn& turn) noexcept {
    if (state() == relay_state::deciding || state() == relay_state::deciding_tunnel)
      handshake_.exchange_ = {};
    else
      turn.rest.remove_prefix(held_ < turn.rest.size() ? held_ : turn.rest.size());
    held_ = 0;
  }

  constexpr void step_server(relay_turn& turn, span<char> out) noexcept {
    if (is_server_idle()) {
      turn.need = relay_need::wait;
      return turn.rest.empty() ? void() : turn.close_server();
    }
    const relayed_response now = handshake_.receive_response(turn.rest);
    turn.rest = now.rest;
    turn.why = now.why;
    switch (now.what) {
      case relay_step::need_more:
        return;
      case relay_step::response:
        return send_head(turn, now, out);
      case relay_step::content:
        turn.to_client.add(now.content, out);
        return finish_if_ended(turn);
      case relay_step::content_ended:
        turn.to_client.add(now.content, out);
        return finish(turn);
      default:
        return stop(turn, out);
    }
  }

  constexpr void send_head(relay_turn& turn, const relayed_response& now, span<char> out) noexcept {
    const auto head = handshake_.forward(now, out);
    if (!head) return turn.close_for(head.error());
    turn.to_client.add(*head);
    turn.response = now.response;
    turn.protocol = now.protocol();
    if (state() == relay_state::responding) finish_if_ended(turn);
  }

  constexpr void finish_if_ended(relay_turn& turn) noexcept {
    if (!handshake_.exchange_.response().content_ended()) return;
    (void)handshake_.receive_response(turn.rest);
    finish(turn);
  }

  /// After a whole response: makes ready for the next request.
  constexpr void finish(relay_turn& turn) noexcept {
    const bool reusable = handshake_.is_reusable();
    turn.need = relay_need::wait;
    if (!reusable) turn.close_server();
    if (handshake_.start_over()) return;
    turn.need = relay_need::close;
    (void)handshake_.client_ended({});
  }

  constexpr void end_server(relay_turn& turn, span<char> out) noexcept {
    if (is_server_idle()) return turn.close_server();
    turn.why = handshake_.server_ended(turn.rest).error();
    if (!turn.why) return step_server(turn, out);
    stop(turn, out);
  }

  /// Where nothing goes on: refuses what failed, closes, or waits.
  constexpr void stop(relay_turn& turn, span<char> out) noexcept {
    if (state() == relay_state::failed) return refuse_for(turn, handshake_.refusal_due(), out);
    turn.need = state() == relay_state::closed ? relay_need::close : relay_need::wait;
  }

  /// Refuses, and says why if something is wrong.
  constexpr void refuse_for(relay_turn& turn, const refusal& answer, span<char> out) noexcept {
    const auto written = refuse(turn.why ? detail::explained(answer, turn.why.code) : answer, out);
    if (!written) return turn.close_for(written.error());
    turn.to_client.add(*written);
    turn.need = state() == relay_state::closed ? relay_need::close : relay_need::more;
  }

  /// Says how much was used: nothing where the output does not fit, and nothing has changed then.
  constexpr void end_turn(relay_turn& turn, std::string_view unread,
                          const relay_connection& before) noexcept {
    turn.used = unread.size() - turn.rest.size();
    if (turn.why.code != errc::no_space) return;
    *this = before;
    turn.used = 0;
  }

  relay_handshake handshake_;
  std::uint32_t held_ = 0;  // octets of a head that stays in the input until it is decided on
  bool allow_connect_;
};

}  // namespace v0
}  // namespace turnout
