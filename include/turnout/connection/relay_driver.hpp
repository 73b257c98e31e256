// Translates the steps of an intermediary's handshake into turns: RFC 9110 sections 7.6, 7.8 and
// 9.3.6.
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
#include "turnout/message/forwarded_content.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Translates the steps of a handshake into turns, for relay_connection, which has the public
/// calls.
class relay_driver {
 public:
  constexpr relay_driver(const relay_policy& policy, const relay_options& options) noexcept
      : handshake{policy, options.limits},
        additions_{options.refusal_text, options.refusal_fields},
        allow_connect_{options.allow_connect} {}

  /// The next turn of a side.
  constexpr relay_turn advance(relay_side side, std::string_view unread, span<char> out) noexcept {
    const relay_driver before = *this;
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

  /// The next turn of a side, or its last one if there is nothing left to do.
  ///
  /// Takes     why: what is wrong with an incomplete message
  constexpr relay_turn end(relay_side side, std::string_view unread, span<char> out,
                           errc why) noexcept {
    const relay_driver before = *this;
    relay_turn turn = advance(side, unread, out);
    if (!turn.is_idle()) return turn;
    if (is_tunnel())
      end_tunnel(turn, side, why);
    else if (side == relay_side::server && is_server_idle())
      turn.close_server();
    else if (why == errc::timed_out && turn.need == relay_need::wait)
      return turn;  // This side is not late.
    else if (side == relay_side::server)
      end_server(turn, out, why);
    else
      end_client(turn, out, why);
    end_turn(turn, unread, before);
    return turn;
  }

  /// True if both connections are one tunnel.
  constexpr bool is_tunnel() const noexcept { return state() == relay_state::switched; }

  friend constexpr bool operator==(const relay_driver&, const relay_driver&) = default;

  relay_handshake handshake;

 private:
  /// Which side of a tunnel has ended its output.
  enum class ended : std::uint8_t { neither, client, server };

  static constexpr ended ended_by(relay_side side) noexcept {
    return side == relay_side::client ? ended::client : ended::server;
  }

  constexpr relay_state state() const noexcept { return handshake.state(); }

  /// True while the server has no request to answer.
  constexpr bool is_server_idle() const noexcept {
    return !handshake.exchange_.was_forwarded() || state() == relay_state::answered;
  }

  constexpr void forward_octets(relay_turn& turn, relay_side from) noexcept {
    if (from == relay_side::client) leave_head(turn);
    (from == relay_side::client ? turn.to_server : turn.to_client).add(turn.rest);
    turn.rest.remove_prefix(turn.rest.size());
    if (ended_ == ended_by(from)) turn.need = relay_need::wait;
  }

  /// Ends one direction of a tunnel, or all of it if both have ended or one is late.
  constexpr void end_tunnel(relay_turn& turn, relay_side side, errc why) noexcept {
    const bool late = why == errc::timed_out;
    if (!late && turn.need == relay_need::wait) return;
    if (!late && ended_ == ended::neither) {
      ended_ = ended_by(side);
      turn.need = relay_need::end_output;
      return;
    }
    (void)handshake.client_ended({});
    turn.need = relay_need::close;
    if (late) turn.why = {why, 0};
  }

  constexpr void step_client(relay_turn& turn, span<char> out) noexcept {
    const std::size_t unread = turn.rest.size();
    leave_head(turn);
    if (state() == relay_state::answered) (void)handshake.start_over();
    const std::size_t before = turn.rest.size();
    static_cast<relayed_request&>(turn) = handshake.receive_request(turn.rest);
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
        return refuse_for(turn, handshake.refusal_due(), out);
      case relay_step::content:
        turn.to_server.add(turn.content, out);
        // No other turn reports that content of a known length has ended.
        if (handshake.exchange_.request().content_ended())
          (void)handshake.receive_request(turn.rest);
        return;
      case relay_step::content_ended:
        return turn.to_server.add(turn.content, out);
      default:
        return stop(turn, out);
    }
  }

  /// Skips the head that stayed in the client's input until the caller decided. If the caller did
  /// not decide, the head is read again.
  constexpr void leave_head(relay_turn& turn) noexcept {
    if (state() == relay_state::deciding || state() == relay_state::deciding_tunnel)
      handshake.exchange_ = {};
    else
      turn.rest.remove_prefix(held_ < turn.rest.size() ? held_ : turn.rest.size());
    held_ = 0;
  }

  constexpr void step_server(relay_turn& turn, span<char> out) noexcept {
    if (is_server_idle()) {
      turn.need = relay_need::wait;
      return turn.rest.empty() ? void() : turn.close_server();
    }
    const relayed_response now = handshake.receive_response(turn.rest);
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
    const auto head = handshake.forward(now, out);
    if (!head) return turn.close_for(head.error());
    turn.to_client.add(*head);
    turn.response = now.response;
    turn.protocol = now.protocol();
    if (state() == relay_state::responding) finish_if_ended(turn);
  }

  constexpr void finish_if_ended(relay_turn& turn) noexcept {
    if (!handshake.exchange_.response().content_ended()) return;
    (void)handshake.receive_response(turn.rest);
    finish(turn);
  }

  /// After a complete response: prepares for the next request.
  constexpr void finish(relay_turn& turn) noexcept {
    const bool reusable = handshake.is_reusable();
    turn.need = relay_need::wait;
    if (!reusable) turn.close_server();
    if (handshake.start_over()) return;
    turn.need = relay_need::close;
    (void)handshake.client_ended({});
  }

  constexpr void end_client(relay_turn& turn, span<char> out, errc why) noexcept {
    turn.why = handshake.exchange_.client_ended(turn.rest, why).error();
    stop(turn, out);
  }

  constexpr void end_server(relay_turn& turn, span<char> out, errc why) noexcept {
    turn.why = handshake.exchange_.server_ended(turn.rest, why).error();
    if (!turn.why) return step_server(turn, out);
    stop(turn, out);
  }

  /// If nothing is forwarded: refuses after a failure, closes, or waits.
  constexpr void stop(relay_turn& turn, span<char> out) noexcept {
    if (state() == relay_state::failed) return refuse_for(turn, handshake.refusal_due(), out);
    turn.need = state() == relay_state::closed ? relay_need::close : relay_need::wait;
  }

  /// Refuses, with the reason if something is wrong.
  constexpr void refuse_for(relay_turn& turn, const refusal& answer, span<char> out) noexcept {
    const refusal said = turn.why ? additions_.add_to(answer, turn.why.code) : answer;
    const auto written = handshake.refuse(said, out);
    if (!written) return turn.close_for(written.error());
    turn.to_client.add(*written);
    turn.need = state() == relay_state::closed ? relay_need::close : relay_need::more;
  }

  /// Sets how much was used: nothing if the output does not fit, since then nothing has changed.
  constexpr void end_turn(relay_turn& turn, std::string_view unread,
                          const relay_driver& before) noexcept {
    turn.used = unread.size() - turn.rest.size();
    if (turn.why.code != errc::no_space) return;
    *this = before;
    turn.used = 0;
  }

  refusal_additions additions_;
  std::uint32_t held_ = 0;  // octets of a head that stays in the input until the caller decides
  ended ended_ = ended::neither;
  bool allow_connect_;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
