// What each step of a gateway to streams asks of its caller, and that nothing changes where there
// is too little space.
#include "turnout/connection/gateway/from_http_1_driver.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/gateway_messages.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using gateway::detail::from_http_1_driver, gateway::need, gateway::turn;
using enum gateway::side;

struct memory {
  std::array<field_line, 8> lines{};
  std::array<char, 512> octets{};

  extended_connect::list_space space(std::size_t line_count = 8, std::size_t size = 512) {
    return {{lines.data(), line_count}, {octets.data(), size}};
  }
};

turn turn_of(from_http_1_driver& driver, gateway::side from, std::string_view unread,
             const extended_connect::list_space& space) {
  return driver.in_turn([&](turn& now) { driver.advance(now, from, unread, space); });
}

turn answer(from_http_1_driver& driver, const header_list& list,
            const extended_connect::list_space& space) {
  return driver.in_turn([&](turn& now) { driver.take_list(now, list, space); });
}

void forward(from_http_1_driver& driver, std::string_view unread) {
  memory here;
  extended_connect::enable_connect_protocol allowed;
  REQUIRE(allowed.see(8, 1));
  turn now;
  driver.forward(now, unread, "https", allowed, here.space());
  REQUIRE(driver.state() == gateway::state::waiting);
}

/// A driver that has forwarded the WebSocket.
from_http_1_driver waiting(const gateway::options& options = {}) {
  memory here;
  from_http_1_driver driver{spoken, options};
  CHECK(turn_of(driver, connection, wants_websocket, here.space()).used == 0);
  forward(driver, wants_websocket);
  return driver;
}

}  // namespace

TEST_CASE("[XC-21] the request and what follows it stay until the answer has come") {
  memory here;
  from_http_1_driver driver = waiting();
  const std::string octets = wants_websocket + "early";
  const turn held = turn_of(driver, connection, octets, here.space());
  CHECK(held.need == need::wait);
  CHECK(held.used == 0);
  CHECK(held.data.empty());
  (void)answer(driver, accepts, here.space());
  CHECK(driver.is_open());
  const turn sent = turn_of(driver, connection, octets, here.space());
  CHECK(sent.data == "early");
  CHECK(sent.used == octets.size());
  CHECK(turn_of(driver, connection, "more", here.space()).data == "more");
}

TEST_CASE("an answer that does not fit changes nothing, and says how much it needs") {
  for (const header_list& list :
       {accepts, header_list{{":status", "404"}}, header_list{{":status", "103"}}, header_list{}}) {
    memory here;
    from_http_1_driver driver = waiting();
    const from_http_1_driver before = driver;
    const turn now = answer(driver, list, here.space(8, 20));
    CHECK(now.why.code == errc::no_space);
    CHECK(now.need == need::close);
    CHECK(now.octets.empty());
    CHECK(driver == before);
    CHECK(now.needed.octets > 20);
    CHECK(!answer(driver, list, here.space(8, now.needed.octets)).octets.empty());
  }
}

TEST_CASE("content needs room for the line of a chunk") {
  memory here;
  from_http_1_driver driver = waiting();
  (void)answer(driver, {{":status", "404"}}, here.space());
  const from_http_1_driver before = driver;
  CHECK(turn_of(driver, stream, "abc", here.space(8, 17)).needed.octets == 18);
  CHECK(driver == before);
  CHECK(turn_of(driver, stream, "abc", here.space(8, 18)).used == 3);
}

TEST_CASE("once all is over, the connection is to be closed") {
  memory here;
  from_http_1_driver driver = waiting();
  turn now;
  driver.end_connection(now);
  CHECK(now.reset_stream == gateway::stream_error::cancelled);
  CHECK(driver.state() == gateway::state::closed);
  CHECK(turn_of(driver, connection, "x", here.space()).need == need::close);
  CHECK(turn_of(driver, stream, "x", here.space()).used == 1);
  CHECK(answer(driver, accepts, here.space()).octets.empty());
}

TEST_CASE("[XC-22] interim responses are counted for each request, also after a late one") {
  const std::string both = wants_websocket + wants_websocket;
  for (const bool late : {false, true}) {
    CAPTURE(late);
    memory here;
    from_http_1_driver driver = waiting({.limits = {.interim_responses = 1}});
    CHECK(!answer(driver, {{":status", "103"}}, here.space()).why);
    CHECK(!answer(driver, {{":status", "404"}, {"content-length", "0"}}, here.space()).why);
    const turn next = driver.in_turn([&](turn& now) {
      late ? driver.time_out(now, both, here.space())
           : driver.advance(now, connection, both, here.space());
    });
    CHECK(next.need == need::request);
    CHECK(next.used == wants_websocket.size());
    forward(driver, wants_websocket);
    CHECK(!answer(driver, {{":status", "103"}}, here.space()).why);
  }
}

TEST_CASE("a stream that answers before it was asked is answered for") {
  memory here;
  from_http_1_driver driver{spoken, {}};
  (void)turn_of(driver, connection, wants_websocket, here.space());
  CHECK(answer(driver, accepts, here.space()).why.code == errc::unsolicited_response);
  CHECK(driver.state() == gateway::state::answered);
  from_http_1_driver open = waiting();
  (void)answer(open, accepts, here.space());
  const turn late = answer(open, accepts, here.space());
  CHECK(late.reset_stream == gateway::stream_error::malformed);
  CHECK(late.reset_connection);
}
