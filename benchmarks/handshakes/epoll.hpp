// One thread that accepts connections with epoll, and lets a function answer what comes on them.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

/// Listens on a free port of the loopback address, and prints it.
inline int listen_on_loopback() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, generic, size) != 0 || listen(listener, SOMAXCONN) != 0 ||
      getsockname(listener, generic, &size) != 0)
    return -1;
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

/// Serves forever.
///
/// Takes     Conversation: has `std::string unread` and `std::string_view answer()`, which is asked
///           after more was read
template <class Conversation>
int serve() {
  const int listener = listen_on_loopback();
  const int epoll = epoll_create1(0);
  if (listener < 0 || epoll < 0) return 1;
  epoll_event event{.events = EPOLLIN, .data = {.fd = listener}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  std::unordered_map<int, Conversation> conversations;
  for (;;) {
    std::array<epoll_event, 64> events;
    const int ready = epoll_wait(epoll, events.data(), events.size(), -1);
    for (std::size_t i = 0; i < static_cast<std::size_t>(ready); ++i) {
      const int descriptor = events[i].data.fd;
      if (descriptor == listener) {
        for (int one; (one = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
          const int on = 1;
          setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
          epoll_event reads{.events = EPOLLIN, .data = {.fd = one}};
          epoll_ctl(epoll, EPOLL_CTL_ADD, one, &reads);
          conversations.try_emplace(one);
        }
        continue;
      }
      std::array<char, 4096> octets;
      const ssize_t size = recv(descriptor, octets.data(), octets.size(), 0);
      if (size <= 0) {
        conversations.erase(descriptor);
        close(descriptor);
        continue;
      }
      Conversation& conversation = conversations.at(descriptor);
      conversation.unread.append(octets.data(), static_cast<std::size_t>(size));
      const std::string_view answer = conversation.answer();
      if (!answer.empty()) send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
}
