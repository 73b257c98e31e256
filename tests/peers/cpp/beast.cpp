// Boost.Beast: `client URL` or `server`, as python_peers.py.
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using peer = websocket::stream<tcp::socket>;

namespace {

void offer_deflate(peer& with) {
  websocket::permessage_deflate deflate;
  deflate.client_enable = deflate.server_enable = true;
  with.set_option(deflate);
}

void set_subprotocols(peer& with, const std::string& value) {
  with.set_option(websocket::stream_base::decorator(
      [value](auto& head) { head.set(http::field::sec_websocket_protocol, value); }));
}

/// Opens a WebSocket. Returns the response.
websocket::response_type open(peer& to, const std::string& address, const std::string& path,
                              beast::error_code& refused) {
  const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1)));
  to.next_layer().connect({asio::ip::address_v4::loopback(), port});
  offer_deflate(to);
  set_subprotocols(to, "zzz, chat");
  websocket::response_type response;
  to.handshake(response, address, path, refused);
  return response;
}

void client(const std::string& url) {
  asio::io_context context;
  const std::string address = url.substr(std::string_view{"ws://"}.size());
  peer with{context};
  beast::error_code refused;
  const auto response = open(with, address, "/echo", refused);
  if (refused) throw beast::system_error{refused};
  bool echoed = true;
  for (const std::string& text : {std::string{"Hello"}, std::string{}, std::string(10000, 'm')}) {
    with.write(asio::buffer(text));
    beast::flat_buffer back;
    with.read(back);
    echoed = echoed && beast::buffers_to_string(back.data()) == text;
  }
  with.close(websocket::close_code::normal);
  peer other{context};
  const auto refusal = open(other, address, "/none", refused);
  std::cout << "{\"subprotocol\": \"" << response[http::field::sec_websocket_protocol]
            << "\", \"echoed\": " << std::boolalpha << echoed
            << ", \"closed\": " << with.reason().code << ", \"refused\": " << refusal.result_int()
            << "}\n";
}

void talk(tcp::socket socket) try {
  // accept(request) has no place for what came together with a request; this has.
  std::string octets;
  asio::read_until(socket, asio::dynamic_buffer(octets), "\r\n\r\n");
  http::request_parser<http::empty_body> request;
  beast::error_code ignored;
  request.put(asio::buffer(octets), ignored);
  peer with{std::move(socket)};
  offer_deflate(with);
  if (request.get().count(http::field::sec_websocket_protocol) > 0) set_subprotocols(with, "chat");
  with.accept(asio::buffer(octets));
  for (;;) {
    beast::flat_buffer message;
    with.read(message);
    with.text(with.got_text());
    with.write(message.data());
  }
} catch (const std::exception&) {  // also std::length_error: some fields are too large for it
}

void server() {
  asio::io_context context;
  tcp::acceptor listener{context, {asio::ip::address_v4::loopback(), 0}};
  std::cout << listener.local_endpoint().port() << std::endl;
  for (;;) std::thread{talk, listener.accept()}.detach();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2)
    client(argv[2]);
  else
    server();
}
