// A variable in a URI: what is encoded, and what decodes.
#include "turnout/grammar/uri_variable.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::result;

constexpr bool writes(std::string_view octets, std::string_view expected) {
  std::array<char, 64> out{};
  turnout::writer to{out};
  turnout::grammar::put_uri_variable(to, octets);
  return std::string_view{out.data(), to.size()} == expected;
}

constexpr bool reads(std::string_view octets, std::string_view expected) {
  std::array<char, 64> out{};
  const auto size = turnout::grammar::decode_uri_variable(octets, out);
  return size && std::string_view{out.data(), *size} == expected;
}

constexpr failure fault_of(std::string_view octets, std::size_t room = 64) {
  std::array<char, 64> out{};
  return turnout::grammar::decode_uri_variable(octets, std::span{out}.first(room)).error();
}

}  // namespace

TEST_CASE("[UDP-03] all octets except unreserved ones are encoded, in upper case") {
  CHECK_BOTH(writes("2001:db8::42", "2001%3Adb8%3A%3A42"));
  CHECK_BOTH(writes("aZ09-._~", "aZ09-._~"));
  CHECK_BOTH(writes("", ""));
  CHECK_BOTH(writes("%/*\xff", "%25%2F%2A%FF"));
}

TEST_CASE("[UDP-03] [IPX-04] digits of any case decode, and nothing else is changed") {
  CHECK_BOTH(reads("2001%3Adb8%3a%3A42", "2001:db8::42"));
  CHECK_BOTH(reads("a+b", "a+b"));
  CHECK_BOTH(reads("", ""));
  CHECK_BOTH(fault_of("ab%") == failure{errc::bad_percent_encoding, 2});
  CHECK_BOTH(fault_of("ab%4") == failure{errc::bad_percent_encoding, 2});
  CHECK_BOTH(fault_of("%4g") == failure{errc::bad_percent_encoding, 0});
  CHECK_BOTH(fault_of("%%41") == failure{errc::bad_percent_encoding, 0});
}

TEST_CASE("decoding stops where the buffer ends") {
  CHECK_BOTH(fault_of("a%42c", 3).code == errc::none);
  CHECK_BOTH(fault_of("a%42c", 2) == failure{errc::no_space, 4});
  CHECK_BOTH(fault_of("a", 0) == failure{errc::no_space, 0});
}

TEST_CASE("every octet reads back as it was written") {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string text(1, static_cast<char>(octet));
    std::array<char, 3> encoded{};
    turnout::writer to{encoded};
    turnout::grammar::put_uri_variable(to, text);
    CHECK(reads({encoded.data(), to.size()}, text));
  }
}
