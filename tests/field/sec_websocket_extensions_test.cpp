// Sec-WebSocket-Extensions: extensions in order, each with its parameters.
#include "turnout/field/sec_websocket_extensions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::extension;
using turnout::field::sec_websocket_extensions;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<sec_websocket_extensions::iterator>);
static_assert(std::ranges::forward_range<sec_websocket_extensions>);

namespace {

constexpr bool reads(value_lines lines, std::initializer_list<std::string_view> names) {
  const auto list = sec_websocket_extensions::parse(lines);
  return list && list->size() == names.size() &&
         std::ranges::equal(*list, names, {}, &extension::name);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return sec_websocket_extensions::parse(lines).error() ==
         failure{errc::bad_websocket_extensions, at};
}

constexpr bool equal(std::string_view one, std::string_view other) {
  const auto first = sec_websocket_extensions::parse(one);
  const auto second = sec_websocket_extensions::parse(other);
  return first && second && *first == *second;
}

constexpr bool differ(std::string_view one, std::string_view other) {
  return equal(one, one) && equal(other, other) && !equal(one, other);
}

constexpr std::array<tagged_value, 3> several{{{"foo; a", 3}, {"x y", 2}, {"bar, foo", 3}}};
constexpr std::array<tagged_value, 2> torn{{{"x; a=\"b", 3}, {"c\", y", 3}}};

}  // namespace

TEST_CASE("[WS-35] extensions are read in their order, over several lines too") {
  CHECK_BOTH(reads("foo", {"foo"}));
  CHECK_BOTH(reads("foo, bar;a=1;b, foo", {"foo", "bar", "foo"}));
  CHECK_BOTH(reads({several, 3}, {"foo", "bar", "foo"}));
  CHECK_BOTH(fails({several, 2}, 2));
}

TEST_CASE("an extension has parameters, with values or without") {
  constexpr auto list =
      sec_websocket_extensions::parse("permessage-deflate; client_max_window_bits; b=10");
  static_assert(list && list->size() == 1);
  constexpr auto first = list->begin()->parameters.begin();
  CHECK_BOTH(first->name == "client_max_window_bits");
  CHECK_BOTH(!first->has_value);
  constexpr auto second = [](auto at) { return ++at; }(first);
  CHECK_BOTH(second->name == "b");
  CHECK_BOTH(second->has_value);
  CHECK_BOTH(second->value == "10");
}

TEST_CASE("[WS-67] whitespace may be around ; and = too") {
  CHECK_BOTH(equal("foo ; a = 1 , bar", "foo;a=1,bar"));
  CHECK_BOTH(equal("foo\t;\ta\t=\t\"1\"\t", "foo;a=1"));
  CHECK_BOTH(equal("foo\r\n ;\r\n\ta\r\n =\r\n 1", "foo;a=1"));
}

TEST_CASE("[WS-66] [GRM-08] [GRM-13] a quoted value means its text, which must be a token") {
  CHECK_BOTH(equal("foo; a=\"b\"", "foo; a=b"));
  CHECK_BOTH(equal("foo; a=\"1\\0\"", "foo; a=10"));
  CHECK_BOTH(fails("foo; a=\"b c\"", 7));
  CHECK_BOTH(fails("foo; a=\"\"", 7));
  CHECK_BOTH(fails("foo; a=\"b,c\"", 7));
  CHECK_BOTH(fails("foo; a=\"\\\x01\"", 9));
}

TEST_CASE("[GRM-07] [GRM-09] quoted octets don't end an element, and a quote must be closed") {
  CHECK_BOTH(fails("x; a=\"b,c;d\", y", 5));
  CHECK_BOTH(fails("x; a=\"b", 7));
  CHECK_BOTH(fails({torn, 3}, 7));
}

TEST_CASE("[WS-28] [WS-65] a malformed list fails at its octet") {
  CHECK_BOTH(fails("permessage-deflate;;", 19));
  CHECK_BOTH(fails("permessage-deflate; a=\"b c\"", 22));
  CHECK_BOTH(fails("foo;;a", 4));
  CHECK_BOTH(fails("foo;", 4));
  CHECK_BOTH(fails("foo; ,", 5));
  CHECK_BOTH(fails("foo; =1", 5));
  CHECK_BOTH(fails("foo; a=", 7));
  CHECK_BOTH(fails("foo; a=,", 7));
  CHECK_BOTH(fails("; a", 0));
  CHECK_BOTH(fails("foo a", 4));
  CHECK_BOTH(fails("foo, b@r", 6));
  CHECK_BOTH(fails("\"foo\"", 0));
}

TEST_CASE(
    "[GRM-03] [GRM-04] [WS-65] empty elements are skipped, but at least one element must not be "
    "empty") {
  CHECK_BOTH(reads(", foo,, bar ,", {"foo", "bar"}));
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails(" ,\t,", 4));
  CHECK_BOTH(fails(value_lines{}, 0));
}

TEST_CASE("[GRM-15] names of extensions and parameters, and values, are compared octet for octet") {
  CHECK_BOTH(equal("foo;a=b", "foo; a=b"));
  CHECK_BOTH(differ("foo", "Foo"));
  CHECK_BOTH(differ("foo;a", "foo;A"));
  CHECK_BOTH(differ("foo;a=b", "foo;a=B"));
  CHECK_BOTH(differ("foo;a", "foo"));
  CHECK_BOTH(differ("foo;a;b", "foo;b;a"));
}

TEST_CASE("[ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(*sec_websocket_extensions::parse("foo;a = \"b\" ;c,,bar"), "foo; a=b; c, bar"));
  CHECK_BOTH(equal("foo;a = \"b\" ;c,,bar", "foo; a=b; c, bar"));
  CHECK_BOTH(writes(*sec_websocket_extensions::parse({several, 3}), "foo; a, bar, foo"));
}

TEST_CASE("a list has as many elements as its limit") {
  CHECK_BOTH(sec_websocket_extensions::parse("a;b;c,d", 2)->size() == 2);
  CHECK_BOTH(sec_websocket_extensions::parse("a;b;c,d", 1).error() ==
             failure{errc::too_many_elements, 6});
}

TEST_CASE("[GRM-01] [ENG-11] every octet in a value, with quotes and without") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string bare = "x;a=b" + std::string(1, octet) + "c";
    const std::string quoted = "x;a=\"b" + std::string(1, octet) + "c\"";
    const std::string_view both[] = {bare, quoted};
    CHECK(static_cast<bool>(sec_websocket_extensions::parse(both[1])) ==
          (turnout::grammar::is_tchar(octet) || octet == '\\'));
    const bool splits = octet == ',' || octet == ';';
    CHECK(static_cast<bool>(sec_websocket_extensions::parse(both[0])) ==
          (turnout::grammar::is_tchar(octet) || splits));
  }
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(extension{"a\r\nX: y", {}}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(extension{"", {}}).code == errc::unwritable);
}

TEST_CASE("a single extension whose name is no token is a bad_token") {
  CHECK_BOTH(extension::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(extension::parse_prefix("@").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(extension::parse_prefix("a@")->size == 1);
}
