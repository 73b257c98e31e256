// A server's connection, from its first octet to the switch, in three steps per turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used (decisions D3 and D4).
//
// It performs every duty that has only one right answer: sending 100 (Continue), refusing after a
// failure, sending `close` where it is required, skipping the rest of a refused request, starting
// over for the next one. handshake/server.hpp has each step by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/server_driver.hpp"
#include "turnout/connection/server_turn.hpp"
#include "turnout/core/consequence.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
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
/// and not dropped, and a buffer for output.
///
/// Borrows   the list of profiles, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// turnout::server_connection server{spoken};
/// std::array<char, 512> out;
/// const std::string_view unread =
///     "GET /chat HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
///     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
/// const auto turn = server.advance(unread, out);
/// assert(turn.need == turnout::server_need::decision);
/// const auto answer = server.answer(turnout::websocket::agree(turn.offer()), out);
/// assert(answer->starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
/// const auto after = server.advance(unread.substr(turn.used), out);
/// assert(after.need == turnout::server_need::switched);
/// ```
class server_connection {
 public:
  /// Takes     spoken: the protocols that the server speaks, most preferred first
  constexpr explicit server_connection(lasting_span<const profile> spoken,
                                       const server_options& options = {}) noexcept
      : driver_{spoken, options} {}

  /// Takes one step with the available octets.
  ///
  /// Rule      RFC 9112 sections 2 to 7 and 9, RFC 9110 sections 7.6.1, 7.8, 9.3.6 and 10.1.1
  /// Takes     unread: all octets of the connection that were not dropped; out: room for output
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with the failure of message/head.hpp, check_request(),
  ///           check_profile() or message/content.hpp; connect_not_allowed; no_space if `out` is
  ///           too small for the output: advance() again with more room
  /// Borrows   from `unread` and `out`
  constexpr server_turn advance(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                span<char> out) noexcept {
    return driver_.advance(unread, out);
  }

  /// Agrees to switch, and writes the 101; or, if there is no agreement, the refusal for its error.
  /// If the error only means that the offer is not usable, nothing is written, and the next turn
  /// returns the request as an ordinary one.
  ///
  /// Rule      RFC 9110 sections 7.8 and 15.2.2; a 100 (Continue) that is due comes first (section
  ///           10.1.1)
  /// Takes     agreed: an agreement, or the result of an agree() on the turn's offer; fields: more
  ///           field lines for the 101
  /// Returns   what to send
  /// Fails     out_of_turn unless a decision is due; foreign_agreement, also after defer() for an
  ///           agreement that was not kept; as write_switch()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Agreement>
  TURNOUT_NOINLINE constexpr result<std::string_view> answer(
      const Agreement& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    if (!driver_.is_deciding()) return failure{errc::out_of_turn, 0};
    server_handshake next = driver_.handshake;
    char first[32]{};
    const std::size_t due = next.write_continue(first)->size();
    const auto written =
        next.accept(agreed, due < out.size() ? out.subspan(due) : span<char>{}, fields);
    if (written.error().code == errc::no_space)
      return failure{errc::no_space, due + written.error().at};
    if (!written) return written.error();
    std::char_traits<char>::copy(out.data(), first, due);
    driver_.handshake = next;
    return detail::octets_at(out.data(), due + written->size());
  }

  /// As above, for a result.
  template <class Agreement>
  constexpr result<std::string_view> answer(
      const result<Agreement>& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    if (agreed) return answer(*agreed, out, fields);
    if (!driver_.is_deciding()) return failure{errc::out_of_turn, 0};
    const errc code = agreed.error().code;
    if (code == errc::foreign_agreement && driver_.is_deferred()) return agreed.error();
    if (rules::status_for(code) == 0 || code == errc::foreign_agreement) return std::string_view{};
    return refuse(driver_.refusal_for<Agreement>(code), out);
  }

  /// Defers the decision until the content of the request is complete, for a protocol whose 101
  /// depends on it, or a client that accepts a 101 only after it. A 100 (Continue) that is due is
  /// sent, content turns follow, and then a decision that is `deferred`. By then the head and its
  /// offer are gone: keep an agreement, and copies of what it or the program views in the head.
  /// refuse() and require() are allowed at any time.
  ///
  /// Rule      RFC 9110 section 7.8: a server may answer once it has the content
  /// Fails     out_of_turn unless a decision is due that was not deferred yet
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::docker::tcp};
  /// turnout::server_connection server{spoken};
  /// std::array<char, 512> out;
  /// std::string_view unread =
  ///     "POST /exec/7/start HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\n"
  ///     "Upgrade: tcp\r\nContent-Length: 2\r\n\r\n{}";
  /// auto turn = server.advance(unread, out);
  /// const auto agreed = turn.offer().agree(turnout::preference::client);
  /// assert(turn.need == turnout::server_need::decision && server.defer());
  /// unread.remove_prefix(turn.used);
  /// turn = server.advance(unread, out);
  /// assert(turn.need == turnout::server_need::content && turn.content == "{}");
  /// unread.remove_prefix(turn.used);
  /// turn = server.advance(unread, out);
  /// assert(turn.need == turnout::server_need::decision && turn.deferred);
  /// assert(server.answer(agreed, out)->starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
  /// ```
  constexpr result<void> defer() noexcept { return driver_.defer(); }

  /// Writes a 426 (Upgrade Required) that names the protocols of the server's list.
  ///
  /// Rule      RFC 9110 section 15.5.22
  /// Takes     out: where to write; fields: more field lines, such as Date
  /// Returns   what to send
  /// Fails     as refuse()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  /// turnout::server_connection server{spoken};
  /// std::array<char, 512> out;
  /// (void)server.advance("GET / HTTP/1.1\r\nHost: a\r\n\r\n", out);
  /// assert(*server.require(out) == "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
  ///                                "Upgrade: websocket\r\nContent-Length: 0\r\n\r\n");
  /// ```
  constexpr result<std::string_view> require(span<char> out,
                                             span<const field_line> fields = {}) noexcept {
    return driver_.handshake.require(out, fields);
  }

  /// Writes a final response to an offer, a CONNECT or an ordinary request. It adds `close` if no
  /// other request can follow. Content that is still to come is skipped.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send
  /// Fails     out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// turnout::server_connection server{{}};
  /// std::array<char, 512> out;
  /// (void)server.advance("GET /secret HTTP/1.1\r\nHost: a\r\n\r\n", out);
  /// assert(*server.refuse({.status = 403, .content = "no", .content_type = "text/plain"}, out) ==
  ///        "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno");
  /// ```
  constexpr result<std::string_view> refuse(const refusal& answer, span<char> out) noexcept {
    return driver_.handshake.refuse(answer, out);
  }

  /// Agrees to a CONNECT, and writes the 200 (OK): call it once the tunnel exists.
  ///
  /// Rule      RFC 9110 section 9.3.6
  /// Takes     out: where to write; fields: more field lines
  /// Returns   what to send
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// turnout::server_connection server{{}, {.allow_connect = true}};
  /// std::array<char, 512> out;
  /// const auto turn = server.advance("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", out);
  /// assert(turn.need == turnout::server_need::connect);
  /// assert(turn.request.target.authority.port == "443");
  /// assert(*server.open_tunnel(out) == "HTTP/1.1 200 OK\r\n\r\n");  // once there is a connection
  /// assert(server.advance({}, out).need == turnout::server_need::switched);
  /// ```
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    return driver_.handshake.open_tunnel(out, fields);
  }

  /// Tells the connection that the caller has sent its own final response to the request. Content
  /// that is still to come is skipped.
  ///
  /// Takes     close: whether that response had `close`, although connection_line() did not
  /// Fails     out_of_turn if no response is due
  constexpr result<void> responded(bool close = false) noexcept {
    return driver_.handshake.responded(close);
  }

  /// The Connection line, with its CRLF, that the caller's own response must have: `close` if no
  /// request can follow, `keep-alive` if one can follow in HTTP/1.0, otherwise nothing.
  ///
  /// Rule      RFC 9112 sections 9.3 and 9.6; `close` also while the client waits for a 100
  ///
  /// ```cpp
  /// turnout::server_connection server{{}};
  /// std::array<char, 512> out;
  /// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  /// assert(server.advance(unread, out).need == turnout::server_need::request);
  /// const std::string page = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" +
  ///                          std::string{server.connection_line()} + "\r\nok";
  /// assert(page == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  /// assert(server.responded() && server.advance({}, out).need == turnout::server_need::close);
  /// ```
  constexpr std::string_view connection_line() const noexcept { return driver_.connection_line(); }

  /// Tells the connection that the client is late: the octets that advance() needs did not come in
  /// time.
  ///
  /// Rule      RFC 9110 section 15.5.9: an incomplete request gets a 408; RFC 9112 section 9.5: a
  ///           connection without a request is closed
  /// Takes     unread, out: as for advance()
  /// Returns   as end_of_input()
  /// Fails     timed_out, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  ///
  /// ```cpp
  /// turnout::server_connection server{{}};
  /// std::array<char, 512> out;
  /// const auto turn = server.time_out("GET / HT", out);  // the rest did not come in time
  /// assert(turn.output.starts_with("HTTP/1.1 408 Request Timeout\r\n"));
  /// assert(turn.need == turnout::server_need::close && turn.why.code == turnout::errc::timed_out);
  /// ```
  constexpr server_turn time_out(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                 span<char> out) noexcept {
    return driver_.end(unread, out, errc::timed_out);
  }

  /// Tells the connection that the client sends no more. Call it when advance() needs more.
  ///
  /// Rule      RFC 9112 section 8: an incomplete request gets a 400
  /// Takes     unread, out: as for advance()
  /// Returns   a turn whose need is close; or another turn for the remaining octets: call it again
  ///           after that
  /// Fails     incomplete, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  constexpr server_turn end_of_input(std::string_view unread TURNOUT_LIFETIMEBOUND,
                                     span<char> out) noexcept {
    return driver_.end(unread, out, errc::incomplete);
  }

  /// The state of the handshake, as in machine/server.hpp.
  constexpr server_state state() const noexcept { return driver_.handshake.state(); }

  friend constexpr bool operator==(const server_connection&, const server_connection&) = default;

 private:
  detail::server_driver driver_;
};

}  // namespace v0
}  // namespace turnout
