// connect-ip: its token, its template, and the prefixes in it.
#include "turnout/protocol/tunnel/connect_ip.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/handshake/server.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;

constexpr bool round_trip(std::string_view scope, std::int16_t number, std::string_view path) {
  std::array<char, 128> out{};
  const auto made = connect_ip::target::of(scope, number);
  const auto written = write(*made, out);
  const auto read = connect_ip::target::parse(path);
  return made && written && *written == path && read && *read == *made &&
         read->scope.text() == scope && read->protocol == number;
}

constexpr errc fault_of(std::string_view scope) {
  return connect_ip::check_scope(scope).error().code;
}

constexpr failure path_fault(std::string_view path) {
  return connect_ip::target::parse(path).error();
}

}  // namespace

TEST_CASE("[IPX-01] [IPX-02] [IPX-03] a scope and a protocol are written as they are read") {
  CHECK_BOTH(round_trip("*", -1, "/.well-known/masque/ip/*/*/"));
  CHECK_BOTH(round_trip("2001:db8::/32", 17, "/.well-known/masque/ip/2001%3Adb8%3A%3A%2F32/17/"));
  CHECK_BOTH(round_trip("192.0.2.0/24", 0, "/.well-known/masque/ip/192.0.2.0%2F24/0/"));
  CHECK_BOTH(round_trip("192.0.2.1", 255, "/.well-known/masque/ip/192.0.2.1/255/"));
  CHECK_BOTH(round_trip("example.com", -1, "/.well-known/masque/ip/example.com/*/"));
}

TEST_CASE("[IPX-01] a proxy's own template expands to a path that reads back") {
  constexpr auto form = *turnout::grammar::uri_template::parse("/p{?target,ipproto}");
  std::array<char, 64> out{};
  const auto some = connect_ip::target::of("192.0.2.0/24", 17);
  CHECK(*write(some->by(form), out) == "/p?target=192.0.2.0%2F24&ipproto=17");
  CHECK(*connect_ip::target::parse("/p?target=192.0.2.0%2F24&ipproto=17", form) == *some);
  const auto any = connect_ip::target::of("*", -1);
  CHECK(connect_ip::target::parse(*write(any->by(form), out), form) == *any);
}

TEST_CASE("[IPX-02] a prefix has no bit set after its length, which fits the address") {
  for (const std::string_view scope :
       {"0.0.0.0/0", "128.0.0.0/1", "192.0.2.1/32", "255.255.255.254/31", "::/0", "::1/128",
        "2001:db8::/32", "ffff::/16", "8000::/1", "1:2:3:4:5:6:7:8/128", "::ffff:192.0.2.0/120",
        "1::4:0:0/96", "fe80::", "::", "a.b-c_d~e"}) {
    CAPTURE(scope);
    CHECK(fault_of(scope) == errc::none);
  }
  for (const std::string_view scope :
       {"192.0.2.1/24", "192.0.2.0/33", "2001:db8::/129", "2001:db8::1/32", "::1/127",
        "::ffff:192.0.2.1/120", "1::4:0:1/96", "128.0.0.0/0", "192.0.2.0/", "192.0.2.0/024",
        "192.0.2.0/-1", "example.com/8", "/8", "", "[::1]", "fe80::1%eth0", "a:b"}) {
    CAPTURE(scope);
    CHECK(fault_of(scope) == errc::bad_authority);
  }
  CHECK_BOTH(fault_of("192.0.2.0/24") == errc::none);
  CHECK_BOTH(fault_of("2001:db8::1/32") == errc::bad_authority);
}

TEST_CASE("[IPX-02] every length of a prefix is checked bit by bit") {
  for (int length = 0; length <= 128; ++length) {
    CHECK((fault_of("::1/" + std::to_string(length)) == errc::none) == (length == 128));
    CHECK(fault_of("::/" + std::to_string(length)) == errc::none);
    CHECK((fault_of("8000::/" + std::to_string(length)) == errc::none) == (length > 0));
  }
  for (int length = 0; length <= 32; ++length)
    CHECK((fault_of("0.0.1.0/" + std::to_string(length)) == errc::none) == (length >= 24));
}

TEST_CASE("[IPX-03] [IPX-04] [IPX-06] a malformed path fails where the fault begins") {
  CHECK_BOTH(path_fault("/.well-known/masque/ip/192.0.2.1%2F24/*/") ==
             failure{errc::bad_authority, 23});
  for (const std::string_view number : {"256", "-1", "", "udp", "1.0"}) {
    const std::string path = "/.well-known/masque/ip/*/" + std::string{number} + "/";
    CHECK(path_fault(path) == failure{errc::bad_number, 25});
  }
  CHECK_BOTH(path_fault("/.well-known/masque/udp/a/1/") == failure{errc::bad_target, 20});
  CHECK_BOTH(connect_ip::target::of("a b").error() == failure{errc::bad_authority, 1});
  CHECK(connect_ip::target::of(std::string(255, 'a')));
  CHECK(connect_ip::target::of(std::string(256, 'a')).error() == failure{errc::bad_authority, 255});
  CHECK_BOTH(connect_ip::target::of("*", 256).error() == failure{errc::bad_number, 0});
  CHECK_BOTH(connect_ip::target::of("*", -2).error() == failure{errc::bad_number, 0});
}

TEST_CASE("[IPX-05] [IPX-07] [IPX-10] a tunnel for packets has its own agreement") {
  constexpr profile spoken[] = {connect_ip::profile};
  server_handshake server{spoken};
  const std::string asks{vectors::request_of("masque/ip-all")};
  const auto now = server.receive(asks);
  const auto offered = connect_ip::offer::read(now.offer(), now.request.target.path);
  CHECK(offered->target().scope.text() == "*");
  std::array<char, 256> out{};
  const auto written = server.accept(offered->agree(), out);
  CHECK(*written ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-ip\r\n"
        "Capsule-Protocol: ?1\r\n\r\n");
  CHECK(connect_ip::agree(now.offer(), now.request.target.path)->target() == offered->target());
}
