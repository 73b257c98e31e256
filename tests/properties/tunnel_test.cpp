// CONNECT on both sides: the tunnel begins at its exact octet, and a refusal ends the connection.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/fixtures.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using fixtures::plus;

constexpr tunnel_request asked{.target = "b:443"};
constexpr profile websocket_only[] = {websocket::profile};
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";

using output = std::array<char, 512>;
client_handshake<tunnel_request> waiting() {
  client_handshake client{asked};
  output out{};
  CHECK(client.write_request(out));
  return client;
}

}  // namespace

TEST_CASE("[MSG-56] [OPT-06] [OPT-13] a tunnel begins right after the 2xx, and not before") {
  for (const std::string_view fields :
       {"", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n"}) {
    const std::string shown = "HTTP/1.1 204 X\r\n" + std::string{fields} + "\r\n" + "HELLO";
    for (std::size_t cut = 0; cut < shown.size() - 5; ++cut) {
      auto client = waiting();
      const auto before = client.receive(shown.substr(0, cut));
      CHECK(before.what == client_step::need_more);
      CHECK(before.switched() == nullptr);
      const auto now = client.receive(shown);
      CHECK(now.switched()->octets() == "HELLO");
      CHECK(&now.switched()->protocol() == &tunnel);
    }
  }
}

TEST_CASE("[UPG-15] [UPG-36] [OPT-07] any other response to CONNECT opens no tunnel") {
  for (const std::string_view status : {"407 X", "504 X", "302 X", "600 X"}) {
    auto client = waiting();
    const std::string shown =
        "HTTP/1.1 103 E\r\n\r\nHTTP/1.1 " + std::string{status} + "\r\nContent-Length: 2\r\n\r\nno";
    const auto interim = client.receive(shown);
    CHECK(interim.what == client_step::interim_response);
    const auto now = client.receive(interim.rest);
    CHECK(now.what == client_step::declined);
    const auto content = client.receive(now.rest);
    CHECK(content.content == "no");
    CHECK(client.receive(content.rest).what == client_step::content_ended);
    CHECK(!client.is_reusable());
    CHECK(client.start_over(asked).error() == failure{errc::not_persistent, 0});
  }
  auto client = waiting();
  CHECK(client.receive(fixtures::upgrade_response).why == failure{errc::unsolicited_switch, 0});
}

TEST_CASE("[OPT-06] a client that can't hold back payload sends close") {
  constexpr tunnel_request closing{.target = "b:443", .close = true};
  output out{};
  CHECK(*write_request(closing, out) == plus(connects, "Connection: close"));
}

TEST_CASE("[OPT-07] a server opens the requested tunnel, or closes and reads no more") {
  const std::string post = "POST /upload HTTP/1.1\r\nHost: proxy\r\nContent-Length: 3\r\n\r\nabc";
  const std::string shown = connects + post;
  server_handshake server{{}};
  const auto now = server.receive(shown);
  CHECK(now.what == server_step::tunnel_requested);
  CHECK(now.request.target.authority.host == "b");
  CHECK(now.request.target.authority.port == "443");
  CHECK(now.early_data() == post);
  CHECK(server.decline().error() == failure{errc::out_of_turn, 0});
  CHECK(server.start_over().error() == failure{errc::out_of_turn, 0});
  output out{};
  for (const std::uint16_t status : {std::uint16_t{407}, std::uint16_t{504}, std::uint16_t{405}}) {
    server_handshake refuses = server;
    CHECK(refuses.refuse({.status = status, .close = false}, out)
              ->find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(refuses.state() == server_state::closed);
    CHECK(refuses.receive(now.rest).what == server_step::failed);
    CHECK(refuses.start_over().error() == failure{errc::out_of_turn, 0});
  }
  CHECK(*server.open_tunnel(out) == "HTTP/1.1 200 OK\r\n\r\n");
  CHECK(server.receive(now.rest).switched()->octets() == post);
  CHECK(&server.receive({}).switched()->protocol() == &tunnel);
  CHECK(server.open_tunnel(out).error() == failure{errc::out_of_turn, 0});
}

TEST_CASE("[MSG-57] the response that opens a tunnel has no content") {
  server_handshake server{{}};
  (void)server.receive(connects);
  output out{};
  for (const std::string_view name : {"Content-Length", "transfer-encoding"}) {
    const field_line fields[] = {{"Via", "1.1 me"}, {name, "0"}};
    CHECK(server.open_tunnel(out, fields).error() == failure{errc::reserved_field, 1});
    CHECK(server.state() == server_state::deciding_tunnel);
  }
  const field_line via[] = {{"Via", "1.1 me"}};
  CHECK(*server.open_tunnel(out, via) == "HTTP/1.1 200 OK\r\nVia: 1.1 me\r\n\r\n");
}

TEST_CASE("[WS-15] through a proxy, the handshake is sent in the tunnel and never before it") {
  constexpr std::array<std::uint8_t, 16> nonce{};
  const websocket::proposal wanted{nonce, {.target = "/chat", .host = "example.com"}};
  constexpr tunnel_request through{.target = "example.com:80"};
  output out{};
  client_handshake proxy_client{through};
  const std::string first{*proxy_client.write_request(out)};
  CHECK(first == "CONNECT example.com:80 HTTP/1.1\r\nHost: example.com:80\r\n\r\n");
  server_handshake proxy{{}};
  (void)proxy.receive(first);
  const auto opened = proxy_client.receive(*proxy.open_tunnel(out));
  CHECK(opened.what == client_step::switched);

  client_handshake client{wanted};
  const std::string second{*client.write_request(out)};
  CHECK(second.starts_with("GET /chat HTTP/1.1\r\nHost: example.com\r\n"));
  CHECK(proxy.receive(second).switched()->octets() == second);
  server_handshake server{websocket_only};
  const auto now = server.receive(second);
  const auto agreed = websocket::offer::read(now.offer())->agree();
  CHECK(client.receive(*server.accept(*agreed, out)).what == client_step::switched);

  client_handshake refused{through};
  CHECK(refused.write_request(out));
  CHECK(refused.receive("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n").switched() == nullptr);
}
