// dqlite and sftp: peers that leave Connection out, and what tolerates that.
#include "turnout/protocol/de_facto/lxd.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"
#include "turnout/connection/gateway/from_http_1.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/relay.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/protocol/extended_connect/to_http_1_request.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile tolerant[] = {lxd::dqlite.tolerating_missing_connection(),
                                lxd::sftp.tolerating_missing_connection()};
constexpr profile strict[] = {lxd::dqlite, lxd::sftp};

// As MicroCloud's members write it: Go's net/http adds User-Agent and Content-Length.
const std::string asks =
    "POST /core/internal/database HTTP/1.1\r\nHost: 10.0.0.1:7443\r\n"
    "User-Agent: Go-http-client/1.1\r\nContent-Length: 0\r\nUpgrade: dqlite\r\n"
    "X-Dqlite-Version: 1\r\n\r\n";
const std::string agrees = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: dqlite\r\n\r\n";

client_step answered(lasting_span<const profile> spoken, const std::string& response) {
  const proposal asked{.method = method::post, .host = "h", .protocols = spoken};
  return de_facto::answered(asked, response).what;
}

errc refused(const std::string& head, lasting_span<const profile> spoken = tolerant) {
  const verdict judged = de_facto::examined(head, spoken);
  CHECK(judged.what != verdict::kind::offer);
  return judged.found.why.code;
}

}  // namespace

TEST_CASE("[WLD-01] no profile tolerates a missing Connection unless the program says so") {
  for (const profile& one : strict) CHECK_FALSE(one.tolerates_missing_connection);
  CHECK_BOTH(tolerant[0].tolerates_missing_connection);
  CHECK_BOTH(tolerant[0].token == lxd::dqlite.token);
  CHECK_BOTH(!profile{}.tolerates_missing_connection);
  CHECK(refused(asks, strict) == errc::upgrade_not_nominated);
  CHECK(answered({strict, 1}, agrees) == client_step::failed);
}

TEST_CASE("[WLD-02] a tolerant server and a tolerant client switch without Connection") {
  server_handshake server{tolerant};
  const auto now = server.receive(asks);
  REQUIRE(now.what == server_step::upgrade_offered);
  CHECK(now.facts.lines("X-Dqlite-Version").first() == "1");
  std::array<char, 256> out{};
  CHECK(*server.accept(*now.offer().agree(lxd::dqlite.token), out) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: dqlite\r\n\r\n");
  CHECK(answered({tolerant, 1}, agrees) == client_step::switched);
}

TEST_CASE("[WLD-02] Incus' 101 for sftp has no Connection") {
  static constexpr profile sftp[] = {tolerant[1]};
  const proposal asked{.target = "/1.0/instances/c1/sftp", .host = "lxd", .protocols = sftp};
  client_handshake client{asked};
  std::array<char, 512> out{};
  CHECK(*client.write_request(out) ==
        "GET /1.0/instances/c1/sftp HTTP/1.1\r\nHost: lxd\r\nConnection: Upgrade\r\n"
        "Upgrade: sftp\r\n\r\n");
  CHECK(client.receive(with(agrees, "dqlite", "sftp")).what == client_step::switched);
}

TEST_CASE("[WLD-02] a Connection that does not list upgrade is not a missing one") {
  for (const std::string_view line : {"Connection: keep-alive", "Connection: close",
                                      "Connection: X-Dqlite-Version", "Connection:"}) {
    CHECK(refused(fixtures::plus(asks, line)) == errc::upgrade_not_nominated);
    CHECK(answered({tolerant, 1}, fixtures::plus(agrees, line)) == client_step::failed);
  }
}

TEST_CASE("[WLD-02] only the protocols that tolerate it are offered without Connection") {
  static constexpr profile mixed[] = {lxd::sftp, lxd::dqlite.tolerating_missing_connection()};
  const std::string both = with(asks, "dqlite", "sftp, dqlite");
  CHECK(de_facto::examined(both, mixed).offer.offered() == 0b10);
  CHECK(refused(with(asks, "dqlite", "sftp"), mixed) == errc::upgrade_not_nominated);
  CHECK(refused(with(asks, "dqlite", "foo"), mixed) == errc::upgrade_not_nominated);
  CHECK(refused(with(asks, "POST", "PUT"), mixed) == errc::method_not_allowed);
}

TEST_CASE("[WLD-03] a tolerant profile still refuses malformed tokens and HTTP/1.0") {
  for (const std::string_view token : {"dqlite db", "dqlite/", "\"dqlite\"", "dqlite;q=1"})
    CHECK(refused(with(asks, "Upgrade: dqlite", "Upgrade: " + std::string{token})) ==
          errc::bad_upgrade);
  CHECK(refused(with(asks, "Upgrade: dqlite", "Upgrade: ,")) == errc::empty_upgrade);
  CHECK(refused(with(asks, "HTTP/1.1", "HTTP/1.0")) == errc::upgrade_in_http_1_0);
  CHECK(answered({tolerant, 1}, with(agrees, "dqlite", "dq lite")) == client_step::failed);
  CHECK(answered({tolerant, 1}, with(agrees, "dqlite", "other")) == client_step::failed);
  CHECK(answered({tolerant, 1}, with(agrees, "HTTP/1.1", "HTTP/1.0")) == client_step::failed);
}

TEST_CASE("[WLD-04] a relay tolerates nothing: it forwards an ordinary request") {
  constexpr relay_policy policy{.allowed = tolerant};
  relay_handshake relay{policy};
  const auto asked = relay.receive_request(asks);
  std::array<char, 512> out{};
  const auto written = relay.forward(asked, out);
  REQUIRE(written);
  CHECK(written->find("Upgrade") == written->npos);
}

TEST_CASE("[WLD-04] a relay does not forward a 101 without Connection") {
  constexpr relay_policy policy{.allowed = tolerant};
  relay_handshake relay{policy};
  const std::string nominated = fixtures::plus(asks, "Connection: upgrade");
  const auto asked = relay.receive_request(nominated);
  std::array<char, 512> out{};
  CHECK(relay.forward(asked, out)->find("Upgrade: dqlite") != std::string_view::npos);
  const auto answer = relay.receive_response(agrees);
  CHECK(answer.why.code == errc::switch_not_nominated);
}

TEST_CASE("[WLD-04] a gateway tolerates nothing in either direction") {
  gateway::from_http_1 down{tolerant};
  std::array<char, 1024> space{};
  std::array<field_line, 16> lines;
  const auto now = down.advance(gateway::side::connection, asks, {lines, space});
  CHECK(now.need == gateway::need::ordinary);
  CHECK(now.protocol == nullptr);

  const extended_connect::proposal sent{{}, tolerant[0], {}};
  facts switched{101, http_1_1};
  switched.see("Upgrade", "dqlite");
  CHECK(examine_response(switched, sent).found.why.code == errc::switch_not_nominated);
  switched.see("Connection", "upgrade");
  CHECK(examine_response(switched, sent).what == response_verdict::kind::switched);
}
