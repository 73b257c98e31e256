// websocketpp: `client URL` or `server`, as python_peers.py.
#include <boost/asio.hpp>
#include <iostream>
#include <string>
#include <vector>
#include <websocketpp/client.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/config/asio_no_tls_client.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/server.hpp>

namespace {

using websocketpp::connection_hdl;

template <class Config>
struct deflating : Config {
  struct permessage_deflate_config {};
  using permessage_deflate_type =
      websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
};
using client_type = websocketpp::client<deflating<websocketpp::config::asio_client>>;
using server_type = websocketpp::server<deflating<websocketpp::config::asio>>;

template <class Endpoint>
void silence(Endpoint& endpoint) {
  endpoint.clear_access_channels(websocketpp::log::alevel::all);
  endpoint.clear_error_channels(websocketpp::log::elevel::all);
  endpoint.init_asio();
}

struct seen {
  std::string subprotocol;
  bool echoed = true;
  int closed = 0;
  int refused = 101;
};

seen open(const std::string& url) {
  client_type client;
  silence(client);
  seen saw;
  std::vector<std::string> left{"Hello", "", std::string(10000, 'm')};
  const auto send = [&](connection_hdl to) {
    client.send(to, left.front(), websocketpp::frame::opcode::text);
  };
  client.set_open_handler([&](connection_hdl to) {
    // get_subprotocol() is the server's only.
    saw.subprotocol = client.get_con_from_hdl(to)->get_response_header("Sec-WebSocket-Protocol");
    send(to);
  });
  client.set_message_handler([&](connection_hdl from, client_type::message_ptr message) {
    saw.echoed = saw.echoed && message->get_payload() == left.front();
    left.erase(left.begin());
    if (left.empty())
      client.close(from, websocketpp::close::status::normal, "");
    else
      send(from);
  });
  client.set_close_handler([&](connection_hdl from) {
    saw.closed = client.get_con_from_hdl(from)->get_remote_close_code();
  });
  client.set_fail_handler([&](connection_hdl from) {
    saw.refused = static_cast<int>(client.get_con_from_hdl(from)->get_response_code());
  });
  websocketpp::lib::error_code error;
  const auto connection = client.get_connection(url, error);
  connection->add_subprotocol("zzz");
  connection->add_subprotocol("chat");
  client.connect(connection);
  client.run();
  return saw;
}

void client(const std::string& url) {
  const seen saw = open(url + "/echo");
  std::cout << "{\"subprotocol\": \"" << saw.subprotocol << "\", \"echoed\": " << std::boolalpha
            << saw.echoed << ", \"closed\": " << saw.closed
            << ", \"refused\": " << open(url + "/none").refused << "}\n";
}

void server() {
  server_type server;
  silence(server);
  server.set_validate_handler([&](connection_hdl from) {
    const auto connection = server.get_con_from_hdl(from);
    for (const std::string& one : connection->get_requested_subprotocols())
      if (one == "chat") connection->select_subprotocol(one);
    return true;
  });
  server.set_message_handler(
      [&](connection_hdl from, server_type::message_ptr message) { server.send(from, message); });
  server.listen("127.0.0.1", "0");
  server.start_accept();
  websocketpp::lib::asio::error_code error;
  std::cout << server.get_local_endpoint(error).port() << std::endl;
  server.run();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2)
    client(argv[2]);
  else
    server();
}
