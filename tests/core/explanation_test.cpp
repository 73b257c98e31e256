// What an explanation says when it says nothing.
#include "turnout/core/explanation.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

TEST_CASE("the explanation of errc::none blames nobody and has no status code") {
  constexpr turnout::explanation nothing;
  CHECK_BOTH(nothing.code == turnout::errc::none);
  CHECK_BOTH(nothing.whose == turnout::fault::nobody);
  CHECK_BOTH(nothing.status == 0);
  CHECK_BOTH(nothing.text.empty());
}
