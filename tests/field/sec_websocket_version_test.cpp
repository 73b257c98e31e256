// Sec-WebSocket-Version: one number in a request, a list of them in a response.
#include "turnout/field/sec_websocket_version.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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
using turnout::field::sec_websocket_version;
using turnout::field::websocket_version;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<sec_websocket_version::iterator>);
static_assert(std::ranges::forward_range<sec_websocket_version>);

namespace {

constexpr failure bad_at(std::size_t at) { return {errc::bad_websocket_version, at}; }

constexpr bool fails(std::string_view octets, std::size_t at) {
  return websocket_version::parse(octets).error() == bad_at(at);
}

constexpr bool lists(value_lines lines, std::initializer_list<std::uint8_t> expected) {
  const auto list = sec_websocket_version::parse(lines);
  return list && list->size() == expected.size() &&
         std::ranges::equal(*list, expected, {}, &websocket_version::number);
}

constexpr std::array<tagged_value, 2> several{{{"13", 1}, {"8, 7", 1}}};

}  // namespace

TEST_CASE("[WS-54] a version is a number up to 255") {
  CHECK_BOTH(websocket_version{}.number == 13);
  for (int number = 0; number < 300; ++number) {
    CAPTURE(number);
    const std::string octets = std::to_string(number);
    if (number < 256)
      CHECK(websocket_version::parse(octets) ==
            websocket_version{static_cast<std::uint8_t>(number)});
    else
      CHECK(fails(octets, 2));
  }
}

TEST_CASE("[WS-54] a version has only digits, and no leading zero") {
  CHECK_BOTH(websocket_version::parse("13") == websocket_version{13});
  CHECK_BOTH(websocket_version::parse("0") == websocket_version{0});
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("013", 0));
  CHECK_BOTH(fails("00", 0));
  CHECK_BOTH(fails("13.0", 2));
  CHECK_BOTH(fails("0x0d", 1));
  CHECK_BOTH(fails("+13", 0));
  CHECK_BOTH(fails("-1", 0));
  CHECK_BOTH(fails("256", 2));
  CHECK_BOTH(fails("1000", 3));
  CHECK_BOTH(fails(" 13", 0));
  CHECK_BOTH(fails("13 ", 2));
}

TEST_CASE("[WS-54] a request has one version") {
  CHECK_BOTH(fails("13, 8", 2));
  CHECK_BOTH(fails("13,", 2));
}

TEST_CASE("[WS-54] [ENG-11] every octet after a digit") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = "1" + std::string(1, static_cast<char>(i));
    if (i >= '0' && i <= '9')
      CHECK(websocket_version::parse(octets)->number == 10 + i - '0');
    else
      CHECK(fails(octets, 1));
  }
}

TEST_CASE("[WS-55] a response lists versions, over several lines too") {
  CHECK_BOTH(lists("13", {13}));
  CHECK_BOTH(lists("13, 8,7", {13, 8, 7}));
  CHECK_BOTH(lists({several, 1}, {13, 8, 7}));
  CHECK_BOTH(sec_websocket_version::parse({several, 1})->contains({8}));
  CHECK_BOTH(!sec_websocket_version::parse({several, 1})->contains({9}));
  CHECK_BOTH(sec_websocket_version::parse("13,8", 1).error() ==
             failure{errc::too_many_elements, 3});
}

TEST_CASE("[GRM-04] [GRM-21] a list has at least one version, and nothing else") {
  CHECK_BOTH(sec_websocket_version::parse("").error() == bad_at(0));
  CHECK_BOTH(sec_websocket_version::parse(",").error() == bad_at(1));
  CHECK_BOTH(sec_websocket_version::parse("13 8").error() == bad_at(3));
  CHECK_BOTH(sec_websocket_version::parse("13, 08").error() == bad_at(4));
  CHECK_BOTH(sec_websocket_version::parse("13, x").error() == bad_at(4));
  CHECK_BOTH(sec_websocket_version::parse("13, 256").error() == bad_at(6));
}

TEST_CASE("[ENG-04] [ENG-08] versions are written in digits, and read as they were") {
  CHECK_BOTH(writes(websocket_version{}, "13"));
  CHECK_BOTH(writes(websocket_version{0}, "0"));
  CHECK_BOTH(writes(websocket_version{255}, "255"));
  CHECK_BOTH(writes(*sec_websocket_version::parse({several, 1}), "13, 8, 7"));
  CHECK_BOTH(*sec_websocket_version::parse("13, 8, 7") ==
             *sec_websocket_version::parse({several, 1}));
}
