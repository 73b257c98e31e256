// Whether a call can throw.
#include "turnout/core/nothrow.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

TEST_CASE("a noexcept call never throws") {
  using turnout::detail::never_throws;
  const auto throws = [](int) {};
  const auto does_not = [](int) noexcept {};
  CHECK_BOTH(!never_throws<decltype(throws)&, int>);
  CHECK_BOTH(never_throws<decltype(does_not)&, int>);
  const auto by_argument = [](auto& one) noexcept(noexcept(one())) {};
  CHECK_BOTH(!never_throws<decltype(by_argument)&, void (&)()>);
  CHECK_BOTH(never_throws<decltype(by_argument)&, void (&)() noexcept>);
}
