// A whole WebSocket handshake of a server, from standard input to standard output.
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

namespace {

constexpr turnout::profile spoken[] = {turnout::websocket::profile};

bool send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t size = write(STDOUT_FILENO, octets.data(), octets.size());
    if (size <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace

int main() {
  turnout::server_handshake handshake{spoken};
  std::array<char, 8192> in;
  std::array<char, 512> out;
  std::string_view unread{in.data(), 0};
  while (unread.end() != in.end()) {
    const auto room = static_cast<std::size_t>(in.end() - unread.end());
    const ssize_t got = read(STDIN_FILENO, in.end() - room, room);
    if (got <= 0) return 1;
    const auto now =
        handshake.receive({unread.data(), unread.size() + static_cast<std::size_t>(got)});
    unread = now.rest;
    if (now.what == turnout::server_step::need_more) continue;
    if (now.what != turnout::server_step::upgrade_offered) return 1;
    const auto asked = turnout::websocket::offer::read(now.offer());
    const auto written =
        asked
            ? handshake.accept(asked->agree(), out)
            : handshake.refuse(turnout::websocket::agreement::refusal_for(asked.error().code), out);
    return written && send(*written) && asked ? 0 : 1;
  }
  return 1;
}
