// Boost.Beast parses and serves HTTP, turnout decides about upgrades and writes the 101: a page at
// / and a WebSocket at /ws that echoes.
//
//   beast_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
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

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable, asio::use_awaitable, asio::ip::tcp;

constexpr std::chrono::seconds patience{60};

// turnout begins
constexpr turnout::profile spoken[] = {turnout::websocket::profile};

/// turnout's decision on a request.
struct decision {
  enum { ordinary, refused, switched } what = ordinary;
  std::string output{};  ///< the refusal, or the 101
};

decision refuse(turnout::refusal answer) {
  answer.close = true;
  std::array<char, 512> out;
  const auto written = turnout::write(answer, out);
  return {decision::refused, std::string{*written}};
}

decision decide(const http::request_header<>& request) {
  const auto major = static_cast<std::uint8_t>(request.version() / 10);
  const auto minor = static_cast<std::uint8_t>(request.version() % 10);
  turnout::facts facts{turnout::method_named(request.method_string()), {major, minor}};
  for (const auto& field : request) facts.see(field.name_string(), field.value());
  const turnout::verdict verdict = turnout::examine_request(facts, spoken);
  if (verdict.what == turnout::verdict::kind::connect) return refuse({.status = 501});
  if (verdict.what == turnout::verdict::kind::refuse)
    return refuse(turnout::refusal_for(verdict.found.why.code, spoken));
  if (verdict.what == turnout::verdict::kind::ignore || request.target() != "/ws") return {};

  const auto agreed = turnout::websocket::agree(verdict.offer);
  if (!agreed)
    return refuse(turnout::websocket::agreement::refusal_for(agreed.error().code, spoken));
  std::array<char, 512> out;
  const auto written = turnout::write_switch(*agreed, false, {}, out);
  return {decision::switched, std::string{*written}};
}
// turnout ends

/// Echoes. The octets that Beast has read after the request are in `input` and come first.
awaitable<void> echo(beast::tcp_stream& client, beast::flat_buffer& input) {
  for (bool open = true; open;) {
    const auto unread = input.data();
    const frame_answer answer =
        answer_frame({static_cast<char*>(unread.data()), unread.size()}, 65536);
    client.expires_after(patience);
    co_await asio::async_write(client, asio::buffer(answer.output), use_awaitable);
    input.consume(answer.used);
    open = !answer.closes;
    if (answer.used != 0) continue;
    const std::size_t size = co_await client.async_read_some(input.prepare(16384), use_awaitable);
    input.commit(size);
  }
}

awaitable<bool> serve_page(beast::tcp_stream& client,
                           const http::request<http::string_body>& asked) {
  const bool found = asked.target() == "/";
  http::response<http::string_body> page{found ? http::status::ok : http::status::not_found, 11};
  page.set(http::field::content_type, "text/plain");
  page.keep_alive(asked.keep_alive());
  page.body() = found ? "The WebSocket is at /ws.\n" : "There is nothing here.\n";
  page.prepare_payload();
  if (asked.method() == http::verb::head) page.body().clear();
  co_await http::async_write(client, page, use_awaitable);
  co_return asked.keep_alive();
}

awaitable<void> serve(tcp::socket socket) {
  beast::tcp_stream client{std::move(socket)};
  beast::flat_buffer input;
  try {
    for (bool keeps_alive = true; keeps_alive;) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(65536);
      client.expires_after(patience);
      co_await http::async_read_header(client, input, parser, use_awaitable);
      const decision decided = decide(parser.get());
      co_await asio::async_write(client, asio::buffer(decided.output), use_awaitable);
      if (decided.what == decision::switched) co_await echo(client, input);
      keeps_alive = decided.what == decision::ordinary;
      if (!keeps_alive) break;
      co_await http::async_read(client, input, parser, use_awaitable);
      keeps_alive = co_await serve_page(client, parser.get());
    }
    client.socket().shutdown(tcp::socket::shutdown_send);
    for (std::array<char, 4096> unused;;)  // or the client might miss the last output
      co_await client.async_read_some(asio::buffer(unused), use_awaitable);
  } catch (const beast::system_error& gone) {
    if (gone.code() != http::error::end_of_stream && gone.code() != asio::error::eof)
      std::cerr << "a connection is gone: " << gone.what() << '\n';
  }
}

awaitable<void> listen(std::uint16_t port) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor{executor, {asio::ip::address_v4::loopback(), port}};
  std::cout << "listening on http://127.0.0.1:" << acceptor.local_endpoint().port() << '/'
            << std::endl;
  for (beast::error_code error;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, error));
    if (!error) asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
    asio::steady_timer pause{executor, std::chrono::milliseconds{100}};
    if (error) co_await pause.async_wait(use_awaitable);  // such as no descriptor left
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const auto port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 0);
  asio::io_context context{1};
  asio::co_spawn(context, listen(port), [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  });
  context.run();
} catch (const std::exception& failed) {
  std::cerr << argv[0] << ": " << failed.what() << '\n';
  return 1;
}
