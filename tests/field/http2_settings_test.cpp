// HTTP2-Settings: whole settings in base64url, one line, and only values that a frame may have.
#include "turnout/field/http2_settings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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
using turnout::field::http2_setting;
using turnout::field::http2_settings;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<http2_settings::iterator>);
static_assert(std::ranges::forward_range<http2_settings>);

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr bool reads(value_lines lines, std::initializer_list<http2_setting> expected) {
  const auto settings = http2_settings::parse(lines);
  return settings && settings->size() == expected.size() && std::ranges::equal(*settings, expected);
}

constexpr bool fails(value_lines lines, std::size_t at, errc code = errc::bad_http2_settings) {
  return http2_settings::parse(lines).error() == failure{code, at};
}

constexpr std::uint32_t value_of(std::string_view octets, std::uint16_t id,
                                 std::uint32_t otherwise) {
  return http2_settings::parse(octets)->value_of(id, otherwise);
}

// Settings of the caller's, to be written.
struct listed {
  std::span<const http2_setting> settings;
  constexpr void put(turnout::writer& to) const {
    turnout::field::put_http2_settings(to, settings);
  }
};

constexpr bool writes(std::initializer_list<http2_setting> settings, std::string_view text) {
  return guarded::writes(listed{{settings.begin(), settings.size()}}, text);
}

constexpr bool unwritable(std::initializer_list<http2_setting> settings, std::size_t at) {
  return guarded::unwritable(listed{{settings.begin(), settings.size()}}) ==
         failure{errc::unwritable, at};
}

// What a setting says, by way of the field: true if it is taken, written and read as it is; false
// if it is refused both ways.
constexpr bool is_allowed(std::uint16_t id, std::uint32_t value) {
  const http2_setting setting{id, value};
  std::array<char, 8> text{};
  const auto written = turnout::write(setting, text);
  if (!written) return setting.is_allowed();
  return setting.is_allowed() && reads(*written, {setting});
}

constexpr std::array<tagged_value, 4> several{
    {{"AAMAAABk", 1}, {"x", 2}, {"AAMAAABk", 1}, {"AAMAAABk", 3}}};

}  // namespace

TEST_CASE("[H2C-02] [H2C-04] a value is settings in order, six octets in eight") {
  CHECK_BOTH(reads("AAMAAABk", {{3, 100}}));
  CHECK_BOTH(reads("AAMAAABkAAQAAP__", {{3, 100}, {4, 65535}}));
  CHECK_BOTH(reads("AAR_____", {{4, 0x7FFFFFFF}}));
  CHECK_BOTH(reads("________", {{0xFFFF, 0xFFFFFFFF}}));
  CHECK_BOTH(reads("AQIDBAUG", {{0x0102, 0x03040506}}));
  CHECK_BOTH(reads("-----_--", {{0xFBEF, 0xBEFBFFBE}}));
  CHECK_BOTH(reads({several, 3}, {{3, 100}}));
}

TEST_CASE("[H2C-03] there must be exactly one line") {
  CHECK_BOTH(fails(value_lines{}, 0, errc::missing_http2_settings));
  CHECK_BOTH(fails({several, 1}, 9, errc::repeated_http2_settings));
  CHECK_BOTH(fails("AAMAAABk, AAMAAABk", 8));
}

TEST_CASE("[H2C-04] another alphabet, padding and whitespace are not base64url") {
  CHECK_BOTH(fails("AAR/////", 3));
  CHECK_BOTH(fails("AAMAAAB+", 7));
  CHECK_BOTH(fails("AAMAAABk=", 8));
  CHECK_BOTH(fails("AAMAAABk====", 8));
  CHECK_BOTH(fails("AAMAAA==", 6));
  CHECK_BOTH(fails("AAMA AABk", 4));
  CHECK_BOTH(fails(" AAMAAABk", 0));
  CHECK_BOTH(fails("AAMAAABk\r\n AAMAAABk", 8));
}

TEST_CASE("[H2C-04] [H2C-05] a value has at least one setting, and only complete ones") {
  constexpr std::string_view whole = "AAMAAABkAAQAAP__AAMAAABk";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CAPTURE(size);
    // An allocation of exactly this size: the address sanitizer sees a read past its end.
    const std::string cut{whole.substr(0, size)};
    const bool good = size > 0 && size % 8 == 0;
    CHECK(static_cast<bool>(http2_settings::parse(std::string_view{cut})) == good);
    CHECK(fails(std::string_view{cut}, size) == !good);
  }
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("AAMAA", 5));
  CHECK_BOTH(fails("AAMAAAA", 7));
}

TEST_CASE("[H2C-04] [ENG-11] every octet at every place of a setting") {
  for (std::size_t at = 0; at < 8; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string octets = "f_______";
      octets[at] = static_cast<char>(i);
      const std::size_t digit = alphabet.find(octets[at]);
      if (digit == alphabet.npos) {
        CHECK(fails(std::string_view{octets}, at));
        continue;
      }
      // Eight digits of six bits are one number of 48.
      std::uint64_t number = 0x7FFFFFFFFFFF;
      number &= ~(std::uint64_t{63} << (42 - 6 * at));
      number |= std::uint64_t{digit} << (42 - 6 * at);
      const http2_setting expected{static_cast<std::uint16_t>(number >> 32),
                                   static_cast<std::uint32_t>(number)};
      CHECK(reads(std::string_view{octets}, {expected}));
    }
  }
}

TEST_CASE("[H2C-06] a value that would be a connection error in a frame is refused") {
  CHECK_BOTH(fails("AAIAAAAC", 0, errc::forbidden_http2_setting));
  CHECK_BOTH(fails("AASAAAAA", 0, errc::forbidden_http2_setting));
  CHECK_BOTH(fails("AAUAAD__", 0, errc::forbidden_http2_setting));
  CHECK_BOTH(fails("AAMAAABkAAIAAAACAAMAAABk", 8, errc::forbidden_http2_setting));
  CHECK_BOTH(fails("AAIAAAACAAIAAAAA", 0, errc::forbidden_http2_setting));
}

TEST_CASE("[H2C-06] known settings have limits, unknown ones have none") {
  CHECK_BOTH(is_allowed(http2_setting::enable_push, 0));
  CHECK_BOTH(is_allowed(http2_setting::enable_push, 1));
  CHECK_BOTH(!is_allowed(http2_setting::enable_push, 2));
  CHECK_BOTH(!is_allowed(http2_setting::enable_push, 0xFFFFFFFF));
  CHECK_BOTH(is_allowed(http2_setting::initial_window_size, 0));
  CHECK_BOTH(is_allowed(http2_setting::initial_window_size, 0x7FFFFFFF));
  CHECK_BOTH(!is_allowed(http2_setting::initial_window_size, 0x80000000));
  CHECK_BOTH(!is_allowed(http2_setting::max_frame_size, 0));
  CHECK_BOTH(!is_allowed(http2_setting::max_frame_size, 16383));
  CHECK_BOTH(is_allowed(http2_setting::max_frame_size, 16384));
  CHECK_BOTH(is_allowed(http2_setting::max_frame_size, 16777215));
  CHECK_BOTH(!is_allowed(http2_setting::max_frame_size, 16777216));
  CHECK_BOTH(reads("AP8AAAAB", {{0xFF, 1}}));
  std::size_t wrong = 0;
  for (std::uint32_t id = 0; id < 0x10000; ++id)
    for (const std::uint32_t value : {0u, 0xFFFFFFFFu}) {
      const bool known = id == 2 || id == 4 || id == 5;
      const bool good = value == 0 ? id != 5 : !known;
      wrong += is_allowed(static_cast<std::uint16_t>(id), value) != good;
    }
  CHECK(wrong == 0);
}

TEST_CASE("[H2C-06] the last setting of an id counts, or else the initial value") {
  constexpr std::string_view twice = "AAMAAABkAAQAAP__AAMAAAAB";  // {3:100} {4:65535} {3:1}
  CHECK_BOTH(reads(twice, {{3, 100}, {4, 65535}, {3, 1}}));
  CHECK_BOTH(value_of(twice, http2_setting::max_concurrent_streams, 7) == 1);
  CHECK_BOTH(value_of(twice, http2_setting::initial_window_size, 7) == 65535);
  CHECK_BOTH(value_of(twice, http2_setting::header_table_size, 4096) == 4096);
  CHECK_BOTH(value_of(twice, http2_setting::max_header_list_size, 7) == 7);
  CHECK_BOTH(http2_settings{}.value_of(3, 7) == 7);
}

TEST_CASE("the settings can be iterated more than once") {
  constexpr http2_settings two = *http2_settings::parse("AAMAAABkAAQAAP__");
  CHECK_BOTH([&] {
    auto here = two.begin();
    const auto before = here++;
    return before == two.begin() && before != here && before->id == 3 && here->id == 4 &&
           here->value == 65535 && ++here == two.end();
  }());
  CHECK_BOTH(http2_settings{}.begin() == http2_settings{}.end());
  CHECK_BOTH(http2_settings{}.size() == 0);
  CHECK_BOTH(two == *http2_settings::parse("AAMAAABkAAQAAP__"));
  CHECK_BOTH(!(two == *http2_settings::parse("AAMAAABk")));
}

TEST_CASE(
    "[H2C-02] [ENG-04] [ENG-08] settings are written without padding, and read as they were") {
  CHECK_BOTH(writes({{3, 100}, {4, 65535}}, "AAMAAABkAAQAAP__"));
  CHECK_BOTH(writes({{3, 100}, {3, 1}}, "AAMAAABkAAMAAAAB"));
  CHECK_BOTH(guarded::writes(http2_setting{0xFBEF, 0xBEFBFFBE}, "-----_--"));
  CHECK_BOTH(guarded::writes(*http2_settings::parse("AAMAAABkAAQAAP__"), "AAMAAABkAAQAAP__"));
}

TEST_CASE(
    "[H2C-04] [H2C-06] a value without settings, or with one that a peer would refuse, is not "
    "written") {
  CHECK_BOTH(unwritable({}, 0));
  CHECK_BOTH(unwritable({{3, 100}, {2, 2}, {5, 0}}, 1));
  CHECK_BOTH(guarded::unwritable(http2_setting{4, 0x80000000}) == failure{errc::unwritable, 0});
}

TEST_CASE("[H2C-04] the payload is decoded completely, or fails with the size needed") {
  const auto settings = http2_settings::parse("AAMAAABkAAQAAP__");
  constexpr std::array<std::uint8_t, 12> expected{0, 3, 0, 0, 0, 100, 0, 4, 0, 0, 255, 255};
  std::array<std::uint8_t, 16> out{};
  CHECK(settings->decode(std::span{out}.first(11)).error() == failure{errc::no_space, 12});
  CHECK(out == std::array<std::uint8_t, 16>{});
  CHECK(*settings->decode(out) == 12);
  CHECK(std::equal(expected.begin(), expected.end(), out.begin()));
}

TEST_CASE("a setting is all zero at first") { CHECK_BOTH(http2_setting{} == http2_setting{0, 0}); }
