// An intermediary's program that drives its connection as connection/relay.hpp says.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "support/turns.hpp"
#include "turnout/turnout.hpp"

namespace turns {

using namespace turnout;

/// What an intermediary's program does where it may choose.
struct relay_choices {
  bool last_proxy = false;  ///< whether it opens a tunnel itself
  bool reachable = true;    ///< whether there is a server
};

/// A program that relays one client's connection.
class relay_program {
 public:
  explicit relay_program(const relay_policy& policy, const relay_options& options = {},
                         relay_choices does = {})
      : relay{policy, options}, does_{does} {}

  /// Takes octets of a side, and forwards what can be forwarded.
  void from_client(std::string_view octets) { take(relay_side::client, octets); }
  void from_server(std::string_view octets) { take(relay_side::server, octets); }
  /// Says that a side has ended.
  void end_client() { end(relay_side::client); }
  void end_server() { end(relay_side::server); }
  /// Says that a side is late.
  void time_out(relay_side side) {
    if (!closed) (void)act(relay.time_out(side, input(side), out_), side);
    take(side, {});
  }

  /// What was sent since it was asked last.
  std::string to_client() { return std::exchange(to_client_, {}); }
  std::string to_server() { return std::exchange(to_server_, {}); }
  /// What waits with the program.
  std::string_view held_of_client() const { return client_; }
  std::string_view held_of_server() const { return server_; }
  /// What was asked of the program.
  std::string told() { return told_.text(); }
  /// The same, and all octets that went to the server, after `>`, and to the client, after `<`.
  std::string story() { return story_.text(); }

  relay_connection relay;
  std::size_t requests = 0;  ///< how many went on to the server
  std::size_t refused = 0;   ///< how many calls failed
  bool closed = false;
  bool server_closed = false;         ///< whether a connection to a server was given up
  const profile* protocol = nullptr;  ///< of the tunnel
  /// All that went to either side, but content without its framing, which depends on the pieces in
  /// which it came.
  std::string said_to_client;
  std::string said_to_server;

 private:
  std::string& input(relay_side side) { return side == relay_side::client ? client_ : server_; }

  void take(relay_side side, std::string_view octets) {
    input(side) += octets;
    for (bool more = true; more;) {
      more = step(relay_side::client);
      more = step(relay_side::server) || more;
    }
  }

  void end(relay_side side) {
    if (!closed) (void)act(relay.end_of_input(side, input(side), out_), side);
    take(side, {});
  }

  /// Returns false once there is nothing to do.
  bool step(relay_side side) {
    return !closed && act(relay.advance(side, input(side), out_), side);
  }

  bool act(const relay_turn& turn, relay_side side) {
    send(turn.to_client, to_client_, said_to_client);
    send(turn.to_server, to_server_, said_to_server);
    for (const std::string_view part : turn.to_client) story_.pass("< ", part);
    for (const std::string_view part : turn.to_server) story_.pass("> ", part);
    if (turn.protocol != nullptr) protocol = turn.protocol;
    switch (turn.need) {
      case relay_need::more:
      case relay_need::wait:
        break;
      case relay_need::request:
        tell("request", turn.request.target.octets);
        return decide(turn);
      case relay_need::connect:
        tell("connect", turn.request.target.octets);
        return decide(turn);
      case relay_need::close_server:
        server_closed = true;
        tell("close server");
        break;
      case relay_need::end_output:
        tell("end output of", name_of(side));
        break;
      case relay_need::close:
        tell("close", turn.why.code == errc::none ? "" : explain(turn.why.code).text);
        closed = true;
        break;
    }
    input(side).erase(0, turn.used);
    return !turn.is_idle();
  }

  bool decide(const relay_turn& turn) {
    const bool opens = turn.need == relay_need::connect && does_.last_proxy;
    const bool forwards = does_.reachable && !opens;
    std::array<char, 2048> out{};
    if (opens) protocol = &tunnel;
    const auto written = opens      ? relay.open_tunnel(out)
                         : forwards ? relay.forward(turn, out)
                                    : relay.refuse({.status = 502}, out);
    refused += !written;
    requests += forwards;
    (forwards ? to_server_ : to_client_) += *written;
    (forwards ? said_to_server : said_to_client) += *written;
    story_.pass(forwards ? "> " : "< ", *written);
    input(relay_side::client).erase(0, turn.used);
    return bool{written};
  }

  void tell(std::string_view what, std::string_view with = {}) {
    told_.tell(what, with);
    story_.say(std::string{what} + (with.empty() ? "" : " ") + std::string{with} + "\n");
  }

  /// Sends the parts. Three are a chunk, of which only the octets are noted.
  static void send(const detail::octet_parts& parts, std::string& to, std::string& note) {
    const bool chunk = parts.end() - parts.begin() == 3;
    for (const std::string_view part : parts) to += part;
    if (chunk) note += parts.begin()[1];
    if (!chunk)
      for (const std::string_view part : parts) note += part;
  }

  relay_choices does_;
  teller told_;
  transcript story_;
  std::string client_;
  std::string server_;
  std::string to_client_;
  std::string to_server_;
  std::array<char, 4096> out_{};
};

}  // namespace turns
