// The octet classes, all 256 octets against the grammars of RFC 9110 and RFC 3986 written out.
#include "turnout/grammar/octet.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

#include "support/both.hpp"

using turnout::grammar::octet_class;

namespace {

constexpr std::string_view alphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr bool among(std::string_view set, int octet) {
  return octet < 0x80 && set.find(static_cast<char>(octet)) != set.npos;
}

// RFC 9110 section 5.6.2.
constexpr bool expected_tchar(int octet) {
  return among(alphanumeric, octet) || among("!#$%&'*+-.^_`|~", octet);
}

// RFC 9110 section 5.5: field-vchar = VCHAR / obs-text, and SP and HTAB between them.
constexpr bool expected_field(int octet) {
  return octet == 0x09 || octet == 0x20 || (octet >= 0x21 && octet <= 0x7E) ||
         (octet >= 0x80 && octet <= 0xFF);
}

// RFC 3986 section 3.2.2: reg-name, without the triplets that "%" begins.
constexpr bool expected_reg_name(int octet) {
  const bool unreserved = among(alphanumeric, octet) || among("-._~", octet);
  return unreserved || among("!$&'()*+,;=", octet);
}

// RFC 3986 section 2: all octets of a URI but "#", with which a fragment begins.
constexpr bool expected_target(int octet) {
  return expected_reg_name(octet) || among(":/?[]@%", octet);
}

constexpr bool agree(octet_class which, auto expected) {
  for (int i = 0; i < 256; ++i)
    if (which.contains(static_cast<char>(i)) != expected(i)) return false;
  return true;
}

constexpr std::size_t count(octet_class which) {
  std::size_t members = 0;
  for (int i = 0; i < 256; ++i) members += which.contains(static_cast<char>(i));
  return members;
}

}  // namespace

TEST_CASE("[GRM-01] 77 octets are tchar, and 179 are not") {
  CHECK_BOTH(agree(octet_class::tchar, expected_tchar));
  CHECK_BOTH(count(octet_class::tchar) == 77);
}

TEST_CASE(
    "[MSG-38] [MSG-39] [MSG-40] a field value has no control octet except HTAB, and may have "
    "obs-text") {
  CHECK_BOTH(agree(octet_class::field, expected_field));
  CHECK_BOTH(count(octet_class::field) == 224);
}

TEST_CASE("[MSG-20] a request target is made of the octets of a URI without a fragment") {
  CHECK_BOTH(agree(octet_class::target, expected_target));
  CHECK_BOTH(count(octet_class::target) == 84);
}

TEST_CASE("a registered name is made of unreserved octets, sub-delims and triplets") {
  CHECK_BOTH(agree(octet_class::reg_name, expected_reg_name));
  CHECK_BOTH(count(octet_class::reg_name) == 77);
}

TEST_CASE("is_tchar() and is_ows() accept exactly their classes") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    CHECK(turnout::grammar::is_tchar(static_cast<char>(i)) == expected_tchar(i));
    CHECK(turnout::grammar::is_ows(static_cast<char>(i)) == (i == 0x20 || i == 0x09));
  }
}
