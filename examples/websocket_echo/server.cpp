// A server that speaks HTTP/1.1 and WebSocket on one port: a page at /, the echo at /echo.
//
//   websocket_echo_server [PORT [EXTENSION]]     listens on the loopback address
//
// PORT 0 is a free one. EXTENSION is permessage-deflate with what the server wants of it, written
// as in a response; "" for none.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "frames.hpp"
#include "page.hpp"
#include "serving.hpp"
#include "stream.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;

constexpr turnout::profile supported[] = {turnout::websocket::profile};
constexpr std::string_view subprotocols[] = {"echo", "chat"};

/// Pages of this site may open the WebSocket, and programs that are no browsers.
bool is_welcome(std::string_view origin, const turnout::facts& request) {
  const std::string_view host = request.lines(turnout::field_name::host).first();
  return origin.empty() || origin == fmt::format("http://{}", host);
}

/// Whether messages are compressed, and how: nothing where the server does not want it.
using wanted_deflate = std::optional<deflate::settings>;

/// Answers an offer: with the 101, or with the refusal that its fault asks for.
turnout::result<std::size_t> answer(turnout::server_handshake& handshake,
                                    const turnout::server_received& now,
                                    const wanted_deflate& wanted, deflate::agreed& agreed,
                                    std::span<char> out) {
  namespace websocket = turnout::websocket;
  if (now.request.target.path != "/echo") return handshake.refuse({.status = 404}, out);
  const auto asked = websocket::offer::read(now.offer());
  if (!asked) return handshake.refuse(websocket::refusal_for(asked.error().code), out);
  if (!is_welcome(asked->origin(), now.facts)) return handshake.refuse({.status = 403}, out);
  const auto chosen = asked->choose(subprotocols, turnout::preference::client);
  const auto deflated = wanted ? deflate::choose(asked->extensions(), *wanted) : deflate::answer{};
  websocket::written_extensions<> extensions;
  if (deflated.terms.in_use) (void)extensions.add(deflated.element);
  agreed = deflated.terms;
  const websocket::terms terms{.subprotocol = chosen, .extensions = extensions.list()};
  return handshake.accept(asked->agree(terms), out);
}

/// Serves an ordinary request; false if the connection ends with it.
task<bool> serve(stream& connection, const turnout::server_handshake& handshake,
                 const turnout::server_received& now) {
  const bool found = now.request.method == turnout::method::get && now.request.target.path == "/";
  const std::string_view body = found ? page : "There is nothing here.\n";
  const bool more = found && handshake.is_persistent() && now.framing.ends_at_once() &&
                    now.request.version >= turnout::http_1_1;
  const std::string head =
      fmt::format("HTTP/1.1 {}\r\nContent-Type: {}; charset=utf-8\r\nContent-Length: {}\r\n{}\r\n",
                  found ? "200 OK" : "404 Not Found", found ? "text/html" : "text/plain",
                  body.size(), more ? "" : "Connection: close\r\n");
  co_await send(connection, head);
  co_await connection.write(body);
  co_return more;
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
  turnout::server_handshake handshake{supported};
  deflate::agreed agreed;
  std::array<char, 4096> out;
  for (;;) {
    const auto now = handshake.receive(connection.unread());
    show_head(">", now.request.octets);
    turnout::result<std::size_t> size;
    bool more = true;
    switch (now.what) {
      case turnout::server_step::need_more:
        more = co_await connection.read_more();
        if (more) continue;
        (void)handshake.input_ended(connection.unread());
        co_return;
      case turnout::server_step::ordinary_request:
        connection.set_deadline(patience::answer);
        more = co_await serve(connection, handshake, now);
        break;
      case turnout::server_step::upgrade_offered:
        size = answer(handshake, now, wanted, agreed, out);
        break;
      case turnout::server_step::tunnel_requested:
        size = handshake.refuse({.status = 405, .allow = turnout::method::get}, out);
        break;
      case turnout::server_step::switched:
        co_await echo(connection, *now.switched(), agreed);
        co_return;
      case turnout::server_step::failed:
        co_await refuse_failed(connection, handshake, supported, out);
        co_return;
      case turnout::server_step::continue_expected:
      case turnout::server_step::content:
      case turnout::server_step::content_ended:
        co_return;  // No offer has content, and an ordinary request with content is the last one.
    }
    if (!size) co_return;
    if (*size > 0) co_await send(connection, {out.data(), *size});
    connection.keep(now.rest);
    if (handshake.state() == turnout::server_state::switched) continue;
    if (!more || !handshake.start_over()) co_return;
    connection.set_deadline(patience::head);
  }
}

/// What the server is told to want.
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
