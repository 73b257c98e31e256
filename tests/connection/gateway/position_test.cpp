// How a gateway's tunnel opens, ends on either side, and breaks off.
#include "turnout/connection/gateway/position.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

namespace {

using namespace turnout;
using gateway::side, gateway::need, gateway::stream_error, gateway::turn;
using gateway::detail::position;
using event = machine::gateway_event;

constexpr position open() {
  position at;
  at.take(event::request);
  at.take(event::forward);
  at.take(event::agreement);
  return at;
}

/// The turn in which one side ends, and the other one has or has not ended before.
constexpr turn ending(side from, side client, bool second) {
  position at = open();
  turn now;
  if (second) at.end_tunnel(now, from == side::stream ? side::connection : side::stream, client);
  now = {};
  at.end_tunnel(now, from, client);
  return now;
}

constexpr bool breaks_off(position at, bool reaches_the_connection) {
  turn now;
  at.break_off(now, {errc::incomplete, 3}, stream_error::internal);
  return at.state() == gateway::state::closed && now.need == need::close && now.why.at == 3 &&
         now.reset_stream == stream_error::internal &&
         now.reset_connection == reaches_the_connection;
}

}  // namespace

TEST_CASE("only an agreement opens a tunnel") {
  CHECK_BOTH(!position{}.is_open());
  CHECK_BOTH(open().is_open());
  CHECK_BOTH(!position{}.takes(event::agreement));
}

TEST_CASE("[XC-15] the end of one side is passed to the other, wherever the client is") {
  for (const side client : {side::stream, side::connection}) {
    for (const bool second : {false, true}) {
      CHECK(ending(side::stream, client, second).end_connection);
      CHECK(!ending(side::stream, client, second).end_stream);
      CHECK(ending(side::connection, client, second).end_stream);
      CHECK(!ending(side::connection, client, second).end_connection);
      CHECK(ending(side::stream, client, second).need == (second ? need::close : need::wait));
    }
  }
}

TEST_CASE("[XC-15] who breaks off resets the connection too, once something was forwarded") {
  CHECK_BOTH(breaks_off(open(), true));
  CHECK_BOTH(breaks_off({}, false));
}
