// One turn of an intermediary: which members go with which need, and when nothing was done.
#include "turnout/connection/relay_turn.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/connection/relay.hpp"

namespace {

using namespace turnout;

using output = std::array<char, 512>;

constexpr profile allowed[] = {{.token = {"foo", "2"}}};
constexpr relay_policy policy{.allowed = allowed, .name = "p"};

template <class Turn>
concept offers_as_temporary = requires(Turn&& turn) {
  static_cast<Turn&&>(turn).offer();
};

}  // namespace

TEST_CASE("a default turn needs more input and has no output") {
  constexpr relay_turn nothing;
  CHECK_BOTH(nothing.need == relay_need::more);
  CHECK_BOTH(nothing.to_client.empty());
  CHECK_BOTH(nothing.to_server.empty());
  CHECK_BOTH(nothing.used == 0);
  CHECK_BOTH(nothing.is_idle());
  CHECK_BOTH(nothing.protocol == nullptr);
  CHECK_BOTH(!relay_options{}.allow_connect);
  CHECK_BOTH(std::is_trivially_copyable_v<relay_turn>);
}

TEST_CASE("every need has its own name") {
  std::set<std::string_view> names;
  for (int need = 0; need <= static_cast<int>(relay_need::close); ++need)
    CHECK(names.insert(name_of(static_cast<relay_need>(need))).second);
  CHECK_BOTH(name_of(relay_need::more) == "more");
  CHECK_BOTH(name_of(relay_need::close_server) == "close_server");
  CHECK_BOTH(name_of(relay_need::close) == "close");
}

TEST_CASE("a turn is idle unless it sent or used something, or needs something") {
  for (int need = 0; need <= static_cast<int>(relay_need::close); ++need) {
    relay_turn turn;
    turn.need = static_cast<relay_need>(need);
    CHECK(turn.is_idle() == (turn.need == relay_need::more || turn.need == relay_need::wait));
    turn.used = 1;
    CHECK(!turn.is_idle());
    turn.used = 0;
    turn.to_client.add("x");
    CHECK(!turn.is_idle());
    turn.to_client = {};
    turn.to_server.add("x");
    CHECK(!turn.is_idle());
  }
}

TEST_CASE("[INT-04] a request result has the head, its facts, and the offer to forward") {
  relay_connection relay{policy};
  output out{};
  const std::string octets = std::string{fixtures::upgrade_request} + "early";
  const relay_turn turn = relay.advance(relay_side::client, octets, out);
  CHECK(turn.need == relay_need::request);
  CHECK(turn.request.octets == fixtures::upgrade_request);
  CHECK(turn.facts.has(field_name::upgrade));
  CHECK(turn.framing == framing{});
  CHECK(!turn.offer().empty());
  CHECK(turn.used == 0);
  CHECK(!turn.is_idle());
}

TEST_CASE("a turn that forwards a response has its head") {
  relay_connection relay{policy};
  output out{};
  const relay_turn asked = relay.advance(relay_side::client, fixtures::upgrade_request, out);
  CHECK(relay.forward(asked, out));
  const relay_turn turn = relay.advance(relay_side::server, fixtures::upgrade_response, out);
  CHECK(turn.response.status == 101);
  CHECK(turn.protocol == &allowed[0]);
  CHECK(turn.used == fixtures::upgrade_response.size());
  CHECK(!turn.to_client.empty());
}

TEST_CASE("an offer of a temporary turn does not compile") {
  CHECK_BOTH(offers_as_temporary<const relay_turn&>);
  CHECK_BOTH(!offers_as_temporary<relay_turn>);
}

TEST_CASE("each side has its name") {
  CHECK_BOTH(name_of(relay_side::client) == "client");
  CHECK_BOTH(name_of(relay_side::server) == "server");
}
