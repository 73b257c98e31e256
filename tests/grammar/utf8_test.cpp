// UTF-8: the edges of each row of RFC 3629 section 4, and all of Unicode.
#include "turnout/grammar/utf8.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/grammar/ascii.hpp"

using turnout::grammar::utf8_checker;

namespace {

// How many octets are taken before one that can't be there.
constexpr std::size_t good_size(std::string_view octets) {
  utf8_checker text;
  std::size_t size = 0;
  while (size < octets.size() && text.take(turnout::grammar::to_number(octets[size]))) ++size;
  return size;
}

constexpr bool is_text(std::string_view octets) {
  utf8_checker text;
  for (const char octet : octets)
    if (!text.take(turnout::grammar::to_number(octet))) return false;
  return text.is_whole();
}

// True if the octets are fine as far as they go, and end inside a character.
constexpr bool is_cut(std::string_view octets) {
  return good_size(octets) == octets.size() && !is_text(octets);
}

constexpr bool fails(std::string_view octets, std::size_t at) { return good_size(octets) == at; }

std::string encoded(unsigned point) {
  const auto octet = [](unsigned number) { return static_cast<char>(number); };
  const auto next = [&](unsigned shift) { return octet(0x80 | (point >> shift & 0x3F)); };
  if (point < 0x80) return {octet(point)};
  if (point < 0x800) return {octet(0xC0 | point >> 6), next(0)};
  if (point < 0x10000) return {octet(0xE0 | point >> 12), next(6), next(0)};
  return {octet(0xF0 | point >> 18), next(12), next(6), next(0)};
}

}  // namespace

TEST_CASE("characters of one to four octets are text, one after the other") {
  CHECK_BOTH(is_text(""));
  CHECK_BOTH(is_text("a"));
  CHECK_BOTH(is_text("\xC3\xBC"));
  CHECK_BOTH(is_text("\xE2\x82\xAC"));
  CHECK_BOTH(is_text("\xF0\x9F\x98\x80"));
  CHECK_BOTH(is_text("\xEF\xBB\xBF"));
  CHECK_BOTH(
      is_text("a\xF0\x9F\x98\x80\xE2\x82\xAC\xC3\xBC"
              "a"));
}

TEST_CASE("an incomplete character is not text yet") {
  CHECK_BOTH(is_cut("\xC3"));
  CHECK_BOTH(is_cut("\xE2\x82"));
  CHECK_BOTH(is_cut("\xF0\x9F\x98"));
  CHECK_BOTH(
      fails("\xC3"
            "a",
            1));
  CHECK_BOTH(fails("\xE2\x82\xC3\xBC", 2));
  CHECK_BOTH(fails("\xF0\x9F\x98\x20", 3));
}

TEST_CASE("overlong forms, surrogates and values above Unicode fail at the first octet possible") {
  CHECK_BOTH(fails("\x80", 0));
  CHECK_BOTH(fails("\xBF", 0));
  CHECK_BOTH(fails("\xC0\x80", 0));
  CHECK_BOTH(fails("\xC1\xBF", 0));
  CHECK_BOTH(fails("\xE0\x9F\xBF", 1));
  CHECK_BOTH(fails("\xED\xA0\x80", 1));
  CHECK_BOTH(fails("\xF0\x8F\xBF\xBF", 1));
  CHECK_BOTH(fails("\xF4\x90\x80\x80", 1));
  CHECK_BOTH(fails("\xF5\x80\x80\x80", 0));
  CHECK_BOTH(is_text("\xE0\xA0\x80\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST_CASE("the limits of a second octet don't apply to the third") {
  CHECK_BOTH(is_text("\xE0\xA0\x80\xE1\x80\x80"));
  CHECK_BOTH(is_text("\xED\x80\xBF\xEE\xBF\xBF"));
  CHECK_BOTH(is_text("\xF0\x90\x80\x80\xF1\x80\x80\x80"));
  CHECK_BOTH(is_text("\xF4\x80\xBF\xBF\xF3\xBF\xBF\xBF"));
}

TEST_CASE("[ENG-11] every octet at the beginning") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octet(1, static_cast<char>(i));
    CHECK(is_text(octet) == (i < 0x80));
    CHECK(is_cut(octet) == (i >= 0xC2 && i <= 0xF4));
  }
}

TEST_CASE("all of Unicode but the surrogates is text") {
  std::size_t wrong = 0;
  for (unsigned point = 0; point < 0x120000; ++point) {
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    wrong += is_text(encoded(point)) != (point < 0x110000 && !surrogate);
  }
  CHECK(wrong == 0);
}

TEST_CASE("[ENG-11] every octet after the first one of the first character") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    CHECK(is_text("\xC2" + std::string(1, static_cast<char>(i))) == (i >= 0x80 && i <= 0xBF));
  }
}
