// Protocols named in a response that does not switch, as a client reads them and chooses among
// them.
#include "turnout/negotiation/advertised.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/persistence.hpp"

namespace {

using turnout::facts;
using turnout::profile;

constexpr profile foo_and_bar[] = {{.token = {"foo", "2"}}, {.token = {"bar"}}};

constexpr facts response(std::string_view lines, std::uint16_t status = 426) {
  return fixtures::with({status, turnout::http_1_1}, lines);
}

/// True if exactly these protocols are named, in that order.
constexpr bool names(std::string_view lines, std::string_view protocols,
                     std::size_t max_elements = 64) {
  const facts seen = response(lines);
  return turnout::detail::advertised(seen, max_elements) ==
         *turnout::field::upgrade::parse(protocols);
}

constexpr bool names_none(std::string_view lines, std::size_t max_elements = 64) {
  const facts seen = response(lines);
  return turnout::detail::advertised(seen, max_elements).empty();
}

}  // namespace

TEST_CASE("[UPG-20] [UPG-22] the protocols of a response count only if Connection lists upgrade") {
  CHECK_BOTH(names("Connection: upgrade\r\nUpgrade: foo/2\r\n", "foo/2"));
  CHECK_BOTH(names("Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n", "h2, h2c"));
  CHECK_BOTH(names("Connection: upgrade\r\nUpgrade: TLS/1.3\r\nX: y\r\nUpgrade: HTTP/1.1\r\n",
                   "TLS/1.3, HTTP/1.1"));
  CHECK_BOTH(
      names("Connection: a,\r\nConnection: UPGRADE, close\r\nUpgrade: ,a,,b/1\r\n", "a, b/1"));
  CHECK_BOTH(names_none(""));
  CHECK_BOTH(names_none("Content-Length: 0\r\n"));
  CHECK_BOTH(names_none("Upgrade: foo/2\r\n"));
  CHECK_BOTH(names_none("Upgrade: foo/2\r\nConnection: keep-alive\r\n"));
  CHECK_BOTH(names_none("Upgrade: foo/2\r\nConnection: upgrade, @\r\n"));
  CHECK_BOTH(names_none("Connection: upgrade\r\n"));
  CHECK_BOTH(names_none("Connection: upgrade\r\nUpgrade: ,\r\n"));
  CHECK_BOTH(names_none("Connection: upgrade\r\nUpgrade: foo/2, b@d\r\n"));
}

TEST_CASE("[UPG-49] [GRM-03] lists beyond the limit name nothing, and are not truncated") {
  static constexpr std::string_view three = "Connection: a, upgrade\r\nUpgrade: x, y, z\r\n";
  CHECK_BOTH(names(three, "x, y, z", 3));
  CHECK_BOTH(names_none(three, 2));
  CHECK_BOTH(names_none("Connection: a, b, c, upgrade\r\nUpgrade: x, y, z\r\n", 3));
}

TEST_CASE("[UPG-23] protocols for later do not affect this connection") {
  constexpr facts seen =
      response("Connection: Upgrade, Keep-Alive\r\nUpgrade: h2,h2c\r\nContent-Length: 0\r\n", 200);
  CHECK_BOTH(turnout::detail::advertised(seen, 64).size() == 2);
  CHECK_BOTH(turnout::rules::is_persistent(seen, 64));
}

TEST_CASE("[UPG-19] the client chooses the first protocol of the server that it speaks") {
  constexpr auto choose = [](std::string_view named, std::span<const profile> spoken) {
    const profile* const chosen =
        turnout::rules::choose_advertised(*turnout::field::upgrade::parse(named), spoken);
    return chosen == nullptr ? std::ptrdiff_t{-1} : chosen - spoken.data();
  };
  CHECK_BOTH(choose("foo/2, bar", foo_and_bar) == 0);
  CHECK_BOTH(choose("bar, foo/2", foo_and_bar) == 1);
  CHECK_BOTH(choose("x, foo/3, foo, BAR", foo_and_bar) == 1);
  CHECK_BOTH(choose("x, FOO/2", foo_and_bar) == 0);
  CHECK_BOTH(choose("x", foo_and_bar) == -1);
  CHECK_BOTH(choose("", foo_and_bar) == -1);
  CHECK_BOTH(choose("foo/2", {}) == -1);
}

TEST_CASE("[UPG-41] a protocol that Upgrade can't lead to is named, but never chosen") {
  static constexpr profile spoken[] = {{.token = {"HTTP", "2.0"}},
                                       {.token = {"HTTP", "3.0"}},
                                       {.token = {"h2"}},
                                       {.token = {"h2c"}}};
  static constexpr facts seen =
      response("Connection: upgrade\r\nUpgrade: HTTP/3.0, http/2.0, H2, h2c\r\n");
  constexpr turnout::field::upgrade named = turnout::detail::advertised(seen, 64);
  CHECK_BOTH(named.size() == 4);
  CHECK_BOTH(turnout::rules::choose_advertised(named, spoken) == &spoken[3]);
  CHECK_BOTH(turnout::rules::choose_advertised(named, std::span{spoken}.first(3)) == nullptr);
}
