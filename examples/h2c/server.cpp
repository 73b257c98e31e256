// A server that speaks HTTP/1.1 and HTTP/2 in clear text on one port. It switches with `Upgrade:
// h2c` (RFC 7540 section 3.2), and serves clients that begin with HTTP/2.
//
//   h2c_server [PORT]                listens on the loopback address; port 0 is a free one
//   curl --http2 http://127.0.0.1:PORT/
#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/protocol/h2c.hpp>
#include <turnout/turnout.hpp>
#include <utility>

#include "http2.hpp"
#include "message.hpp"
#include "page.hpp"
#include "serving.hpp"
#include "stream.hpp"

namespace {

namespace h2c = turnout::h2c;

constexpr turnout::profile supported[] = {h2c::profile};

/// Prints a request of HTTP/2, and answers it.
void respond(http2& session, std::int32_t stream, const message& request, std::string_view how) {
  fmt::print("  stream {}: {} {}\n", stream, request.field(":method"), request.field(":path"));
  std::fflush(stdout);
  session.respond(stream, answer(request, how));
}

void respond_to_http_2(http2& session, std::int32_t stream, const message& request) {
  respond(session, stream, request, over_http_2);
}

/// RFC 9113 section 3.3: a client that knows that the server speaks HTTP/2 does not ask first.
task<bool> begins_with_http_2(stream& connection) {
  auto found = h2c::find_preface(connection.unread());
  for (bool more = true; more && found == h2c::preface::incomplete;) {
    more = co_await connection.read_more();
    found = h2c::find_preface(connection.unread());
  }
  co_return found == h2c::preface::complete;
}

/// The path as in HTTP/2 (RFC 9113 section 8.3.1), without a query.
std::string path_of(const turnout::request_target& target) {
  if (target.form == turnout::target_form::asterisk) return "*";
  return target.path.empty() ? "/" : std::string{target.path};
}

/// One connection in HTTP/1.1, from its first request to its end or to the switch.
class session {
 public:
  explicit session(stream& connection) : connection_{connection} {}

  task<> run() {
    for (;;) {
      const turnout::server_turn turn = co_await take_turn(connection_, server_, out_);
      connection_.set_deadline(patience::answer);
      switch (turn.need) {
        case turnout::server_need::request:
          begin(turn);
          break;
        case turnout::server_need::decision:
          if (turn.deferred)
            co_await send(connection_, server_.answer(agreed_, out_));
          else
            decide(turn);
          break;
        case turnout::server_need::connect:  // answered with 405 instead of 501
          show_head(">", turn.request.octets);
          co_await send(connection_,
                        server_.refuse({.status = 405, .allow = turnout::method::get}, out_));
          break;
        case turnout::server_need::content:
          request_.take(turn.content, most_content - request_.content.size());
          break;
        case turnout::server_need::response:
          co_await respond_in_http_1();
          connection_.set_deadline(patience::head);
          break;
        case turnout::server_need::switched:
          co_await go_on_in_http_2(*turn.switched());
          co_return;
        case turnout::server_need::more:
          break;
        case turnout::server_need::close:
          co_return;
      }
      connection_.drop(turn.used);
    }
  }

 private:
  /// Keeps what is needed after the content, when the octets of the head are dropped.
  void begin(const turnout::server_turn& turn) {
    show_head(">", turn.request.octets);
    request_ = {};
    request_.fields = {{":method", std::string{turn.request.method_name}},
                       {":path", path_of(turn.request.target)}};
  }

  /// curl accepts a 101 only after its content, so the content comes first. RFC 7540 section 3.2.1:
  /// an offer without valid settings gets no answer, and comes again as a request.
  void decide(const turnout::server_turn& turn) {
    const auto agreed = h2c::agree(turn.offer());
    if (!agreed) return show_failure("  declined", agreed.error());
    const auto settings = payload_of(agreed->settings());
    if (!settings) return;
    begin(turn);
    agreed_ = *agreed;
    settings_ = *settings;
    (void)server_.defer();
  }

  task<> respond_in_http_1() {
    const message response = answer(request_, over_http_1);
    std::uint16_t status = 0;
    const std::string_view code = response.field(":status");
    std::from_chars(code.data(), code.data() + code.size(), status);
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", code, turnout::reason_phrase(status));
    for (const auto& [name, value] : response.fields)
      if (name != ":status") head += fmt::format("{}: {}\r\n", name, value);
    head += fmt::format("{}\r\n", server_.connection_line());
    co_await send(connection_, head);
    co_await connection_.write(response.content);
    (void)server_.responded();
  }

  /// Sends the server's SETTINGS first, and then the response on stream 1.
  task<> go_on_in_http_2(const turnout::switched& evidence) {
    http2 http_2{http2::side::server, connection_, respond_to_http_2};
    http_2.continue_request(evidence, settings_, request_.field(":method") == "HEAD");
    respond(http_2, h2c::request_stream, request_, by_upgrade);
    co_await http_2.run();
  }

  stream& connection_;
  turnout::server_connection server_{supported, {.allow_connect = true, .refusal_text = nullptr}};
  message request_;
  h2c::agreement agreed_;      ///< on nothing, unless the offer is valid
  settings_payload settings_;  ///< a copy, since the octets of the head are dropped
  std::array<char, 1024> out_;
};

/// One connection, from its first octet to its end.
task<> talk(stream& connection) {
  const bool knows = co_await begins_with_http_2(connection);
  if (knows) {
    http2 http_2{http2::side::server, connection, respond_to_http_2};
    co_await http_2.run();
  } else {
    session http_1{connection};
    co_await http_1.run();
  }
}

}  // namespace

int main(int argc, char** argv) { return serve_on_port("h2c_server", argc, argv, talk); }
