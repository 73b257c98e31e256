// A client that attaches to a container, sends a text, and prints the output.
//
//   docker_attach_client PORT [TEXT [TARGET [CONTENT]]]
//
// It sends a POST for TARGET; CONTENT, if there is any, waits for a 100 (Continue). Exit status: 0
// if the connection was switched and ended well, 1 if not, 2 for wrong arguments.
#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "asking.hpp"
#include "multiplexed.hpp"
#include "port.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

constexpr turnout::profile tcp[] = {
    {.token = {"tcp"}, .methods = turnout::method::post, .content = true}};
constexpr turnout::field_line of_content[] = {{"Content-Type", "application/json"}};

constexpr std::size_t most_frame = 1 << 20;

bool is_multiplexed(const turnout::response_head& response) {
  return response.fields.find("Content-Type")->value == multiplexed_stream;
}

void print(std::FILE* to, std::string_view text) {
  fmt::print(to, "{}", text);
  std::fflush(to);
}

/// Prints one output as it comes.
task<bool> show_raw(stream& connection) {
  for (bool more = true; more;) {
    print(stdout, connection.unread());
    connection.drop(connection.unread().size());
    connection.set_deadline(patience::idle);
    more = co_await connection.read_more();
  }
  co_return !connection.is_late();
}

/// Prints two outputs, each frame to its own; false if the last frame is incomplete, or one is
/// longer than those of a daemon.
task<bool> show_frames(stream& connection) {
  for (;;) {
    const std::string_view unread = connection.unread();
    const bool known = unread.size() >= frame_head_size;
    const std::size_t size = known ? frame_head_size + text_size(unread) : 0;
    if (size > most_frame) co_return false;
    if (!known || unread.size() < size) {
      connection.set_deadline(patience::idle);
      const bool more = co_await connection.read_more();
      if (more) continue;
      co_return connection.unread().empty() && !connection.is_late();
    }
    const bool error = static_cast<output>(unread.front()) == output::error;
    print(error ? stderr : stdout, unread.substr(frame_head_size, size - frame_head_size));
    connection.drop(size);
  }
}

/// Speaks the new protocol: either side may end its output at any time.
task<bool> attach(stream& connection, const turnout::switched& evidence, bool multiplexed,
                  std::string_view text) {
  connection.keep(evidence.octets());
  connection.set_deadline(patience::idle);
  co_await connection.write(text);
  connection.end_output();
  bool whole = false;
  if (multiplexed)
    whole = co_await show_frames(connection);
  else
    whole = co_await show_raw(connection);
  co_return whole;
}

task<bool> talk(stream& connection, const turnout::proposal& asked, std::string_view content,
                std::string_view text) {
  turnout::client_connection client{asked};
  std::array<char, 1024> out;
  for (;;) {
    const turnout::client_turn turn = co_await take_turn(connection, client, out);
    switch (turn.need) {
      case turnout::client_need::send_content:
        fmt::print("> ({} octets of content)\n", content.size());
        connection.set_deadline(patience::answer);
        co_await connection.write(content);
        (void)client.content_sent();
        break;
      case turnout::client_need::switched: {
        const bool whole =
            co_await attach(connection, *turn.switched(), is_multiplexed(turn.response), text);
        co_return whole;
      }
      case turnout::client_need::content:
        print(stdout, turn.content);
        break;
      case turnout::client_need::done:
        fmt::print("declined; the connection can{} be used again\n",
                   client.keeps_alive() ? "" : "not");
        co_return false;
      case turnout::client_need::close:
        co_return false;
      case turnout::client_need::more:
      case turnout::client_need::interim:
      case turnout::client_need::response:
      case turnout::client_need::retry:
        break;
    }
    connection.drop(turn.used);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto port = port_of(argc > 1 ? argv[1] : "");
  if (argc > 5 || !port) {
    fmt::print(stderr, "usage: docker_attach_client PORT [TEXT [TARGET [CONTENT]]]\n");
    return 2;
  }
  const std::string_view text = argc > 2 ? argv[2] : "Hello from turnout\n";
  const std::string_view content = argc > 4 ? argv[4] : "";
  const std::string host = fmt::format("127.0.0.1:{}", *port);
  turnout::proposal asked{.method = turnout::method::post,
                          .target = argc > 3 ? argv[3] : "/containers/echo/attach",
                          .host = host,
                          .protocols = tcp};
  if (!content.empty()) {
    asked.fields = of_content;
    asked.content = {turnout::framing_kind::length, content.size()};
    asked.expect_continue = true;
  }
  return ask_port("docker_attach_client", *port,
                  [&](stream& connection) { return talk(connection, asked, content, text); });
}
