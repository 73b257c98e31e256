// Offers, whose order decides among their protocols, and the agreements that come out of them.
#include "turnout/negotiation/offer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using turnout::agreement;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::offer;
using turnout::preference;
using turnout::profile;

constexpr profile supported[] = {
    {.token = {"foo", "2"}}, {.token = {"bar"}}, {.token = {"foo"}}, {.token = {"baz"}}};

constexpr facts request(std::string_view first, std::string_view second = {}) {
  facts noted{turnout::method::get, turnout::http_1_1};
  noted.see("Upgrade", first);
  noted.see("Connection", "upgrade");
  noted.see("Upgrade", second);
  noted.see("Host", "a");
  return noted;
}

constexpr offer made_of(const facts& seen, std::span<const profile> spoken = supported) {
  return turnout::examine_request(seen, spoken).offer;
}

constexpr facts all = request("x, BAZ, bar", "Foo, FOO/2");
constexpr facts bar_first = request("x, bar", "Foo, FOO/2");
constexpr facts foo_first = request("Foo, x", "FOO/2");
constexpr facts baz_alone = request("baz");
constexpr facts nothing = request("x");

}  // namespace

TEST_CASE("[UPG-18] a protocol is chosen in the client's order or in the server's") {
  CHECK_BOTH(made_of(all).choose(preference::server) == &supported[0]);
  CHECK_BOTH(made_of(all).choose(preference::client) == &supported[3]);
  CHECK_BOTH(made_of(bar_first).choose(preference::server) == &supported[0]);
  CHECK_BOTH(made_of(bar_first).choose(preference::client) == &supported[1]);
  // Both `foo` and `foo/2` are spoken and offered, and are not the same.
  CHECK_BOTH(made_of(foo_first).choose(preference::server) == &supported[0]);
  CHECK_BOTH(made_of(foo_first).choose(preference::client) == &supported[2]);
  CHECK_BOTH(made_of(baz_alone).choose(preference::server) == &supported[3]);
  CHECK_BOTH(made_of(baz_alone).choose(preference::client) == &supported[3]);
}

TEST_CASE("[UPG-18] for_each() passes each protocol of both sides once, in the client's order") {
  constexpr auto in_order = [](const facts& seen, std::span<const profile> spoken,
                               std::array<const profile*, 4> expected) {
    std::array<const profile*, 5> told{};
    std::size_t size = 0;
    made_of(seen, spoken).for_each([&](const profile& one) { told[size++] = &one; });
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (told[i] != expected[i]) return false;
    return told[4] == nullptr;
  };
  constexpr const profile* at = supported;
  CHECK_BOTH(in_order(all, supported, {at + 3, at + 1, at + 2, at}));
  CHECK_BOTH(in_order(foo_first, supported, {at + 2, at}));
  static constexpr facts twice = request("baz, x, BAZ", "bar, baz, Bar");
  CHECK_BOTH(in_order(twice, supported, {at + 3, at + 1}));
  CHECK_BOTH(in_order(nothing, supported, {}));
  // Of two profiles with one token, the first that the request is for.
  static constexpr profile same[] = {
      {.token = {"bar"}, .methods = turnout::method::post}, {.token = {"BAR"}}, {.token = {"bar"}}};
  CHECK_BOTH(in_order(twice, same, {same + 1}));
  CHECK(offer{}.choose(preference::client) == nullptr);
  offer{}.for_each([](const profile&) { CHECK(false); });
}

TEST_CASE(
    "[UPG-40] a protocol whose profile the request does not fit is neither chosen nor agreed on") {
  static constexpr profile some_fit[] = {{.token = {"x"}, .methods = turnout::method::post},
                                         {.token = {"bar"}}};
  CHECK_BOTH(made_of(all, some_fit).offered() == 2);
  CHECK_BOTH(made_of(all, some_fit).choose(preference::server) == &some_fit[1]);
  CHECK_BOTH(made_of(all, some_fit).choose(preference::client) == &some_fit[1]);
  CHECK_BOTH(made_of(all, some_fit).agree({"x"}).error() == failure{errc::foreign_agreement, 0});
}

TEST_CASE("each of 64 protocols can be chosen and agreed on") {
  std::array<char, 64> names{};
  std::array<profile, 64> many;
  for (std::size_t i = 0; i < many.size(); ++i) {
    names[i] = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"[i % 51];
    // Names differ in no case, so those after the 51st have a version.
    many[i].token = {{&names[i], 1}, i < 51 ? "" : "2"};
  }
  for (std::size_t i = 0; i < many.size(); ++i) {
    const std::array<char, 3> text{names[i], '/', '2'};
    const facts seen = request({text.data(), i < 51 ? 1u : 3u});
    const offer one = made_of(seen, many);
    CHECK(one.offered() == std::uint64_t{1} << i);
    CHECK(one.choose(preference::server) == &many[i]);
    CHECK(one.choose(preference::client) == &many[i]);
    CHECK(one.agree(many[i].token)->protocol() == &many[i]);
    CHECK(!one.agree(many[(i + 1) % 64].token));
  }
}

TEST_CASE("[UPG-12] an agreement is only on an offered protocol") {
  constexpr offer three = made_of(bar_first);
  CHECK_BOTH(three.agree({"foo", "2"})->protocol() == &supported[0]);
  CHECK_BOTH(three.agree({"FOO", "2"})->protocol() == &supported[0]);
  CHECK_BOTH(three.agree({"bar"})->protocol() == &supported[1]);

  // Spoken but not offered, offered but not spoken, another version, neither.
  for (const turnout::protocol& token : {turnout::protocol{"baz"}, turnout::protocol{"x"},
                                         turnout::protocol{"foo", "3"}, turnout::protocol{}}) {
    CHECK(three.agree(token).error() == failure{errc::foreign_agreement, 0});
    CHECK(three.agree(token)->protocol() == nullptr);
  }
  CHECK_BOTH(three.agree({"baz"}).error() == failure{errc::foreign_agreement, 0});
}

TEST_CASE("[UPG-12] only an offer makes an agreement, and only examine_request() makes an offer") {
  CHECK_BOTH(agreement{}.protocol() == nullptr);
  CHECK_BOTH(!std::is_constructible_v<agreement, const profile&>);
  CHECK_BOTH(!std::is_constructible_v<agreement, const profile*>);
  CHECK_BOTH(!std::is_constructible_v<agreement, const offer&>);
  CHECK_BOTH(
      !std::is_constructible_v<offer, const facts&, std::span<const profile>, std::uint64_t>);

  turnout::writer to;
  made_of(all).agree({"bar"})->put_fields(to);
  CHECK(to.size() == 0);
}

TEST_CASE("[UPG-18] agree() may choose the first protocol in either side's order") {
  CHECK_BOTH(made_of(all).agree(preference::server)->protocol() == &supported[0]);
  CHECK_BOTH(made_of(all).agree(preference::client)->protocol() == &supported[3]);
  CHECK_BOTH(made_of(baz_alone).agree(preference::server)->protocol() == &supported[3]);
  CHECK_BOTH(made_of(nothing).agree(preference::client).error() ==
             failure{errc::foreign_agreement, 0});
}

TEST_CASE("[UPG-19] the refusal of a failure to agree has its status and the server's protocols") {
  CHECK_BOTH(agreement::refusal_for(errc::bad_connection, supported).status == 400);
  CHECK_BOTH(agreement::refusal_for(errc::method_not_allowed, supported).status == 405);
  CHECK_BOTH(agreement::refusal_for(errc::method_not_allowed, supported).allowing.data() ==
             supported);
}

TEST_CASE("a default offer chooses nothing and agrees to nothing") {
  for (const offer& none : {offer{}, offer{}.moved_to(all), made_of(nothing), made_of(all, {})}) {
    CHECK(none.offered() == 0);
    CHECK(none.choose(preference::server) == nullptr);
    CHECK(none.choose(preference::client) == nullptr);
    CHECK(none.agree({"foo", "2"}).error() == failure{errc::foreign_agreement, 0});
    CHECK(none.agree({}).error() == failure{errc::foreign_agreement, 0});
  }
  CHECK_BOTH(offer{}.request() == nullptr);
  CHECK_BOTH(offer{}.moved_to(all).request() == nullptr);
  CHECK_BOTH(made_of(nothing).moved_to(all).request() == nullptr);
  CHECK_BOTH(offer{}.choose(preference::server) == nullptr);
}

TEST_CASE("an offer knows its facts, and can move with them") {
  CHECK_BOTH(made_of(all).request() == &all);
  CHECK_BOTH(made_of(all).offered() == 15);
  const offer there = [] {
    const facts gone = all;
    return made_of(gone).moved_to(bar_first);
  }();
  CHECK(there.request() == &bar_first);
  CHECK(there.offered() == 15);
  CHECK(there.choose(preference::client) == &supported[1]);
  CHECK(there.agree({"baz"})->protocol() == &supported[3]);
}

TEST_CASE("each preference has its name") {
  CHECK_BOTH(name_of(turnout::preference::client) == "client");
  CHECK_BOTH(name_of(turnout::preference::server) == "server");
}
