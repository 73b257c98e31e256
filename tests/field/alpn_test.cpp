// ALPN: names of protocols in the one spelling that each of them has.
#include "turnout/field/alpn.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::errc;
using turnout::failure;
using turnout::field::alpn;
using turnout::field::protocol_id;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<alpn::iterator>);
static_assert(std::ranges::forward_range<alpn>);

namespace {

// What is read as these names, decoded.
constexpr bool reads(value_lines lines, std::initializer_list<std::string_view> names) {
  const auto list = alpn::parse(lines);
  const auto same = [](const protocol_id& one, std::string_view name) { return one == name; };
  return list && list->size() == names.size() && std::ranges::equal(*list, names, same);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return alpn::parse(lines).error() == failure{errc::bad_alpn, at};
}

constexpr protocol_id id(std::string_view text) { return protocol_id::parse_prefix(text)->value; }

// A name of the caller's, and several of them, to be written.
struct named {
  std::string_view name;
  constexpr void put(turnout::writer& to) const { turnout::field::put_protocol_id(to, name); }
};
struct listed {
  std::span<const std::string_view> names;
  constexpr void put(turnout::writer& to) const { turnout::field::put_alpn(to, names); }
};
struct decoded {
  protocol_id id;
  constexpr void put(turnout::writer& to) const { id.put_name(to); }
};

constexpr bool writes(std::initializer_list<std::string_view> names, std::string_view text) {
  return guarded::writes(listed{{names.begin(), names.size()}}, text);
}

constexpr bool unwritable(std::initializer_list<std::string_view> names, std::size_t at) {
  return guarded::unwritable(listed{{names.begin(), names.size()}}) ==
         failure{errc::unwritable, at};
}

// True if `name` is written as `text`, and `text` is read as `name` alone.
constexpr bool both_ways(std::string_view name, std::string_view text) {
  return guarded::writes(named{name}, text) && reads(text, {name}) &&
         guarded::writes(decoded{id(text)}, name) && id(text).size() == name.size();
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

constexpr std::array<tagged_value, 3> several{{{"h2", 4}, {"x", 1}, {"http%2F1.1,h3", 4}}};

}  // namespace

TEST_CASE("[ALP-20] names are a list, over several lines too") {
  CHECK_BOTH(reads("h2", {"h2"}));
  CHECK_BOTH(reads("h2, http%2F1.1", {"h2", "http/1.1"}));
  CHECK_BOTH(reads(",h2 ,,\thttp%2F1.1,", {"h2", "http/1.1"}));
  CHECK_BOTH(reads({several, 4}, {"h2", "http/1.1", "h3"}));
}

TEST_CASE("[ALP-20] [GRM-03] a list has at least one name") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails(", ,", 3));
  CHECK_BOTH(fails(value_lines{}, 0));
}

TEST_CASE("[ALP-20] a name is a token") {
  CHECK_BOTH(fails("http/1.1", 4));
  CHECK_BOTH(fails("h2 h3", 3));
  CHECK_BOTH(fails("h2;q=1", 2));
  CHECK_BOTH(fails("\"h2\"", 0));
  CHECK_BOTH(fails("h2, \xC3\xA9", 4));
}

TEST_CASE("[ALP-21] octets other than tchar, and the percent sign, are percent-encoded") {
  CHECK_BOTH(both_ways("h2", "h2"));
  CHECK_BOTH(both_ways("http/1.1", "http%2F1.1"));
  CHECK_BOTH(both_ways("w=x:y#z", "w%3Dx%3Ay#z"));
  CHECK_BOTH(both_ways("x%y", "x%25y"));
  CHECK_BOTH(both_ways("\n\n", "%0A%0A"));
  CHECK_BOTH(both_ways(" ", "%20"));
  CHECK_BOTH(both_ways("%", "%25"));
  CHECK_BOTH(both_ways("%25", "%2525"));
  CHECK_BOTH(both_ways("\xC3\xA9", "%C3%A9"));
  CHECK_BOTH(both_ways(std::string_view{"\0a", 2}, "%00a"));
}

TEST_CASE("[ALP-22] another spelling of a name is refused") {
  CHECK_BOTH(fails("http%2f1.1", 6));
  CHECK_BOTH(fails("%682", 0));
  CHECK_BOTH(fails("h%32", 1));
  CHECK_BOTH(fails("x%2A", 1));
  CHECK_BOTH(fails("%C3%a9", 4));
  CHECK_BOTH(fails("h2, h%33", 5));
}

TEST_CASE("[ALP-23] a percent sign needs two digits") {
  CHECK_BOTH(fails("h2%", 3));
  CHECK_BOTH(fails("h2%2", 4));
  CHECK_BOTH(fails("h2%zz", 3));
  CHECK_BOTH(fails("h2%2z", 4));
  CHECK_BOTH(fails("h2%, h3", 3));
  CHECK_BOTH(fails("h2%2,F", 4));
  CHECK_BOTH(fails("%%25", 1));
}

TEST_CASE("[ALP-21] [ALP-22] [ENG-11] every octet has one spelling") {
  constexpr std::string_view signs = "!#$&'*+-.^_`|~";
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octet(1, static_cast<char>(i));
    const bool letter = (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
    const bool plain = letter || (i >= '0' && i <= '9') || signs.find(octet.front()) != signs.npos;
    constexpr std::string_view digits = "0123456789ABCDEF";
    const std::string encoded{'%', digits[static_cast<std::size_t>(i) / 16],
                              digits[static_cast<std::size_t>(i) % 16]};
    CHECK(both_ways(octet, plain ? octet : encoded));
    CHECK(fails(std::string_view{encoded}, 0) == plain);
    CHECK(reads(std::string_view{octet}, {octet}) == plain);
  }
}

TEST_CASE("[ALP-26] a decoded name has 1 to 255 octets") {
  const std::string most = repeated("a", 255);
  const std::string encoded = repeated("%2F", 255);
  CHECK(reads(std::string_view{most}, {most}));
  CHECK(reads(std::string_view{encoded}, {repeated("/", 255)}));
  CHECK(fails(std::string_view{most + "a"}, 255));
  CHECK(fails(std::string_view{encoded + "%2F"}, 765));
  CHECK(fails(std::string_view{"h2," + most + "a,h3"}, 258));
  CHECK(id(encoded).size() == 255);
}

TEST_CASE("[ALP-07] names are compared octet for octet, without decoding them into memory") {
  CHECK_BOTH(id("h2") == "h2");
  CHECK_BOTH(!(id("h2") == "H2"));
  CHECK_BOTH(!(id("h2") == "h"));
  CHECK_BOTH(!(id("h2") == "h2c"));
  CHECK_BOTH(!(id("http%2F1.1") == "http%2F1.1"));
  CHECK_BOTH(id("h2") == id("h2"));
  CHECK_BOTH(!(id("h2") == id("H2")));
  CHECK_BOTH(protocol_id{} == "");
  CHECK_BOTH(alpn::parse("h2, http%2F1.1")->contains(id("http%2F1.1")));
  CHECK_BOTH(id("http%2F1.1").text() == "http%2F1.1");
}

TEST_CASE("[ALP-25] a name that nobody knows is read like any other") {
  CHECK_BOTH(reads("%0A%0A, c-webrtc, x", {"\n\n", "c-webrtc", "x"}));
}

TEST_CASE("a list has as many names as its limit") {
  CHECK_BOTH(alpn::parse("a,b", 2)->size() == 2);
  CHECK_BOTH(alpn::parse("a,b", 1).error() == failure{errc::too_many_elements, 2});
}

TEST_CASE("[ALP-20] [GRM-20] [ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes({"h2", "http/1.1"}, "h2, http%2F1.1"));
  CHECK_BOTH(writes({"\n\n"}, "%0A%0A"));
  CHECK_BOTH(guarded::writes(*alpn::parse({several, 4}), "h2, http%2F1.1, h3"));
  CHECK_BOTH(guarded::writes(id("http%2F1.1"), "http%2F1.1"));
  CHECK_BOTH(*alpn::parse("h2, http%2F1.1,h3") == *alpn::parse({several, 4}));
}

TEST_CASE(
    "[ALP-20] [ALP-26] a list without names, an empty name and one that is too long are not "
    "written") {
  CHECK_BOTH(unwritable({}, 0));
  CHECK_BOTH(unwritable({"h2", ""}, 1));
  CHECK_BOTH(guarded::unwritable(named{""}) == failure{errc::unwritable, 0});
  const std::string most = repeated("a", 255);
  const std::string more = most + "a";
  std::string out(256, '#');
  CHECK(*turnout::write(named{most}, out) == most);
  CHECK(unwritable({"h2", "h3", more}, 2));
  CHECK(guarded::unwritable(named{more}) == failure{errc::unwritable, 255});
}

TEST_CASE("a single name that is malformed is a bad_alpn") {
  const auto why = [](std::string_view text) { return protocol_id::parse_prefix(text).error(); };
  CHECK_BOTH(why("") == failure{errc::bad_alpn, 0});
  CHECK_BOTH(why("h2%4") == failure{errc::bad_alpn, 4});
  CHECK_BOTH(why("h2%41") == failure{errc::bad_alpn, 2});
  CHECK(why(std::string(turnout::field::max_protocol_name + 1, 'a')) ==
        failure{errc::bad_alpn, turnout::field::max_protocol_name});
}
