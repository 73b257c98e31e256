// A web server with Asio and C++20 coroutines: one coroutine for each connection, with a page at /
// and a WebSocket at /ws that echoes.
//
//   asio_coroutines_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <array>
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <chrono>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>

#include "echo_frame.hpp"

namespace {

using namespace asio::experimental::awaitable_operators;
using asio::awaitable, asio::use_awaitable, asio::ip::tcp;

constexpr std::chrono::seconds patience{60};  // for one more request or frame

/// A connection, with a deadline for each wait.
class stream {
 public:
  explicit stream(tcp::socket socket) : socket_{std::move(socket)} {}

  std::string& unread() { return unread_; }
  bool ended() const { return ended_; }  // the input has ended

  awaitable<void> read_more() {
    std::array<char, 16384> bytes;
    const std::size_t size = co_await in_time(
        socket_.async_read_some(asio::buffer(bytes), asio::redirect_error(use_awaitable, error_)));
    unread_.append(bytes.data(), size);
    ended_ = size == 0;
  }

  awaitable<void> send(std::string_view output) {
    if (output.empty()) co_return;
    const std::size_t size = co_await in_time(asio::async_write(
        socket_, asio::buffer(output), asio::redirect_error(use_awaitable, error_)));
    if (size != output.size()) throw asio::system_error{asio::error::broken_pipe};
    deadline_.expires_after(patience);
  }

  /// Ends the output, and reads to the end, or the client might miss the last output.
  awaitable<void> close() {
    socket_.shutdown(socket_.shutdown_send, error_);
    for (; !ended_; unread_.clear()) co_await read_more();
  }

 private:
  /// Returns 0 at the deadline.
  awaitable<std::size_t> in_time(awaitable<std::size_t> operation) {
    const auto first = co_await (std::move(operation) || deadline_.async_wait(use_awaitable));
    co_return first.index() == 0 ? std::get<0>(first) : 0;
  }

  tcp::socket socket_;
  asio::steady_timer deadline_{socket_.get_executor(), patience};
  asio::error_code error_;
  std::string unread_;
  bool ended_ = false;
};

std::string page(const turnout::request_head& request, std::string_view connection_line) {
  const bool found = request.target.path == "/";
  const std::string text = found ? "The WebSocket is at /ws.\n" : "There is nothing here.\n";
  return std::string{"HTTP/1.1 "} + (found ? "200 OK" : "404 Not Found") +
         "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) + "\r\n" +
         std::string{connection_line} + "\r\n" +
         (request.method == turnout::method::head ? "" : text);
}

// turnout begins
constexpr turnout::profile spoken[] = {turnout::websocket::profile};

/// Returns true when the connection speaks WebSocket.
awaitable<bool> serve_http(stream& client) {
  turnout::server_connection server{spoken};
  std::array<char, 512> out;
  for (;;) {
    const auto turn = client.ended() ? server.end_of_input(client.unread(), out)
                                     : server.advance(client.unread(), out);
    co_await client.send(turn.output);
    using enum turnout::server_need;
    if (turn.need == decision && turn.request.target.path == "/ws")
      co_await client.send(*server.answer(turnout::websocket::agree(turn.offer()), out));
    if (turn.need == request) {
      co_await client.send(page(turn.request, server.connection_line()));
      (void)server.responded();
    }
    client.unread().erase(0, turn.used);
    if (turn.need == switched || turn.need == close) co_return turn.need == switched;
    if (turn.need == more) co_await client.read_more();
  }
}
// turnout ends

awaitable<void> echo(stream& client) {
  while (!client.ended()) {
    const frame_answer answer = answer_frame(client.unread(), 65536);
    co_await client.send(answer.output);
    client.unread().erase(0, answer.used);
    if (answer.closes) co_return;
    if (answer.used == 0) co_await client.read_more();
  }
}

awaitable<void> serve(tcp::socket socket) {
  try {
    stream client{std::move(socket)};
    const bool switched = co_await serve_http(client);
    if (switched) co_await echo(client);
    co_await client.close();
  } catch (const std::exception& gone) {
    std::cerr << "a connection is gone: " << gone.what() << '\n';
  }
}

awaitable<void> listen(asio::io_context& context, std::uint16_t port) {
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), port}};
  std::cout << "listening on http://127.0.0.1:" << acceptor.local_endpoint().port() << "/\n"
            << std::flush;
  for (asio::error_code error;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, error));
    if (!error) asio::co_spawn(context, serve(std::move(socket)), asio::detached);
    asio::steady_timer pause{context, std::chrono::milliseconds{100}};
    if (error) co_await pause.async_wait(use_awaitable);  // such as no descriptor left
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const auto port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 0);
  asio::io_context context{1};
  asio::co_spawn(context, listen(context, port), [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  });
  context.run();
} catch (const std::exception& failed) {
  std::cerr << argv[0] << ": " << failed.what() << '\n';
  return 1;
}
