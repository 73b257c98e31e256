// Tables of transitions, and a position in a table. The laws that all tables obey are in
// machine/laws.hpp.
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

}  // namespace machine
}  // namespace v0
}  // namespace turnout
