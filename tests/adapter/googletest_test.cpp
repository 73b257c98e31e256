// What GoogleTest prints.
#include "turnout/adapter/googletest.hpp"

#include <doctest/doctest.h>

#include <sstream>

TEST_CASE("GoogleTest prints names and failures") {
  std::ostringstream to;
  PrintTo(turnout::client_need::retry, &to);
  to << "; ";
  PrintTo(turnout::failure{turnout::errc::missing_host, 18}, &to);
  CHECK(to.str() ==
        "retry; missing_host at octet 18: Host is missing: HTTP/1.1 needs it (RFC 9112 section "
        "3.2)");
}
