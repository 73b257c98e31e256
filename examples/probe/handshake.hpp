// A faultless offer of WebSocket.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

#include "url.hpp"

namespace probe {

/// The key of RFC 6455 section 1.3. No server can tell it from a random one.
inline constexpr std::string_view sample_key = "dGhlIHNhbXBsZSBub25jZQ==";

/// Takes     lines: more lines of the head, each with its end
inline std::string handshake_for(const url& to, std::string_view lines) {
  return fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n{}\r\n",
      to.target, to.authority, sample_key, lines);
}

}  // namespace probe
