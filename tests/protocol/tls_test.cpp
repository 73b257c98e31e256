// Upgrade to TLS: the layered 101, and the request that wants no answer in clear text.
#include "turnout/protocol/tls.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {tls::v1_3, tls::v1_2};
const proposal mandatory = tls::mandatory("h", std::span{spoken}.subspan(1));
const std::string asks =
    "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
    "Upgrade: TLS/1.2\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
    "Upgrade: TLS/1.2, HTTP/1.1\r\n\r\n";

using output = std::array<char, 512>;
client_received answered(const std::string& response) {
  client_handshake client{mandatory};
  output out{};
  CHECK(*client.write_request(out) == asks);
  return client.receive(response);
}

}  // namespace

TEST_CASE(
    "[TLS-03] [TLS-04] [UPG-11] OPTIONS asks for a mandatory upgrade, and the server agrees") {
  CHECK_BOTH(tls::mandatory("h", spoken).target == "*");
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  const profile& chosen = *now.offer().choose(preference::server);
  CHECK(chosen.token == protocol{"TLS", "1.2"});
  output out{};
  CHECK(*server.accept(*now.offer().agree(chosen.token), out) == agrees);
  CHECK(server.receive("\x16\x03\x01").switched()->octets() == "\x16\x03\x01");  // TLS-05
  CHECK(answered(agrees).switched()->protocol().token == protocol{"TLS", "1.2"});
}

TEST_CASE("[TLS-12] [UPG-16] only HTTP/1.1 may be on top of an offered version") {
  CHECK(answered(with(agrees, "TLS/1.2, HTTP/1.1", "TLS/1.2")).what == client_step::switched);
  CHECK(answered(with(agrees, "TLS/1.2, HTTP/1.1", "tls/1.2, http/1.1")).what ==
        client_step::switched);
  for (const std::string_view named :
       {"TLS/1.0, HTTP/1.1", "HTTP/1.1, TLS/1.2", "HTTP/1.1", "TLS/1.3, HTTP/1.1", "TLS/1.2, foo",
        "TLS/1.2, HTTP/2.0", "TLS/1.2, HTTP/1.1, x", "TLS/1.2, TLS/1.1"})
    CHECK(answered(with(agrees, "TLS/1.2, HTTP/1.1", named)).why.code ==
          errc::protocol_not_offered);
}

TEST_CASE("[TLS-12] cupsd names all its versions, and Icecast names HTTP/1.0 on top") {
  static constexpr profile versions[] = {tls::v1_2, tls::version("1.1"), tls::version("1.0")};
  constexpr proposal asked = tls::mandatory("printer.example:631", versions);
  const auto answered = [&asked](std::string_view named, std::string_view more) {
    client_handshake client{asked};
    output out{};
    CHECK(client.write_request(out));
    const std::string response =
        "HTTP/1.1 101 Switching Protocols\r\n" + std::string{named} + std::string{more} + "\r\n";
    const auto now = client.receive(response);
    return now.switched() == nullptr ? nullptr : &now.switched()->protocol();
  };
  constexpr std::string_view all = "Upgrade: TLS/1.2,TLS/1.1,TLS/1.0\r\n";
  CHECK(answered(all, "Connection: Upgrade\r\nContent-Length: 0\r\n") == &versions[0]);
  CHECK(answered(all, "Connection: Keep-Alive\r\nContent-Length: 0\r\n") == &versions[0]);
  CHECK(answered("Upgrade: TLS/1.0, HTTP/1.0\r\n", "Connection: Upgrade\r\n") == &versions[2]);
}

TEST_CASE("[UPG-09] a request with an offer of TLS that does not fit is an ordinary one") {
  for (const std::string_view method : {"PROPFIND", "REPORT", "TRACE"}) {
    const std::string request = with(asks, "OPTIONS *", std::string{method} + " /");
    const auto now = server_handshake{spoken}.receive(request);
    CAPTURE(method);
    CHECK(now.what == server_step::ordinary_request);
    CHECK(now.request.method_name == method);
  }
  CHECK(server_handshake{spoken}.receive(with(asks, "OPTIONS *", "QUERY /")).what ==
        server_step::upgrade_offered);
}

TEST_CASE("[TLS-01] a version is part of the token, digit by digit") {
  for (const std::string_view token : {"TLS/1.2", "tls/1.2", "TLS/1.3"}) {
    const std::string request = with(asks, "TLS/1.2", token);
    CHECK(server_handshake{spoken}.receive(request).what == server_step::upgrade_offered);
  }
  for (const std::string_view token : {"TLS/1", "TLS", "SSL/3.0", "TLS/1.0", "TLS/1.20"}) {
    const std::string request = with(asks, "TLS/1.2", token);
    CHECK(server_handshake{spoken}.receive(request).why.code == errc::no_common_protocol);
  }
  CHECK_BOTH(tls::version("1.0").token == protocol{"TLS", "1.0"});
}

TEST_CASE("[TLS-02] any request may offer TLS if a response in clear text is acceptable") {
  const std::string request =
      "GET http://example.bank.com/x HTTP/1.1\r\nHost: example.bank.com\r\nUpgrade: TLS/1.2\r\n"
      "Connection: Upgrade\r\n\r\n";
  CHECK(server_handshake{spoken}.receive(request).what == server_step::upgrade_offered);
}

TEST_CASE(
    "[TLS-03] [TLS-09] any other response is not a switch, and the real request is not sent") {
  CHECK(answered("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").what == client_step::declined);
  CHECK(answered(with(agrees, "101", "426")).switched() == nullptr);
}

TEST_CASE("[TLS-08] [TLS-11] a server requires TLS with a 426, or advertises it") {
  server_handshake server{spoken};
  (void)server.receive(fixtures::plain_request);
  output out{};
  const std::string required = std::string{
      *server.refuse({.status = 426, .protocols = spoken, .content = "TLS only\n"}, out)};
  CHECK(required.find("\r\nConnection: Upgrade\r\nUpgrade: TLS/1.3, TLS/1.2\r\n") !=
        std::string::npos);
  CHECK(required.ends_with("Content-Length: 9\r\n\r\nTLS only\n"));
}

TEST_CASE("[TLS-14] [OPT-02] TLS octets without an upgrade are not a request") {
  CHECK(server_handshake{spoken}.receive("\x16\x03\x01").why == failure{errc::control_octet, 0});
}
