// A protocol that the library does not know, by the header of examples/own_protocol: its fields,
// its proof and its checks work in every handshake.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "../../examples/own_protocol/jboss_remoting.hpp"
#include "support/fixtures.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile spoken[] = {websocket::profile, jboss_remoting::profile};

// What JBoss Remoting 5.0.29 sent, and took for an answer.
const std::string asks =
    "GET / HTTP/1.1\r\nSec-JbossRemoting-Key: IjJa9da10YuwPjj7KhNb6Q==\r\n"
    "Upgrade: jboss-remoting\r\nHost: localhost:6635\r\nConnection: upgrade\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: jboss-remoting\r\n"
    "Sec-JbossRemoting-Accept: xAf7j7F9t0rZT+bcpR/sZNsgwvM=\r\n\r\n";
constexpr std::array<std::uint8_t, 16> nonce{0x22, 0x32, 0x5a, 0xf5, 0xd6, 0xb5, 0xd1, 0x8b,
                                             0xb0, 0x3e, 0x38, 0xfb, 0x2a, 0x13, 0x5b, 0xe9};

using output = std::array<char, 512>;
/// What a client makes of an answer.
client_received answered(const std::string& octets) {
  static constexpr jboss_remoting::proposal asked{"localhost:6635", nonce};
  client_handshake client{asked};
  output out{};
  CHECK(client.write_request(out));
  return client.receive(octets);
}

}  // namespace

TEST_CASE("[OPT-10] a server and a client can speak a program's own protocol") {
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  output out{};
  CHECK(*server.accept(jboss_remoting::agree(now.offer()), out) == agrees);
  CHECK(server.receive("x").switched()->octets() == "x");

  constexpr jboss_remoting::proposal asked{"localhost:6635", nonce};
  client_handshake client{asked};
  CHECK(*client.write_request(out) ==
        "GET / HTTP/1.1\r\nHost: localhost:6635\r\nConnection: Upgrade\r\n"
        "Upgrade: jboss-remoting\r\nSec-JbossRemoting-Key: IjJa9da10YuwPjj7KhNb6Q==\r\n\r\n");
  CHECK(client.receive(agrees).switched()->protocol().token.name == "jboss-remoting");
}

TEST_CASE("[OPT-10] the place of an own protocol in the server's list does not matter") {
  constexpr profile own_first[] = {jboss_remoting::profile, websocket::profile};
  server_handshake server{own_first};
  const auto now = server.receive(asks);
  output out{};
  CHECK(*server.accept(jboss_remoting::agree(now.offer()), out) == agrees);
}

TEST_CASE("[OPT-11] a request without a field that the protocol needs is refused") {
  server_handshake server{spoken};
  const std::string keyless = without(asks, "Sec-JbossRemoting-Key");
  const auto now = server.receive(keyless);
  CHECK(now.what == server_step::failed);
  CHECK(now.why == failure{errc::missing_own_field, keyless.size() - 2});
  output out{};
  CHECK(server.refuse(refusal_for(now.why.code, spoken), out)->starts_with("HTTP/1.1 400 "));
}

TEST_CASE("[OPT-11] the protocol itself checks the value of its field") {
  const auto agree = [](const std::string& octets) {
    const auto now = server_handshake{spoken}.receive(octets);
    return jboss_remoting::agree(now.offer()).error().code;
  };
  CHECK(agree(asks) == errc::none);
  CHECK(agree(plus(asks, "sec-jbossremoting-key: IjJa9da10YuwPjj7KhNb6Q==")) ==
        errc::repeated_websocket_key);
  CHECK(agree(with(asks, "6Q==", "6Q")) == errc::bad_websocket_key);
  CHECK(agree(std::string{fixtures::websocket_request}) == errc::foreign_agreement);
}

TEST_CASE("[OPT-12] a 101 without a valid proof is not a switch, and fails at the octet at fault") {
  CHECK(answered(agrees).what == client_step::switched);
  const std::string wrong = with(agrees, "xAf7", "yAf7");
  CHECK(answered(wrong).why == failure{errc::wrong_websocket_accept, wrong.find("yAf7")});
  CHECK(answered(plus(agrees, "Sec-JbossRemoting-Accept: a")).why.code ==
        errc::wrong_websocket_accept);
  const std::string bare = without(agrees, "Sec-JbossRemoting-Accept");
  CHECK(answered(bare).why == failure{errc::switch_without_own_field, bare.size() - 2});
}

TEST_CASE("[INT-12] [OPT-11] an intermediary checks the profile, and forwards the fields") {
  constexpr relay_policy policy{.allowed = spoken, .name = "p"};
  relay_handshake relay{policy};
  output out{};
  const auto asked = relay.receive_request(asks);
  CHECK(relay.forward(asked, out)->find("\r\nSec-JbossRemoting-Key: IjJa9") != std::string::npos);
  relay_handshake lost = relay;
  const auto answer = relay.receive_response(agrees);
  CHECK(answer.protocol() == &spoken[1]);
  CHECK(relay.forward(answer, out)->find("\r\nSec-JbossRemoting-Accept: xAf7j7F9") !=
        std::string::npos);
  CHECK(lost.receive_response(without(agrees, "Sec-JbossRemoting-Accept")).why.code ==
        errc::switch_without_own_field);

  relay_handshake keyless{policy};
  const std::string without_key = without(asks, "Sec-JbossRemoting-Key");
  const auto plain = keyless.receive_request(without_key);
  CHECK(plain.why.code == errc::missing_own_field);
  CHECK(plain.offer().empty());
  CHECK(keyless.forward(plain, out)->find("Upgrade") == std::string::npos);
}

TEST_CASE("[OPT-10] facts from another parser also keep the fields") {
  facts request{method::get, http_1_1};
  request.keep_for(spoken);
  request.see("Host", "a");
  request.see("Upgrade", "jboss-remoting");
  request.see("Connection", "Upgrade");
  request.see("SEC-JBOSSREMOTING-KEY", "IjJa9da10YuwPjj7KhNb6Q==");
  const verdict judged = examine_request(request, spoken);
  output out{};
  CHECK(*write_switch(*jboss_remoting::agree(judged.offer), false, {}, out) == agrees);
}
