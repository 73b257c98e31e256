// The client's table: every state with every event, against what is written out here.
#include "turnout/machine/client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"

namespace {

using turnout::client_event;
using turnout::client_state;
using maybe = std::optional<client_state>;

constexpr std::size_t states = 5;
constexpr std::size_t events = 5;

constexpr maybe no{};
constexpr maybe waiting{client_state::waiting};
constexpr maybe switched{client_state::switched};
constexpr maybe declined{client_state::declined};
constexpr maybe failed{client_state::failed};

// By state, then by event: request_written, interim_response, agreed, final_response, broken.
constexpr std::array<std::array<maybe, events>, states> expected{{
    {waiting, no, no, no, failed},              // asking
    {no, waiting, switched, declined, failed},  // waiting
    {no, no, no, no, no},                       // switched
    {no, no, no, no, no},                       // declined
    {no, no, no, no, no},                       // failed
}};

constexpr maybe next(std::size_t state, std::size_t event) {
  const auto from = static_cast<client_state>(state);
  const auto on = static_cast<client_event>(event);
  if (!turnout::has_row(turnout::client_table, from, on)) return no;
  return turnout::find_row(turnout::client_table, from, on)->to;
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

TEST_CASE("every state and every event of the client lead where they should, or nowhere") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(client_state::failed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(client_event::broken) + 1 == events);
  CHECK_BOTH(first_wrong() == states * events);
}

TEST_CASE("a client begins with asking, and nothing leaves switched, declined and failed") {
  CHECK_BOTH(turnout::client_begins == client_state::asking);
  CHECK_BOTH(turnout::is_final(turnout::client_table, client_state::switched));
  CHECK_BOTH(turnout::is_final(turnout::client_table, client_state::declined));
  CHECK_BOTH(turnout::is_final(turnout::client_table, client_state::failed));
  CHECK_BOTH(!turnout::is_final(turnout::client_table, client_state::asking));
  CHECK_BOTH(!turnout::is_final(turnout::client_table, client_state::waiting));
}

// OPT-01: the new protocol begins after the answer and never before.
TEST_CASE("the one way to switched is an answer that agrees, after the request was written") {
  std::size_t ways = 0;
  for (const auto& row : turnout::client_table) {
    if (row.to != client_state::switched) continue;
    ++ways;
    CHECK(row.from == client_state::waiting);
    CHECK(row.on == client_event::agreed);
  }
  CHECK(ways == 1);
}

// UPG-36 and MSG-76.
TEST_CASE("any number of interim responses leaves a client waiting") {
  constexpr auto row = turnout::find_row(turnout::client_table, client_state::waiting,
                                         client_event::interim_response);
  CHECK_BOTH(row->to == row->from);
}

TEST_CASE("the client's table keeps the laws of tables, and they do look at it") {
  CHECK_BOTH(turnout::is_deterministic(turnout::client_table));
  CHECK_BOTH(turnout::all_reachable(turnout::client_table, turnout::client_begins));
  CHECK_BOTH(turnout::has_no_trap(turnout::client_table));
  CHECK_BOTH(!turnout::all_reachable(turnout::client_table, client_state::waiting));
  CHECK_BOTH(std::size(turnout::client_table) == 6);
}

TEST_CASE("the client's states and events have the names by which they are written") {
  using enum turnout::client_state;
  CHECK_BOTH(turnout::name_of(asking) == "asking");
  CHECK_BOTH(turnout::name_of(waiting) == "waiting");
  CHECK_BOTH(turnout::name_of(switched) == "switched");
  CHECK_BOTH(turnout::name_of(declined) == "declined");
  CHECK_BOTH(turnout::name_of(failed) == "failed");
  using enum turnout::client_event;
  CHECK_BOTH(turnout::name_of(request_written) == "request_written");
  CHECK_BOTH(turnout::name_of(interim_response) == "interim_response");
  CHECK_BOTH(turnout::name_of(agreed) == "agreed");
  CHECK_BOTH(turnout::name_of(final_response) == "final_response");
  CHECK_BOTH(turnout::name_of(broken) == "broken");
}
