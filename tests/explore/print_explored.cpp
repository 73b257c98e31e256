// Prints what docs/proof.md says of the explorations: how far they went, which rows of the tables
// they did not take, and what happens where a program does not do its duty.
#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "explore/explorations.hpp"
#include "explore/report.hpp"

namespace {

using namespace explore;

bool print_table(all_calls& made) {
  std::size_t states = 0;
  std::size_t steps = 0;
  bool sound = true;
  print_begin("explored");
  fmt::print("\n| Chain | What may happen | States | Steps |\n|---|---|---:|---:|\n");
  for (const exploration& one : explorations) {
    const outcome found = one.explore(one.may, {}, made);
    states += found.states;
    steps += found.steps;
    fmt::print("| {} | {} | {} | {} |\n", one.who, one.what, grouped(found.states),
               grouped(found.steps));
    if (!found.broken) continue;
    sound = false;
    print_counterexample(one.what, found.broken->of, found);
  }
  fmt::print("| all | | {} | {} |\n\n", grouped(states), grouped(steps));
  print_end("explored");
  return sound;
}

/// Prints the rows of a table that no call took by itself, as part of a list.
template <class Row, std::size_t Size>
void print_rows(std::string_view who, const Row (&table)[Size], const calls& made) {
  for (const Row& row : table) {
    const std::array both{static_cast<std::size_t>(row.from), static_cast<std::size_t>(row.to)};
    if (made.count(both) == 0)
      fmt::print("- {}: from `{}` to `{}` by `{}`\n", who, name_of(row.from), name_of(row.to),
                 name_of(row.on));
  }
}

}  // namespace

int main() {
  all_calls made;
  bool sound = print_table(made);
  print_begin("rows");
  fmt::print("\n");
  print_rows("client", machine::client_table, made["client"]);
  print_rows("relay", machine::relay_table, made["relay"]);
  print_rows("server", machine::server_table, made["server"]);
  calls both = made["gateway up"];
  both.insert(made["gateway down"].begin(), made["gateway down"].end());
  print_rows("gateway", machine::gateway_table, both);
  fmt::print("\n");
  print_end("rows");
  print_begin("duties");
  fmt::print("\n");
  for (const duty& one : duties)
    sound = print_counterexample(one.name, one.of, one.explore(one.without, one.of, made)) && sound;
  print_end("duties");
  return sound ? 0 : 1;
}
