// The client's side of a handshake as a table: RFC 9110 sections 7.8 and 15.2.
//
// Any number of interim responses may come before the final one, so their rows loop. Only a 101
// that matches the proposal, or the 2xx that opens a tunnel (RFC 9931 section 3), leads to
// `switched`, and not before all content of the request was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// The states of the client.
enum class client_state : std::uint8_t {
  asking,     ///< the request was not written yet
  expecting,  ///< its head was written, and the content waits for a 100 (Continue)
  sending,    ///< its head was written, and the content is being sent
  waiting,    ///< the whole request was written, and its answer is awaited
  agreed,     ///< the server agreed, but some of the content was not sent yet
  switched,   ///< all that follows belongs to the new protocol
  declined,   ///< a final response came: the connection still speaks HTTP/1.1
  failed      ///< the server's octets are not a valid answer, or the connection ended too early
};

/// The events of the client.
enum class client_event : std::uint8_t {
  request_written,   ///< the whole request was written
  head_written,      ///< the head of the request was written, and content follows at once
  expect_written,    ///< the head of the request was written, and the content has to wait
  continue_sending,  ///< the 100 that the content waits for came, or the caller stops waiting
  content_sent,      ///< the caller has sent all of the content
  interim_response,  ///< any other 1xx except 101 came
  agreement,         ///< a 101 that matches the proposal came, or a 2xx to CONNECT
  final_response,    ///< any other response came
  broken,            ///< the server broke a rule or exceeded a limit, or sends no more
  start_over         ///< the next request on the connection begins
};

/// The state's name.
constexpr std::string_view name_of(client_state state) noexcept {
  constexpr const char* names[] = {"asking", "expecting", "sending",  "waiting",
                                   "agreed", "switched",  "declined", "failed"};
  return names[static_cast<std::size_t>(state)];
}

/// The event's name.
constexpr std::string_view name_of(client_event event) noexcept {
  constexpr const char* names[] = {
      "request_written",  "head_written", "expect_written", "continue_sending", "content_sent",
      "interim_response", "agreement",    "final_response", "broken",           "start_over"};
  return names[static_cast<std::size_t>(event)];
}

/// The state that a client begins in.
inline constexpr client_state client_begins = client_state::asking;

/// The transitions of the client.
inline constexpr transition<client_state, client_event> client_table[] = {
    {client_state::asking, client_event::request_written, client_state::waiting},
    {client_state::asking, client_event::head_written, client_state::sending},
    {client_state::asking, client_event::expect_written, client_state::expecting},
    {client_state::asking, client_event::broken, client_state::failed},
    {client_state::expecting, client_event::continue_sending, client_state::sending},
    {client_state::expecting, client_event::interim_response, client_state::expecting},
    {client_state::expecting, client_event::agreement, client_state::agreed},
    {client_state::expecting, client_event::final_response, client_state::declined},
    {client_state::expecting, client_event::broken, client_state::failed},
    {client_state::sending, client_event::content_sent, client_state::waiting},
    {client_state::sending, client_event::interim_response, client_state::sending},
    {client_state::sending, client_event::agreement, client_state::agreed},
    {client_state::sending, client_event::final_response, client_state::declined},
    {client_state::sending, client_event::broken, client_state::failed},
    {client_state::waiting, client_event::interim_response, client_state::waiting},
    {client_state::waiting, client_event::agreement, client_state::switched},
    {client_state::waiting, client_event::final_response, client_state::declined},
    {client_state::waiting, client_event::broken, client_state::failed},
    {client_state::agreed, client_event::content_sent, client_state::switched},
    {client_state::agreed, client_event::broken, client_state::failed},
    {client_state::declined, client_event::start_over, client_state::asking},
    {client_state::declined, client_event::broken, client_state::failed},
};

/// The rows of client_table, for look-up.
inline constexpr transitions<client_state, client_event, 8, 10> client_rows{client_table};

}  // namespace machine

using machine::client_state;
using machine::name_of;

}  // namespace v0
}  // namespace turnout
