// Upgrade: protocols, lists of them over one or several lines, and how they are written.
#include "turnout/field/upgrade.hpp"

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

using guarded::unwritable;
using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::protocol;
using turnout::field::upgrade;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<upgrade::iterator>);
static_assert(std::ranges::forward_range<upgrade>);

namespace {

constexpr bool reads(value_lines lines, std::initializer_list<protocol> expected) {
  const auto same_octets = [](const protocol& one, const protocol& other) {
    return one.name == other.name && one.version == other.version;
  };
  const auto list = upgrade::parse(lines);
  return list && list->size() == expected.size() && list->empty() == (expected.size() == 0) &&
         std::ranges::equal(*list, expected, same_octets);
}

constexpr bool holds(value_lines lines, const protocol& wanted) {
  const auto list = upgrade::parse(lines);
  return list && list->contains(wanted);
}

constexpr bool lacks(value_lines lines, const protocol& wanted) {
  const auto list = upgrade::parse(lines);
  return list && !list->contains(wanted);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return upgrade::parse(lines).error() == failure{errc::bad_upgrade, at};
}

constexpr std::array<tagged_value, 4> several{{{"a", 1}, {"y/9", 2}, {"", 1}, {"b, c/2", 1}}};
constexpr std::array<tagged_value, 3> broken{{{"ab", 1}, {"c,", 1}, {"d e", 1}}};

}  // namespace

TEST_CASE("[UPG-01] [UPG-02] protocols are names, each with an optional version after a slash") {
  CHECK_BOTH(reads("foo", {{"foo", ""}}));
  CHECK_BOTH(reads("foo/2, bar", {{"foo", "2"}, {"bar", ""}}));
  CHECK_BOTH(
      reads("HTTP/2.0, SHTTP/1.3, IRC/6.9, RTA/x11, SPDY/3.1",
            {{"HTTP", "2.0"}, {"SHTTP", "1.3"}, {"IRC", "6.9"}, {"RTA", "x11"}, {"SPDY", "3.1"}}));
  CHECK_BOTH(reads("!#$%&'*+-.^_`|~/~", {{"!#$%&'*+-.^_`|~", "~"}}));
}

TEST_CASE("[UPG-02] a protocol has no whitespace, one slash at most, and no empty part") {
  CHECK_BOTH(fails("/2", 0));
  CHECK_BOTH(fails("foo/", 4));
  CHECK_BOTH(fails("foo/, bar", 4));
  CHECK_BOTH(fails("foo /2", 4));
  CHECK_BOTH(fails("foo/ 2", 4));
  CHECK_BOTH(fails("foo/2/3", 5));
  CHECK_BOTH(fails("foo//2", 4));
  CHECK_BOTH(fails("foo=2", 3));
  CHECK_BOTH(fails("foo/\"2\"", 4));
}

TEST_CASE(
    "[GRM-10] [GRM-18] [GRM-21] [MSG-40] one malformed element makes the whole list malformed") {
  CHECK_BOTH(fails("foo/2, b@d", 8));
  CHECK_BOTH(fails("b@d, foo/2", 1));
  CHECK_BOTH(fails("h2c websocket", 4));
  CHECK_BOTH(fails("websocket; v=13", 9));
  CHECK_BOTH(fails("\"websocket\"", 0));
  CHECK_BOTH(fails("foo\xFF/2", 3));
  CHECK_BOTH(
      fails("websoc\xE2\x84\xAA"
            "et",
            6));  // with the Kelvin sign
}

TEST_CASE("[GRM-03] [GRM-04] empty elements are skipped, and a list may have no others") {
  CHECK_BOTH(reads(", foo/2 , ,", {{"foo", "2"}}));
  CHECK_BOTH(reads(",,\t,  , ,Upgrade  ,,", {{"Upgrade", ""}}));
  CHECK_BOTH(reads("", {}));
  CHECK_BOTH(reads(",", {}));
  CHECK_BOTH(reads(" ,\t, ", {}));
  CHECK_BOTH(reads(value_lines{}, {}));
}

TEST_CASE("[GRM-05] [MSG-43] whitespace and folds may be around the commas") {
  CHECK_BOTH(reads("\ta\t ,\t b", {{"a", ""}, {"b", ""}}));
  CHECK_BOTH(reads("a,b", {{"a", ""}, {"b", ""}}));
  CHECK_BOTH(reads("a\r\n ,\r\n\tb/2\r\n ", {{"a", ""}, {"b", "2"}}));
  CHECK_BOTH(fails("a\r\n b", 4));
  CHECK_BOTH(fails("a\v, b", 1));
}

TEST_CASE("[GRM-06] several lines are one list, in their order") {
  CHECK_BOTH(reads({several, 1}, {{"a", ""}, {"b", ""}, {"c", "2"}}));
  CHECK_BOTH(reads({several, 2}, {{"y", "9"}}));
  CHECK_BOTH(reads({several, 3}, {}));
  CHECK_BOTH(writes(*upgrade::parse({several, 1}), "a, b, c/2"));
  CHECK_BOTH(fails({broken, 1}, 2 + 1 + 2 + 1 + 2));
}

TEST_CASE("[UPG-03] [UPG-04] names are compared in any case, versions octet for octet") {
  CHECK_BOTH(protocol{"foo", "2"} == protocol{"FOO", "2"});
  CHECK_BOTH(!(protocol{"foo", "2"} == protocol{"foo", "3"}));
  CHECK_BOTH(!(protocol{"foo", "a"} == protocol{"foo", "A"}));
  CHECK_BOTH(!(protocol{"websocket", ""} == protocol{"websocket", "13"}));
  CHECK_BOTH(!(protocol{"foo", ""} == protocol{"bar", ""}));
  CHECK_BOTH(holds("h2c, WebSocket", {"websocket", ""}));
}

TEST_CASE("[GRM-17] whole elements are compared") {
  CHECK_BOTH(lacks("xwebsocketx", {"websocket", ""}));
  CHECK_BOTH(lacks("websocket/13", {"websocket", ""}));
  CHECK_BOTH(lacks("", {"", ""}));
}

TEST_CASE("lists are equal if their elements are, in the same order") {
  CHECK_BOTH(*upgrade::parse("a/1,b") == *upgrade::parse(", A/1 , B"));
  CHECK_BOTH(!(upgrade::parse("a, b") == upgrade::parse("b, a")));
  CHECK_BOTH(!(upgrade::parse("a") == upgrade::parse("a, b")));
  CHECK_BOTH(upgrade{} == *upgrade::parse(","));
}

TEST_CASE("[GRM-03] [UPG-49] a list has as many elements as its limit, empty ones included") {
  constexpr failure one_more{errc::too_many_elements, 4};
  CHECK_BOTH(upgrade::parse("a,b,c", 3)->size() == 3);
  CHECK_BOTH(upgrade::parse("a,b,c", 2).error() == one_more);
  CHECK_BOTH(upgrade::parse("a,,c", 3)->size() == 2);
  CHECK_BOTH(upgrade::parse(",,,,c", 4).error() == one_more);
  CHECK_BOTH(upgrade::parse("", 0).error() == failure{});
  CHECK_BOTH(upgrade::parse({several, 1}, 2).error() == failure{errc::too_many_elements, 6});
  std::string octets = "a";
  for (std::size_t i = 1; i < turnout::grammar::default_list_elements; ++i) octets += ",a";
  CHECK(upgrade::parse(value_lines{octets})->size() == turnout::grammar::default_list_elements);
  CHECK(upgrade::parse(value_lines{octets + ",a"}).error() ==
        failure{errc::too_many_elements, octets.size() + 1});
  CHECK(upgrade::parse(value_lines{std::string(10000, ',')}).error() ==
        failure{errc::too_many_elements, turnout::grammar::default_list_elements});
}

TEST_CASE("[GRM-01] [ENG-11] every octet in a name and in a version") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string name = "a" + std::string(1, octet) + "b";
    const std::string version = "x/a" + std::string(1, octet) + "b";
    if (turnout::grammar::is_tchar(octet)) {
      CHECK(reads(std::string_view{name}, {{name, ""}}));
      CHECK(reads(std::string_view{version}, {{"x", version.substr(2)}}));
    } else if (octet == ',') {
      CHECK(reads(std::string_view{name}, {{"a", ""}, {"b", ""}}));
      CHECK(reads(std::string_view{version}, {{"x", "a"}, {"b", ""}}));
    } else {
      const bool white = octet == ' ' || octet == '\t';
      CHECK(fails(std::string_view{version}, white ? 4 : 3));
      if (octet == '/')
        CHECK(reads(std::string_view{name}, {{"a", "b"}}));
      else
        CHECK(fails(std::string_view{name}, white ? 2 : 1));
    }
  }
}

TEST_CASE("[GRM-02] [GRM-20] [UPG-01] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(protocol{"foo", "2"}, "foo/2"));
  CHECK_BOTH(writes(protocol{"bar", ""}, "bar"));
  CHECK_BOTH(writes(*upgrade::parse(" ,foo/2,,bar\t, x/1"), "foo/2, bar, x/1"));
  CHECK_BOTH(*upgrade::parse("foo/2, bar, x/1") == *upgrade::parse(" ,foo/2,,bar\t, x/1"));
  CHECK_BOTH(writes(*upgrade::parse(",,"), ""));
}

TEST_CASE("[MSG-82] a protocol that is not made of tokens is not written") {
  CHECK_BOTH(unwritable(protocol{"", ""}) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(protocol{"foo\r\nX: y", ""}) == failure{errc::unwritable, 3});
  CHECK_BOTH(unwritable(protocol{"foo, bar", ""}) == failure{errc::unwritable, 3});
  CHECK_BOTH(unwritable(protocol{"foo", "2\n"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(protocol{"foo/2", ""}) == failure{errc::unwritable, 3});
}

TEST_CASE("an iterator over protocols can be copied, compared and used again") {
  constexpr std::string_view octets = "a, a";
  const auto list = upgrade::parse(octets);
  auto here = list->begin();
  const auto first = here++;
  CHECK(first == list->begin());
  CHECK(here != first);
  CHECK(here->name.data() == octets.data() + 3);
  CHECK(first->name.data() == octets.data());
  CHECK(++here == list->end());
  CHECK(std::ranges::distance(*list) == 2);
}

TEST_CASE("a single protocol that is malformed is a bad_protocol") {
  CHECK_BOTH(protocol::parse_prefix("").error() == failure{errc::bad_protocol, 0});
  CHECK_BOTH(protocol::parse_prefix("foo/").error() == failure{errc::bad_protocol, 4});
  CHECK_BOTH(protocol::parse_prefix("foo/2/")->size == 5);
}
