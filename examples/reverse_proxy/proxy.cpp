// A reverse proxy in one thread, with plain POSIX. It forwards WebSockets, and other upgrades as
// ordinary requests.
//
//   reverse_proxy [PORT [SERVER]]     both ports are on the loopback address; PORT 0 is a free one
#include <poll.h>

#include <array>
#include <chrono>
#include <list>
#include <string>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "posix.hpp"

namespace {

using timer = std::chrono::steady_clock;
using turnout::relay_side;

constexpr std::chrono::seconds patience{60};  // for one more head, piece of content or frame
constexpr std::size_t max_waiting = 65536;    // unsent bytes that stop reading
constexpr std::size_t max_sessions = 250;
constexpr turnout::profile allowed[] = {turnout::websocket::profile};
constexpr turnout::relay_policy policy{.allowed = allowed, .name = "example"};

/// One side's connection, with its buffers.
struct peer {
  unique_socket socket{};
  std::string unread{};
  std::string unsent{};
  bool ended = false;  // the input has ended

  /// What to wait for: a full input, and a side that has ended, are not polled.
  pollfd wanted() const {
    const bool reads = !ended && unread.size() < max_waiting;
    const int events = (reads ? POLLIN : 0) | (unsent.empty() ? 0 : POLLOUT);
    return {events == 0 ? -1 : socket.get(), static_cast<short>(events), 0};
  }

  void run(int ready) {
    if ((ready & ~POLLOUT) != 0 && !ended) ended = !read_some(socket, unread);
    flush();
  }

  /// Drops output that can't be sent any more; reading finds out why.
  void flush() {
    if (socket && !write_some(socket, unsent)) unsent.clear();
  }
};

class session {
 public:
  session(unique_socket client, const char* server_port)
      : client_{std::move(client)}, server_port_{server_port} {}

  std::array<pollfd, 2> wanted() const { return {client_.wanted(), server_.wanted()}; }
  bool is_over() const { return over_ || timer::now() > deadline_; }

  /// Reads and writes if the sockets are ready.
  void run(int client_ready, int server_ready) {
    if (client_ready != 0) client_.run(client_ready);
    if (server_ready != 0) server_.run(server_ready);
    while (is_open_ && client_.unsent.size() < max_waiting && server_.unsent.size() < max_waiting &&
           (step(relay_side::client) | step(relay_side::server)) != 0)
      deadline_ = timer::now() + patience;
    client_.flush();
    server_.flush();
    if (is_open_ || !client_.unsent.empty() || !server_.unsent.empty()) return;
    shutdown(client_.socket.get(), SHUT_WR);
    client_.unread.clear();  // Keep reading, or the client might miss the last output.
    over_ = client_.ended;
  }

 private:
  // turnout begins
  turnout::relay_connection relay_{policy};
  std::array<char, turnout::room({}, policy)> out_{};

  /// Returns 0 if nothing was done.
  int step(relay_side side) {
    peer& from = side == relay_side::client ? client_ : server_;
    const auto turn = from.ended ? relay_.end_of_input(side, from.unread, out_)
                                 : relay_.advance(side, from.unread, out_);
    for (const auto part : turn.to_client) client_.unsent += part;
    for (const auto part : turn.to_server) server_.unsent += part;
    if (turn.need == turnout::relay_need::request) {
      if (!server_.socket) server_.socket = connect_to(server_port_);
      server_.unsent += *relay_.forward(turn, out_);
    }
    from.unread.erase(0, turn.used);
    if (turn.need == turnout::relay_need::close_server) server_ = {};
    const bool ends = turn.need == turnout::relay_need::end_output;  // WebSockets end as one
    if (ends || turn.need == turnout::relay_need::close) is_open_ = false;
    return turn.is_idle() ? 0 : 1;
  }
  // turnout ends

  peer client_;
  peer server_;
  const char* server_port_;
  bool is_open_ = true;  // false when nothing more is relayed
  bool over_ = false;
  timer::time_point deadline_ = timer::now() + patience;
};

}  // namespace

int main(int argc, char** argv) {
  const unique_socket listener = listen_on(argc > 1 ? argv[1] : "0");
  std::list<session> sessions;
  std::vector<pollfd> polled;
  for (;;) {
    polled.assign(1, {sessions.size() < max_sessions ? listener.get() : -1, POLLIN, 0});
    for (const session& one : sessions)
      for (const pollfd& wanted : one.wanted()) polled.push_back(wanted);
    poll(polled.data(), polled.size(), 1000);
    auto ready = polled.begin() + 1;
    for (session& one : sessions) {
      const int client_ready = (ready++)->revents;
      const int server_ready = (ready++)->revents;
      if ((client_ready | server_ready) != 0) one.run(client_ready, server_ready);
    }
    sessions.remove_if([](const session& one) { return one.is_over(); });
    if (unique_socket accepted{accept(listener.get(), nullptr, nullptr)}; accepted)
      sessions.emplace_back(std::move(accepted), argc > 2 ? argv[2] : "8080");
  }
}
