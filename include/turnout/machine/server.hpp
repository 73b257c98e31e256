// The server's side of a handshake as a table: RFC 9110 sections 7.8 and 9.3.6.
//
// Each request gets one answer. The caller's HTTP code serves an ordinary request, and the
// handshake can start over for the next one on the connection; nothing leaves `switched`, where
// HTTP/1.1 has ended, nor `closed`. A 101 may be written before the content of the request has
// ended, but `switched` follows only after it. A server that refuses a tunnel closes the
// connection: payload may have followed the CONNECT (RFC 9931 section 8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// The states of the server.
enum class server_state : std::uint8_t {
  reading_head,     ///< a request head is not complete
  deciding,         ///< an offer waits for the caller's answer
  deciding_tunnel,  ///< a CONNECT waits for the caller's answer
  ordinary,         ///< the caller's HTTP code answers the request
  answered,         ///< a final response was written
  accepted,         ///< a 101 was written: content follows, then the new protocol
  switched,         ///< all that follows belongs to the new protocol
  failed,           ///< the octets are not a valid request, or the request has to be refused
  closed            ///< the connection has to be closed
};

/// The events of the server.
enum class server_event : std::uint8_t {
  ordinary_request,  ///< a head without a usable offer was read
  offer,             ///< a head that offers a protocol was read
  connect_request,   ///< a head that asks for a tunnel was read
  broken,            ///< the client broke a rule or exceeded a limit, or ended too early
  accept,            ///< the caller agrees; the 101 was written after the content
  accept_early,      ///< the caller agrees; the 101 was written before the content has ended
  content_ended,     ///< the content of the request was read to its end
  open_tunnel,       ///< the caller agrees; the 2xx was written
  decline,           ///< the caller serves the request as an ordinary one
  answer,            ///< a final response was written, and the connection stays open
  answer_and_close,  ///< a final response was written, and the connection ends
  start_over,        ///< the next request on the connection begins
  input_ended        ///< the client sends no more
};

/// The state's name.
constexpr std::string_view name_of(server_state state) noexcept {
  constexpr const char* names[] = {"reading_head", "deciding", "deciding_tunnel",
                                   "ordinary",     "answered", "accepted",
                                   "switched",     "failed",   "closed"};
  return names[static_cast<std::size_t>(state)];
}

/// The event's name.
constexpr std::string_view name_of(server_event event) noexcept {
  constexpr const char* names[] = {
      "ordinary_request", "offer",         "connect_request", "broken",  "accept",
      "accept_early",     "content_ended", "open_tunnel",     "decline", "answer",
      "answer_and_close", "start_over",    "input_ended"};
  return names[static_cast<std::size_t>(event)];
}

/// The state that a server begins in.
inline constexpr server_state server_begins = server_state::reading_head;

/// The transitions of the server.
inline constexpr transition<server_state, server_event> server_table[] = {
    {server_state::reading_head, server_event::ordinary_request, server_state::ordinary},
    {server_state::reading_head, server_event::offer, server_state::deciding},
    {server_state::reading_head, server_event::connect_request, server_state::deciding_tunnel},
    {server_state::reading_head, server_event::broken, server_state::failed},
    {server_state::reading_head, server_event::input_ended, server_state::closed},
    {server_state::deciding, server_event::accept, server_state::switched},
    {server_state::deciding, server_event::accept_early, server_state::accepted},
    {server_state::deciding, server_event::decline, server_state::ordinary},
    {server_state::deciding, server_event::answer, server_state::answered},
    {server_state::deciding, server_event::answer_and_close, server_state::closed},
    {server_state::deciding, server_event::broken, server_state::failed},
    {server_state::deciding, server_event::input_ended, server_state::closed},
    {server_state::deciding_tunnel, server_event::open_tunnel, server_state::switched},
    {server_state::deciding_tunnel, server_event::answer_and_close, server_state::closed},
    {server_state::deciding_tunnel, server_event::input_ended, server_state::closed},
    {server_state::accepted, server_event::content_ended, server_state::switched},
    {server_state::accepted, server_event::broken, server_state::closed},
    {server_state::ordinary, server_event::answer, server_state::answered},
    {server_state::ordinary, server_event::answer_and_close, server_state::closed},
    {server_state::ordinary, server_event::start_over, server_state::reading_head},
    {server_state::ordinary, server_event::broken, server_state::failed},
    {server_state::ordinary, server_event::input_ended, server_state::closed},
    {server_state::answered, server_event::start_over, server_state::reading_head},
    {server_state::answered, server_event::broken, server_state::closed},
    {server_state::answered, server_event::input_ended, server_state::closed},
    {server_state::failed, server_event::answer_and_close, server_state::closed},
    {server_state::failed, server_event::input_ended, server_state::closed},
};

/// The rows of server_table, for look-up.
inline constexpr transitions<server_state, server_event, 9, 13> server_rows{server_table};

}  // namespace machine

using machine::name_of;
using machine::server_state;

}  // namespace v0
}  // namespace turnout
