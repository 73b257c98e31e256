// explain() finds the words for each code.
#include "turnout/core/explain.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

using turnout::errc;
using turnout::explain;

TEST_CASE("a code leads to its own words, wherever it stands") {
  CHECK_BOTH(explain(errc::none).code == errc::none);
  CHECK_BOTH(explain(errc::bare_cr).code == errc::bare_cr);
}

TEST_CASE("the words of a code are those in its row") {
  constexpr auto found = explain(errc::bare_cr);
  constexpr const auto& row =
      turnout::detail::explanation_table::rows[static_cast<std::size_t>(errc::bare_cr)];
  CHECK_BOTH(found.text.data() == row.text);
  CHECK_BOTH(found.text == row.text);
  CHECK_BOTH(found.section.data() == row.section);
  CHECK_BOTH(found.section == row.section);
  CHECK_BOTH(found.whose == row.whose);
  CHECK_BOTH(found.status == row.status);
}
