// SHA-1 of FIPS 180-4, a block at a time, only for the accept value of the WebSocket handshake.
// SHA-1 is broken: do not use it where a collision does harm.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

struct sha1_state {
  std::uint32_t words[5]{};

  friend constexpr bool operator==(const sha1_state&, const sha1_state&) = default;
};

struct sha1_block {
  std::uint32_t words[16]{};
};

struct sha1_schedule {
  std::uint32_t words[80]{};
};

/// The state before the first block, FIPS 180-4 section 5.3.1.
inline constexpr sha1_state sha1_initial{
    {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}};

/// The constants of the rounds, one for each twenty rounds, FIPS 180-4 section 4.2.1.
inline constexpr std::uint32_t sha1_constants[]{0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

/// The next word of the schedule, from `last`, the one three words before it, and from older ones.
constexpr void sha1_mix(std::uint32_t& last, std::uint32_t* word) noexcept {
  last = std::rotl(last ^ word[-8] ^ word[-14] ^ word[-16], 1);
  *word = last;
}

/// The message schedule, one word for each round, FIPS 180-4 section 6.1.2, item 1.
constexpr sha1_schedule sha1_schedule_of(const sha1_block& block) noexcept {
  sha1_schedule schedule;
  for (std::size_t t = 0; t < 16; ++t) schedule.words[t] = block.words[t];
  // The last three words stay in variables: reading them back as a vector right after the stores
  // would stall.
  std::uint32_t x = block.words[13];
  std::uint32_t y = block.words[14];
  std::uint32_t z = block.words[15];
  for (std::uint32_t* word = schedule.words + 16; word < schedule.words + 79; word += 3) {
    sha1_mix(x, word);
    sha1_mix(y, word + 1);
    sha1_mix(z, word + 2);
  }
  sha1_mix(x, schedule.words + 79);
  return schedule;
}

/// Ch, Parity and Maj, FIPS 180-4 section 4.1.1.
constexpr std::uint32_t sha1_choose(std::uint32_t x, std::uint32_t y, std::uint32_t z) noexcept {
  return ((y ^ z) & x) ^ z;
}
constexpr std::uint32_t sha1_parity(std::uint32_t x, std::uint32_t y, std::uint32_t z) noexcept {
  return x ^ y ^ z;
}
constexpr std::uint32_t sha1_majority(std::uint32_t x, std::uint32_t y, std::uint32_t z) noexcept {
  return (x & y) + ((x ^ y) & z);
}

/// One round: `mixed` is the sum of the function's result, the constant and the word.
constexpr void sha1_round(std::uint32_t a, std::uint32_t& b, std::uint32_t& e,
                          std::uint32_t mixed) noexcept {
  e += std::rotl(a, 5) + mixed;
  b = std::rotl(b, 30);
}

/// Twenty rounds with one function and one constant, FIPS 180-4 section 6.1.2, item 3. The
/// variables swap names instead of values.
template <auto Mix>
constexpr void sha1_rounds(sha1_state& state, const std::uint32_t* words,
                           std::uint32_t constant) noexcept {
  auto [a, b, c, d, e] = state.words;
  for (int t = 0; t < 20; t += 5) {
    sha1_round(a, b, e, Mix(b, c, d) + constant + words[t]);
    sha1_round(e, a, d, Mix(a, b, c) + constant + words[t + 1]);
    sha1_round(d, e, c, Mix(e, a, b) + constant + words[t + 2]);
    sha1_round(c, d, b, Mix(d, e, a) + constant + words[t + 3]);
    sha1_round(b, c, a, Mix(c, d, e) + constant + words[t + 4]);
  }
  state = {{a, b, c, d, e}};
}

/// Hashes one block into `state`, FIPS 180-4 section 6.1.2.
constexpr void sha1_take(sha1_state& state, const sha1_schedule& schedule) noexcept {
  sha1_state next = state;
  sha1_rounds<sha1_choose>(next, schedule.words, sha1_constants[0]);
  sha1_rounds<sha1_parity>(next, schedule.words + 20, sha1_constants[1]);
  sha1_rounds<sha1_majority>(next, schedule.words + 40, sha1_constants[2]);
  sha1_rounds<sha1_parity>(next, schedule.words + 60, sha1_constants[3]);
  for (int i = 0; i < 5; ++i) state.words[i] += next.words[i];
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
