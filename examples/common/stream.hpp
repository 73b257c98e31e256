// A TCP connection and the octets of it that were read but not used.
#pragma once

#include <poll.h>

#include <array>
#include <asio.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

class stream {
 public:
  /// Takes over a connection. Small frames go out at once, and wait for no acknowledgement.
  explicit stream(asio::ip::tcp::socket socket) : socket_{std::move(socket)} {
    socket_.set_option(asio::ip::tcp::no_delay{true});
  }

  /// The octets that were read but not used. Views into them are good until the next call that
  /// changes this object.
  std::string_view unread() const { return unread_; }

  /// Waits for more octets; false at the end of input.
  bool read_more() {
    std::array<char, 4096> octets;
    asio::error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(octets), error);
    unread_.append(octets.data(), size);
    return !error;
  }

  /// Waits for more octets, but not longer than so; false if none came, and the input has not
  /// ended.
  bool has_more_within(std::chrono::milliseconds time) {
    pollfd more = input();
    return poll(&more, 1, static_cast<int>(time.count())) > 0;
  }

  /// What poll() waits for.
  pollfd input() { return {.fd = socket_.native_handle(), .events = POLLIN, .revents = 0}; }

  /// Takes octets off the front; `rest` are the last ones of unread().
  void keep(std::string_view rest) { unread_.erase(0, unread_.size() - rest.size()); }

  /// Sends all octets; throws if the connection is gone.
  void write(std::string_view octets) {
    asio::write(socket_, asio::buffer(octets.data(), octets.size()));
  }

  /// Sends no more, but goes on to read.
  void end_output() {
    asio::error_code gone;
    socket_.shutdown(socket_.shutdown_send, gone);
  }

  /// Ends the connection in stages, so that what was sent arrives (RFC 9112 section 9.6).
  void end() {
    end_output();
    do unread_.clear();
    while (read_more());
  }

 private:
  asio::ip::tcp::socket socket_;
  std::string unread_;
};

/// A connection to a port of this machine; throws if nobody listens there.
inline stream connect(asio::io_context& context, std::string_view port) {
  asio::ip::tcp::resolver resolver{context};
  asio::ip::tcp::socket socket{context};
  asio::connect(socket, resolver.resolve("127.0.0.1", port));
  return stream{std::move(socket)};
}
