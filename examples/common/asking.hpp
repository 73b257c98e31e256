// What the clients of the examples share: one connection, and a conversation on it.
#pragma once

#include <fmt/core.h>

#include <asio.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <string_view>

#include "stream.hpp"

/// Holds one conversation over a connection to a port of this machine.
///
/// Returns   the exit status: 0 if `talk` says that all went well, 1 if not
inline int ask_port(std::string_view program, std::uint16_t port,
                    const std::function<task<bool>(stream& connection)>& talk) try {
  bool fine = false;
  const auto ask = [&]() -> task<> {
    stream connection = co_await connect(port);
    connection.set_deadline(patience::answer);
    fine = co_await talk(connection);
  };
  asio::io_context context{1};
  asio::co_spawn(context, ask(), [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  });
  context.run();
  return fine ? 0 : 1;
} catch (const std::exception& failed) {
  fmt::print(stderr, "{}: {}\n", program, failed.what());
  return 1;
}
