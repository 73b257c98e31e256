// What is remembered of a forwarded request.
#include "turnout/negotiation/relay/relayed_proposal.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>

#include "support/both.hpp"

static_assert(std::forward_iterator<turnout::forwarding::relayed_protocols::iterator>);
static_assert(std::ranges::forward_range<turnout::forwarding::relayed_protocols>);

namespace {

using turnout::profile;
using turnout::forwarding::relayed_proposal;
using turnout::forwarding::relayed_protocols;

constexpr std::array<std::string_view, 1> settings{"HTTP2-Settings"};
constexpr profile allowed[] = {
    {.token = {"a", {}}},
    {.token = {"h2c", {}}, .nominated = settings},
    {.token = {"b", {}}},
    {.token = {"c", {}}},
};

/// The names of the protocols, one after the other.
std::string names(const relayed_protocols& of) {
  std::string all;
  for (const profile& one : of) all += one.token.name;
  return all;
}

constexpr bool begins_with(const relayed_protocols& protocols, const profile& first) {
  for (const profile& one : protocols) return &one == &first;
  return false;
}

}  // namespace

TEST_CASE(
    "[INT-04] [INT-08] the relayed protocols are the offered ones that can be relayed, in the "
    "list's order") {
  CHECK(names({allowed, 0b1101}) == "abc");
  CHECK(names({allowed, 0b1001}) == "ac");
  CHECK(names({allowed, 0b0100}) == "b");
  CHECK(names({allowed, 0b1000}) == "c");
  CHECK(names({allowed, 0}).empty());
  CHECK(names({}).empty());
  CHECK_BOTH(begins_with({allowed, 0b1110}, allowed[2]));
  CHECK_BOTH(relayed_protocols{}.empty());
  CHECK_BOTH(relayed_protocols{allowed, 0}.empty());
  CHECK_BOTH(!relayed_protocols{allowed, 0b1000}.empty());
}

TEST_CASE("[INT-05] [INT-06] protocols that need fields for one connection were not relayed") {
  CHECK(names({allowed, 0b1111}) == "abc");
  CHECK_BOTH(relayed_protocols{allowed, 0b0010}.empty());
}

TEST_CASE("[INT-04] a list may have the maximum number of protocols") {
  std::array<profile, turnout::detail::max_profiles> many{};
  CHECK(names({many, ~std::uint64_t{0}}).empty());
  std::size_t count = 0;
  for (const profile& one : relayed_protocols{many, ~std::uint64_t{0}})
    count += &one >= many.data();
  CHECK(count == many.size());
}

TEST_CASE("[INT-35] an intermediary requires nothing more of a protocol's 101") {
  CHECK_BOTH(!relayed_proposal{}.check_switch({}, allowed[0], 1));
}
