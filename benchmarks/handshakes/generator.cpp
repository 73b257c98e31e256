// Opens WebSocket connections as fast as a server answers, and counts them.
//
//   generator PORT SECONDS
//
// Each of 64 connections at a time sends Chrome's request, reads the head of the answer, and is
// reset, so that no port stays in use. Prints how many were answered with 101.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using timer = std::chrono::steady_clock;

constexpr std::string_view request =
    "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: Upgrade\r\nPragma: no-cache\r\n"
    "Cache-Control: no-cache\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\r\nUpgrade: websocket\r\n"
    "Origin: http://127.0.0.1:8080\r\nSec-WebSocket-Version: 13\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
constexpr std::string_view accept_value = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

struct connection {
  int descriptor = -1;
  bool asked = false;
  std::string answer;
};

[[noreturn]] void stop(const char* what) {
  std::perror(what);
  std::exit(1);
}

void open(connection& one, int epoll, std::uint16_t port) {
  one = {.descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)};
  if (one.descriptor < 0) stop("socket");
  const linger reset{1, 0};
  setsockopt(one.descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(one.descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
      errno != EINPROGRESS)
    stop("connect");
  epoll_event event{.events = EPOLLOUT, .data = {.ptr = &one}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, one.descriptor, &event);
}

void ask(connection& one, int epoll) {
  if (send(one.descriptor, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    stop("send");
  one.asked = true;
  epoll_event event{.events = EPOLLIN, .data = {.ptr = &one}};
  epoll_ctl(epoll, EPOLL_CTL_MOD, one.descriptor, &event);
}

/// Returns whether the head of the answer is there.
bool read_answer(connection& one) {
  std::array<char, 2048> octets;
  const ssize_t size = recv(one.descriptor, octets.data(), octets.size(), 0);
  if (size <= 0) stop("recv");
  one.answer.append(octets.data(), static_cast<std::size_t>(size));
  return one.answer.find("\r\n\r\n") != std::string::npos;
}

}  // namespace

int main(int, char** argv) {
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  const std::chrono::seconds lasts{std::atoi(argv[2])};
  const int epoll = epoll_create1(0);
  std::vector<connection> all(64);
  for (connection& one : all) open(one, epoll, port);

  std::size_t switched = 0;
  const timer::time_point begin = timer::now();
  while (timer::now() - begin < lasts) {
    std::array<epoll_event, 64> events;
    const int ready = epoll_wait(epoll, events.data(), events.size(), 1000);
    for (int i = 0; i < ready; ++i) {
      connection& one = *static_cast<connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!one.asked) {
        ask(one, epoll);
        continue;
      }
      if (!read_answer(one)) continue;
      if (!one.answer.starts_with("HTTP/1.1 101 ") ||
          one.answer.find(accept_value) == std::string::npos) {
        std::fprintf(stderr, "answered with %s\n", one.answer.c_str());
        return 1;
      }
      ++switched;
      close(one.descriptor);
      open(one, epoll, port);
    }
  }
  std::printf("%zu\n", switched);
}
