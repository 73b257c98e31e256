// The laws of transition tables, each with a table that keeps it and one that breaks it.
#include "turnout/machine/laws.hpp"

#include <doctest/doctest.h>

#include <cstdint>

#include "support/both.hpp"

namespace {

enum class state : std::uint8_t { first, second, third, last, highest = 63 };
enum class event : std::uint8_t { step, jump };

using row = turnout::machine::transition<state, event>;

// first -> second -> third -> last, with a loop and a way back.
constexpr row sound[] = {
    {state::first, event::step, state::second}, {state::first, event::jump, state::last},
    {state::second, event::step, state::third}, {state::second, event::jump, state::second},
    {state::third, event::step, state::first},  {state::third, event::jump, state::last},
};

constexpr std::uint64_t bit(state one) { return std::uint64_t{1} << static_cast<unsigned>(one); }

}  // namespace

TEST_CASE("a state that no row leaves is final, even one that is not in the table") {
  CHECK_BOTH(turnout::machine::is_final(sound, state::last));
  CHECK_BOTH(turnout::machine::is_final(sound, state::highest));
  CHECK_BOTH(!turnout::machine::is_final(sound, state::first));
  CHECK_BOTH(!turnout::machine::is_final(sound, state::second));
  CHECK_BOTH(!turnout::machine::is_final(sound, state::third));
}

TEST_CASE("a table with two rows for one event in one state is not deterministic") {
  static constexpr row two_ways[] = {{state::first, event::step, state::second},
                                     {state::second, event::step, state::last},
                                     {state::first, event::step, state::last}};
  static constexpr row same_twice[] = {{state::first, event::step, state::last},
                                       {state::first, event::step, state::last}};
  static constexpr row same_event[] = {{state::first, event::step, state::last},
                                       {state::second, event::step, state::last}};
  CHECK_BOTH(turnout::machine::is_deterministic(sound));
  CHECK_BOTH(turnout::machine::is_deterministic(same_event));
  CHECK_BOTH(!turnout::machine::is_deterministic(two_ways));
  CHECK_BOTH(!turnout::machine::is_deterministic(same_twice));
}

TEST_CASE("reachable states are one bit each, with the state itself") {
  // The rows are in the reverse of the order in which they are taken.
  static constexpr row backwards[] = {{state::third, event::step, state::highest},
                                      {state::second, event::step, state::third},
                                      {state::first, event::step, state::second}};
  CHECK_BOTH(turnout::machine::reachable_from(sound, state::second) ==
             (bit(state::first) | bit(state::second) | bit(state::third) | bit(state::last)));
  CHECK_BOTH(turnout::machine::reachable_from(sound, state::last) == bit(state::last));
  CHECK_BOTH(turnout::machine::reachable_from(backwards, state::third) ==
             (bit(state::third) | bit(state::highest)));
  CHECK_BOTH(turnout::machine::reachable_from(backwards, state::first) ==
             (bit(state::first) | bit(state::second) | bit(state::third) | bit(state::highest)));
}

TEST_CASE("a table with a state that no path leads to has a dead state") {
  static constexpr row dead[] = {{state::first, event::step, state::last},
                                 {state::second, event::step, state::last}};
  static constexpr row island[] = {{state::first, event::step, state::last},
                                   {state::second, event::step, state::third},
                                   {state::third, event::step, state::second}};
  static constexpr row short_way[] = {{state::first, event::step, state::last}};
  CHECK_BOTH(turnout::machine::all_reachable(short_way, state::first));
  CHECK_BOTH(turnout::machine::all_reachable(sound, state::first));
  CHECK_BOTH(turnout::machine::all_reachable(sound, state::third));
  CHECK_BOTH(!turnout::machine::all_reachable(sound, state::last));
  CHECK_BOTH(!turnout::machine::all_reachable(dead, state::first));
  CHECK_BOTH(!turnout::machine::all_reachable(island, state::first));
}

TEST_CASE("a table with states that never reach a final one has a trap") {
  static constexpr row circle[] = {{state::first, event::step, state::last},
                                   {state::first, event::jump, state::second},
                                   {state::second, event::step, state::third},
                                   {state::third, event::step, state::second}};
  static constexpr row loop[] = {{state::first, event::step, state::first}};
  static constexpr row two_ends[] = {{state::first, event::step, state::last},
                                     {state::second, event::step, state::highest}};
  CHECK_BOTH(turnout::machine::has_no_trap(sound));
  CHECK_BOTH(turnout::machine::has_no_trap(two_ends));
  CHECK_BOTH(!turnout::machine::has_no_trap(circle));
  CHECK_BOTH(!turnout::machine::has_no_trap(loop));
}
