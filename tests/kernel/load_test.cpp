// Words of eight octets are the same whatever the machine's byte order, and never read too far.
#include "turnout/kernel/load.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::detail::in_every_octet;
using turnout::detail::load;
using turnout::detail::load_front;
using turnout::detail::load_word;
using turnout::detail::within;

TEST_CASE("are_octets() distinguishes two octets from all others") {
  for (int i = 0; i < 256; ++i)
    for (int j = 0; j < 256; ++j) {
      const char octets[] = {static_cast<char>(i), static_cast<char>(j)};
      CHECK(turnout::detail::are_octets(octets, '\r', '\xFF') == (i == '\r' && j == 0xFF));
    }
  CHECK_BOTH(turnout::detail::are_octets("\r\n", '\r', '\n'));
  CHECK_BOTH(!turnout::detail::are_octets("\n\r", '\r', '\n'));
}

TEST_CASE("the first octet of a word is the lowest") {
  CHECK_BOTH(load_word("\x01\x02\x03\x04\x05\x06\x07\xF8") == 0xF807060504030201u);
  CHECK_BOTH(load<std::uint32_t>("\x01\x02\x03\xF4") == 0xF4030201u);
  CHECK_BOTH(in_every_octet(0x7F) == 0x7F7F7F7F7F7F7F7Fu);
}

TEST_CASE("load_front() pads few octets with zeros, and reads only eight of many") {
  constexpr std::string_view octets = "\x81\x92\xA3\xB4\xC5\xD6\xE7\xF8\x99";
  constexpr std::uint64_t all = 0xF8E7D6C5B4A39281u;
  CHECK_BOTH(load_front(octets.data(), 0) == 0);
  CHECK_BOTH(load_front(octets.data(), 3) == 0xA39281u);
  CHECK_BOTH(load_front(octets.data(), 5) == 0xC5B4A39281u);
  guarded::pages memory{octets.size()};
  for (std::size_t size = 0; size <= octets.size(); ++size) {
    CAPTURE(size);
    const std::uint64_t front = size < 8 ? all & ((std::uint64_t{1} << (8 * size)) - 1) : all;
    CHECK(load_front(memory.at_end(octets.substr(0, size)).data(), size) == front);
    CHECK(load_front(memory.at_begin(octets.substr(0, size)).data(), size) == front);
  }
}

TEST_CASE("within() checks each octet, whatever its neighbours are") {
  constexpr std::uint64_t around = ~std::uint64_t{0xFF0000};
  std::size_t wrong = 0;
  for (unsigned first = 0; first < 0x80; first += 7) {
    for (unsigned last = first; last < 0x80; last += 5) {
      for (unsigned octet = 0; octet < 256; ++octet) {
        const bool is_within = first <= octet && octet <= last;
        const auto low = static_cast<std::uint8_t>(first);
        const auto high = static_cast<std::uint8_t>(last);
        // The neighbours are all that this octet is not.
        const auto other = static_cast<std::uint8_t>(is_within ? 0xFF : first);
        const std::uint64_t word = (in_every_octet(other) & around) | std::uint64_t{octet} << 16;
        const std::uint64_t others = is_within ? 0 : in_every_octet(0x80) & around;
        wrong += within(word, low, high) != (others | (is_within ? 0x800000u : 0u));
      }
    }
  }
  CHECK(wrong == 0);
  CHECK_BOTH(within(load_word("a-Z0_z9."), 'a', 'z') == load_word("\x80\0\0\0\0\x80\0\0"));
}
