// What doctest prints.
#include "turnout/adapter/doctest.hpp"

#include <doctest/doctest.h>

TEST_CASE("a failing CHECK shows names, failures and results") {
  using doctest::toString, turnout::toString;
  CHECK(toString(turnout::errc::bad_upgrade) == "bad_upgrade");
  CHECK(toString(turnout::server_state::deciding) == "deciding");
  CHECK(toString(turnout::failure{}) == "none: nothing is wrong");
  CHECK(toString(turnout::result<int>{7}) == "7");
  CHECK(toString(turnout::result<int>{turnout::failure{turnout::errc::no_space, 9}}) ==
        "no_space, size needed 9: the output does not fit into the buffer");
  CHECK(toString(turnout::result<void>{}) == "success");
}
