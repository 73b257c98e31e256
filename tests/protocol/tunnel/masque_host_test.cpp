// A host and a port in a path: every check, both ways.
#include "turnout/protocol/tunnel/masque_host.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;

constexpr turnout::masque::host_protocol some{
    {.token = {"some", {}}},
    *turnout::grammar::uri_template::parse("/some/{target_host}/{target_port}/")};
using target = turnout::masque::host_target<some>;

constexpr bool round_trip(std::string_view host, std::uint16_t port, std::string_view path) {
  std::array<char, 128> out{};
  const auto made = target::of(host, port);
  const auto written = turnout::write(*made, out);
  const auto read = target::parse(path);
  return made && written && *written == path && read && *read == *made &&
         read->host.text() == host && read->port == port;
}

constexpr failure fault_of(std::string_view path) { return target::parse(path).error(); }

}  // namespace

TEST_CASE("[UDP-02] [UDP-03] [UDP-04] a target is written as it is read") {
  CHECK_BOTH(round_trip("192.0.2.6", 443, "/some/192.0.2.6/443/"));
  CHECK_BOTH(round_trip("2001:db8::42", 1, "/some/2001%3Adb8%3A%3A42/1/"));
  CHECK_BOTH(round_trip("example.com", 65535, "/some/example.com/65535/"));
  CHECK_BOTH(round_trip("a!b", 80, "/some/a%21b/80/"));
  CHECK_BOTH(&target::profile == &some.profile);
}

TEST_CASE("[UDP-03] [UDP-06] a host has no brackets, no zone and at least one octet") {
  for (const std::string_view host : {"", "[::1]", "fe80::1%eth0", "a/b", "a b", "a:b", "1:2"}) {
    CAPTURE(host);
    CHECK(target::of(host, 1).error().code == errc::bad_authority);
  }
  CHECK_BOTH(fault_of("/some//443/") == failure{errc::bad_authority, 6});
  CHECK_BOTH(fault_of("/some/%5B%3A%3A1%5D/443/") == failure{errc::bad_authority, 6});
  CHECK_BOTH(fault_of("/some/fe80%3A%3A1%25eth0/443/") == failure{errc::bad_authority, 6});
  CHECK_BOTH(fault_of("/some/a%0D%0Ab/443/") == failure{errc::bad_authority, 6});
  CHECK(target::of(std::string(255, 'a'), 1));
  CHECK(target::of(std::string(256, 'a'), 1).error() == failure{errc::bad_authority, 255});
}

TEST_CASE("[UDP-04] [UDP-06] a port is a number from 1 to 65535") {
  for (const std::string_view port : {"0", "65536", "", "44x", "-1", "+1", "%2D1"}) {
    const std::string path = "/some/a/" + std::string{port} + "/";
    CAPTURE(path);
    CHECK(fault_of(path) == failure{errc::bad_port, 8});
  }
  CHECK_BOTH(target::of("a", 0).error() == failure{errc::bad_port, 0});
  CHECK_BOTH(target::parse("/some/a/00443/")->port == 443);
}

TEST_CASE("[UDP-06] another path fails at the octet where it differs") {
  CHECK_BOTH(fault_of("") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("/som") == failure{errc::bad_target, 4});
  CHECK_BOTH(fault_of("/other/a/1/") == failure{errc::bad_target, 1});
  CHECK_BOTH(fault_of("/some/a") == failure{errc::bad_target, 7});
  CHECK_BOTH(fault_of("/some/a/1") == failure{errc::bad_target, 9});
  CHECK_BOTH(fault_of("/some/a/1/x") == failure{errc::bad_target, 10});
  CHECK_BOTH(fault_of("/some/a%/1/") == failure{errc::bad_percent_encoding, 7});
  CHECK_BOTH(fault_of("/some/a/1%f/") == failure{errc::bad_percent_encoding, 9});
}

TEST_CASE("[TPL-02] [TPL-03] [UDP-01] a proxy's own template works in both directions") {
  constexpr auto form = *turnout::grammar::uri_template::parse("/p{?target_host,target_port}");
  constexpr std::string_view path = "/p?target_host=2001%3Adb8%3A%3A1&target_port=443";
  std::array<char, 128> out{};
  const auto made = target::of("2001:db8::1", 443);
  CHECK(*turnout::write(made->by(form), out) == path);
  CHECK_BOTH(*target::parse(path, form) == *target::of("2001:db8::1", 443));
  CHECK_BOTH(target::parse("/p?target_host=a", form).error() == failure{errc::bad_target, 16});
  CHECK_BOTH(target::parse("/p?target_host=a%&target_port=1", form).error() ==
             failure{errc::bad_percent_encoding, 16});
  CHECK_BOTH(target::parse("/p?target_host=a&target_port=0", form).error() ==
             failure{errc::bad_port, 29});
  CHECK_BOTH(fault_of(path).code == errc::bad_target);
}

TEST_CASE("[TPL-02] a template without both variables can't be expanded to a target") {
  std::array<char, 128> out{};
  const auto made = target::of("a", 1);
  for (const std::string_view text : {"/", "/{target_host}", "/{target_port}/{host}"}) {
    const auto form = turnout::grammar::uri_template::parse(text);
    CHECK(turnout::write(made->by(*form), out).error() == failure{errc::bad_target, 0});
  }
}
