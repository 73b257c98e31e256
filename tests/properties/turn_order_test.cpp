// Laws 4 and 5: every call in every state returns, what is out of turn changes nothing, and what is
// over stays over.
#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "support/corpus.hpp"
#include "support/laws.hpp"

namespace {

using namespace turnout;
using corpus::edited::agrees;
using corpus::edited::asks;
using corpus::edited::plain;

/// A call on a server, and the event that it is where it has a meaning.
struct server_call {
  machine::server_event event;
  laws::call<server_handshake> make;
};

const server_call server_calls[] = {
    {machine::server_event::accept,
     [](auto& to, auto, auto out) { return to.accept(laws::plain_agreement, out).error(); }},
    {machine::server_event::open_tunnel,
     [](auto& to, auto, auto out) { return to.open_tunnel(out).error(); }},
    {machine::server_event::decline, [](auto& to, auto, auto) { return to.decline().error(); }},
    {machine::server_event::answer,
     [](auto& to, auto, auto out) { return to.require(out).error(); }},
    {machine::server_event::answer_and_close,
     [](auto& to, auto, auto out) { return to.refuse({.close = true}, out).error(); }},
    {machine::server_event::start_over,
     [](auto& to, auto, auto) { return to.start_over().error(); }},
    {machine::server_event::input_ended,
     [](auto& to, auto, auto) { return to.input_ended({}).error(); }},
};

/// A server in each of its states.
server_handshake server_in(server_state wanted) {
  server_handshake server{laws::supported};
  laws::output out{};
  using enum server_state;
  if (wanted == deciding || wanted == switched) (void)server.receive(asks);
  if (wanted == deciding_tunnel) (void)server.receive(corpus::edited::connect);
  if (wanted == accepted) (void)server.receive(corpus::edited::chunks);
  if (wanted == accepted) (void)server.accept(laws::content_agreement, out);
  if (wanted == ordinary || wanted == answered) (void)server.receive(plain);
  if (wanted == switched) (void)server.accept(laws::plain_agreement, out);
  if (wanted == answered) (void)server.refuse({}, out);
  if (wanted == failed) (void)server.receive("\n");
  if (wanted == closed) (void)server.input_ended({});
  CHECK(server.state() == wanted);
  return server;
}

}  // namespace

TEST_CASE("[ENG-04] [ENG-07] a refused call changes nothing, after each octet of the corpus") {
  for (const std::string& octets : corpus::inputs) {
    CAPTURE(octets);
    CHECK(laws::a_refused_call_changes_nothing(octets) == "");
  }
}

TEST_CASE("[ENG-06] only rows of the tables are followed, after each octet of the corpus") {
  for (const std::string& octets : corpus::inputs) {
    CAPTURE(octets);
    CHECK(laws::only_rows_are_taken(octets) == "");
  }
}

TEST_CASE(
    "[ENG-04] [ENG-06] calls in any order, in the middle of a program, follow only rows and change "
    "nothing else") {
  std::mt19937 random{9110};
  for (const std::string& octets : corpus::inputs) {
    std::string choices(32, '\0');
    for (char& choice : choices) choice = static_cast<char>(random());
    CAPTURE(octets);
    CHECK(laws::on_every_side([&](const auto& fresh) {
            return laws::calls_in_any_order(fresh, octets, {octets.size() / 2, 7}, choices);
          }) == "");
  }
}

TEST_CASE("[ENG-07] [UPG-38] [UPG-42] a server's call is out of turn where the table has no row") {
  using enum server_state;
  for (const server_state state :
       {reading_head, deciding, deciding_tunnel, ordinary, answered, switched, failed, closed}) {
    const server_handshake before = server_in(state);
    for (const server_call& call : server_calls) {
      // After a failure and a CONNECT, every answer closes (OPT-07).
      const bool closes = (state == failed || state == deciding_tunnel) &&
                          call.event == machine::server_event::answer;
      const machine::server_event on =
          closes ? machine::server_event::answer_and_close : call.event;
      const bool in_turn = machine::server_rows.has(state, on);
      CAPTURE(static_cast<int>(state));
      CAPTURE(static_cast<int>(call.event));
      server_handshake after = before;
      laws::output out{};
      const failure why = call.make(after, {}, out);
      CHECK(why == (in_turn ? failure{} : failure{errc::out_of_turn, 0}));
      CHECK(after.state() == (in_turn ? machine::server_rows.to(state, on) : state));
      CHECK((in_turn || after == before));
    }
  }
}

TEST_CASE("[ENG-07] a 101 that was written before the end of the content is the only response") {
  const server_handshake before = server_in(server_state::accepted);
  for (const server_call& call : server_calls) {
    if (call.event == machine::server_event::input_ended) continue;
    server_handshake after = before;
    laws::output out{};
    CHECK(call.make(after, {}, out) == failure{errc::out_of_turn, 0});
    CHECK(after == before);
  }
}

TEST_CASE("[ENG-06] a closed server reports it, and uses no octet") {
  server_handshake server = server_in(server_state::closed);
  const server_handshake before = server;
  const auto now = server.receive(asks);
  CHECK(now.what == server_step::failed);
  CHECK(now.why == failure{errc::out_of_turn, 0});
  CHECK(now.rest == asks);
  CHECK(server == before);
  CHECK(server.why() == failure{});
}

TEST_CASE(
    "[ENG-06] [UPG-44] a server whose request ended leaves all further octets to what follows") {
  using enum server_state;
  for (const server_state state : {deciding, deciding_tunnel, ordinary, answered}) {
    server_handshake server = server_in(state);
    const server_handshake before = server;
    const auto now = server.receive(asks);
    CHECK(now.what == server_step::content_ended);
    CHECK(now.rest == asks);
    CHECK(server == before);
  }
}

TEST_CASE("[ENG-06] [WS-33] a failure stays the same, whatever octets follow") {
  const auto stays = [](auto handshake, const std::string& wrong, const std::string& good) {
    const auto failed = handshake.receive(wrong);
    const auto before = handshake;
    CHECK(handshake.why() == failed.why);
    for (const std::string& octets : {good, wrong, std::string{}}) {
      const auto now = handshake.receive(octets);
      CHECK(now.what == decltype(now.what)::failed);
      CHECK(now.why == failed.why);
      CHECK(now.rest == octets);
      CHECK(handshake == before);
    }
  };
  for (const auto& sample : corpus::requests)
    if (sample.what == server_step::failed)
      stays(server_handshake{laws::supported}, sample.octets, asks);
  for (const auto& sample : corpus::responses)
    if (sample.what == client_step::failed)
      stays(laws::waiting_client(laws::asked), sample.octets, agrees);
}

TEST_CASE("[ENG-06] a switch stays, and leaves all further octets to the caller") {
  server_handshake server = server_in(server_state::switched);
  auto switched_client = laws::waiting_client(laws::asked);
  (void)switched_client.receive(agrees);
  for (const std::string& octets : corpus::inputs) {
    CAPTURE(octets);
    CHECK(server.receive(octets).switched()->octets() == octets);
    CHECK(switched_client.receive(octets).switched()->octets() == octets);
  }
}

TEST_CASE("[ENG-05] [MSG-80] a request that ends after any octet but the last is incomplete") {
  for (std::size_t end = 1; end < asks.size(); ++end) {
    CAPTURE(end);
    const std::string_view begun = std::string_view{asks}.substr(0, end);
    server_handshake server{laws::supported};
    CHECK(server.receive(begun).what == server_step::need_more);
    CHECK(server.input_ended(begun).error() == failure{errc::incomplete, end});
    CHECK(server.receive(asks).why == failure{errc::incomplete, end});
  }
}

TEST_CASE("[ENG-05] [MSG-80] a response that ends after any octet but the last is incomplete") {
  for (std::size_t end = 0; end < agrees.size(); ++end) {
    CAPTURE(end);
    const std::string_view begun = std::string_view{agrees}.substr(0, end);
    auto client = laws::waiting_client(laws::asked);
    CHECK(client.receive(begun).what == client_step::need_more);
    CHECK(client.input_ended(begun).error() == failure{errc::incomplete, end});
    CHECK(client.receive(agrees).why == failure{errc::incomplete, end});
  }
}

TEST_CASE("[ENG-05] the end of input between messages is not a failure of a server") {
  using enum server_state;
  for (const server_state state :
       {reading_head, deciding, deciding_tunnel, ordinary, answered, failed}) {
    server_handshake server = server_in(state);
    CHECK(server.input_ended({}));
    CHECK(server.state() == closed);
  }
}

TEST_CASE("a handshake that gets fewer octets than before reads them again") {
  for (std::size_t most = 0; most < asks.size(); ++most) {
    for (std::size_t fewer = 0; fewer < most; ++fewer) {
      CAPTURE(most);
      CAPTURE(fewer);
      server_handshake server{laws::supported};
      for (const std::size_t shown : {most, fewer, (most + fewer) / 2})
        CHECK(server.receive(asks.substr(0, shown)).what == server_step::need_more);
      CHECK(server.receive(asks).what == server_step::upgrade_offered);
    }
  }
}
