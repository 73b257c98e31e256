// Shared by the servers of the examples: one thread accepts connections, and holds a conversation
// on each as a coroutine.
#pragma once

#include <fmt/core.h>

#include <asio.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "port.hpp"
#include "race.hpp"
#include "show.hpp"
#include "stream.hpp"

/// Sends a response, and prints its head, and that of a 100 (Continue) before it.
inline task<> send(stream& connection, std::string_view response) {
  std::string_view shown = response;
  for (bool more = true; more;) {
    const std::size_t size = shown.find("\r\n\r\n") + 4;
    show_head("<", shown.substr(0, size));
    more = shown.starts_with("HTTP/1.1 100 ") && size < shown.size();
    shown.remove_prefix(size);
  }
  co_await connection.write(response);
}

/// Sends what is due, and returns the next turn that needs something.
inline task<turnout::server_turn> take_turn(stream& connection, turnout::server_connection& server,
                                            std::span<char> out) {
  for (bool more = true;;) {
    const std::string_view unread = connection.unread();
    const auto turn = more                   ? server.advance(unread, out)
                      : connection.is_late() ? server.time_out(unread, out)
                                             : server.end_of_input(unread, out);
    if (turn.why && turn.need == turnout::server_need::close) show_failure("  refused", turn.why);
    if (!turn.output.empty()) {
      connection.set_deadline(patience::answer);
      co_await send(connection, turn.output);
    }
    if (turn.need != turnout::server_need::more) co_return turn;
    connection.drop(turn.used);
    more = co_await connection.read_more();
  }
}

/// Sends the octets that turnout wrote; throws if it could not write.
inline task<> send(stream& connection, turnout::result<std::string_view> written) {
  if (!written) throw std::logic_error{std::string{turnout::explain(written.error().code).text}};
  if (!written->empty()) co_await send(connection, *written);
}

/// Holds one conversation. It may view the connection until it ends.
using conversation = std::function<task<>(stream& connection)>;

/// One connection, from its first octet to its end.
inline task<> hold(const conversation& talk, asio::ip::tcp::socket socket) {
  stream connection{std::move(socket)};
  co_await guard(talk(connection));
  co_await connection.end();
}

/// Holds each conversation as a separate coroutine, and never returns. If no descriptor is left,
/// the next connection waits until there is one.
inline task<> listen(std::uint16_t port, const conversation& talk) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::acceptor acceptor{executor, {asio::ip::address_v4::loopback(), port}};
  asio::steady_timer pause{executor};
  fmt::print("listening on http://127.0.0.1:{}/\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  for (;;) {
    asio::error_code error;
    auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      asio::co_spawn(executor, guard(hold(talk, std::move(socket))), asio::detached);
      continue;
    }
    fmt::print("  not accepted: {}\n", error.message());
    std::fflush(stdout);
    pause.expires_after(std::chrono::milliseconds{100});
    co_await pause.async_wait(asio::use_awaitable);
  }
}

/// The main() of a server whose only argument is a port; 0, or none, is a free one.
inline int serve_on_port(std::string_view program, int argc, char** argv,
                         const conversation& talk) try {
  const auto port = port_of(argc > 1 ? argv[1] : "0");
  if (argc > 2 || !port) {
    fmt::print(stderr, "usage: {} [PORT]\n", program);
    return 2;
  }
  asio::io_context context{1};
  asio::co_spawn(context, listen(*port, talk), [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  });
  context.run();
  return 0;
} catch (const std::exception& failed) {
  fmt::print(stderr, "{}: {}\n", program, failed.what());
  return 1;
}
