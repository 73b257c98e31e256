// Items of structured fields: a bare item, its parameters, and nothing else but spaces.
#include "turnout/grammar/structured_item.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::bare_item;
using turnout::grammar::item_parameters_size;
using turnout::grammar::structured_item;

namespace {

constexpr bool reads(std::string_view octets, bare_item type, std::string_view value,
                     std::string_view parameters = "") {
  const auto item = structured_item::parse(octets);
  return item && item->type == type && item->value == value && item->parameters == parameters;
}

constexpr bool fails(std::string_view octets, std::size_t at) {
  return structured_item::parse(octets).error() == failure{errc::bad_structured_item, at};
}

constexpr bool takes(std::string_view parameters, std::size_t size) {
  return item_parameters_size(parameters) == turnout::result<std::size_t>{size};
}

constexpr bool bad_parameters(std::string_view octets, std::size_t at) {
  return item_parameters_size(octets).error() == failure{errc::bad_structured_item, at};
}

}  // namespace

TEST_CASE("an item of any type is read with its text") {
  CHECK_BOTH(reads("?1", bare_item::boolean, "?1"));
  CHECK_BOTH(reads("-42", bare_item::integer, "-42"));
  CHECK_BOTH(reads("1.5", bare_item::decimal, "1.5"));
  CHECK_BOTH(reads("\"a;b\"", bare_item::string, "\"a;b\""));
  CHECK_BOTH(reads("text/html", bare_item::token, "text/html"));
  CHECK_BOTH(reads(":Zg==:", bare_item::byte_sequence, ":Zg==:"));
  CHECK_BOTH(reads("@0", bare_item::date, "@0"));
  CHECK_BOTH(reads("%\"a\"", bare_item::display_string, "%\"a\""));
}

TEST_CASE("[CAP-11] parameters are keys in lower case, with a value of any type or none") {
  CHECK_BOTH(reads("?1;foo=bar;x", bare_item::boolean, "?1", ";foo=bar;x"));
  CHECK_BOTH(takes(";a", 2));
  CHECK_BOTH(takes(";*", 2));
  CHECK_BOTH(takes(";a0_-.*=1", 9));
  CHECK_BOTH(takes(";a=?0;b=-1;c=1.5;d=\"; \";e=*;f=::;g=@1;h=%\"%c3%bc\"", 49));
  CHECK_BOTH(takes(";a;a=1;a=2", 10));
  CHECK_BOTH(takes(";  a;   b", 9));
  CHECK_BOTH(takes("", 0));
  CHECK_BOTH(takes(" ;a", 0));
  CHECK_BOTH(takes(";a ;b", 2));
  CHECK_BOTH(takes(";a =1", 2));
  CHECK_BOTH(bad_parameters(";", 1));
  CHECK_BOTH(bad_parameters("; ", 2));
  CHECK_BOTH(bad_parameters(";;a", 1));
  CHECK_BOTH(bad_parameters(";Foo=1", 1));
  CHECK_BOTH(bad_parameters(";a;=1", 3));
  CHECK_BOTH(bad_parameters(";a=", 3));
  CHECK_BOTH(bad_parameters(";a= 1", 3));
  CHECK_BOTH(bad_parameters(";a=1;b=?2", 8));
  CHECK_BOTH(bad_parameters(";a=(1)", 3));
}

TEST_CASE("[ENG-11] every octet in a key, and at its front") {
  constexpr std::string_view others = "0123456789_-.*";
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool lower = i >= 'a' && i <= 'z';
    const std::string first = std::string(1, ';') + octet;
    CHECK(takes(first, 2) == (lower || octet == '*'));
    CHECK(bad_parameters(first, octet == ' ' ? 2 : 1) == !(lower || octet == '*'));
    const std::string second = std::string(";a") + octet + "z";
    if (octet == ';')
      CHECK(takes(second, 4));
    else if (octet == '=')
      CHECK(takes(second, 4));
    else
      CHECK(takes(second, lower || others.find(octet) != others.npos ? 4 : 2));
  }
}

TEST_CASE("spaces may be around an item and after a semicolon, and nowhere else") {
  CHECK_BOTH(reads("  ?1  ", bare_item::boolean, "?1"));
  CHECK_BOTH(reads(" ?1;  a  ", bare_item::boolean, "?1", ";  a"));
  CHECK_BOTH(fails("\t?1", 0));
  CHECK_BOTH(fails(" \t?1", 1));
  CHECK_BOTH(fails("?1\t", 2));
  CHECK_BOTH(fails("?1 \t", 3));
  CHECK_BOTH(fails("?1;\ta", 3));
  CHECK_BOTH(fails("?1 ;a", 3));
  CHECK_BOTH(fails("?1;a =1", 5));
  CHECK_BOTH(fails("?1;a= 1", 5));
}

TEST_CASE("[MSG-43] a line fold counts as spaces, and so does the whitespace around it") {
  CHECK_BOTH(reads("?1;\r\n a", bare_item::boolean, "?1", ";\r\n a"));
  CHECK_BOTH(reads("?1;\t\r\n\ta", bare_item::boolean, "?1", ";\t\r\n\ta"));
  CHECK_BOTH(fails("?1\r\n ;a", 5));
  CHECK_BOTH(fails("?1;\r\na", 3));
  CHECK_BOTH(fails("?1;a\r\n", 4));
}

TEST_CASE("[CAP-10] [CAP-11] a value is exactly one item") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("  ", 2));
  CHECK_BOTH(fails("?1, ?1", 2));
  CHECK_BOTH(fails("?1 x", 3));
  CHECK_BOTH(fails("?1x", 2));
  CHECK_BOTH(fails("?1;", 3));
  CHECK_BOTH(fails(" ?2", 2));
  CHECK_BOTH(fails("1.5.4", 3));
  CHECK_BOTH(fails("4-2", 1));
  CHECK_BOTH(fails("(?1)", 0));
  CHECK_BOTH(fails("?1;a=\xC3\xBC", 5));
}

TEST_CASE("[PRS-01] the last parameter with a key counts") {
  constexpr auto item = *structured_item::parse("a;b=1; c;b=\"x;b=3\"; b2=4");
  CHECK_BOTH(item.parameter("b") == "\"x;b=3\"");
  CHECK_BOTH(item.parameter("c") == "?1");
  CHECK_BOTH(item.parameter("b2") == "4");
  CHECK_BOTH(item.parameter("d").empty());
  CHECK_BOTH(structured_item{}.parameter("d").empty());
}

TEST_CASE("[INC-01] a field is true if it is the boolean ?1 on one line") {
  using turnout::grammar::is_true;
  CHECK_BOTH(is_true("?1"));
  CHECK_BOTH(is_true("?1;x=y"));
  for (const std::string_view other : {"?0", "1", "", "?1?", "?1, ?1"}) CHECK_FALSE(is_true(other));
  const turnout::grammar::tagged_value twice[] = {{"?1", 0}, {"?1", 0}};
  CHECK_FALSE(is_true({twice, 0}));
  CHECK_BOTH(!is_true(turnout::grammar::value_lines{}));
}
