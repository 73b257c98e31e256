// A server on websocketpp.
#include <cstdio>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

int main() {
  websocketpp::server<websocketpp::config::asio> server;
  server.clear_access_channels(websocketpp::log::alevel::all);
  server.clear_error_channels(websocketpp::log::elevel::all);
  server.init_asio();
  server.set_tcp_post_init_handler([&server](websocketpp::connection_hdl handle) {
    server.get_con_from_hdl(handle)->get_raw_socket().set_option(
        websocketpp::lib::asio::ip::tcp::no_delay{true});
  });
  websocketpp::lib::asio::error_code error;
  server.listen(websocketpp::lib::asio::ip::tcp::endpoint{
      websocketpp::lib::asio::ip::address_v4::loopback(), 0});
  std::printf("%d\n", server.get_local_endpoint(error).port());
  std::fflush(stdout);
  server.start_accept();
  server.run();
}
