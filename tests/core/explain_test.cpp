// explain() finds the words for each code.
#include "turnout/core/explain.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <iterator>

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

TEST_CASE("status_for() and fault_of() agree with explain()") {
  constexpr auto same = [] {
    for (std::size_t i = 0; i < std::size(turnout::detail::explanation_table::rows); ++i) {
      const auto code = static_cast<turnout::errc>(i);
      const turnout::explanation whole = turnout::explain(code);
      if (turnout::rules::status_for(code) != whole.status ||
          turnout::rules::fault_of(code) != whole.whose)
        return false;
    }
    return true;
  };
  CHECK_BOTH(same());
  CHECK_BOTH(turnout::rules::status_for(turnout::errc::missing_host) == 400);
  CHECK_BOTH(turnout::rules::fault_of(turnout::errc::head_too_large) == turnout::fault::limit);
}
