// The gateway's table: every state with every event, against what is written out here.
#include "turnout/machine/gateway.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"
#include "support/tables.hpp"
#include "turnout/machine/laws.hpp"

namespace {

using turnout::machine::gateway_event;
using turnout::machine::gateway_state;
using turnout::machine::gateway_table;
using maybe = std::optional<gateway_state>;

constexpr std::size_t states = 9;
constexpr std::size_t events = 11;

constexpr maybe no{};
constexpr maybe reading{gateway_state::reading_request};
constexpr maybe deciding{gateway_state::deciding};
constexpr maybe waiting{gateway_state::waiting};
constexpr maybe open{gateway_state::open};
constexpr maybe client_ended{gateway_state::client_ended};
constexpr maybe server_ended{gateway_state::server_ended};
constexpr maybe responding{gateway_state::responding};
constexpr maybe answered{gateway_state::answered};
constexpr maybe closed{gateway_state::closed};

// By state, then by event: request, forward, answer; interim_response, agreement, final_response,
// response_ended; client_ended, server_ended; start_over, reset.
// clang-format off
constexpr std::array<std::array<maybe, events>, states> expected{{
    {deciding, no, no, no, no, no, no, no, no, no, closed},                          // reading
    {no, waiting, answered, no, no, no, no, no, no, no, closed},                     // deciding
    {no, no, answered, waiting, open, responding, no, no, no, no, closed},           // waiting
    {no, no, no, no, no, no, no, client_ended, server_ended, no, closed},            // open
    {no, no, no, no, no, no, no, no, closed, no, closed},                            // client_ended
    {no, no, no, no, no, no, no, closed, no, no, closed},                            // server_ended
    {no, no, no, no, no, no, answered, no, no, no, closed},                          // responding
    {no, no, no, no, no, no, no, no, no, reading, closed},                           // answered
    {no, no, no, no, no, no, no, no, no, no, no},                                    // closed
}};
// clang-format on

}  // namespace

TEST_CASE("every state and every event of a gateway lead where they should, or nowhere") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(gateway_state::closed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(gateway_event::reset) + 1 == events);
  CHECK_BOTH(tables::first_wrong(turnout::machine::gateway_rows, expected) == states * events);
}

TEST_CASE("[XC-21] only an agreement, after a request that was forwarded, opens the tunnel") {
  for (const auto& row : gateway_table) {
    if (row.to == gateway_state::open) {
      CHECK(row.from == gateway_state::waiting);
      CHECK(row.on == gateway_event::agreement);
    }
    if (row.to == gateway_state::client_ended || row.to == gateway_state::server_ended)
      CHECK(row.from == gateway_state::open);
    if (row.to == gateway_state::waiting && row.from != gateway_state::waiting)
      CHECK(row.on == gateway_event::forward);
  }
}

TEST_CASE("[XC-15] a reset ends every state but the last one, and each side ends once") {
  std::size_t resets = 0;
  for (const auto& row : gateway_table) {
    if (row.on != gateway_event::reset) continue;
    CHECK(row.to == gateway_state::closed);
    ++resets;
  }
  CHECK(resets == states - 1);
  CHECK_BOTH(turnout::machine::is_final(gateway_table, gateway_state::closed));
  CHECK_BOTH(!turnout::machine::is_final(gateway_table, gateway_state::answered));
}

TEST_CASE("the gateway's table keeps the laws of tables, and they do look at it") {
  CHECK_BOTH(turnout::machine::gateway_begins == gateway_state::reading_request);
  CHECK_BOTH(turnout::machine::is_deterministic(gateway_table));
  CHECK_BOTH(turnout::machine::all_reachable(gateway_table, turnout::machine::gateway_begins));
  CHECK_BOTH(turnout::machine::has_no_trap(gateway_table));
  CHECK_BOTH(!turnout::machine::all_reachable(gateway_table, gateway_state::open));
  CHECK_BOTH(std::size(gateway_table) == 21);
}

TEST_CASE("a gateway's states and events have the names by which they are written") {
  using turnout::machine::name_of;
  CHECK_BOTH(name_of(gateway_state::reading_request) == "reading_request");
  CHECK_BOTH(name_of(gateway_state::deciding) == "deciding");
  CHECK_BOTH(name_of(gateway_state::waiting) == "waiting");
  CHECK_BOTH(name_of(gateway_state::open) == "open");
  CHECK_BOTH(name_of(gateway_state::client_ended) == "client_ended");
  CHECK_BOTH(name_of(gateway_state::server_ended) == "server_ended");
  CHECK_BOTH(name_of(gateway_state::responding) == "responding");
  CHECK_BOTH(name_of(gateway_state::answered) == "answered");
  CHECK_BOTH(name_of(gateway_state::closed) == "closed");
  CHECK_BOTH(name_of(gateway_event::request) == "request");
  CHECK_BOTH(name_of(gateway_event::forward) == "forward");
  CHECK_BOTH(name_of(gateway_event::answer) == "answer");
  CHECK_BOTH(name_of(gateway_event::interim_response) == "interim_response");
  CHECK_BOTH(name_of(gateway_event::agreement) == "agreement");
  CHECK_BOTH(name_of(gateway_event::final_response) == "final_response");
  CHECK_BOTH(name_of(gateway_event::response_ended) == "response_ended");
  CHECK_BOTH(name_of(gateway_event::client_ended) == "client_ended");
  CHECK_BOTH(name_of(gateway_event::server_ended) == "server_ended");
  CHECK_BOTH(name_of(gateway_event::start_over) == "start_over");
  CHECK_BOTH(name_of(gateway_event::reset) == "reset");
}
