// Every call of both sides, to be made in every state.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/by_turns.hpp"
#include "support/parties.hpp"
#include "support/sides.hpp"
#include "turnout/machine/laws.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// A call on one side of a handshake, with room for what it may write.
template <class Handshake>
using call = failure (*)(Handshake&, std::string_view unread, std::span<char> out);

/// The facts of a request for everything, to make agreements of whatever is on offer.
inline constexpr facts everything = [] {
  facts seen{method::get, http_1_1};
  seen.see("Host", "a");
  seen.see("Connection", "upgrade");
  seen.see("Upgrade", "websocket, foo/2, bar");
  seen.see("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  seen.see("Sec-WebSocket-Version", "13");
  return seen;
}();
inline constexpr offer offered = examine_request(everything, supported).offer;
inline constexpr agreement plain_agreement = *offered.agree(supported[1].token);
inline constexpr agreement content_agreement = *offered.agree(supported[2].token);
inline constexpr agreement lacking_agreement = *offered.agree(websocket::profile.token);
inline constexpr websocket::agreement websocket_agreement =
    *websocket::offer::read(offered)->agree();

/// Every call of a server.
inline constexpr auto calls_of(const server_handshake&) {
  return std::to_array<call<server_handshake>>({
      [](auto& to, auto unread, auto) {
        const auto now = to.receive(unread);
        return now.what == server_step::failed ? now.why : failure{};
      },
      [](auto& to, auto, auto out) { return to.accept(plain_agreement, out).error(); },
      [](auto& to, auto, auto out) { return to.accept(lacking_agreement, out).error(); },
      [](auto& to, auto, auto out) { return to.accept(websocket_agreement, out).error(); },
      [](auto& to, auto, auto out) { return to.accept(agreement{}, out).error(); },
      [](auto& to, auto, auto out) { return to.write_continue(out).error(); },
      [](auto& to, auto, auto out) { return to.open_tunnel(out).error(); },
      [](auto& to, auto, auto) { return to.decline().error(); },
      [](auto& to, auto, auto out) { return to.require(out).error(); },
      [](auto& to, auto, auto out) { return to.refuse({.status = 403}, out).error(); },
      [](auto& to, auto, auto out) { return to.refuse({.close = true}, out).error(); },
      [](auto& to, auto, auto out) { return to.refuse({.status = 200}, out).error(); },
      [](auto& to, auto, auto) { return to.start_over().error(); },
      [](auto& to, auto, auto) { return to.input_ended({}).error(); },
      [](auto& to, auto unread, auto) { return to.input_ended(unread).error(); },
  });
}

/// Every call of a client.
template <class Proposal>
constexpr auto calls_of(const client_handshake<Proposal>&) {
  return std::to_array<call<client_handshake<Proposal>>>({
      [](auto& to, auto unread, auto) { return to.receive(unread).why; },
      [](auto& to, auto, auto out) { return to.write_request(out).error(); },
      [](auto& to, auto, auto) { return to.stop_waiting().error(); },
      [](auto& to, auto, auto) { return to.content_sent().error(); },
      [](auto& to, auto, auto) { return to.start_over(next_for(to)).error(); },
      [](auto& to, auto, auto) { return to.input_ended({}).error(); },
      [](auto& to, auto unread, auto) { return to.input_ended(unread).error(); },
  });
}

/// Why a turn did nothing; what else a turn fails with, it answers.
constexpr failure no_space_in(const auto& turn) {
  return turn.why.code == errc::no_space ? turn.why : failure{};
}

/// Every call of a server's connection.
inline constexpr auto calls_of(const server_by_turns&) {
  using failed = result<agreement>;
  return std::to_array<call<server_by_turns>>({
      [](auto& to, auto unread, auto out) {
        return no_space_in(to.connection.advance(unread, out));
      },
      [](auto& to, auto, auto out) { return to.connection.answer(plain_agreement, out).error(); },
      [](auto& to, auto, auto out) { return to.connection.answer(lacking_agreement, out).error(); },
      [](auto& to, auto, auto out) { return to.connection.answer(content_agreement, out).error(); },
      [](auto& to, auto, auto out) {
        return to.connection.answer(websocket_agreement, out).error();
      },
      [](auto& to, auto, auto out) { return to.connection.answer(agreement{}, out).error(); },
      [](auto& to, auto, auto out) {
        return to.connection.answer(failed{failure{errc::bad_websocket_key, 0}}, out).error();
      },
      [](auto& to, auto, auto out) {
        return to.connection.answer(failed{failure{errc::foreign_agreement, 0}}, out).error();
      },
      [](auto& to, auto, auto out) { return to.connection.open_tunnel(out).error(); },
      [](auto& to, auto, auto out) { return to.connection.require(out).error(); },
      [](auto& to, auto, auto out) { return to.connection.refuse({.status = 403}, out).error(); },
      [](auto& to, auto, auto out) { return to.connection.refuse({.close = true}, out).error(); },
      [](auto& to, auto, auto out) { return to.connection.refuse({.status = 200}, out).error(); },
      [](auto& to, auto, auto) { return to.connection.responded().error(); },
      [](auto& to, auto, auto) { return to.connection.responded(true).error(); },
      [](auto& to, auto, auto out) { return no_space_in(to.connection.end_of_input({}, out)); },
      [](auto& to, auto unread, auto out) {
        return no_space_in(to.connection.end_of_input(unread, out));
      },
  });
}

/// Every call of a client's connection.
template <class Proposal>
constexpr auto calls_of(const client_by_turns<Proposal>&) {
  return std::to_array<call<client_by_turns<Proposal>>>({
      [](auto& to, auto unread, auto out) {
        return no_space_in(to.connection.advance(unread, out));
      },
      [](auto& to, auto, auto) { return to.connection.stop_waiting().error(); },
      [](auto& to, auto, auto) { return to.connection.content_sent().error(); },
      [](auto& to, auto, auto) { return to.connection.ask(next_for(to)).error(); },
      [](auto& to, auto, auto out) { return no_space_in(to.connection.end_of_input({}, out)); },
      [](auto& to, auto unread, auto out) {
        return no_space_in(to.connection.end_of_input(unread, out));
      },
  });
}

/// Makes every call on a copy of `before`, and then every call on what that led to, `depth` calls
/// deep. `check` is told the state before and the call.
template <class Handshake, class Check>
std::string explore(const Handshake& before, std::string_view unread, int depth,
                    const Check& check) {
  for (const auto made : calls_of(before)) {
    std::string broken = check(before, made, unread);
    output out;
    Handshake after = before;
    made(after, unread, out);
    if (broken.empty() && depth > 1 && !(after == before))
      broken = explore(after, unread, depth - 1, check);
    if (!broken.empty()) return broken;
  }
  return {};
}

/// Explores all sides after each octet of an input, a client that has not asked once.
template <class Check>
std::string explore_after_each_octet(std::string_view input, const Check& check) {
  std::string asking = explore(client_handshake{asked}, input, 1, check);
  if (asking.empty()) asking = explore(client_by_turns{asked}, {}, 3, check);
  if (!asking.empty()) return "asking client: " + asking;
  return on_every_side([&](auto handshake) {
    for (std::size_t shown = 0;; ++shown) {
      const std::string_view unread = input.substr(0, shown);
      const auto now = handshake.receive(unread);
      const bool more = now.what == decltype(now.what)::need_more;
      const std::string found = explore(handshake, unread, more ? 1 : 3, check);
      if (!found.empty() || !more || shown == input.size()) return found;
    }
  });
}

/// The rows that a side may take.
inline constexpr const auto& table_of(const server_handshake&) { return machine::server_table; }
inline constexpr const auto& table_of(const server_by_turns&) { return machine::server_table; }
template <class Proposal>
constexpr const auto& table_of(const client_handshake<Proposal>&) {
  return machine::client_table;
}
template <class Proposal>
constexpr const auto& table_of(const client_by_turns<Proposal>&) {
  return machine::client_table;
}

/// True if nothing has changed. By turns, the head of the last request may have been passed over.
template <class Handshake>
bool stays(const Handshake& before, const Handshake& after) {
  return before == after;
}
inline bool stays(const server_by_turns& before, const server_by_turns& after) {
  return before.state() == after.state();
}

/// True if a call may take a side from one state to another: by one row, or in a turn by several.
template <class Handshake>
bool may_lead(const Handshake& before, decltype(before.state()) to) {
  for (const auto& row : table_of(before))
    if (row.from == before.state() && row.to == to) return true;
  return false;
}
inline bool may_lead(const server_by_turns& before, server_state to) {
  const std::uint64_t reachable = machine::reachable_from(machine::server_table, before.state());
  return (reachable >> static_cast<unsigned>(to) & 1) != 0;
}

}  // namespace laws
