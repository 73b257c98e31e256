// What is offered on of an offer: each protocol once, in the client's order.
#include "turnout/negotiation/relay/relayed_offer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using turnout::facts;
using turnout::profile;
using turnout::forwarding::relayed_offer;

constexpr std::string_view settings[] = {"HTTP2-Settings"};
constexpr profile allowed[] = {
    {.token = {"foo", "2"}}, {.token = {"bar"}}, {.token = {"h2c"}, .nominated = settings}};
constexpr const profile* foo = allowed;
constexpr const profile* bar = allowed + 1;

constexpr facts request(std::string_view first, std::string_view second = {}) {
  facts noted{turnout::method::get, turnout::http_1_1};
  noted.see("Host", "a");
  noted.see("Connection", "upgrade, HTTP2-Settings");
  noted.see("HTTP2-Settings", "AAMAAABk");
  noted.see("Upgrade", first);
  noted.see("Upgrade", second);
  return noted;
}

/// True if just `expected` are offered on, in this order.
constexpr bool relays(std::string_view first, std::string_view second,
                      std::array<const profile*, 2> expected) {
  const facts seen = request(first, second);
  const relayed_offer made{turnout::examine_request(seen, allowed).offer};
  std::array<const profile*, 4> told{};
  std::size_t size = 0;
  made.for_each([&](const profile& one) { told[size++] = &one; });
  return told[0] == expected[0] && told[1] == expected[1] && told[2] == nullptr &&
         made.empty() == (size == 0);
}

}  // namespace

TEST_CASE("[INT-04] [INT-05] protocols are relayed in the client's order") {
  CHECK_BOTH(relays("foo/2", "", {foo}));
  CHECK_BOTH(relays("foo/2, bar", "", {foo, bar}));
  CHECK_BOTH(relays("BAR,x", "foo/3, Foo/2", {bar, foo}));
  CHECK_BOTH(relays("x", "", {}));
  CHECK_BOTH(relays("foo", "bar/1", {}));
  CHECK_BOTH(relays("bar", "b@d", {}));
}

TEST_CASE("[INT-05] each protocol is relayed once, however often it is listed") {
  CHECK_BOTH(relays("bar, foo/2, BAR, foo/2", "", {bar, foo}));
  CHECK_BOTH(relays("bar, bar", "Bar,, foo/2, bar", {bar, foo}));
}

TEST_CASE("[INT-05] the only protocol that is relayed is found without the lines of Upgrade") {
  const auto only = [](std::string_view protocols) {
    const facts seen = request(protocols);
    const profile* found = nullptr;
    const relayed_offer made{turnout::examine_request(seen, allowed).offer};
    return made.find_only(found) ? found : nullptr;
  };
  CHECK(only("bar") == bar);
  CHECK(only("x, FOO/2, x") == foo);
  CHECK(only("foo/3") == nullptr);
  CHECK(only("foo/2, bar") == nullptr);
  CHECK(only("h2c") == nullptr);
  CHECK(only("h2c, bar") == nullptr);
  CHECK(only("x") == nullptr);
  const profile* found = nullptr;
  CHECK(!relayed_offer{}.find_only(found));
}

TEST_CASE("[INT-06] [H2C-19] a protocol that needs a field for one connection is not relayed") {
  CHECK_BOTH(relays("h2c", "", {}));
  CHECK_BOTH(relays("h2c, bar", "h2c", {bar}));
}

TEST_CASE("each of 64 protocols may be relayed") {
  std::array<std::string, 64> names;
  std::array<profile, 64> many;
  std::string reversed;
  for (std::size_t i = names.size(); i-- > 0;) {
    names[i] = "p" + std::to_string(i);
    many[i].token.name = names[i];
    reversed += names[i] + (i > 0 ? "," : "");
  }
  const facts seen = request(reversed);
  for (std::size_t size = 1; size <= 64; ++size) {
    std::size_t left = size;
    const relayed_offer made{turnout::examine_request(seen, std::span{many}.first(size)).offer};
    made.for_each([&](const profile& one) { CHECK(&one == &many[--left]); });
    CHECK(left == 0);
  }
}

TEST_CASE("a default offer relays nothing") {
  CHECK_BOTH(relayed_offer{}.empty());
  CHECK_BOTH(relayed_offer{turnout::offer{}}.empty());
  relayed_offer{}.for_each([](const profile&) { CHECK(false); });
}

TEST_CASE("[INT-04] [ENG-16] an offer can move with its facts") {
  const facts seen = request("bar", "foo/2");
  const relayed_offer made{turnout::examine_request(seen, allowed).offer};
  const facts moved = seen;
  std::string names;
  made.moved_to(moved).for_each([&names](const profile& one) { names += one.token.name; });
  CHECK(names == "barfoo");
  CHECK(relayed_offer{}.moved_to(moved).empty());
  CHECK(made.offered() == 3);
  CHECK_BOTH(relayed_offer{}.offered() == 0);
}
