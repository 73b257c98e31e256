// The laws that all tables of transitions obey. Tests check them; a program needs none of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// True if no row leaves `state`.
template <class State, class Event, std::size_t Rows>
constexpr bool is_final(const transition<State, Event> (&table)[Rows], State state) noexcept {
  for (const auto& row : table)
    if (row.from == state) return false;
  return true;
}

/// Law: no two rows are for the same event in the same state.
template <class State, class Event, std::size_t Rows>
constexpr bool is_deterministic(const transition<State, Event> (&table)[Rows]) noexcept {
  for (const auto& row : table)
    for (const auto& other : table)
      if (&row != &other && row.from == other.from && row.on == other.on) return false;
  return true;
}

/// The states that can be reached from `state`, itself included: one bit for each, by its number.
template <class State, class Event, std::size_t Rows>
constexpr std::uint64_t reachable_from(const transition<State, Event> (&table)[Rows],
                                       State state) noexcept {
  const auto bit = [](State one) { return std::uint64_t{1} << static_cast<unsigned>(one); };
  std::uint64_t found = bit(state);
  for (std::uint64_t before = 0; before != found;) {
    before = found;
    for (const auto& row : table)
      if ((found & bit(row.from)) != 0) found |= bit(row.to);
  }
  return found;
}

/// Law: every state in the table can be reached from `initial`.
template <class State, class Event, std::size_t Rows>
constexpr bool all_reachable(const transition<State, Event> (&table)[Rows],
                             State initial) noexcept {
  const std::uint64_t found = reachable_from(table, initial);
  for (const auto& row : table)
    if ((found >> static_cast<unsigned>(row.from) & 1) == 0) return false;
  return true;
}

/// Law: from every state, a state that no row leaves can be reached.
template <class State, class Event, std::size_t Rows>
constexpr bool has_no_trap(const transition<State, Event> (&table)[Rows]) noexcept {
  std::uint64_t final_states = 0;
  for (const auto& row : table)
    if (is_final(table, row.to)) final_states |= std::uint64_t{1} << static_cast<unsigned>(row.to);
  for (const auto& row : table)
    if ((reachable_from(table, row.from) & final_states) == 0) return false;
  return true;
}

}  // namespace machine
}  // namespace v0
}  // namespace turnout
