// One turn of a server: which members go with which need.
#include "turnout/connection/server_turn.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/connection/server.hpp"

namespace {

using namespace turnout;

using output = std::array<char, 512>;

constexpr profile spoken[] = {{.token = {"foo", "2"}}};

template <class Turn>
concept offers_as_temporary = requires(Turn&& turn) {
  static_cast<Turn&&>(turn).offer();
};

}  // namespace

TEST_CASE("a default turn needs more input and has no output") {
  constexpr server_turn nothing;
  CHECK_BOTH(nothing.need == server_need::more);
  CHECK_BOTH(nothing.output.empty());
  CHECK_BOTH(nothing.used == 0);
  CHECK_BOTH(nothing.offer().choose(preference::client) == nullptr);
  CHECK_BOTH(nothing.switched() == nullptr);
  CHECK_BOTH(!server_options{}.allow_connect);
  CHECK_BOTH(std::is_trivially_copyable_v<server_turn>);
}

TEST_CASE("every need has its own name") {
  std::set<std::string_view> names;
  for (int need = 0; need <= static_cast<int>(server_need::close); ++need)
    CHECK(names.insert(name_of(static_cast<server_need>(need))).second);
  CHECK_BOTH(name_of(server_need::more) == "more");
  CHECK_BOTH(name_of(server_need::connect) == "connect");
  CHECK_BOTH(name_of(server_need::close) == "close");
}

TEST_CASE("[UPG-44] a decision turn has the head, its facts, the offer, and early octets") {
  server_connection server{spoken};
  output out{};
  const std::string head{fixtures::upgrade_request};
  const std::string octets = head + "early";
  const server_turn turn = server.advance(octets, out);
  CHECK(turn.need == server_need::decision);
  CHECK(turn.request.octets == head);
  CHECK(turn.request.octets.data() == octets.data());
  CHECK(turn.facts.has(field_name::upgrade));
  CHECK(turn.framing == framing{});
  CHECK(turn.offer().choose(preference::server) == &spoken[0]);
  CHECK(turn.early_data() == "early");
  CHECK(turn.rest == "early");
  CHECK(turn.used == 0);
}

TEST_CASE("a request turn has the reason why it offers nothing, with its offset in the input") {
  server_connection server{spoken};
  output out{};
  const std::string octets = fixtures::with(fixtures::upgrade_request, "foo/2", "foo/3");
  const server_turn turn = server.advance(octets, out);
  CHECK(turn.need == server_need::request);
  CHECK(turn.why == failure{errc::no_common_protocol, octets.find("foo/3")});
  CHECK(turn.used == octets.size());
}

TEST_CASE("[UPG-25] a switched turn has the evidence and the new protocol's first octets") {
  server_connection server{spoken};
  output out{};
  const std::string octets = std::string{fixtures::upgrade_request} + "new";
  const server_turn asked = server.advance(octets, out);
  CHECK(server.answer(asked.offer().agree(preference::client), out));
  const server_turn turn = server.advance(octets, out);
  CHECK(turn.need == server_need::switched);
  CHECK(&turn.switched()->protocol() == &spoken[0]);
  CHECK(turn.rest == "new");
  CHECK(turn.switched()->octets() == "new");
  CHECK(turn.used == fixtures::upgrade_request.size());
}

TEST_CASE("an offer of a temporary turn does not compile") {
  CHECK_BOTH(offers_as_temporary<const server_turn&>);
  CHECK_BOTH(!offers_as_temporary<server_turn>);
  CHECK_BOTH(!offers_as_temporary<const server_turn>);
}
