// A proxy in front of one server. It forwards WebSockets and the terminals of Docker, and all other
// requests as HTTP/1.1.
//
//   relay_proxy [PORT [SERVER]]     listens on the loopback address; SERVER is a port there
//
// PORT 0 is a free one; SERVER is 8080 by default.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <turnout/protocol/docker.hpp>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>

#include "port.hpp"
#include "race.hpp"
#include "serving.hpp"
#include "show.hpp"
#include "stream.hpp"

namespace {

using turnout::relay_need;
using turnout::relay_side;

constexpr turnout::profile allowed[] = {turnout::websocket::profile, turnout::docker::tcp};
constexpr turnout::relay_policy policy{.allowed = allowed, .name = "turnout"};
constexpr auto methods = turnout::method::get | turnout::method::post;

/// A copy of one side's octets, until the other side has got them.
std::string octets_of(const auto& parts) {
  std::string octets;
  for (const std::string_view part : parts) octets += part;
  return octets;
}

/// One client's connection, and a connection to the server while it can be used. Both sides take
/// their turns at the same time, each in its own coroutine.
class relay {
 public:
  relay(stream& client, std::uint16_t server_port, const asio::any_io_executor& executor)
      : client_{client}, server_port_{server_port}, changed_{executor} {}

  /// Relays up to the end of the client's connection.
  task<> run() {
    co_await race(relay_client(), relay_server());
    if (server_) server_->end_output();
  }

 private:
  enum class input { open, ended, late };
  using room = std::array<char, turnout::room({}, policy)>;

  /// Takes the client's turns. It leaves output to the client, and the end of the conversation, to
  /// relay_server(), which may be writing to the client.
  task<> relay_client() {
    room out;
    for (;;) {
      const auto turn = next_turn(relay_side::client, client_.unread(), client_input_, out);
      for_client_ += octets_of(turn.to_client);
      co_await send_to_server(octets_of(turn.to_server));
      if (turn.need == relay_need::request) co_await forward(turn, out);
      if (turn.need == relay_need::connect)  // This proxy is in front of one server.
        refuse({.status = 405, .allow = methods}, out);
      const bool halves = turn.need == relay_need::end_output && lets_sides_end_alone();
      if (halves) server_->end_output();
      if (turn.need == relay_need::close || (turn.need == relay_need::end_output && !halves)) end();
      client_.drop(turn.used);
      if (!turn.is_idle()) changed_.notify();
      if (over_ || (turn.is_idle() && turn.need == relay_need::wait))
        co_await changed_.wait();
      else if (turn.is_idle())
        client_input_ = co_await wait_for(client_);
    }
  }

  /// Takes the server's turns, writes to the client, and ends the conversation.
  task<> relay_server() {
    room out;
    for (;;) {
      while (!for_client_.empty()) co_await send_to_client(std::exchange(for_client_, {}));
      if (over_) co_return;
      const std::shared_ptr<stream> server = server_;
      const auto turn = next_turn(
          relay_side::server, server ? server->unread() : std::string_view{}, server_input_, out);
      const relay_need need = turn.need;
      const bool idle = turn.is_idle();
      if (turn.protocol != nullptr) tunnel_ = turn.protocol;
      if (!turn.response.octets.empty()) show_head("<", *turn.to_client.begin());
      // The next request may be sent while this is written to the client.
      const std::string octets = octets_of(turn.to_client);
      if (server) server->drop(turn.used);
      if (need == relay_need::close_server) leave_server();
      if (!idle) changed_.notify();
      co_await send_to_client(octets);
      if (need == relay_need::close) co_return;
      if (need == relay_need::end_output && !lets_sides_end_alone()) co_return;
      if (need == relay_need::end_output) client_.end_output();
      if (idle && need == relay_need::wait)
        co_await changed_.wait();
      else if (idle)
        server_input_ = co_await wait_for(*server);
    }
  }

  turnout::relay_turn next_turn(relay_side side, std::string_view unread, input& has,
                                std::span<char> out) {
    const bool late = has == input::late;
    if (late) has = input::open;
    const auto turn = late                  ? relay_.time_out(side, unread, out)
                      : has == input::ended ? relay_.end_of_input(side, unread, out)
                                            : relay_.advance(side, unread, out);
    if (turn.why && turn.need == relay_need::close) show_failure("  broken", turn.why);
    return turn;
  }

  static task<input> wait_for(stream& from) {
    const bool more = co_await from.read_more();
    co_return more ? input::open : from.is_late() ? input::late : input::ended;
  }

  /// Forwards a request, over the connection of the previous one if that is still open.
  task<> forward(const turnout::relay_turn& turn, std::span<char> out) {
    show_head(">", turn.request.octets);
    co_await reach_server();
    if (!server_) co_return refuse({.status = 502}, out);
    const auto head = relay_.forward(turn, out);
    if (!head) co_return refuse(turnout::refusal_for(head.error().code, {}), out);
    co_await send_to_server(std::string{*head});
  }

  /// Lets relay_server() send the proxy's own response.
  void refuse(const turnout::refusal& answer, std::span<char> out) {
    const std::string_view written = *relay_.refuse(answer, out);
    show_head("<", written);
    for_client_ += written;
  }

  /// A terminal of Docker may still write after its input has ended. A WebSocket ends with either
  /// side.
  bool lets_sides_end_alone() const { return tunnel_ == &allowed[1]; }

  /// Ends the conversation, after the client has its output. Nothing waits for a response any more.
  void end() {
    over_ = true;
    if (server_) server_->set_deadline({});
    changed_.notify();
  }

  /// Connects to the server; there is none if it can't be reached. A connection that has ended
  /// meanwhile, or has octets without a request, is not reused.
  task<> reach_server() {
    if (server_ && !server_->is_silent()) leave_server();
    if (server_) co_return;
    try {
      stream reached = co_await connect(server_port_);
      server_ = std::make_shared<stream>(std::move(reached));
    } catch (const asio::system_error& unreachable) {
      show_gone("the server can't be reached", unreachable);
    }
  }

  void leave_server() {
    server_.reset();
    server_input_ = input::open;
  }

  /// Sends to a server, whose connection may end meanwhile. If it accepts no more, there may still
  /// be a response, which reading finds.
  task<> send_to_server(std::string octets) {
    const std::shared_ptr<stream> server = server_;
    if (octets.empty() || !server) co_return;
    set_deadlines();
    try {
      co_await server->write(octets);
    } catch (const asio::system_error& gone) {
      show_gone("the server takes no more", gone);
    }
  }

  task<> send_to_client(std::string octets) {
    if (octets.empty()) co_return;
    set_deadlines();
    co_await client_.write(octets);
  }

  /// Restarts the deadlines of both sides.
  void set_deadlines() {
    const bool waits = relay_.state() == turnout::relay_state::reading_head;
    const auto time = tunnel_ != nullptr ? patience::idle
                      : waits            ? patience::head
                                         : patience::answer;
    client_.set_deadline(time);
    if (server_ && !over_) server_->set_deadline(time);
  }

  stream& client_;
  std::uint16_t server_port_;
  std::shared_ptr<stream> server_;
  input client_input_ = input::open;
  input server_input_ = input::open;
  turnout::relay_connection relay_{policy, {.allow_connect = true, .refusal_text = nullptr}};
  const turnout::profile* tunnel_ = nullptr;
  std::string for_client_;  // the proxy's own output to the client
  bool over_ = false;
  wakeup changed_;  // wakes one coroutine after a step of the other
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
