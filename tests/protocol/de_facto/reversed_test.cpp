// Reverse HTTP: the server sends the requests after the 101.
#include "turnout/protocol/de_facto/reversed.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {reversed::ptth};
// An AirPlay sender.
const std::string asks =
    "POST /reverse HTTP/1.1\r\nHost: 192.0.2.10:7000\r\nUpgrade: PTTH/1.0\r\n"
    "Connection: Upgrade\r\nX-Apple-Purpose: event\r\nContent-Length: 0\r\n"
    "User-Agent: MediaControl/1.0\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: PTTH/1.0\r\nConnection: Upgrade\r\n\r\n";

}  // namespace

TEST_CASE("[WLD-06] after PTTH/1.0 the first request is the server's") {
  CHECK(de_facto::switched(asks, spoken) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: PTTH/1.0\r\n\r\n");
  const proposal asked{
      .method = method::post, .target = "/reverse", .host = "h", .protocols = spoken};
  const auto now = de_facto::answered(asked, agrees + "POST /event HTTP/1.1\r\n");
  CHECK(now.switched()->octets() == "POST /event HTTP/1.1\r\n");
}

TEST_CASE("[WLD-06] a sender without Host gets a 400, as everybody does") {
  const verdict judged = de_facto::examined(fixtures::without(asks, "Host"), spoken);
  CHECK(judged.what == verdict::kind::refuse);
  CHECK(judged.found.why.code == errc::missing_host);
}

TEST_CASE("[WLD-06] PTTH is asked for with POST, and its version counts") {
  CHECK(de_facto::examined(with(asks, "POST", "GET"), spoken).found.why.code ==
        errc::method_not_allowed);
  CHECK(de_facto::examined(with(asks, "PTTH/1.0", "PTTH/0.9"), spoken).found.why.code ==
        errc::no_common_protocol);
  CHECK(de_facto::examined(with(asks, "PTTH/1.0", "ptth/1.0"), spoken).what ==
        verdict::kind::offer);
}

TEST_CASE("[WLD-06] the drafts' reverse and Envoy's reverse-tunnel are GETs") {
  static constexpr profile tunnels[] = {reversed::reverse, reversed::reverse_tunnel};
  const std::string reverse{vectors::request_of("atlas/reverse")};
  CHECK(de_facto::examined(reverse, tunnels).offer.offered() == 0b01);
  CHECK(de_facto::examined(with(reverse, "reverse\r\nALPN", "reverse-tunnel\r\nALPN"), tunnels)
            .offer.offered() == 0b10);
  CHECK(de_facto::examined(with(reverse, "Host: origin.example.com", "Host:"), tunnels)
            .found.why.code == errc::empty_host);
  CHECK_BOTH(reversed::reverse.by_extended_connect);
}
