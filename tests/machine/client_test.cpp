// The client's table: every state with every event, against what is written out here.
#include "turnout/machine/client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "support/both.hpp"
#include "support/tables.hpp"
#include "turnout/machine/laws.hpp"

namespace {

using turnout::client_state;
using turnout::machine::client_event;
using maybe = std::optional<client_state>;

constexpr std::size_t states = 8;
constexpr std::size_t events = 10;

constexpr maybe no{};
constexpr maybe asking{client_state::asking};
constexpr maybe expecting{client_state::expecting};
constexpr maybe sending{client_state::sending};
constexpr maybe waiting{client_state::waiting};
constexpr maybe agreed{client_state::agreed};
constexpr maybe switched{client_state::switched};
constexpr maybe declined{client_state::declined};
constexpr maybe failed{client_state::failed};

// By state, then by event: request_written, head_written, expect_written; continue_sending,
// content_sent; interim_response, agreement, final_response, broken; start_over.
// clang-format off
constexpr std::array<std::array<maybe, events>, states> expected{{
    {waiting, sending, expecting, no, no, no, no, no, failed, no},             // asking
    {no, no, no, sending, no, expecting, agreed, declined, failed, no},        // expecting
    {no, no, no, no, waiting, sending, agreed, declined, failed, no},          // sending
    {no, no, no, no, no, waiting, switched, declined, failed, no},             // waiting
    {no, no, no, no, switched, no, no, no, failed, no},                        // agreed
    {no, no, no, no, no, no, no, no, no, no},                                  // switched
    {no, no, no, no, no, no, no, no, failed, asking},                          // declined
    {no, no, no, no, no, no, no, no, no, no},                                  // failed
}};
// clang-format on

}  // namespace

TEST_CASE("every state and event of the client lead to the expected state, or to none") {
  // The last of each says that none was added without a place in the table above.
  CHECK_BOTH(static_cast<std::size_t>(client_state::failed) + 1 == states);
  CHECK_BOTH(static_cast<std::size_t>(client_event::start_over) + 1 == events);
  CHECK_BOTH(tables::first_wrong(turnout::machine::client_rows, expected) == states * events);
}

TEST_CASE("a client begins in asking, and nothing leaves switched and failed") {
  CHECK_BOTH(turnout::machine::client_begins == client_state::asking);
  CHECK_BOTH(turnout::machine::is_final(turnout::machine::client_table, client_state::switched));
  CHECK_BOTH(turnout::machine::is_final(turnout::machine::client_table, client_state::failed));
  CHECK_BOTH(!turnout::machine::is_final(turnout::machine::client_table, client_state::asking));
  CHECK_BOTH(!turnout::machine::is_final(turnout::machine::client_table, client_state::waiting));
}

// OPT-01 and UPG-26: the new protocol begins after the answer and after the content, never before.
TEST_CASE("only a matching response, and the end of content after one, lead to switched") {
  for (const auto& row : turnout::machine::client_table) {
    if (row.to == client_state::agreed) CHECK(row.on == client_event::agreement);
    if (row.to != client_state::switched) continue;
    const bool whole = row.from == client_state::waiting && row.on == client_event::agreement;
    const bool late = row.from == client_state::agreed && row.on == client_event::content_sent;
    CHECK((whole || late));
  }
}

// UPG-36 and MSG-76.
TEST_CASE("any number of interim responses leaves a client waiting") {
  CHECK_BOTH(turnout::machine::client_rows.to(
                 client_state::waiting, client_event::interim_response) == client_state::waiting);
}

TEST_CASE("the client's table obeys the laws of tables, which can fail") {
  CHECK_BOTH(turnout::machine::is_deterministic(turnout::machine::client_table));
  CHECK_BOTH(turnout::machine::all_reachable(turnout::machine::client_table,
                                             turnout::machine::client_begins));
  CHECK_BOTH(turnout::machine::has_no_trap(turnout::machine::client_table));
  CHECK_BOTH(turnout::machine::all_reachable(turnout::machine::client_table,
                                             client_state::declined));  // it may start over
  CHECK_BOTH(
      !turnout::machine::all_reachable(turnout::machine::client_table, client_state::agreed));
  CHECK_BOTH(std::size(turnout::machine::client_table) == 22);
}

TEST_CASE("the client's states and events have names") {
  CHECK_BOTH(turnout::name_of(client_state::asking) == "asking");
  CHECK_BOTH(turnout::name_of(client_state::expecting) == "expecting");
  CHECK_BOTH(turnout::name_of(client_state::sending) == "sending");
  CHECK_BOTH(turnout::name_of(client_state::waiting) == "waiting");
  CHECK_BOTH(turnout::name_of(client_state::agreed) == "agreed");
  CHECK_BOTH(turnout::name_of(client_state::switched) == "switched");
  CHECK_BOTH(turnout::name_of(client_state::declined) == "declined");
  CHECK_BOTH(turnout::name_of(client_state::failed) == "failed");
  CHECK_BOTH(turnout::name_of(client_event::request_written) == "request_written");
  CHECK_BOTH(turnout::name_of(client_event::head_written) == "head_written");
  CHECK_BOTH(turnout::name_of(client_event::expect_written) == "expect_written");
  CHECK_BOTH(turnout::name_of(client_event::continue_sending) == "continue_sending");
  CHECK_BOTH(turnout::name_of(client_event::content_sent) == "content_sent");
  CHECK_BOTH(turnout::name_of(client_event::start_over) == "start_over");
  CHECK_BOTH(turnout::name_of(client_event::interim_response) == "interim_response");
  CHECK_BOTH(turnout::name_of(client_event::agreement) == "agreement");
  CHECK_BOTH(turnout::name_of(client_event::final_response) == "final_response");
  CHECK_BOTH(turnout::name_of(client_event::broken) == "broken");
}
