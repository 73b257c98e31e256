// What a span is made of, what it is not, and what it gives.
#include "turnout/core/span.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/both.hpp"

using turnout::span;

namespace {

struct base {
  int first = 0;
};
struct derived : base {
  int second = 0;
};

/// A container that counts its elements in a type of its own.
template <class Size>
struct sized {
  constexpr const int* data() const { return nullptr; }
  constexpr Size size() const { return {}; }
};

/// What a function with a span for its parameter sees.
constexpr const int* data_of(span<const int> all) { return all.data(); }
constexpr std::size_t size_of(span<const int> all) { return all.size(); }

constexpr int three[]{1, 2, 3};
constexpr std::array<int, 2> two{4, 5};

/// True if a `From` becomes a span of `T` without being asked to, as it becomes a std::span.
template <class From, class T>
constexpr bool becomes =
    std::conjunction_v<std::is_convertible<From, span<T>>, std::is_convertible<From, std::span<T>>>;

/// True if a `From` becomes neither.
template <class From, class T>
constexpr bool becomes_none = !std::disjunction_v<std::is_convertible<From, span<T>>,
                                                  std::is_convertible<From, std::span<T>>>;

constexpr bool all(std::initializer_list<bool> conditions) {
  for (const bool one : conditions)
    if (!one) return false;
  return true;
}

/// True if a container becomes a span as it should: only what may be changed gives elements that
/// may be, and what goes away with the call gives none of them.
template <class Owner, class T>
constexpr bool owns = all({becomes<Owner&, T>, becomes<Owner&, const T>,
                           becomes<const Owner&, const T>, becomes<Owner, const T>,
                           becomes_none<const Owner&, T>, becomes_none<Owner, T>,
                           becomes_none<const Owner, T>});

/// True if a view of `T`, whether const or not, becomes a span.
template <class View, class T>
constexpr bool views = all({becomes<View&, T>, becomes<const View&, T>, becomes<View, T>,
                            becomes<View, const T>});

}  // namespace

static_assert(owns<std::array<int, 3>, int>);
static_assert(owns<std::vector<int>, int>);
static_assert(owns<std::string, char>);
static_assert(owns<int[3], int>);
static_assert(views<std::span<int>, int>);
static_assert(views<std::span<int, 3>, int>);
static_assert(std::is_convertible_v<span<int>, span<const int>>);
static_assert(becomes<std::string_view, const char>);
static_assert(becomes<std::array<const int, 3>&, const int>);

// Neither const nor the type of the elements is lost on the way.
static_assert(becomes_none<std::string_view, char>);
static_assert(becomes_none<std::span<const int>, int>);
static_assert(becomes_none<span<const int>, int>);
static_assert(becomes_none<const int (&)[3], int>);
static_assert(becomes_none<std::vector<int>&, const long>);
static_assert(becomes_none<std::vector<int>&, unsigned>);
static_assert(becomes_none<std::vector<derived>&, base>);
static_assert(becomes_none<std::vector<derived>&, const base>);
static_assert(becomes_none<derived (&)[3], const base>);
static_assert(becomes_none<span<derived>, const base>);
static_assert(becomes_none<std::span<derived>, const base>);
static_assert(becomes<std::vector<int*>&, int* const>);
static_assert(becomes_none<std::vector<bool>&, bool>);

// Types without data() and size() make no span.
static_assert(becomes_none<int, const int>);
static_assert(becomes_none<int*, int>);
static_assert(becomes_none<std::nullptr_t, const int>);
static_assert(becomes_none<base&, const int>);
static_assert(!std::is_convertible_v<sized<base>, span<const int>>);
static_assert(std::is_convertible_v<sized<unsigned char>, span<const int>>);
static_assert(std::is_convertible_v<sized<int>, span<const int>>);

// It is a pointer and a number, and copies of it are copies of these.
static_assert(sizeof(span<int>) == sizeof(int*) + sizeof(std::size_t));
static_assert(std::is_trivially_copyable_v<span<int>>);
static_assert(std::is_trivially_copy_constructible_v<span<int>>);
static_assert(std::is_trivially_destructible_v<span<int>>);
static_assert(std::is_nothrow_default_constructible_v<span<int>>);
static_assert(std::is_nothrow_constructible_v<span<const int>, std::vector<int>&>);

// The ranges of the standard library, and std::span, take it for what it is.
static_assert(std::ranges::contiguous_range<span<int>>);
static_assert(std::ranges::sized_range<span<int>>);
static_assert(std::is_convertible_v<span<int>&, std::span<int>>);
static_assert(std::is_convertible_v<const span<int>&, std::span<const int>>);
static_assert(std::is_convertible_v<span<const int>, std::span<const int>>);
static_assert(!std::is_convertible_v<span<const int>&, std::span<int>>);

TEST_CASE("a default span is empty") {
  CHECK_BOTH(size_of({}) == 0);
  CHECK_BOTH(span<int>{}.empty());
  CHECK_BOTH(span<int>{}.data() == nullptr);
  CHECK_BOTH(span<int>{}.begin() == span<int>{}.end());
}

TEST_CASE("a span can be constructed from an array, a container, or a pointer and a size") {
  CHECK_BOTH(data_of(three) == three);
  CHECK_BOTH(size_of(three) == 3);
  CHECK_BOTH(data_of(two) == two.data());
  CHECK_BOTH(size_of(two) == 2);
  CHECK_BOTH(size_of(std::array<int, 0>{}) == 0);
  CHECK_BOTH(data_of({three + 1, 2}) == three + 1);
  CHECK_BOTH(size_of({three + 1, 2}) == 2);
  CHECK_BOTH(size_of({three, 0}) == 0);
  CHECK_BOTH(size_of(sized<int>{}) == 0);
  CHECK_BOTH(data_of(std::span{three}.last(1)) == three + 2);
  CHECK_BOTH(size_of(std::span{three}.last(1)) == 1);
  CHECK_BOTH(data_of(span<const int>{three}) == three);

  constexpr std::string_view text = "text";
  CHECK_BOTH(span<const char>{text}.data() == text.data());
  CHECK_BOTH(span<const char>{text}.size() == 4);

  std::vector<int> some{1, 2};
  CHECK(data_of(some) == some.data());
  CHECK(size_of(some) == 2);
  CHECK(data_of(std::as_const(some)) == some.data());
  std::string octets = "abc";
  CHECK(span<char>{octets}.data() == octets.data());
  CHECK(span<char>{octets}.size() == 3);
}

TEST_CASE("a span of mutable elements converts to one of const elements") {
  int all[]{1, 2};
  span<int> open{all};
  const span<const int> shut = open;
  CHECK(shut.data() == all);
  CHECK(shut.size() == 2);
  open[1] = 7;
  CHECK(shut[1] == 7);
}

TEST_CASE("a copied or assigned span views the same elements") {
  constexpr auto viewed = [] {
    span<const int> one{three};
    span<const int> copy{one};
    one = two;
    const bool apart = copy.data() == three && one.data() == two.data();
    copy = one;
    return apart && copy.data() == two.data() && copy.size() == 2;
  };
  CHECK_BOTH(viewed());
}

TEST_CASE("a span has the elements that it was made of") {
  constexpr auto sum = [](span<const int> all) {
    int found = 0;
    for (const int one : all) found = 10 * found + one;
    return found;
  };
  CHECK_BOTH(sum(three) == 123);
  CHECK_BOTH(sum({}) == 0);
  CHECK_BOTH(span<const int>{three}[0] == 1);
  CHECK_BOTH(span<const int>{three}[2] == 3);
  CHECK_BOTH(span<const int>{three}.front() == 1);
  CHECK_BOTH(&span<const int>{three}.front() == three);
  CHECK_BOTH(!span<const int>{three}.empty());
}

TEST_CASE("subspan() returns the end of a span") {
  for (std::size_t from = 0; from <= 3; ++from) {
    const span<const int> rest = span<const int>{three}.subspan(from);
    CHECK(rest.data() == three + from);
    CHECK(rest.size() == 3 - from);
    CHECK(rest.end() == three + 3);
  }
  CHECK_BOTH(span<const int>{}.subspan(0).empty());
}

TEST_CASE("a span converts to std::span") {
  constexpr span<const int> own{three};
  const std::span<const int> standard = own;
  CHECK(standard.data() == three);
  CHECK(standard.size() == 3);

  int all[]{1, 2};
  span<int> open{all};
  const std::span<int> writable = open;
  CHECK(writable.data() == all);
  CHECK(writable.size() == 2);
}

namespace {

using turnout::lasting_span;

constexpr lasting_span<const int> named{three};
constexpr lasting_span<const int> counted{three + 1, 2};
constexpr lasting_span<const int> viewed{std::span{two}.subspan(1)};

}  // namespace

TEST_CASE("[ENG-16] a lasting_span can be constructed from a named container or a view") {
  CHECK_BOTH(named.data() == three);
  CHECK_BOTH(named.size() == 3);
  CHECK_BOTH(counted.front() == 2);
  CHECK_BOTH(counted.size() == 2);
  CHECK_BOTH(viewed.front() == 5);
  CHECK_BOTH(lasting_span<const int>{}.empty());
  CHECK_BOTH(all({
      std::is_convertible_v<const std::vector<int>&, lasting_span<const int>>,
      std::is_convertible_v<std::vector<int>&, lasting_span<const int>>,
      std::is_convertible_v<std::vector<int>&, lasting_span<int>>,
      std::is_convertible_v<const std::array<int, 2>&, lasting_span<const int>>,
      std::is_convertible_v<const int(&)[3], lasting_span<const int>>,
      std::is_convertible_v<std::span<const int>, lasting_span<const int>>,
      std::is_convertible_v<span<const int>, lasting_span<const int>>,
      std::is_convertible_v<lasting_span<const int>, span<const int>>,
      std::is_convertible_v<lasting_span<const int>&, lasting_span<const int>>,
      std::is_trivially_copyable_v<lasting_span<const int>>,
  }));
}

TEST_CASE("[ENG-16] a lasting_span of a temporary container does not compile") {
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const int>, std::vector<int>>);
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const int>, const std::vector<int>>);
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const int>, std::array<int, 2>>);
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const char>, std::string>);
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const int>, std::vector<char>&>);
  CHECK_BOTH(!std::is_constructible_v<lasting_span<const base>, std::array<derived, 2>&>);
}
