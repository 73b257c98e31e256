// An intermediary between a client's connection and a server's, in three steps per turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// It forwards responses and content, answers when the server can't, and joins both connections to a
// tunnel after it has forwarded a checked 101, or a 2xx to CONNECT, to the client.
// handshake/relay.hpp has each step by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/relay_driver.hpp"
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
/// has read and not dropped, and a buffer for heads. Octets that the client sends after its request
/// stay in the caller's buffer until a matching 101 has been forwarded (RFC 9931 section 4.1).
///
/// Borrows   the policy, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// static constexpr turnout::relay_policy policy{.allowed = spoken, .name = "example"};
/// turnout::relay_connection relay{policy};
/// std::array<char, turnout::room({}, policy)> out;
/// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\nConnection: X\r\nX: 1\r\n\r\n";
/// const auto turn = relay.advance(turnout::relay_side::client, unread, out);
/// assert(turn.need == turnout::relay_need::request && turn.request.target.path == "/");
/// const auto forwarded = relay.forward(turn, out);  // X was for this connection only
/// assert(*forwarded == "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 example\r\n\r\n");
/// ```
class relay_connection {
 public:
  /// Borrows   `policy`
  constexpr explicit relay_connection(const relay_policy& policy,
                                      const relay_options& options = {}) noexcept
      : driver_{policy, options} {}

  /// Deleted: a temporary policy would be destroyed before the connection.
  explicit relay_connection(const relay_policy&& policy,
                            const relay_options& options = {}) = delete;

  /// Takes one step of one side with the available octets.
  ///
  /// Rule      RFC 9112 sections 2 to 7 and 9, RFC 9110 sections 7.6, 7.8, 9.3.6 and 15.2
  /// Takes     side: whose turn it is; unread: all octets of that side that were not dropped; out:
  ///           turnout::room() octets are enough for any head within the limits
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with the failure of the client or the server; connect_not_allowed;
  ///           no_space, with nothing changed, if `out` is too small: advance() again with more
  ///           room
  /// Borrows   from `unread` and `out`
  constexpr relay_turn advance(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                               span<char> out) noexcept {
    return driver_.advance(side, unread, out);
  }

  /// Writes the head of the forwarded request, for a server that is connected.
  ///
  /// Rule      RFC 9110 section 7.6; on a connection that was used before, not before advance() has
  ///           used all octets of the server's side
  /// Takes     turn: the turn that needs it, whose octets were not dropped yet; fields: the field
  ///           lines to forward, if not all of the head
  /// Returns   what to send to the server
  /// Fails     out_of_turn unless a request or a CONNECT waits; as write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Fields>
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out,
                                             const Fields& fields) {
    return driver_.handshake.forward(turn, out, fields);
  }
  /// Writes the forwarded request with all field lines of its head.
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out) noexcept {
    return driver_.handshake.forward(turn, out);
  }

  /// Agrees to a CONNECT as the last proxy, and writes the 200 (OK): call it after the connection
  /// to the target is open, and only for targets that clients may reach.
  ///
  /// Rule      RFC 9110 section 9.3.6
  /// Takes     out: where to write; fields: more field lines
  /// Returns   what to send to the client
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// static constexpr turnout::relay_policy policy{.name = "example"};
  /// turnout::relay_connection relay{policy, {.allow_connect = true}};
  /// std::array<char, turnout::room({}, policy)> out;
  /// const std::string_view unread = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
  /// const auto turn = relay.advance(turnout::relay_side::client, unread, out);
  /// assert(turn.need == turnout::relay_need::connect);
  /// assert(*relay.open_tunnel(out) == "HTTP/1.1 200 OK\r\n\r\n" && relay.is_tunnel());
  /// ```
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    return driver_.handshake.open_tunnel(out, fields);
  }

  /// Writes the intermediary's own final response, if the client has none yet: such as a 502 if no
  /// server can be reached, or a 403 if the request is not allowed.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send to the client
  /// Fails     out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// static constexpr turnout::relay_policy policy{.name = "example"};
  /// turnout::relay_connection relay{policy};
  /// std::array<char, turnout::room({}, policy)> out;
  /// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  /// (void)relay.advance(turnout::relay_side::client, unread, out);
  /// const auto answer = relay.refuse({.status = 502}, out);  // no server could be reached
  /// assert(answer->starts_with("HTTP/1.1 502 Bad Gateway\r\n") && relay.keeps_alive());
  /// ```
  constexpr result<std::string_view> refuse(const refusal& answer, span<char> out) noexcept {
    return driver_.handshake.refuse(answer, out);
  }

  /// True if another request may follow on the client's connection (RFC 9112 sections 9.3, 9.6).
  constexpr bool keeps_alive() const noexcept {
    return state() == relay_state::reading_head || driver_.handshake.is_persistent();
  }

  /// True if both connections are one tunnel: every turn forwards what either side sends.
  constexpr bool is_tunnel() const noexcept { return driver_.is_tunnel(); }

  /// Tells the connection that one side sends no more. Call it when that side's turn is_idle(). If
  /// a server ends before its response is complete, or can't be written to, the client gets a 502.
  /// In a tunnel, the other side may stay open: call this instead of advance() for the side that
  /// has ended.
  ///
  /// Rule      RFC 9112 sections 6.3 and 8; RFC 9110 section 9.3.6: a tunnel ends after a side has
  ///           closed its connection and all it sent was forwarded
  /// Takes     side, unread, out: as for advance()
  /// Returns   a turn whose need is close, close_server or end_output, or wait if the other side
  ///           continues; or another turn for the remaining octets: call it again after that
  /// Fails     incomplete, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  ///
  /// ```cpp
  /// static constexpr turnout::relay_policy policy{.name = "example"};
  /// turnout::relay_connection relay{policy};
  /// std::array<char, turnout::room({}, policy)> out;
  /// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  /// (void)relay.forward(relay.advance(turnout::relay_side::client, unread, out), out);
  /// const auto turn = relay.end_of_input(turnout::relay_side::server, "HTTP/1.1 20", out);
  /// assert((*turn.to_client.begin()).starts_with("HTTP/1.1 502 Bad Gateway\r\n"));
  /// ```
  constexpr relay_turn end_of_input(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                                    span<char> out) noexcept {
    return driver_.end(side, unread, out, errc::incomplete);
  }

  /// Tells the connection that one side is late. Call it when that side's turn is_idle(). A client
  /// that does not finish its request gets a 408; if a server does not answer, the client gets a
  /// 504. A connection without a request is closed, and so is a tunnel.
  ///
  /// Rule      RFC 9110 sections 15.5.9 and 15.6.5, RFC 9112 section 9.5
  /// Takes     side, unread, out: as for advance()
  /// Returns   as end_of_input(); a turn whose need is wait if nothing is due from that side
  /// Fails     timed_out, in `why`; no_space as advance()
  /// Borrows   from `unread` and `out`
  ///
  /// ```cpp
  /// static constexpr turnout::relay_policy policy{.name = "example"};
  /// turnout::relay_connection relay{policy};
  /// std::array<char, turnout::room({}, policy)> out;
  /// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  /// (void)relay.forward(relay.advance(turnout::relay_side::client, unread, out), out);
  /// const auto turn = relay.time_out(turnout::relay_side::server, {}, out);
  /// assert((*turn.to_client.begin()).starts_with("HTTP/1.1 504 Gateway Timeout\r\n"));
  /// ```
  constexpr relay_turn time_out(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                                span<char> out) noexcept {
    return driver_.end(side, unread, out, errc::timed_out);
  }

  /// The state of the handshake, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return driver_.handshake.state(); }

  friend constexpr bool operator==(const relay_connection&, const relay_connection&) = default;

 private:
  detail::relay_driver driver_;
};

}  // namespace v0
}  // namespace turnout
