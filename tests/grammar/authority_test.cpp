// Hosts and ports: IPv4, IPv6, registered names, and what is none of them.
#include "turnout/grammar/authority.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::authority;

namespace {

constexpr bool reads(std::string_view octets, std::string_view host, std::string_view port) {
  const auto parsed = authority::parse(octets);
  return parsed && *parsed == authority{host, port};
}

constexpr bool is_host(std::string_view octets) { return reads(octets, octets, ""); }

constexpr bool is_bad(std::string_view octets, std::size_t at) {
  return authority::parse(octets).error() == failure{errc::bad_authority, at};
}

constexpr bool has_bad_port(std::string_view octets, std::size_t at) {
  return authority::parse(octets).error() == failure{errc::bad_port, at};
}

// True if `address` is taken in brackets, and refused without its closing one or with more.
bool is_ipv6(const std::string& address) {
  const std::string host = "[" + address + "]";
  if (!is_host(host)) {
    CHECK(is_bad(host, 1));
    return false;
  }
  CHECK(is_bad("[" + address, address.size() + 1));
  CHECK(is_bad(host + "]", host.size()));
  CHECK(is_bad(host + "a", host.size()));
  CHECK(reads(host + ":80", host, "80"));
  return true;
}

// `count` groups with colons between them.
std::string groups(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += i == 0 ? "1" : ":1";
  return text;
}

// RFC 3986 section 3.2.2, the nine lines of IPv6address: how many groups there may be at most
// before "::", by how many are after it.
constexpr int most_before[] = {7, 6, 5, 4, 3, 2, 1, 0};

}  // namespace

TEST_CASE("[MSG-29] a host is followed by a port or by nothing") {
  CHECK_BOTH(reads("a", "a", ""));
  CHECK_BOTH(reads("a:80", "a", "80"));
  CHECK_BOTH(reads("server.example.com:8080", "server.example.com", "8080"));
  CHECK_BOTH(reads("192.0.2.6:443", "192.0.2.6", "443"));
  CHECK_BOTH(reads("[::1]:80", "[::1]", "80"));
  CHECK_BOTH(is_host("[::1]"));
  CHECK_BOTH(reads("", "", ""));
  CHECK_BOTH(reads(":", "", ""));
  CHECK_BOTH(reads("a:", "a", ""));
  CHECK_BOTH(reads("[::]:", "[::]", ""));
  CHECK_BOTH(reads(":80", "", "80"));
}

TEST_CASE("[MSG-29] a malformed host or port fails at the octet at fault") {
  CHECK_BOTH(is_bad("a b", 1));
  CHECK_BOTH(is_bad(" a", 0));
  CHECK_BOTH(is_bad("a, b", 2));
  CHECK_BOTH(is_bad("u@a", 1));
  CHECK_BOTH(is_bad("a/b", 1));
  CHECK_BOTH(is_bad("a?b", 1));
  CHECK_BOTH(is_bad("a#b", 1));
  CHECK_BOTH(is_bad("a]", 1));
  CHECK_BOTH(is_bad("a[::1]", 1));
  CHECK_BOTH(is_bad("caf\xC3\xA9", 3));
  CHECK_BOTH(is_bad("[", 1));
  CHECK_BOTH(is_bad("[::1", 4));
  CHECK_BOTH(is_bad("[::1]a", 5));
  CHECK_BOTH(is_bad("[::1]]", 5));
  CHECK_BOTH(is_bad("[::1]80", 5));
}

TEST_CASE("a registered name is made of its octets and no others") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = std::string{"ab"} + static_cast<char>(i);
    if (octets.back() == ':')
      CHECK(reads(octets, "ab", ""));
    else if (turnout::grammar::octet_class::reg_name.contains(octets.back()))
      CHECK(is_host(octets));
    else
      CHECK(is_bad(octets, 2));
  }
}

TEST_CASE("a percent sign begins a triplet") {
  CHECK_BOTH(is_host("%41"));
  CHECK_BOTH(is_host("a%c3%A9b"));
  CHECK_BOTH(is_host("%25%25"));
  CHECK_BOTH(reads("%fF:1", "%fF", "1"));
  CHECK_BOTH(is_bad("%", 0));
  CHECK_BOTH(is_bad("%4", 0));
  CHECK_BOTH(is_bad("a%4", 1));
  CHECK_BOTH(is_bad("a%4g", 1));
  CHECK_BOTH(is_bad("a%g4", 1));
  CHECK_BOTH(is_bad("a%%41", 1));
  CHECK_BOTH(is_bad("%41%4:1", 3));
}

TEST_CASE("[ENG-10] a port is at most 65535") {
  CHECK_BOTH(reads("a:0", "a", "0"));
  CHECK_BOTH(reads("a:00080", "a", "00080"));
  CHECK_BOTH(reads("a:65535", "a", "65535"));
  CHECK_BOTH(reads("a:0000065535", "a", "0000065535"));
  CHECK_BOTH(has_bad_port("a:65536", 6));
  CHECK_BOTH(has_bad_port("[::1]:65536", 10));
  CHECK_BOTH(has_bad_port("a:70000", 6));
  CHECK_BOTH(has_bad_port("a:655350", 7));
  CHECK_BOTH(has_bad_port("a:18446744073709551617", 7));
}

TEST_CASE("[MSG-29] a port is made of digits") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = std::string{"a:8"} + static_cast<char>(i);
    if (i >= '0' && i <= '9')
      CHECK(reads(octets, "a", octets.substr(2)));
    else
      CHECK(has_bad_port(octets, 3));
  }
  CHECK_BOTH(has_bad_port("a:8x", 3));
  CHECK_BOTH(has_bad_port("a:x", 2));
  CHECK_BOTH(has_bad_port("a:+1", 2));
  CHECK_BOTH(has_bad_port("a: 1", 2));
  CHECK_BOTH(has_bad_port("a:b:1", 2));
  CHECK_BOTH(has_bad_port("::1", 1));
}

TEST_CASE("an IPv6 address has eight groups, or fewer around one elision") {
  for (int before = 0; before <= 9; ++before) {
    CAPTURE(before);
    CHECK(is_ipv6(groups(before)) == (before == 8));
    for (int after = 0; after <= 9; ++after) {
      CAPTURE(after);
      const bool expected = after < 8 && before <= most_before[after];
      CHECK(is_ipv6(groups(before) + "::" + groups(after)) == expected);
    }
  }
}

TEST_CASE("an IPv4 address takes the place of the last two groups") {
  for (int before = 0; before <= 9; ++before) {
    CAPTURE(before);
    const std::string colon = before > 0 ? ":" : "";
    CHECK(is_ipv6(groups(before) + colon + "1.2.3.4") == (before == 6));
    for (int after = 0; after <= 8; ++after) {
      CAPTURE(after);
      const std::string tail = groups(after) + (after > 0 ? ":" : "") + "1.2.3.4";
      const bool expected = after + 2 < 8 && before <= most_before[after + 2];
      CHECK(is_ipv6(groups(before) + "::" + tail) == expected);
    }
  }
}

TEST_CASE("a group is one to four hexadecimal digits") {
  CHECK_BOTH(is_host("[0:00:000:0000:a:bC:DeF:ffff]"));
  CHECK_BOTH(is_host("[2001:db8::8:800:200C:417A]"));
  CHECK_BOTH(is_bad("[::12345]", 1));
  CHECK_BOTH(is_bad("[12345::]", 1));
  CHECK_BOTH(is_bad("[::00000]", 1));
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets = std::string{"[::"} + static_cast<char>(i) + "]";
    if (turnout::grammar::is_hexadecimal(static_cast<char>(i)))
      CHECK(is_host(octets));
    else if (i == ']')
      CHECK(is_bad(octets, 4));
    else
      CHECK(is_bad(octets, 1));
  }
}

TEST_CASE("a malformed IPv6 address is refused, and so are zones") {
  constexpr std::string_view bad[] = {
      "[]",
      "[:]",
      "[:::]",
      "[1]",
      "[1:2]",
      "[::1::]",
      "[1::2::3]",
      "[:1::2]",
      "[1::2:]",
      "[1:2:3:4:5:6:7:]",
      "[:1:2:3:4:5:6:7]",
      "[1:2:3:4:5:6:7:8:]",
      "[:1:2:3:4:5:6:7:8]",
      "[1:::2]",
      "[::::]",
      "[ ::1]",
      "[::1 ]",
      "[::1%25eth0]",
      "[::1%eth0]",
      "[fe80::%1]",
      "[a]",
      "[1.2.3.4]",
      "[::-1]",
      "[::1.2.3.4:5]",
      "[1.2.3.4::]",
      "[::1.2.3.4::]",
      "[::[1]",
      "[::1/64]",
  };
  for (const std::string_view octets : bad) {
    CAPTURE(octets);
    CHECK(is_bad(octets, 1));
  }
}

TEST_CASE(
    "[MSG-29] an address of a future IP version has the version, and octets of names and colons") {
  CHECK_BOTH(is_host("[v1.a]"));
  CHECK_BOTH(is_host("[V1.a]"));
  CHECK_BOTH(is_host("[vFf09.-._~!$&'()*+,;=:]"));
  CHECK_BOTH(is_host("[v1..]"));
  CHECK_BOTH(reads("[v1.a:80]:81", "[v1.a:80]", "81"));
  constexpr std::string_view bad[] = {"[v]",      "[v.]",      "[v1]",     "[v1.]",   "[v.a]",
                                      "[1.a]",    "[w1.a]",    "[vg.a]",   "[v1g.a]", "[v1:a]",
                                      "[v 1.a]",  "[v1.a b]",  "[v1.%41]", "[v1.@]",  "[v1.[]",
                                      "[v1.a/b]", "[v1.\xE4]", "[v:1.a]"};
  for (const std::string_view octets : bad) {
    CAPTURE(octets);
    CHECK(is_bad(octets, 1));
  }
  CHECK_BOTH(is_bad("[v1.a", 5));
  CHECK_BOTH(is_bad("[v1.a]]", 6));
}

TEST_CASE("an IPv4 address in an IPv6 address has four numbers up to 255 without leading zeros") {
  for (int part = 0; part < 4; ++part) {
    for (int number = 0; number <= 300; ++number) {
      std::string address = "::";
      for (int i = 0; i < 4; ++i)
        address += (i > 0 ? "." : "") + std::to_string(i == part ? number : 1);
      CAPTURE(address);
      CHECK(is_ipv6(address) == (number <= 255));
    }
  }
  constexpr std::string_view bad[] = {
      "[::1.2.3]",    "[::1.2.3.4.5]", "[::1.2.3.]",     "[::.1.2.3]",     "[::1..2.3]",
      "[::01.2.3.4]", "[::1.2.3.00]",  "[::1.2.3.4.]",   "[::1.2.3.a]",    "[::a.2.3.4]",
      "[::1.2.3.+4]", "[::1.2.3. 4]",  "[::1.2.3.1000]", "[::12345.2.3.4]"};
  for (const std::string_view octets : bad) {
    CAPTURE(octets);
    CHECK(is_bad(octets, 1));
  }
  CHECK_BOTH(is_host("[::ffff:192.0.2.6]"));
  CHECK_BOTH(is_host("[::0.0.0.0]"));
  CHECK_BOTH(is_bad("[::256.0.0.0]", 1));
}

TEST_CASE("a name of digits and dots is a registered name, whatever its numbers") {
  CHECK_BOTH(is_host("255.255.255.255"));
  CHECK_BOTH(is_host("256.1.1.1"));
  CHECK_BOTH(is_host("1.2.3"));
  CHECK_BOTH(is_host("01.2.3.4.5"));
}

TEST_CASE("authorities are equal if host and port are equal octet for octet") {
  CHECK_BOTH(*authority::parse("a:80") == authority{"a", "80"});
  CHECK_BOTH(*authority::parse("a:80") != *authority::parse("a:080"));
  CHECK_BOTH(*authority::parse("a:80") != *authority::parse("A:80"));
  CHECK_BOTH(*authority::parse("a:") == *authority::parse("a"));
}
