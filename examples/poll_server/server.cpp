// A web server in one thread, on plain POSIX: pages, forms, keep-alive, and a WebSocket at /ws that
// echoes.
//
//   poll_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <poll.h>

#include <array>
#include <chrono>
#include <list>
#include <string>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "echo_frame.hpp"
#include "posix.hpp"

namespace {

using timer = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};  // for one head, one piece of a body, one frame
constexpr std::size_t max_body = 65536;
constexpr std::size_t max_sessions = 500;

class session {
 public:
  explicit session(unique_socket socket) : socket_{std::move(socket)} {}

  /// What to wait for. Nothing is read before all output is sent, so no client can fill the memory.
  pollfd wanted() const {
    return {socket_.get(), unsent_.empty() ? short{POLLIN} : short{POLLOUT}, 0};
  }
  bool is_over() const { return over_ || timer::now() > deadline_; }

  /// Does what the socket is ready for.
  void run(int ready) {
    if ((ready & POLLOUT) == 0) ended_ = !read_some(socket_, unread_);
    for (;;) {
      over_ = !write_some(socket_, unsent_);
      if (over_ || !unsent_.empty()) return;
      if (!step()) break;
      deadline_ = timer::now() + patience;
    }
    over_ = ended_;  // Where no more input comes, nothing is left to do.
  }

 private:
  // turnout begins
  static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  turnout::server_connection http_{spoken};
  turnout::server_need need_ = turnout::server_need::more;
  std::array<char, 512> out_{};

  void serve_http() {
    const turnout::server_turn turn =
        ended_ ? http_.end_of_input(unread_, out_) : http_.advance(unread_, out_);
    unsent_ += turn.output;
    switch (need_ = turn.need) {
      using enum turnout::server_need;
      case request:  // Keep what the page needs: the turn only views the input.
        path_ = turn.request.target.path;
        is_head_ = turn.request.method == turnout::method::head;
        body_.clear();
        break;
      case content:
        body_ += turn.content;
        if (body_.size() > max_body) unsent_ += *http_.refuse({.status = 413}, out_);
        break;
      case response:
        unsent_ += page();
        (void)http_.responded();
        break;
      case decision:  // An offer that is not answered comes again as an ordinary request.
        if (turn.request.target.path == "/ws")
          unsent_ += *http_.answer(turnout::websocket::agree(turn.offer()), out_);
        break;
      default:  // step() goes on with more, switched and close; CONNECT was refused.
        break;
    }
    unread_.erase(0, turn.used);
  }
  // turnout ends

  std::string page() const {
    const bool found = path_ == "/";
    std::string text = found ? "The WebSocket is at /ws.\n" : "There is nothing here.\n";
    if (!body_.empty()) text += "You sent " + std::to_string(body_.size()) + " bytes.\n";
    return std::string{"HTTP/1.1 "} + (found ? "200 OK" : "404 Not Found") +
           "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) +
           "\r\n" + std::string{http_.connection_line()} + "\r\n" + (is_head_ ? "" : text);
  }

  /// Returns false if it waits for input.
  bool step() {
    if (need_ == turnout::server_need::switched) return serve_websocket();
    if (need_ != turnout::server_need::close) serve_http();
    if (need_ == turnout::server_need::close && unsent_.empty()) {
      shutdown(socket_.get(), SHUT_WR);
      unread_.clear();  // It is read all the same, or the client might miss the last output.
      return false;
    }
    return need_ != turnout::server_need::more;
  }

  bool serve_websocket() {
    const frame_answer answer = answer_frame(unread_, max_body);
    unsent_ += answer.output;
    unread_.erase(0, answer.used);
    if (answer.closes) need_ = turnout::server_need::close;
    return answer.used != 0;
  }

  unique_socket socket_;
  bool ended_ = false;  // no more input comes
  bool over_ = false;
  timer::time_point deadline_ = timer::now() + patience;
  std::string unread_;
  std::string unsent_;
  std::string path_;
  std::string body_;
  bool is_head_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const unique_socket listener = listen_on(argc > 1 ? argv[1] : "0");
  std::list<session> sessions;
  std::vector<pollfd> polled;
  for (;;) {
    polled.assign(1, {sessions.size() < max_sessions ? listener.get() : -1, POLLIN, 0});
    for (const session& one : sessions) polled.push_back(one.wanted());
    poll(polled.data(), polled.size(), 1000);
    auto ready = polled.begin();
    for (session& one : sessions)
      if (const int events = (++ready)->revents; events != 0) one.run(events);
    sessions.remove_if([](const session& one) { return one.is_over(); });
    if (unique_socket accepted{accept(listener.get(), nullptr, nullptr)}; accepted)
      sessions.emplace_back(std::move(accepted));
  }
}
