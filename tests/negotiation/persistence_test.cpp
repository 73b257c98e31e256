// Whether a connection stays open after a message, for all versions and options.
#include "turnout/negotiation/persistence.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "turnout/message/method.hpp"

namespace {

using fixtures::with;
using turnout::facts;
using turnout::http_version;

constexpr http_version http_1_0{1, 0};

/// True if a request and a response with these lines are as persistent as that, in each version.
constexpr bool persists(std::string_view lines, bool in_http_1_0, bool from_http_1_1) {
  for (const http_version version : {http_1_0, turnout::http_1_1, http_version{1, 9}}) {
    const bool expected = version == http_1_0 ? in_http_1_0 : from_http_1_1;
    const facts request = with({turnout::method::get, version}, lines);
    const facts response = with({std::uint16_t{404}, version}, lines);
    if (turnout::rules::is_persistent(request, 64) != expected) return false;
    if (turnout::rules::is_persistent(response, 64) != expected) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("[MSG-79] without options, the version decides") {
  CHECK_BOTH(persists("", false, true));
  CHECK_BOTH(persists("Connection:\r\n", false, true));
  CHECK_BOTH(persists("Connection: upgrade, foo\r\nUpgrade: foo/2\r\n", false, true));
}

TEST_CASE("[MSG-79] [CON-10] keep-alive matters only in HTTP/1.0") {
  CHECK_BOTH(persists("Connection: keep-alive\r\n", true, true));
  CHECK_BOTH(persists("Connection: foo\r\nCONNECTION: ,Keep-ALIVE\r\n", true, true));
  CHECK_BOTH(persists("Connection: keep-alive2, keep, alive\r\n", false, true));
  CHECK_BOTH(persists("Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\n", false, true));
}

TEST_CASE("[MSG-79] [CON-08] [CON-10] close ends the connection, whatever is next to it") {
  CHECK_BOTH(persists("Connection: close\r\n", false, false));
  CHECK_BOTH(persists("connection: CLOSE\r\n", false, false));
  CHECK_BOTH(persists("Connection: keep-alive, close\r\n", false, false));
  CHECK_BOTH(persists("Connection: close, keep-alive\r\n", false, false));
  CHECK_BOTH(persists("Connection: keep-alive\r\nX: y\r\nConnection: a,,close\r\n", false, false));
  CHECK_BOTH(persists("Connection: closed\r\nClose: close\r\n", false, true));
}

TEST_CASE("[MSG-79] [CON-16] [GRM-03] if Connection is malformed, the connection ends") {
  CHECK_BOTH(persists("Connection: keep-alive, @\r\n", false, false));
  CHECK_BOTH(persists("Connection: keep alive\r\n", false, false));
  CHECK_BOTH(persists("Connection: keep-alive;q=1\r\n", false, false));
  constexpr facts two = with({turnout::method::get, http_1_0}, "Connection: a, keep-alive\r\n");
  CHECK_BOTH(turnout::rules::is_persistent(two, 2));
  CHECK_BOTH(!turnout::rules::is_persistent(two, 1));
  constexpr facts newer = with({turnout::method::get, turnout::http_1_1}, "Connection: a,b\r\n");
  CHECK_BOTH(turnout::rules::is_persistent(newer, 2));
  CHECK_BOTH(!turnout::rules::is_persistent(newer, 1));
}
