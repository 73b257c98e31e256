// Codes and failures as values; what the codes mean is in explain_test.cpp.
#include "turnout/core/errc.hpp"

#include <doctest/doctest.h>

#include <type_traits>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;

TEST_CASE("a default failure is false") {
  CHECK_BOTH(failure{}.code == errc::none);
  CHECK_BOTH(failure{}.at == 0);
  CHECK_BOTH(errc{} == errc::none);
}

TEST_CASE("failures are equal if code and offset are equal") {
  CHECK_BOTH(failure{errc::bad_token, 3} == failure{errc::bad_token, 3});
  CHECK_BOTH(failure{errc::bad_token, 3} != failure{errc::bad_token, 4});
  CHECK_BOTH(failure{errc::bad_token, 3} != failure{errc::bad_list, 3});
}

TEST_CASE("a code is one octet, and a failure is cheap to copy") {
  CHECK_BOTH(sizeof(errc) == 1);
  CHECK_BOTH(std::is_trivially_copyable_v<failure>);
  CHECK_BOTH(sizeof(failure) <= 2 * sizeof(failure::at));
}
