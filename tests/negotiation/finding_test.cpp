// What a rule finds.
#include "turnout/negotiation/finding.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

using turnout::errc;
using turnout::field_name;
using turnout::finding;
using turnout::detail::found_in;

TEST_CASE("a finding is true if something was found") {
  CHECK_BOTH(!finding{});
  CHECK_BOTH(finding{}.field == field_name::other);
  CHECK_BOTH(!finding{{errc::none, 7}, field_name::host});
  CHECK_BOTH(finding{{errc::bad_host, 0}, field_name::host});
  CHECK_BOTH(finding{{errc::method_not_allowed, 0}, field_name::other});
  CHECK_BOTH(finding{{errc::bad_host, 1}, field_name::host} ==
             finding{{errc::bad_host, 1}, field_name::host});
  CHECK_BOTH(finding{{errc::bad_host, 1}, field_name::host} != finding{{errc::bad_host, 1}, {}});
  CHECK_BOTH(finding{{errc::bad_host, 1}, field_name::host} !=
             finding{{errc::bad_host, 2}, field_name::host});
}

TEST_CASE("[WS-40] a finding in a field has a reason and a place in its value") {
  CHECK_BOTH(found_in(field_name::upgrade, errc::bad_upgrade).why.at == 0);
  CHECK_BOTH(found_in(field_name::upgrade, errc::bad_upgrade, 3) ==
             finding{{errc::bad_upgrade, 3}, field_name::upgrade});
  CHECK_BOTH(found_in(field_name::upgrade, {errc::bad_upgrade, 3}) ==
             found_in(field_name::upgrade, errc::bad_upgrade, 3));
}
