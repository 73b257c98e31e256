// Messages that many tests begin with, most of them cases of tests/vectors, and how a test makes
// others of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "vectors/octets.hpp"

namespace fixtures {

inline constexpr std::string_view plain_request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// GET /x, with an offer of foo/2, and the 101 to it.
inline constexpr std::string_view upgrade_request = vectors::request_of("request-line/plain-offer");
inline constexpr std::string_view upgrade_response =
    vectors::response_of("status-line/plain-switch");

/// The example of RFC 6455, with neither subprotocols nor extensions.
inline constexpr std::string_view websocket_request =
    vectors::request_of("websocket-request/example");
inline constexpr std::string_view websocket_response =
    vectors::response_of("websocket-response/example");

inline constexpr std::string_view docker_request = vectors::request_of("docker/attach");

/// `message` with `from` replaced by `to`, once; the same message if it does not hold `from`.
inline std::string with(std::string_view message, std::string_view from, std::string_view to) {
  std::string edited{message};
  const std::size_t at = edited.find(from);
  if (at != std::string::npos) edited.replace(at, from.size(), to);
  return edited;
}

/// `message` with `line` and a CRLF added before the empty line that ends its head.
inline std::string plus(std::string_view message, std::string_view line) {
  return with(message, "\r\n\r\n", "\r\n" + std::string{line} + "\r\n\r\n");
}

/// `message` without the field line that begins with `name` and a colon.
inline std::string without(std::string_view message, std::string_view name) {
  std::string edited{message};
  const std::size_t at = edited.find("\r\n" + std::string{name} + ":");
  if (at != std::string::npos) edited.erase(at, edited.find("\r\n", at + 2) - at);
  return edited;
}

}  // namespace fixtures
