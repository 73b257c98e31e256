// The code of README.md, as it stands there, run against itself over a pair of sockets.
#include "readme.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <thread>

namespace {

/// What README.md calls your transport.
class connection {
 public:
  explicit connection(int socket) : socket_{socket} {}
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;
  ~connection() { close(socket_); }

  std::string_view unread() const { return unread_; }
  bool read_more() {
    char octet;
    if (read(socket_, &octet, 1) != 1) return false;
    unread_ += octet;
    return true;
  }
  void keep(std::string_view rest) { unread_.erase(0, unread_.size() - rest.size()); }
  /// A side that is gone is found by reading.
  void write(std::string_view octets) {
    const ssize_t size = send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    REQUIRE((size < 0 || size == static_cast<ssize_t>(octets.size())));
  }
  void end_output() { shutdown(socket_, SHUT_WR); }
  /// Waits until there is more on one of them, and reads that; returns the one that has ended.
  static connection* read_more_of(connection* client, connection& server) {
    pollfd both[] = {{client != nullptr ? client->socket_ : -1, POLLIN, 0},
                     {server.socket_, POLLIN, 0}};
    REQUIRE(poll(both, 2, -1) > 0);
    connection& ready = both[0].revents != 0 ? *client : server;
    return ready.read_more() ? nullptr : &ready;
  }

 private:
  int socket_;
  std::string unread_;
};

TEST_CASE("the server and the client of the README switch") {
  std::array<int, 2> sockets{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0);
  connection here{sockets[0]};
  bool served = false;
  std::thread server{[&served, socket = sockets[1]] {
    connection there{socket};
    served = serve_upgrade(there) == ending::switched;
  }};
  const std::array<std::uint8_t, 16> nonce{1, 2, 3};
  CHECK(ask_upgrade(here, nonce));
  server.join();
  CHECK(served);
}

/// A client's connection, through the intermediary of the README, to a server's program.
template <class Ask, class Serve>
bool relay_between(const Ask& ask, const Serve& serve) {
  std::array<int, 2> front{};
  std::array<int, 2> back{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, front.data()) == 0);
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, back.data()) == 0);
  std::thread client{[&ask, socket = front[0]] { ask(connection{socket}); }};
  std::thread server{[&serve, socket = back[1]] { serve(connection{socket}); }};
  bool tunnels = false;
  {
    connection of_client{front[1]};
    connection of_server{back[0]};
    tunnels = relay(of_client, of_server, [&](bool more) {
      return connection::read_more_of(more ? &of_client : nullptr, of_server);
    });
  }
  client.join();
  server.join();
  return tunnels;
}

TEST_CASE("the client and the server of the README switch through its intermediary") {
  bool asked = false;
  bool served = false;
  const std::array<std::uint8_t, 16> nonce{1, 2, 3};
  CHECK(
      relay_between([&](connection here) { asked = ask_upgrade(here, nonce); },
                    [&](connection there) { served = serve_upgrade(there) == ending::switched; }));
  CHECK(asked);
  CHECK(served);
}

TEST_CASE("the intermediary of the README relays what is no switch, and ends with either side") {
  std::string answer;
  const auto ask = [&answer](connection here) {
    here.write("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.0\r\n\r\n");
    while (here.read_more()) continue;
    answer = here.unread();
  };
  const auto serve = [](connection there) {
    for (int i = 0; i < 2; ++i) {
      while (there.unread().find("\r\n\r\n") == std::string_view::npos && there.read_more())
        continue;
      there.keep({});
      there.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    }
  };
  CHECK_FALSE(relay_between(ask, serve));
  CHECK(answer ==
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVia: 1.1 example\r\n\r\nhi"
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVia: 1.1 example\r\nConnection: close\r\n\r\nhi");
}

/// What the intermediary of the README says to a client that sends `octets`, in front of a server
/// that runs `serve`.
template <class Serve>
std::string relayed(std::string_view octets, const Serve& serve) {
  std::string answer;
  const auto ask = [&](connection here) {
    here.write(octets);
    while (here.read_more()) continue;
    answer = here.unread();
  };
  CHECK_FALSE(relay_between(ask, serve));
  return answer;
}

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Reads the head of a request, if one comes.
std::string head_at(connection& there) {
  while (there.unread().find("\r\n\r\n") == std::string_view::npos && there.read_more()) continue;
  return std::string{there.unread()};
}

TEST_CASE("the intermediary of the README ends with a server that speaks unasked") {
  const auto serve = [](connection there) {
    there.write("HTTP/1.0 408 Request Timeout\r\nConnection: close\r\n\r\n");
    while (there.read_more()) continue;
  };
  CHECK(relayed("", serve).empty());
  CHECK(relayed("", [](connection) {}).empty());
}

TEST_CASE("the intermediary of the README opens no tunnels") {
  std::string reached;
  const auto serve = [&reached](connection there) { reached = head_at(there); };
  const std::string answer = relayed("CONNECT b:22 HTTP/1.1\r\nHost: b:22\r\n\r\nSSH", serve);
  CHECK(answer.starts_with("HTTP/1.1 405 "));
  CHECK(answer.find("Allow: GET, POST\r\n") != answer.npos);
  CHECK(reached.empty());
}

TEST_CASE("the intermediary of the README says so where a server is gone") {
  CHECK(relayed(get, [](connection) {}).starts_with("HTTP/1.1 502 "));
  CHECK(relayed(get, [](connection there) { head_at(there); }).starts_with("HTTP/1.1 502 "));
  const auto half = [](connection there) {
    head_at(there);
    there.write("HTTP/1.1 200 OK\r\nContent-");
  };
  CHECK(relayed(get, half).starts_with("HTTP/1.1 502 "));
  CHECK(relayed("GET / HTTP/1.1\r\nHo st: a\r\n\r\n", [](connection there) {
          head_at(there);
        }).starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a client of the intermediary of the README gets its answer after its own end") {
  std::string answer;
  const auto ask = [&answer](connection here) {
    here.write(get);
    here.end_output();
    while (here.read_more()) continue;
    answer = here.unread();
  };
  const auto serve = [](connection there) {
    head_at(there);
    there.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  };
  CHECK_FALSE(relay_between(ask, serve));
  CHECK(answer.ends_with("\r\n\r\nhi"));
}

TEST_CASE("the intermediary of the README has room for any head within the limits") {
  // All that can be added: a space on each line, a Host, Via and the lines of the offer.
  std::string head =
      "GET http://a/ HTTP/1.1\r\nHost:a\r\nConnection:upgrade\r\nUpgrade:websocket\r\n"
      "Sec-WebSocket-Version:13\r\nSec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (int i = 0; i < 93; ++i) head += "a:" + std::string(300, 'b') + "\r\n";
  const std::size_t left = turnout::limits{}.head - head.size() - 6;
  head += "c:" + std::string(left, 'd') + "\r\n\r\n";
  REQUIRE(head.size() == turnout::limits{}.head);
  std::string reached;
  relayed(head, [&reached](connection there) { reached = head_at(there); });
  CHECK(reached.size() > head.size());
  CHECK(reached.ends_with("\r\n\r\n"));
}

/// What the server of the README says to a client that sends `octets` and then ends its output, and
/// how that ended.
std::string served(std::string_view octets, ending expected) {
  std::array<int, 2> sockets{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0);
  connection here{sockets[0]};
  here.write(octets);
  here.end_output();
  {
    connection there{sockets[1]};
    CHECK((serve_upgrade(there) == expected));
    if (expected == ending::ordinary_request) CHECK(there.unread() == octets);
  }
  while (here.read_more()) continue;
  return std::string{here.unread()};
}

TEST_CASE("the server of the README answers whatever is no ordinary request") {
  const std::string upgrade =
      "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  CHECK(served("GET / HTTP/1.1\r\nHo st: a\r\n\r\n", ending::closed).starts_with("HTTP/1.1 400 "));
  CHECK(served("GET / HTTP/1.1\r\n" + upgrade, ending::closed).starts_with("HTTP/1.1 400 "));
  CHECK(served("POST / HTTP/1.1\r\nHost: a\r\n" + upgrade, ending::closed)
            .starts_with("HTTP/1.1 405 "));
  CHECK(served("CONNECT b:22 HTTP/1.1\r\nHost: b:22\r\n\r\n", ending::closed)
            .starts_with("HTTP/1.1 405 "));
  CHECK(served("GET / HTTP/1.1\r\nHost: a\r\n" + upgrade, ending::switched)
            .starts_with("HTTP/1.1 101 "));
  CHECK(served(get, ending::ordinary_request).empty());
  CHECK(served("", ending::closed).empty());
}

TEST_CASE("the server of the README goes on after a refusal that lets it") {
  const std::string wrong =
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 12\r\n\r\n";
  const std::string answer = served(wrong + wrong, ending::closed);
  CHECK(answer.starts_with("HTTP/1.1 426 "));
  CHECK(answer.rfind("HTTP/1.1 426 ") != 0);
}

TEST_CASE("the parsed headers of somebody else are enough") {
  std::multimap<std::string, std::string> fields{{"Host", "a"},
                                                 {"Connection", "keep-alive, Upgrade"},
                                                 {"Upgrade", "websocket"},
                                                 {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                                 {"Sec-WebSocket-Version", "13"}};
  CHECK(offers_websocket(fields));
  fields.erase("Connection");
  CHECK_FALSE(offers_websocket(fields));
}

}  // namespace
