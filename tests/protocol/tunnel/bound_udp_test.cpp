// Bound sockets of connect-udp: the target that is none, and the fields of both messages.
#include "turnout/protocol/tunnel/bound_udp.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using bound_udp::target;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile spoken[] = {bound_udp::profile};
const std::string asks =
    "GET /.well-known/masque/udp/%2A/%2A/ HTTP/1.1\r\nHost: proxy.example.org\r\n"
    "Connection: Upgrade\r\nUpgrade: connect-udp\r\nCapsule-Protocol: ?1\r\n"
    "Connect-UDP-Bind: ?1\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n"
    "Capsule-Protocol: ?1\r\nConnect-UDP-Bind: ?1\r\n"
    "Proxy-Public-Address: \"192.0.2.45:54321\", \"[2001:db8::1234]:54321\"\r\n\r\n";
constexpr std::string_view addresses[] = {"192.0.2.45:54321", "[2001:db8::1234]:54321"};

constexpr failure fault_of(std::string_view path) { return target::parse(path).error(); }

std::string answer(lasting_span<const std::string_view> bound_to, const std::string& head = asks) {
  return de_facto::switched(head, spoken, [&](const offer& it) -> result<bound_udp::agreement> {
    const auto read = bound_udp::offer::read(it, "/.well-known/masque/udp/%2A/%2A/");
    if (!read) return read.error();
    return bound_udp::agreement{read->agree(), bound_to};
  });
}

/// The addresses of a 101, or the code of the failure.
std::string addresses_of(std::string_view value) {
  facts response{101, http_1_1};
  response.keep_for(spoken);
  response.see("Proxy-Public-Address", value);
  std::string all;
  const auto done = bound_udp::for_each_public_address(
      response, [&all](std::string_view one) { all += std::string{one} + ";"; });
  return done ? all : "at " + std::to_string(done.error().at);
}

}  // namespace

TEST_CASE("[BND-01] both variables are *, or neither is") {
  CHECK_BOTH(target::parse("/.well-known/masque/udp/%2A/%2A/")->is_none());
  CHECK_BOTH(target::parse("/.well-known/masque/udp/*/*/")->is_none());
  CHECK_BOTH(*target::parse("/.well-known/masque/udp/a/443/") == *target::of("a", 443));
  CHECK_BOTH(fault_of("/.well-known/masque/udp/%2A/443/") == failure{errc::bad_target, 24});
  CHECK_BOTH(fault_of("/.well-known/masque/udp/a/%2A/") == failure{errc::bad_target, 26});
  CHECK_BOTH(fault_of("/.well-known/masque/ip/a/1/") == failure{errc::bad_target, 20});
  CHECK_BOTH(fault_of("/.well-known/masque/udp/a/0/").code == errc::bad_port);
  CHECK_BOTH(fault_of("/.well-known/masque/udp/%2A%2A/%2A/").code == errc::bad_target);
  CHECK_BOTH(target::of("a", 0).error().code == errc::bad_port);
  CHECK(connect_udp::target::parse("/.well-known/masque/udp/%2A/%2A/").error().code ==
        errc::bad_port);
}

TEST_CASE("[BND-01] a client percent-encodes *, in any template") {
  std::array<char, 128> out{};
  CHECK(*write(target::none(), out) == "/.well-known/masque/udp/%2A/%2A/");
  constexpr auto form = *grammar::uri_template::parse("/p{?target_host,target_port}");
  CHECK(*write(target::none().by(form), out) == "/p?target_host=%2A&target_port=%2A");
  CHECK(*write(*target::of("a", 1), out) == "/.well-known/masque/udp/a/1/");
  CHECK_BOTH(target::parse("/p?target_host=%2A&target_port=%2A", form)->is_none());
}

TEST_CASE("[BND-02] both sides say that the socket is bound") {
  CHECK(answer(addresses) == agrees);
  const bound_udp::proposal asked{"/.well-known/masque/udp/%2A/%2A/", "proxy.example.org"};
  CHECK(de_facto::written(asked) == asks);
  const auto now = de_facto::answered(asked, agrees);
  REQUIRE(now.what == client_step::switched);
  CHECK(bound_udp::is_bound(now.facts));
  const auto unbound = de_facto::answered(asked, without(agrees, "Connect-UDP-Bind"));
  CHECK(unbound.what == client_step::switched);
  CHECK_FALSE(bound_udp::is_bound(unbound.facts));
}

TEST_CASE("[BND-02] any other value than ?1 counts as absent") {
  for (const std::string_view value : {"?0", "1", "true", "?1, ?1", ""}) {
    const verdict judged =
        de_facto::examined(with(asks, "Bind: ?1", "Bind: " + std::string{value}), spoken);
    CHECK_FALSE(bound_udp::is_bound(*judged.offer.request()));
  }
  CHECK(bound_udp::is_bound(
      *de_facto::examined(with(asks, "?1\r\n\r\n", "?1;x=y\r\n\r\n"), spoken).offer.request()));
  CHECK_FALSE(bound_udp::is_bound(
      *de_facto::examined(plus(asks, "Connect-UDP-Bind: ?1"), spoken).offer.request()));
}

TEST_CASE("an agreement without an offer is on nothing") {
  CHECK_BOTH(bound_udp::agreement{}.protocol() == nullptr);
}

TEST_CASE("[BND-03] a proxy names at least one address with its port") {
  static constexpr std::string_view bad[] = {"192.0.2.45",
                                             "host:1",
                                             "2001:db8::1:1",
                                             "192.0.2.45:x",
                                             "[::1]",
                                             "[::1:1",
                                             "192.0.2.45:99999",
                                             "\"a\":1",
                                             "",
                                             "[:1",
                                             "]:1",
                                             "[]:1"};
  CHECK(answer({}).empty());
  for (const std::string_view& one : bad) {
    bound_udp::agreement agreed{{}, {&one, 1}};
    writer to;
    agreed.put_fields(to);
    CHECK(to.error() == failure{errc::bad_authority, 0});
  }
}

TEST_CASE("[BND-03] a client reads the addresses, all or none") {
  CHECK(addresses_of("\"192.0.2.45:54321\", \"[2001:db8::1234]:54321\"") ==
        "192.0.2.45:54321;[2001:db8::1234]:54321;");
  CHECK(addresses_of("\"192.0.2.45:1\", \"x\"") == "at 0");
  CHECK(addresses_of("192.0.2.45:1") == "at 5");
  CHECK(addresses_of("token") == "at 0");
  CHECK(addresses_of("\"\"") == "at 0");
  CHECK(addresses_of("\"192.0.2.45:1\",") == "at 15");
}

TEST_CASE("[BND-02] without the extension, a request for a host falls back to it") {
  const std::string fallback = with(asks, "%2A/%2A", "192.0.2.6/443");
  const verdict judged = de_facto::examined(fallback, spoken);
  const auto read = bound_udp::offer::read(judged.offer, "/.well-known/masque/udp/192.0.2.6/443/");
  CHECK_FALSE(read->target().is_none());
  CHECK(read->target().host.text() == "192.0.2.6");
}
