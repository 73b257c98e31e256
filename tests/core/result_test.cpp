// A value or a failure, in every way that one is made.
#include "turnout/core/result.hpp"

#include <doctest/doctest.h>

#include <array>
#include <type_traits>
#include <utility>

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

constexpr result<point> filled_if(bool wanted) {
  return result<point>::filled([wanted](point& one) {
    one.x += 1;
    return wanted ? failure{} : why;
  });
}

constexpr result<void> succeed_if(bool wanted) {
  if (!wanted) return why;
  return {};
}

/// A list that holds its elements, so that a loop over one that is gone reads freed memory.
struct listed {
  std::array<int, 3> numbers{1, 2, 4};
  constexpr const int* begin() const { return numbers.data(); }
  constexpr const int* end() const { return numbers.data() + numbers.size(); }
};

constexpr result<listed> list_if(bool wanted) {
  if (!wanted) return why;
  return listed{{3, 5, 7}};
}

constexpr int sum_if(bool wanted) {
  int sum = 0;
  for (const int number : *list_if(wanted)) sum += number;
  return sum;
}

}  // namespace

TEST_CASE("a result is filled in place, and holds a default value after a failure") {
  CHECK_BOTH(*filled_if(true) == point{8, 9});
  CHECK_BOTH(filled_if(true).error() == failure{});
  CHECK_BOTH(*filled_if(false) == point{});
  CHECK_BOTH(filled_if(false).error() == why);
}

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

TEST_CASE("a range-for over the value of a temporary result is safe") {
  // A constant expression may not read what is gone.
  CHECK_BOTH(sum_if(true) == 15);
  CHECK_BOTH(sum_if(false) == 7);
  CHECK_BOTH(std::is_same_v<decltype(*std::declval<result<listed>>()), listed>);
  CHECK_BOTH(std::is_same_v<decltype(*std::declval<const result<listed>>()), listed>);
}

TEST_CASE("the value of a named result is not copied") {
  CHECK_BOTH(std::is_same_v<decltype(*std::declval<result<listed>&>()), const listed&>);
  CHECK_BOTH(std::is_same_v<decltype(*std::declval<const result<listed>&>()), const listed&>);
  const result<listed> kept = list_if(true);
  CHECK(kept->begin() == (*kept).begin());
}

TEST_CASE("a default result holds a default value") {
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

TEST_CASE("a result converts to bool only in conditions, not to a number") {
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
