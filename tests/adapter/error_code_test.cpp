// errc as a std::error_code.
#include "turnout/adapter/error_code.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <string_view>
#include <system_error>

TEST_CASE("an errc converts to std::error_code, whose message is the sentence of explain()") {
  const std::error_code code = turnout::errc::bad_upgrade;
  CHECK(code == turnout::errc::bad_upgrade);
  CHECK(code != turnout::errc::bad_connection);
  CHECK(&code.category() == &turnout::error_category());
  CHECK(std::string_view{code.category().name()} == "turnout");
  CHECK(code.message() == turnout::explain(turnout::errc::bad_upgrade).text);
  CHECK(!std::error_code{turnout::errc::none});
}

TEST_CASE("a number that is no errc has a message too") {
  for (const int number : {-1, 255, 256, 1 << 30}) {
    CAPTURE(number);
    CHECK(turnout::error_category().message(number) == "unknown error");
  }
  const auto last = turnout::errc::capsule_too_long;
  CHECK(turnout::error_category().message(static_cast<int>(last)) == turnout::explain(last).text);
  CHECK(turnout::error_category().message(static_cast<int>(last) + 1) == "unknown error");
}
