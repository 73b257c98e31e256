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
  void write(std::string_view octets) {
    REQUIRE(::write(socket_, octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()));
  }
  /// Waits until there is more on one of them, and reads that.
  static bool read_more_of(connection& one, connection& other) {
    pollfd both[] = {{one.socket_, POLLIN, 0}, {other.socket_, POLLIN, 0}};
    REQUIRE(poll(both, 2, -1) > 0);
    return both[0].revents != 0 ? one.read_more() : other.read_more();
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
    served = serve_upgrade(there);
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
    tunnels =
        relay(of_client, of_server, [&] { return connection::read_more_of(of_client, of_server); });
  }
  client.join();
  server.join();
  return tunnels;
}

TEST_CASE("the client and the server of the README switch through its intermediary") {
  bool asked = false;
  bool served = false;
  const std::array<std::uint8_t, 16> nonce{1, 2, 3};
  CHECK(relay_between([&](connection here) { asked = ask_upgrade(here, nonce); },
                      [&](connection there) { served = serve_upgrade(there); }));
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

TEST_CASE("the server of the README refuses a wrong version, and ends with the input") {
  std::array<int, 2> sockets{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0);
  connection there{sockets[1]};
  std::string answer;
  {
    connection here{sockets[0]};
    here.write(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 12\r\n\r\n");
    CHECK_FALSE(serve_upgrade(there));
    while (here.unread().find("\r\n\r\n") == std::string_view::npos && here.read_more()) continue;
    answer = here.unread();
  }
  CHECK(answer.find("HTTP/1.1 426 ") == 0);
  CHECK_FALSE(serve_upgrade(there));
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
