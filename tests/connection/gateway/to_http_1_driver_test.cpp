// What each step of a gateway to HTTP/1.1 asks of its caller, and that nothing changes where there
// is too little space.
#include "turnout/connection/gateway/to_http_1_driver.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "support/gateway_messages.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using gateway::detail::to_http_1_driver, gateway::need, gateway::turn;
using enum gateway::side;

struct memory {
  std::array<field_line, 8> lines{};
  std::array<char, 512> octets{};

  extended_connect::list_space space(std::size_t line_count = 8, std::size_t size = 512) {
    return {{lines.data(), line_count}, {octets.data(), size}};
  }
};

/// A driver that has forwarded the WebSocket.
to_http_1_driver waiting() {
  memory here;
  to_http_1_driver driver{spoken, {}};
  turn now;
  driver.take_request(now, asks_websocket, here.space());
  driver.forward(now, asks_websocket, turns::gateway_nonce, {}, here.octets);
  REQUIRE(driver.state() == gateway::state::waiting);
  return driver;
}

turn turn_of(to_http_1_driver& driver, gateway::side from, std::string_view unread,
             const extended_connect::list_space& space) {
  return driver.in_turn([&](turn& now) { driver.advance(now, from, unread, space); });
}

}  // namespace

TEST_CASE("[XC-21] a stream waits until the answer is known, and its octets stay") {
  memory here;
  to_http_1_driver driver{spoken, {}};
  CHECK(turn_of(driver, stream, "early", here.space()).need == need::wait);
  CHECK(turn_of(driver, connection, "", here.space()).need == need::wait);
  driver = waiting();
  const turn held = turn_of(driver, stream, "early", here.space());
  CHECK(held.need == need::wait);
  CHECK(held.used == 0);
  CHECK(held.octets.empty());
  CHECK(turn_of(driver, connection, agrees, here.space()).used == agrees.size());
  const turn sent = turn_of(driver, stream, "early", here.space());
  CHECK(sent.used == 5);
  CHECK(*sent.octets.begin() == "early");
}

TEST_CASE("a turn with too little space changes nothing, and says how much it needs") {
  for (const auto [lines, octets] :
       {std::array{std::size_t{1}, std::size_t{512}}, std::array{std::size_t{8}, std::size_t{2}}}) {
    memory here;
    to_http_1_driver driver = waiting();
    const to_http_1_driver before = driver;
    const turn now = turn_of(driver, connection, agrees, here.space(lines, octets));
    CHECK(now.need == need::close);
    CHECK(now.why.code == errc::no_space);
    CHECK(now.used == 0);
    CHECK(now.list.empty());
    CHECK(driver == before);
    CHECK(now.needed.lines == 2);
    const auto enough = here.space(now.needed.lines, now.needed.octets);
    CHECK(turn_of(driver, connection, agrees, enough).list.size() == 2);
  }
}

TEST_CASE("a refusal that does not fit changes nothing either") {
  memory here;
  to_http_1_driver driver = waiting();
  const to_http_1_driver before = driver;
  const turn now = turn_of(driver, connection, "x y\r\n\r\n", here.space(0));
  CHECK(now.why.code == errc::no_space);
  CHECK(now.data.empty());
  CHECK(!now.end_stream);
  CHECK(driver == before);
}

TEST_CASE("once all is over, both sides are to be closed, and what comes is dropped") {
  memory here;
  to_http_1_driver driver = waiting();
  (void)turn_of(driver, connection, not_found, here.space());
  (void)turn_of(driver, connection, "abc", here.space());
  CHECK(driver.state() == gateway::state::answered);
  CHECK(turn_of(driver, stream, "x", here.space()).need == need::close);
  CHECK(turn_of(driver, stream, "x", here.space()).used == 1);
  CHECK(turn_of(driver, connection, "x", here.space()).need == need::close);
  turn now;
  driver.end_stream(now);
  CHECK(driver.state() == gateway::state::closed);
  CHECK(turn_of(driver, connection, "x", here.space()).need == need::close);
}

TEST_CASE("[XC-15] an end that was said is said again, and changes nothing more") {
  memory here;
  to_http_1_driver driver = waiting();
  (void)turn_of(driver, connection, agrees, here.space());
  turn first;
  driver.end(first, connection, "", here.space());
  CHECK(first.end_stream);
  CHECK(first.need == need::wait);
  const to_http_1_driver before = driver;
  turn second;
  driver.end(second, connection, "", here.space());
  CHECK(!second.end_stream);
  CHECK(second.is_idle());
  CHECK(driver == before);
}

TEST_CASE("[XC-15] a stream that ends before its request is malformed") {
  memory here;
  to_http_1_driver driver{spoken, {}};
  turn now;
  driver.end(now, stream, "", here.space());
  CHECK(now.reset_stream == gateway::stream_error::malformed);
  CHECK(!now.reset_connection);
  CHECK(now.need == need::close);
}

TEST_CASE("without a text for refusals there is no content") {
  memory here;
  to_http_1_driver driver{spoken, {.refusal_text = nullptr}};
  turn now;
  driver.take_request(now, asks_connect, here.space());
  CHECK(now.list.size() == 1);
  CHECK(now.data.empty());
  CHECK(now.end_stream);
}

TEST_CASE("[XC-14] a stream that is refused as a whole is refused at 0") {
  memory here;
  header_list webtransport = asks_websocket;
  webtransport[1].value = "webtransport-h3";
  for (const auto& [list, code] : {std::pair{webtransport, errc::not_in_http_1},
                                   std::pair{asks_connect, errc::connect_not_allowed}}) {
    to_http_1_driver driver{spoken, {}};
    turn now;
    driver.take_request(now, list, here.space());
    CHECK(now.why == failure{code, 0});
  }
}
