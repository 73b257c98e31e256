// Prints docs/errors.md: what each code means, from the table of explanations.
//
//   print_errors > docs/errors.md
#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <turnout/core/errc_name.hpp>
#include <turnout/core/explain.hpp>
#include <turnout/core/explanations.hpp>

int main() {
  fmt::print(
      "# Errors\n\n"
      "Each code, its sentence from `explain()`, the rule that is broken, whose fault it is, and "
      "the\n"
      "status code that a server answers with (502 for a fault of a response). Printed from\n"
      "`explanations.hpp` and `consequence.hpp` in `include/turnout/core/` by\n"
      "`tests/rules/print_errors.cpp`; a test compares.\n\n"
      "| code | meaning | rule | fault of | status |\n|---|---|---|---|---|\n");
  for (const auto& row : turnout::detail::explanation_table::rows) {
    const turnout::explanation one = turnout::explain(row.code);
    const std::string status = one.status == 0 ? "" : fmt::format("{}", one.status);
    fmt::print("| `{}` | {} | {} | {} | {} |\n", name_of(one.code), one.text, one.section,
               name_of(one.whose), status);
  }
}
