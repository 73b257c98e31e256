// Rows are found by state and event, and a position follows only rows.
#include "turnout/machine/transition.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>

#include "support/both.hpp"

namespace {

enum class state : std::uint8_t { first, second, third, last, highest = 63 };
enum class event : std::uint8_t { step, jump, never };

using row = turnout::machine::transition<state, event>;

constexpr row sound[] = {
    {state::first, event::step, state::second}, {state::first, event::jump, state::last},
    {state::second, event::step, state::third}, {state::second, event::jump, state::second},
    {state::third, event::step, state::first},  {state::third, event::jump, state::last},
};

constexpr turnout::machine::transitions<state, event, 64, 3> rows{sound};

}  // namespace

TEST_CASE("a row is found by its state and its event, and there is none for any other pair") {
  for (const row& one : sound) {
    CHECK(rows.has(one.from, one.on));
    CHECK(rows.to(one.from, one.on) == one.to);
  }
  std::size_t found = 0;
  for (unsigned from = 0; from < 64; ++from)
    for (const event on : {event::step, event::jump, event::never})
      found += rows.has(static_cast<state>(from), on);
  CHECK(found == std::size(sound));
  CHECK_BOTH(rows.to(state::first, event::step) == state::second);
  CHECK_BOTH(rows.to(state::third, event::jump) == state::last);
  CHECK_BOTH(!rows.has(state::first, event::never));
  CHECK_BOTH(!rows.has(state::last, event::step));
  CHECK_BOTH(!rows.has(state::highest, event::step));
}

TEST_CASE("[ENG-06] a position follows only rows, and rejects other calls") {
  turnout::machine::position<rows, state::first> at;
  CHECK(at.state() == state::first);
  CHECK(at.takes(event::step));
  CHECK(!at.takes(event::never));
  const auto before = at;
  CHECK(!at.take(event::never));
  CHECK(at.call(event::never).error() == turnout::failure{turnout::errc::out_of_turn, 0});
  CHECK(at == before);
  CHECK(at.take(event::step));
  CHECK(at.state() == state::second);
  CHECK(at.call(event::jump));
  CHECK(at.state() == state::second);
  CHECK(at.call(event::step));
  CHECK(at.take(event::jump));
  CHECK(at.state() == state::last);
  for (const event on : {event::step, event::jump, event::never}) CHECK(!at.take(on));
}
