// A client that does not give up: it sends credentials if it needs them (401), follows redirects
// (302), speaks WebSocket if the server requires it (426), and reads early hints (103).
//
//   persistent_client URI AUTHORIZATION MESSAGE     URI begins with ws:, AUTHORIZATION with Basic
#include <array>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "dialed.hpp"

namespace {

// The preferred protocol, and the one to speak if a 426 requires it.
constexpr turnout::profile preferred[] = {{.token = {"echo", "1"}}};
constexpr turnout::profile fallback[] = {turnout::websocket::profile};

/// What to ask for next.
struct plan {
  std::string uri;
  std::string authorization{};
  bool websocket = false;
  bool same_connection = false;
};

enum class outcome { open, again, failed };

/// Changes the plan after a final response that declines; false if there is nothing left to try.
bool revise(plan& next, const turnout::client_turn& turn, std::string_view credentials) {
  const std::uint16_t status = turn.response.status;
  std::cout << "declined with " << status << '\n';
  if (turn.need == turnout::client_need::retry) return !std::exchange(next.websocket, true);
  if (status == 401 && next.authorization.empty()) return next.authorization = credentials, true;
  if (status < 301 || status > 308) return false;
  const std::string_view location = turn.response.fields.find("Location")->value;
  const std::string before = next.uri;
  const auto at = turnout::websocket::uri::parse(before);
  const auto then = at->moved(location);
  if (!then || then->secure) return false;
  // Credentials are for the server that asked for them.
  if (then->host != at->host) next.authorization.clear();
  next.uri = "ws://" + std::string{then->host} + std::string{then->target};
  return true;
}

/// The protocol echo/1: sends a line and reads it back.
std::string ask_line(dialed& server, const std::string& line) {
  server.send(line + '\n');
  while (!server.unread().ends_with('\n') && server.read_more()) continue;
  return std::string{server.unread().substr(0, line.size())};
}

/// Sends one request, and reads the complete response.
template <class Proposal>
outcome ask(dialed& server, const Proposal& asked, plan& next, std::string_view credentials) {
  turnout::client_connection client{asked, {.spoken = fallback}};
  std::array<char, 2048> out;
  outcome so_far = outcome::failed;
  for (bool ended = false;;) {
    const auto turn =
        ended ? client.end_of_input(server.unread(), out) : client.advance(server.unread(), out);
    server.send(turn.output);
    switch (turn.need) {
      using enum turnout::client_need;
      case more:
        ended = !server.read_more();
        break;
      case interim:
        std::cout << turn.response.status << " came early\n";
        break;
      case response:
      case retry:
        if (revise(next, turn, credentials)) so_far = outcome::again;
        break;
      case send_content:
      case content:
        break;
      case done:
        server.drop(turn.used);
        next.same_connection = client.keeps_alive();
        return so_far;
      case switched:
        server.drop(turn.used);
        return outcome::open;
      case close:
        std::cerr << turnout::explain(turn.why.code).text << '\n';
        return outcome::failed;
    }
    server.drop(turn.used);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  plan next{argc == 4 ? argv[1] : ""};
  std::optional<dialed> server;
  std::string connected;
  for (int attempts = 0; attempts < 10; ++attempts) {
    const plan now = next;
    const auto uri = turnout::websocket::uri::parse(now.uri);
    if (!uri || uri->secure) {
      std::cerr << "usage: persistent_client ws://HOST[:PORT]/[PATH] AUTHORIZATION MESSAGE\n";
      return 2;
    }
    if (!now.same_connection || connected != uri->host) {
      server.emplace(uri->address, std::to_string(uri->port));
      connected = uri->host;
    }
    const turnout::field_line line{"Authorization", now.authorization};
    const turnout::span<const turnout::field_line> fields{&line,
                                                          now.authorization.empty() ? 0u : 1u};
    outcome came;
    if (now.websocket) {
      const turnout::websocket::proposal asked{
          random_bytes<16>(), {.target = uri->target, .host = uri->host, .fields = fields}};
      came = ask(*server, asked, next, argv[2]);
    } else {
      const turnout::proposal asked{
          .target = uri->target, .host = uri->host, .protocols = preferred, .fields = fields};
      came = ask(*server, asked, next, argv[2]);
    }
    if (came == outcome::failed) return 1;
    if (came == outcome::open) {
      const std::string echoed =
          now.websocket ? ask_echo(*server, argv[3]) : ask_line(*server, argv[3]);
      std::cout << "echoed: " << echoed << '\n';
      return echoed == argv[3] ? 0 : 1;
    }
  }
  return 1;
} catch (const std::exception& failed) {
  std::cerr << "persistent_client: " << failed.what() << '\n';
  return 1;
}
