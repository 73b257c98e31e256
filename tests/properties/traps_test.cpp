// Mistakes that programs made which were written against the handshakes, and that the connections
// leave no way to make. Those of which the compiler can tell are in tests/refused (T6).
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/fixtures.hpp"
#include "support/relay_turns.hpp"
#include "support/server_turns.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;
using turns::relay_program;

using output = std::array<char, 1024>;

constexpr profile spoken[] = {websocket::profile};

const std::string asks_get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string posts = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
const std::string expects = plus(posts, "Expect: 100-continue");
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
const std::string asks{fixtures::websocket_request};

/// How many responses there are with a status that begins so.
std::size_t count(std::string_view octets, std::string_view status = {}) {
  const std::string wanted = "HTTP/1.1 " + std::string{status};
  std::size_t found = 0;
  for (std::size_t at = octets.find(wanted); at != octets.npos; at = octets.find(wanted, at + 1)) {
    const char digit = octets.substr(at + 9, 1).front();
    found += digit >= '1' && digit <= '5';
  }
  return found;
}

/// A server's program in which all that can be forgotten is: it refuses or answers with the head if
/// it is told to, and answers at every other step that asks for it.
struct forgetful_server {
  bool refuses = false;        ///< requests, as soon as it sees the head
  bool answers_early = false;  ///< with a response of its own, as soon as it sees the head

  /// All that goes to the client.
  std::string play(const std::string& octets, std::size_t size) {
    server_connection server{spoken};
    std::string unread;
    std::string sent;
    output out{};
    std::size_t shown = 0;
    for (std::size_t turns = 0; turns < 8 * octets.size() + 64; ++turns) {
      const server_turn turn = server.advance(unread, out);
      sent += turn.output;
      const std::string_view page = server.connection_line().empty() ? ok : ok_and_close;
      const bool head = turn.need == server_need::request || turn.need == server_need::decision;
      if (head && refuses) sent += *server.refuse({.status = 403}, out);
      const bool due = (head && answers_early) || turn.need == server_need::response;
      if (due && server.responded(page == ok_and_close)) sent += page;
      if (turn.need == server_need::decision && !refuses && !answers_early)
        sent += *server.answer(websocket::agree(turn.offer()), out);
      if (turn.need == server_need::switched) rest = turn.rest;
      if (turn.need == server_need::switched || turn.need == server_need::close) return sent;
      unread.erase(0, turn.used);
      if (turn.need != server_need::more) continue;
      if (shown == octets.size())
        return sent + std::string{server.end_of_input(unread, out).output};
      unread += octets.substr(shown, size);
      shown += size < octets.size() - shown ? size : octets.size() - shown;
    }
    return "never ends";
  }

  std::string rest{};  ///< what it takes for the new protocol

  static constexpr std::string_view ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  static constexpr std::string_view ok_and_close =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
};

constexpr std::size_t sizes[] = {1, 2, 3, 7, 64, std::string::npos};

}  // namespace

TEST_CASE("T1 [ENG-07] [MSG-73] a request that was refused never gets a second response") {
  for (const std::string& request : {asks_get, posts + "hello", asks}) {
    for (const std::size_t size : sizes) {
      forgetful_server server{.refuses = true};
      const std::string sent = server.play(request + request, size);
      CHECK(count(sent) == 2);
      CHECK(count(sent, "403") == 2);
    }
  }
}

TEST_CASE("T2 [UPG-35] no 100 goes out after a final response") {
  for (const std::size_t size : sizes) {
    forgetful_server early{.answers_early = true};
    CHECK(early.play(expects, size) == forgetful_server::ok_and_close);
    forgetful_server refusing{.refuses = true};
    CHECK(count(refusing.play(expects, size)) == 1);
    forgetful_server patient;
    CHECK(patient.play(expects, size).starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
  }
}

TEST_CASE("T3 [CON-09] [CON-17] every role tells whether the connection stays open") {
  output out{};
  for (const std::string& request :
       {with(asks_get, "1.1", "1.0"), plus(asks_get, "Connection: close")}) {
    server_connection server{spoken};
    CHECK(server.connection_line().empty());
    (void)server.advance(request, out);
    CHECK(server.connection_line() == "Connection: close\r\n");
    CHECK(server.refuse({.status = 404}, out)->find("Connection: close\r\n") != std::string::npos);
    CHECK(server.advance(asks_get, out).need == server_need::close);

    constexpr relay_policy policy{.allowed = spoken, .name = "p"};
    relay_program relay{policy};
    CHECK(relay.relay.keeps_alive());
    relay.from_client(request + asks_get);
    CHECK(!relay.relay.keeps_alive());
    relay.from_server("HTTP/1.1 204 X\r\n\r\n");
    CHECK(relay.to_client().find("Connection: close\r\n") != std::string::npos);
    CHECK(relay.closed);
  }
  const std::string kept = plus(with(asks_get, "1.1", "1.0"), "Connection: keep-alive");
  server_connection old{spoken};
  (void)old.advance(kept, out);
  CHECK(old.connection_line() == "Connection: keep-alive\r\n");
  CHECK(old.refuse({.status = 404}, out)->find("Connection: keep-alive\r\n") != std::string::npos);
  CHECK(old.advance(asks_get, out).need == server_need::request);
  CHECK(old.connection_line().empty());
  // A program that forgets to say it closes all the same.
  server_connection server{spoken};
  (void)server.advance(plus(asks_get, "Connection: close"), out);
  CHECK(server.responded(false));
  CHECK(server.advance(asks_get, out).need == server_need::close);

  constexpr proposal asked{.host = "a", .protocols = spoken};
  for (const bool close : {false, true}) {
    client_connection client{asked};
    (void)client.advance({}, out);
    (void)client.advance(
        close ? "HTTP/1.1 204 X\r\nConnection: close\r\n\r\n" : "HTTP/1.1 204 X\r\n\r\n", out);
    CHECK(client.keeps_alive() == !close);
    CHECK(bool{client.ask(asked)} == !close);
  }
}

TEST_CASE("T4 [INT-32] CONNECT is refused unless it is allowed") {
  constexpr relay_policy policy{.allowed = spoken, .name = "p"};
  for (const std::size_t size : sizes) {
    relay_program relay{policy};
    const std::string octets = connects + "hello";
    for (std::size_t at = 0; at < octets.size() && size < octets.size(); at += size)
      relay.from_client(octets.substr(at, size));
    if (size >= octets.size()) relay.from_client(octets);
    CHECK(relay.to_server().empty());
    CHECK(relay.to_client().starts_with("HTTP/1.1 501 "));
    CHECK(relay.requests == 0);
    CHECK(relay.closed);
    forgetful_server server;
    CHECK(server.play(octets, size).starts_with("HTTP/1.1 501 "));
    CHECK(server.rest.empty());
  }
}

TEST_CASE("T5 [UPG-25] [UPG-44] the head of a request is never read as the new protocol") {
  for (const std::size_t size : sizes) {
    forgetful_server server;
    const std::string sent = server.play(asks_get + asks + "frames", size);
    CHECK(sent.find("HTTP/1.1 101 ") != std::string::npos);
    CHECK(std::string_view{"frames"}.starts_with(server.rest));
  }
  // Whether it drops before it answers or after that, or not at all.
  output out{};
  const std::string octets = asks + "frames";
  server_connection server{spoken};
  const server_turn turn = server.advance(octets, out);
  CHECK(turn.used == 0);
  CHECK(server.answer(websocket::agree(turn.offer()), out));
  const server_turn switched = server.advance(octets, out);
  CHECK(switched.rest == "frames");
  CHECK(switched.switched()->octets() == "frames");
  CHECK(switched.used == asks.size());
}

TEST_CASE("T7 [MSG-09] [MSG-27] [WS-40] [WS-72] every wrong request gets its refusal") {
  const struct {
    std::string octets;
    std::string_view status;
  } wrong[] = {
      {"GET /\r\n\r\n", "400"},
      {"nonsense\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a", "400"},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", "505"},
      {with(asks, "GET", "POST"), "405"},
      {connects, "501"},
      {without(asks, "Sec-WebSocket-Key"), "400"},
      {with(asks, "Version: 13", "Version: 8"), "426"},
      {plus(asks_get, "X: " + std::string(40000, 'x')), "431"},
      {"GET /" + std::string(40000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"},
      {plus(posts, "Transfer-Encoding: chunked"), "400"},
      {plus(asks_get, "Expect: more"), "417"},
  };
  for (const auto& one : wrong) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{61}, std::string::npos}) {
      CAPTURE(one.octets.substr(0, 60));
      forgetful_server server;
      const std::string sent = server.play(one.octets, size);
      CHECK(count(sent) == 1);
      CHECK(sent.substr(0, 12) == "HTTP/1.1 " + std::string{one.status});
      CHECK(server.rest.empty());
    }
  }
}

TEST_CASE("T8 [MSG-44] [ENG-03] a full buffer is never asked for more") {
  constexpr std::size_t room = 512;
  const std::string endless = "GET / HTTP/1.1\r\nHost: a\r\n" + [] {
    std::string lines;
    while (lines.size() < 2 * room) lines += "X: 1\r\n";
    return lines;
  }();
  output out{};
  for (const std::size_t first : {std::size_t{0}, std::size_t{1}, room - 1, room}) {
    server_connection server{spoken, {.limits = limits::for_buffer(room)}};
    server_turn turn;
    for (std::size_t shown = first; shown <= room; ++shown) {
      turn = server.advance(std::string_view{endless}.substr(0, shown), out);
      if (turn.need != server_need::more) break;
    }
    CHECK(turn.need == server_need::close);
    CHECK(turn.output.starts_with("HTTP/1.1 431 "));

    constexpr relay_policy policy{.allowed = spoken, .name = "p"};
    relay_connection relay{policy, {.limits = limits::for_buffer(room)}};
    relay_turn other;
    for (std::size_t shown = first; shown <= room; ++shown) {
      other = relay.advance(relay_side::client, std::string_view{endless}.substr(0, shown), out);
      if (other.need != relay_need::more) break;
    }
    CHECK(other.need == relay_need::close);
    CHECK(other.to_client.begin()->starts_with("HTTP/1.1 431 "));
  }
}

TEST_CASE("T9 [ENG-05] a dead server becomes a 502") {
  constexpr relay_policy policy{.allowed = spoken, .name = "p"};
  for (const std::string& request : {asks_get, posts, posts + "hello", asks + "frames"}) {
    relay_program unreachable{policy, {}, {.reachable = false}};
    unreachable.from_client(request);
    CHECK(unreachable.to_client().starts_with("HTTP/1.1 502 "));

    relay_program dying{policy};
    dying.from_client(request);
    dying.end_server();
    CHECK(dying.to_client().starts_with("HTTP/1.1 502 "));
    CHECK(dying.closed);

    relay_program cut{policy};
    cut.from_client(request);
    cut.from_server("HTTP/1.1 20");
    cut.end_server();
    CHECK(cut.to_client().starts_with("HTTP/1.1 502 "));
  }
}

TEST_CASE(
    "T9 [MSG-74] a server that sends without a request loses its connection, and no loop spins") {
  constexpr relay_policy policy{.allowed = spoken, .name = "p"};
  output out{};
  for (const bool asked_before : {false, true}) {
    relay_connection relay{policy};
    if (asked_before) {
      CHECK(relay.forward(relay.advance(relay_side::client, asks_get, out), out));
      (void)relay.advance(relay_side::client, asks_get, out);
      CHECK(relay.advance(relay_side::server, "HTTP/1.1 204 X\r\n\r\n", out).need ==
            relay_need::wait);
    }
    const std::string_view unasked = "HTTP/1.0 408 Request Timeout\r\n\r\n";
    const relay_turn turn = relay.advance(relay_side::server, unasked, out);
    CHECK(turn.need == relay_need::close_server);
    CHECK(turn.used == unasked.size());
    CHECK(turn.to_client.empty());
    CHECK(relay.advance(relay_side::server, {}, out).is_idle());
    CHECK(relay.advance(relay_side::client, {}, out).is_idle());
    CHECK(relay.keeps_alive());
  }
}

TEST_CASE(
    "T10 [WS-46] [WS-52] a refusal for the version names the supported one, whatever other "
    "protocols there are") {
  constexpr profile others[] = {{.token = {"foo", {}}}, websocket::profile};
  output out{};
  for (const std::string& octets :
       {with(asks, "Version: 13", "Version: 8"), without(asks, "Sec-WebSocket-Version"),
        plus(asks, "Sec-WebSocket-Version: 13"), with(asks, "Version: 13", "Version: x")}) {
    server_connection server{others};
    const server_turn turn = server.advance(octets, out);
    CHECK(turn.need == server_need::decision);
    const auto answer = server.answer(websocket::agree(turn.offer()), out);
    CHECK(answer->find("Sec-WebSocket-Version: 13\r\n") != std::string::npos);
    if (answer->starts_with("HTTP/1.1 426 "))
      CHECK(answer->find("\r\nUpgrade: websocket\r\n") != std::string::npos);
  }
}
