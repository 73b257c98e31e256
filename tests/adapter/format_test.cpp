// What std::format prints.
#include "turnout/adapter/format.hpp"

#include <doctest/doctest.h>

#include <string>

#if defined(__cpp_lib_format)
TEST_CASE("std::format prints names and failures") {
  CHECK(std::format("{}", turnout::errc::bad_upgrade) == "bad_upgrade");
  CHECK(std::format("{:>10}", turnout::method::get) == "       GET");
  CHECK(std::format("{}", turnout::failure{turnout::errc::no_space, 73})
            .starts_with("no_space, size needed 73: "));
}
#else
TEST_CASE("without std::format the adapter declares nothing") {
  CHECK(turnout::name_of(turnout::errc::bad_upgrade) == "bad_upgrade");
}
#endif
