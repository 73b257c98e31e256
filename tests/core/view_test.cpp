// Parts of a view, up to its ends.
#include "turnout/core/view.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

#include "support/both.hpp"

using turnout::detail::before;
using turnout::detail::front_of;
using turnout::detail::part_of;
using turnout::detail::rest_of;

TEST_CASE("parts of a view are the same as those of substr()") {
  constexpr std::string_view octets = "abc";
  for (std::size_t from = 0; from <= octets.size(); ++from) {
    CHECK(front_of(octets, from) == octets.substr(0, from));
    CHECK(rest_of(octets, from) == octets.substr(from));
    CHECK(rest_of(octets, from).data() == octets.data() + from);
    for (std::size_t to = from; to <= octets.size(); ++to) {
      CHECK(part_of(octets, from, to) == octets.substr(from, to - from));
      CHECK(part_of(octets, from, to).data() == octets.data() + from);
    }
  }
  CHECK_BOTH(front_of({}, 0).empty());
  CHECK_BOTH(rest_of({}, 0).empty());
  CHECK_BOTH(part_of("abcd", 1, 3) == "bc");
}

TEST_CASE("before an octet are those up to the first one, or all") {
  CHECK_BOTH(before("a.b.c", '.') == "a");
  CHECK_BOTH(before(".a", '.').empty());
  CHECK_BOTH(before("a.", '.') == "a");
  CHECK_BOTH(before("abc", '.') == "abc");
  CHECK_BOTH(before({}, '.').empty());
}
