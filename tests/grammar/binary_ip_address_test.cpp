// IP addresses in binary.
#include "turnout/grammar/binary_ip_address.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "support/both.hpp"

using turnout::grammar::detail::ip_address;

namespace {

constexpr bool is(const ip_address& one, std::array<std::uint8_t, 16> octets, std::size_t bits) {
  return one.octets == octets && one.bits == bits;
}

}  // namespace

TEST_CASE("addresses are read in binary, with zeros for omitted groups") {
  using turnout::grammar::detail::parse_ipv4;
  using turnout::grammar::detail::parse_ipv6;
  CHECK_BOTH(is(parse_ipv4("1.2.30.255"), {1, 2, 30, 255}, 32));
  CHECK_BOTH(is(parse_ipv6("::"), {}, 128));
  CHECK_BOTH(is(parse_ipv6("1:2:3:4:5:6:7:abcd"),
                {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0xAB, 0xCD}, 128));
  CHECK_BOTH(is(parse_ipv6("1::2:1.2.3.4"), {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 3, 4}, 128));
  CHECK_BOTH(is(parse_ipv6("1::"), {0, 1}, 128));
}

TEST_CASE("a prefix has no bit set after its length") {
  using turnout::grammar::detail::has_no_host_bits;
  constexpr ip_address net = turnout::grammar::detail::parse_ipv4("192.168.0.0");
  CHECK_BOTH(has_no_host_bits(net, 32));
  CHECK_BOTH(has_no_host_bits(net, 13));
  CHECK_BOTH(!has_no_host_bits(net, 12));
  CHECK_BOTH(!has_no_host_bits(net, 0));
}
