// What fmt prints.
#include "turnout/adapter/fmt.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

TEST_CASE("fmt prints names and failures with the options of a text") {
  CHECK(fmt::format("{}", turnout::errc::bad_upgrade) == "bad_upgrade");
  CHECK(fmt::format("{:>10}", turnout::method::get) == "       GET");
  CHECK(fmt::format("{}", turnout::server_need::decision) == "decision");
  CHECK(fmt::format("{}", turnout::failure{turnout::errc::upgrade_not_nominated, 38}) ==
        "upgrade_not_nominated at octet 38: Connection does not list the option upgrade (RFC 9110 "
        "section 7.6.1)");
}
