// What the servers of the examples share: they listen, with a thread for each connection, and
// answer. The calls block, so that what turnout is asked stands out.
#pragma once

#include <fmt/core.h>

#include <asio.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <span>
#include <string_view>
#include <system_error>
#include <thread>
#include <turnout/turnout.hpp>
#include <utility>

#include "show.hpp"
#include "stream.hpp"

/// Sends a response, and shows its head; also that of the 100 (Continue) that may be before it.
inline void send(stream& connection, std::string_view response) {
  std::string_view shown = response;
  for (bool more = true; more;) {
    const std::size_t size = shown.find("\r\n\r\n") + 4;
    show_head("<", shown.substr(0, size));
    more = shown.starts_with("HTTP/1.1 100 ") && size < shown.size();
    shown.remove_prefix(size);
  }
  connection.write(response);
}

/// Shows why a request failed, and refuses it as its fault asks for.
inline void refuse_failed(stream& connection, turnout::server_handshake& handshake,
                          std::span<const turnout::profile> supported, std::span<char> out) {
  const turnout::failure why = handshake.why();
  show_failure("  refused", why);
  const auto size = handshake.refuse(turnout::refusal_for(why.code, supported), out);
  if (size) send(connection, {out.data(), *size});
  connection.end();
}

using conversation = std::function<void(stream connection)>;

inline void talk_safely(const conversation& talk, asio::ip::tcp::socket socket) try {
  talk(stream{std::move(socket)});
} catch (const std::exception& gone) {
  fmt::print("  the connection is gone: {}\n", gone.what());
}

/// Holds each conversation on a thread of its own, and never returns.
inline void listen(std::uint16_t port, const conversation& talk) {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), port}};
  fmt::print("listening on http://127.0.0.1:{}/\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  for (;;) std::thread{talk_safely, talk, acceptor.accept()}.detach();
}

/// The main() of a server whose only argument is a port; 0, or none, is a free one.
inline int serve_on_port(std::string_view program, int argc, char** argv,
                         const conversation& talk) try {
  std::uint16_t port = 0;
  const std::string_view text = argc > 1 ? argv[1] : "0";
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (argc > 2 || error != std::errc{} || end != text.data() + text.size()) {
    fmt::print(stderr, "usage: {} [PORT]\n", program);
    return 2;
  }
  listen(port, talk);
  return 0;
} catch (const std::exception& failed) {
  fmt::print(stderr, "{}: {}\n", program, failed.what());
  return 1;
}
