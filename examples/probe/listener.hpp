// A port of this machine on which connections are accepted.
#pragma once

#include <asio.hpp>
#include <cstdint>

namespace probe {

class listener {
 public:
  /// Throws asio::system_error if nobody can listen there. Port 0 is a free one.
  explicit listener(std::uint16_t port)
      : acceptor_{context_, {asio::ip::address_v4::loopback(), port}} {}

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  asio::ip::tcp::acceptor& acceptor() { return acceptor_; }

 private:
  asio::io_context context_{1};
  asio::ip::tcp::acceptor acceptor_;
};

}  // namespace probe
