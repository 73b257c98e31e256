// IP addresses as text, which the authorities that have one also test.
#include "turnout/grammar/ip_address.hpp"

#include <doctest/doctest.h>

#include <string_view>

TEST_CASE("an IPv4 address is four numbers without leading zeros") {
  using turnout::grammar::detail::is_ipv4_address;
  for (const std::string_view one : {"0.0.0.0", "1.2.3.4", "255.255.255.255"})
    CHECK(is_ipv4_address(one));
  for (const std::string_view one : {"", "1.2.3", "1.2.3.4.5", "256.0.0.0", "01.2.3.4", "1.2.3.4 "})
    CHECK(!is_ipv4_address(one));
}

TEST_CASE("an IPv6 address has eight groups, or fewer around one elision") {
  using turnout::grammar::detail::is_ipv6_address;
  for (const std::string_view one : {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::7:8", "::1.2.3.4"})
    CHECK(is_ipv6_address(one));
  for (const std::string_view one :
       {"", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "::1%1"})
    CHECK(!is_ipv6_address(one));
}
