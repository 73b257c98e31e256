// Translates the steps of a server's handshake into turns: RFC 9110 sections 7.8, 9.3.6 and 10.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/server_turn.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Translates the steps of a handshake into turns, for server_connection, which has the public
/// calls.
class server_driver {
 public:
  constexpr server_driver(lasting_span<const profile> spoken,
                          const server_options& options) noexcept
      : handshake{spoken, options.limits},
        refusal_text_{options.refusal_text},
        allow_connect_{options.allow_connect} {}

  /// The next turn.
  constexpr server_turn advance(std::string_view unread, span<char> out) noexcept {
    const server_driver before = *this;
    server_turn turn;
    turn.rest = unread;
    const bool decline = leave_head(turn);
    if (skip_answered(turn)) step(turn, unread, out, decline);
    end_turn(turn, unread, before);
    return turn;
  }

  /// The next turn, or the last one if there is nothing left to do.
  ///
  /// Takes     why: what is wrong with an incomplete request
  TURNOUT_NOINLINE constexpr server_turn end(std::string_view unread, span<char> out,
                                             errc why) noexcept {
    const server_driver before = *this;
    server_turn turn = advance(unread, out);
    if (turn.need != server_need::more || !turn.output.empty()) return turn;
    turn.need = server_need::close;
    turn.why = handshake.end(turn.rest, why).error();
    if (turn.why) turn.why.at = unread.size();
    if (state() == server_state::failed) refuse_failure(turn, out);
    end_turn(turn, unread, before);
    return turn;
  }

  /// Defers the decision until the content of the request is complete.
  constexpr result<void> defer() noexcept {
    if (held_ == 0 || state() != server_state::deciding || decision_ != decision::with_head)
      return failure{errc::out_of_turn, 0};
    decision_ = decision::after_content;
    return {};
  }

  /// True if answer() is allowed now.
  constexpr bool is_deciding() const noexcept {
    return state() == server_state::deciding && decision_ != decision::after_content;
  }
  /// True if the decision was deferred, and the content is complete.
  constexpr bool is_deferred() const noexcept { return decision_ == decision::at_last; }

  /// The Connection line of a response, if it needs one.
  constexpr std::string_view connection_line() const noexcept {
    if (!handshake.at_.takes(machine::server_event::answer_and_close)) return {};
    bool close = false;
    (void)handshake.answered(close);
    if (close) return "Connection: close\r\n";
    return handshake.asked_.in_http_1_0 ? "Connection: keep-alive\r\n" : "";
  }

  /// The refusal for a failure to agree, with its text.
  template <class Agreement>
  constexpr refusal refusal_for(errc code) const noexcept {
    return explained(Agreement::refusal_for(code, handshake.supported()), code, refusal_text_);
  }

  friend constexpr bool operator==(const server_driver&, const server_driver&) = default;

  server_handshake handshake;

 private:
  /// When the caller decides on an offer.
  enum class decision : std::uint8_t { with_head, after_content, at_last };

  constexpr server_state state() const noexcept { return handshake.state(); }

  /// Skips the head that stayed in the input until the caller decided.
  ///
  /// Returns   true if it was an offer without an answer: it is read again as an ordinary request
  constexpr bool leave_head(server_turn& turn) noexcept {
    const bool decline = held_ != 0 && is_deciding();
    if (decline)
      handshake.restart();
    else
      turn.rest.remove_prefix(held_ < turn.rest.size() ? held_ : turn.rest.size());
    held_ = 0;
    return decline;
  }

  /// Skips the rest of an answered request, and prepares for the next one.
  ///
  /// Returns   false if more of it is to come, or the rest is invalid
  constexpr bool skip_answered(server_turn& turn) noexcept {
    while (state() == server_state::answered) {
      handshake.receive(turn, turn.rest);
      if (turn.what == server_step::need_more) return false;
      if (turn.what == server_step::content_ended) (void)handshake.start_over();
    }
    return true;
  }

  constexpr void step(server_turn& turn, std::string_view unread, span<char> out,
                      bool decline) noexcept {
    if (state() == server_state::deciding_tunnel) return refuse_connect(turn, out);
    const std::size_t before = turn.rest.size();
    handshake.receive(turn, turn.rest);
    if (turn.why) turn.why.at += unread.size() - before;
    const std::size_t head = before - turn.rest.size();
    switch (turn.what) {
      case server_step::need_more:
        return;
      case server_step::ordinary_request:
        turn.need = server_need::request;
        return;
      case server_step::upgrade_offered:
        if (decline) {
          (void)handshake.decline();
          turn.need = server_need::request;
          return;
        }
        decision_ = decision::with_head;
        return hold(turn, server_need::decision, head);
      case server_step::tunnel_requested:
        if (!allow_connect_) return refuse_connect(turn, out);
        return hold(turn, server_need::connect, head);
      case server_step::continue_expected:
        return deliver(turn, handshake.write_continue(out));
      case server_step::content:
        turn.need = server_need::content;
        return;
      case server_step::content_ended:
        return end_content(turn);
      case server_step::switched:
        turn.need = server_need::switched;
        return;
      case server_step::failed:
        if (state() == server_state::failed) return refuse_failure(turn, out);
        turn.need = server_need::close;
        if (turn.why.code == errc::out_of_turn) turn.why = {};
        return;
    }
  }

  /// Keeps a head in the input until the caller decides.
  constexpr void hold(server_turn& turn, server_need need, std::size_t head) noexcept {
    turn.need = need;
    held_ = static_cast<std::uint32_t>(head);
  }

  /// After the content: a deferred decision is due once.
  constexpr void end_content(server_turn& turn) noexcept {
    turn.need = server_need::response;
    if (state() != server_state::deciding) return;
    if (is_deferred()) return (void)handshake.decline();
    decision_ = decision::at_last;
    turn.need = server_need::decision;
    turn.deferred = true;
  }

  constexpr void refuse_failure(server_turn& turn, span<char> out) noexcept {
    const errc code = turn.why.code;
    turn.need = server_need::close;
    deliver(turn, handshake.refuse(refusal_for<agreement>(code), out));
  }

  constexpr void refuse_connect(server_turn& turn, span<char> out) noexcept {
    turn.why = {errc::connect_not_allowed, 0};
    refuse_failure(turn, out);
  }

  /// Sets the output, or how much room it needs if it does not fit.
  static constexpr void deliver(server_turn& turn,
                                const result<std::string_view>& output) noexcept {
    turn.output = *output;
    if (output) return;
    turn.need = server_need::close;
    turn.why = output.error();
  }

  /// Sets how much was used: nothing if the output does not fit, since then nothing has changed.
  constexpr void end_turn(server_turn& turn, std::string_view unread,
                          const server_driver& before) noexcept {
    turn.used = unread.size() - turn.rest.size() - held_;
    if (turn.why.code != errc::no_space) return;
    *this = before;
    turn.used = 0;
    turn.rest = unread;
  }

  std::string_view (*refusal_text_)(errc) noexcept;
  std::uint32_t held_ = 0;  // octets of a head that stays in the input until the caller decides
  decision decision_ = decision::with_head;
  bool allow_connect_;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
