// WebSocket frames that show whether a switch was accepted: RFC 6455 section 5.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace probe {

namespace opcode {
inline constexpr std::uint8_t text = 1;
inline constexpr std::uint8_t close = 8;
inline constexpr std::uint8_t ping = 9;
inline constexpr std::uint8_t pong = 10;
}  // namespace opcode

/// The payload of pings and their pongs.
inline constexpr std::string_view ping_payload = "turnout";

/// A frame at the front of some octets.
struct frame {
  std::uint8_t code = 0;
  bool is_masked = false;
  bool is_sound = false;  ///< false if no WebSocket begins so, as with a reserved bit or opcode
  std::string payload;
  std::size_t size = 0;  ///< of all of it
};

/// Reads a frame; nothing if a part of it is missing.
inline std::optional<frame> read_frame(std::string_view octets) {
  const auto octet = [octets](std::size_t at) { return static_cast<std::uint8_t>(octets[at]); };
  if (octets.size() < 2) return {};
  frame read;
  read.code = octet(0) & 0x0f;
  read.is_masked = (octet(1) & 0x80) != 0;
  // RSV1 may be that of permessage-deflate, but not in a control frame, which is never fragmented.
  const bool is_whole_control = (octet(0) & 0xf0) == 0x80;
  read.is_sound = (octet(0) & 0x30) == 0 && (read.code & 7) <= 2 &&
                  (read.code < opcode::close || is_whole_control);
  std::size_t size = octet(1) & 0x7f;
  std::size_t begin = 2;
  const std::size_t more = size < 126 ? 0 : size == 126 ? 2 : 8;
  if (octets.size() < begin + more) return {};
  if (more != 0) size = 0;
  for (; begin < 2 + more; ++begin) size = size << 8 | octet(begin);
  const std::size_t mask = begin;
  if (read.is_masked) begin += 4;
  if (octets.size() < begin || octets.size() - begin < size) return {};
  read.payload = octets.substr(begin, size);
  for (std::size_t i = 0; read.is_masked && i < size; ++i)
    read.payload[i] = static_cast<char>(read.payload[i] ^ octets[mask + i % 4]);
  read.size = begin + size;
  return read;
}

/// A frame with at most 125 octets of payload, as a server sends it.
inline std::string server_frame(std::uint8_t code, std::string_view payload) {
  std::string made{static_cast<char>(0x80 | code), static_cast<char>(payload.size())};
  return made.append(payload);
}

/// A masked frame, as a client sends it. Any mask will do, since no proxy is attacked here.
inline std::string client_frame(std::uint8_t code, std::string_view payload) {
  constexpr std::string_view mask = "\x37\xfa\x21\x3d";
  std::string made{static_cast<char>(0x80 | code), static_cast<char>(0x80 | payload.size())};
  made.append(mask);
  for (std::size_t i = 0; i < payload.size(); ++i)
    made += static_cast<char>(payload[i] ^ mask[i % 4]);
  return made;
}

}  // namespace probe
