// A value or a failure, in every way that one is made.
#include "turnout/core/result.hpp"

#include <doctest/doctest.h>

#include <type_traits>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::result;

namespace {

struct point {
  int x = 7;
  int y = 9;
  friend constexpr bool operator==(const point&, const point&) = default;
};

constexpr failure why{errc::bad_token, 5};

constexpr result<point> origin_if(bool wanted) {
  if (!wanted) return why;
  return point{0, 0};
}

constexpr result<void> succeed_if(bool wanted) {
  if (!wanted) return why;
  return {};
}

}  // namespace

TEST_CASE("a result with a value gives the value and no failure") {
  CHECK_BOTH(static_cast<bool>(origin_if(true)));
  CHECK_BOTH(*origin_if(true) == point{0, 0});
  CHECK_BOTH(origin_if(true)->y == 0);
  CHECK_BOTH(origin_if(true).error() == failure{});
}

TEST_CASE("a result with a failure gives the failure and a default value") {
  CHECK_BOTH(!origin_if(false));
  CHECK_BOTH(origin_if(false).error() == why);
  CHECK_BOTH(*origin_if(false) == point{});
  CHECK_BOTH(origin_if(false)->x == 7);
}

TEST_CASE("a result made of nothing holds a default value") {
  CHECK_BOTH(static_cast<bool>(result<point>{}));
  CHECK_BOTH(*result<point>{} == point{});
  CHECK_BOTH(*result<int>{} == 0);
}

TEST_CASE("results are equal if both have the same value, or the same failure") {
  CHECK_BOTH(result<int>{1} == result<int>{1});
  CHECK_BOTH(result<int>{1} != result<int>{2});
  CHECK_BOTH(result<int>{why} == result<int>{why});
  CHECK_BOTH(result<int>{why} != result<int>{failure{errc::bad_token, 6}});
  CHECK_BOTH(result<int>{why} != result<int>{failure{errc::bad_list, 5}});
  CHECK_BOTH(result<int>{} != result<int>{why});  // the default value of both is 0
}

TEST_CASE("a result without a value is success or a failure") {
  CHECK_BOTH(static_cast<bool>(succeed_if(true)));
  CHECK_BOTH(succeed_if(true).error() == failure{});
  CHECK_BOTH(!succeed_if(false));
  CHECK_BOTH(succeed_if(false).error() == why);
  CHECK_BOTH(succeed_if(true) == result<void>{});
  CHECK_BOTH(succeed_if(false) == result<void>{why});
  CHECK_BOTH(succeed_if(true) != succeed_if(false));
}

TEST_CASE("a result turns into a condition only, not into a number") {
  CHECK_BOTH(std::is_constructible_v<bool, result<int>>);
  CHECK_BOTH(!std::is_convertible_v<result<int>, bool>);
  CHECK_BOTH(!std::is_convertible_v<result<int>, int>);
  CHECK_BOTH(!std::is_convertible_v<result<void>, bool>);
}

TEST_CASE("a result is copied like its octets and never throws") {
  CHECK_BOTH(std::is_trivially_copyable_v<result<point>>);
  CHECK_BOTH(std::is_trivially_copyable_v<result<void>>);
  CHECK_BOTH(std::is_nothrow_constructible_v<result<point>, const point&>);
  CHECK_BOTH(std::is_nothrow_constructible_v<result<point>, failure>);
  CHECK_BOTH(std::is_nothrow_constructible_v<result<void>, failure>);
}
