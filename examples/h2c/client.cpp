// A client that asks for a page over HTTP/1.1 with `Upgrade: h2c`, and gets it over HTTP/2.
//
//   h2c_client PORT [TARGET [CONTENT]]
//
// It sends a GET for TARGET, or a POST if there is CONTENT, and another GET after the switch: the
// first response is on stream 1, the second one on stream 3. Exit status: 0 if both came over
// HTTP/2, 1 if not, 2 for wrong arguments.
#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <turnout/protocol/h2c.hpp>
#include <turnout/turnout.hpp>

#include "asking.hpp"
#include "http2.hpp"
#include "message.hpp"
#include "port.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

namespace h2c = turnout::h2c;

/// No server push, which this client does not use.
constexpr turnout::field::http2_setting settings[] = {
    {turnout::field::http2_setting::enable_push, 0},
    {turnout::field::http2_setting::max_concurrent_streams, 100}};

void show_page(std::int32_t stream, const message& response) {
  fmt::print("stream {}: status {}\n{}", stream, response.field(":status"), response.content);
}

/// Reads the response on stream 1, and then requests the same page again in HTTP/2; true if both
/// came.
task<bool> read_pages(stream& connection, const turnout::switched& evidence,
                      const h2c::proposal& asked) {
  message again;
  again.fields = {{":method", "GET"},
                  {":scheme", "http"},
                  {":authority", std::string{asked.host}},
                  {":path", std::string{asked.target}}};
  int pages = 0;
  http2 http_2{http2::side::client, connection,
               [&](http2& session, std::int32_t stream, const message& response) {
                 show_page(stream, response);
                 if (++pages == 1) return session.request(again);
                 session.end();
               }};
  http_2.continue_request(evidence, *payload_of(settings), false);
  const bool ended = co_await http_2.run();
  co_return ended&& pages == 2;
}

task<bool> talk(stream& connection, const h2c::proposal& asked, std::string_view content) {
  turnout::client_connection client{asked};
  std::array<char, 1024> out;
  for (;;) {
    const turnout::client_turn turn = co_await take_turn(connection, client, out);
    switch (turn.need) {
      case turnout::client_need::send_content:
        co_await connection.write(content);
        (void)client.content_sent();
        break;
      case turnout::client_need::switched: {
        const bool came = co_await read_pages(connection, *turn.switched(), asked);
        co_return came;
      }
      case turnout::client_need::content:
        fmt::print("{}", turn.content);
        break;
      case turnout::client_need::done:
        fmt::print("declined: the page came over HTTP/1.1\n");
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
  if (argc > 4 || !port) {
    fmt::print(stderr, "usage: h2c_client PORT [TARGET [CONTENT]]\n");
    return 2;
  }
  const std::string_view content = argc > 3 ? argv[3] : "";
  const std::string host = fmt::format("127.0.0.1:{}", *port);
  turnout::proposal request{.target = argc > 2 ? argv[2] : "/", .host = host};
  if (!content.empty()) {
    request.method = turnout::method::post;
    request.content = {turnout::framing_kind::length, content.size()};
  }
  const h2c::proposal asked{request, settings};
  return ask_port("h2c_client", *port,
                  [&](stream& connection) { return talk(connection, asked, content); });
}
