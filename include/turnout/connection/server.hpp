// A server's connection, from its first octet to the switch, in three steps a turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// It performs every duty that has only one right answer: 100 (Continue), the refusal that a failure
// calls for, `close` where it has to be said, the rest of a refused request, the next request.
// handshake/server.hpp has each step by itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/server_turn.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

/// One connection on the server's side, up to the switch.
///
/// It does no input or output and keeps no octets: the caller passes all octets that it has read
/// and not dropped, first to last, and a buffer for what is due to be sent.
///
/// Borrows   the list of profiles, for as long as it lives
class server_connection {
 public:
  /// Takes     spoken: the protocols that the server speaks, most preferred first
  constexpr explicit server_connection(lasting_span<const profile> spoken,
                                       const server_options& options = {}) noexcept
      : handshake_{spoken, options.limits}, allow_connect_{options.allow_connect} {}

  /// Takes one step, from the octets that are there.
  ///
  /// Rule      RFC 9112 sections 2 to 7 and 9, RFC 9110 sections 7.6.1, 7.8, 9.3.6 and 10.1.1
  /// Takes     unread: all octets of the connection that were not dropped; out: room for output
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with what message/head.hpp, check_request(), check_profile() or
  ///           message/content.hpp found; connect_not_allowed; no_space if `out` is too small for
  ///           what is due: advance() again with more
  /// Borrows   from `unread` and `out`
  constexpr server_turn advance(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                span<char> out) noexcept {
    const server_connection before = *this;
    server_turn turn;
    turn.rest = unread;
    const bool decline = leave_head(turn);
    if (skip_answered(turn)) step(turn, unread, out, decline);
    end_turn(turn, unread, before);
    return turn;
  }

  /// Agrees to switch, and writes the 101; or, if there is no agreement, the refusal that its error
  /// calls for. Where the error only means that nothing usable was offered, nothing is written, and
  /// the next turn brings the request as an ordinary one.
  ///
  /// Rule      RFC 9110 sections 7.8 and 15.2.2; a 100 (Continue) that is due goes out first
  ///           (section 10.1.1)
  /// Takes     agreed: an agreement, or the result of an agree() on the turn's offer; fields: more
  ///           field lines for the 101
  /// Returns   what to send
  /// Fails     out_of_turn unless a decision is due; foreign_agreement; as write_switch()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Agreement>
  constexpr result<std::string_view> answer(
      const Agreement& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    server_handshake next = handshake_;
    std::array<char, 32> first{};
    const std::size_t due = next.write_continue(first)->size();
    const auto written =
        next.accept(agreed, due < out.size() ? out.subspan(due) : span<char>{}, fields);
    if (written.error().code == errc::no_space)
      return failure{errc::no_space, due + written.error().at};
    if (!written) return written.error();
    std::char_traits<char>::copy(out.data(), first.data(), due);
    handshake_ = next;
    return std::string_view{out.data(), due + written->size()};
  }

  /// The same for a result.
  template <class Agreement>
  constexpr result<std::string_view> answer(
      const result<Agreement>& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    if (agreed) return answer(*agreed, out, fields);
    if (state() != server_state::deciding) return failure{errc::out_of_turn, 0};
    const errc code = agreed.error().code;
    if (rules::status_for(code) == 0 || code == errc::foreign_agreement) return std::string_view{};
    return refuse(detail::explained(Agreement::refusal_for(code, handshake_.supported()), code),
                  out);
  }

  /// Writes a 426 (Upgrade Required) that names the protocols of the list.
  ///
  /// Rule      RFC 9110 section 15.5.22
  /// Takes     out: where to write; fields: more field lines, Date among them
  /// Returns   what to send
  /// Fails     as refuse()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> require(span<char> out,
                                             span<const field_line> fields = {}) noexcept {
    return handshake_.require(out, fields);
  }

  /// Writes a final response to whatever waits for one: an offer, a CONNECT or an ordinary request.
  /// It says `close` where no other request can follow. Content that is still to come is skipped.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send
  /// Fails     out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> refuse(const refusal& answer, span<char> out) noexcept {
    return handshake_.refuse(answer, out);
  }

  /// Agrees to a CONNECT, and writes the 200 (OK): call it once the tunnel exists.
  ///
  /// Rule      RFC 9110 section 9.3.6
  /// Takes     out: where to write; fields: more field lines
  /// Returns   what to send
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    return handshake_.open_tunnel(out, fields);
  }

  /// Says that the caller has sent a final response of its own to the request. Content that is
  /// still to come is skipped.
  ///
  /// Takes     close: whether that response said `close`, though connection_line() did not
  /// Fails     out_of_turn if no response is due
  constexpr result<void> responded(bool close = false) noexcept {
    return handshake_.responded(close);
  }

  /// The Connection line, with its CRLF, that a response of the caller's own has to have: `close`
  /// where no request can follow, `keep-alive` where one can in HTTP/1.0, otherwise nothing.
  ///
  /// Rule      RFC 9112 sections 9.3 and 9.6; `close` also while the client waits for a 100
  constexpr std::string_view connection_line() const noexcept {
    if (!handshake_.at_.takes(machine::server_event::answer_and_close)) return {};
    bool close = false;
    (void)handshake_.answered(close);
    if (close) return "Connection: close\r\n";
    return handshake_.asked_.in_http_1_0 ? "Connection: keep-alive\r\n" : "";
  }

  /// Says that the client sends no more, once advance() needs more.
  ///
  /// Rule      RFC 9112 section 8: a request that did not come whole is answered with 400
  /// Takes     unread, out: as for advance()
  /// Returns   a turn whose need is close; or any other that the octets still allow, after which it
  ///           is called again
  /// Fails     incomplete, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  constexpr server_turn end_of_input(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                     span<char> out) noexcept {
    const server_connection before = *this;
    server_turn turn = advance(unread, out);
    if (turn.need != server_need::more || !turn.output.empty()) return turn;
    turn.need = server_need::close;
    turn.why = handshake_.input_ended(turn.rest).error();
    if (turn.why) turn.why.at = unread.size();
    if (state() == server_state::failed) refuse_failure(turn, out);
    end_turn(turn, unread, before);
    return turn;
  }

  /// Where the handshake is, as in machine/server.hpp.
  constexpr server_state state() const noexcept { return handshake_.state(); }

  friend constexpr bool operator==(const server_connection&, const server_connection&) = default;

 private:
  /// Passes over the head that stayed in the input until it was decided on.
  ///
  /// Returns   true if it was an offer that was not answered: it is read again, as declined
  constexpr bool leave_head(server_turn& turn) noexcept {
    const bool decline = held_ != 0 && state() == server_state::deciding;
    if (decline)
      handshake_.restart();
    else
      turn.rest.remove_prefix(held_ < turn.rest.size() ? held_ : turn.rest.size());
    held_ = 0;
    return decline;
  }

  /// Skips what is left of a request that was answered, and makes ready for the next one.
  ///
  /// Returns   false if more of it is to come, or it can't be read
  constexpr bool skip_answered(server_turn& turn) noexcept {
    while (state() == server_state::answered) {
      handshake_.receive(turn, turn.rest);
      if (turn.what == server_step::need_more) return false;
      if (turn.what == server_step::content_ended) (void)handshake_.start_over();
    }
    return true;
  }

  constexpr void step(server_turn& turn, std::string_view unread, span<char> out,
                      bool decline) noexcept {
    if (state() == server_state::deciding_tunnel) return refuse_connect(turn, out);
    const std::size_t before = turn.rest.size();
    handshake_.receive(turn, turn.rest);
    if (turn.why) turn.why.at += unread.size() - before;
    const auto head = static_cast<std::uint32_t>(before - turn.rest.size());
    switch (turn.what) {
      case server_step::need_more:
        return;
      case server_step::ordinary_request:
        turn.need = server_need::request;
        return;
      case server_step::upgrade_offered:
        if (decline && handshake_.decline()) return (void)(turn.need = server_need::request);
        turn.need = server_need::decision;
        held_ = head;
        return;
      case server_step::tunnel_requested:
        if (!allow_connect_) return refuse_connect(turn, out);
        turn.need = server_need::connect;
        held_ = head;
        return;
      case server_step::continue_expected:
        return deliver(turn, handshake_.write_continue(out));
      case server_step::content:
        turn.need = server_need::content;
        return;
      case server_step::content_ended:
        turn.need = server_need::response;
        return;
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

  constexpr void refuse_failure(server_turn& turn, span<char> out) noexcept {
    const errc code = turn.why.code;
    turn.need = server_need::close;
    deliver(turn, refuse(detail::explained(refusal_for(code, handshake_.supported()), code), out));
  }

  constexpr void refuse_connect(server_turn& turn, span<char> out) noexcept {
    turn.why = {errc::connect_not_allowed, 0};
    refuse_failure(turn, out);
  }

  /// Hands over output; where it does not fit, says how much room it needs.
  static constexpr void deliver(server_turn& turn,
                                const result<std::string_view>& output) noexcept {
    turn.output = *output;
    if (output) return;
    turn.need = server_need::close;
    turn.why = output.error();
  }

  /// Says how much was used: nothing where the output does not fit, and nothing has changed then.
  constexpr void end_turn(server_turn& turn, std::string_view unread,
                          const server_connection& before) noexcept {
    turn.used = unread.size() - turn.rest.size() - held_;
    if (turn.why.code != errc::no_space) return;
    *this = before;
    turn.used = 0;
    turn.rest = unread;
  }

  server_handshake handshake_;
  std::uint32_t held_ = 0;  // octets of a head that stays in the input until it is decided on
  bool allow_connect_;
};

}  // namespace v0
}  // namespace turnout
