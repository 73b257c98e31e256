// Host: a host, which may be empty, and perhaps a port.
#include "turnout/field/host.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::host;
using turnout::grammar::authority;

namespace {

constexpr bool reads(std::string_view octets, std::string_view name, std::string_view port) {
  return host::parse(octets) == host{{name, port}};
}

constexpr bool fails(std::string_view octets, std::size_t at) {
  return host::parse(octets).error() == failure{errc::bad_host, at};
}

constexpr std::string_view registered =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=";

}  // namespace

TEST_CASE("[MSG-29] a host is a name or an address, with an optional port") {
  CHECK_BOTH(reads("a", "a", ""));
  CHECK_BOTH(reads("server.example.com", "server.example.com", ""));
  CHECK_BOTH(reads("a:8080", "a", "8080"));
  CHECK_BOTH(reads("192.0.2.1:80", "192.0.2.1", "80"));
  CHECK_BOTH(reads("[::1]", "[::1]", ""));
  CHECK_BOTH(reads("[::1]:80", "[::1]", "80"));
  CHECK_BOTH(reads("[2001:db8::192.0.2.1]:0", "[2001:db8::192.0.2.1]", "0"));
  CHECK_BOTH(reads("a%2Fb", "a%2Fb", ""));
  CHECK_BOTH(reads("a,b", "a,b", ""));
}

TEST_CASE("host and port may be empty") {
  CHECK_BOTH(reads("", "", ""));
  CHECK_BOTH(reads("a:", "a", ""));
  CHECK_BOTH(reads(":", "", ""));
  CHECK_BOTH(reads(":80", "", "80"));
}

TEST_CASE("[MSG-29] a malformed host fails at the octet at fault") {
  CHECK_BOTH(fails("a b", 1));
  CHECK_BOTH(fails("a, b", 2));
  CHECK_BOTH(fails("u@a", 1));
  CHECK_BOTH(fails("a:8x", 3));
  CHECK_BOTH(fails("a:+8", 2));
  CHECK_BOTH(fails("a:65536", 6));
  CHECK_BOTH(fails("a:80:80", 4));
  CHECK_BOTH(fails("a:80 ", 4));
  CHECK_BOTH(fails("[::1", 4));
  CHECK_BOTH(fails("[::1]80", 5));
  CHECK_BOTH(fails("[a]", 1));
  CHECK_BOTH(fails("::1", 1));
  CHECK_BOTH(fails("a/b", 1));
  CHECK_BOTH(fails("http://a", 5));
  CHECK_BOTH(fails("a%2", 1));
  CHECK_BOTH(fails("a\r\n b", 1));
}

TEST_CASE("[MSG-29] [ENG-11] every octet in a name") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string octets = "a" + std::string(1, octet) + "1";
    if (registered.find(octet) != registered.npos)
      CHECK(reads(octets, octets, ""));
    else if (octet == ':')
      CHECK(reads(octets, "a", "1"));
    else
      CHECK(fails(octets, 1));
  }
}

TEST_CASE("hosts are equal if their octets are equal") {
  CHECK_BOTH(host::parse("a:1") == host::parse("a:1"));
  CHECK_BOTH(!(host::parse("a:1") == host::parse("a:01")));
  CHECK_BOTH(!(host::parse("a") == host::parse("A")));
}

TEST_CASE("[ENG-04] [ENG-08] a host is written as it was read") {
  CHECK_BOTH(writes(*host::parse("a"), "a"));
  CHECK_BOTH(writes(*host::parse("a:"), "a"));
  CHECK_BOTH(writes(*host::parse("[::1]:080"), "[::1]:080"));
  CHECK_BOTH(writes(host{}, ""));
  CHECK_BOTH(host::parse("a") == host::parse("a:"));
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(host{{"a\r\nX: y", ""}}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(host{{"a", "65536"}}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(host{{"a:1", "2"}}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(host{{"", ""}}) == turnout::failure{});
}
