// The code of docs/guide.md, as it is there.
#include <turnout/protocol.hpp>

#include "guide.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace {

constexpr std::array<std::uint8_t, 16> nonce{1, 2, 3};

/// Keeps what is sent, and knows what became of the connection.
struct recorder {
  void send(std::string_view octets) { sent += octets; }
  void websocket(std::string_view first) {
    switched = true;
    frames = first;
  }
  void close() { closed = true; }
  void end_output() { output_ended = true; }
  bool connect(const turnout::request_head&) {
    ++connects;
    return reachable;
  }

  std::string sent;
  std::string frames;
  bool switched = false;
  bool closed = false;
  bool output_ended = false;
  bool reachable = true;
  int connects = 0;

  std::string take() { return std::exchange(sent, {}); }
};

const std::string asks_websocket =
    "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

std::string page(std::string_view text, std::string_view fields = {}) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
         std::to_string(text.size()) + std::string{fields} + "\r\n\r\n" + std::string{text};
}

}  // namespace

TEST_CASE("the session of the guide serves pages, bodies, pipelined requests and a WebSocket") {
  const std::string comes =
      "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody" +
      asks_websocket + "Sec-WebSocket-Protocol: chat.v1\r\n\r\nframes";
  const std::string served = page("/a got 0 bytes\n") + page("/b got 4 bytes\n");
  for (const std::size_t size : {comes.size(), std::size_t{1}}) {
    CAPTURE(size);
    recorder wire;
    session connection{wire};
    std::size_t at = 0;
    for (; at < comes.size(); at += size)
      if (!connection.received(std::string_view{comes}.substr(at, size))) break;
    CHECK(wire.switched);
    CHECK(wire.sent.starts_with(served + "HTTP/1.1 101 "));
    CHECK(wire.sent.find("Sec-WebSocket-Protocol: chat.v1\r\n") != std::string::npos);
    CHECK(wire.frames == (size == 1 ? "" : "frames"));
  }
}

TEST_CASE("the session of the guide refuses other pages' WebSockets, large bodies and CONNECT") {
  recorder wire;
  session connection{wire};
  CHECK(connection.received(asks_websocket + "Origin: https://evil.example\r\n\r\n"));
  CHECK(wire.take().starts_with("HTTP/1.1 403 "));
  std::string elsewhere = asks_websocket;
  CHECK(connection.received(elsewhere.replace(5, 2, "no") + "\r\n"));
  CHECK(wire.take().starts_with("HTTP/1.1 404 "));
  CHECK(connection.received("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" +
                            std::string(1000001, 'x')));
  CHECK(wire.take().starts_with("HTTP/1.1 413 "));
  CHECK(connection.received(std::string(999999, 'x') + "GET /c HTTP/1.1\r\nHost: a\r\n\r\n"));
  CHECK(wire.take() == page("/c got 0 bytes\n"));
  CHECK_FALSE(connection.received("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n"));
  CHECK(wire.take().starts_with("HTTP/1.1 501 "));
  CHECK(wire.closed);
}

TEST_CASE("the session of the guide sends 100, close, and 400 for half a request") {
  recorder wire;
  session connection{wire};
  CHECK(
      connection.received("POST /b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                          "Connection: close\r\nContent-Length: 2\r\n\r\n"));
  CHECK(wire.take() == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK_FALSE(connection.received("hi"));
  CHECK(wire.take() == page("/b got 2 bytes\n", "\r\nConnection: close"));

  session half{wire};
  CHECK(half.received("GET / HTTP/1.1\r\nHo"));
  half.ended();
  CHECK(wire.take().starts_with("HTTP/1.1 400 "));
}

TEST_CASE("the dialer of the guide opens the session of the guide, also through its proxy") {
  recorder at_client, at_server, at_proxy, behind_proxy;
  dialer client{at_client, nonce};
  session server{at_server};
  proxied proxy{at_proxy, behind_proxy};

  CHECK(proxy.received(turnout::relay_side::client, at_client.take()));
  CHECK(behind_proxy.connects == 1);
  CHECK_FALSE(server.received(behind_proxy.take()));
  CHECK(at_server.switched);
  CHECK(proxy.received(turnout::relay_side::server, at_server.take() + "hello"));
  CHECK(client.received(at_proxy.take()) == outcome::open);
  CHECK(at_client.frames == "hello");
  CHECK(proxy.received(turnout::relay_side::client, "there"));
  CHECK(behind_proxy.take() == "there");
}

TEST_CASE("the dialer of the guide treats no other response as a switch") {
  for (const std::string_view answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 302 Found\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"}) {
    CAPTURE(answer);
    recorder wire;
    dialer client{wire, nonce};
    CHECK(client.received("HTTP/1.1 103 Early Hints\r\n\r\n") == outcome::waiting);
    CHECK(client.received(answer) == outcome::refused);
    CHECK_FALSE(wire.switched);
  }
}

TEST_CASE("the proxy of the guide answers for servers that can't be reached or that end") {
  const std::string asks = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  recorder client, server;
  server.reachable = false;
  proxied proxy{client, server};
  CHECK(proxy.received(turnout::relay_side::client, asks));
  CHECK(client.take().starts_with("HTTP/1.1 502 "));
  server.reachable = true;
  CHECK(proxy.received(turnout::relay_side::client, asks));
  CHECK(server.take().starts_with("GET / HTTP/1.1\r\n"));
  CHECK_FALSE(proxy.ended(turnout::relay_side::server));
  CHECK(client.take().starts_with("HTTP/1.1 502 "));
}

TEST_CASE("[INT-39] the proxy of the guide forwards the end of one side, and closes after both") {
  recorder at_client, at_server, at_proxy, after_proxy;
  dialer client{at_client, nonce};
  session server{at_server};
  proxied proxy{at_proxy, after_proxy};
  CHECK(proxy.received(turnout::relay_side::client, at_client.take()));
  CHECK(proxy.ended(turnout::relay_side::client));
  CHECK_FALSE(after_proxy.output_ended);
  CHECK_FALSE(server.received(after_proxy.take()));
  CHECK(proxy.received(turnout::relay_side::server, at_server.take()));
  CHECK(after_proxy.output_ended);
  CHECK(proxy.received(turnout::relay_side::server, "last"));
  CHECK(at_proxy.take().ends_with("last"));
  CHECK_FALSE(proxy.ended(turnout::relay_side::server));
  CHECK_FALSE(at_proxy.output_ended);
}

TEST_CASE("[MSG-85] [INT-38] the proxy of the guide answers if a side is late") {
  const std::string asks = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  recorder client, server;
  proxied waits{client, server};
  CHECK(waits.received(turnout::relay_side::client, asks));
  CHECK(waits.late(turnout::relay_side::client));
  CHECK_FALSE(waits.late(turnout::relay_side::server));
  CHECK(client.take().starts_with("HTTP/1.1 504 "));
  proxied half{client, server};
  CHECK(half.received(turnout::relay_side::client, asks.substr(0, 20)));
  CHECK_FALSE(half.late(turnout::relay_side::client));
  CHECK(client.take().starts_with("HTTP/1.1 408 "));
}

TEST_CASE("the proxy of the guide drops a server that sends without a request, and continues") {
  recorder client, server;
  proxied proxy{client, server};
  CHECK(proxy.received(turnout::relay_side::server, "HTTP/1.0 408 Request Timeout\r\n\r\n"));
  CHECK(server.closed);
  CHECK(proxy.received(turnout::relay_side::client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  CHECK(server.connects == 1);
}

TEST_CASE("the small server of the guide refuses a head that its buffer can't hold") {
  std::array<char, 512> out{};
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1024, 'x');
  const auto turn = small_server.advance(std::string_view{head}.substr(0, 1024), out);
  CHECK(turn.output.starts_with("HTTP/1.1 431 "));
}

TEST_CASE("the facts of the guide give the 101") {
  std::multimap<std::string, std::string> fields{{"Host", "a"},
                                                 {"Connection", "Upgrade"},
                                                 {"Upgrade", "websocket"},
                                                 {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                                 {"Sec-WebSocket-Version", "13"}};
  std::array<char, 512> out{};
  CHECK(switch_by_facts(fields, out).starts_with("HTTP/1.1 101 "));
  fields.erase("Upgrade");
  CHECK(switch_by_facts(fields, out).empty());
}

TEST_CASE("the protocol of the guide asks for a ticket") {
  const std::string asks =
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: example/1\r\n";
  const auto answer = [](const std::string& head) {
    turnout::server_connection server{with_ticket};
    std::array<char, 512> out{};
    const auto turn = server.advance(head, out);
    if (turn.need == turnout::server_need::close) return std::string{turn.output.substr(0, 12)};
    return std::string{check_ticket(server, turn, out).substr(0, 12)};
  };
  CHECK(answer(asks + "X-Ticket: valid\r\n\r\n") == "HTTP/1.1 101");
  CHECK(answer(asks + "X-Ticket: other\r\n\r\n") == "HTTP/1.1 403");
  CHECK(answer(asks + "\r\n") == "HTTP/1.1 400");
}

namespace {

/// A stream that keeps what is sent on it.
struct recorded_stream {
  void headers(turnout::span<const turnout::field_line> list) {
    for (const auto& [name, value] : list)
      sent += std::string{name} + "=" + std::string{value} + "\n";
  }
  void data(std::string_view octets) { sent += octets; }
  void end() { sent += "[end]"; }
  void reset(std::uint32_t code) { sent += "[reset " + std::to_string(code) + "]"; }

  std::string sent;
};

/// A server of HTTP/1.1 that keeps what it gets.
struct recorded_server {
  bool connect(std::string_view authority) { return authority == "a"; }
  void send(std::string_view octets) { sent += octets; }
  void end_output() { sent += "[end]"; }
  void close() { closed = true; }

  std::string sent;
  bool closed = false;
};

using turnout::gateway::side;

constexpr turnout::field_line connect_websocket[] = {
    {":method", "CONNECT"}, {":protocol", "websocket"}, {":scheme", "https"},
    {":path", "/ws"},       {":authority", "a"},        {"sec-websocket-version", "13"}};
constexpr std::array<std::uint8_t, 16> sample_nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                    'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};

}  // namespace

TEST_CASE("the gateway of the guide holds DATA back until the 101, and passes ends on") {
  recorded_stream stream;
  recorded_server server;
  stream_gateway gateway{stream, server};
  gateway.requested(connect_websocket, sample_nonce);
  CHECK(server.sent ==
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n");
  server.sent.clear();
  gateway.received(side::stream, "early");
  CHECK(server.sent.empty());
  gateway.received(side::connection,
                   "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nback");
  CHECK(server.sent == "early");
  CHECK(stream.sent == ":status=200\nback");
  gateway.received(side::stream, "", true);
  CHECK(server.sent == "early[end]");
  gateway.received(side::connection, "", true);
  CHECK(stream.sent == ":status=200\nback[end]");
  CHECK(server.closed);
}

TEST_CASE("the gateway of the guide answers for a server that it can't reach, and resets") {
  for (const bool reachable : {true, false}) {
    recorded_stream stream;
    recorded_server server;
    stream_gateway gateway{stream, server};
    turnout::field_line list[std::size(connect_websocket)];
    std::copy(std::begin(connect_websocket), std::end(connect_websocket), list);
    if (!reachable) list[4].value = "b";
    gateway.requested(list, sample_nonce);
    if (reachable) gateway.was_reset(side::stream);
    CHECK(server.closed);
    CHECK(stream.sent == (reachable ? "" : ":status=502\n[end]"));
  }
}
