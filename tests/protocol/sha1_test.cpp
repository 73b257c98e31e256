// SHA-1 against the vectors of FIPS 180 and at the edges of its blocks.
#include "turnout/protocol/sha1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

/// The digest of `octets` as 40 hexadecimal digits.
constexpr std::array<char, 40> hexadecimal(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 40> text{};
  std::size_t at = 0;
  for (const unsigned octet : turnout::sha1(octets)) {
    text[at++] = digits[octet / 16];
    text[at++] = digits[octet % 16];
  }
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

TEST_CASE("[WS-24] the vectors of FIPS 180 come out") {
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

TEST_CASE("the padding takes its place at every edge of a block") {
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
