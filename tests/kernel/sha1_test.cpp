// SHA-1 against the vectors of FIPS 180 and at the edges of its blocks.
#include "turnout/kernel/sha1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::detail::sha1_block;
using turnout::detail::sha1_schedule_of;
using turnout::detail::sha1_state;
using turnout::detail::sha1_take;

namespace {

/// The digest of `octets`, cut into blocks and padded as FIPS 180-4 section 5.1.1 has it.
constexpr sha1_state sha1(std::string_view octets) {
  sha1_state state = turnout::detail::sha1_initial;
  sha1_block block{};
  const auto take = [&state, &block] {
    sha1_take(state, sha1_schedule_of(block));
    block = {};
  };
  std::size_t size = 0;
  const auto put = [&](char octet) {
    const std::uint32_t number = static_cast<unsigned char>(octet);
    block.words[size / 4 % 16] |= number << (24 - 8 * (size % 4));
    if (++size % 64 == 0) take();
  };
  for (const char octet : octets) put(octet);
  put('\x80');
  while (size % 64 != 56) put('\0');
  block.words[14] = static_cast<std::uint32_t>(std::uint64_t{octets.size()} >> 29);
  block.words[15] = static_cast<std::uint32_t>(octets.size() << 3);
  take();
  return state;
}

/// The digest of `octets` as 40 hexadecimal digits.
constexpr std::array<char, 40> hexadecimal(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 40> text{};
  std::size_t at = 0;
  for (const std::uint32_t word : sha1(octets).words)
    for (int shift = 28; shift >= 0; shift -= 4) text[at++] = digits[word >> shift & 15];
  return text;
}

constexpr bool digests(std::string_view octets, std::string_view expected) {
  const auto text = hexadecimal(octets);
  return std::string_view{text.data(), text.size()} == expected;
}

constexpr std::array<char, 120> letters = [] {
  std::array<char, 120> filled{};
  for (char& octet : filled) octet = 'a';
  return filled;
}();

/// The first `size` of 120 letters `a`.
constexpr std::string_view a(std::size_t size) { return {letters.data(), size}; }

constexpr std::array<char, 256> all_octets = [] {
  std::array<char, 256> filled{};
  for (std::size_t i = 0; i < filled.size(); ++i) filled[i] = static_cast<char>(i);
  return filled;
}();

}  // namespace

TEST_CASE("[WS-24] the vectors of FIPS 180 have their digests") {
  CHECK_BOTH(digests("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"));
  CHECK_BOTH(digests("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"));
  CHECK_BOTH(digests("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                     "84983e441c3bd26ebaae4aa1f95129e5e54670f1"));
  CHECK_BOTH(
      digests("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnop"
              "jklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
              "a49b2446a02c645bf419f995b67091253a04a259"));
  CHECK(digests(std::string(1000000, 'a'), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"));
}

TEST_CASE("the padding is right at every edge of a block") {
  CHECK_BOTH(digests(a(55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"));
  CHECK_BOTH(digests(a(56), "c2db330f6083854c99d4b5bfb6e8f29f201be699"));
  CHECK_BOTH(digests(a(63), "03f09f5b158a7a8cdad920bddc29b81c18a551f5"));
  CHECK_BOTH(digests(a(64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"));
  CHECK_BOTH(digests(a(65), "11655326c708d70319be2610e8a57d9a5b959d3b"));
  CHECK_BOTH(digests(a(119), "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56"));
  CHECK_BOTH(digests(a(120), "f34c1488385346a55709ba056ddd08280dd4c6d6"));
}

TEST_CASE("[ENG-11] every octet value is digested as an unsigned one") {
  CHECK_BOTH(
      digests({all_octets.data(), all_octets.size()}, "4916d6bdb7f78e6803698cab32d1586ea457dfc8"));
}
