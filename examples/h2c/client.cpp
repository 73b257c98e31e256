// A client that asks a page over HTTP/1.1 with `Upgrade: h2c`, and gets it over HTTP/2.
//
//   h2c_client PORT [TARGET [CONTENT]]
//
// TARGET is asked by GET, or by POST if there is CONTENT, and after the switch by GET once more:
// the first answer is on stream 1, the second one on stream 3. Exit status 0 if both came over
// HTTP/2, 1 if not, 2 for a senseless call.
#include <fmt/core.h>

#include <array>
#include <asio.hpp>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "http2.hpp"
#include "message.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

namespace h2c = turnout::h2c;

/// No pushes, which this client has no use for.
constexpr turnout::http2_setting settings[] = {
    {turnout::http2_setting::enable_push, 0},
    {turnout::http2_setting::max_concurrent_streams, 100}};

void show_page(std::int32_t stream, const message& response) {
  fmt::print("stream {}: status {}\n{}", stream, response.field(":status"), response.content);
}

/// The answer on stream 1, and then the same page once more, for which nothing has to be asked of
/// HTTP/1.1; true if both came.
bool read_pages(stream& connection, const turnout::switched& evidence, const h2c::proposal& asked) {
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
  return http_2.run() && pages == 2;
}

bool talk(stream connection, const h2c::proposal& asked, std::string_view content) {
  turnout::client_handshake handshake{asked};
  std::array<char, 1024> out;
  const auto size = handshake.write_request(out);
  if (!size) {
    show_failure("not sent", size.error());
    return false;
  }
  show_head(">", {out.data(), *size});
  connection.write({out.data(), *size});
  if (!content.empty()) {
    connection.write(content);
    (void)handshake.content_sent();
  }

  for (;;) {
    const auto now = handshake.receive(connection.unread());
    show_head("<", now.response.octets);
    switch (now.what) {
      case turnout::client_step::need_more:
        connection.keep(now.rest);  // Of content, what frames it may have been used.
        if (!connection.read_more()) (void)handshake.input_ended(connection.unread());
        continue;
      case turnout::client_step::interim_response:
      case turnout::client_step::declined:
        break;
      case turnout::client_step::switched:
        connection.keep(now.rest);
        return read_pages(connection, *now.switched(), asked);
      case turnout::client_step::content:
        fmt::print("{}", now.content);
        break;
      case turnout::client_step::content_ended:
        fmt::print("declined: the page came over HTTP/1.1\n");
        return false;
      case turnout::client_step::failed:
        show_failure("failed", now.why);
        return false;
      case turnout::client_step::send_content:
        return false;  // It never is: the content does not wait to be sent.
    }
    connection.keep(now.rest);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2 || argc > 4) {
    fmt::print(stderr, "usage: h2c_client PORT [TARGET [CONTENT]]\n");
    return 2;
  }
  const std::string_view content = argc > 3 ? argv[3] : "";
  const std::string host = fmt::format("127.0.0.1:{}", argv[1]);
  turnout::proposal request{.target = argc > 2 ? argv[2] : "/", .host = host};
  if (!content.empty()) {
    request.method = turnout::method::post;
    request.content = {turnout::framing_kind::length, content.size()};
  }
  const h2c::proposal asked{request, settings};
  asio::io_context context;
  return talk(connect(context, argv[1]), asked, content) ? 0 : 1;
} catch (const std::exception& failed) {
  fmt::print(stderr, "h2c_client: {}\n", failed.what());
  return 1;
}
