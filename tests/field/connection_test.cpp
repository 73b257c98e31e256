// Connection: options in any order and any case, as whole list elements.
#include "turnout/field/connection.hpp"

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
using turnout::field_name;
using turnout::field::connection;
using turnout::field::connection_option;
using turnout::field::connection_summary;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<connection::iterator>);
static_assert(std::ranges::forward_range<connection>);

namespace {

constexpr bool reads(value_lines lines, std::initializer_list<std::string_view> expected) {
  const auto list = connection::parse(lines);
  return list && list->size() == expected.size() &&
         std::ranges::equal(*list, expected, {}, &connection_option::text);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return connection::parse(lines).error() == failure{errc::bad_connection, at};
}

constexpr bool lists_upgrade(value_lines lines) {
  const auto list = connection::parse(lines);
  return list && list->contains({"upgrade"});
}

constexpr bool lacks_upgrade(value_lines lines) {
  const auto list = connection::parse(lines);
  return list && !list->contains({"upgrade"});
}

constexpr std::array<tagged_value, 3> several{{{"keep-alive", 7}, {"x", 1}, {"Upgrade", 7}}};

}  // namespace

TEST_CASE("[CON-01] [GRM-14] options are tokens, and their case does not matter") {
  CHECK_BOTH(reads("Upgrade,HTTP2-settings ,close", {"Upgrade", "HTTP2-settings", "close"}));
  CHECK_BOTH(lists_upgrade("UpGrAdE"));
  CHECK_BOTH(lists_upgrade("keep-alive, Upgrade"));
  CHECK_BOTH(connection_option{"Close"} == connection_option{"cLOSE"});
  CHECK_BOTH(!(connection_option{"close"} == connection_option{"closed"}));
}

TEST_CASE("[CON-02] [GRM-06] several lines are one list") {
  CHECK_BOTH(reads({several, 7}, {"keep-alive", "Upgrade"}));
  CHECK_BOTH(lists_upgrade({several, 7}));
  CHECK_BOTH(lacks_upgrade({several, 1}));
}

TEST_CASE("[CON-05] an option of any name is read") {
  CHECK_BOTH(lists_upgrade("foo, upgrade"));
  CHECK_BOTH(reads("!#$%&'*+-.^_`|~", {"!#$%&'*+-.^_`|~"}));
}

TEST_CASE("[GRM-03] [GRM-04] [GRM-05] empty elements and whitespace are ignored") {
  CHECK_BOTH(reads("", {}));
  CHECK_BOTH(reads(",", {}));
  CHECK_BOTH(reads(",,Upgrade,", {"Upgrade"}));
  CHECK_BOTH(reads(",,\t,  , ,Upgrade  ,,", {"Upgrade"}));
  CHECK_BOTH(reads("a\r\n ,\r\n\tb", {"a", "b"}));
}

TEST_CASE("[GRM-17] an option is a whole element") {
  CHECK_BOTH(lacks_upgrade("not-upgrade-really"));
  CHECK_BOTH(lacks_upgrade("upgrade-insecure"));
  CHECK_BOTH(lacks_upgrade("keep-alive"));
  CHECK_BOTH(lacks_upgrade(""));
}

TEST_CASE(
    "[CON-15] [GRM-10] [GRM-18] [GRM-21] one element that is not a token makes the list "
    "malformed") {
  CHECK_BOTH(fails("Upgrade@", 7));
  CHECK_BOTH(fails("Up grade", 3));
  CHECK_BOTH(fails("upgrade, @@", 9));
  CHECK_BOTH(fails("keep-alive Upgrade", 11));
  CHECK_BOTH(fails("keep-alive; Upgrade", 10));
  CHECK_BOTH(fails("upgrade;q=1", 7));
  CHECK_BOTH(fails("\"upgrade\"", 0));
  CHECK_BOTH(fails("upgrade\xC3\xA9", 7));
}

TEST_CASE("[GRM-16] letters are folded by ASCII alone") {
  CHECK_BOTH(!(connection_option{"k"} == connection_option{"\xE2\x84\xAA"}));  // the Kelvin sign
  CHECK_BOTH(!(connection_option{"@"} == connection_option{"`"}));
  CHECK_BOTH(!(connection_option{"^"} == connection_option{"~"}));
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const char other = static_cast<char>(i ^ 0x20);
    const bool letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    CHECK((connection_option{{&octet, 1}} == connection_option{{&other, 1}}) == letter);
  }
}

TEST_CASE("[CON-16] a list has as many elements as its limit") {
  CHECK_BOTH(connection::parse("a,b", 2)->size() == 2);
  CHECK_BOTH(connection::parse("a,b", 1).error() == failure{errc::too_many_elements, 2});
  std::string octets = "upgrade";
  for (int i = 0; i < 5000; ++i) octets += ",a";
  CHECK(connection::parse(value_lines{octets}).error().code == errc::too_many_elements);
}

TEST_CASE("[ENG-11] every octet after an option") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string octets = "close" + std::string(1, octet);
    const std::string_view whole = octets;
    const bool skipped = octet == ',' || octet == ' ' || octet == '\t';
    if (skipped || turnout::grammar::is_tchar(octet))
      CHECK(reads(whole, {skipped ? "close" : whole}));
    else
      CHECK(fails(whole, 5));
  }
}

TEST_CASE("[GRM-02] [GRM-20] [ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(connection_option{"Upgrade"}, "Upgrade"));
  CHECK_BOTH(writes(*connection::parse(",Upgrade ,,HTTP2-Settings"), "Upgrade, HTTP2-Settings"));
  CHECK_BOTH(writes(*connection::parse({several, 7}), "keep-alive, Upgrade"));
  CHECK_BOTH(*connection::parse("keep-alive, Upgrade") == *connection::parse({several, 7}));
  CHECK_BOTH(writes(connection{}, ""));
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(connection_option{"a\r\nX: y"}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(connection_option{""}).code == errc::unwritable);
}

TEST_CASE("[CON-01] [CON-03] a summary of Connection is found in one pass") {
  const auto says = [](value_lines lines) { return connection_summary::read(lines, 4); };
  CHECK_BOTH(says("keep-alive, UPGRADE").lists(field_name::upgrade));
  CHECK_BOTH(says("keep-alive, Upgrade").lists(field_name::keep_alive));
  CHECK_BOTH(!says("keep-alive, Upgrade").lists(field_name::close));
  CHECK_BOTH(!says("keep-alive, Upgrade").lists(field_name::other));
  CHECK_BOTH(says("x, Close").lists(field_name::close));
  CHECK_BOTH(says("x, Close").lists(field_name::other));
  CHECK_BOTH(!says("upgraded, closed").lists(field_name::upgrade));
  CHECK_BOTH(!says("upgraded, closed").lists(field_name::close));
  CHECK_BOTH(says("Upgrade").lists(field_name::upgrade));
  CHECK_BOTH(!says("Upgrade").lists(field_name::other));
  CHECK_BOTH(says("").listed.empty());
  CHECK_BOTH(says("a,b,c,d").why == failure{});
  CHECK_BOTH(says("a,b,c,d,upgrade").why == failure{errc::too_many_elements, 8});
  CHECK_BOTH(says("upgrade, @").why == failure{errc::bad_connection, 9});
  CHECK_BOTH(says({several, 7}).lists(field_name::upgrade));
  CHECK_BOTH(says({several, 7}).lists(field_name::keep_alive));
}

TEST_CASE("[CON-01] [CON-16] the value that Firefox sends is read like any other") {
  for (const std::string_view value : {"keep-alive, Upgrade", "Keep-Alive, upgrade"}) {
    const auto says = connection_summary::read(value, 2);
    CHECK(says.why.code == errc::none);
    CHECK(says.lists(field_name::keep_alive));
    CHECK(says.lists(field_name::upgrade));
    CHECK(!says.lists(field_name::other));
    CHECK(!says.lists(field_name::close));
    CHECK(connection_summary::read(value, 1).why == failure{errc::too_many_elements, 12});
  }
  CHECK(connection_summary::read("keep-alive; Upgrade", 2).why.code == errc::bad_connection);
}

TEST_CASE("a single option that is no token is a bad_token") {
  CHECK_BOTH(connection_option::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(connection_option::parse_prefix("@").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(connection_option::parse_prefix("a@")->size == 1);
}
