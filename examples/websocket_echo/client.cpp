// A client that opens a WebSocket, sends a text, and prints the echo.
//
//   websocket_echo_client PORT [TEXT [SUBPROTOCOLS [EXTENSIONS]]]     lists, as in the fields
//
// TEXT "-" sends each line of the input as a message. EXTENSIONS are offers of permessage-deflate.
//
// Exit status: 0 if the same text came back, 1 if not, 2 for wrong arguments.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "asking.hpp"
#include "frames.hpp"
#include "port.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;

/// The arguments of the client.
struct errand {
  std::vector<std::string> texts;
  std::vector<deflate::offer> offered;
};

/// RFC 6455 section 4.1: random, and new for each connection.
std::array<std::uint8_t, 16> fresh_nonce() {
  std::random_device random;
  std::array<std::uint8_t, 16> nonce;
  std::generate(nonce.begin(), nonce.end(),
                [&random] { return static_cast<std::uint8_t>(random()); });
  return nonce;
}

/// Sends one text after the other, and waits for each echo.
task<bool> echoes(stream& connection, const turnout::switched& evidence,
                  const deflate::agreed& agreed, std::span<const std::string> texts) {
  if (agreed.in_use) fmt::print("messages are compressed\n");
  const auto send_next = [&texts](frames& on) {
    if (texts.empty()) return on.close();
    on.send(WSLAY_TEXT_FRAME, texts.front());
  };
  frames messages{frames::side::client, connection, evidence, agreed,
                  [&](frames& back, std::uint8_t, std::string_view message) {
                    fmt::print("echoed: {}\n", message);
                    if (texts.empty() || message != texts.front()) return back.close();
                    texts = texts.subspan(1);
                    send_next(back);
                  }};
  send_next(messages);
  const bool closed = co_await messages.run();
  co_return closed&& texts.empty();
}

task<bool> talk(stream& connection, const turnout::websocket::proposal& asked,
                const errand& wanted) {
  turnout::client_connection client{asked};
  std::array<char, 1024> out;
  for (;;) {
    const turnout::client_turn turn = co_await take_turn(connection, client, out);
    if (turn.need == turnout::client_need::interim) {
      connection.drop(turn.used);
      continue;
    }
    // The request has no content, and the client does not read that of a refusal.
    if (turn.need != turnout::client_need::switched) co_return false;

    const auto chosen = asked.terms_of(turn.facts);
    fmt::print("switched to {}, subprotocol \"{}\"\n", turn.switched()->protocol().token.name,
               chosen->subprotocol);
    const auto agreed = deflate::check(chosen->extensions, wanted.offered);
    if (!agreed) {
      show_failure("failed", agreed.error());
      co_return false;
    }
    connection.keep(turn.rest);
    const bool echoed = co_await echoes(connection, *turn.switched(), *agreed, wanted.texts);
    co_return echoed;
  }
}

/// Each line without its end.
std::vector<std::string> lines_of(std::istream& input) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

/// Nothing for a list that offers something else.
std::optional<std::vector<deflate::offer>> offers_of(
    const turnout::result<turnout::field::sec_websocket_extensions>& list) {
  std::vector<deflate::offer> offers;
  for (const turnout::field::extension& one : *list) {
    const auto read = deflate::offer::read(one);
    if (!read) return {};
    offers.push_back(*read);
  }
  return list ? std::optional{offers} : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  const auto port = port_of(argc > 1 ? argv[1] : "");
  const std::string text = argc > 2 ? argv[2] : "Hello from turnout";
  turnout::result<turnout::field::sec_websocket_protocol> subprotocols;
  if (argc > 3) subprotocols = turnout::field::sec_websocket_protocol::parse(argv[3]);
  turnout::result<turnout::field::sec_websocket_extensions> extensions;
  if (argc > 4) extensions = turnout::field::sec_websocket_extensions::parse(argv[4]);
  const auto offered = offers_of(extensions);
  if (argc > 5 || !port || !subprotocols || !offered) {
    fmt::print(stderr, "usage: websocket_echo_client PORT [TEXT [SUBPROTOCOLS [EXTENSIONS]]]\n");
    return 2;
  }
  const std::string host = fmt::format("127.0.0.1:{}", *port);
  const turnout::websocket::proposal asked{
      fresh_nonce(),
      {.target = "/echo", .host = host, .subprotocols = *subprotocols, .extensions = *extensions}};
  const errand wanted{text == "-" ? lines_of(std::cin) : std::vector{text}, *offered};
  return ask_port("websocket_echo_client", *port,
                  [&](stream& connection) { return talk(connection, asked, wanted); });
}
