// An intermediary between a client and a server as a table: RFC 9110 sections 7.6, 7.8 and 9.3.6.
//
// A request that was forwarded gets one answer: the server's response, which is forwarded, or a
// refusal. Interim responses loop. `switched` follows only after forwarding a 101 that matches the
// forwarded offer, or a 2xx to CONNECT; or after the intermediary opens a tunnel as the last proxy.
// What a client sends after its request waits until then. A tunnel ends when either side ends, and
// its connections can't be reused: nothing else leaves `switched`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// The states of an intermediary.
enum class relay_state : std::uint8_t {
  reading_head,     ///< a request head is not complete
  deciding,         ///< a request waits to be forwarded or answered
  deciding_tunnel,  ///< a CONNECT waits to be forwarded or answered
  waiting,          ///< the request was forwarded, and its answer is awaited
  interim,          ///< an interim response waits to be forwarded
  agreed,           ///< a checked 101, or a 2xx to CONNECT, waits to be forwarded
  accepted,         ///< it was forwarded: content follows, then the new protocol
  switched,         ///< both connections are one tunnel
  declined,         ///< a final response waits to be forwarded
  responding,       ///< its head was forwarded, and content follows
  answered,         ///< the client has a complete answer
  failed,           ///< one side sent what can't be forwarded, and the client has no answer yet
  closed            ///< both connections have to be closed
};

/// The events of an intermediary.
enum class relay_event : std::uint8_t {
  request,           ///< a head that can be forwarded was read
  connect_request,   ///< a head that asks for a tunnel was read
  forward,           ///< the waiting head was forwarded
  forward_early,     ///< a 101 was forwarded before the content of the request ended
  interim_response,  ///< a 1xx other than 101 came
  agreement,         ///< a 101 that matches the forwarded offer came, or a 2xx to CONNECT
  final_response,    ///< any other response came
  content_ended,     ///< the content of the request was read to its end
  response_ended,    ///< the content of the final response was read to its end
  open_tunnel,       ///< the caller opened a tunnel; the 2xx was written
  answer,            ///< a final response was written, and the client's connection stays open
  answer_and_close,  ///< a final response was written, and both connections end
  broken,            ///< one side broke a rule or exceeded a limit, or ended too early
  start_over,        ///< the next request on the client's connection begins
  input_ended        ///< one side sends no more, and nothing is left to do
};

/// The state's name.
constexpr std::string_view name_of(relay_state state) noexcept {
  constexpr const char* names[] = {
      "reading_head", "deciding", "deciding_tunnel", "waiting",  "interim", "agreed", "accepted",
      "switched",     "declined", "responding",      "answered", "failed",  "closed"};
  return names[static_cast<std::size_t>(state)];
}

/// The event's name.
constexpr std::string_view name_of(relay_event event) noexcept {
  constexpr const char* names[] = {
      "request",   "connect_request",  "forward",       "forward_early",  "interim_response",
      "agreement", "final_response",   "content_ended", "response_ended", "open_tunnel",
      "answer",    "answer_and_close", "broken",        "start_over",     "input_ended"};
  return names[static_cast<std::size_t>(event)];
}

/// The state that an intermediary begins in.
inline constexpr relay_state relay_begins = relay_state::reading_head;

/// The transitions of the intermediary.
inline constexpr transition<relay_state, relay_event> relay_table[] = {
    {relay_state::reading_head, relay_event::request, relay_state::deciding},
    {relay_state::reading_head, relay_event::connect_request, relay_state::deciding_tunnel},
    {relay_state::reading_head, relay_event::broken, relay_state::failed},
    {relay_state::reading_head, relay_event::input_ended, relay_state::closed},
    {relay_state::deciding, relay_event::forward, relay_state::waiting},
    {relay_state::deciding, relay_event::answer, relay_state::answered},
    {relay_state::deciding, relay_event::answer_and_close, relay_state::closed},
    {relay_state::deciding, relay_event::start_over, relay_state::reading_head},
    {relay_state::deciding, relay_event::broken, relay_state::failed},
    {relay_state::deciding_tunnel, relay_event::forward, relay_state::waiting},
    {relay_state::deciding_tunnel, relay_event::open_tunnel, relay_state::switched},
    {relay_state::deciding_tunnel, relay_event::answer_and_close, relay_state::closed},
    {relay_state::waiting, relay_event::interim_response, relay_state::interim},
    {relay_state::waiting, relay_event::agreement, relay_state::agreed},
    {relay_state::waiting, relay_event::final_response, relay_state::declined},
    {relay_state::waiting, relay_event::answer_and_close, relay_state::closed},
    {relay_state::waiting, relay_event::broken, relay_state::failed},
    {relay_state::interim, relay_event::forward, relay_state::waiting},
    {relay_state::interim, relay_event::answer_and_close, relay_state::closed},
    {relay_state::interim, relay_event::broken, relay_state::failed},
    {relay_state::agreed, relay_event::forward, relay_state::switched},
    {relay_state::agreed, relay_event::forward_early, relay_state::accepted},
    {relay_state::agreed, relay_event::answer_and_close, relay_state::closed},
    {relay_state::agreed, relay_event::broken, relay_state::failed},
    {relay_state::accepted, relay_event::content_ended, relay_state::switched},
    {relay_state::accepted, relay_event::broken, relay_state::closed},
    {relay_state::declined, relay_event::forward, relay_state::responding},
    {relay_state::declined, relay_event::answer_and_close, relay_state::closed},
    {relay_state::declined, relay_event::broken, relay_state::failed},
    {relay_state::responding, relay_event::response_ended, relay_state::answered},
    {relay_state::responding, relay_event::broken, relay_state::closed},
    {relay_state::answered, relay_event::start_over, relay_state::reading_head},
    {relay_state::answered, relay_event::input_ended, relay_state::closed},
    {relay_state::failed, relay_event::answer_and_close, relay_state::closed},
    {relay_state::failed, relay_event::input_ended, relay_state::closed},
    {relay_state::switched, relay_event::input_ended, relay_state::closed},
};

/// The rows of relay_table, for look-up.
inline constexpr transitions<relay_state, relay_event, 13, 15> relay_rows{relay_table};

}  // namespace machine

using machine::name_of;
using machine::relay_state;

}  // namespace v0
}  // namespace turnout
