// A gateway from a client of HTTP/1.1 to streams of HTTP/2 or HTTP/3, in three steps per turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// RFC 8441 sections 3 to 5, RFC 9220 section 3, RFC 9931 section 4.1.
#pragma once

#include <string_view>

#include "turnout/connection/gateway/from_http_1_driver.hpp"
#include "turnout/connection/gateway/turn.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {

/// A client's connection of HTTP/1.1, and for each request that asks for a protocol or a tunnel,
/// the stream that answers it.
///
/// It does no input or output and keeps no octets: the caller passes all octets of a side that it
/// has read and not dropped, each header list of the stream, and space for output. A request stays
/// in the caller's buffer until its response has come, and so do the octets after it.
///
/// Borrows   the list of profiles, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// turnout::gateway::from_http_1 gateway{spoken};
/// std::array<turnout::field_line, 102> lines;
/// std::array<char, 1024> octets;
/// const std::string_view unread =
///     "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
///     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
/// const auto turn = gateway.advance(turnout::gateway::side::connection, unread, {lines, octets});
/// assert(turn.need == turnout::gateway::need::request);
/// turnout::extended_connect::enable_connect_protocol allowed;
/// assert(allowed.see(allowed.identifier, 1));  // the settings of the server
/// const auto rest = unread.substr(turn.used);
/// const auto forwarded = gateway.forward(rest, "https", allowed, {lines, octets});
/// assert(forwarded.list.front() == turnout::field_line{":method", "CONNECT"});
/// ```
class from_http_1 {
 public:
  /// Takes     spoken: the protocols that are forwarded to streams, most preferred first, at most
  ///           64
  constexpr explicit from_http_1(lasting_span<const profile> spoken,
                                 const options& options = {}) noexcept
      : driver_{spoken, options} {}

  /// Takes one step of one side with the available octets.
  ///
  /// Rule      as server_connection::advance(), up to a request for a protocol or a tunnel. RFC
  ///           9931 section 4.1: octets after it wait for the response. RFC 9112 section 6: DATA of
  ///           other responses is forwarded in chunks, or with its Content-Length
  /// Takes     from: whose turn it is; unread: all octets of that side that were not dropped
  /// Returns   the turn: send its output, do what it needs, drop what it used
  /// Fails     in `why`: as server_connection::advance(); missing_websocket_key and the like;
  ///           bad_content_length for more DATA than Content-Length says; no_space
  /// Borrows   from `unread` and `space`
  constexpr turn advance(side from, std::string_view unread,
                         const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.advance(now, from, unread, space); });
  }

  /// Writes the header list for the stream, which the caller opens with it, without END_STREAM.
  ///
  /// Rule      RFC 8441 sections 3 and 4: an extended CONNECT only if the server allows it; a plain
  ///           CONNECT has only `:authority` (RFC 9113 section 8.5)
  /// Takes     unread: the rest of the connection's octets after the turn's octets were dropped;
  ///           scheme: of the URI, https or http, not used for a CONNECT; allowed: the setting of
  ///           the server
  /// Returns   a turn with the list; or with a refusal, if the request can't be forwarded: 502 if
  ///           the server does not allow it
  /// Fails     in `why`: out_of_turn unless a request waits to be forwarded; foreign_agreement for
  ///           another one, with nothing changed; as extended_connect::write_request() and
  ///           write_connect(); no_space
  /// Borrows   from `unread` and `space`
  constexpr turn forward(std::string_view unread, std::string_view scheme,
                         const extended_connect::enable_connect_protocol& allowed,
                         const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) {
      if (!driver_.takes(event::forward)) return detail::close_for(now, {errc::out_of_turn, 0});
      driver_.forward(now, unread, scheme, allowed, space);
    });
  }

  /// Takes a header list that came on the stream: a response, or the trailers of one.
  ///
  /// Rule      RFC 8441 section 5: a 2xx becomes a 101, with the accept value of the client's key.
  ///           Other responses are forwarded unchanged. A malformed response becomes a 502
  /// Returns   a turn with the output for the client
  /// Fails     in `why`: as extended_connect::response::read(), opens() and write_response();
  ///           too_many_interim_responses; unsolicited_response; no_space
  /// Borrows   from `list` and `space`
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  /// turnout::gateway::from_http_1 gateway{spoken};
  /// std::array<turnout::field_line, 102> lines;
  /// std::array<char, 1024> octets;
  /// const std::string_view unread =
  ///     "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
  ///     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  /// const auto asked =
  ///     gateway.advance(turnout::gateway::side::connection, unread, {lines, octets});
  /// turnout::extended_connect::enable_connect_protocol allowed;
  /// assert(allowed.see(allowed.identifier, 1));
  /// (void)gateway.forward(unread.substr(asked.used), "https", allowed, {lines, octets});
  /// const turnout::field_line answer[] = {{":status", "200"}};
  /// const auto turn = gateway.receive(answer, {lines, octets});
  /// assert((*turn.octets.begin()).starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
  /// assert(gateway.is_open());
  /// ```
  constexpr turn receive(span<const field_line> list,
                         const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.take_list(now, list, space); });
  }

  /// Writes the gateway's own final response, to an ordinary request, or to any request that has no
  /// response yet.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   a turn with the response; an open stream must be reset
  /// Fails     in `why`: out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `answer` and `space`
  /// Changes   nothing when it fails
  constexpr turn refuse(const refusal& answer, const extended_connect::list_space& space) noexcept {
    turn now;
    if (!driver_.takes(event::answer) && state() != state::reading_request)
      detail::close_for(now, {errc::out_of_turn, 0});
    else
      driver_.respond(now, answer, stream_error::cancelled, space);
    return now;
  }

  /// Tells the gateway that the caller has sent its own response to an ordinary request.
  ///
  /// Takes     close: whether that response had `close`, although connection_line() did not
  /// Fails     out_of_turn if no response is due
  constexpr result<void> responded(bool close = false) noexcept {
    if (state() != state::reading_request) return failure{errc::out_of_turn, 0};
    return driver_.server.responded(close);
  }

  /// The Connection line, with its CRLF, that the caller's own response must have, as
  /// server_connection::connection_line().
  constexpr std::string_view connection_line() const noexcept {
    return driver_.server.connection_line();
  }

  /// Tells the gateway that one side sends no more after `unread`: FIN, or END_STREAM.
  ///
  /// Rule      RFC 8441 section 5: each becomes the other; before the response, a client's end
  ///           waits with the octets before it. A stream that ends without a response becomes a 502
  /// Takes     from, unread, space: as for advance()
  /// Returns   as advance(); call it again, instead of advance(), until the side has ended
  /// Fails     incomplete, in `why`; as advance()
  /// Borrows   from `unread` and `space`
  constexpr turn end_of_input(side from, std::string_view unread,
                              const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.end(now, from, unread, space); });
  }

  /// Tells the gateway that one side was reset, or that no stream could be opened.
  ///
  /// Rule      RFC 8441 section 5, RFC 9113 section 8.5: a reset of one side resets the other
  /// Returns   a turn with a 502 if the client has no response yet; otherwise its need is close
  /// Fails     no_space, in `why`
  /// Borrows   from `space`
  constexpr turn reset(side from, const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) {
      if (from == side::connection) return driver_.end_connection(now);
      driver_.give_up(now, {errc::incomplete, 0}, stream_error::none, space);
    });
  }

  /// Tells the gateway that the expected octets did not come in time.
  ///
  /// Rule      RFC 9110 sections 15.5.9 and 15.6.5: a late client gets a 408; if a stream does not
  ///           answer, the client gets a 504
  /// Takes     unread: of the connection, as for advance()
  /// Returns   a turn with the response, or whose need is close
  /// Fails     timed_out, in `why`; no_space
  /// Borrows   from `unread` and `space`
  constexpr turn time_out(std::string_view unread,
                          const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.time_out(now, unread, space); });
  }

  /// True while the connection and the stream are one tunnel.
  constexpr bool is_open() const noexcept { return driver_.is_open(); }

  /// The state of the gateway, as in machine/gateway.hpp.
  constexpr gateway::state state() const noexcept { return driver_.state(); }

  friend constexpr bool operator==(const from_http_1&, const from_http_1&) = default;

 private:
  using event = machine::gateway_event;

  detail::from_http_1_driver driver_;
};

}  // namespace gateway
}  // namespace v0
}  // namespace turnout
