// What compilers spell differently: the same elements are picked whatever it is called.
#include "turnout/kernel/compiler.hpp"

#include <doctest/doctest.h>

#include <cstdint>

namespace {

TURNOUT_INLINE constexpr int part_of_its_caller(int of) { return of + 1; }

template <class Number>
TURNOUT_NOINLINE constexpr Number function_of_its_own(Number of) {
  return part_of_its_caller(of) + 1;
}

}  // namespace

TEST_CASE("functions behave the same, inlined or not") {
  static_assert(function_of_its_own(1) == 3);
  CHECK(function_of_its_own(1) == 3);
}

#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))

using turnout::detail::shuffle;

TEST_CASE("elements are picked by number, where those of the second vector follow the first") {
  using words [[gnu::vector_size(16)]] = std::uint32_t;
  constexpr words one{10, 11, 12, 13};
  constexpr words other{14, 15, 16, 17};
  const words picked = shuffle<7, 0, 4, 3>(one, other);
  CHECK(picked[0] == 17);
  CHECK(picked[1] == 10);
  CHECK(picked[2] == 14);
  CHECK(picked[3] == 13);
}

TEST_CASE("an unspecified element does not affect the others") {
  using octets [[gnu::vector_size(16)]] = char;
  constexpr octets one{'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h',
                       'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p'};
  constexpr octets other{'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H',
                         'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P'};
  const octets picked = shuffle<31, -1, 0, 16, 15, -1, 1, 2, 3, 4, 5, 6, 7, 30, 29, 28>(one, other);
  CHECK(picked[0] == 'P');
  CHECK(picked[2] == 'a');
  CHECK(picked[3] == 'A');
  CHECK(picked[4] == 'p');
  CHECK(picked[6] == 'b');
  CHECK(picked[15] == 'M');
}

#endif
