// From a refusal to a switch on one connection: what the server requires, and what is asked next.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/fixtures.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

constexpr profile a[] = {{.token = {"a", {}}}};
constexpr profile b[] = {{.token = {"b", "2"}}};
constexpr profile spoken[] = {a[0], b[0]};

using output = std::array<char, 512>;
}  // namespace

TEST_CASE("[UPG-19] [UPG-20] [UPG-48] a client asks for the protocol that a 426 requires") {
  server_handshake server{b};
  proposal first{.host = "a", .protocols = a};
  client_handshake client{first};
  output out{};
  const std::string offers_a{*client.write_request(out)};
  const auto unfit = server.receive(offers_a);
  CHECK(unfit.what == server_step::ordinary_request);
  CHECK(unfit.why.code == errc::no_common_protocol);
  const std::string required{*server.require(out)};
  CHECK(server.start_over());

  const auto declined = client.receive(required);
  CHECK(declined.what == client_step::declined);
  CHECK(declined.response.status == 426);
  const profile* const next =
      rules::choose_advertised(detail::advertised(declined.facts, 8), spoken);
  CHECK(next == &spoken[1]);
  CHECK(client.receive(declined.rest).what == client_step::content_ended);
  CHECK(client.is_reusable());

  proposal second = first;
  second.protocols = std::span{next, 1};
  CHECK(client.start_over(second));
  const std::string offers_b{*client.write_request(out)};
  const auto now = server.receive(offers_b);
  const std::string agrees{*server.accept(*now.offer().agree({"b", "2"}), out)};
  const std::string shown = agrees + "NEW";
  CHECK(client.receive(shown).switched()->octets() == "NEW");
  CHECK(&client.receive({}).switched()->protocol() == next);
  CHECK(server.receive({}).switched()->protocol().token == protocol{"b", "2"});
}

TEST_CASE("[WS-07] [UPG-48] a WebSocket that starts over needs a new nonce") {
  std::array<std::uint8_t, 16> nonce{};
  const websocket::proposal first{nonce, {.host = "a"}};
  const websocket::proposal same{nonce, {.target = "/other", .host = "a"}};
  nonce[15] = 1;
  const websocket::proposal fresh{nonce, {.host = "a"}};
  client_handshake client{first};
  output out{};
  CHECK(client.write_request(out));
  CHECK(client.receive("HTTP/1.1 401 X\r\nContent-Length: 1\r\n\r\n").what ==
        client_step::declined);
  CHECK(client.start_over(fresh).error() == failure{errc::out_of_turn, 0});
  CHECK(client.receive("x").what == client_step::content);
  const client_handshake before = client;
  for (const websocket::proposal* const used : {&first, &same}) {
    CHECK(client.start_over(*used).error() == failure{errc::repeated_nonce, 0});
    CHECK(client == before);
  }
  CHECK(client.start_over(fresh));
  CHECK(client == client_handshake{fresh});
  CHECK(client.write_request(out)->find(fresh.key().text()) != std::string::npos);
}

TEST_CASE("[MSG-74] [MSG-75] octets before the next request are not a response to it") {
  constexpr proposal asked{.host = "a", .protocols = b};
  client_handshake client{asked};
  output out{};
  CHECK(client.write_request(out));
  const auto now = client.receive("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
  CHECK(client.receive(now.rest).what == client_step::content_ended);
  CHECK(client.start_over(asked));
  const auto early = client.receive(fixtures::upgrade_response);
  CHECK(early.why == failure{errc::unsolicited_response, 0});
  CHECK(client.write_request(out).error() == failure{errc::out_of_turn, 0});
}
