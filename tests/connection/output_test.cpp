// What was written into a buffer, as octets to send.
#include "turnout/connection/output.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;

}  // namespace

TEST_CASE("what was written is the front of the buffer, and a failure stays one") {
  std::array<char, 3> out{'a', 'b', 'c'};
  const result<std::string_view> two = detail::output_of(std::size_t{2}, out);
  CHECK(*two == "ab");
  CHECK(two->data() == out.data());
  CHECK(*detail::output_of(std::size_t{0}, out) == "");
  CHECK_BOTH(detail::output_of(failure{errc::no_space, 9}, {}).error() ==
             failure{errc::no_space, 9});
}
