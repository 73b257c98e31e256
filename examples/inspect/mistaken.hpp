// Recognises octets that are not the expected kind of HTTP/1 message, such as TLS.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include "report.hpp"

namespace mistaken_detail {

inline constexpr std::string_view pasted_line =
    "a field value has no line end; if this was pasted or echoed, use --paste";
inline constexpr std::string_view not_a_request =
    "this looks like a response: use the command response";
inline constexpr std::string_view not_a_response =
    "this looks like a request: use the command request";
inline constexpr std::string_view client_tls =
    "this looks like TLS: the client speaks https or wss to a port that speaks http";
inline constexpr std::string_view server_tls =
    "this looks like TLS: the server speaks https on this port; use https or wss";
inline constexpr std::string_view client_http_2 =
    "this is the preface of HTTP/2, which the client speaks without asking (RFC 9113 section 3.3)";
inline constexpr std::string_view server_http_2 =
    "this is the SETTINGS frame of HTTP/2: the server, or a proxy before it, expects HTTP/2 "
    "without an upgrade (RFC 9113 section 3.4); use a port or a setting with HTTP/1.1";

/// True for a record of TLS: an alert or a handshake message.
inline bool is_tls(std::string_view octets) {
  return octets.starts_with("\x16\x03") || octets.starts_with("\x15\x03");
}

/// True for a SETTINGS frame on stream 0, of fewer than 256 octets (RFC 9113 sections 4.1, 6.5).
inline bool is_settings(std::string_view octets) {
  constexpr std::size_t header = 9;
  if (octets.size() < header || octets.substr(0, 2) != std::string_view{"\0\0", 2}) return false;
  const auto size = static_cast<unsigned char>(octets[2]);
  return size % 6 == 0 && octets[3] == 4 && octets.substr(5, 4) == std::string_view{"\0\0\0\0", 4};
}

inline std::string_view mistaken_request(std::string_view octets) {
  if (is_tls(octets)) return client_tls;
  if (turnout::h2c::find_preface(octets) == turnout::h2c::preface::complete) return client_http_2;
  return octets.starts_with("HTTP/") ? not_a_request : std::string_view{};
}

inline std::string_view mistaken_response(std::string_view octets) {
  if (is_tls(octets)) return server_tls;
  if (is_settings(octets)) return server_http_2;
  const std::string_view line = octets.substr(0, octets.find_first_of("\r\n"));
  return turnout::request_line::parse(line) ? not_a_response : std::string_view{};
}

}  // namespace mistaken_detail

/// What the octets seem to be; empty if that is unknown.
///
/// Takes     begin: where the message begins in the input; at: where it is wrong
inline std::string_view mistaken_for(const inspected& input, std::size_t begin, std::size_t at) {
  using namespace mistaken_detail;
  const std::string_view octets = input.octets.substr(begin);
  switch (input.what) {
    case inspected::kind::field:
      return at < octets.size() && (octets[at] == '\r' || octets[at] == '\n') ? pasted_line
                                                                              : std::string_view{};
    case inspected::kind::request:
      return mistaken_request(octets);
    case inspected::kind::response:
      return mistaken_response(octets);
  }
  return {};
}
