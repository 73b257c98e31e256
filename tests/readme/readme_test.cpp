// The code of README.md, as it is there: from a script, and against itself over pairs of sockets.
#include "readme.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <thread>

#include "transport.hpp"

namespace {

using transport::peer, transport::script;

constexpr std::array<std::uint8_t, 16> nonce{1, 2, 3};

const std::string asks_websocket =
    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// What the server of the README sends to a client that sends this, and then ends.
std::string sent_for(std::string_view comes) {
  script connection{comes};
  serve(connection);
  return connection.sent;
}

/// How many responses there are in what was sent.
std::size_t count_responses(std::string_view sent) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = sent.find("HTTP/1.1 ", at)) != sent.npos; at += 9)
    count += at + 9 < sent.size() && sent[at + 9] >= '1' && sent[at + 9] <= '5';
  return count;
}

struct served {
  std::string comes;
  std::string begins;  ///< what is sent, as far as its first line
};

const served inputs[] = {
    {"", ""},
    {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204 "},
    {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
    {"GET /\r\n\r\n", "HTTP/1.1 400 "},
    {"GET / HTTP/1.1\r\nHo", "HTTP/1.1 400 "},
    {"CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n", "HTTP/1.1 501 "},
    {"POST /chat" + asks_websocket.substr(9), "HTTP/1.1 405 "},
    {"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
     "HTTP/1.1 204 No Content\r\nConnection: close\r\n"},
    {asks_websocket, "HTTP/1.1 101 "},
};

}  // namespace

TEST_CASE("the server of the README answers any input") {
  for (const served& one : inputs) {
    CAPTURE(one.comes);
    const std::string sent = sent_for(one.comes);
    CAPTURE(sent);
    CHECK(sent.starts_with(one.begins));
    CHECK(count_responses(sent) == (one.begins.empty() ? 0 : 1));
  }
}

TEST_CASE("the server of the README refuses another version, and serves the next request") {
  std::string other = asks_websocket;
  other.replace(other.find("13\r\n"), 2, "12");
  script connection{std::string_view{other += asks_websocket + "frames"}};
  serve(connection);
  CHECK(connection.sent.starts_with("HTTP/1.1 426 "));
  CHECK(connection.sent.find("Sec-WebSocket-Version: 13\r\n") != std::string::npos);
  CHECK(connection.sent.find("HTTP/1.1 101 ") != std::string::npos);
  CHECK(connection.switched);
}

TEST_CASE("the server and the client of the README switch") {
  const auto sockets = transport::make_pair();
  peer here{sockets[0]};
  peer there{sockets[1]};
  std::thread server{[&there] { serve(there); }};
  CHECK(open_websocket(here, nonce));
  server.join();
  CHECK(there.switched);
}

namespace {

/// Runs the proxy of the README between a client and a server.
template <class Ask, class Serve>
void relay_between(const Ask& ask, const Serve& answer) {
  const auto front = transport::make_pair();
  const auto back = transport::make_pair();
  std::thread client{[&ask, socket = front[0]] { ask(socket); }};
  std::thread server{[&answer, socket = back[1]] { answer(socket); }};
  {
    peer of_client{front[1]};
    peer of_server{back[0]};
    relay(of_client, of_server, [&](turnout::relay_connection& between, turnout::span<char> out) {
      pollfd both[] = {{of_client.socket(), POLLIN, 0}, {of_server.socket(), POLLIN, 0}};
      REQUIRE(poll(both, 2, 10000) > 0);
      const bool of_client_came = both[0].revents != 0;
      peer& from = of_client_came ? of_client : of_server;
      if (from.read_more()) return true;
      const auto side = of_client_came ? turnout::relay_side::client : turnout::relay_side::server;
      const auto turn = between.end_of_input(side, from.unread(), out);
      for (const auto part : turn.to_client) of_client.send(part);
      return false;
    });
  }
  client.join();
  server.join();
}

}  // namespace

TEST_CASE("the client and the server of the README switch through its proxy") {
  bool open = false;
  bool switched = false;
  relay_between(
      [&open](int socket) {
        peer here{socket};
        open = open_websocket(here, nonce);
      },
      [&switched](int socket) {
        peer there{socket};
        serve(there);
        switched = there.switched;
      });
  CHECK(open);
  CHECK(switched);
}

TEST_CASE("the proxy of the README forwards ordinary requests, and refuses CONNECT") {
  std::string answers;
  const auto ask = [&answers](int socket) {
    peer here{socket};
    here.send(
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"
        "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n");
    while (here.read_more()) continue;
    answers = here.unread();
  };
  std::string pages;
  relay_between(ask, [&pages](int socket) {
    peer there{socket};
    serve(there);
    pages = there.pages;
  });
  CHECK(pages == "/a /b ");
  CHECK(answers.find("HTTP/1.1 204 No Content\r\nVia: 1.1 example\r\n") == 0);
  CHECK(answers.find("HTTP/1.1 501 ") != std::string::npos);
}

TEST_CASE("the proxy of the README answers for a server that ends without an answer") {
  std::string answer;
  relay_between(
      [&answer](int socket) {
        peer here{socket};
        here.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        while (here.read_more()) continue;
        answer = here.unread();
      },
      [](int socket) {
        peer there{socket};
        while (!there.unread().ends_with("\r\n\r\n") && there.read_more()) continue;
      });
  CHECK(answer.starts_with("HTTP/1.1 502 "));
}

TEST_CASE("headers from another parser are enough") {
  std::multimap<std::string, std::string> fields{{"Host", "a"},
                                                 {"Connection", "keep-alive, Upgrade"},
                                                 {"Upgrade", "websocket"},
                                                 {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                                 {"Sec-WebSocket-Version", "13"}};
  std::array<char, 512> out{};
  CHECK(answer_upgrade(fields, out).find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos);
  fields.erase("Connection");
  CHECK(answer_upgrade(fields, out).empty());
}

TEST_CASE("the profile of the README can be offered") {
  const std::string asks =
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: my-protocol/2\r\n\r\n";
  std::array<char, 512> out{};
  turnout::server_connection server{mine};
  const auto turn = server.advance(asks, out);
  CHECK(turn.need == turnout::server_need::decision);
  CHECK(server.answer(turn.offer().agree(turnout::preference::client), out));
}
