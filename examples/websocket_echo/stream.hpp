// A TCP connection and the octets of it that were read but not used.
#pragma once

#include <fmt/core.h>

#include <array>
#include <asio.hpp>
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

  /// Takes octets off the front; `rest` are the last ones of unread().
  void keep(std::string_view rest) { unread_.erase(0, unread_.size() - rest.size()); }

  /// Sends all octets; throws if the connection is gone.
  void write(std::string_view octets) {
    asio::write(socket_, asio::buffer(octets.data(), octets.size()));
  }

 private:
  asio::ip::tcp::socket socket_;
  std::string unread_;
};

/// Shows the lines of a head as they cross the wire, each behind `mark`.
inline void show_head(std::string_view mark, std::string_view head) {
  std::string text;
  while (!head.empty() && head != "\r\n") {
    const std::size_t end = head.find("\r\n");
    text += fmt::format("{} {}\n", mark, head.substr(0, end));
    head.remove_prefix(end == head.npos ? head.size() : end + 2);
  }
  fmt::print("{}", text);
  std::fflush(stdout);
}
