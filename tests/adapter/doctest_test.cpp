// What doctest prints.
#include "turnout/adapter/doctest.hpp"

#include <doctest/doctest.h>

TEST_CASE("a failing CHECK shows names, failures and results") {
  using doctest::toString, turnout::toString;
  CHECK(toString(turnout::failure{}) == "none: nothing is wrong");
  CHECK(toString(turnout::result<int>{7}) == "7");
  CHECK(toString(turnout::result<int>{turnout::failure{turnout::errc::no_space, 9}}) ==
        "no_space, size needed 9: the output does not fit into the buffer: use a larger one");
  CHECK(toString(turnout::result<void>{}) == "success");
}

TEST_CASE("a failing CHECK shows the names of the members of every public enumeration") {
  using turnout::toString;
  CHECK(toString(turnout::errc::bad_upgrade) == "bad_upgrade");
  CHECK(toString(turnout::fault::peer) == "peer");
  CHECK(toString(turnout::method::get) == "GET");
  CHECK(toString(turnout::preference::server) == "server");
  CHECK(toString(turnout::framing_kind::chunked) == "chunked");
  CHECK(toString(turnout::target_form::absolute) == "absolute");
  CHECK(toString(turnout::content_step::ended) == "ended");
  CHECK(toString(turnout::head_step::complete) == "complete");
  CHECK(toString(turnout::server_step::failed) == "failed");
  CHECK(toString(turnout::client_step::switched) == "switched");
  CHECK(toString(turnout::relay_step::wait) == "wait");
  CHECK(toString(turnout::relay_side::client) == "client");
  CHECK(toString(turnout::server_need::decision) == "decision");
  CHECK(toString(turnout::client_need::done) == "done");
  CHECK(toString(turnout::relay_need::end_output) == "end_output");
  CHECK(toString(turnout::server_state::deciding) == "deciding");
  CHECK(toString(turnout::client_state::sending) == "sending");
  CHECK(toString(turnout::relay_state::answered) == "answered");
}
