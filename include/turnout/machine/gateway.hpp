// A gateway between a stream of HTTP/2 or HTTP/3 and a connection of HTTP/1.1 as a table: RFC 8441
// section 5, RFC 9110 sections 7.8 and 9.3.6.
//
// Each request gets one answer: the server's response, which is forwarded, or the gateway's own.
// Interim responses loop. Only an agreement leads to `open`: a checked 101, or the 2xx of a stream.
// What the client sends after its request waits for that (RFC 9931 section 4.1), and is dropped if
// it never comes. Each side of a tunnel ends by itself; a reset ends both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// The states of a gateway.
enum class gateway_state : std::uint8_t {
  reading_request,  ///< no request came
  deciding,         ///< a request waits to be forwarded or answered
  waiting,          ///< the request was forwarded, and its answer is awaited
  open,             ///< both sides are one tunnel
  client_ended,     ///< the client sends no more into it
  server_ended,     ///< the server sends no more into it
  responding,       ///< the head of a final response was forwarded, and content follows
  answered,         ///< the client has a complete answer
  closed            ///< both sides have ended, or must be reset
};

/// The events of a gateway.
enum class gateway_event : std::uint8_t {
  request,           ///< a request for a protocol or a tunnel came
  forward,           ///< the request was forwarded
  answer,            ///< the gateway's own final response was written
  interim_response,  ///< a 1xx other than 101 came and was forwarded
  agreement,         ///< a 101 or 2xx that accepts the request came and was forwarded
  final_response,    ///< the head of any other response came and was forwarded
  response_ended,    ///< the content of the final response was forwarded to its end
  client_ended,      ///< the client has sent all that it sends into the tunnel
  server_ended,      ///< the server has sent all that it sends into the tunnel
  start_over,        ///< the next request on the client's connection begins
  reset              ///< one side was reset, or broke a rule that no response can report
};

/// The state's name.
constexpr std::string_view name_of(gateway_state state) noexcept {
  constexpr const char* names[] = {"reading_request", "deciding",     "waiting",    "open",
                                   "client_ended",    "server_ended", "responding", "answered",
                                   "closed"};
  return names[static_cast<std::size_t>(state)];
}

/// The event's name.
constexpr std::string_view name_of(gateway_event event) noexcept {
  constexpr const char* names[] = {"request",          "forward",      "answer",
                                   "interim_response", "agreement",    "final_response",
                                   "response_ended",   "client_ended", "server_ended",
                                   "start_over",       "reset"};
  return names[static_cast<std::size_t>(event)];
}

/// The state that a gateway begins in.
inline constexpr gateway_state gateway_begins = gateway_state::reading_request;

/// The transitions of the gateway.
inline constexpr transition<gateway_state, gateway_event> gateway_table[] = {
    {gateway_state::reading_request, gateway_event::request, gateway_state::deciding},
    {gateway_state::reading_request, gateway_event::reset, gateway_state::closed},
    {gateway_state::deciding, gateway_event::forward, gateway_state::waiting},
    {gateway_state::deciding, gateway_event::answer, gateway_state::answered},
    {gateway_state::deciding, gateway_event::reset, gateway_state::closed},
    {gateway_state::waiting, gateway_event::interim_response, gateway_state::waiting},
    {gateway_state::waiting, gateway_event::agreement, gateway_state::open},
    {gateway_state::waiting, gateway_event::final_response, gateway_state::responding},
    {gateway_state::waiting, gateway_event::answer, gateway_state::answered},
    {gateway_state::waiting, gateway_event::reset, gateway_state::closed},
    {gateway_state::open, gateway_event::client_ended, gateway_state::client_ended},
    {gateway_state::open, gateway_event::server_ended, gateway_state::server_ended},
    {gateway_state::open, gateway_event::reset, gateway_state::closed},
    {gateway_state::client_ended, gateway_event::server_ended, gateway_state::closed},
    {gateway_state::client_ended, gateway_event::reset, gateway_state::closed},
    {gateway_state::server_ended, gateway_event::client_ended, gateway_state::closed},
    {gateway_state::server_ended, gateway_event::reset, gateway_state::closed},
    {gateway_state::responding, gateway_event::response_ended, gateway_state::answered},
    {gateway_state::responding, gateway_event::reset, gateway_state::closed},
    {gateway_state::answered, gateway_event::start_over, gateway_state::reading_request},
    {gateway_state::answered, gateway_event::reset, gateway_state::closed},
};

/// The rows of gateway_table, for look-up.
inline constexpr transitions<gateway_state, gateway_event, 9, 11> gateway_rows{gateway_table};

}  // namespace machine
}  // namespace v0
}  // namespace turnout
