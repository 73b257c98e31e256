// The digits of twelve octets at once, against those that are made one by one.
#include "turnout/kernel/base64.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "turnout/grammar/base64.hpp"

#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))

TEST_CASE("every digit at every place is independent of its neighbours") {
  for (std::uint32_t digit = 0; digit < 64; ++digit) {
    for (std::uint32_t place = 0; place < 16; ++place) {
      CAPTURE(digit);
      CAPTURE(place);
      turnout::detail::base64_groups groups{};
      groups[place / 4] = 0xFF000000 | digit << (18 - 6 * (place % 4));
      std::array<std::uint8_t, 12> octets{};
      for (std::size_t i = 0; i < 12; ++i)
        octets[i] = static_cast<std::uint8_t>(groups[i / 3] >> (16 - 8 * (i % 3)));
      std::array<char, 16> expected{};
      CHECK(turnout::grammar::encode_base64(octets, expected));
      const turnout::detail::base64_characters text = turnout::detail::base64_text(groups);
      std::array<char, 16> found{};
      std::memcpy(found.data(), &text, found.size());
      CHECK(found == expected);
    }
  }
}

TEST_CASE("the text of twenty octets is padded, and nothing after it is written") {
  std::uint32_t random = 1;
  for (int round = 0; round < 1000; ++round) {
    std::array<std::uint8_t, 24> octets{};  // of which the last four stay zeros
    for (std::size_t i = 0; i < 20; ++i) {
      random = random * 1664525 + 1013904223;
      octets[i] = static_cast<std::uint8_t>(random >> 24);
    }
    turnout::detail::base64_groups groups[2]{};
    for (std::size_t i = 0; i < 24; ++i)
      groups[i / 12][i / 3 % 4] |= std::uint32_t{octets[i]} << (16 - 8 * (i % 3));
    std::array<char, 32> expected{};
    CHECK(*turnout::grammar::encode_base64({octets.data(), 20}, expected) == 28);
    std::array<char, 32> found{};
    turnout::detail::write_padded_base64(groups[0], groups[1], found.data());
    CHECK(found == expected);
  }
}

#endif
