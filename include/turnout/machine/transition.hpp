// Tables of transitions, the laws that all of them obey, and a position in a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "turnout/core/errc.hpp"
#include "turnout/core/result.hpp"

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace machine {

/// One row: in state `from`, event `on` leads to state `to`.
template <class State, class Event>
struct transition {
  State from;  ///< the state before
  Event on;    ///< the event
  State to;    ///< the state after
};

/// The rows of a table, indexed by state and event.
///
/// Takes     `States`, `Events`: how many of them there are
template <class State, class Event, std::size_t States, std::size_t Events>
class transitions {
 public:
  using event = Event;

  /// The rows of a table.
  template <std::size_t Rows>
  constexpr explicit transitions(const transition<State, Event> (&table)[Rows]) noexcept {
    for (const auto& row : table)
      to_[static_cast<std::size_t>(row.from)][static_cast<std::size_t>(row.on)] =
          static_cast<std::uint8_t>(static_cast<std::uint8_t>(row.to) + 1);
  }

  /// True if an event is allowed in a state.
  constexpr bool has(State from, Event on) const noexcept { return found(from, on) != 0; }
  /// The state after an event that is allowed.
  constexpr State to(State from, Event on) const noexcept {
    return static_cast<State>(found(from, on) - 1);
  }

 private:
  constexpr std::uint8_t found(State from, Event on) const noexcept {
    return to_[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)];
  }

  std::uint8_t to_[States][Events]{};  // the state plus 1; 0 if there is no row
};

/// A position in a table, which only rows change.
///
/// Takes     `Rows`: the transitions; `Begins`: the state to begin in
///
/// ```cpp
/// turnout::machine::position<turnout::machine::gateway_rows, turnout::machine::gateway_begins> at;
/// assert(!at.take(turnout::machine::gateway_event::agreement));  // no request came
/// assert(at.take(turnout::machine::gateway_event::request));
/// assert(at.state() == turnout::machine::gateway_state::deciding);
/// ```
template <const auto& Rows, auto Begins>
class position {
 public:
  using event = typename std::remove_cvref_t<decltype(Rows)>::event;

  /// The current state.
  constexpr auto state() const noexcept { return state_; }
  /// True if an event is allowed in it.
  constexpr bool takes(event on) const noexcept { return Rows.has(state_, on); }

  /// Follows the row for an event. Returns false, and changes nothing, if there is none.
  constexpr bool take(event on) noexcept {
    if (!takes(on)) return false;
    state_ = Rows.to(state_, on);
    return true;
  }

  /// Follows the row for a call of the user; fails with out_of_turn if there is none.
  constexpr result<void> call(event on) noexcept {
    if (!take(on)) return failure{errc::out_of_turn, 0};
    return {};
  }

  friend constexpr bool operator==(const position&, const position&) = default;

 private:
  decltype(Begins) state_ = Begins;
};

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
