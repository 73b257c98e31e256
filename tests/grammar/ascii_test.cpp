// Case folding and digits of ASCII, for all 256 octets.
#include "turnout/grammar/ascii.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

#include "support/both.hpp"

namespace {

constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";

// The octet in lower case, found in the alphabet.
constexpr char lowered(char octet) {
  const std::size_t letter = upper.find(octet);
  return letter == upper.npos ? octet : lower[letter];
}

constexpr bool holds_for_every_octet(auto holds) {
  for (int i = 0; i < 256; ++i)
    if (!holds(static_cast<char>(i))) return false;
  return true;
}

// True if `belongs` holds for the octets among `members` and for no other.
constexpr bool is_exactly(std::string_view members, auto belongs) {
  return holds_for_every_octet(
      [&](char octet) { return belongs(octet) == (members.find(octet) != members.npos); });
}

}  // namespace

TEST_CASE("only A to Z have a lower case") {
  CHECK_BOTH(
      holds_for_every_octet([](char c) { return turnout::grammar::to_lower(c) == lowered(c); }));
}

TEST_CASE("digits and letters are those of ASCII and no others") {
  CHECK_BOTH(is_exactly("0123456789", turnout::grammar::is_digit));
  CHECK_BOTH(is_exactly("0123456789ABCDEFabcdef", turnout::grammar::is_hexadecimal));
  CHECK_BOTH(is_exactly("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                        turnout::grammar::is_alpha));
}

TEST_CASE("[ENG-11] an octet is a number from 0 to 255, whether char is signed or not") {
  CHECK_BOTH([] {
    for (unsigned i = 0; i < 256; ++i)
      if (turnout::grammar::to_number(static_cast<char>(i)) != i) return false;
    return true;
  }());
}

TEST_CASE("two octets are equal without case if their lower cases are the same") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char one = static_cast<char>(i);
    CHECK(holds_for_every_octet([&](char other) {
      const bool equal = turnout::grammar::equal_ignoring_case({&one, 1}, {&other, 1});
      return equal == (lowered(one) == lowered(other));
    }));
  }
}

TEST_CASE("texts are equal without case if all octets are, and the sizes are equal") {
  CHECK_BOTH(turnout::grammar::equal_ignoring_case("", ""));
  CHECK_BOTH(turnout::grammar::equal_ignoring_case("Upgrade", "uPGRADE"));
  CHECK_BOTH(turnout::grammar::equal_ignoring_case(upper, lower));
  CHECK_BOTH(turnout::grammar::equal_ignoring_case("\xC3\xA9", "\xC3\xA9"));
  CHECK_BOTH(!turnout::grammar::equal_ignoring_case("upgrade", "upgrade "));
  CHECK_BOTH(!turnout::grammar::equal_ignoring_case("upgrade", "upgrad"));
  CHECK_BOTH(!turnout::grammar::equal_ignoring_case("upgrade", ""));
  CHECK_BOTH(!turnout::grammar::equal_ignoring_case("\xC3\xA9", "\xC3\x89"));  // U+00E9 and U+00C9
}

TEST_CASE("are_letters() compares letters in any case, and nothing else") {
  using turnout::grammar::are_letters;
  for (const std::string_view same : {"upgrade", "Upgrade", "UPGRADE", "uPgRaDe"})
    CHECK(are_letters(same, "upgrade"));
  CHECK_BOTH(are_letters("uPGRADE", "upgrade"));
  CHECK_BOTH(!are_letters("uPGRADE", "update"));
  for (const std::string_view other : {"", "upgrad", "upgrades", "xpgrade", "upgradf", "upgrad%"})
    CHECK(!are_letters(other, "upgrade"));
  std::size_t same = 0;
  for (int octet = 0; octet < 256; ++octet) {
    const char one = static_cast<char>(octet);
    for (const char letter : {'a', 'h', 'o', 'z'}) {
      const char word[] = {letter, letter, '\0'};
      const char asked[] = {letter, one};
      same += are_letters({asked, 2}, word);
    }
  }
  CHECK(same == 8);
}

TEST_CASE("a difference in any octet tells two texts apart") {
  for (std::size_t at = 0; at < lower.size(); ++at) {
    CAPTURE(at);
    char other[26];
    upper.copy(other, upper.size());
    other[at] = '-';
    CHECK(!turnout::grammar::equal_ignoring_case(lower, {other, upper.size()}));
  }
}

TEST_CASE("[GRM-16] case folding ignores locales and Unicode") {
  // Constant evaluation has no locale; KELVIN SIGN and the dotless i fold to ASCII elsewhere.
  CHECK_BOTH(
      !turnout::grammar::equal_ignoring_case("websoc\xE2\x84\xAA"
                                             "et",
                                             "websocket"));
  CHECK_BOTH(
      !turnout::grammar::equal_ignoring_case("websoc\xE2\x84\xAA"
                                             "et",
                                             "websockkket"));
  CHECK_BOTH(!turnout::grammar::equal_ignoring_case("\xC4\xB1", "I"));
  CHECK_BOTH(turnout::grammar::equal_ignoring_case("TITLE", "title"));
}
