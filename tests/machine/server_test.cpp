// The server's table: every state with every event, against what is written out here.
#include "turnout/machine/server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"

namespace {

using turnout::server_event;
using turnout::server_state;
using maybe = std::optional<server_state>;

constexpr std::size_t states = 7;
constexpr std::size_t events = 9;

constexpr maybe no{};
constexpr maybe head{server_state::reading_head};
constexpr maybe deciding{server_state::deciding};
constexpr maybe ordinary{server_state::ordinary};
constexpr maybe answered{server_state::answered};
constexpr maybe switched{server_state::switched};
constexpr maybe failed{server_state::failed};
constexpr maybe closed{server_state::closed};

// By state, then by event: ordinary_request, offer, broken, accept, decline, answer,
// answer_and_close, start_over, input_ended.
constexpr std::array<std::array<maybe, events>, states> expected{{
    {ordinary, deciding, failed, no, no, no, no, no, closed},        // reading_head
    {no, no, no, switched, ordinary, answered, closed, no, closed},  // deciding
    {no, no, no, no, no, answered, closed, head, closed},            // ordinary
    {no, no, no, no, no, no, no, head, closed},                      // answered
    {no, no, no, no, no, no, no, no, no},                            // switched
    {no, no, no, no, no, no, closed, no, closed},                    // failed
    {no, no, no, no, no, no, no, no, no},                            // closed
}};

constexpr maybe next(std::size_t state, std::size_t event) {
  const auto from = static_cast<server_state>(state);
  const auto on = static_cast<server_event>(event);
  if (!turnout::has_row(turnout::server_table, from, on)) return no;
  return turnout::find_row(turnout::server_table, from, on)->to;
}

/// The number of the first pair, counted state by state, that does not lead where it should.
constexpr std::size_t first_wrong() {
  std::size_t pair = 0;
  while (pair < states * events &&
         next(pair / events, pair % events) == expected[pair / events][pair % events])
    ++pair;
  return pair;
}

}  // namespace

TEST_CASE("every state and every event of the server lead where they should, or nowhere") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(server_state::closed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(server_event::input_ended) + 1 == events);
  CHECK_BOTH(first_wrong() == states * events);
}

TEST_CASE("a server begins with reading a head, and nothing leaves switched and closed") {
  CHECK_BOTH(turnout::server_begins == server_state::reading_head);
  CHECK_BOTH(turnout::is_final(turnout::server_table, server_state::switched));
  CHECK_BOTH(turnout::is_final(turnout::server_table, server_state::closed));
}

// UPG-12, UPG-38 and ENG-07: no other row could let a switch happen twice or out of nothing.
TEST_CASE("the one way to switched is to accept what was offered") {
  std::size_t ways = 0;
  for (const auto& row : turnout::server_table) {
    if (row.to != server_state::switched) continue;
    ++ways;
    CHECK(row.from == server_state::deciding);
    CHECK(row.on == server_event::accept);
  }
  CHECK(ways == 1);
}

TEST_CASE("the server's table keeps the laws of tables, and they do look at it") {
  CHECK_BOTH(turnout::is_deterministic(turnout::server_table));
  CHECK_BOTH(turnout::all_reachable(turnout::server_table, turnout::server_begins));
  CHECK_BOTH(turnout::has_no_trap(turnout::server_table));
  CHECK_BOTH(!turnout::all_reachable(turnout::server_table, server_state::failed));
  CHECK_BOTH(std::size(turnout::server_table) == 17);
}

TEST_CASE("the server's states and events have the names by which they are written") {
  using enum turnout::server_state;
  CHECK_BOTH(turnout::name_of(reading_head) == "reading_head");
  CHECK_BOTH(turnout::name_of(deciding) == "deciding");
  CHECK_BOTH(turnout::name_of(ordinary) == "ordinary");
  CHECK_BOTH(turnout::name_of(answered) == "answered");
  CHECK_BOTH(turnout::name_of(switched) == "switched");
  CHECK_BOTH(turnout::name_of(failed) == "failed");
  CHECK_BOTH(turnout::name_of(closed) == "closed");
  using enum turnout::server_event;
  CHECK_BOTH(turnout::name_of(ordinary_request) == "ordinary_request");
  CHECK_BOTH(turnout::name_of(offer) == "offer");
  CHECK_BOTH(turnout::name_of(broken) == "broken");
  CHECK_BOTH(turnout::name_of(accept) == "accept");
  CHECK_BOTH(turnout::name_of(decline) == "decline");
  CHECK_BOTH(turnout::name_of(answer) == "answer");
  CHECK_BOTH(turnout::name_of(answer_and_close) == "answer_and_close");
  CHECK_BOTH(turnout::name_of(start_over) == "start_over");
  CHECK_BOTH(turnout::name_of(input_ended) == "input_ended");
}
