// A client that opens a WebSocket, sends a text, and shows what comes back.
//
//   websocket_echo_client PORT [TEXT [SUBPROTOCOLS]]     SUBPROTOCOLS: a list, as in the field
//
// Exit status 0 if the same text came back, 1 if not, 2 for a call that makes no sense.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <cstdint>
#include <exception>
#include <random>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "frames.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

/// RFC 6455 section 4.1: random, and anew for each connection.
std::array<std::uint8_t, 16> fresh_nonce() {
  std::random_device random;
  std::array<std::uint8_t, 16> nonce;
  std::generate(nonce.begin(), nonce.end(),
                [&random] { return static_cast<std::uint8_t>(random()); });
  return nonce;
}

/// Sends `text` and waits for it to come back.
bool echoes(stream& connection, const turnout::switched& evidence, std::string_view text) {
  bool same = false;
  frames messages{frames::side::client, connection, evidence,
                  [&](frames& back, std::uint8_t, std::string_view message) {
                    fmt::print("echoed: {}\n", message);
                    same = message == text;
                    back.close();
                  }};
  messages.send(WSLAY_TEXT_FRAME, text);
  return messages.run() && same;
}

bool talk(stream connection, const turnout::websocket::proposal& asked, std::string_view text) {
  turnout::client_handshake handshake{asked};
  std::array<char, 1024> out;
  const auto size = handshake.write_request(out);
  if (!size) {
    fmt::print("not sent: {}\n", turnout::explain(size.error().code).text);
    return false;
  }
  show_head(">", {out.data(), *size});
  connection.write({out.data(), *size});

  for (;;) {
    const auto now = handshake.receive(connection.unread());
    switch (now.what) {
      case turnout::client_step::need_more:
        if (connection.read_more()) break;
        (void)handshake.input_ended(connection.unread());
        break;
      case turnout::client_step::interim_response:
        show_head("<", now.response.octets);
        connection.keep(now.rest);
        break;
      case turnout::client_step::switched: {
        show_head("<", now.response.octets);
        const auto chosen = asked.terms_of(now.facts);
        fmt::print("switched to {}, subprotocol \"{}\"\n", now.switched()->protocol().token.name,
                   chosen->subprotocol);
        connection.keep(now.rest);
        return echoes(connection, *now.switched(), text);
      }
      case turnout::client_step::declined:
        show_head("<", now.response.octets);
        return false;
      case turnout::client_step::failed:
        show_failure("failed", now.why);
        return false;
      case turnout::client_step::send_content:
      case turnout::client_step::content:
      case turnout::client_step::content_ended:
        return false;  // It asks without content, and does not stay for that of a refusal.
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string_view port = argc > 1 ? argv[1] : "";
  const std::string_view text = argc > 2 ? argv[2] : "Hello from turnout";
  turnout::result<turnout::sec_websocket_protocol> subprotocols;
  if (argc > 3) subprotocols = turnout::sec_websocket_protocol::parse(argv[3]);
  if (argc < 2 || argc > 4 || !subprotocols) {
    fmt::print(stderr, "usage: websocket_echo_client PORT [TEXT [SUBPROTOCOLS]]\n");
    return 2;
  }
  const std::string host = fmt::format("127.0.0.1:{}", port);
  const turnout::websocket::proposal asked{
      fresh_nonce(), {.target = "/echo", .host = host, .subprotocols = *subprotocols}};
  asio::io_context context;
  return talk(connect(context, port), asked, text) ? 0 : 1;
} catch (const std::exception& failed) {
  fmt::print(stderr, "websocket_echo_client: {}\n", failed.what());
  return 1;
}
