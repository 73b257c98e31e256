// Bare items: each of the eight types, how far it goes, and where it fails.
#include "turnout/grammar/bare_item.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::bare_item;
using turnout::grammar::parse_bare_item_prefix;

namespace {

constexpr bool takes(std::string_view octets, bare_item type, std::size_t size) {
  const auto read = parse_bare_item_prefix(octets);
  return read && read->value == type && read->size == size;
}

constexpr bool is(bare_item type, std::string_view octets) {
  return takes(octets, type, octets.size());
}

constexpr bool fails(std::string_view octets, std::size_t at) {
  return parse_bare_item_prefix(octets).error() == failure{errc::bad_structured_item, at};
}

std::string with(std::string text, std::size_t at, int octet) {
  text[at] = static_cast<char>(octet);
  return text;
}

bool is_letter(int octet) { return (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z' && octet < 0x80; }

}  // namespace

TEST_CASE("an integer has up to 15 digits") {
  CHECK_BOTH(is(bare_item::integer, "0"));
  CHECK_BOTH(is(bare_item::integer, "-0"));
  CHECK_BOTH(is(bare_item::integer, "042"));
  CHECK_BOTH(is(bare_item::integer, "999999999999999"));
  CHECK_BOTH(is(bare_item::integer, "-999999999999999"));
  CHECK_BOTH(takes("1;a", bare_item::integer, 1));
  CHECK_BOTH(takes("4-2", bare_item::integer, 1));
  CHECK_BOTH(fails("1234567890123456", 15));
  CHECK_BOTH(fails("-1234567890123456", 16));
  CHECK_BOTH(fails("-", 1));
  CHECK_BOTH(fails("-a", 1));
  CHECK_BOTH(fails("--1", 1));
  CHECK_BOTH(fails("+1", 0));
}

TEST_CASE("a decimal has up to 12 digits, a dot and one to three digits") {
  CHECK_BOTH(is(bare_item::decimal, "1.5"));
  CHECK_BOTH(is(bare_item::decimal, "-0.0"));
  CHECK_BOTH(is(bare_item::decimal, "123456789012.123"));
  CHECK_BOTH(is(bare_item::decimal, "-123456789012.123"));
  CHECK_BOTH(takes("1.5.4", bare_item::decimal, 3));
  CHECK_BOTH(fails("1234567890123.1", 12));
  CHECK_BOTH(fails("-1234567890123.1", 13));
  CHECK_BOTH(fails("1.", 2));
  CHECK_BOTH(fails("1..4", 2));
  CHECK_BOTH(fails("1.1234", 5));
  CHECK_BOTH(fails("123456789012.", 13));
  CHECK_BOTH(fails(".5", 0));
  CHECK_BOTH(fails("-.5", 1));
}

TEST_CASE("a string is printable, and a backslash may only precede quotes and backslashes") {
  CHECK_BOTH(is(bare_item::string, "\"\""));
  CHECK_BOTH(is(bare_item::string, "\"foo bar;,\""));
  CHECK_BOTH(is(bare_item::string, "\"\\\"\\\\\""));
  CHECK_BOTH(takes("\"a\"b", bare_item::string, 3));
  CHECK_BOTH(fails("\"", 1));
  CHECK_BOTH(fails("\"a", 2));
  CHECK_BOTH(fails("\"a\\", 3));
  CHECK_BOTH(fails("\"a\\\"", 4));
  CHECK_BOTH(fails("\"\\a\"", 2));
  CHECK_BOTH(fails("'a'", 0));
}

TEST_CASE("a token begins with a letter or an asterisk, and may hold a colon and a slash") {
  CHECK_BOTH(is(bare_item::token, "a"));
  CHECK_BOTH(is(bare_item::token, "*"));
  CHECK_BOTH(is(bare_item::token, "Text/html:x"));
  CHECK_BOTH(is(bare_item::token, "true"));
  CHECK_BOTH(is(bare_item::token, "*!#$%&'*+-.^_`|~09AZaz:/"));
  CHECK_BOTH(takes("a b", bare_item::token, 1));
  CHECK_BOTH(fails("/a", 0));
  CHECK_BOTH(fails("_a", 0));
}

TEST_CASE("a byte sequence is base64 between colons, and its padding may be left out") {
  CHECK_BOTH(is(bare_item::byte_sequence, "::"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":aGVsbG8=:"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":aGVsbG8:"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":Zg:"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":Zg=:"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":iZ==:"));
  CHECK_BOTH(is(bare_item::byte_sequence, ":+/+/:"));
  CHECK_BOTH(takes("::a", bare_item::byte_sequence, 2));
  CHECK_BOTH(fails(":", 1));
  CHECK_BOTH(fails(":aGVsbG8=", 9));
  CHECK_BOTH(fails(":aGVsb G8=:", 6));
  CHECK_BOTH(fails(":aGVsb\n", 6));
  CHECK_BOTH(fails(":_-AA:", 1));
  CHECK_BOTH(fails(":a:", 2));
  CHECK_BOTH(fails(":=:", 1));
  CHECK_BOTH(fails(":Zg===:", 5));
  CHECK_BOTH(fails(":Zg=v:", 4));
}

TEST_CASE("[CAP-10] a boolean is 0 or 1 after a question mark") {
  CHECK_BOTH(is(bare_item::boolean, "?0"));
  CHECK_BOTH(is(bare_item::boolean, "?1"));
  CHECK_BOTH(takes("?10", bare_item::boolean, 2));
  CHECK_BOTH(fails("?", 1));
  CHECK_BOTH(fails("?2", 1));
  CHECK_BOTH(fails("?T", 1));
  CHECK_BOTH(fails("? 1", 1));
}

TEST_CASE("a date is an integer after an at sign") {
  CHECK_BOTH(is(bare_item::date, "@0"));
  CHECK_BOTH(is(bare_item::date, "@1659578233"));
  CHECK_BOTH(is(bare_item::date, "@-62135596800"));
  CHECK_BOTH(fails("@", 1));
  CHECK_BOTH(fails("@a", 1));
  CHECK_BOTH(fails("@@1", 1));
  CHECK_BOTH(fails("@-", 2));
  CHECK_BOTH(fails("@1659578233.12", 11));
  CHECK_BOTH(fails("@1234567890123456", 16));
}

TEST_CASE("a display string is UTF-8 after decoding lower-case percent-encoding") {
  CHECK_BOTH(is(bare_item::display_string, "%\"\""));
  CHECK_BOTH(is(bare_item::display_string, "%\"foo bar\""));
  CHECK_BOTH(is(bare_item::display_string, "%\"f%c3%bc%c3%bc\""));
  CHECK_BOTH(is(bare_item::display_string, "%\"foo %22bar%22 \\ baz%25\""));
  CHECK_BOTH(is(bare_item::display_string, "%\"%ef%bb%bf%00\""));
  CHECK_BOTH(takes("%\"a\"b", bare_item::display_string, 4));
  CHECK_BOTH(fails("%", 1));
  CHECK_BOTH(fails("%foo\"", 1));
  CHECK_BOTH(fails("%'foo'", 1));
  CHECK_BOTH(fails("%\"foo", 5));
  CHECK_BOTH(fails("%\"\t\"", 2));
  CHECK_BOTH(fails("%\"\xC3\xBC\"", 2));
  CHECK_BOTH(fails("%\"f%C3%BC\"", 4));
  CHECK_BOTH(fails("%\"foo %a", 8));
  CHECK_BOTH(fails("%\"foo %a\"", 8));
  CHECK_BOTH(fails("%\"%", 3));
  CHECK_BOTH(fails("%\"%c3%28\"", 5));
  CHECK_BOTH(fails("%\"%c3(\"", 5));
  CHECK_BOTH(fails("%\"%c3\"", 5));
  CHECK_BOTH(fails("%\"%a0%a1\"", 2));
  CHECK_BOTH(fails("%\"%e2%28%a1\"", 5));
  CHECK_BOTH(fails("%\"%f0%28%8c%28\"", 5));
  CHECK_BOTH(fails("%\"%ed%a0%80\"", 5));
}

TEST_CASE("[ENG-11] the first octet decides the type, for every octet") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octet(1, static_cast<char>(i));
    const bool begins = i == '-' || i == '"' || i == ':' || i == '?' || i == '@' || i == '%';
    if (i >= '0' && i <= '9')
      CHECK(is(bare_item::integer, octet));
    else if (is_letter(i) || i == '*')
      CHECK(is(bare_item::token, octet));
    else
      CHECK(fails(octet, begins ? 1 : 0));
  }
  CHECK_BOTH(fails("", 0));
}

TEST_CASE("[ENG-11] every octet in each type that holds more than digits") {
  constexpr std::string_view tchars_and_two = "!#$%&'*+-.^_`|~:/";
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool printable = i >= 0x20 && i <= 0x7E;
    const bool alphanumeric = is_letter(i) || (i >= '0' && i <= '9');

    const std::string in_string = with("\"a\"", 1, i);
    if (octet == '"')
      CHECK(takes(in_string, bare_item::string, 2));
    else if (octet == '\\')
      CHECK(fails(in_string, 3));
    else
      CHECK(fails(in_string, 1) == !printable);

    const bool escaped = octet == '"' || octet == '\\';
    CHECK(is(bare_item::string, with("\"\\a\"", 2, i)) == escaped);
    CHECK(fails(with("\"\\a\"", 2, i), 2) == !escaped);

    const bool in_token = alphanumeric || tchars_and_two.find(octet) != tchars_and_two.npos;
    CHECK(takes(with("aaa", 1, i), bare_item::token, in_token ? 3 : 1));

    const bool in_base64 = alphanumeric || octet == '+' || octet == '/';
    const std::string sequence = with(":Zm9v:", 1, i);
    if (octet == ':')
      CHECK(takes(sequence, bare_item::byte_sequence, 2));
    else
      CHECK(fails(sequence, 1) == !in_base64);

    CHECK(is(bare_item::boolean, with("?1", 1, i)) == (octet == '0' || octet == '1'));

    const std::string displayed = with("%\"a\"", 2, i);
    if (octet == '"')
      CHECK(takes(displayed, bare_item::display_string, 3));
    else if (octet == '%')
      CHECK(fails(displayed, 3));
    else
      CHECK(fails(displayed, 2) == !printable);
  }
}

TEST_CASE("an item that is cut anywhere is not read past its end") {
  for (const std::string_view whole :
       {"-123456789012.123", "\"a\\\"b\\\\\"", ":aGVsbG8=:", "?1", "@-12", "%\"f%c3%bc\""}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // An allocation of exactly this size: the address sanitizer sees a read past its end.
      const std::string cut{whole.substr(0, size)};
      const auto read = parse_bare_item_prefix(cut);
      CHECK((read ? read->size : read.error().at) == size);
    }
    CHECK(parse_bare_item_prefix(whole)->size == whole.size());
  }
}
