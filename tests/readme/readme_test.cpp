// The code of README.md, as it stands there, run against itself over a pair of sockets.
#include "readme.hpp"

#include <doctest/doctest.h>
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
