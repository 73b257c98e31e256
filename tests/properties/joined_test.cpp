// Law 6: a client joined to a server in memory, through pieces of every size.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/laws.hpp"

namespace {

using namespace std::string_view_literals;
using namespace turnout;

constexpr std::string_view after = "\x81\x05hello\0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"sv;

/// Tries law 6 with all proposals, servers, programs and interim responses.
void check_all(int size) {
  for (int proposed = 0; proposed < 4; ++proposed) {
    for (int spoken = 0; spoken < 8; ++spoken) {
      for (int program = 0; program < 5; ++program) {
        for (int interim = 0; interim < 4; ++interim) {
          std::string choices;
          for (const int choice : {proposed, spoken, program, interim, size})
            choices += static_cast<char>(choice);
          CAPTURE(proposed);
          CAPTURE(spoken);
          CAPTURE(program);
          CAPTURE(interim);
          CAPTURE(size);
          CHECK(laws::both_switch_or_neither(choices.append(after)) == "");
        }
      }
    }
  }
}

/// The subprotocol that a client reads from what a server answers that chose `chosen`.
std::string_view agreed_subprotocol(std::string_view chosen) {
  client_handshake client{laws::asked_websocket};
  server_handshake server{laws::supported};
  static laws::output out;
  const auto asked = server.receive(*client.write_request(out));
  const auto offered = websocket::offer::read(asked.offer());
  const auto written = server.accept(*offered->agree({.subprotocol = chosen}), out);
  const auto answered = client.receive(*written);
  const auto terms = laws::asked_websocket.terms_of(answered.facts);
  CHECK(answered.what == client_step::switched);
  CHECK(terms);
  return terms->subprotocol;
}

}  // namespace

TEST_CASE(
    "[UPG-10] [UPG-36] [UPG-37] [WS-36] both sides switch to the same protocol, or neither does") {
  for (const int size : {0, 1, 2, 3, 5, 7, 64}) check_all(size);
}

TEST_CASE("[ENG-01] [UPG-25] the octets arrive in pieces of every size") {
  for (int size = 0; size < 256; ++size) {
    for (const char proposed : {'\1', '\3'}) {
      for (const char program : {'\0', '\2', '\3'}) {
        const std::string choices{proposed, '\7', program, '\3', static_cast<char>(size)};
        CAPTURE(size);
        CAPTURE(static_cast<int>(program));
        CHECK(laws::both_switch_or_neither(choices + std::string{after}) == "");
      }
    }
  }
}

TEST_CASE("[WS-30] [WS-32] [WS-61] both sides know the agreed subprotocol, or that there is none") {
  CHECK(agreed_subprotocol("chat") == "chat");
  CHECK(agreed_subprotocol("superchat") == "superchat");
  CHECK(agreed_subprotocol("") == "");
}

TEST_CASE("[WS-61] a subprotocol that was not offered is not agreed on, and the offer stays open") {
  client_handshake client{laws::asked_websocket};
  server_handshake server{laws::supported};
  laws::output out{};
  const auto asked = server.receive(*client.write_request(out));
  const auto offered = websocket::offer::read(asked.offer());
  CHECK(offered->agree({.subprotocol = "CHAT"}).error().code == errc::subprotocol_not_offered);
  CHECK(server.state() == server_state::deciding);
  const auto written = server.refuse({.status = 403}, out);
  CHECK(client.receive(*written).what == client_step::declined);
}

TEST_CASE("[UPG-30] [UPG-31] a 100 before the 101 is an interim response") {
  server_handshake server{laws::supported};
  laws::output out{};
  const auto asked = server.receive(
      "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
      "Expect: 100-continue\r\n\r\n");
  const auto written = server.accept(*asked.offer().agree({"foo", "2"}), out);
  auto client = laws::waiting_client(laws::asked);
  const auto first = client.receive(*written);
  CHECK(first.what == client_step::interim_response);
  CHECK(first.response.status == 100);
  CHECK(client.receive(first.rest).what == client_step::switched);
}
