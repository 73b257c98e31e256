// Max-Forwards: one number, once, which counts down.
#include "turnout/field/max_forwards.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::max_forwards;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

namespace {

constexpr bool reads(value_lines lines, std::uint64_t hops) {
  return max_forwards::parse(lines) == max_forwards{hops};
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return max_forwards::parse(lines).error() == failure{errc::bad_max_forwards, at};
}

constexpr std::array<tagged_value, 3> lines{{{"07", 1}, {"8", 2}, {"07", 1}}};
constexpr std::array<tagged_value, 2> bad_first{{{"7x", 1}, {"7", 1}}};

}  // namespace

TEST_CASE("[INT-23] a number of hops is digits, with or without leading zeros") {
  CHECK_BOTH(reads("0", 0));
  CHECK_BOTH(reads("1", 1));
  CHECK_BOTH(reads("000", 0));
  CHECK_BOTH(reads("0010", 10));
  CHECK_BOTH(reads({lines, 2}, 8));
}

TEST_CASE(
    "[INT-23] [ENG-10] a number of more than 64 bits becomes the largest one, and never "
    "overflows") {
  CHECK_BOTH(reads("18446744073709551614", UINT64_MAX - 1));
  CHECK_BOTH(reads("18446744073709551615", UINT64_MAX));
  CHECK_BOTH(reads("18446744073709551616", UINT64_MAX));
  CHECK_BOTH(reads("99999999999999999999999999999999999999999", UINT64_MAX));
  CHECK_BOTH(reads("00000000000000000000000000000000000000001", 1));
  CHECK_BOTH(fails("99999999999999999999999999999999999999999x", 41));
}

TEST_CASE("[INT-23] a number of hops is nothing but digits") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails(value_lines{}, 0));
  CHECK_BOTH(fails("+1", 0));
  CHECK_BOTH(fails("-1", 0));
  CHECK_BOTH(fails("1x", 1));
  CHECK_BOTH(fails("0x1", 1));
  CHECK_BOTH(fails("1.0", 1));
  CHECK_BOTH(fails("1, 1", 1));
  CHECK_BOTH(fails("10 ", 2));
}

TEST_CASE("[INT-23] a second line is refused, even an equal one") {
  CHECK_BOTH(fails({lines, 1}, 3));
  CHECK_BOTH(fails({bad_first, 1}, 1));
}

TEST_CASE("[INT-23] [ENG-11] every octet in a number of hops") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = "1" + std::string(1, static_cast<char>(i)) + "2";
    const std::string_view whole = octets;
    if (i >= '0' && i <= '9')
      CHECK(reads(whole, 102u + 10u * static_cast<unsigned>(i - '0')));
    else
      CHECK(fails(whole, 1));
  }
}

TEST_CASE("[INT-23] the next value has one hop less, but not less than none") {
  CHECK_BOTH(max_forwards{1}.next() == max_forwards{0});
  CHECK_BOTH(max_forwards{0}.next() == max_forwards{0});
  CHECK_BOTH(max_forwards{10}.next() == max_forwards{9});
  CHECK_BOTH(max_forwards{UINT64_MAX}.next() == max_forwards{UINT64_MAX - 1});
}

TEST_CASE(
    "[ENG-04] [ENG-08] a number of hops is written without leading zeros, and reads back the "
    "same") {
  CHECK_BOTH(writes(max_forwards{}, "0"));
  CHECK_BOTH(writes(*max_forwards::parse("0010"), "10"));
  CHECK_BOTH(writes(max_forwards{UINT64_MAX}, "18446744073709551615"));
  CHECK_BOTH(reads("18446744073709551615", UINT64_MAX));
}
