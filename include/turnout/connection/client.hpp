// A client's connection, from its request to the switch, in three steps per turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// handshake/client.hpp has each step by itself.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/connection/client_turn.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/advertised.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// One connection on the client's side, up to the switch.
///
/// It does no input or output and keeps no octets: the caller passes all octets that it has read
/// and not dropped, and a buffer for the request. Nothing of the new protocol can be sent before
/// the switch is confirmed (RFC 9931 section 3).
///
/// Takes     `Proposal`: turnout::proposal, or a type derived from it, or tunnel_request
/// Borrows   the proposal and the list of profiles, during its whole lifetime
///
/// ```cpp
/// const std::array<std::uint8_t, 16> nonce{};  // here 16 random octets, for each connection
/// const turnout::websocket::proposal asked{nonce, {.target = "/chat", .host = "example.com"}};
/// turnout::client_connection client{asked};
/// std::array<char, 512> out;
/// assert(client.advance({}, out).output.starts_with("GET /chat HTTP/1.1\r\n"));
/// const std::string_view unread = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
/// const auto turn = client.advance(unread, out);
/// assert(turn.need == turnout::client_need::response && turn.response.status == 404);
/// assert(client.advance({}, out).need == turnout::client_need::done && client.keeps_alive());
/// ```
template <class Proposal>
class client_connection {
 public:
  /// Borrows   `proposal`
  constexpr explicit client_connection(const Proposal& proposal,
                                       const client_options& options = {}) noexcept
      : handshake_{proposal, options.limits}, spoken_{options.spoken} {}

  /// Deleted: a temporary proposal would be destroyed before the connection.
  explicit client_connection(const Proposal&& proposal,
                             const client_options& options = {}) = delete;

  /// Takes one step: writes the request if it was not written yet, or reads the available octets.
  ///
  /// Rule      RFC 9112 sections 3 to 7 and 9, RFC 9110 sections 7.8, 9.3.6, 10.1.1 and 15.2
  /// Takes     unread: all octets of the connection that were not dropped; out: room for the
  ///           request
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with the failure of write_request(), message/head.hpp,
  ///           examine_response() or message/content.hpp; no_space if `out` is too small for the
  ///           request: advance() again with more room
  /// Borrows   from `unread` and `out`
  constexpr client_turn advance(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                span<char> out) noexcept(never_throws) {
    client_turn turn;
    turn.rest = unread;
    if (state() == client_state::asking && unread.empty())
      write_request(turn, out);
    else if (state() == client_state::sending && content_waited_)
      send_content(turn);
    else
      step(turn);
    turn.used = unread.size() - turn.rest.size();
    return turn;
  }

  /// Tells the connection that all of the request's content was sent.
  ///
  /// Rule      RFC 9110 section 7.8: no octet of the new protocol is sent before it
  /// Fails     out_of_turn unless content was to be sent
  constexpr result<void> content_sent() noexcept {
    content_waited_ = false;
    return handshake_.content_sent();
  }

  /// Tells the connection to send the content without a 100 (Continue), which did not come in time:
  /// the next turn needs send_content.
  ///
  /// Rule      RFC 9110 section 10.1.1: a client does not wait forever
  /// Fails     out_of_turn unless the content waits for a 100
  ///
  /// ```cpp
  /// static constexpr turnout::profile wanted[] = {turnout::docker::tcp};
  /// const turnout::proposal asked{.method = turnout::method::post,
  ///                               .host = "docker",
  ///                               .protocols = wanted,
  ///                               .content = {turnout::framing_kind::length, 2},
  ///                               .expect_continue = true};
  /// turnout::client_connection client{asked};
  /// std::array<char, 512> out;
  /// assert(client.advance({}, out).output.ends_with("Expect: 100-continue\r\n\r\n"));
  /// assert(client.stop_waiting());  // no 100 came for a second
  /// assert(client.advance({}, out).need == turnout::client_need::send_content);
  /// assert(client.content_sent());
  /// ```
  constexpr result<void> stop_waiting() noexcept {
    const auto stopped = handshake_.stop_waiting();
    if (stopped) content_waited_ = true;
    return stopped;
  }

  /// Begins the next request on the connection; the next turn writes it.
  ///
  /// Rule      RFC 9931 section 4.1: not on a connection on which the caller has sent octets early:
  ///           a server that refused reads them as the next request
  /// Takes     next: borrowed instead of the previous proposal
  /// Fails     out_of_turn unless the response is complete; not_persistent if keeps_alive() is
  ///           false; repeated_nonce for a WebSocket proposal with the same key
  ///
  /// ```cpp
  /// static constexpr turnout::profile wanted[] = {{.token = {"a"}}};
  /// const turnout::proposal first{.target = "/1", .host = "a", .protocols = wanted};
  /// const turnout::proposal second{.target = "/2", .host = "a", .protocols = wanted};
  /// turnout::client_connection client{first};
  /// std::array<char, 512> out;
  /// (void)client.advance({}, out);
  /// assert(client.advance("HTTP/1.1 204 No Content\r\n\r\n", out).response.status == 204);
  /// assert(client.advance({}, out).need == turnout::client_need::done && client.ask(second));
  /// assert(client.advance({}, out).output.starts_with("GET /2 HTTP/1.1\r\n"));
  /// ```
  constexpr result<void> ask(const Proposal& next) noexcept(noexcept(next.check_after(next))) {
    return handshake_.start_over(next);
  }

  /// Deleted: a temporary proposal would be destroyed before the connection.
  result<void> ask(const Proposal&& next) = delete;

  /// True if the response is complete and the connection can carry another request.
  ///
  /// Rule      RFC 9112 sections 9.2, 9.3 and 9.6, RFC 9931 section 8
  constexpr bool keeps_alive() const noexcept { return handshake_.is_reusable(); }

  /// Tells the connection that the server sends no more. Call it when advance() needs more.
  ///
  /// Rule      RFC 9112 sections 6.3 and 8: content may end there
  /// Takes     unread, out: as for advance()
  /// Returns   a turn whose need is done or close; or another turn for the remaining octets: call
  ///           it again after that
  /// Fails     incomplete, in `why`, at the size of `unread`
  /// Borrows   from `unread` and `out`
  ///
  /// ```cpp
  /// static constexpr turnout::profile wanted[] = {{.token = {"a"}}};
  /// const turnout::proposal asked{.host = "a", .protocols = wanted};
  /// turnout::client_connection client{asked};
  /// std::array<char, 512> out;
  /// (void)client.advance({}, out);
  /// const auto turn = client.end_of_input("HTTP/1.1 101 Swit", out);
  /// assert(turn.need == turnout::client_need::close);
  /// assert(turn.why.code == turnout::errc::incomplete);
  /// ```
  constexpr client_turn end_of_input(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                     span<char> out) noexcept(never_throws) {
    client_turn turn = advance(unread, out);
    if (turn.need != client_need::more || !turn.output.empty()) return turn;
    turn.need = handshake_.input_ended(turn.rest) ? client_need::done : client_need::close;
    if (turn.need == client_need::close) turn.why = {errc::incomplete, unread.size()};
    return turn;
  }

  /// Tells the connection that the server is late: the octets that advance() needs did not come in
  /// time. For a 100 that did not come, call stop_waiting() instead.
  ///
  /// Rule      RFC 9112 section 9.5
  /// Takes     unread, out: as for advance()
  /// Returns   a turn whose need is close; or another turn for the remaining octets: call it again
  ///           after that
  /// Fails     timed_out, in `why`, at the size of `unread`
  /// Borrows   from `unread` and `out`
  constexpr client_turn time_out(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                 span<char> out) noexcept(never_throws) {
    client_turn turn = advance(unread, out);
    if (turn.need != client_need::more || !turn.output.empty()) return turn;
    turn.need = client_need::close;
    turn.why = {errc::timed_out, unread.size()};
    (void)handshake_.break_off(turn.why);
    return turn;
  }

  /// The state of the handshake, as in machine/client.hpp.
  constexpr client_state state() const noexcept { return handshake_.state(); }

  friend constexpr bool operator==(const client_connection& one,
                                   const client_connection& other) noexcept {
    return one.handshake_ == other.handshake_ && one.spoken_.data() == other.spoken_.data() &&
           one.spoken_.size() == other.spoken_.size() &&
           one.content_waited_ == other.content_waited_;
  }

 private:
  /// True unless the proposal, which may be the caller's own type, may throw.
  static constexpr bool never_throws = requires(client_handshake<Proposal> & one) {
    requires noexcept(one.write_request({}));
    requires noexcept(one.receive({}));
  };

  constexpr void write_request(client_turn& turn, span<char> out) noexcept(never_throws) {
    const auto written = handshake_.write_request(out);
    turn.why = written.error();
    if (!written) return (void)(turn.need = client_need::close);
    turn.output = *written;
    if (state() == client_state::sending) turn.need = client_need::send_content;
  }

  constexpr void send_content(client_turn& turn) noexcept {
    content_waited_ = false;
    turn.need = client_need::send_content;
  }

  constexpr void step(client_turn& turn) noexcept(never_throws) {
    handshake_.receive(turn, turn.rest);
    switch (turn.what) {
      case client_step::need_more:
        return;
      case client_step::interim_response:
        turn.need = client_need::interim;
        return;
      case client_step::send_content:
        turn.need = client_need::send_content;
        return;
      case client_step::switched:
        turn.need = client_need::switched;
        return;
      case client_step::declined:
        return decline(turn);
      case client_step::content:
        turn.need = client_need::content;
        return;
      case client_step::content_ended:
        turn.need = client_need::done;
        return;
      case client_step::failed:
        turn.need = client_need::close;
        return;
    }
  }

  constexpr void decline(client_turn& turn) const noexcept {
    turn.need = client_need::response;
    if (turn.response.status != 426) return;
    turn.required = rules::choose_advertised(
        detail::advertised(turn.facts, handshake_.limits_.list_elements), spoken_);
    if (turn.required != nullptr) turn.need = client_need::retry;
  }

  client_handshake<Proposal> handshake_;
  span<const profile> spoken_;
  bool content_waited_ = false;  // for a 100 that did not come, and no turn asked for it yet
};

}  // namespace v0
}  // namespace turnout
