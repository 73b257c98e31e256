// SHA-1 of FIPS 180-4, a block at a time, only for the accept value of the WebSocket handshake.
// SHA-1 is broken: do not use it where a collision does harm.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

using sha1_state = std::array<std::uint32_t, 5>;

struct sha1_block {
  std::uint32_t words[16]{};
};

struct sha1_schedule {
  std::uint32_t words[80]{};
};

/// The state before the first block, FIPS 180-4 section 5.3.1.
inline constexpr sha1_state sha1_initial{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476,
                                         0xC3D2E1F0};

/// The constants of the rounds, one for each twenty rounds, FIPS 180-4 section 4.2.1.
inline constexpr std::uint32_t sha1_constants[]{0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

/// The message schedule, one word for each round, FIPS 180-4 section 6.1.2, item 1.
constexpr sha1_schedule sha1_schedule_of(const sha1_block& block) noexcept {
  sha1_schedule schedule;
  for (std::size_t t = 0; t < 16; ++t) schedule.words[t] = block.words[t];
  // The last three words stay in variables: reading them back as a vector right after the stores
  // would stall.
  std::uint32_t x = block.words[13];
  std::uint32_t y = block.words[14];
  std::uint32_t z = block.words[15];
  const auto mix = [&words = schedule.words](std::uint32_t& last, std::size_t t) {
    last = std::rotl(last ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
    words[t] = last;
  };
  for (std::size_t t = 16; t < 79; t += 3) {
    mix(x, t);
    mix(y, t + 1);
    mix(z, t + 2);
  }
  mix(x, 79);
  return schedule;
}

/// Twenty rounds with one function and one constant, FIPS 180-4 section 6.1.2, item 3. The
/// variables swap names instead of values.
template <class Mix>
constexpr void sha1_rounds(sha1_state& state, const std::uint32_t* words, std::uint32_t constant,
                           Mix mix) noexcept {
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  const auto round = [=](std::uint32_t first, std::uint32_t& second, std::uint32_t third,
                         std::uint32_t fourth, std::uint32_t& fifth, std::uint32_t word) {
    fifth += std::rotl(first, 5) + mix(second, third, fourth) + constant + word;
    second = std::rotl(second, 30);
  };
  for (int t = 0; t < 20; t += 5) {
    round(a, b, c, d, e, words[t]);
    round(e, a, b, c, d, words[t + 1]);
    round(d, e, a, b, c, words[t + 2]);
    round(c, d, e, a, b, words[t + 3]);
    round(b, c, d, e, a, words[t + 4]);
  }
  state = {a, b, c, d, e};
}

/// Hashes one block into `state`, FIPS 180-4 sections 4.1.1 and 6.1.2.
constexpr void sha1_take(sha1_state& state, const sha1_schedule& schedule) noexcept {
  using word = std::uint32_t;
  constexpr auto choose = [](word x, word y, word z) { return ((y ^ z) & x) ^ z; };
  constexpr auto parity = [](word x, word y, word z) { return x ^ y ^ z; };
  constexpr auto majority = [](word x, word y, word z) { return (x & y) + ((x ^ y) & z); };
  sha1_state next = state;
  sha1_rounds(next, schedule.words, sha1_constants[0], choose);
  sha1_rounds(next, schedule.words + 20, sha1_constants[1], parity);
  sha1_rounds(next, schedule.words + 40, sha1_constants[2], majority);
  sha1_rounds(next, schedule.words + 60, sha1_constants[3], parity);
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += next[i];
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
