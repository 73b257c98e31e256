// A proxy in front of one server. It lets WebSockets through, and the terminals of Docker, and
// relays what else is asked as HTTP/1.1.
//
//   relay_proxy [PORT [SERVER]]     listens on the loopback address; SERVER is a port there
//
// PORT 0 is a free one; SERVER is 8080 if it is not given.
#include <fmt/core.h>

#include <algorithm>
#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "port.hpp"
#include "race.hpp"
#include "serving.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

using turnout::relay_step;

constexpr turnout::profile allowed[] = {turnout::websocket::profile, turnout::docker::tcp};
constexpr turnout::relay_policy policy{.allowed = allowed, .name = "turnout"};
constexpr auto methods = turnout::method::get | turnout::method::post;

/// Room for any head within turnout's limits, and for what the proxy adds to it.
constexpr std::size_t most_head = turnout::limits{}.head + 1024;

std::string octets_of(const turnout::forwarding::forwarded_content& content) {
  std::string octets;
  content.for_each_part([&octets](std::string_view part) { octets += part; });
  return octets;
}

/// One client's connection, and a connection to the server as long as it is of use. Requests and
/// responses go on at the same time, each in a coroutine of its own.
class relay {
 public:
  relay(stream& client, std::uint16_t server_port, const asio::any_io_executor& executor)
      : client_{client}, server_port_{server_port}, changed_{executor} {}

  /// Relays up to the end of the client's connection.
  task<> run() {
    co_await race(relay_requests(), relay_responses());
    if (server_) server_->end_output();
  }

 private:
  /// Reads what the client sends. It never ends the conversation, since relay_responses() may still
  /// have something to write.
  task<> relay_requests() {
    for (;;) {
      const auto now = handshake_.receive_request(client_.unread());
      switch (now.what) {
        case relay_step::need_more:
          client_.keep(now.rest);
          co_await read_client();
          continue;
        case relay_step::request:
          co_await forward(now);
          break;
        case relay_step::tunnel_requested:  // It is a proxy in front of a server, not of all.
          co_await refuse({.status = 405, .allow = methods});
          break;
        case relay_step::last_recipient:
          co_await refuse(handshake_.refusal_due());
          break;
        case relay_step::content:
        case relay_step::content_ended:
          co_await send_to_server(octets_of(now.content));
          break;
        case relay_step::switched:
          co_await send_to_server(std::string{now.switched()->octets()});
          client_.keep({});
          co_await read_client();
          continue;
        case relay_step::failed:
        case relay_step::close:
          if (server_) server_->set_deadline({});  // No answer is waited for any more.
          changed_.notify();
          co_await changed_.wait();
          continue;
        case relay_step::response:
        case relay_step::wait:
          co_await changed_.wait();
          continue;
      }
      client_.keep(now.rest);
      changed_.notify();
    }
  }

  /// Reads what the server sends, and ends the conversation.
  task<> relay_responses() {
    for (;;) {
      const auto now =
          handshake_.receive_response(server_ ? server_->unread() : std::string_view{});
      switch (now.what) {
        case relay_step::need_more:
          server_->keep(now.rest);
          co_await read_server();
          continue;
        case relay_step::response:
          co_await forward(now);
          break;
        case relay_step::content:
        case relay_step::content_ended:
          co_await send_to_client(octets_of(now.content));
          break;
        case relay_step::switched:
          tunnel_ = &now.switched()->protocol();
          co_await send_to_client(std::string{now.switched()->octets()});
          server_->keep({});
          co_await read_server();
          continue;
        case relay_step::failed:
          show_failure("  broken", now.why);
          co_await refuse(refusal_due());
          co_return;
        case relay_step::close:
          co_return;
        case relay_step::request:
        case relay_step::tunnel_requested:
        case relay_step::last_recipient:
        case relay_step::wait:
          co_await changed_.wait();
          continue;
      }
      server_->keep(now.rest);
      if (now.what == relay_step::content_ended && !start_over()) co_return;
      changed_.notify();
    }
  }

  /// Sends a request on, over the connection of the one before if that goes on.
  task<> forward(const turnout::relayed_request& now) {
    show_head(">", now.request.octets);
    co_await reach_server();
    std::string out(most_head, '\0');
    turnout::result<std::string_view> written;
    if (server_) written = handshake_.forward(now, out);
    if (!written->empty())
      co_await send_to_server(std::string{*written});
    else
      co_await refuse(server_ ? turnout::refusal_for(written.error().code, {})
                              : turnout::refusal{.status = 502});
  }

  task<> forward(const turnout::relayed_response& now) {
    std::string out(most_head, '\0');
    const auto written = handshake_.forward(now, out);
    set_deadlines();
    if (written)
      co_await send(client_, *written);
    else
      co_await refuse({.status = 502});
  }

  /// Leaves no server where it can't be reached. A connection that has ended meanwhile, or says
  /// something that was not asked, is of no use.
  task<> reach_server() {
    if (server_ && !server_->is_silent()) server_.reset();
    if (server_) co_return;
    try {
      stream reached = co_await connect(server_port_);
      server_ = std::make_shared<stream>(std::move(reached));
    } catch (const asio::system_error& unreachable) {
      show_gone("the server can't be reached", unreachable);
    }
  }

  /// Sends to a server that may go, or be left, meanwhile. Where it takes no more, there may be an
  /// answer all the same, and reading that finds out.
  task<> send_to_server(std::string octets) {
    const std::shared_ptr<stream> server = server_;
    set_deadlines();
    try {
      co_await server->write(octets);
    } catch (const asio::system_error& gone) {
      show_gone("the server takes no more", gone);
    }
  }

  task<> send_to_client(std::string octets) {
    set_deadlines();
    co_await client_.write(octets);
  }

  /// Writes an answer of the proxy's own: no other one is on its way then.
  task<> refuse(turnout::refusal answer) {
    std::string out(1024, '\0');
    client_.set_deadline(patience::answer);
    co_await send(client_, handshake_.refuse(answer, out));
    (void)start_over();
  }

  /// Who was waited for too long is told so, or is why the client is.
  turnout::refusal refusal_due() const {
    turnout::refusal answer = handshake_.refusal_due();
    if (answer.status == 400 && client_.is_late()) answer.status = 408;
    if (answer.status == 502 && server_->is_late()) answer.status = 504;
    return answer;
  }

  /// Makes ready for the next request; false if the client's connection ends here.
  bool start_over() {
    const bool reusable = handshake_.is_reusable();
    if (!handshake_.start_over()) return false;
    if (!reusable) server_.reset();
    client_.set_deadline(patience::head);
    return true;
  }

  /// Passes the end of the client's output on where the other side goes on: a terminal of Docker
  /// has still to say what it makes of that. Any other tunnel ends with it.
  task<> read_client() {
    const bool more = co_await client_.read_more();
    if (more) co_return;
    if (tunnel_ != &allowed[1]) {
      (void)handshake_.client_ended(client_.unread());
      co_return;
    }
    server_->end_output();
    for (;;) co_await changed_.wait();
  }

  task<> read_server() {
    const bool more = co_await server_->read_more();
    if (!more) (void)handshake_.server_ended(server_->unread());
  }

  /// Gives both sides time again, since something moves.
  void set_deadlines() {
    const auto time = tunnel_ != nullptr ? patience::idle : patience::answer;
    client_.set_deadline(time);
    if (server_) server_->set_deadline(time);
  }

  stream& client_;
  std::uint16_t server_port_;
  std::shared_ptr<stream> server_;
  turnout::relay_handshake handshake_{policy};
  const turnout::profile* tunnel_ = nullptr;
  wakeup changed_;  // what one coroutine did that the other one may wait for
};

task<> talk(stream& client, std::uint16_t server_port) {
  const auto executor = co_await asio::this_coro::executor;
  relay both{client, server_port, executor};
  co_await both.run();
}

}  // namespace

int main(int argc, char** argv) {
  const auto server = port_of(argc > 2 ? argv[2] : "8080");
  if (argc > 3 || !server) {
    fmt::print(stderr, "usage: relay_proxy [PORT [SERVER]]\n");
    return 2;
  }
  return serve_on_port("relay_proxy", std::min(argc, 2), argv,
                       [server](stream& client) { return talk(client, *server); });
}
