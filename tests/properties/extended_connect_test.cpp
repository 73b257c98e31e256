// HTTP/2 between two connections of HTTP/1.1: what a client offers arrives, what the server answers
// comes back, and both switch or neither does. Only header lists go over the middle.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/extended_connect_laws.hpp"
#include "support/fixtures.hpp"
#include "turnout/protocol/extended_connect.hpp"
#include "turnout/protocol/tunnel.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using extended_connect_laws::header_list, extended_connect_laws::memory,
    extended_connect_laws::nonce, extended_connect_laws::spoken;

constexpr std::string_view udp_request = vectors::request_of("masque/udp");
constexpr std::array<std::uint8_t, 16> other_nonce{1, 2, 3};

/// The middle: an HTTP/1.1 server in front, an HTTP/1.1 client after, header lists between them.
class middle {
 public:
  explicit middle(std::string_view token) : token_{token} { (void)allowed_.see(8, 1); }

  /// The request that arrives after.
  std::string_view forward(std::string_view octets) {
    asked_ = front_.receive(octets);
    REQUIRE(asked_.what == server_step::upgrade_offered);
    const auto up = extended_connect::write_request(
        {asked_.request, asked_.offer(), {token_, {}}, "https", allowed_}, up_.space());
    REQUIRE(up);
    up_.size = up.lines;
    const auto read = extended_connect::request::read(up_.list());
    REQUIRE(read);
    const facts seen = extended_connect::facts_of(*read);
    const verdict judged = extended_connect::examine_request(*read, seen, spoken);
    REQUIRE(judged.what == verdict::kind::offer);
    proposal_ = {*read, *judged.offer.choose(preference::client), other_nonce};
    const auto written = behind_.write_request(down_.octets);
    REQUIRE(written);
    return *written;
  }

  /// The response that arrives in front.
  std::string_view answer(std::string_view octets) {
    const auto now = behind_.receive(octets);
    const bool switched = now.what == client_step::switched;
    REQUIRE((switched || now.what == client_step::declined));
    const auto back = extended_connect::write_response(
        now.response, switched ? &now.switched()->protocol() : nullptr, back_.space());
    REQUIRE(back);
    back_.size = back.lines;
    const auto read = extended_connect::response::read(back_.list());
    REQUIRE(read);
    CHECK(*extended_connect::opens(*read, proposal_.protocols.front()) == switched);
    const auto agreed = extended_connect::agreement::read(asked_.offer(), {token_, {}}, *read);
    CHECK(static_cast<bool>(agreed) == switched);
    const auto written = switched ? front_.accept(*agreed, out_.octets)
                                  : extended_connect::write_response(
                                        *read, {std::span{spoken}.first(1)}, out_.octets);
    REQUIRE(written);
    return *written;
  }

 private:
  std::string_view token_;
  extended_connect::enable_connect_protocol allowed_;
  server_handshake front_{spoken};
  server_received asked_;
  extended_connect::proposal proposal_{{}, spoken[0], nonce};
  client_handshake<extended_connect::proposal> behind_{proposal_};
  memory up_, down_, back_, out_;
};

/// The websocket offer in an HTTP/1.1 request, checked.
struct seen_offer {
  explicit seen_offer(std::string_view octets) : now{handshake.receive(octets)} {
    REQUIRE(now.what == server_step::upgrade_offered);
    const auto read = websocket::offer::read(now.offer());
    REQUIRE(read);
    offer = *read;
  }

  server_handshake handshake{spoken};
  server_received now;
  websocket::offer offer;
};

}  // namespace

TEST_CASE("[XC-18] [XC-19] [INT-35] a WebSocket is forwarded through HTTP/2 unchanged") {
  const std::string request = fixtures::plus(
      fixtures::websocket_request,
      "Origin: http://a\r\nSec-WebSocket-Protocol: chat, x\r\nSec-WebSocket-Extensions: y; z=1");
  middle between{"websocket"};
  const std::string forwarded{between.forward(request)};
  const seen_offer sent{request};
  seen_offer arrived{forwarded};
  CHECK(arrived.now.offer().offered() == sent.now.offer().offered());
  CHECK(arrived.now.request.target == sent.now.request.target);
  CHECK(arrived.offer.origin() == sent.offer.origin());
  CHECK(arrived.offer.subprotocols() == sent.offer.subprotocols());
  CHECK(arrived.offer.extensions() == sent.offer.extensions());
  CHECK(arrived.offer.key() == field::sec_websocket_key{other_nonce});

  std::array<char, 512> out{};
  const auto written = arrived.handshake.accept(*arrived.offer.agree({.subprotocol = "chat"}), out);
  REQUIRE(written);
  CHECK(
      between.answer(*written) ==
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-protocol: chat\r\n\r\n");
}

TEST_CASE("[XC-03] [XC-09] [XC-10] a client and a server switch across HTTP/2") {
  const websocket::proposal asked{
      nonce,
      {.host = "a", .subprotocols = *field::sec_websocket_protocol::parse("chat, superchat")}};
  client_handshake client{asked};
  std::array<char, 512> out{};
  auto written = client.write_request(out);
  REQUIRE(written);
  const std::string request{*written};
  middle between{"websocket"};
  seen_offer arrived{between.forward(request)};
  written = arrived.handshake.accept(*arrived.offer.agree({.subprotocol = "superchat"}), out);
  REQUIRE(written);
  const std::string answer{between.answer(*written)};
  CHECK(client.receive(answer).what == client_step::switched);
}

TEST_CASE("[XC-20] [UDP-19] connect-udp is forwarded through HTTP/2 unchanged") {
  middle between{"connect-udp"};
  CHECK(between.forward(udp_request) ==
        fixtures::with(udp_request, "Capsule-Protocol", "capsule-protocol"));
  const std::string response{vectors::response_of("masque/udp-switched")};
  CHECK(between.answer(response) ==
        fixtures::with(response, "Capsule-Protocol", "capsule-protocol"));
}

TEST_CASE("[XC-22] [CAP-09] a refusal is forwarded, and names the protocols of its hop") {
  middle between{"websocket"};
  (void)between.forward(fixtures::websocket_request);
  CHECK(between.answer("HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n") ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "sec-websocket-version: 13\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("[XC-16] [XC-24] [INT-27] no octet in a header list makes it a different request") {
  const header_list sound{{":method", "CONNECT"}, {":protocol", "websocket"}, {":scheme", "https"},
                          {":authority", "a"},    {":path", "/chat"},         {"x", "value"},
                          {"cookie", "a=b"},      {"cookie", "c=d"},          {"y", "z"}};
  // Host, Connection, Upgrade, the key and the version; x, the cookies on one line, and y.
  using extended_connect_laws::go_down, extended_connect_laws::lines_of_offer;
  REQUIRE(lines_of_offer(go_down(sound)).size() == 8);
  std::size_t accepted = 0;
  for (int number = 0; number < 256; ++number)
    for (std::size_t i = 0; i < sound.size(); ++i)
      for (const bool in_name : {true, false}) {
        const std::string_view before = in_name ? sound[i].name : sound[i].value;
        for (std::size_t at = 0; at <= before.size(); ++at) {
          std::string edited{before};
          edited.insert(at, 1, static_cast<char>(number));
          header_list lines = sound;
          (in_name ? lines[i].name : lines[i].value) = edited;
          accepted += go_down(lines).empty() ? 0u : 1u;
          CHECK(extended_connect_laws::down_is_one_request(lines) == "");
        }
      }
  CHECK(accepted > 1000);
}

TEST_CASE("[XC-16] [INT-28] a request that is valid in HTTP/1.1 is valid in HTTP/2") {
  const std::string sound = fixtures::plus(fixtures::websocket_request, "X: y");
  bool went = false;
  REQUIRE(extended_connect_laws::up_is_sound(sound, went) == "");
  REQUIRE(went);
  std::size_t accepted = 0;
  for (int number = 0; number < 256; ++number)
    for (std::size_t at = 0; at <= sound.size(); ++at) {
      std::string edited = sound;
      edited.insert(at, 1, static_cast<char>(number));
      CHECK(extended_connect_laws::up_is_sound(edited, went) == "");
      accepted += went ? 1u : 0u;
    }
  CHECK(accepted > 1000);
}
