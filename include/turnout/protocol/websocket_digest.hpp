// The SHA-1 digest that the accept value is the text of: RFC 6455 section 4.2.2, item 5.4. What is
// digested always has 60 octets, 24 of the key and 36 that are the same in all handshakes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/ascii.hpp"
#include "turnout/protocol/sha1.hpp"

namespace turnout::inline v0::detail {

/// What is digested, in words, with the padding of FIPS 180-4 section 5.1.1 behind it. The words of
/// the key, the first six, are zero.
inline constexpr sha1_block websocket_message = [] {
  constexpr char behind_key[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11\x80";
  sha1_block block;
  for (std::size_t i = 0; behind_key[i] != 0; ++i)
    block.words[6 + i / 4] |= std::uint32_t{to_number(behind_key[i])} << (24 - 8 * (i % 4));
  return block;
}();

/// The second block's schedule: it holds no more than the number of bits, so that all is known.
inline constexpr sha1_schedule websocket_length = [] {
  sha1_block block;
  block.words[15] = 60 * 8;
  return sha1_schedule_of(block);
}();

/// The digest for the 24 octets at `key`, in words.
constexpr sha1_state websocket_digest(const char* key) noexcept {
  sha1_block message = websocket_message;
  for (std::size_t i = 0; i < 6; ++i, key += 4)
    message.words[i] = std::uint32_t{to_number(key[0])} << 24 |
                       std::uint32_t{to_number(key[1])} << 16 |
                       std::uint32_t{to_number(key[2])} << 8 | to_number(key[3]);
  sha1_state state = sha1_initial;
  sha1_take(state, sha1_schedule_of(message));
  sha1_take(state, websocket_length);
  return state;
}

}  // namespace turnout::inline v0::detail
