// Tables of transitions, looked up by the numbers of states and events.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "turnout/machine/transition.hpp"

namespace tables {

using turnout::machine::transitions;

/// The state that an event leads to, or nothing if there is no row.
template <class State, class Event, std::size_t States, std::size_t Events>
constexpr std::optional<State> next(const transitions<State, Event, States, Events>& rows,
                                    std::size_t state, std::size_t event) {
  const auto from = static_cast<State>(state);
  const auto on = static_cast<Event>(event);
  return rows.has(from, on) ? std::optional<State>{rows.to(from, on)} : std::nullopt;
}

/// The number of the first pair, counted state by state, that does not lead where it should.
template <class State, class Event, std::size_t States, std::size_t Events>
constexpr std::size_t first_wrong(
    const transitions<State, Event, States, Events>& rows,
    const std::array<std::array<std::optional<State>, Events>, States>& expected) {
  std::size_t pair = 0;
  while (pair < States * Events &&
         next(rows, pair / Events, pair % Events) == expected[pair / Events][pair % Events])
    ++pair;
  return pair;
}

}  // namespace tables
