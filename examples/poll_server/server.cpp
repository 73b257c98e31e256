// A web server in one thread, with plain POSIX: pages, forms, keep-alive, and a WebSocket at /ws
// that echoes.
//
//   poll_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <array>
#include <cstddef>
#include <string>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "echo_frame.hpp"
#include "polled.hpp"

namespace {

constexpr std::size_t max_body = 65536;

class session : public polled_connection {
  using polled_connection::polled_connection;

  // turnout begins
  static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  turnout::server_connection http_{spoken};
  turnout::server_need need_ = turnout::server_need::more;
  std::array<char, 512> out_{};

  void serve_http() {
    const turnout::server_turn turn =
        has_ended() ? http_.end_of_input(unread_, out_) : http_.advance(unread_, out_);
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
      case decision:  // An offer without an answer comes again as an ordinary request.
        if (turn.request.target.path == "/ws")
          unsent_ += *http_.answer(turnout::websocket::agree(turn.offer()), out_);
        break;
      default:  // step() handles more, switched and close; CONNECT was refused.
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

  bool step() override {
    if (need_ == turnout::server_need::switched) return serve_websocket();
    serve_http();
    if (need_ == turnout::server_need::close) close();
    return need_ != turnout::server_need::more;
  }

  bool serve_websocket() {
    const frame_answer answer = answer_frame(unread_, max_body);
    unsent_ += answer.output;
    unread_.erase(0, answer.used);
    if (answer.closes) close();
    return answer.used != 0;
  }

  std::string path_;
  std::string body_;
  bool is_head_ = false;
};

}  // namespace

int main(int argc, char** argv) { serve_polled<session>(argc > 1 ? argv[1] : "0"); }
