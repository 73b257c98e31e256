// A gateway with HTTP/1.1 in front and a server of HTTP/2 after it: each Upgrade becomes an
// extended CONNECT, all on one connection.
//
//   gateway_up PORT SERVER_PORT    both on the loopback address; port 0 is a free one
#include <fmt/core.h>

#include <asio.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <turnout/protocol.hpp>
#include <utility>

#include "carrier.hpp"
#include "port.hpp"
#include "tunnel.hpp"

namespace {

using asio::ip::tcp;

/// A client's connection in front, and a stream after it for each request that asks for a protocol.
class up final : public tunnel<turnout::gateway::from_http_1> {
 public:
  up(std::shared_ptr<carrier> carries, tcp::socket socket)
      : tunnel{std::move(carries), 0, std::move(socket)} {}

  void start() {
    reads_ = true;
    pump();
  }

  void took_list(owned_list list) override {
    take(gateway_.receive(list.views(), space()));
    pump_soon();
  }

 private:
  void act(const turnout::gateway::turn& now) override {
    if (now.need == need::request)
      take(gateway_.forward(unread(side::connection), "http", carries_->session.allowed, space()));
    if (now.need == need::response) take(gateway_.refuse({.status = 404}, space()));
  }

  void send_list(std::span<const turnout::field_line> list) override {
    begin_stream();
    stream_ = carries_->session.open(list, shared_from_this());
  }
};

void accept(tcp::acceptor& acceptor, const std::shared_ptr<carrier>& carries) {
  acceptor.async_accept([&acceptor, carries](asio::error_code why, tcp::socket socket) {
    if (!why) std::make_shared<up>(carries, std::move(socket))->start();
    accept(acceptor, carries);
  });
}

}  // namespace

int main(int argc, char** argv) try {
  const auto port = port_of(argc > 1 ? argv[1] : "");
  const auto server = port_of(argc > 2 ? argv[2] : "");
  if (argc != 3 || !port || !server) {
    fmt::print(stderr, "usage: gateway_up PORT SERVER_PORT\n");
    return 2;
  }
  asio::io_context context{1};
  tcp::socket socket{context};
  socket.connect({asio::ip::address_v4::loopback(), *server});
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), *port}};
  const auto carries = std::make_shared<carrier_of<tcp::socket>>(std::move(socket));
  carries->start([&] {  // nothing is asked before the server's settings
    fmt::print("listening on http://127.0.0.1:{}/\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    accept(acceptor, carries);
  });
  context.run();
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "gateway_up: {}\n", error.what());
  return 1;
}
