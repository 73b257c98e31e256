// The SHA-1 digest whose base64 text is the accept value: RFC 6455 section 4.2.2, item 5.4. Its
// input always has 60 octets: 24 of the key, and a GUID of 36 that is the same in all handshakes of
// a protocol. With the padding, these are two blocks. A server hashes them at different times: each
// round waits for the previous one, and the processor can do other work meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/kernel/sha1.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// The GUID that follows the key in the input of the digest. Each protocol that computes its accept
/// value like this has its own.
struct accept_guid {
  /// The input of the digest, as words, with the padding of FIPS 180-4 section 5.1.1. The first six
  /// words, those of the key, are zero.
  turnout::detail::sha1_block message{};

  /// Takes     text: 36 octets, such as "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
  constexpr explicit accept_guid(const char (&text)[37]) noexcept {
    for (std::size_t i = 0; i < 36; ++i) put(i, text[i]);
    put(36, '\x80');
  }

 private:
  constexpr void put(std::size_t at, char octet) noexcept {
    message.words[6 + at / 4] |= std::uint32_t{static_cast<std::uint8_t>(octet)}
                                 << (24 - 8 * (at % 4));
  }
};

/// The GUID of `websocket`: RFC 6455 section 1.3.
inline constexpr accept_guid websocket_guid{"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"};

}  // namespace websocket
}  // namespace v0
}  // namespace turnout

namespace turnout {
inline namespace v0 {
namespace detail {

/// The schedule of the second block. It holds only the number of bits, so it is a constant. It is
/// written out, because computing it slows every compilation.
inline constexpr sha1_schedule websocket_length{
    {0,         0,        0,         0,          0,        0,         0,          0,
     0,         0,        0,         0,          0,        0,         0,          0x1E0,
     0,         0,        0x3C0,     0,          0,        0x780,     0,          0x3C0,
     0xF00,     0,        0,         0x1E00,     0,        0xCC0,     0x3C00,     0x440,
     0,         0x7800,   0xF00,     0x3300,     0xF000,   0xF00,     0,          0x1EF00,
     0,         0xCC00,   0x3C000,   0x4380,     0,        0x78F00,   0xFF00,     0x32680,
     0xF0000,   0xF000,   0x3300,    0x1EFF00,   0,        0xCB800,   0x3C0000,   0x40B00,
     0xF000,    0x78FF00, 0xFF000,   0x338700,   0xF00000, 0xFC300,   0xF000,     0x1EFBB00,
     0,         0xCC0000, 0x3C0F000, 0x438000,   0,        0x78F0000, 0xFF0000,   0x3269E00,
     0xF000000, 0xF0F000, 0x333C00,  0x1EFF8800, 0,        0xCB88800, 0x3C00F000, 0x40A4A00}};

/// The state after the first block, for the 24 octets at `key`.
constexpr sha1_state begin_digest(const char* key, const websocket::accept_guid& guid) noexcept {
  sha1_block message = guid.message;
  for (std::size_t i = 0; i < 6; ++i, key += 4)
    message.words[i] = std::uint32_t{static_cast<std::uint8_t>(key[0])} << 24 |
                       std::uint32_t{static_cast<std::uint8_t>(key[1])} << 16 |
                       std::uint32_t{static_cast<std::uint8_t>(key[2])} << 8 |
                       static_cast<std::uint8_t>(key[3]);
  sha1_state state = sha1_initial;
  sha1_take(state, sha1_schedule_of(message));
  return state;
}

/// The digest, as words, for the state that begin_digest() returned.
constexpr sha1_state finish_digest(sha1_state state) noexcept {
  sha1_take(state, websocket_length);
  return state;
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
