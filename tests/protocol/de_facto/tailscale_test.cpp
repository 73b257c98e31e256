// Tailscale's control protocol and its relays.
#include "turnout/protocol/de_facto/tailscale.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {tailscale::control, tailscale::derp};
const std::string control =
    "POST /ts2021 HTTP/1.1\r\nHost: controlplane.example.com\r\n"
    "User-Agent: Go-http-client/1.1\r\nConnection: upgrade\r\nContent-Length: 0\r\n"
    "Upgrade: tailscale-control-protocol\r\nX-Tailscale-Handshake: AQABAA==\r\n\r\n";
const std::string derp =
    "GET /derp HTTP/1.1\r\nHost: derp.example.com\r\nUser-Agent: Go-http-client/1.1\r\n"
    "Connection: Upgrade\r\nUpgrade: DERP\r\n\r\n";
const std::string derp_answer =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: DERP\r\nConnection: Upgrade\r\n"
    "Derp-Version: 2\r\nDerp-Public-Key: 00ff\r\n\r\nDERP";

}  // namespace

TEST_CASE("[WLD-07] the first message of the control protocol is in a field") {
  server_handshake server{spoken};
  const auto now = server.receive(control);
  REQUIRE(now.what == server_step::upgrade_offered);
  CHECK(now.facts.lines("X-Tailscale-Handshake").first() == "AQABAA==");
  CHECK(de_facto::switched(control, spoken) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
        "Upgrade: tailscale-control-protocol\r\n\r\n");
}

TEST_CASE("[WLD-07] without that message, or with another method, the request is refused") {
  CHECK(de_facto::examined(fixtures::without(control, "X-Tailscale-Handshake"), spoken)
            .found.why.code == errc::missing_own_field);
  CHECK(de_facto::examined(with(control, "POST", "GET"), spoken).found.why.code ==
        errc::method_not_allowed);
  CHECK(de_facto::examined(with(control, "Length: 0", "Length: 1"), spoken).found.why.code ==
        errc::content_not_allowed);
}

TEST_CASE("[WLD-07] a client of the control protocol sends its message") {
  static constexpr field_line message[] = {{"X-Tailscale-Handshake", "AQABAA=="}};
  const proposal asked{.method = method::post,
                       .target = "/ts2021",
                       .host = "controlplane.example.com",
                       .protocols = {spoken, 1},
                       .fields = message};
  CHECK(de_facto::written(asked) ==
        "POST /ts2021 HTTP/1.1\r\nHost: controlplane.example.com\r\nConnection: Upgrade\r\n"
        "Upgrade: tailscale-control-protocol\r\nContent-Length: 0\r\n"
        "X-Tailscale-Handshake: AQABAA==\r\n\r\n");
}

TEST_CASE("[WLD-08] a relay's 101 has its version and its key, and DERP follows") {
  const proposal asked{.target = "/derp", .host = "derp.example.com", .protocols = {spoken + 1, 1}};
  const auto now = de_facto::answered(asked, derp_answer);
  REQUIRE(now.what == client_step::switched);
  CHECK(now.facts.lines("Derp-Version").first() == "2");
  CHECK(now.facts.lines("derp-public-key").first() == "00ff");
  CHECK(now.switched()->octets() == "DERP");
}

TEST_CASE("[WLD-08] a server sees Derp-Fast-Start, and answers with a 101 all the same") {
  const std::string fast = fixtures::plus(derp, "Derp-Fast-Start: 1");
  server_handshake server{spoken};
  const auto now = server.receive(fast);
  CHECK(now.facts.lines("Derp-Fast-Start").first() == "1");
  const auto agree = [](const offer& it) { return it.agree(tailscale::derp.token); };
  CHECK(de_facto::switched(fast, spoken, agree) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: DERP\r\n\r\n");
}

TEST_CASE("[WLD-08] a client does not take octets without a 101 for DERP") {
  const proposal asked{.target = "/derp", .host = "derp.example.com", .protocols = {spoken + 1, 1}};
  CHECK(de_facto::answered(asked, "DERP\xF0\x9F\x94\x91\r\n\r\n").what == client_step::failed);
  CHECK_BOTH(tailscale::derp.methods == method_set{method::get});
}
