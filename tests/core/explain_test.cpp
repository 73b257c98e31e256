// explain() finds the words for each code.
#include "turnout/core/explain.hpp"

#include <doctest/doctest.h>

#include <cstddef>

#include "support/both.hpp"

using turnout::errc;
using turnout::explain;

TEST_CASE("explain() finds the row of every code") {
  CHECK_BOTH(explain(errc::none).code == errc::none);
  CHECK_BOTH(explain(errc::bare_cr).code == errc::bare_cr);
}

TEST_CASE("explain() returns the texts of the code's row") {
  constexpr auto found = explain(errc::bare_cr);
  constexpr const auto& row =
      turnout::detail::explanation_table::rows[static_cast<std::size_t>(errc::bare_cr)];
  CHECK_BOTH(found.text == row.text);
  CHECK_BOTH(found.section == row.section);
}
