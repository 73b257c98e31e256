// A client that attaches to a container: sends a text, and shows what comes back.
//
//   docker_attach_client PORT [TEXT [TARGET [CONTENT]]]
//
// TARGET is asked by POST, with CONTENT if there is any, which waits for a 100 (Continue).
// Exit status 0 if the connection was switched and ended well, 1 if not, 2 for a senseless call.
#include <fmt/core.h>

#include <array>
#include <asio.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "multiplexed.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

constexpr turnout::profile tcp[] = {
    {.token = {"tcp"}, .methods = turnout::method::post, .content = true}};
constexpr turnout::field_line of_content[] = {{"Content-Type", "application/json"}};

/// RFC 9110 section 10.1.1: a server may not know what the client waits for.
constexpr std::chrono::seconds patience{1};

bool is_multiplexed(const turnout::response_head& response) {
  for (const turnout::field_line& field : response.fields)
    if (turnout::equal_ignoring_case(field.name, "Content-Type"))
      return field.value == multiplexed_stream;
  return false;
}

void print(std::FILE* to, std::string_view text) {
  fmt::print(to, "{}", text);
  std::fflush(to);
}

/// Shows one output as it comes.
bool show_raw(stream& connection) {
  do {
    print(stdout, connection.unread());
    connection.keep({});
  } while (connection.read_more());
  return true;
}

/// Shows two outputs, each frame where it belongs; false if the last one is not whole.
bool show_frames(stream& connection) {
  for (;;) {
    const std::string_view unread = connection.unread();
    const bool known = unread.size() >= frame_head_size;
    const std::size_t size = known ? frame_head_size + text_size(unread) : 0;
    if (!known || unread.size() < size) {
      if (connection.read_more()) continue;
      return connection.unread().empty();
    }
    const bool error = static_cast<output>(unread.front()) == output::error;
    print(error ? stderr : stdout, unread.substr(frame_head_size, size - frame_head_size));
    connection.keep(unread.substr(size));
  }
}

/// Speaks the new protocol: both sides end their output when they like.
bool attach(stream& connection, const turnout::switched&, bool multiplexed, std::string_view text) {
  connection.write(text);
  connection.end_output();
  return multiplexed ? show_frames(connection) : show_raw(connection);
}

bool talk(stream connection, const turnout::proposal& asked, std::string_view content,
          std::string_view text) {
  turnout::client_handshake handshake{asked};
  std::array<char, 1024> out;
  const auto size = handshake.write_request(out);
  if (!size) {
    show_failure("not sent", size.error());
    return false;
  }
  show_head(">", {out.data(), *size});
  connection.write({out.data(), *size});

  const auto send_content = [&] {
    fmt::print("> ({} octets of content)\n", content.size());
    connection.write(content);
    (void)handshake.content_sent();
  };
  bool multiplexed = false;
  for (;;) {
    const auto now = handshake.receive(connection.unread());
    show_head("<", now.response.octets);
    if (now.response.status == 101) multiplexed = is_multiplexed(now.response);
    switch (now.what) {
      case turnout::client_step::need_more:
        connection.keep(now.rest);  // Of content, what frames it may have been used.
        if (handshake.state() == turnout::client_state::expecting &&
            !connection.has_more_within(patience)) {
          (void)handshake.stop_waiting();
          send_content();
        } else if (!connection.read_more()) {
          (void)handshake.input_ended(connection.unread());
        }
        continue;
      case turnout::client_step::interim_response:
      case turnout::client_step::declined:
        break;
      case turnout::client_step::send_content:
        send_content();
        break;
      case turnout::client_step::switched:
        connection.keep(now.rest);
        return attach(connection, *now.switched(), multiplexed, text);
      case turnout::client_step::content:
        print(stdout, now.content);
        break;
      case turnout::client_step::content_ended:
        fmt::print("declined; the connection can{} be used again\n",
                   handshake.is_reusable() ? "" : "not");
        return false;
      case turnout::client_step::failed:
        show_failure("failed", now.why);
        return false;
    }
    connection.keep(now.rest);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2 || argc > 5) {
    fmt::print(stderr, "usage: docker_attach_client PORT [TEXT [TARGET [CONTENT]]]\n");
    return 2;
  }
  const std::string_view text = argc > 2 ? argv[2] : "Hello from turnout\n";
  const std::string_view content = argc > 4 ? argv[4] : "";
  const std::string host = fmt::format("127.0.0.1:{}", argv[1]);
  turnout::proposal asked{.method = turnout::method::post,
                          .target = argc > 3 ? argv[3] : "/containers/echo/attach",
                          .host = host,
                          .protocols = tcp};
  if (!content.empty()) {
    asked.fields = of_content;
    asked.content = {turnout::framing_kind::length, content.size()};
    asked.expect_continue = true;
  }
  asio::io_context context;
  return talk(connect(context, argv[1]), asked, content, text) ? 0 : 1;
} catch (const std::exception& failed) {
  fmt::print(stderr, "docker_attach_client: {}\n", failed.what());
  return 1;
}
