// Every call of both sides, to be made in every state.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "support/parties.hpp"
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
  const std::string asking = explore(client_handshake{asked}, input, 1, check);
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
template <class Proposal>
constexpr const auto& table_of(const client_handshake<Proposal>&) {
  return machine::client_table;
}

}  // namespace laws
