// The table of the intermediary: every state with every event, against what is written out here.
#include "turnout/machine/relay.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"
#include "support/tables.hpp"
#include "turnout/machine/laws.hpp"

namespace {

using turnout::relay_state;
using turnout::machine::relay_event;
using maybe = std::optional<relay_state>;

constexpr std::size_t states = 13;
constexpr std::size_t events = 15;

constexpr maybe no{};
constexpr maybe reading_head{relay_state::reading_head};
constexpr maybe deciding{relay_state::deciding};
constexpr maybe deciding_tunnel{relay_state::deciding_tunnel};
constexpr maybe waiting{relay_state::waiting};
constexpr maybe interim{relay_state::interim};
constexpr maybe agreed{relay_state::agreed};
constexpr maybe accepted{relay_state::accepted};
constexpr maybe switched{relay_state::switched};
constexpr maybe declined{relay_state::declined};
constexpr maybe responding{relay_state::responding};
constexpr maybe answered{relay_state::answered};
constexpr maybe failed{relay_state::failed};
constexpr maybe closed{relay_state::closed};

// By state, then by event: request, connect_request; forward, forward_early; interim_response,
// agreement, final_response; content_ended, response_ended, open_tunnel; answer, answer_and_close;
// broken, start_over, input_ended.
// clang-format off
constexpr std::array<std::array<maybe, events>, states> expected{{
    // reading_head
    {deciding, deciding_tunnel, no, no, no, no, no, no, no, no, no, no, failed, no, closed},
    // deciding
    {no, no, waiting, no, no, no, no, no, no, no, answered, closed, failed, reading_head, no},
    // deciding_tunnel
    {no, no, waiting, no, no, no, no, no, no, switched, no, closed, no, no, no},
    // waiting
    {no, no, no, no, interim, agreed, declined, no, no, no, no, closed, failed, no, no},
    // interim
    {no, no, waiting, no, no, no, no, no, no, no, no, closed, failed, no, no},
    // agreed
    {no, no, switched, accepted, no, no, no, no, no, no, no, closed, failed, no, no},
    // accepted
    {no, no, no, no, no, no, no, switched, no, no, no, no, closed, no, no},
    // switched
    {no, no, no, no, no, no, no, no, no, no, no, no, no, no, closed},
    // declined
    {no, no, responding, no, no, no, no, no, no, no, no, closed, failed, no, no},
    // responding
    {no, no, no, no, no, no, no, no, answered, no, no, no, closed, no, no},
    // answered
    {no, no, no, no, no, no, no, no, no, no, no, no, no, reading_head, closed},
    // failed
    {no, no, no, no, no, no, no, no, no, no, no, closed, no, no, closed},
    // closed
    {no, no, no, no, no, no, no, no, no, no, no, no, no, no, no},
}};
// clang-format on

/// How many rows lead to `state`.
constexpr std::size_t ways_to(relay_state state) {
  std::size_t ways = 0;
  for (const auto& row : turnout::machine::relay_table) ways += row.to == state;
  return ways;
}

/// True if `state` is entered by one event alone, from one other state.
constexpr bool one_way(relay_state from, relay_event on, relay_state state) {
  return ways_to(state) == 1 && turnout::machine::relay_rows.has(from, on);
}

}  // namespace

TEST_CASE("every state and event of the intermediary lead to the expected state, or to none") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(relay_state::closed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(relay_event::input_ended) + 1 == events);
  CHECK_BOTH(tables::first_wrong(turnout::machine::relay_rows, expected) == states * events);
}

TEST_CASE("an intermediary begins in reading_head, and nothing leaves closed") {
  CHECK_BOTH(turnout::machine::relay_begins == relay_state::reading_head);
  CHECK_BOTH(turnout::machine::is_final(turnout::machine::relay_table, relay_state::closed));
}

TEST_CASE("[INT-09] [K8S-08] only a checked and forwarded response leads to a tunnel") {
  using enum relay_state;
  CHECK_BOTH(ways_to(switched) == 3);
  CHECK_BOTH(one_way(waiting, relay_event::agreement, agreed));
  CHECK_BOTH(one_way(agreed, relay_event::forward_early, accepted));
  CHECK_BOTH(one_way(reading_head, relay_event::connect_request, deciding_tunnel));
  CHECK_BOTH(tables::next(turnout::machine::relay_rows, 2, 9) ==
             ::switched);  // the tunnel that the intermediary opens itself
}

TEST_CASE("[INT-15] [INT-16] only the end of either side leaves a tunnel, and closes it") {
  for (std::size_t event = 0; event < events; ++event) {
    const bool ends = event == static_cast<std::size_t>(relay_event::input_ended);
    CHECK(tables::next(turnout::machine::relay_rows,
                       static_cast<std::size_t>(relay_state::switched),
                       event) == (ends ? closed : no));
  }
}

TEST_CASE("[INT-32] a CONNECT that is not forwarded opens a tunnel, or both connections end") {
  for (const auto& row : turnout::machine::relay_table) {
    if (row.from != relay_state::deciding_tunnel) continue;
    using enum relay_state;
    CHECK((row.to == switched || row.to == closed || row.to == waiting));
  }
}

TEST_CASE("the intermediary's table obeys the laws of tables, which can fail") {
  CHECK_BOTH(turnout::machine::is_deterministic(turnout::machine::relay_table));
  CHECK_BOTH(turnout::machine::all_reachable(turnout::machine::relay_table,
                                             turnout::machine::relay_begins));
  CHECK_BOTH(turnout::machine::has_no_trap(turnout::machine::relay_table));
  CHECK_BOTH(!turnout::machine::all_reachable(turnout::machine::relay_table, relay_state::failed));
  CHECK_BOTH(std::size(turnout::machine::relay_table) == 36);
}

TEST_CASE("the intermediary's states and events have names") {
  using enum turnout::relay_state;
  CHECK_BOTH(turnout::name_of(reading_head) == "reading_head");
  CHECK_BOTH(turnout::name_of(deciding) == "deciding");
  CHECK_BOTH(turnout::name_of(deciding_tunnel) == "deciding_tunnel");
  CHECK_BOTH(turnout::name_of(waiting) == "waiting");
  CHECK_BOTH(turnout::name_of(interim) == "interim");
  CHECK_BOTH(turnout::name_of(relay_state::agreed) == "agreed");
  CHECK_BOTH(turnout::name_of(accepted) == "accepted");
  CHECK_BOTH(turnout::name_of(switched) == "switched");
  CHECK_BOTH(turnout::name_of(declined) == "declined");
  CHECK_BOTH(turnout::name_of(responding) == "responding");
  CHECK_BOTH(turnout::name_of(answered) == "answered");
  CHECK_BOTH(turnout::name_of(failed) == "failed");
  CHECK_BOTH(turnout::name_of(closed) == "closed");
  CHECK_BOTH(turnout::name_of(relay_event::request) == "request");
  CHECK_BOTH(turnout::name_of(relay_event::connect_request) == "connect_request");
  CHECK_BOTH(turnout::name_of(relay_event::forward) == "forward");
  CHECK_BOTH(turnout::name_of(relay_event::forward_early) == "forward_early");
  CHECK_BOTH(turnout::name_of(relay_event::interim_response) == "interim_response");
  CHECK_BOTH(turnout::name_of(relay_event::agreement) == "agreement");
  CHECK_BOTH(turnout::name_of(relay_event::final_response) == "final_response");
  CHECK_BOTH(turnout::name_of(relay_event::content_ended) == "content_ended");
  CHECK_BOTH(turnout::name_of(relay_event::response_ended) == "response_ended");
  CHECK_BOTH(turnout::name_of(relay_event::open_tunnel) == "open_tunnel");
  CHECK_BOTH(turnout::name_of(relay_event::answer) == "answer");
  CHECK_BOTH(turnout::name_of(relay_event::answer_and_close) == "answer_and_close");
  CHECK_BOTH(turnout::name_of(relay_event::broken) == "broken");
  CHECK_BOTH(turnout::name_of(relay_event::start_over) == "start_over");
  CHECK_BOTH(turnout::name_of(relay_event::input_ended) == "input_ended");
}
