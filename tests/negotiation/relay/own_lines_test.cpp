// The lines that an intermediary adds.
#include "turnout/negotiation/relay/own_lines.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::http_version;
using turnout::protocol;
using turnout::relay_policy;
using turnout::writer;
namespace detail = turnout::forwarding::detail;

/// What `put` puts.
template <class Put>
constexpr bool puts(std::string_view expected, failure why, const Put& put) {
  std::array<char, 128> room{};
  writer to{room};
  put(to);
  return std::string_view{room.data(), to.size()} == expected && to.error() == why;
}

constexpr bool is_plain(std::size_t size) {
  const std::array<char, 64> octets = [] {
    std::array<char, 64> letters{};
    letters.fill('a');
    return letters;
  }();
  return detail::is_plain({{octets.data(), size}});
}

}  // namespace

TEST_CASE("[INT-20] a name in Via is a token, and optionally a colon and a port") {
  for (const std::string_view name : {"p", "turnout", "example.com:80", "a:0", "a:65535", "!~"}) {
    CAPTURE(name);
    CHECK(detail::is_name_in_via(name));
  }
  for (const std::string_view name : {"", ":", ":80", "a:", "a:x", "a:65536", "a b", "a,b", "[::1]",
                                      "a:1:1", "a\r\n", "a:1\r\n", "example.com ", "\xff"}) {
    CAPTURE(name);
    CHECK(!detail::is_name_in_via(name));
  }
}

TEST_CASE("[INT-20] Via has the version of the message and the name") {
  const auto via = [](http_version received, std::string_view name) {
    return [=](writer& to) { detail::put_via(to, received, name, 7); };
  };
  CHECK_BOTH(puts("Via: 1.1 turnout\r\n", {}, via({1, 1}, "turnout")));
  CHECK_BOTH(puts("Via: 1.0 a:1\r\n", {}, via({1, 0}, "a:1")));
  CHECK_BOTH(puts("Via: 2.0 a\r\n", {}, via({2, 0}, "a")));
  CHECK_BOTH(puts("Via: 1.1 a b\r\n", {errc::unwritable, 7}, via({1, 1}, "a b")));
}

TEST_CASE("[INT-19] Connection and Upgrade name one protocol") {
  const auto upgrade = [](protocol one) {
    return [=](writer& to) { detail::put_upgrade(to, one); };
  };
  CHECK_BOTH(puts("Connection: Upgrade\r\nUpgrade: a\r\n", {}, upgrade({"a"})));
  CHECK_BOTH(puts("Connection: Upgrade\r\nUpgrade: a/1\r\n", {}, upgrade({"a", "1"})));
  CHECK_BOTH(puts("Connection: Upgrade\r\nUpgrade: \r\n", {errc::unwritable, 0}, upgrade({})));
}

TEST_CASE("[ENG-04] a plain protocol is a token of at most 32 octets, without a version") {
  CHECK_BOTH(is_plain(1));
  CHECK_BOTH(is_plain(32));
  CHECK_BOTH(!is_plain(33));
  CHECK_BOTH(!is_plain(0));
  CHECK_BOTH(!detail::is_plain({"a", "1"}));
  CHECK_BOTH(!detail::is_plain({"a b"}));
}

TEST_CASE("[ENG-04] all that is added to a head is less than what is counted for it") {
  writer added;
  added.put("  HTTP/1.1\r\nHTTP/1.1 200 \r\nHost: \r\n");
  detail::put_via(added, {1, 1}, "", 0);
  detail::put_upgrade(added, {"thirty-two-octets---------------"});
  added.put("\r\n");
  CHECK(added.size() <= detail::most_added);
}

TEST_CASE("[INT-03] [INT-20] a policy adds nothing but Via if it has no fields and a good name") {
  static constexpr turnout::field_line own[] = {{"A", "b"}};
  CHECK_BOTH(detail::adds_only_via(relay_policy{}));
  CHECK_BOTH(detail::adds_only_via(relay_policy{.name = "a:1"}));
  CHECK_BOTH(!detail::adds_only_via(relay_policy{.name = "a b"}));
  CHECK_BOTH(!detail::adds_only_via(relay_policy{.name = ""}));
  CHECK_BOTH(!detail::adds_only_via(relay_policy{.fields = own}));
}
