// TCP with plain POSIX: sockets that never block.
#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

/// Owns a socket, which does not block.
class unique_socket {
 public:
  explicit unique_socket(int fd = -1) noexcept : fd_{fd} {
    if (fd_ < 0) return;
    fcntl(fd_, F_SETFL, fcntl(fd_, F_GETFL) | O_NONBLOCK);
    const int on = 1;  // send small frames at once
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  unique_socket(unique_socket&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  unique_socket& operator=(unique_socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~unique_socket() {
    if (fd_ >= 0) close(fd_);
  }

  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_;
};

inline sockaddr_in loopback(const char* port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  return address;
}

/// Listens on the loopback address and prints it; ends the program if it can't. "0" is a free port.
inline unique_socket listen_on(const char* port) {
  unique_socket listener{socket(AF_INET, SOCK_STREAM, 0)};
  sockaddr_in address = loopback(port);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (bind(listener.get(), generic, size) != 0 || listen(listener.get(), SOMAXCONN) != 0 ||
      getsockname(listener.get(), generic, &size) != 0) {
    std::perror(port);
    std::exit(1);
  }
  std::printf("listening on http://127.0.0.1:%d/\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

/// Begins to connect to a port of this machine. If that fails, the first read_some() finds out.
inline unique_socket connect_to(const char* port) {
  unique_socket made{socket(AF_INET, SOCK_STREAM, 0)};
  const sockaddr_in address = loopback(port);
  (void)connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return made;
}

/// Appends what has arrived, if anything; false at the end of input and after an error.
inline bool read_some(const unique_socket& from, std::string& input) {
  std::array<char, 16384> bytes;
  const ssize_t size = recv(from.get(), bytes.data(), bytes.size(), 0);
  if (size > 0) input.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

/// Sends as much as the socket accepts, and removes it; false if nothing more can be sent.
inline bool write_some(const unique_socket& to, std::string& output) {
  if (output.empty()) return true;
  const ssize_t size = send(to.get(), output.data(), output.size(), MSG_NOSIGNAL);
  if (size > 0) output.erase(0, static_cast<std::size_t>(size));
  return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR || errno == ENOTCONN));
}
