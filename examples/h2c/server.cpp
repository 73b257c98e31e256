// A server that speaks HTTP/1.1 and HTTP/2 in clear text on one port, and moves from one to the
// other with `Upgrade: h2c` (RFC 7540 section 3.2), or at once for a client that begins with
// HTTP/2.
//
//   h2c_server [PORT]                listens on the loopback address; port 0 is a free one
//   curl --http2 http://127.0.0.1:PORT/
#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// Shows a request of HTTP/2, and answers it.
void respond(http2& session, std::int32_t stream, const message& request, std::string_view how) {
  fmt::print("  stream {}: {} {}\n", stream, request.field(":method"), request.field(":path"));
  std::fflush(stdout);
  session.respond(stream, answer(request, how));
}

void respond_to_http_2(http2& session, std::int32_t stream, const message& request) {
  respond(session, stream, request, over_http_2);
}

/// RFC 9113 section 3.3: a client that knows that HTTP/2 is spoken here asks nobody.
task<bool> begins_with_http_2(stream& connection) {
  auto found = h2c::find_preface(connection.unread());
  for (bool more = true; more && found == h2c::preface::incomplete;) {
    more = co_await connection.read_more();
    found = h2c::find_preface(connection.unread());
  }
  co_return found == h2c::preface::complete;
}

/// The path as HTTP/2 has it (RFC 9113 section 8.3.1), without a query.
std::string path_of(const turnout::request_target& target) {
  if (target.form == turnout::target_form::asterisk) return "*";
  return target.path.empty() ? "/" : std::string{target.path};
}

/// One connection in HTTP/1.1, from its first request to its end or to the switch. curl takes a 101
/// only after its content, so that is read first: turnout::server_handshake leaves the order to the
/// program.
class session {
 public:
  explicit session(stream& connection) : connection_{connection} {}

  task<> run() {
    while (handshake_.state() != turnout::server_state::closed) {
      const auto now = handshake_.receive(connection_.unread());
      switch (now.what) {
        case turnout::server_step::need_more: {
          connection_.keep(now.rest);  // Of content, what frames it may have been used.
          const bool more = co_await connection_.read_more();
          if (!more) (void)handshake_.input_ended(connection_.unread());
          continue;
        }
        case turnout::server_step::ordinary_request:
        case turnout::server_step::upgrade_offered:
          begin(now);
          break;
        case turnout::server_step::tunnel_requested:
          show_head(">", now.request.octets);
          co_await send(connection_,
                        handshake_.refuse({.status = 405, .allow = turnout::method::get}, out_));
          break;
        case turnout::server_step::continue_expected:
          co_await send(connection_, handshake_.write_continue(out_));
          break;
        case turnout::server_step::content:
          connection_.set_deadline(patience::answer);
          request_.take(now.content, most_content - request_.content.size());
          break;
        case turnout::server_step::content_ended: {
          const bool more = co_await finish();
          if (!more) co_return;
          break;
        }
        case turnout::server_step::switched:
          co_await go_on_in_http_2(*now.switched());
          co_return;
        case turnout::server_step::failed:
          co_await refuse_failed(connection_, handshake_, supported, out_);
          co_return;
      }
      connection_.keep(now.rest);
    }
  }

 private:
  /// Keeps what is needed once the content was read, when the octets of the head are let go.
  void begin(const turnout::server_received& now) {
    show_head(">", now.request.octets);
    request_ = {};
    request_.fields = {{":method", std::string{now.request.method_name}},
                       {":path", path_of(now.request.target)}};
    in_http_1_0_ = now.request.version < turnout::http_1_1;
    if (now.what == turnout::server_step::upgrade_offered) consider(now.offer());
  }

  /// RFC 7540 section 3.2.1: without settings that can be used there is no upgrade, but an answer.
  void consider(const turnout::offer& offered) {
    const auto agreed = h2c::agree(offered);
    const auto settings = agreed ? payload_of(agreed->settings()) : std::nullopt;
    if (!settings) {
      if (!agreed) show_failure("  declined", agreed.error());
      return (void)handshake_.decline();
    }
    agreed_ = *agreed;
    settings_ = *settings;
  }

  /// Answers a request that was read whole; false if the connection ends with it.
  task<bool> finish() {
    const auto state = handshake_.state();
    connection_.set_deadline(patience::answer);
    if (state == turnout::server_state::deciding) {
      co_await send(connection_, handshake_.accept(agreed_, out_));
      co_return true;
    }
    if (state == turnout::server_state::ordinary) co_await respond_in_http_1();
    connection_.set_deadline(patience::head);
    co_return bool{handshake_.start_over()};
  }

  task<> respond_in_http_1() {
    const message response = answer(request_, over_http_1);
    std::uint16_t status = 0;
    const std::string_view code = response.field(":status");
    std::from_chars(code.data(), code.data() + code.size(), status);
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", code, turnout::reason_phrase(status));
    for (const auto& [name, value] : response.fields)
      if (name != ":status") head += fmt::format("{}: {}\r\n", name, value);
    if (!handshake_.is_persistent())
      head += "Connection: close\r\n";
    else if (in_http_1_0_)
      head += "Connection: keep-alive\r\n";
    head += "\r\n";
    co_await send(connection_, head);
    co_await connection_.write(response.content);
  }

  /// The server's SETTINGS go out first, and then the answer to the request, on stream 1.
  task<> go_on_in_http_2(const turnout::switched& evidence) {
    http2 http_2{http2::side::server, connection_, respond_to_http_2};
    http_2.continue_request(evidence, settings_, request_.field(":method") == "HEAD");
    respond(http_2, h2c::request_stream, request_, by_upgrade);
    co_await http_2.run();
  }

  stream& connection_;
  turnout::server_handshake handshake_{supported};
  message request_;
  bool in_http_1_0_ = false;
  h2c::agreement agreed_;      ///< on nothing, unless the offer is one to agree to
  settings_payload settings_;  ///< what it says of settings goes with the octets of the head
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
