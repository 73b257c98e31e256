// The connections with the interface of the handshakes, so that the laws hold for both: a turn is
// what receive() finds, with the step that comes next to its need.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <type_traits>

#include "support/parties.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// A server's connection.
class server_by_turns {
 public:
  /// A turn.
  struct received : server_turn {
    server_step what{};
  };

  explicit constexpr server_by_turns(std::span<const profile> spoken, const limits& bounds = {})
      : connection{spoken, {.limits = bounds, .allow_connect = true}} {}

  constexpr received receive(std::string_view unread) {
    constexpr server_step steps[] = {server_step::need_more,       server_step::ordinary_request,
                                     server_step::upgrade_offered, server_step::tunnel_requested,
                                     server_step::content,         server_step::content_ended,
                                     server_step::switched,        server_step::failed};
    received now{connection.advance(unread, out_)};
    now.what = steps[static_cast<std::size_t>(now.need)];
    return now;
  }

  constexpr server_state state() const { return connection.state(); }

  friend constexpr bool operator==(const server_by_turns& one, const server_by_turns& other) {
    return one.connection == other.connection;
  }

  server_connection connection;

 private:
  output out_{};
};

/// A client's connection.
template <class Proposal>
class client_by_turns {
 public:
  /// A turn.
  struct received : client_turn {
    client_step what{};
  };

  explicit constexpr client_by_turns(const Proposal& proposed, const limits& bounds = {})
      : connection{proposed, {.limits = bounds}} {}

  constexpr result<std::string_view> write_request(std::span<char> out) {
    const client_turn turn = connection.advance({}, out);
    if (turn.why.code != errc::none) return turn.why;
    return turn.output;
  }

  constexpr received receive(std::string_view unread) {
    constexpr client_step steps[] = {
        client_step::need_more,     client_step::send_content, client_step::interim_response,
        client_step::declined,      client_step::declined,     client_step::content,
        client_step::content_ended, client_step::switched,     client_step::failed};
    received now{connection.advance(unread, out_)};
    now.what = steps[static_cast<std::size_t>(now.need)];
    return now;
  }

  constexpr client_state state() const { return connection.state(); }
  constexpr result<void> content_sent() { return connection.content_sent(); }

  friend constexpr bool operator==(const client_by_turns& one, const client_by_turns& other) {
    return one.connection == other.connection;
  }

  client_connection<Proposal> connection;

 private:
  output out_{};
};

/// A client's connection that has written its request.
template <class Proposal>
constexpr client_by_turns<Proposal> waiting_by_turns(const Proposal& proposed,
                                                     const limits& bounds = {}) {
  client_by_turns client{proposed, bounds};
  output out{};
  (void)client.write_request(out);
  return client;
}

/// A head that waits for a decision stays in the input, and what is left of a request that was
/// answered comes before the next one.
inline std::size_t used_of(const server_by_turns::received& now, std::string_view) {
  return now.used;
}
inline std::size_t head_begins(const server_by_turns::received& now, std::string_view shown) {
  return static_cast<std::size_t>(now.request.octets.data() - shown.data());
}

inline const request_head* head_of(const server_by_turns::received& now) {
  return now.request.octets.empty() || now.need == server_need::close ? nullptr : &now.request;
}
template <class Received>
requires std::is_base_of_v<client_turn, Received>
const response_head* head_of(const Received& now) {
  return now.response.octets.empty() || now.need == client_need::close ? nullptr : &now.response;
}

/// Agrees to what comes first, in either side's order. Returns what is written.
inline std::string_view agree(server_by_turns& server, const server_turn& now, std::span<char> out,
                              preference order) {
  if (!now.offer().choose(order)->own_agreement)
    return *server.connection.answer(now.offer().agree(order), out);
  const auto agreed = websocket::agree(now.offer(), {.subprotocols = subprotocols, .order = order});
  return *server.connection.answer(agreed, out);
}

inline std::string_view respond(server_by_turns& server, const server_by_turns::received& now,
                                agreement&, std::span<char> out,
                                preference order = preference::client) {
  switch (now.need) {
    case server_need::decision:
      return agree(server, now, out, order);
    case server_need::connect:
      return *server.connection.open_tunnel(out);
    case server_need::response:
      (void)server.connection.responded();
      return {};
    case server_need::close:
      return now.output;
    default:
      return {};
  }
}
template <class Proposal>
std::string_view respond(client_by_turns<Proposal>& client, const client_turn& now, agreement&,
                         std::span<char>) {
  if (now.need == client_need::send_content) (void)client.connection.content_sent();
  return {};
}

inline bool asks_again(server_by_turns&, const server_turn& now) {
  return now.need != server_need::more && now.need != server_need::close &&
         now.need != server_need::switched;
}
template <class Proposal>
bool asks_again(client_by_turns<Proposal>&, const client_turn& now) {
  return now.need == client_need::interim || now.need == client_need::send_content ||
         now.need == client_need::response || now.need == client_need::retry;
}

}  // namespace laws
