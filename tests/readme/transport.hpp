// What README.md and docs/guide.md leave to the program: connections, over a pair of sockets or
// from a script.
#pragma once

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

#include "turnout/turnout.hpp"

namespace transport {

/// Adds what a server in the README does with a page and with a WebSocket.
template <class Stream>
struct program : Stream {
  using Stream::Stream;

  void send_page(const turnout::request_head& request, std::string_view connection_line) {
    pages += std::string{request.target.octets} + " ";
    this->send("HTTP/1.1 204 No Content\r\n" + std::string{connection_line} + "\r\n");
  }
  void speak_websocket(std::string_view first) {
    switched = true;
    frames = first;
  }

  std::string pages;      ///< the targets asked for
  std::string frames;     ///< the first octets of the new protocol
  bool switched = false;  ///< whether it began
};

/// All that comes is there from the beginning, octet by octet; all that is sent is kept.
class scripted {
 public:
  explicit scripted(std::string_view comes) : comes_{comes} {}

  std::string_view unread() const { return unread_; }
  bool read_more() {
    if (comes_.empty()) return false;
    unread_ += comes_.front();
    comes_.remove_prefix(1);
    return true;
  }
  void send(std::string_view octets) { sent += octets; }
  void drop(std::size_t size) { unread_.erase(0, size); }
  void close() { closed = true; }

  std::string sent;
  bool closed = false;

 private:
  std::string_view comes_;
  std::string unread_;
};

/// One end of a pair of sockets.
class socket_stream {
 public:
  explicit socket_stream(int socket) : socket_{socket} {}
  socket_stream(const socket_stream&) = delete;
  socket_stream& operator=(const socket_stream&) = delete;
  ~socket_stream() { ::close(socket_); }

  std::string_view unread() const { return unread_; }
  bool read_more() {
    char octet;
    if (read(socket_, &octet, 1) != 1) return false;
    unread_ += octet;
    return true;
  }
  void send(std::string_view octets) {
    if (octets.empty()) return;
    const auto sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    CHECK(sent == static_cast<ssize_t>(octets.size()));
  }
  void drop(std::size_t size) { unread_.erase(0, size); }
  void close() { shutdown(socket_, SHUT_RDWR); }
  void reconnect() { FAIL("the server's connection can carry all that these tests ask"); }
  int socket() const { return socket_; }

 private:
  int socket_;
  std::string unread_;
};

using script = program<scripted>;
using peer = program<socket_stream>;

inline std::array<int, 2> make_pair() {
  std::array<int, 2> sockets{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0);
  return sockets;
}

}  // namespace transport
