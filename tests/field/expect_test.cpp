// Expect: expectations, of which only 100-continue means something.
#include "turnout/field/expect.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::expect;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<expect::iterator>);
static_assert(std::ranges::forward_range<expect>);

namespace {

constexpr bool fails(std::string_view octets, std::size_t at) {
  return expect::parse(octets).error() == failure{errc::expectation_failed, at};
}

constexpr bool asks_to_continue(value_lines lines) {
  const auto list = expect::parse(lines);
  return list && list->size() == 1 && list->begin()->is_continue();
}

constexpr bool asks_for_other(value_lines lines) {
  const auto list = expect::parse(lines);
  return list && list->size() == 1 && !list->begin()->is_continue();
}

constexpr bool equal(std::string_view one, std::string_view other) {
  const auto first = expect::parse(one);
  const auto second = expect::parse(other);
  return first && second && *first == *second;
}

constexpr bool differ(std::string_view one, std::string_view other) {
  return equal(one, one) && equal(other, other) && !equal(one, other);
}

constexpr std::array<tagged_value, 2> several{{{"100-continue", 4}, {"foo", 4}}};

}  // namespace

TEST_CASE("[UPG-34] [GRM-14] 100-continue is recognised in any case, and nothing else is") {
  CHECK_BOTH(asks_to_continue("100-continue"));
  CHECK_BOTH(asks_to_continue("100-Continue"));
  CHECK_BOTH(asks_to_continue(", 100-CONTINUE ,"));
  CHECK_BOTH(asks_for_other("100-continue-x"));
  CHECK_BOTH(asks_for_other("foo"));
  CHECK_BOTH(asks_for_other("100-continue=1"));
  CHECK_BOTH(asks_for_other("100-continue=\"\""));
  CHECK_BOTH(asks_for_other("100"));
}

TEST_CASE("[UPG-34] [GRM-04] [GRM-06] Expect is a list on one or several lines, and may be empty") {
  CHECK_BOTH(expect::parse("100-continue, foo")->size() == 2);
  CHECK_BOTH(expect::parse({several, 4})->size() == 2);
  CHECK_BOTH(expect::parse({several, 4}, 1).error() == failure{errc::too_many_elements, 13});
  CHECK_BOTH(equal("", " ,"));
  CHECK_BOTH(*expect::parse("") == expect{});
}

TEST_CASE("[GRM-07] [GRM-13] an expectation may have a value and parameters after it") {
  constexpr auto list = expect::parse("a=\"b,c\";d=e ; f=\"g;\", h=i");
  static_assert(list && list->size() == 2);
  constexpr auto first = *list->begin();
  CHECK_BOTH(first.name == "a");
  CHECK_BOTH(first.has_value);
  CHECK_BOTH(first.value == "b,c");
  CHECK_BOTH(first.parameters.begin()->name == "d");
  CHECK_BOTH((++first.parameters.begin())->value == "g;");
  CHECK_BOTH(equal("a=\"b\"", "A=b"));
  CHECK_BOTH(differ("a=b", "a=B"));
  CHECK_BOTH(differ("a=b", "c=b"));
  CHECK_BOTH(differ("a", "a=\"\""));
  CHECK_BOTH(differ("a=b", "a=b;c=d"));
  CHECK_BOTH(differ("a=b;c=d", "a=b;c=e"));
}

TEST_CASE("[GRM-11] parameters may be empty, and have no whitespace around their =") {
  CHECK_BOTH(equal("x=1 ; a=1 ;", "x=1;a=1"));
  CHECK_BOTH(equal("x=1;;", "x=1"));
  CHECK_BOTH(fails("x=1;a = 1", 5));
  CHECK_BOTH(fails("x=1;a= 1", 6));
  CHECK_BOTH(fails("x=1;a", 5));
}

TEST_CASE("[GRM-08] [GRM-09] [GRM-18] a malformed list of expectations is refused") {
  CHECK_BOTH(fails("@", 0));
  CHECK_BOTH(fails("100-continue foo", 13));
  CHECK_BOTH(fails("100-continue;a=b", 12));
  CHECK_BOTH(fails("a=", 2));
  CHECK_BOTH(fails("a =b", 2));
  CHECK_BOTH(fails("a=\"b", 4));
  CHECK_BOTH(fails("a=\"\\\x01\"", 4));
  CHECK_BOTH(fails("foo, a=b;=c", 9));
}

TEST_CASE("[GRM-02] [GRM-20] [ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(*expect::parse(" 100-continue"), "100-continue"));
  CHECK_BOTH(writes(*expect::parse("a=\"b\" ;c=\"\\d e\";,f"), "a=b; c=\"d e\", f"));
  CHECK_BOTH(equal("a=\"b\" ;c=\"\\d e\";,f", "a=b; c=\"d e\", f"));
  CHECK_BOTH(writes(*expect::parse("a=\"\""), "a=\"\""));
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(turnout::field::expectation{"a\r\nX: y", {}, false, {}}).code ==
             errc::unwritable);
  CHECK_BOTH(guarded::unwritable(turnout::field::expectation{"", {}, false, {}}).code ==
             errc::unwritable);
}

TEST_CASE("an expectation has no value at first") {
  CHECK_BOTH(!turnout::field::expectation{}.has_value);
  CHECK_BOTH(writes(turnout::field::expectation{.name = "a", .value = {}, .parameters = {}}, "a"));
}

TEST_CASE("a single expectation that is malformed fails at its octet") {
  using turnout::field::expectation;
  CHECK_BOTH(expectation::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(expectation::parse_prefix("a=").error() == failure{errc::bad_token, 2});
  CHECK_BOTH(expectation::parse_prefix("a=\"b").error() == failure{errc::bad_quoted_string, 4});
  CHECK_BOTH(expectation::parse_prefix("a=b;c").error() == failure{errc::bad_parameter, 5});
}
