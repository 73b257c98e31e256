// Teleport: two Upgrade lines, and a copy of them.
#include "turnout/protocol/de_facto/teleport.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {teleport::alpn, teleport::alpn_ping};
const std::string asks =
    "GET /webapi/connectionupgrade HTTP/1.1\r\nHost: teleport.example.com\r\n"
    "User-Agent: Go-http-client/1.1\r\nConnection: Upgrade\r\nUpgrade: alpn-ping\r\n"
    "Upgrade: alpn\r\nX-Teleport-Upgrade: alpn-ping\r\nX-Teleport-Upgrade: alpn\r\n\r\n";

}  // namespace

TEST_CASE("[WLD-09] both Upgrade lines are one list, in the client's order") {
  const verdict judged = de_facto::examined(asks, spoken);
  CHECK(judged.offer.offered() == 0b11);
  CHECK(judged.offer.choose(preference::client) == &spoken[1]);
  CHECK(judged.offer.choose(preference::server) == &spoken[0]);
  CHECK(de_facto::switched(asks, spoken) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: alpn\r\n\r\n");
}

TEST_CASE("[WLD-09] the copy in X-Teleport-Upgrade is kept, but is not an offer") {
  server_handshake server{spoken};
  CHECK(server.receive(asks).facts.lines("X-Teleport-Upgrade").first() == "alpn-ping");
  const std::string none = with(with(asks, "Upgrade: alpn-ping\r\n", ""), "Upgrade: alpn\r\n", "");
  const verdict judged = de_facto::examined(none, spoken);
  CHECK(judged.what == verdict::kind::ignore);
  CHECK(judged.found.why.code == errc::no_upgrade);
  CHECK_BOTH(teleport::alpn.methods == method_set{method::get});
}
