// Shared by the clients of the examples: one connection, and a conversation on it.
#pragma once

#include <fmt/core.h>

#include <asio.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <span>
#include <string_view>
#include <turnout/turnout.hpp>

#include "show.hpp"
#include "stream.hpp"

/// Sends what is due, and returns the next turn that needs something. Prints both heads.
///
/// A server may ignore Expect (RFC 9110 section 10.1.1): the content is then sent after one second.
template <class Proposal>
task<turnout::client_turn> take_turn(stream& connection,
                                     turnout::client_connection<Proposal>& client,
                                     std::span<char> out) {
  for (bool ended = false;;) {
    const std::string_view unread = connection.unread();
    const auto turn = ended ? client.end_of_input(unread, out) : client.advance(unread, out);
    show_head(">", turn.output);
    show_head("<", turn.response.octets);
    if (turn.need == turnout::client_need::close) show_failure("failed", turn.why);
    co_await connection.write(turn.output);
    if (turn.need != turnout::client_need::more) co_return turn;
    connection.drop(turn.used);
    const bool waits = client.state() == turnout::client_state::expecting;
    connection.set_deadline(waits ? patience::permission : patience::answer);
    const bool more = co_await connection.read_more();
    if (!more && waits && connection.is_late())
      (void)client.stop_waiting();
    else
      ended = !more;
  }
}

/// Holds one conversation over a connection to a port of this machine.
///
/// Returns   the exit status: 0 if `talk` returns true, 1 if not
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
