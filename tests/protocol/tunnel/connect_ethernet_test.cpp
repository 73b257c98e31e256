// connect-ethernet: its token and its template, which needs no variables.
#include "turnout/protocol/tunnel/connect_ethernet.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using connect_ethernet::target;

constexpr profile spoken[] = {connect_ethernet::profile};
// The request of the draft.
const std::string asks =
    "GET https://example.org/.well-known/masque/ethernet/ HTTP/1.1\r\nHost: example.org\r\n"
    "Connection: Upgrade\r\nUpgrade: connect-ethernet\r\nCapsule-Protocol: ?1\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-ethernet\r\n"
    "Capsule-Protocol: ?1\r\n\r\n";
const auto agree = [](const offer& it) {
  return connect_ethernet::agree(it, "/.well-known/masque/ethernet/");
};

}  // namespace

TEST_CASE("[ETH-01] both sides open a tunnel for Ethernet") {
  CHECK(de_facto::switched(asks, spoken, agree) == agrees);
  std::array<char, 64> path{};
  const connect_ethernet::proposal asked{*write(target{}, path), "example.org"};
  CHECK(de_facto::written(asked) == fixtures::with(asks, "https://example.org", ""));
  CHECK(de_facto::answered(asked, agrees).what == client_step::switched);
}

TEST_CASE("[ETH-02] a request with another method or with content is malformed") {
  CHECK(de_facto::switched(fixtures::with(asks, "GET", "POST"), spoken, agree).empty());
  CHECK(de_facto::switched(fixtures::plus(asks, "Content-Type: a/b"), spoken, agree).empty());
  CHECK(de_facto::switched(fixtures::plus(asks, "Content-Length: 0"), spoken, agree).empty());
  const connect_ethernet::proposal asked{"/", "example.org"};
  CHECK(de_facto::answered(asked, fixtures::plus(agrees, "Content-Length: 0")).why.code ==
        errc::content_not_allowed);
}

TEST_CASE("[ETH-01] [TPL-03] a template may have variables that the proxy knows") {
  constexpr auto form = *grammar::uri_template::parse("/ethernet{?vlan}");
  CHECK_BOTH(target::parse("/ethernet?vlan=7", form));
  CHECK_BOTH(target::parse("/ethernet", form));
  CHECK_BOTH(!target::parse("/ethernet?x=7", form));
  CHECK_BOTH(target::parse("/elsewhere").error() == failure{errc::bad_target, 1});
}
