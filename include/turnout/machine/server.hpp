// The server's side of a handshake as a table: RFC 9110 sections 7.8 and 9.3.6.
//
// What a request asks for is answered once. An ordinary request is served by the caller's HTTP
// code, and the handshake can start over for the next one on the connection; nothing leaves
// `switched`, where HTTP/1.1 is over, nor `closed`. A 101 may be written before the content of the
// request has ended, but `switched` comes only after it. Who refuses a tunnel closes the
// connection: payload may have followed the CONNECT (RFC 9931 section 8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// What is, on the server's side.
enum class server_state : std::uint8_t {
  reading_head,     ///< a request head is not complete
  deciding,         ///< an offer waits for the caller's answer
  deciding_tunnel,  ///< a CONNECT waits for the caller's answer
  ordinary,         ///< the request is the HTTP code's
  answered,         ///< a final response was written
  accepted,         ///< a 101 was written: what follows is content, then the new protocol's
  switched,         ///< what follows is the new protocol's
  failed,           ///< what was read can't be a request, or has to be refused
  closed            ///< the connection is to be closed
};

/// What happens, on the server's side.
enum class server_event : std::uint8_t {
  ordinary_request,  ///< a head was read that offers nothing usable
  offer,             ///< a head was read that offers a protocol
  connect_request,   ///< a head was read that asks for a tunnel
  broken,            ///< what was read breaks a rule or a limit, or ended too early
  accept,            ///< the caller agrees; the 101 was written after the content
  accept_early,      ///< the caller agrees; the 101 was written before the content has ended
  content_ended,     ///< the content of the request was read to its end
  open_tunnel,       ///< the caller agrees; the 2xx was written
  decline,           ///< the caller serves the request as an ordinary one
  answer,            ///< a final response was written, and the connection goes on
  answer_and_close,  ///< a final response was written, and the connection ends
  start_over,        ///< the next request on the connection is due
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

/// The state in which a server begins.
inline constexpr server_state server_begins = server_state::reading_head;

/// The server's side.
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

/// The rows of server_table, to be looked up.
inline constexpr transitions<server_state, server_event, 9, 13> server_rows{server_table};

}  // namespace machine

using machine::name_of;
using machine::server_state;

}  // namespace v0
}  // namespace turnout
