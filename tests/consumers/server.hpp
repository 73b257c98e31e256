// What every consumer builds: a server on the loopback address that takes one client to WebSocket.
// It includes no turnout; who includes this has done that in a way of their own.
//
//   consumer [PORT]     without PORT, a free one; it is printed
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

inline constexpr turnout::profile spoken[] = {turnout::websocket::profile};

inline void send_all(int client, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(client, octets.data(), octets.size(), 0);
    if (sent <= 0) exit(1);
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

inline bool serve(int client) {
  turnout::server_connection server{spoken};
  std::array<char, 1024> out{}, read{};
  std::string unread;
  for (;;) {
    const auto turn = server.advance(unread, out);
    send_all(client, turn.output);
    switch (turn.need) {
      using enum turnout::server_need;
      case decision:
        send_all(client, *server.answer(turnout::websocket::agree(turn.offer()), out));
        break;
      case request:
        send_all(client, *server.refuse({.status = 404}, out));
        break;
      case switched:
        return true;  // From here on, both sides send WebSocket frames.
      case close:
        return false;
      default:
        break;
    }
    unread.erase(0, turn.used);
    if (turn.need != turnout::server_need::more) continue;
    const ssize_t got = ::recv(client, read.data(), read.size(), 0);
    if (got <= 0) return false;
    unread.append(read.data(), static_cast<std::size_t>(got));
  }
}

int main(int argc, char** argv) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<in_port_t>(argc > 1 ? atoi(argv[1]) : 0));
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 1) != 0) {
    perror("listen");
    return 1;
  }
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  const int client = ::accept(listener, nullptr, nullptr);
  const bool has_switched = client >= 0 && serve(client);
  ::close(client);
  return has_switched ? 0 : 1;
}
