// Content-Length: one decimal number, once.
#include "turnout/field/content_length.hpp"

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
using turnout::field::content_length;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

namespace {

constexpr bool reads(value_lines lines, std::uint64_t octets) {
  return content_length::parse(lines) == content_length{octets};
}

constexpr bool fails(value_lines lines, errc code, std::size_t at) {
  return content_length::parse(lines).error() == failure{code, at};
}

constexpr std::array<tagged_value, 2> different{{{"5", 1}, {"6", 1}}};
constexpr std::array<tagged_value, 3> equal{{{"0005", 1}, {"5", 2}, {"0005", 1}}};
constexpr std::array<tagged_value, 2> bad_first{{{"5x", 1}, {"5", 1}}};

}  // namespace

TEST_CASE("[MSG-67] a length is digits, with or without leading zeros") {
  CHECK_BOTH(reads("0", 0));
  CHECK_BOTH(reads("5", 5));
  CHECK_BOTH(reads("0005", 5));
  CHECK_BOTH(reads("00000000000000000000000000000001", 1));
  CHECK_BOTH(reads("1234567890", 1234567890));
}

TEST_CASE(
    "[MSG-67] [ENG-10] a length of more than 64 bits is refused at the digit that exceeds them") {
  CHECK_BOTH(reads("18446744073709551615", UINT64_MAX));
  CHECK_BOTH(reads("018446744073709551615", UINT64_MAX));
  CHECK_BOTH(fails("18446744073709551616", errc::bad_content_length, 19));
  CHECK_BOTH(fails("18446744073709551617", errc::bad_content_length, 19));
  CHECK_BOTH(fails("184467440737095516150", errc::bad_content_length, 20));
  CHECK_BOTH(fails("99999999999999999999", errc::bad_content_length, 19));
}

TEST_CASE("[MSG-65] a length is nothing but digits") {
  CHECK_BOTH(fails("", errc::bad_content_length, 0));
  CHECK_BOTH(fails(value_lines{}, errc::bad_content_length, 0));
  CHECK_BOTH(fails("+5", errc::bad_content_length, 0));
  CHECK_BOTH(fails("-1", errc::bad_content_length, 0));
  CHECK_BOTH(fails("5x", errc::bad_content_length, 1));
  CHECK_BOTH(fails("0x5", errc::bad_content_length, 1));
  CHECK_BOTH(fails("1.0", errc::bad_content_length, 1));
  CHECK_BOTH(fails("1 2", errc::bad_content_length, 1));
  CHECK_BOTH(fails("5\r\n 6", errc::bad_content_length, 1));
}

TEST_CASE("[MSG-66] repeated lengths are refused, even equal ones") {
  CHECK_BOTH(fails("5, 5", errc::bad_content_length, 1));
  CHECK_BOTH(fails("0,0", errc::bad_content_length, 1));
  CHECK_BOTH(fails({different, 1}, errc::repeated_content_length, 2));
  CHECK_BOTH(fails({equal, 1}, errc::repeated_content_length, 5));
  CHECK_BOTH(reads({equal, 2}, 5));
  CHECK_BOTH(fails({bad_first, 1}, errc::bad_content_length, 1));
}

TEST_CASE("[MSG-65] [ENG-11] every octet in a length") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = "1" + std::string(1, static_cast<char>(i)) + "2";
    const std::string_view whole = octets;
    if (i >= '0' && i <= '9')
      CHECK(reads(whole, 102u + 10u * static_cast<unsigned>(i - '0')));
    else
      CHECK(fails(whole, errc::bad_content_length, 1));
  }
}

TEST_CASE("[ENG-04] [ENG-08] a length is written without leading zeros, and reads back the same") {
  CHECK_BOTH(writes(content_length{}, "0"));
  CHECK_BOTH(writes(content_length{10}, "10"));
  CHECK_BOTH(writes(*content_length::parse("0005"), "5"));
  CHECK_BOTH(writes(content_length{UINT64_MAX}, "18446744073709551615"));
}
