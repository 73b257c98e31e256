// What each step of a server's handshake asks of the caller.
#include "turnout/connection/server_driver.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using detail::server_driver;

using output = std::array<char, 512>;

constexpr profile spoken[] = {
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true}};

const std::string asks_get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string posts = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
const std::string asks{fixtures::upgrade_request};

/// The first turn over these octets.
server_turn first_turn(std::string_view octets, bool allow_connect = false) {
  static output out{};
  return server_driver{spoken, {.allow_connect = allow_connect}}.advance(octets, out);
}

}  // namespace

TEST_CASE("each step of the handshake becomes the need of a turn") {
  CHECK(first_turn("").need == server_need::more);
  CHECK(first_turn(asks_get).need == server_need::request);
  CHECK(first_turn(asks).need == server_need::decision);
  CHECK(first_turn(connects, true).need == server_need::connect);
  CHECK(first_turn(connects).need == server_need::close);
  CHECK(first_turn("nonsense\r\n\r\n").need == server_need::close);

  output out{};
  server_driver driver{spoken, {}};
  const std::string octets = fixtures::plus(posts, "Expect: 100-continue");
  CHECK(driver.advance(octets, out).used == octets.size());
  CHECK(driver.advance({}, out).output == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(driver.advance("one", out).need == server_need::content);
  CHECK(driver.advance({}, out).need == server_need::response);
}

TEST_CASE("[UPG-44] only a head that waits for a decision stays in the input") {
  CHECK(first_turn(asks + "early").used == 0);
  CHECK(first_turn(connects + "early", true).used == 0);
  CHECK(first_turn(asks_get + "early").used == asks_get.size());
}

TEST_CASE("[UPG-27] the caller decides on an offer with its head or after the content") {
  output out{};
  server_driver driver{spoken, {}};
  CHECK(!driver.is_deciding());
  CHECK(driver.defer().error().code == errc::out_of_turn);
  (void)driver.advance(asks, out);
  CHECK(driver.is_deciding());
  CHECK(!driver.is_deferred());
  CHECK(driver.defer());
  CHECK(!driver.is_deciding());
  CHECK(driver.advance(asks, out).deferred);
  CHECK(driver.is_deciding());
  CHECK(driver.is_deferred());
  CHECK(driver.defer().error().code == errc::out_of_turn);
}

TEST_CASE("[CON-09] [CON-17] only a response that is due needs a Connection line") {
  output out{};
  server_driver driver{spoken, {}};
  CHECK(driver.connection_line().empty());
  (void)driver.advance(fixtures::plus(asks_get, "Connection: close"), out);
  CHECK(driver.connection_line() == "Connection: close\r\n");
  CHECK(driver.handshake.responded());
  CHECK(driver.connection_line().empty());
}

TEST_CASE("[MSG-80] [MSG-85] the last turn has the reason") {
  for (const errc why : {errc::incomplete, errc::timed_out}) {
    output out{};
    server_driver driver{spoken, {}};
    const server_turn last = driver.end("GET", out, why);
    CHECK(last.need == server_need::close);
    CHECK(last.why == failure{why, 3});
    CHECK(last.output.starts_with(why == errc::incomplete ? "HTTP/1.1 400 " : "HTTP/1.1 408 "));
  }
}

TEST_CASE("a driver works in constant evaluation") {
  constexpr auto needs = [] {
    server_driver driver{spoken, {}};
    output out{};
    return driver.advance(fixtures::upgrade_request, out).need;
  };
  CHECK_BOTH(needs() == server_need::decision);
}
