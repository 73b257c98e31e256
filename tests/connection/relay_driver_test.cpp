// What each step of an intermediary's handshake asks of the caller.
#include "turnout/connection/relay_driver.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using detail::relay_driver;

using output = std::array<char, 1024>;

constexpr profile allowed[] = {{.token = {"foo", "2"}}};
constexpr relay_policy policy{.allowed = allowed, .name = "p"};
constexpr auto client = relay_side::client;
constexpr auto server = relay_side::server;

const std::string asks_get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
const std::string asks{fixtures::upgrade_request};

/// The first turn over what a client sends.
relay_turn first_turn(std::string_view octets, bool allow_connect = false) {
  static output out{};
  return relay_driver{policy, {.allow_connect = allow_connect}}.advance(client, octets, out);
}

/// A driver of a tunnel.
relay_driver tunneling() {
  output out{};
  relay_driver driver{policy, {.allow_connect = true}};
  (void)driver.advance(client, connects, out);
  CHECK(driver.handshake.open_tunnel(out));
  CHECK(driver.advance(client, connects, out).used == connects.size());
  return driver;
}

}  // namespace

TEST_CASE("each step of the handshake becomes the need of a turn") {
  CHECK(first_turn("").need == relay_need::more);
  CHECK(first_turn(asks_get).need == relay_need::request);
  CHECK(first_turn(asks).need == relay_need::request);
  CHECK(first_turn(connects, true).need == relay_need::connect);
  CHECK(first_turn(connects).need == relay_need::close);
  CHECK(first_turn("nonsense\r\n\r\n").need == relay_need::close);
}

TEST_CASE("[INT-14] a head that waits for a decision stays in the input") {
  CHECK(first_turn(asks_get + "early").used == 0);
  CHECK(first_turn(connects + "early", true).used == 0);
}

TEST_CASE("[INT-39] each side of a tunnel ends once, and the tunnel ends with both") {
  output out{};
  for (const relay_side first : {client, server}) {
    relay_driver driver = tunneling();
    CHECK(driver.is_tunnel());
    CHECK(driver.advance(first, {}, out).need == relay_need::more);
    CHECK(driver.end(first, {}, out, errc::incomplete).need == relay_need::end_output);
    CHECK(driver.end(first, {}, out, errc::incomplete).need == relay_need::wait);
    CHECK(driver.is_tunnel());
    const relay_side other = first == client ? server : client;
    CHECK(driver.end(other, {}, out, errc::incomplete).need == relay_need::close);
    CHECK(!driver.is_tunnel());
  }
}

TEST_CASE("[MSG-80] [MSG-85] the last turn has the reason") {
  for (const errc why : {errc::incomplete, errc::timed_out}) {
    output out{};
    const bool late = why == errc::timed_out;
    relay_driver driver{policy, {}};
    const relay_turn half = driver.end(client, "GET", out, why);
    CHECK(half.need == relay_need::close);
    CHECK(half.why == failure{why, 3});
    CHECK(half.to_client.begin()->starts_with(late ? "HTTP/1.1 408 " : "HTTP/1.1 400 "));
  }
}

TEST_CASE("[MSG-74] after the caller's own answer, octets of a server end only its connection") {
  output out{};
  relay_driver driver{policy, {}};
  CHECK(driver.advance(client, asks_get, out).need == relay_need::request);
  CHECK(driver.handshake.refuse({.status = 403}, out));
  CHECK(driver.end(server, {}, out, errc::timed_out).need == relay_need::close_server);

  const relay_turn unsolicited = driver.advance(server, "HTTP/1.1 408 X\r\n\r\n", out);
  CHECK(unsolicited.need == relay_need::close_server);
  CHECK(!unsolicited.why);
  CHECK(driver.advance(client, asks_get + asks_get, out).need == relay_need::request);
}

TEST_CASE("a driver works in constant evaluation") {
  constexpr auto needs = [] {
    relay_driver driver{policy, {}};
    output out{};
    return driver.advance(client, fixtures::upgrade_request, out).need;
  };
  CHECK_BOTH(needs() == relay_need::request);
}
