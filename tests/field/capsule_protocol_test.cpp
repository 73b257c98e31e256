// Capsule-Protocol: true, or as good as absent.
#include "turnout/field/capsule_protocol.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::errc;
using turnout::failure;
using turnout::field::capsule_protocol;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

namespace {

constexpr bool is_in_use(value_lines lines) {
  const auto field = capsule_protocol::parse(lines);
  return field && field->in_use;
}

constexpr bool is_not_in_use(value_lines lines) {
  const auto field = capsule_protocol::parse(lines);
  return field && !field->in_use;
}

// True if the failure is this one, and the value that is left is that of an absent field.
constexpr bool is_ignored(value_lines lines, std::size_t at,
                          errc code = errc::bad_capsule_protocol) {
  const auto field = capsule_protocol::parse(lines);
  return field.error() == failure{code, at} && !field->in_use;
}

constexpr std::array<tagged_value, 5> several{
    {{"?1", 1}, {"x", 2}, {"?1", 1}, {"?1;", 3}, {"?1", 3}}};

}  // namespace

TEST_CASE("[CAP-10] [CAP-12] ?1 is true, and ?0 means the same as no field") {
  CHECK_BOTH(is_in_use("?1"));
  CHECK_BOTH(is_in_use(" ?1  "));
  CHECK_BOTH(is_not_in_use("?0"));
  CHECK_BOTH(is_not_in_use("?0;a=?1"));
  CHECK_BOTH(is_not_in_use(value_lines{}));
  CHECK_BOTH(*capsule_protocol::parse("?0") == *capsule_protocol::parse(value_lines{}));
  CHECK_BOTH(!(*capsule_protocol::parse("?0") == *capsule_protocol::parse("?1")));
}

TEST_CASE("[CAP-10] an item of another type counts as absent") {
  CHECK_BOTH(is_ignored("1", 0));
  CHECK_BOTH(is_ignored("1.0", 0));
  CHECK_BOTH(is_ignored("\"?1\"", 0));
  CHECK_BOTH(is_ignored("true", 0));
  CHECK_BOTH(is_ignored(":AQ==:", 0));
  CHECK_BOTH(is_ignored("@1", 0));
  CHECK_BOTH(is_ignored("%\"?1\"", 0));
}

TEST_CASE("[CAP-10] a malformed item counts as absent") {
  CHECK_BOTH(is_ignored("", 0));
  CHECK_BOTH(is_ignored("?2", 1));
  CHECK_BOTH(is_ignored("?", 1));
  CHECK_BOTH(is_ignored("?1, ?1", 2));
  CHECK_BOTH(is_ignored("(?1)", 0));
  CHECK_BOTH(is_ignored("a=?1", 1));
  CHECK_BOTH(is_ignored("?1 x", 3));
}

TEST_CASE("[CAP-10] two lines count as absent, and the failure is the first one") {
  CHECK_BOTH(is_ignored({several, 1}, 3, errc::repeated_capsule_protocol));
  CHECK_BOTH(is_ignored({several, 3}, 3));
}

TEST_CASE(
    "[CAP-11] parameters of any type are ignored, and malformed ones make the field invalid") {
  CHECK_BOTH(is_in_use("?1;foo=bar;x"));
  CHECK_BOTH(is_in_use("?1; a=?0; b=-1; c=1.5; d=\"; \"; e=*; f=:Zg:; g=@1; h=%\"%c3%bc\""));
  CHECK_BOTH(is_ignored("?1;Foo=1", 3));
  CHECK_BOTH(is_ignored("?1;", 3));
  CHECK_BOTH(is_ignored("?1 ;a", 3));
  CHECK_BOTH(is_ignored("?1;a=", 5));
  CHECK_BOTH(is_ignored("?1;a=%\"%C3%BC\"", 8));
}

TEST_CASE("[CAP-10] [ENG-11] every octet in place of the question mark and of the digit") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string digit = std::string("?") + octet;
    const std::string mark = std::string(1, octet) + "1";
    CHECK(is_in_use(std::string_view{digit}) == (octet == '1'));
    CHECK(is_not_in_use(std::string_view{digit}) == (octet == '0'));
    CHECK(is_in_use(std::string_view{mark}) == (octet == '?'));
    CHECK(!is_not_in_use(std::string_view{mark}));
  }
}

TEST_CASE(
    "[CAP-12] [CAP-13] [ENG-04] [ENG-08] true is written without parameters, and false is not "
    "written") {
  CHECK_BOTH(guarded::writes(capsule_protocol{true}, "?1"));
  CHECK_BOTH(guarded::writes(*capsule_protocol::parse("?1;a"), "?1"));
  CHECK_BOTH(guarded::unwritable(capsule_protocol{}) == failure{errc::unwritable, 0});
}
