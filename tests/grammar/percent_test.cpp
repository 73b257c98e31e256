// Percent-encoded octets: all of them, in digits of one case.
#include "turnout/grammar/percent.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::lower_case_digits;
using turnout::grammar::parse_percent_encoded;
using turnout::grammar::upper_case_digits;

namespace {

constexpr bool reads(std::string_view octets, std::uint8_t octet,
                     std::string_view digits = upper_case_digits) {
  return parse_percent_encoded(octets, digits) == turnout::result<std::uint8_t>{octet};
}

constexpr bool fails(std::string_view octets, std::size_t at,
                     std::string_view digits = upper_case_digits) {
  return parse_percent_encoded(octets, digits).error() == failure{errc::bad_percent_encoding, at};
}

struct encoded {
  char octet;
  std::string_view digits;
  constexpr void put(turnout::writer& to) const {
    turnout::grammar::put_percent_encoded(to, octet, digits);
  }
};

}  // namespace

TEST_CASE("a percent sign and two digits are an octet") {
  CHECK_BOTH(reads("%2F", 0x2F));
  CHECK_BOTH(reads("%00", 0));
  CHECK_BOTH(reads("%FF", 0xFF));
  CHECK_BOTH(reads("%ff", 0xFF, lower_case_digits));
  CHECK_BOTH(reads("%2F1", 0x2F));
  CHECK_BOTH(reads("%2F%", 0x2F));
}

TEST_CASE("[ALP-23] a percent sign needs two digits") {
  CHECK_BOTH(fails("%", 1));
  CHECK_BOTH(fails("%2", 2));
  CHECK_BOTH(fails("%zz", 1));
  CHECK_BOTH(fails("%2z", 2));
  CHECK_BOTH(fails("%%25", 1));
}

TEST_CASE("[ENG-11] both digits must have the requested case") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool decimal = i >= '0' && i <= '9';
    const bool upper = decimal || (i >= 'A' && i <= 'F');
    const bool lower = decimal || (i >= 'a' && i <= 'f');
    for (std::size_t at = 1; at <= 2; ++at) {
      CAPTURE(at);
      std::string octets = "%11";
      octets[at] = octet;
      CHECK(fails(octets, at) == !upper);
      CHECK(fails(octets, at, lower_case_digits) == !lower);
    }
  }
}

TEST_CASE("[ENG-08] every octet is written as three, and reads back the same") {
  CHECK_BOTH(guarded::writes(encoded{'/', upper_case_digits}, "%2F"));
  CHECK_BOTH(guarded::writes(encoded{'\n', lower_case_digits}, "%0a"));
  CHECK_BOTH(guarded::writes(encoded{'\xFE', upper_case_digits}, "%FE"));
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    for (const std::string_view digits : {upper_case_digits, lower_case_digits}) {
      std::string text(turnout::grammar::percent_encoded_size, '#');
      CHECK(*turnout::write(encoded{static_cast<char>(i), digits}, text) == text);
      CHECK(reads(text, static_cast<std::uint8_t>(i), digits));
    }
  }
}
