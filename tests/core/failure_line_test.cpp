// A failure as one line of text.
#include "turnout/core/failure_line.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"

namespace {

std::string line(turnout::failure why) {
  std::array<char, 256> room{};
  return std::string{*turnout::write(why, room)};
}

}  // namespace

TEST_CASE("the line of a failure has its name, offset, sentence and section") {
  using turnout::errc;
  CHECK(line({errc::upgrade_not_nominated, 38}) ==
        "upgrade_not_nominated at octet 38: Connection does not list the option upgrade (RFC 9110 "
        "section 7.6.1)");
  CHECK(line({errc::no_space, 123}) ==
        "no_space, size needed 123: the output does not fit into the buffer: use a larger one");
  CHECK(line({}) == "none: nothing is wrong");
}

TEST_CASE("a failure is true if something is wrong") {
  CHECK_BOTH(!turnout::failure{});
  CHECK_BOTH(bool{turnout::failure{turnout::errc::no_space, 0}});
}
