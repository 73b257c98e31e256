// Prints the state diagrams of docs/states.md from the tables, which are the only truth.
//
//   print_states > docs/states.md
#include <fmt/core.h>

#include <cstddef>
#include <string_view>
#include <turnout/machine/client.hpp>
#include <turnout/machine/gateway.hpp>
#include <turnout/machine/laws.hpp>
#include <turnout/machine/relay.hpp>
#include <turnout/machine/server.hpp>

namespace {

template <class State, class Event, std::size_t Rows>
void print(std::string_view title, const turnout::machine::transition<State, Event> (&table)[Rows],
           State begins) {
  fmt::print("\n## {}\n\n```mermaid\nstateDiagram-v2\n", title);
  fmt::print("  [*] --> {}\n", name_of(begins));
  for (const auto& row : table)
    fmt::print("  {} --> {}: {}\n", name_of(row.from), name_of(row.to), name_of(row.on));
  for (std::size_t i = 0; i < 64; ++i) {
    const State state = static_cast<State>(i);
    const bool reached = (reachable_from(table, begins) >> i & 1) != 0;
    if (reached && is_final(table, state)) fmt::print("  {} --> [*]\n", name_of(state));
  }
  fmt::print("```\n");
}

}  // namespace

int main() {
  fmt::print(
      "# The states of a handshake\n\n"
      "Printed from the tables in `include/turnout/machine/` by `tests/rules/print_states.cpp`; a\n"
      "test compares. Any other call is refused with `errc::out_of_turn` and changes nothing.\n");
  print("Server", turnout::machine::server_table, turnout::machine::server_begins);
  print("Client", turnout::machine::client_table, turnout::machine::client_begins);
  print("Intermediary", turnout::machine::relay_table, turnout::machine::relay_begins);
  print("Gateway between HTTP versions", turnout::machine::gateway_table,
        turnout::machine::gateway_begins);
}
