// The explorations that docs/proof.md lists: who is in a row, and what they go through.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "explore/anyone.hpp"
#include "explore/chain.hpp"
#include "explore/client.hpp"
#include "explore/gateway.hpp"
#include "explore/party.hpp"
#include "explore/relay.hpp"
#include "explore/relay_by_steps.hpp"
#include "explore/role.hpp"
#include "explore/server.hpp"
#include "explore/server_by_steps.hpp"

namespace explore {

/// The calls that were made in some explorations, by the name of the role.
using all_calls = std::map<std::string_view, calls>;

/// Explores a row of parties.
template <class... Parties>
outcome explore_row(const scope& may, std::optional<theorem> only, all_calls& made) {
  constexpr std::size_t count = sizeof...(Parties);
  queues all;
  std::tuple<role_of<Parties>...> roles{role_of<Parties>{may, all}...};
  std::array<std::string_view, count> names{Parties::name...};
  if (count == 4 && names[1] == names[2]) names[1] = "relay 1", names[2] = "relay 2";
  auto found = std::apply(
      [&](auto&... each) {
        return chain<count>{all, {&each...}, names}.explore(only);
      },
      roles);
  std::apply(
      [&](auto&... each) {
        (made[Parties::name].insert(each.called().begin(), each.called().end()), ...);
      },
      roles);
  return found;
}

/// One exploration.
struct exploration {
  std::string_view who;  ///< the parties in a row
  std::string_view what;
  scope may;
  outcome (*explore)(const scope&, std::optional<theorem>, all_calls&);
};

inline constexpr exploration explorations[] = {
    {"client, server",
     "two requests",
     {.requests = 2, .early = 2, .tunnel = 2},
     explore_row<client, server>},
    {"client, relay, server", "two requests", {.requests = 2}, explore_row<client, relay, server>},
    {"client, relay, server",
     "two requests, and nobody gives up",
     {.requests = 2, .gives_up = false},
     explore_row<client, relay, server>},
    {"client, relay by steps, server by steps",
     "two requests",
     {.requests = 2},
     explore_row<client, relay_by_steps, server_by_steps>},
    {"client, relay, relay, server", "one request", {}, explore_row<client, relay, relay, server>},
    {"client, relay, target",
     "two requests, and the relay opens the tunnel",
     {.requests = 2, .early = 2, .tunnel = 2, .last_proxy = true},
     explore_row<client, relay, target>},
    {"client, relay by steps, target",
     "two requests, and the relay opens the tunnel",
     {.requests = 2, .early = 2, .tunnel = 2, .last_proxy = true},
     explore_row<client, relay_by_steps, target>},
    {"anyone, server", "any two texts", {.anything = 2}, explore_row<any_client, server>},
    {"anyone, server by steps",
     "any two texts",
     {.anything = 2},
     explore_row<any_client, server_by_steps>},
    {"client, anyone",
     "two requests, any two texts",
     {.requests = 2, .anything = 2},
     explore_row<client, any_server>},
    {"anyone, relay, server",
     "any two texts",
     {.anything = 2},
     explore_row<any_client, relay, server>},
    {"anyone, relay, server",
     "any three of four texts",
     {.anything = 3, .texts = 4},
     explore_row<any_client, relay, server>},
    {"client, relay, anyone",
     "one request, any two texts",
     {.anything = 2},
     explore_row<client, relay, any_server>},
    {"client, relay by steps, anyone",
     "two requests, any two of eight texts",
     {.requests = 2, .anything = 2, .texts = 8},
     explore_row<client, relay_by_steps, any_server>},
    {"anyone, relay, anyone",
     "any two of seven texts each",
     {.anything = 2, .texts = 7},
     explore_row<any_client, relay, any_server>},
    {"anyone, relay by steps, anyone",
     "any two of seven texts each",
     {.anything = 2, .texts = 7},
     explore_row<any_client, relay_by_steps, any_server>},
    {"client, gateway up, gateway down, server",
     "two requests",
     {.requests = 2},
     explore_row<client, gateway_up, gateway_down, server>},
    {"client, gateway up, gateway down, server",
     "one request, and gateways lose a side",
     {.loses = true},
     explore_row<client, gateway_up, gateway_down, server>},
    {"client, gateway up, anyone",
     "two requests, any two texts",
     {.requests = 2, .anything = 2, .loses = true},
     explore_row<client, gateway_up, any_stream_server>},
    {"anyone, gateway up, anyone",
     "any two of seven texts each",
     {.anything = 2, .texts = 7},
     explore_row<any_client, gateway_up, any_stream_server>},
    {"anyone, gateway down, server",
     "any three texts",
     {.anything = 3, .loses = true},
     explore_row<any_stream_client, gateway_down, server>},
    {"anyone, gateway down, anyone",
     "any two texts each",
     {.anything = 2},
     explore_row<any_stream_client, gateway_down, any_server>},
};

/// What a theorem needs of the programs, since the library can't see to it.
struct duty {
  std::string_view name;
  theorem of;
  scope without;  ///< in which programs don't do it
  decltype(exploration::explore) explore;
};

inline constexpr duty duties[] = {
    {"A client that has sent octets early sends no further request on that connection.",
     theorem::one_way,
     {.requests = 2, .asks_after_early = true},
     explore_row<client, server>},
    {"An intermediary forwards a request only after it has read all octets of the server.",
     theorem::in_order,
     {.requests = 2, .anything = 2, .forwards_over_unread = true},
     explore_row<client, relay, any_server>},
};

}  // namespace explore
