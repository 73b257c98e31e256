// Decimal and hexadecimal numbers, at the edges of 64 bits and of every limit given.
#include "turnout/grammar/number.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::parse_decimal;
using turnout::grammar::parse_hexadecimal_prefix;

namespace {

constexpr std::uint64_t largest = UINT64_MAX;

constexpr bool reads(std::string_view octets, std::uint64_t number, std::uint64_t max = largest) {
  const auto parsed = parse_decimal(octets, max);
  return parsed && *parsed == number;
}

constexpr bool fails(std::string_view octets, std::size_t at, std::uint64_t max = largest) {
  return parse_decimal(octets, max).error() == failure{errc::bad_number, at};
}

constexpr bool reads_hexadecimal(std::string_view octets, std::uint64_t number, std::size_t size) {
  const auto read = parse_hexadecimal_prefix(octets);
  return read && read->value == number && read->size == size;
}

constexpr bool fails_hexadecimal(std::string_view octets, std::size_t at) {
  return parse_hexadecimal_prefix(octets).error() == failure{errc::bad_number, at};
}

constexpr bool puts(std::uint64_t number, std::string_view text) {
  std::array<char, 20> out{};
  const auto written =
      turnout::write_whole(out, [number](turnout::writer& to) { to.put_number(number); });
  return written && *written == text;
}

}  // namespace

TEST_CASE("a number has at least one digit") {
  CHECK_BOTH(reads("0", 0));
  CHECK_BOTH(reads("9", 9));
  CHECK_BOTH(reads("1234567890", 1234567890));
  CHECK_BOTH(fails("", 0));
}

TEST_CASE("[MSG-67] any number of leading zeros is legal") {
  CHECK_BOTH(reads("0005", 5));
  CHECK_BOTH(reads("00", 0));
  CHECK_BOTH(reads("0000000000000000000000000000018446744073709551615", largest));
  CHECK_BOTH(reads("000000000000000000000000000000", 0, 0));
}

TEST_CASE("a number has only digits") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool digit = i >= 0x30 && i <= 0x39;
    for (std::size_t at = 0; at < 3; ++at) {
      std::string octets = "111";
      octets[at] = octet;
      CHECK(fails(octets, at) == !digit);
      CHECK(static_cast<bool>(parse_decimal(octets)) == digit);
    }
  }
}

TEST_CASE("signs, whitespace and other notations are not digits") {
  CHECK_BOTH(fails("+5", 0));
  CHECK_BOTH(fails("-1", 0));
  CHECK_BOTH(fails(" 5", 0));
  CHECK_BOTH(fails("5 ", 1));
  CHECK_BOTH(fails("5x", 1));
  CHECK_BOTH(fails("0x5", 1));
  CHECK_BOTH(fails("1.0", 1));
  CHECK_BOTH(fails("1e3", 1));
  CHECK_BOTH(fails("1 2", 1));
  CHECK_BOTH(fails("5,5", 1));
}

TEST_CASE("[MSG-67] [ENG-10] a number of more than 64 bits is refused and does not overflow") {
  CHECK_BOTH(reads("18446744073709551615", largest));
  CHECK_BOTH(fails("18446744073709551616", 19));
  CHECK_BOTH(fails("18446744073709551617", 19));
  CHECK_BOTH(fails("18446744073709551620", 19));
  CHECK_BOTH(fails("18446744073709551700", 19));
  CHECK_BOTH(fails("19000000000000000000", 19));
  CHECK_BOTH(fails("99999999999999999999", 19));
  CHECK_BOTH(fails("184467440737095516150", 20));
  CHECK_BOTH(fails("0018446744073709551616", 21));
  CHECK_BOTH(fails("18446744073709551616x", 19));  // the first fault counts
}

TEST_CASE("a number goes up to its limit and not beyond") {
  CHECK_BOTH(reads("0", 0, 0));
  CHECK_BOTH(fails("1", 0, 0));
  CHECK_BOTH(reads("7", 7, 7));
  CHECK_BOTH(fails("8", 0, 7));
  CHECK_BOTH(fails("10", 1, 9));
  CHECK_BOTH(reads("255", 255, 255));
  CHECK_BOTH(fails("256", 2, 255));
  CHECK_BOTH(fails("1000", 3, 255));
  CHECK_BOTH(reads("65535", 65535, 65535));
  CHECK_BOTH(fails("65536", 4, 65535));
  CHECK_BOTH(reads("18446744073709551614", largest - 1, largest - 1));
  CHECK_BOTH(fails("18446744073709551615", 19, largest - 1));
}

TEST_CASE("every small number is compared with every small limit") {
  for (std::uint64_t max = 0; max <= 120; ++max) {
    CAPTURE(max);
    std::size_t wrong = 0;
    for (std::uint64_t number = 0; number <= 1200; ++number) {
      const auto parsed = parse_decimal(std::to_string(number), max);
      wrong += number <= max ? !parsed || *parsed != number : static_cast<bool>(parsed);
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("[ENG-08] a number reads back as it was put, around every power of ten") {
  for (std::uint64_t power = 1;; power *= 10) {
    for (const std::uint64_t number : {power - 1, power, power + 1}) {
      CAPTURE(number);
      const std::string digits = std::to_string(number);
      CHECK(puts(number, digits));
      CHECK(reads(digits, number, number));
    }
    if (power > largest / 10) break;
  }
}

TEST_CASE("[MSG-70] a hexadecimal number is the leading digits, in any case") {
  CHECK_BOTH(reads_hexadecimal("0", 0, 1));
  CHECK_BOTH(reads_hexadecimal("1234567890", 0x1234567890, 10));
  CHECK_BOTH(reads_hexadecimal("abcdef", 0xABCDEF, 6));
  CHECK_BOTH(reads_hexadecimal("ABCDEF", 0xABCDEF, 6));
  CHECK_BOTH(reads_hexadecimal("aBcDeF;", 0xABCDEF, 6));
  CHECK_BOTH(reads_hexadecimal("5 ", 5, 1));
  CHECK_BOTH(reads_hexadecimal("0x5", 0, 1));
  CHECK_BOTH(reads_hexadecimal("00000000000000000000000000000005", 5, 32));
  for (const std::string_view none : {"", "-1", "+1", " 5", "x5", ";", "g"})
    CHECK(fails_hexadecimal(none, 0));
}

TEST_CASE("[MSG-70] [ENG-11] a hexadecimal number has only hexadecimal digits") {
  const std::string_view digits = "0123456789abcdef";
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const char lower = octet >= 'A' && octet <= 'F' ? static_cast<char>(i + ('a' - 'A')) : octet;
    const std::size_t value = digits.find(lower);
    const bool digit = value != digits.npos;
    CHECK(fails_hexadecimal({&octet, 1}, 0) == !digit);
    const std::string after = std::string{"1"} + octet + "1";
    CHECK(reads_hexadecimal(after, digit ? 0x101 + 0x10 * value : 1, digit ? 3 : 1));
  }
}

TEST_CASE("[MSG-70] [ENG-10] a hexadecimal number of more than 64 bits does not overflow") {
  CHECK_BOTH(reads_hexadecimal("FFFFFFFFFFFFFFFF", largest, 16));
  CHECK_BOTH(reads_hexadecimal("000ffffffffffffffff", largest, 19));
  CHECK_BOTH(reads_hexadecimal("1000000000000000", largest / 16 + 1, 16));
  CHECK_BOTH(reads_hexadecimal("FFFFFFFFFFFFFFFF;a", largest, 16));
  CHECK_BOTH(fails_hexadecimal("FFFFFFFFFFFFFFFFF", 16));
  CHECK_BOTH(fails_hexadecimal("10000000000000000", 16));
  CHECK_BOTH(fails_hexadecimal("00010000000000000000", 19));
  CHECK_BOTH(fails_hexadecimal("100000000000000000000000000000000", 16));
}
