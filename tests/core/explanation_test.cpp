// What an explanation says when it says nothing.
#include "turnout/core/explanation.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

TEST_CASE("an explanation of nothing blames nobody and asks for no answer") {
  constexpr turnout::explanation nothing;
  CHECK_BOTH(nothing.code == turnout::errc::none);
  CHECK_BOTH(nothing.whose == turnout::fault::nobody);
  CHECK_BOTH(nothing.status == 0);
  CHECK_BOTH(nothing.text.empty());
}
