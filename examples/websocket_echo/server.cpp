// A server that speaks HTTP/1.1 and WebSocket on one port: a page at /, the echo at /echo.
//
//   websocket_echo_server [PORT]     listens on the loopback address; port 0 is a free one
#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "frames.hpp"
#include "page.hpp"
#include "serving.hpp"
#include "stream.hpp"

namespace {

constexpr turnout::profile supported[] = {turnout::websocket::profile};
constexpr std::string_view subprotocols[] = {"echo", "chat"};

/// Pages of this site may open the WebSocket, and programs that are no browsers.
bool is_welcome(std::string_view origin, const turnout::facts& request) {
  const std::string_view host = request.lines(turnout::field_name::host).first();
  return origin.empty() || origin == fmt::format("http://{}", host);
}

/// Answers an offer: with the 101, or with the refusal that its fault asks for.
turnout::result<std::size_t> answer(turnout::server_handshake& handshake,
                                    const turnout::server_received& now, std::span<char> out) {
  namespace websocket = turnout::websocket;
  if (now.request.target.path != "/echo") return handshake.refuse({.status = 404}, out);
  const auto asked = websocket::offer::read(now.offer());
  if (!asked) return handshake.refuse(websocket::refusal_for(asked.error().code), out);
  if (!is_welcome(asked->origin(), now.facts)) return handshake.refuse({.status = 403}, out);
  const auto chosen = asked->choose(subprotocols, turnout::preference::client);
  return handshake.accept(*asked->agree({.subprotocol = chosen}), out);
}

/// Serves an ordinary request; false if the connection ends with it.
bool serve(stream& connection, const turnout::server_handshake& handshake,
           const turnout::server_received& now) {
  const bool found = now.request.method == turnout::method::get && now.request.target.path == "/";
  const std::string_view body = found ? page : "There is nothing here.\n";
  const bool more = found && handshake.is_persistent() && now.framing.ends_at_once() &&
                    now.request.version >= turnout::http_1_1;
  const std::string head =
      fmt::format("HTTP/1.1 {}\r\nContent-Type: {}; charset=utf-8\r\nContent-Length: {}\r\n{}\r\n",
                  found ? "200 OK" : "404 Not Found", found ? "text/html" : "text/plain",
                  body.size(), more ? "" : "Connection: close\r\n");
  send(connection, head);
  connection.write(body);
  return more;
}

void echo(stream& connection, const turnout::switched& evidence) {
  frames messages{frames::side::server, connection, evidence,
                  [](frames& back, std::uint8_t opcode, std::string_view message) {
                    fmt::print("  echoing {} octets\n", message.size());
                    back.send(opcode, message);
                  }};
  messages.run();
}

/// One connection, from its first request to its end.
void talk(stream connection) {
  turnout::server_handshake handshake{supported};
  std::array<char, 4096> out;
  for (;;) {
    const auto now = handshake.receive(connection.unread());
    switch (now.what) {
      case turnout::server_step::need_more:
        if (connection.read_more()) break;
        (void)handshake.input_ended(connection.unread());
        return;
      case turnout::server_step::ordinary_request: {
        show_head(">", now.request.octets);
        const bool more = serve(connection, handshake, now);
        connection.keep(now.rest);
        if (!more || !handshake.start_over()) return connection.end();
        break;
      }
      case turnout::server_step::upgrade_offered: {
        show_head(">", now.request.octets);
        const auto size = answer(handshake, now, out);
        if (!size) return;
        send(connection, {out.data(), *size});
        connection.keep(now.rest);
        if (handshake.state() == turnout::server_state::answered) (void)handshake.start_over();
        break;
      }
      case turnout::server_step::tunnel_requested: {
        show_head(">", now.request.octets);
        const auto size = handshake.refuse({.status = 405, .allow = turnout::method::get}, out);
        if (size) send(connection, {out.data(), *size});
        return connection.end();
      }
      case turnout::server_step::switched:
        return echo(connection, *now.switched());
      case turnout::server_step::failed:
        return refuse_failed(connection, handshake, supported, out);
      case turnout::server_step::continue_expected:
      case turnout::server_step::content:
      case turnout::server_step::content_ended:
        return;  // No offer has content, and an ordinary request with content is the last one.
    }
  }
}

}  // namespace

int main(int argc, char** argv) { return serve_on_port("websocket_echo_server", argc, argv, talk); }
