// One turn of a client: which members go with which need.
#include "turnout/connection/client_turn.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/connection/client.hpp"

namespace {

using namespace turnout;

using output = std::array<char, 512>;

constexpr profile offered[] = {{.token = {"foo", "2"}}};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = offered};

client_connection<proposal> waiting() {
  client_connection client{asked};
  output out{};
  (void)client.advance({}, out);
  return client;
}

}  // namespace

TEST_CASE("a default turn needs more input and has no output") {
  constexpr client_turn nothing;
  CHECK_BOTH(nothing.need == client_need::more);
  CHECK_BOTH(nothing.output.empty());
  CHECK_BOTH(nothing.used == 0);
  CHECK_BOTH(nothing.required == nullptr);
  CHECK_BOTH(nothing.switched() == nullptr);
  CHECK_BOTH(client_options{}.spoken.empty());
  CHECK_BOTH(std::is_trivially_copyable_v<client_turn>);
}

TEST_CASE("every need has its own name") {
  std::set<std::string_view> names;
  for (int need = 0; need <= static_cast<int>(client_need::close); ++need)
    CHECK(names.insert(name_of(static_cast<client_need>(need))).second);
  CHECK_BOTH(name_of(client_need::more) == "more");
  CHECK_BOTH(name_of(client_need::retry) == "retry");
  CHECK_BOTH(name_of(client_need::close) == "close");
}

TEST_CASE("[UPG-21] a response turn has the head, its facts, and where its content ends") {
  auto client = waiting();
  output out{};
  const std::string head = "HTTP/1.1 302 Found\r\nLocation: ws://b/\r\nContent-Length: 4\r\n\r\n";
  const std::string octets = head + "gone";
  const client_turn turn = client.advance(octets, out);
  CHECK(turn.need == client_need::response);
  CHECK(turn.response.octets.data() == octets.data());
  CHECK(turn.response.octets == head);
  CHECK(turn.response.status == 302);
  CHECK(turn.facts.has(field_name::content_length));
  CHECK(turn.framing == framing{framing_kind::length, 4});
  CHECK(turn.used == head.size());
  CHECK(turn.rest == "gone");
}

TEST_CASE("[UPG-25] a switched turn has the evidence and the new protocol's first octets") {
  auto client = waiting();
  output out{};
  const std::string octets = std::string{fixtures::upgrade_response} + "new";
  const client_turn turn = client.advance(octets, out);
  CHECK(turn.need == client_need::switched);
  CHECK(turn.response.status == 101);
  CHECK(&turn.switched()->protocol() == &offered[0]);
  CHECK(turn.rest == "new");
  CHECK(turn.used == fixtures::upgrade_response.size());
}

TEST_CASE("a failed turn has the offset of the failure in the input") {
  auto client = waiting();
  output out{};
  const std::string octets = fixtures::with(fixtures::upgrade_response, "foo/2", "foo/3");
  const client_turn turn = client.advance(octets, out);
  CHECK(turn.need == client_need::close);
  CHECK(turn.why == failure{errc::protocol_not_offered, octets.find("foo/3")});
  CHECK(turn.used == 0);
}
