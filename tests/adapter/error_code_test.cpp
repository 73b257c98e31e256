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
