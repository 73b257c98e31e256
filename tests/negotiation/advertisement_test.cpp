// Protocols named in a response that does not switch, as it is written.
#include "turnout/negotiation/advertisement.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::advertisement;
using turnout::failure;
using turnout::profile;

constexpr profile foo[] = {{.token = {"foo", "2"}}};
constexpr profile foo_and_bar[] = {{.token = {"foo", "2"}}, {.token = {"bar"}}};

constexpr bool writes(const advertisement& named, std::string_view expected) {
  std::array<char, 128> out{};
  const auto written = turnout::write(named, out);
  return written && *written == expected;
}

}  // namespace

TEST_CASE(
    "[UPG-05] [UPG-19] [UPG-22] [GRM-20] a response that names protocols lists upgrade in "
    "Connection") {
  CHECK_BOTH(writes({.protocols = foo}, "Connection: Upgrade\r\nUpgrade: foo/2\r\n"));
  CHECK_BOTH(writes({.protocols = foo_and_bar}, "Connection: Upgrade\r\nUpgrade: foo/2, bar\r\n"));
}

TEST_CASE("[CON-09] close is in the same Connection line, or alone") {
  CHECK_BOTH(writes({.protocols = foo, .close = true},
                    "Connection: Upgrade, close\r\nUpgrade: foo/2\r\n"));
  CHECK_BOTH(writes({.close = true}, "Connection: close\r\n"));
  CHECK_BOTH(writes({}, ""));
}

TEST_CASE("[CON-17] keep-alive for HTTP/1.0 is in the same line too, unless the connection ends") {
  CHECK_BOTH(writes({.protocols = foo, .keep_alive = true},
                    "Connection: Upgrade, keep-alive\r\nUpgrade: foo/2\r\n"));
  CHECK_BOTH(writes({.keep_alive = true}, "Connection: keep-alive\r\n"));
  CHECK_BOTH(writes({.close = true, .keep_alive = true}, "Connection: close\r\n"));
}

TEST_CASE(
    "[MSG-82] [ENG-04] a token that would break the line is not written, and nothing is half "
    "written") {
  static constexpr profile broken[] = {{.token = {"a\r\nb"}}};
  std::array<char, 128> out{};
  CHECK(turnout::write(advertisement{.protocols = broken}, out) ==
        failure{turnout::errc::unwritable, 1});
  CHECK(turnout::write(advertisement{.protocols = foo}, std::span{out}.first(36)) ==
        failure{turnout::errc::no_space, 37});
  CHECK(out == std::array<char, 128>{});
}
