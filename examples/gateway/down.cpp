// A gateway with HTTP/2 in front and a server of HTTP/1.1 after it: each extended CONNECT becomes
// an Upgrade on a connection of its own.
//
//   gateway_down PORT SERVER_PORT [CERTIFICATE KEY]    both on the loopback address; port 0 is a
//                                                      free one; with TLS if there are files of it
#include <fmt/core.h>

#include <array>
#include <asio.hpp>
#include <asio/ssl.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <utility>
#include <vector>

#include "carrier.hpp"
#include "port.hpp"
#include "tunnel.hpp"

namespace {

using asio::ip::tcp;

/// A stream in front, and the server's connection after it.
class down final : public tunnel<turnout::gateway::to_http_1> {
 public:
  down(std::shared_ptr<carrier> carries, std::int32_t stream, tcp::socket socket,
       std::uint16_t server)
      : tunnel{std::move(carries), stream, std::move(socket)}, server_{server} {}

  void took_list(owned_list list) override {
    list_ = std::move(list);
    const turnout::gateway::turn now = gateway_.receive(list_.views(), space());
    take(now);
    act(now);
    pump_soon();
  }

 private:
  void act(const turnout::gateway::turn& now) override {
    if (now.need == need::request) return connect();
    if (now.need == need::ordinary) show_page();
  }

  /// All other requests: where browsers open their WebSockets from.
  void show_page() {
    constexpr turnout::field_line head[] = {{":status", "200"}, {"content-type", "text/html"}};
    send_list(head);
    carries_->session.send(stream_, "<!doctype html><title>Gateway</title>\n", true);
  }

  void send_list(std::span<const turnout::field_line> list) override {
    carries_->session.respond(stream_, list);
  }

  void connect() {
    fmt::print("stream {}\n", stream_);
    std::fflush(stdout);
    const tcp::endpoint server{asio::ip::address_v4::loopback(), server_};
    socket_.async_connect(server, [self = shared_from_this(), this](asio::error_code why) {
      reads_ = !why;
      take(why ? gateway_.reset(side::connection, space())
               : gateway_.forward(list_.views(), new_nonce(), space()));
      pump();
    });
  }

  static std::array<std::uint8_t, 16> new_nonce() {
    std::random_device random;
    std::array<std::uint8_t, 16> nonce;
    for (std::uint8_t& octet : nonce) octet = static_cast<std::uint8_t>(random());
    return nonce;
  }

  std::uint16_t server_;
  owned_list list_;
};

template <class Stream>
void serve(Stream stream, std::uint16_t server) {
  const auto executor = stream.get_executor();
  const auto place = std::make_shared<std::weak_ptr<carrier>>();
  const auto carries = std::make_shared<carrier_of<Stream>>(
      std::move(stream), [executor, place, server](std::int32_t id) {
        return std::make_shared<down>(place->lock(), id, tcp::socket{executor}, server);
      });
  *place = carries;
  carries->start();
}

void accept(tcp::acceptor& acceptor, asio::ssl::context* tls, std::uint16_t server) {
  acceptor.async_accept([&acceptor, tls, server](asio::error_code why, tcp::socket socket) {
    if (!why && tls == nullptr) serve(std::move(socket), server);
    if (!why && tls != nullptr) {
      const auto secure = std::make_shared<asio::ssl::stream<tcp::socket>>(std::move(socket), *tls);
      secure->async_handshake(asio::ssl::stream_base::server,
                              [secure, server](asio::error_code failed) {
                                if (!failed) serve(std::move(*secure), server);
                              });
    }
    accept(acceptor, tls, server);
  });
}

/// Chooses HTTP/2, which is all that there is.
int choose_h2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
              unsigned int offered_size, void*) {
  const std::string_view names{reinterpret_cast<const char*>(offered), offered_size};
  const std::size_t at = names.find("\x02h2");
  if (at == names.npos) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = offered + at + 1;
  *size = 2;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

int main(int argc, char** argv) try {
  const auto port = port_of(argc > 1 ? argv[1] : "");
  const auto server = port_of(argc > 2 ? argv[2] : "");
  if ((argc != 3 && argc != 5) || !port || !server) {
    fmt::print(stderr, "usage: gateway_down PORT SERVER_PORT [CERTIFICATE KEY]\n");
    return 2;
  }
  asio::io_context context{1};
  asio::ssl::context tls{asio::ssl::context::tls_server};
  if (argc == 5) {
    tls.use_certificate_chain_file(argv[3]);
    tls.use_private_key_file(argv[4], asio::ssl::context::pem);
    SSL_CTX_set_alpn_select_cb(tls.native_handle(), choose_h2, nullptr);
  }
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), *port}};
  fmt::print("listening on http://127.0.0.1:{}/\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  accept(acceptor, argc == 5 ? &tls : nullptr, *server);
  context.run();
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "gateway_down: {}\n", error.what());
  return 1;
}
