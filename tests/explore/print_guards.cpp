// Prints what docs/proof.md says of the guards: what happens where one of them is removed. It is
// compiled with the headers that guards.py writes.
#include <fmt/core.h>

#include "explore/explorations.hpp"
#include "explore/report.hpp"
#include "turnout/guards.hpp"

int main() {
  using namespace explore;
  constexpr scope may{.requests = 2, .anything = 2, .texts = 6};
  bool all = true;
  all_calls made;
  print_begin("guards");
  fmt::print("\n");
  for (const removed::one& one : removed::guards) {
    ++removed::guard;
    all = print_counterexample(one.name, one.of, one.explore(may, one.of, made)) && all;
  }
  print_end("guards");
  return all ? 0 : 1;
}
