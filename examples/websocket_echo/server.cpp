// A server that speaks HTTP/1.1 and WebSocket on one port: a page at /, the echo at /echo.
//
//   websocket_echo_server [PORT [EXTENSION]]     listens on the loopback address
//
// PORT 0 is a free one. EXTENSION is permessage-deflate with the server's settings, written as in a
// response; "" for no compression.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "frames.hpp"
#include "page.hpp"
#include "serving.hpp"
#include "stream.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;

constexpr turnout::profile supported[] = {turnout::websocket::profile};
constexpr std::string_view subprotocols[] = {"echo", "chat"};

/// How to compress messages; nothing for no compression.
using wanted_deflate = std::optional<deflate::settings>;

/// Answers an offer with the 101, or with the refusal for its failure. Pages of this site may open
/// the WebSocket, and so may programs that are not browsers.
turnout::result<std::string_view> answer(turnout::server_connection& server,
                                         const turnout::server_turn& turn,
                                         const wanted_deflate& wanted, deflate::agreed& deflated,
                                         std::span<char> out) {
  if (turn.request.target.path != "/echo") return server.refuse({.status = 404}, out);
  const std::string_view host = turn.facts.lines(turnout::field_name::host).first();
  const std::string site = fmt::format("http://{}", host);
  const std::string_view origins[] = {site};
  const auto agreed = turnout::websocket::agree(
      turn.offer(),
      {.origins = origins, .subprotocols = subprotocols, .deflate = wanted ? &*wanted : nullptr});
  if (agreed) deflated = agreed->deflate();
  return server.answer(agreed, out);
}

/// Serves an ordinary request.
task<> serve(stream& connection, turnout::server_connection& server,
             const turnout::server_turn& turn) {
  const bool is_head = turn.request.method == turnout::method::head;
  const bool found =
      (is_head || turn.request.method == turnout::method::get) && turn.request.target.path == "/";
  const bool close = !found || !turn.framing.ends_at_once();
  const std::string_view body = found ? page : "There is nothing here.\n";
  const std::string head =
      fmt::format("HTTP/1.1 {}\r\nContent-Type: {}; charset=utf-8\r\nContent-Length: {}\r\n{}\r\n",
                  found ? "200 OK" : "404 Not Found", found ? "text/html" : "text/plain",
                  body.size(), close ? "Connection: close\r\n" : server.connection_line());
  co_await send(connection, head);
  if (!is_head) co_await connection.write(body);
  (void)server.responded(close);
}

task<> echo(stream& connection, const turnout::switched& evidence, const deflate::agreed& agreed) {
  if (agreed.in_use) fmt::print("  messages are compressed\n");
  std::fflush(stdout);
  frames messages{frames::side::server, connection, evidence, agreed,
                  [](frames& back, std::uint8_t opcode, std::string_view message) {
                    fmt::print("  echoing {} octets\n", message.size());
                    back.send(opcode, message);
                  }};
  co_await messages.run();
}

/// One connection, from its first request to its end.
task<> talk(stream& connection, const wanted_deflate& wanted) {
  turnout::server_connection server{supported, {.allow_connect = true}};
  deflate::agreed agreed;
  std::array<char, 4096> out;
  for (;;) {
    const turnout::server_turn turn = co_await take_turn(connection, server, out);
    show_head(">", turn.request.octets);
    connection.set_deadline(patience::answer);
    switch (turn.need) {
      case turnout::server_need::request:
        co_await serve(connection, server, turn);
        break;
      case turnout::server_need::decision:
        co_await send(connection, answer(server, turn, wanted, agreed, out));
        break;
      case turnout::server_need::connect:  // answered with 405 instead of 501
        co_await send(connection,
                      server.refuse({.status = 405, .allow = turnout::method::get}, out));
        break;
      case turnout::server_need::switched:
        connection.keep(turn.rest);
        co_await echo(connection, *turn.switched(), agreed);
        co_return;
      case turnout::server_need::more:
      case turnout::server_need::content:
      case turnout::server_need::response:
        break;
      case turnout::server_need::close:
        co_return;
    }
    connection.drop(turn.used);
    connection.set_deadline(patience::head);
  }
}

/// The settings from the command line.
turnout::result<deflate::settings> read_wanted(std::string_view text) {
  const auto list = turnout::field::sec_websocket_extensions::parse(text, 1);
  if (!list) return list.error();
  const auto given = deflate::response::read(*list->begin());
  if (!given) return given.error();
  const deflate::agreed as_agreed = deflate::settle({}, *given);
  return deflate::settings{.server_no_context_takeover = as_agreed.server_no_context_takeover,
                           .client_no_context_takeover = as_agreed.client_no_context_takeover,
                           .server_max_window_bits = as_agreed.server_window_bits,
                           .client_max_window_bits = as_agreed.client_window_bits};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view extension = argc > 2 ? argv[2] : deflate::name;
  const auto read = read_wanted(extension);
  const wanted_deflate wanted = read ? std::optional{*read} : std::nullopt;
  if (argc > 3 || (!read && !extension.empty())) {
    fmt::print(stderr, "usage: websocket_echo_server [PORT [EXTENSION]]\n");
    return 2;
  }
  return serve_on_port("websocket_echo_server", std::min(argc, 2), argv,
                       [&](stream& connection) { return talk(connection, wanted); });
}
