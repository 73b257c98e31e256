// A server in one thread, with plain POSIX: its connections, and the loop that waits for them.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "posix.hpp"

/// One connection: unused input, unsent output, and a deadline.
class polled_connection {
 public:
  explicit polled_connection(unique_socket socket) : socket_{std::move(socket)} {}
  virtual ~polled_connection() = default;

  /// What to wait for. Nothing is read before all output is sent, so no client can fill the memory.
  pollfd wanted() const {
    return {socket_.get(), unsent_.empty() ? short{POLLIN} : short{POLLOUT}, 0};
  }
  bool is_over() const { return over_ || timer::now() > deadline_; }

  /// Reads and writes if the socket is ready.
  void run(int ready) {
    if ((ready & POLLOUT) == 0) ended_ = !read_some(socket_, unread_);
    for (;;) {
      over_ = !write_some(socket_, unsent_);
      if (over_ || !unsent_.empty()) return;
      if (closing_ || !step()) break;
      deadline_ = timer::now() + patience;
    }
    over_ = ended_;
    if (!closing_) return;
    shutdown(socket_.get(), SHUT_WR);
    unread_.clear();  // Keep reading, or the client might miss the last output.
  }

 protected:
  /// Uses some of unread_. Returns false if it needs more.
  virtual bool step() = 0;

  /// True if the input has ended.
  bool has_ended() const { return ended_; }
  /// Closes the connection after all output is sent.
  void close() { closing_ = true; }

  std::string unread_;
  std::string unsent_;

 private:
  using timer = std::chrono::steady_clock;
  static constexpr std::chrono::seconds patience{60};  // for the next step

  unique_socket socket_;
  bool ended_ = false;
  bool closing_ = false;  // no more output comes
  bool over_ = false;
  timer::time_point deadline_ = timer::now() + patience;
};

/// Listens on the loopback address, and never returns.
template <class Connection>
void serve_polled(const char* port, std::size_t max_connections = 500) {
  const unique_socket listener = listen_on(port);
  std::list<Connection> connections;
  std::vector<pollfd> polled;
  for (;;) {
    polled.assign(1, {connections.size() < max_connections ? listener.get() : -1, POLLIN, 0});
    for (const Connection& one : connections) polled.push_back(one.wanted());
    poll(polled.data(), polled.size(), 1000);
    auto ready = polled.begin();
    for (Connection& one : connections)
      if (const int events = (++ready)->revents; events != 0) one.run(events);
    connections.remove_if([](const Connection& one) { return one.is_over(); });
    if (unique_socket accepted{accept(listener.get(), nullptr, nullptr)}; accepted)
      connections.emplace_back(std::move(accepted));
  }
}
