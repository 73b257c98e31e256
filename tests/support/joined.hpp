// A client joined to a server in memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/by_turns.hpp"
#include "support/parties.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// Octets on their way to a handshake, some at a time. What was used is let go.
class stream {
 public:
  explicit stream(std::size_t size) : size_{size} {}

  void send(std::string_view octets) { sent_ += octets; }

  /// What the handshake says when it was shown enough, or all there is.
  template <class Handshake>
  auto show(Handshake& handshake) {
    for (;;) {
      unread_.erase(0, used_);
      const auto now = handshake.receive(unread_);
      using step = decltype(now.what);
      used_ = used_of(now, unread_);
      if (now.what != step::need_more || sent_.empty()) return now;
      unread_ += sent_.substr(0, size_);
      sent_.erase(0, size_);
    }
  }

  /// The same when it is shown all there is.
  template <class Handshake>
  auto show_all(Handshake& handshake) {
    unread_ += sent_;
    sent_.clear();
    return show(handshake);
  }

 private:
  std::string sent_;
  std::string unread_;
  std::size_t size_;
  std::size_t used_ = 0;
};

/// What the program of a server does with an offer.
enum class program : std::uint8_t { accept_theirs, accept_ours, decline, require, refuse };

/// What the program of a server writes.
inline std::string answer(server_handshake& server, const server_received& now, program does) {
  output out{};
  std::string_view written;
  if (now.what == server_step::upgrade_offered) {
    agreement kept;
    if (does == program::accept_theirs) written = agree(server, now, kept, out, preference::client);
    if (does == program::accept_ours) written = agree(server, now, kept, out, preference::server);
    if (does == program::require) written = *server.require(out);
    if (does == program::refuse) written = *server.refuse({.status = 403}, out);
    if (does == program::decline && !server.decline()) return {};
  }
  const bool ordinary = server.state() == server_state::ordinary;
  return ordinary ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : std::string{written};
}

inline std::string answer(server_by_turns& server, const server_by_turns::received& now,
                          program does) {
  output out{};
  std::string_view written;
  if (now.what == server_step::upgrade_offered) {
    if (does == program::accept_theirs) written = agree(server, now, out, preference::client);
    if (does == program::accept_ours) written = agree(server, now, out, preference::server);
    if (does == program::require) written = *server.connection.require(out);
    if (does == program::refuse) written = *server.connection.refuse({.status = 403}, out);
  }
  if (written.empty() && !server.connection.responded()) return {};
  return written.empty() ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : std::string{written};
}

/// Joins a client to a server in memory, and says what differs from what they were told to do.
///
/// Takes     interim: what the server sends before its answer; size: how many octets come at a
///           time; after: what both send in the new protocol, the server right after the 101
template <class Client, class Server, class Proposal>
std::string join(const Proposal& proposed, std::span<const profile> spoken, program does,
                 std::string_view interim, std::size_t size, std::string_view after) {
  Client client{proposed};
  Server server{spoken};
  stream to_server{size};
  stream to_client{size};
  output out{};
  to_server.send(*client.write_request(out));
  to_client.send(interim);
  to_client.send(answer(server, to_server.show(server), does));
  to_client.send(after);
  while (to_client.show(client).what == client_step::interim_response) {
  }
  bool agreeable = false;
  for (const profile& one : proposed.protocols)
    for (const profile& other : spoken) agreeable = agreeable || one.token == other.token;
  const bool switches =
      agreeable && (does == program::accept_theirs || does == program::accept_ours);
  if ((server.state() == server_state::switched) != switches) return "not as the server was told";
  if (client.state() != (switches ? client_state::switched : client_state::declined))
    return "the client does not do what the server does";
  const auto there = to_client.show_all(client);
  if (there.rest != after) return "the server's octets do not arrive whole";
  if (!switches) return {};
  to_server.send(after);
  const auto here = to_server.show_all(server);
  if (here.rest != after) return "the client's octets do not arrive whole";
  const bool same = there.switched()->protocol().token == here.switched()->protocol().token;
  return same ? "" : "both speak different protocols";
}

/// Law 6: a client joined to a server in memory: both switched to the same protocol, or neither.
///
/// Takes     choices: octets of which the first five choose the proposal, the protocols that the
///           server speaks, what its program does, what it sends before the answer, and how many
///           octets come at a time; the rest is sent in the new protocol
inline std::string both_switch_or_neither(std::string_view choices) {
  constexpr std::string_view hints =
      "HTTP/1.1 103 Early Hints\r\nConnection: Upgrade\r\nUpgrade: none\r\n\r\n";
  const auto choose = [choices](std::size_t i) {
    return i < choices.size() ? grammar::to_number(choices[i]) : std::uint8_t{0};
  };
  std::array<profile, 3> spoken;
  std::size_t count = 0;
  for (std::size_t i = 0; i < spoken.size(); ++i)
    if ((choose(1) >> i & 1) != 0) spoken[count++] = supported[i];
  std::string interim{choose(3) % 4 < 2 ? "" : "HTTP/1.1 100 Continue\r\n\r\n"};
  if (choose(3) % 2 == 1) interim += hints;
  const auto joined = [&]<class Proposal>(const Proposal& proposed) {
    const auto does = static_cast<program>(choose(2) % 5);
    const std::size_t size = choose(4) == 0 ? std::string::npos : choose(4);
    const auto all = std::span{spoken}.first(count);
    const std::string_view after = choices.substr(std::min<std::size_t>(5, choices.size()));
    const std::string broken = join<client_handshake<Proposal>, server_handshake>(
        proposed, all, does, interim, size, after);
    if (!broken.empty()) return broken;
    const std::string by_turns =
        join<client_by_turns<Proposal>, server_by_turns>(proposed, all, does, interim, size, after);
    return by_turns.empty() ? by_turns : "by turns: " + by_turns;
  };
  const std::size_t proposals = choose(0) % 4;
  if (proposals == 3) return joined(asked_websocket);
  proposal some = asked;  // both protocols, or one of them
  if (proposals > 0) some.protocols = {&asked.protocols[proposals - 1], 1};
  return joined(some);
}

}  // namespace laws
