// A server that speaks HTTP/1.1 and WebSocket on one port: a page at /, the echo at /echo.
//
//   websocket_echo_server [PORT]     listens on the loopback address; port 0 is a free one
//
// A thread for each connection and calls that block, so that what turnout is asked stands out.
#include <fmt/core.h>

#include <array>
#include <asio.hpp>
#include <charconv>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <turnout/turnout.hpp>
#include <utility>

#include "frames.hpp"
#include "page.hpp"
#include "stream.hpp"

namespace {

constexpr turnout::profile supported[] = {turnout::websocket::profile};
constexpr std::string_view subprotocols[] = {"echo", "chat"};

/// Sends what turnout wrote, and shows it.
void send(stream& connection, std::string_view octets) {
  show_head("<", octets.substr(0, octets.find("\r\n\r\n") + 2));
  connection.write(octets);
}

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
bool serve(stream& connection, const turnout::server_received& now) {
  const bool found = now.request.method == turnout::method::get && now.request.target.path == "/";
  const std::string_view body = found ? page : "There is nothing here.\n";
  const bool more =
      found && now.request.version >= turnout::http_1_1 && !turnout::has_content(now.facts);
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
        const bool more = serve(connection, now);
        connection.keep(now.rest);
        if (!more || !handshake.start_over()) return;
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
      case turnout::server_step::switched:
        return echo(connection, *now.switched());
      case turnout::server_step::failed: {
        const auto& why = turnout::explain(now.why.code);
        fmt::print("  refused at octet {}: {} ({})\n", now.why.at, why.text, why.section);
        const auto size = handshake.refuse(turnout::refusal_for(now.why.code, supported), out);
        if (size) send(connection, {out.data(), *size});
        return;
      }
    }
  }
}

void talk_safely(asio::ip::tcp::socket socket) try {
  talk(stream{std::move(socket)});
} catch (const std::exception& gone) {
  fmt::print("  the connection is gone: {}\n", gone.what());
}

void listen(std::uint16_t port) {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), port}};
  fmt::print("listening on http://127.0.0.1:{}/\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  for (;;) std::thread{talk_safely, acceptor.accept()}.detach();
}

}  // namespace

int main(int argc, char** argv) {
  std::uint16_t port = 0;
  const std::string_view text = argc > 1 ? argv[1] : "0";
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (argc > 2 || error != std::errc{} || end != text.data() + text.size()) {
    fmt::print(stderr, "usage: websocket_echo_server [PORT]\n");
    return 2;
  }
  try {
    listen(port);
  } catch (const std::exception& failed) {
    fmt::print(stderr, "websocket_echo_server: {}\n", failed.what());
    return 1;
  }
}
