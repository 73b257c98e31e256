// Messages that many tests begin with, octet for octet, and how a test makes others of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fixtures {

inline constexpr std::string_view plain_request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

inline constexpr std::string_view upgrade_request =
    "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";

inline constexpr std::string_view upgrade_response =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";

inline constexpr std::string_view websocket_request =
    "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n";

inline constexpr std::string_view websocket_response =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

inline constexpr std::string_view docker_request =
    "POST /v1.47/containers/c/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: docker\r\n"
    "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";

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
