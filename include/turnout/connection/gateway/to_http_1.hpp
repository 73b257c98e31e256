// A gateway from a stream of HTTP/2 or HTTP/3 to a server of HTTP/1.1, in three steps per turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// RFC 8441 section 5, RFC 9220 section 3, RFC 9484 section 11: no DATA of the client is sent to the
// server before a checked 101.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "turnout/connection/gateway/to_http_1_driver.hpp"
#include "turnout/connection/gateway/turn.hpp"
#include "turnout/core/span.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {

/// One stream, and the connection of HTTP/1.1 that answers it.
///
/// It does no input or output and keeps no octets: the caller passes each header list of the
/// stream, all octets of a side that it has read and not dropped, and space for output. DATA before
/// the response stays in the caller's buffer, which flow control limits. A response needs at most
/// as much space as its head has lines and octets, plus three octets.
///
/// Borrows   the list of profiles, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// turnout::gateway::to_http_1 gateway{spoken};
/// std::array<turnout::field_line, 102> lines;
/// std::array<char, 1024> octets;
/// const turnout::field_line list[] = {{":method", "CONNECT"},  {":protocol", "websocket"},
///                                     {":scheme", "https"},    {":path", "/chat"},
///                                     {":authority", "a"},     {"sec-websocket-version", "13"}};
/// const auto turn = gateway.receive(list, {lines, octets});
/// assert(turn.need == turnout::gateway::need::request && turn.request.authority == "a");
/// const std::array<std::uint8_t, 16> nonce{};  // here 16 random octets, for each connection
/// const auto forwarded = gateway.forward(list, nonce, {lines, octets});
/// assert((*forwarded.octets.begin()).starts_with("GET /chat HTTP/1.1\r\nHost: a\r\n"));
/// ```
class to_http_1 {
 public:
  /// Takes     spoken: the protocols that are forwarded to HTTP/1.1, at most 64
  constexpr explicit to_http_1(lasting_span<const profile> spoken,
                               const options& options = {}) noexcept
      : driver_{spoken, options} {}

  /// Takes a header list that came on the stream: the request.
  ///
  /// Rule      RFC 9220 section 3: an unsupported protocol gets a 501. A list after the request is
  ///           malformed: CONNECT has no trailer section (RFC 9113 section 8.5)
  /// Returns   a turn whose need is request or connect; ordinary for any other request, after which
  ///           the gateway has nothing to do; close, with a response or a reset
  /// Fails     in `why`: as extended_connect::request::read(), and the stream is reset;
  ///           unknown_connect_protocol, not_in_http_1, connect_not_allowed; as examine_request();
  ///           no_space
  /// Borrows   from `list` and `space`
  constexpr turn receive(span<const field_line> list,
                         const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.take_request(now, list, space); });
  }

  /// Writes the request for the connection, which the caller has opened.
  ///
  /// Rule      RFC 9113 section 8.3.1: Host is `:authority`; RFC 6455 section 4.1: a WebSocket has
  ///           a new key; RFC 9110 section 9.3.6: a CONNECT names only the authority
  /// Takes     list: the same as before; nonce: 16 octets of good randomness, new for each
  ///           connection; fields: more field lines, such as Via
  /// Returns   a turn with the request
  /// Fails     in `why`: out_of_turn unless a request waits to be forwarded; foreign_agreement for
  ///           another request; as write_request(); no_space
  /// Borrows   from `space`
  /// Changes   nothing when it fails
  constexpr turn forward(span<const field_line> list, const std::array<std::uint8_t, 16>& nonce,
                         const extended_connect::list_space& space,
                         lasting_span<const field_line> fields = {}) noexcept {
    turn now;
    if (!driver_.takes(event::forward))
      detail::close_for(now, {errc::out_of_turn, 0});
    else
      driver_.forward(now, list, nonce, fields, space.octets);
    return now;
  }

  /// Writes the gateway's own final response, if the client has none yet: such as a 502 if no
  /// server can be reached, or a 403 if the request is not allowed.
  ///
  /// Rule      RFC 9110 section 15
  /// Returns   a turn with the response, whose need is close
  /// Fails     in `why`: out_of_turn if no response is due; as extended_connect::write_response()
  /// Borrows   from `answer` and `space`
  /// Changes   nothing when it fails
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  /// turnout::gateway::to_http_1 gateway{spoken};
  /// std::array<turnout::field_line, 102> lines;
  /// std::array<char, 1024> octets;
  /// const turnout::field_line list[] = {{":method", "CONNECT"}, {":protocol", "websocket"},
  ///                                     {":scheme", "https"},   {":path", "/chat"},
  ///                                     {":authority", "a"},    {"sec-websocket-version", "13"}};
  /// (void)gateway.receive(list, {lines, octets});
  /// const auto turn = gateway.refuse({.status = 502}, {lines, octets});  // no server answers
  /// assert(turn.list.front() == turnout::field_line{":status", "502"});
  /// assert(turn.need == turnout::gateway::need::close);
  /// ```
  constexpr turn refuse(const refusal& answer, const extended_connect::list_space& space) noexcept {
    turn now;
    if (!driver_.takes(event::answer))
      detail::close_for(now, {errc::out_of_turn, 0});
    else
      driver_.respond(now, answer, space);
    return now;
  }

  /// Takes one step of one side with the available octets.
  ///
  /// Rule      RFC 8441 section 5: a 101 becomes a 200; RFC 9484 section 11, RFC 9931 section 4.1:
  ///           the client's data waits for it, and is dropped if the server refuses. A response
  ///           that breaks a rule becomes a 502, and so does a 2xx that does not switch
  /// Takes     from: whose turn it is; unread: all octets of that side that were not dropped
  /// Returns   the turn: send its output, do what it needs, drop what it used
  /// Fails     in `why`: as message/head.hpp, examine_response(), message/content.hpp and
  ///           extended_connect::write_response(); too_many_interim_responses,
  ///           unsolicited_response; no_space
  /// Borrows   from `unread` and `space`
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::connect_udp::profile};
  /// turnout::gateway::to_http_1 gateway{spoken};
  /// std::array<turnout::field_line, 102> lines;
  /// std::array<char, 1024> octets;
  /// const turnout::field_line list[] = {
  ///     {":method", "CONNECT"}, {":protocol", "connect-udp"}, {":scheme", "https"},
  ///     {":path", "/u/a/53/"},  {":authority", "proxy"},      {"capsule-protocol", "?1"}};
  /// (void)gateway.receive(list, {lines, octets});
  /// (void)gateway.forward(list, {}, {lines, octets});
  /// using turnout::gateway::side;
  /// assert(gateway.advance(side::stream, "early", {lines, octets}).used == 0);  // it has to wait
  /// const auto turn = gateway.advance(
  ///     side::connection,
  ///     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n\r\n",
  ///     {lines, octets});
  /// assert(turn.list.front() == turnout::field_line{":status", "200"} && gateway.is_open());
  /// assert(gateway.advance(side::stream, "early", {lines, octets}).used == 5);
  /// ```
  constexpr turn advance(side from, std::string_view unread,
                         const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.advance(now, from, unread, space); });
  }

  /// Tells the gateway that one side sends no more after `unread`: END_STREAM, or FIN.
  ///
  /// Rule      RFC 8441 section 5: each becomes the other; before the response, the end waits with
  ///           the DATA before it. RFC 9112 section 8: an incomplete response becomes a 502
  /// Takes     from, unread, space: as for advance()
  /// Returns   as advance(); call it again, instead of advance(), until the side has ended
  /// Fails     incomplete, in `why`, at the size of `unread`; as advance()
  /// Borrows   from `unread` and `space`
  constexpr turn end_of_input(side from, std::string_view unread,
                              const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) { driver_.end(now, from, unread, space); });
  }

  /// Tells the gateway that one side was reset, or that the connection could not be opened.
  ///
  /// Rule      RFC 8441 section 5, RFC 9113 section 8.5: a reset of one side resets the other
  /// Returns   a turn whose need is close; with a 502 if the client has no response yet
  /// Fails     no_space, in `why`
  /// Borrows   from `space`
  ///
  /// ```cpp
  /// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  /// turnout::gateway::to_http_1 gateway{spoken};
  /// std::array<turnout::field_line, 102> lines;
  /// std::array<char, 1024> octets;
  /// const turnout::field_line list[] = {{":method", "CONNECT"}, {":protocol", "websocket"},
  ///                                     {":scheme", "https"},   {":path", "/chat"},
  ///                                     {":authority", "a"},    {"sec-websocket-version", "13"}};
  /// (void)gateway.receive(list, {lines, octets});
  /// (void)gateway.forward(list, {}, {lines, octets});
  /// const auto turn = gateway.reset(turnout::gateway::side::connection, {lines, octets});
  /// assert(turn.list.front() == turnout::field_line{":status", "502"});
  /// ```
  constexpr turn reset(side from, const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) {
      if (from == side::stream) return driver_.end_stream(now);
      driver_.end_answer(now, {errc::incomplete, 0}, space);
    });
  }

  /// Tells the gateway that a response, or data in a tunnel, did not come in time.
  ///
  /// Rule      RFC 9110 section 15.6.5: if a server does not answer, the client gets a 504
  /// Returns   a turn whose need is close
  /// Fails     timed_out, in `why`; no_space
  /// Borrows   from `space`
  constexpr turn time_out(const extended_connect::list_space& space) noexcept {
    return driver_.in_turn([&](turn& now) {
      driver_.end_answer(now, {errc::timed_out, 0}, space);
    });
  }

  /// True if the response is complete and the connection can carry another request.
  ///
  /// Rule      RFC 9112 sections 9.2, 9.3 and 9.6, RFC 9931 section 8
  constexpr bool keeps_alive() const noexcept { return driver_.is_reusable(); }

  /// True while the connection and the stream are one tunnel.
  constexpr bool is_open() const noexcept { return driver_.is_open(); }

  /// The state of the gateway, as in machine/gateway.hpp.
  constexpr gateway::state state() const noexcept { return driver_.state(); }

  friend constexpr bool operator==(const to_http_1&, const to_http_1&) = default;

 private:
  using event = machine::gateway_event;

  detail::to_http_1_driver driver_;
};

}  // namespace gateway
}  // namespace v0
}  // namespace turnout
