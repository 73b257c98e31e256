// A proxy in front of one server. It lets WebSockets through, and the terminals of Docker, and
// relays what else is asked as HTTP/1.1.
//
//   relay_proxy [PORT [SERVER]]     listens on the loopback address; SERVER is a port there
//
// PORT 0 is a free one; SERVER is 8080 if it is not given. Each connection has a thread of its own,
// and writing blocks it: two sides that both send without reading are not what this is for.
#include <fmt/core.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "serving.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

using turnout::relay_step;

constexpr turnout::profile allowed[] = {turnout::websocket::profile, turnout::docker::tcp};
constexpr turnout::relay_policy policy{.allowed = allowed, .name = "turnout"};

/// One client's connection, and a connection to the server as long as it is of use.
class relay {
 public:
  relay(stream client, const std::string& server_port)
      : client_{std::move(client)}, server_port_{server_port} {}

  /// Relays up to the end of the client's connection.
  void run() {
    while (!over_) {
      const bool asked = relay_request();
      const bool answered = relay_response();
      if (!over_ && !asked && !answered) wait();
    }
    if (server_) server_->end_output();
    client_.end();
  }

 private:
  /// Sends on what the client sent; true if there was something.
  bool relay_request() {
    const auto now = handshake_.receive_request(client_.unread());
    asking_ = now.what;
    const bool moved = now.what == relay_step::request
                           ? forward(now)
                           : send_on(now, server_ ? &*server_ : nullptr);
    client_.keep(now.switched() != nullptr ? std::string_view{} : now.rest);
    return moved;
  }

  /// Sends on what the server sent; true if there was something.
  bool relay_response() {
    const auto now = handshake_.receive_response(server_ ? server_->unread() : std::string_view{});
    answering_ = now.what;
    const bool moved = now.what == relay_step::response ? forward(now) : send_on(now, &client_);
    if (server_) server_->keep(now.switched() != nullptr ? std::string_view{} : now.rest);
    if (now.what == relay_step::content_ended) {
      if (!handshake_.is_reusable()) server_.reset();
      (void)handshake_.start_over();  // Where it can't, the next request is a reason to close.
    }
    return moved;
  }

  /// Sends a request on, over the connection of the one before if that goes on.
  bool forward(const turnout::relayed_request& now) {
    show_head(">", now.request.octets);
    const auto size = handshake_.forward(now, out_);
    if (!size) return refuse(turnout::refusal_for(size.error().code, {}));
    // One that has ended meanwhile, or says something that was not asked, is of no use.
    if (server_ && server_->has_more_within(std::chrono::milliseconds{0})) server_.reset();
    try {
      if (!server_) server_ = connect(context_, server_port_);
    } catch (const std::exception& unreachable) {
      fmt::print("  {}\n", unreachable.what());
      return refuse({.status = 502});
    }
    server_->write({out_.data(), *size});
    return true;
  }

  bool forward(const turnout::relayed_response& now) {
    const auto size = handshake_.forward(now, out_);
    if (!size) return refuse({.status = 502});
    send(client_, {out_.data(), *size});
    return true;
  }

  bool send_on(const turnout::relay_received& now, stream* to) {
    switch (now.what) {
      case relay_step::content:
      case relay_step::content_ended:
        now.content.for_each_part([&to](std::string_view octets) { to->write(octets); });
        return true;
      case relay_step::switched:
        tunnel_ = &now.switched()->protocol();
        to->write(now.switched()->octets());
        return !now.switched()->octets().empty();
      case relay_step::tunnel_requested:  // It is a proxy in front of a server, not of all.
        return refuse({.status = 405, .allow = turnout::method::get | turnout::method::post});
      case relay_step::failed:
        show_failure("  broken", now.why);
        [[fallthrough]];
      case relay_step::last_recipient:
        return refuse(handshake_.refusal_due());
      case relay_step::close:
        over_ = true;
        return false;
      case relay_step::request:
      case relay_step::response:
      case relay_step::need_more:
      case relay_step::wait:
        return false;
    }
    return false;
  }

  bool refuse(const turnout::refusal& answer) {
    const auto size = handshake_.refuse(answer, out_);
    if (size) send(client_, {out_.data(), *size});
    if (!size) over_ = true;
    return true;
  }

  /// Reads more of the sides that are wanted: not of one whose octets have to wait.
  void wait() {
    std::array<pollfd, 2> inputs{};
    inputs.fill({.fd = -1, .events = 0, .revents = 0});
    if (is_wanted(asking_) && !client_ended_) inputs[0] = client_.input();
    if (is_wanted(answering_) && server_) inputs[1] = server_->input();
    poll(inputs.data(), inputs.size(), -1);
    if (inputs[0].revents != 0 && !client_.read_more()) end_client();
    if (inputs[1].revents != 0 && !server_->read_more())
      (void)handshake_.server_ended(server_->unread());
  }

  /// Passes the end of the client's output on where the other side goes on: a terminal of Docker
  /// has still to say what it makes of that. Any other tunnel ends with it.
  void end_client() {
    client_ended_ = tunnel_ == &allowed[1];
    if (client_ended_)
      server_->end_output();
    else
      (void)handshake_.client_ended(client_.unread());
  }

  static bool is_wanted(relay_step said) {
    return said == relay_step::need_more || said == relay_step::switched;
  }

  asio::io_context context_;
  stream client_;
  std::string server_port_;
  std::optional<stream> server_;
  turnout::relay_handshake handshake_{policy};
  relay_step asking_ = relay_step::need_more;
  relay_step answering_ = relay_step::wait;
  const turnout::profile* tunnel_ = nullptr;
  bool client_ended_ = false;
  bool over_ = false;
  std::array<char, 40000> out_;  // any head within the limits, and what is added to it
};

}  // namespace

int main(int argc, char** argv) {
  const std::string server = argc > 2 ? argv[2] : "8080";
  return serve_on_port("relay_proxy", std::min(argc, 2), argv, [server](stream client) {
    relay{std::move(client), server}.run();
  });
}
