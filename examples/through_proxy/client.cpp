// A WebSocket through an HTTP proxy: CONNECT first, and the opening handshake in the tunnel.
//
//   through_proxy_client PROXY URI MESSAGE     PROXY is a port of this machine, URI begins with ws:
#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "dialed.hpp"

namespace {

/// Asks for a tunnel or for a WebSocket, and leaves the octets after the response unread.
///
/// Returns   true if the connection has switched
template <class Proposal>
bool open(dialed& connection, const Proposal& asked) {
  turnout::client_connection client{asked};
  std::array<char, 1024> out;
  for (;;) {
    const turnout::client_turn turn = client.advance(connection.unread(), out);
    connection.send(turn.output);
    switch (turn.need) {
      using enum turnout::client_need;
      case switched:
        connection.drop(turn.used);
        return true;
      case more:
      case interim:
      case send_content:
        break;
      case response:
      case retry:
        std::cerr << "declined with " << turn.response.status << '\n';
        return false;
      case content:
      case done:
      case close:
        std::cerr << turnout::explain(turn.why.code).text << '\n';
        return false;
    }
    connection.drop(turn.used);
    if (turn.need == turnout::client_need::more && !connection.read_more()) {
      std::cerr << "no answer\n";
      return false;
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const auto uri = turnout::websocket::uri::parse(argc == 4 ? argv[2] : "");
  if (!uri || uri->secure) {
    std::cerr << "usage: through_proxy_client PROXY ws://HOST[:PORT]/[PATH] MESSAGE\n";
    return 2;
  }
  dialed connection{"127.0.0.1", argv[1]};

  const std::string authority = std::string{uri->address} + ':' + std::to_string(uri->port);
  const turnout::tunnel_request tunnel{.target = authority};
  if (!open(connection, tunnel)) return 1;

  // For wss, TLS would begin here.
  const turnout::websocket::proposal websocket{random_bytes<16>(),
                                               {.target = uri->target, .host = uri->host}};
  if (!open(connection, websocket)) return 1;

  const std::string echoed = ask_echo(connection, argv[3]);
  std::cout << "echoed: " << echoed << '\n';
  return echoed == argv[3] ? 0 : 1;
} catch (const std::exception& failed) {
  std::cerr << "through_proxy_client: " << failed.what() << '\n';
  return 1;
}
