// The digits of twelve octets at once, against those that are made one by one.
#include "turnout/grammar/base64_vector.hpp"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "turnout/grammar/base64.hpp"

#if defined(__GNUC__)

TEST_CASE("every digit at every place is the one that it is alone, whatever the octet above") {
  if (std::endian::native != std::endian::little) return;
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
      CHECK(turnout::encode_base64(octets, expected));
      const turnout::detail::base64_characters text = turnout::detail::base64_text(groups);
      std::array<char, 16> found{};
      std::memcpy(found.data(), &text, found.size());
      CHECK(found == expected);
    }
  }
}

#endif
