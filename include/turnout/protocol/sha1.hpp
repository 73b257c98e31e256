// SHA-1 of FIPS 180-4, for the one thing that the WebSocket handshake needs it for. It is no proof
// of anything else: do not use it where a collision would do harm.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"

namespace turnout::inline v0 {

namespace detail {

using sha1_state = std::array<std::uint32_t, 5>;
using sha1_block = std::array<std::uint32_t, 16>;

/// One block of 64 octets, FIPS 180-4 section 6.1.2; `words` is the schedule, rolled in place.
constexpr void sha1_rounds(sha1_state& state, sha1_block words) noexcept {
  auto [a, b, c, d, e] = state;
  for (std::size_t t = 0; t < 80; ++t) {
    if (t >= 16) {
      const std::uint32_t mixed =
          words[(t + 13) % 16] ^ words[(t + 8) % 16] ^ words[(t + 2) % 16] ^ words[t % 16];
      words[t % 16] = std::rotl(mixed, 1);
    }
    std::uint32_t f = b ^ c ^ d;
    std::uint32_t k = 0xCA62C1D6;
    if (t < 20) {
      f = (b & c) | (~b & d);
      k = 0x5A827999;
    } else if (t < 40) {
      k = 0x6ED9EBA1;
    } else if (t < 60) {
      f = (b & c) | (b & d) | (c & d);
      k = 0x8F1BBCDC;
    }
    const std::uint32_t next = std::rotl(a, 5) + f + e + k + words[t % 16];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

}  // namespace detail

/// The SHA-1 digest of `octets`.
///
/// Rule      FIPS 180-4 section 6.1
/// Costs     one pass; usable in constant expressions
constexpr std::array<std::uint8_t, 20> sha1(std::string_view octets) noexcept {
  detail::sha1_state state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  detail::sha1_block block{};
  const auto put = [&block](std::size_t at, std::uint8_t octet) {
    block[at / 4 % 16] |= static_cast<std::uint32_t>(octet) << (24 - 8 * (at % 4));
  };
  std::size_t at = 0;
  for (const char octet : octets) {
    put(at, to_number(octet));
    if (++at % 64 != 0) continue;
    detail::sha1_rounds(state, block);
    block = {};
  }
  put(at, 0x80);
  if (at % 64 >= 56) {
    detail::sha1_rounds(state, block);
    block = {};
  }
  const std::uint64_t bits = static_cast<std::uint64_t>(octets.size()) * 8;
  block[14] = static_cast<std::uint32_t>(bits >> 32);
  block[15] = static_cast<std::uint32_t>(bits);
  detail::sha1_rounds(state, block);

  std::array<std::uint8_t, 20> digest{};
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

}  // namespace turnout::inline v0
