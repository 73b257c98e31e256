// The capsules of connect-ip: addresses and routes.
#include "turnout/protocol/tunnel/ip_capsules.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace std::string_view_literals;
using turnout::errc;
using turnout::failure;
using namespace turnout::capsule;

constexpr failure bad(std::size_t at) { return {errc::bad_capsule, at}; }

template <class Entries>
constexpr std::size_t count(const Entries& all) {
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& one : all) ++entries;
  return entries;
}

constexpr auto zeros = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;

/// Octets after each other.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

}  // namespace

TEST_CASE("[IPX-12] an assigned address has a version, an address and a length") {
  const auto value = "\x00\x04\xC0\x00\x02\x01\x20"sv;
  const auto read = parse_address_assign(value);
  REQUIRE(read);
  CHECK(count(*read) == 1);
  CHECK(*read->begin() == prefix{0, "\xC0\x00\x02\x01"sv, 32});
  CHECK(count(*parse_address_assign({})) == 0);
  CHECK(parse_address_assign({})->empty());
  const std::string two = joined({value, "\x41\x00\x06"sv, zeros, "\x00"sv});
  const auto both = parse_address_assign(two);
  REQUIRE(both);
  CHECK(count(*both) == 2);
  CHECK(*++both->begin() == prefix{256, zeros, 0});
}

TEST_CASE(
    "[IPX-12] [CAP-06] an address that is cut, of an unknown version or too long is malformed") {
  CHECK_BOTH(parse_address_assign("\x40"sv).error() == bad(1));
  CHECK_BOTH(parse_address_assign("\x00"sv).error() == bad(1));
  CHECK_BOTH(parse_address_assign("\x00\x05\xC0\x00\x02\x01\x20"sv).error() == bad(1));
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x01"sv).error() == bad(6));
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x01\x21"sv).error() == bad(6));
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x01\x18"sv).error() == bad(6));
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x00\x18"sv).error().code == errc::none);
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x01\x1F"sv).error() == bad(6));
  CHECK(parse_address_assign(joined({"\x00\x06"sv, zeros, "\x80"sv})));
  CHECK(parse_address_assign(joined({"\x00\x06"sv, zeros, "\x81"sv})).error() == bad(18));
  CHECK_BOTH(parse_address_assign("\x00\x04\xC0\x00\x02\x01\x20\x00"sv).error() == bad(8));
}

TEST_CASE("[IPX-13] a request for addresses has at least one, with a number") {
  CHECK_BOTH(parse_address_request({}).error() == bad(0));
  CHECK_BOTH(parse_address_request("\x00\x04\0\0\0\0\x20"sv).error() == bad(0));
  CHECK_BOTH(parse_address_request("\x01\x04\0\0\0\0\x20"sv).error().code == errc::none);
  CHECK_BOTH(parse_address_request("\x01\x04\0\0\0\0\x20\x00\x04\0\0\0\0\x20"sv).error() == bad(7));
}

TEST_CASE("[IPX-14] a route goes from an address to one that is not less") {
  const auto all = "\x04\x00\x00\x00\x00\xFF\xFF\xFF\xFF\x00"sv;
  const auto read = parse_route_advertisement(all);
  REQUIRE(read);
  CHECK(*read->begin() == route{"\0\0\0\0"sv, "\xFF\xFF\xFF\xFF"sv, 0});
  CHECK(count(*parse_route_advertisement({})) == 0);
  CHECK_BOTH(parse_route_advertisement("\x04\x02\0\0\0\x01\0\0\0\0"sv).error() == bad(5));
  CHECK_BOTH(parse_route_advertisement("\x04\x01\0\0\0\x01\0\0\0\0"sv).error().code == errc::none);
  CHECK_BOTH(parse_route_advertisement("\x04\x7F\0\0\0\x80\0\0\0\0"sv).error().code == errc::none);
  CHECK_BOTH(parse_route_advertisement("\x05\x01\0\0\0\x01\0\0\0\0"sv).error() == bad(0));
  CHECK_BOTH(parse_route_advertisement("\x04\x01\0\0\0\x01\0\0\0"sv).error() == bad(9));
  CHECK_BOTH(route::parse_prefix({}).error() == bad(0));
}

TEST_CASE("[IPX-14] routes are sorted by version, protocol and address, and do not overlap") {
  const auto at = [](std::string_view first, std::string_view second) {
    return parse_route_advertisement(joined({first, second})).error();
  };
  const auto low = "\x04\x01\0\0\0\x01\0\0\x09\0"sv;
  CHECK(at(low, "\x04\x01\0\0\x0A\x01\0\0\x14\0"sv).code == errc::none);
  CHECK(at(low, "\x04\x01\0\0\x09\x01\0\0\x14\0"sv) == bad(10));
  CHECK(at(low, "\x04\x01\0\0\x05\x01\0\0\x14\0"sv) == bad(10));
  CHECK(at(low, low) == bad(10));
  CHECK(at(low, "\x04\0\0\0\0\0\0\0\0\x01"sv).code == errc::none);
  CHECK(at("\x04\0\0\0\0\0\0\0\0\x01"sv, low) == bad(10));
  const std::string six = joined({"\x06"sv, zeros, zeros, "\x00"sv});
  CHECK(at(low, six).code == errc::none);
  CHECK(at(six, low) == bad(34));
}

TEST_CASE(
    "[IPX-12] [IPX-14] written capsules read back the same, and invalid ones are not written") {
  std::array<char, 64> out{};
  CHECK(*turnout::write(prefix{1, "\xC0\0\2\0"sv, 24}, out) == "\x01\x04\xC0\x00\x02\x00\x18"sv);
  CHECK(*turnout::write(prefix{1, zeros, 0}, out) == joined({"\x01\x06"sv, zeros, "\0"sv}));
  CHECK(*turnout::write(route{"\1\0\0\0"sv, "\1\0\0\1"sv, 6}, out) ==
        "\x04\x01\0\0\0\x01\0\0\x01\x06"sv);
  CHECK(*turnout::write(route{zeros, zeros, 0}, out) == joined({"\x06"sv, zeros, zeros, "\0"sv}));
  for (const prefix& wrong :
       {prefix{0, "\1\1\1"sv, 0}, prefix{0, "\1\1\1\1"sv, 33}, prefix{0, "\1\1\1\1"sv, 8},
        prefix{std::uint64_t{1} << 62, "\1\1\1\1"sv, 32}})
    CHECK(turnout::write(wrong, out).error() == failure{errc::unwritable, 0});
  for (const route& wrong : {route{"\1\1\1"sv, "\1\1\1"sv, 0}, route{"\1\1\1\1"sv, zeros, 0},
                             route{"\1\1\1\1"sv, "\1\1\1\0"sv, 0}})
    CHECK(turnout::write(wrong, out).error() == failure{errc::unwritable, 0});
}
