// The server's table: every state with every event, against what is written out here.
#include "turnout/machine/server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"
#include "support/tables.hpp"
#include "turnout/machine/laws.hpp"

namespace {

using turnout::server_state;
using turnout::machine::server_event;
using maybe = std::optional<server_state>;

constexpr std::size_t states = 9;
constexpr std::size_t events = 13;

constexpr maybe no{};
constexpr maybe head{server_state::reading_head};
constexpr maybe deciding{server_state::deciding};
constexpr maybe tunnel{server_state::deciding_tunnel};
constexpr maybe ordinary{server_state::ordinary};
constexpr maybe answered{server_state::answered};
constexpr maybe accepted{server_state::accepted};
constexpr maybe switched{server_state::switched};
constexpr maybe failed{server_state::failed};
constexpr maybe closed{server_state::closed};

// By state, then by event: ordinary_request, offer, connect_request, broken; accept, accept_early,
// content_ended, open_tunnel; decline, answer, answer_and_close, start_over, input_ended.
// clang-format off
constexpr std::array<std::array<maybe, events>, states> expected{{
    // reading_head
    {ordinary, deciding, tunnel, failed, no, no, no, no, no, no, no, no, closed},
    // deciding
    {no, no, no, failed, switched, accepted, no, no, ordinary, answered, closed, no, closed},
    // deciding_tunnel
    {no, no, no, no, no, no, no, switched, no, no, closed, no, closed},
    // ordinary
    {no, no, no, failed, no, no, no, no, no, answered, closed, head, closed},
    // answered
    {no, no, no, closed, no, no, no, no, no, no, no, head, closed},
    // accepted
    {no, no, no, closed, no, no, switched, no, no, no, no, no, no},
    // switched
    {no, no, no, no, no, no, no, no, no, no, no, no, no},
    // failed
    {no, no, no, no, no, no, no, no, no, no, closed, no, closed},
    // closed
    {no, no, no, no, no, no, no, no, no, no, no, no, no},
}};
// clang-format on

/// True if `state` is entered by one event alone, from one other state.
constexpr bool one_way(server_state from, server_event on, server_state state) {
  std::size_t ways = 0;
  for (const auto& row : turnout::machine::server_table) ways += row.to == state;
  return ways == 1 && turnout::machine::server_rows.has(from, on);
}

}  // namespace

TEST_CASE("every state and event of the server lead to the expected state, or to none") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(server_state::closed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(server_event::input_ended) + 1 == events);
  CHECK_BOTH(tables::first_wrong(turnout::machine::server_rows, expected) == states * events);
}

TEST_CASE("a server begins in reading_head, and nothing leaves switched and closed") {
  CHECK_BOTH(turnout::machine::server_begins == server_state::reading_head);
  CHECK_BOTH(turnout::machine::is_final(turnout::machine::server_table, server_state::switched));
  CHECK_BOTH(turnout::machine::is_final(turnout::machine::server_table, server_state::closed));
}

// UPG-12, UPG-27, UPG-38 and ENG-07: nothing lets a switch happen twice, out of nothing, or before
// the content has ended.
TEST_CASE("only accepting the request, and the end of content after it, lead to switched") {
  std::size_t ways = 0;
  for (const auto& row : turnout::machine::server_table) ways += row.to == server_state::switched;
  using enum server_state;
  CHECK(ways == 3);
  CHECK_BOTH(one_way(reading_head, server_event::offer, deciding));
  CHECK_BOTH(one_way(reading_head, server_event::connect_request, deciding_tunnel));
  CHECK_BOTH(one_way(deciding, server_event::accept_early, accepted));
}

// OPT-07: after a CONNECT that is refused, nothing is read.
TEST_CASE("[OPT-07] a CONNECT is answered with a tunnel, or the connection ends") {
  for (const auto& row : turnout::machine::server_table) {
    if (row.from != server_state::deciding_tunnel) continue;
    CHECK((row.to == server_state::switched || row.to == server_state::closed));
  }
}

TEST_CASE("the server's table obeys the laws of tables, which can fail") {
  CHECK_BOTH(turnout::machine::is_deterministic(turnout::machine::server_table));
  CHECK_BOTH(turnout::machine::all_reachable(turnout::machine::server_table,
                                             turnout::machine::server_begins));
  CHECK_BOTH(turnout::machine::has_no_trap(turnout::machine::server_table));
  CHECK_BOTH(
      !turnout::machine::all_reachable(turnout::machine::server_table, server_state::failed));
  CHECK_BOTH(std::size(turnout::machine::server_table) == 27);
}

TEST_CASE("the server's states and events have names") {
  using enum turnout::server_state;
  CHECK_BOTH(turnout::name_of(reading_head) == "reading_head");
  CHECK_BOTH(turnout::name_of(deciding) == "deciding");
  CHECK_BOTH(turnout::name_of(deciding_tunnel) == "deciding_tunnel");
  CHECK_BOTH(turnout::name_of(ordinary) == "ordinary");
  CHECK_BOTH(turnout::name_of(answered) == "answered");
  CHECK_BOTH(turnout::name_of(accepted) == "accepted");
  CHECK_BOTH(turnout::name_of(switched) == "switched");
  CHECK_BOTH(turnout::name_of(failed) == "failed");
  CHECK_BOTH(turnout::name_of(closed) == "closed");
  using enum turnout::machine::server_event;
  CHECK_BOTH(turnout::name_of(ordinary_request) == "ordinary_request");
  CHECK_BOTH(turnout::name_of(offer) == "offer");
  CHECK_BOTH(turnout::name_of(connect_request) == "connect_request");
  CHECK_BOTH(turnout::name_of(broken) == "broken");
  CHECK_BOTH(turnout::name_of(accept) == "accept");
  CHECK_BOTH(turnout::name_of(accept_early) == "accept_early");
  CHECK_BOTH(turnout::name_of(content_ended) == "content_ended");
  CHECK_BOTH(turnout::name_of(open_tunnel) == "open_tunnel");
  CHECK_BOTH(turnout::name_of(decline) == "decline");
  CHECK_BOTH(turnout::name_of(answer) == "answer");
  CHECK_BOTH(turnout::name_of(answer_and_close) == "answer_and_close");
  CHECK_BOTH(turnout::name_of(start_over) == "start_over");
  CHECK_BOTH(turnout::name_of(input_ended) == "input_ended");
}

TEST_CASE("each state and event of a server has its name") {
  CHECK_BOTH(name_of(turnout::machine::server_state::reading_head) == "reading_head");
  CHECK_BOTH(name_of(turnout::machine::server_state::deciding) == "deciding");
  CHECK_BOTH(name_of(turnout::machine::server_state::deciding_tunnel) == "deciding_tunnel");
  CHECK_BOTH(name_of(turnout::machine::server_state::ordinary) == "ordinary");
  CHECK_BOTH(name_of(turnout::machine::server_state::answered) == "answered");
  CHECK_BOTH(name_of(turnout::machine::server_state::accepted) == "accepted");
  CHECK_BOTH(name_of(turnout::machine::server_state::switched) == "switched");
  CHECK_BOTH(name_of(turnout::machine::server_state::failed) == "failed");
  CHECK_BOTH(name_of(turnout::machine::server_state::closed) == "closed");
  CHECK_BOTH(name_of(turnout::machine::server_event::ordinary_request) == "ordinary_request");
  CHECK_BOTH(name_of(turnout::machine::server_event::offer) == "offer");
  CHECK_BOTH(name_of(turnout::machine::server_event::connect_request) == "connect_request");
  CHECK_BOTH(name_of(turnout::machine::server_event::broken) == "broken");
  CHECK_BOTH(name_of(turnout::machine::server_event::accept) == "accept");
  CHECK_BOTH(name_of(turnout::machine::server_event::accept_early) == "accept_early");
  CHECK_BOTH(name_of(turnout::machine::server_event::content_ended) == "content_ended");
  CHECK_BOTH(name_of(turnout::machine::server_event::open_tunnel) == "open_tunnel");
  CHECK_BOTH(name_of(turnout::machine::server_event::decline) == "decline");
  CHECK_BOTH(name_of(turnout::machine::server_event::answer) == "answer");
  CHECK_BOTH(name_of(turnout::machine::server_event::answer_and_close) == "answer_and_close");
  CHECK_BOTH(name_of(turnout::machine::server_event::start_over) == "start_over");
  CHECK_BOTH(name_of(turnout::machine::server_event::input_ended) == "input_ended");
}
