// A server for small machines: eight connections with 1 KiB of input each, no heap, no exceptions
// and no RTTI. It has a page at / and a WebSocket at /ws that echoes.
//
//   fixed_buffers_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>

#include "echo_frame.hpp"
#include "posix.hpp"

namespace {

using namespace std::string_view_literals;
using timer = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};  // for one request, one frame
constexpr std::size_t input_size = 1024;
constexpr turnout::profile spoken[] = {turnout::websocket::profile};
constexpr turnout::server_options options{.limits = turnout::limits::for_buffer(input_size),
                                          .refusal_text = nullptr};

// turnout requires nothing of a page except `close` when it is due.
constexpr std::array pages = {
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 25\r\n\r\nThe WebSocket is at /ws.\n"sv,
    "HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\nThe WebSocket is at /ws.\n"sv};

class session {
 public:
  session() = default;
  explicit session(unique_socket socket)
      : socket_{std::move(socket)}, deadline_{timer::now() + patience} {}

  pollfd wanted() const {
    return {socket_.get(), unsent_.empty() ? short{POLLIN} : short{POLLOUT}, 0};
  }
  bool is_over() const { return over_ || timer::now() > deadline_; }

  /// Reads and writes if the socket is ready.
  void run() {
    if (unsent_.empty()) read_some();
    while (send_and_drop() && step()) deadline_ = timer::now() + patience;
    over_ = over_ || (ended_ && unsent_.empty());
  }

 private:
  /// Returns false if it needs input.
  bool step() {
    if (need_ == turnout::server_need::switched) return echo();
    if (need_ != turnout::server_need::close) return serve_http();
    shutdown(socket_.get(), SHUT_WR);
    filled_ = 0;  // Keep reading, or the client might miss the last output.
    return false;
  }

  // turnout begins
  bool serve_http() {
    const std::string_view unread{input_.data(), filled_};
    const auto turn = ended_ ? http_.end_of_input(unread, out_) : http_.advance(unread, out_);
    unsent_ = turn.output;
    used_ = turn.used;
    need_ = turn.need;
    if (turn.need == turnout::server_need::request) respond(turn.request);
    if (turn.need == turnout::server_need::decision && turn.request.target.path == "/ws")
      unsent_ = *http_.answer(turnout::websocket::agree(turn.offer()), out_);
    return turn.need != turnout::server_need::more || !unsent_.empty();
  }

  void respond(const turnout::request_head& request) {
    if (request.target.path != "/") return (void)(unsent_ = *http_.refuse({.status = 404}, out_));
    const bool close = !http_.connection_line().empty();  // pages never keep HTTP/1.0 open
    unsent_ = pages[close ? 0 : 1];
    if (request.method == turnout::method::head)
      unsent_ = unsent_.substr(0, unsent_.find("\r\n\r\n") + 4);
    (void)http_.responded(close);
  }
  // turnout ends

  bool echo() {
    const frame_answer answer = answer_frame({input_.data(), filled_}, input_size - 8);
    unsent_ = answer.output;
    used_ = answer.used;
    if (answer.closes) need_ = turnout::server_need::close;
    return answer.used != 0;
  }

  /// Sends the output, and then drops the input, which the output may view.
  ///
  /// Returns   false if the socket accepts no more for now
  bool send_and_drop() {
    while (!unsent_.empty() && !over_) {
      const ssize_t size = send(socket_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
      if (size < 0 && errno == EAGAIN) return false;
      over_ = size < 0;
      if (size > 0) unsent_.remove_prefix(static_cast<std::size_t>(size));
    }
    std::copy(input_.data() + used_, input_.data() + filled_, input_.data());
    filled_ -= std::exchange(used_, 0);
    return !over_;
  }

  void read_some() {
    const ssize_t size = recv(socket_.get(), input_.data() + filled_, input_.size() - filled_, 0);
    if (size > 0) filled_ += static_cast<std::size_t>(size);
    ended_ = size == 0 || (size < 0 && errno != EAGAIN);
  }

  unique_socket socket_{};
  timer::time_point deadline_{};
  turnout::server_connection http_{spoken, options};
  turnout::server_need need_ = turnout::server_need::more;
  bool ended_ = false;  // the input has ended
  bool over_ = false;
  std::string_view unsent_{};
  std::size_t used_ = 0;  // how much of the input to drop after unsent_ is sent
  std::size_t filled_ = 0;
  std::array<char, input_size> input_{};
  std::array<char, 512> out_{};
};

static_assert(sizeof(session) <= 2048);

std::array<session, 8> sessions;

}  // namespace

int main(int argc, char** argv) {
  const unique_socket listener = listen_on(argc > 1 ? argv[1] : "0");
  for (std::array<pollfd, 1 + sessions.size()> polled{};;) {
    for (std::size_t i = 0; i < sessions.size(); ++i) polled[i] = sessions[i].wanted();
    const bool has_room = std::ranges::any_of(sessions, &session::is_over);
    polled.back() = {has_room ? listener.get() : -1, POLLIN, 0};
    poll(polled.data(), polled.size(), 1000);
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      if (polled[i].revents != 0) sessions[i].run();
      if (!sessions[i].is_over()) continue;
      sessions[i] = session{};
      if (unique_socket accepted{accept(listener.get(), nullptr, nullptr)}; accepted)
        sessions[i] = session{std::move(accepted)};
    }
  }
}
