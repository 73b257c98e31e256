// A protocol as a value: what a profile of a program's own says where it says nothing.
#include "turnout/negotiation/profile.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"

namespace {

/// True if the Upgrade line that lists `protocols` is `expected`.
constexpr bool puts(std::span<const turnout::profile> protocols, std::string_view expected) {
  std::array<char, 64> out{};
  const turnout::result<std::string_view> written = turnout::write_whole(
      out, [protocols](turnout::writer& to) { turnout::detail::put_upgrade(to, protocols); });
  return written && *written == expected;
}

}  // namespace

TEST_CASE("[OPT-10] the defaults of a profile are strict: GET, and no content") {
  constexpr turnout::profile bare{.token = {"foo", "2"}};
  CHECK_BOTH(bare.token == turnout::protocol{"FOO", "2"});
  CHECK_BOTH(bare.methods == turnout::method_set{turnout::method::get});
  CHECK_BOTH(!bare.content);
  CHECK_BOTH(bare.nominated.empty());
  CHECK_BOTH(!bare.own_agreement);
  CHECK_BOTH(bare.upper == turnout::protocol{});
  CHECK_BOTH(!bare.needs_host);
  CHECK_BOTH(!bare.opportunistic);
  CHECK_BOTH(!bare.self_confirming);
  CHECK_BOTH(!bare.capsules);
  CHECK_BOTH(turnout::profile{}.token == turnout::protocol{});
}

TEST_CASE("[WLD-02] a profile tolerates a missing Connection only if the program says so") {
  constexpr turnout::profile strict{.token = {"foo", "2"}, .content = true};
  CHECK_BOTH(!strict.tolerates_missing_connection);
  CHECK_BOTH(strict.tolerating_missing_connection().tolerates_missing_connection);
  CHECK_BOTH(strict.tolerating_missing_connection().token == strict.token);
  CHECK_BOTH(strict.tolerating_missing_connection().content);
}

TEST_CASE(
    "[UPG-41] [UPG-50] Upgrade can't lead to another version of HTTP, unless a profile says so") {
  CHECK_BOTH(!turnout::profile{.token = {"h2"}}.by_upgrade);
  CHECK_BOTH(!turnout::profile{.token = {"H2"}}.by_extended_connect);
  CHECK_BOTH(!turnout::profile{.token = {"http", "3.0"}}.by_upgrade);
  CHECK_BOTH(turnout::profile{.token = {"h2c"}}.by_upgrade);
  CHECK_BOTH(turnout::profile{.token = {"foo", "2"}}.by_extended_connect);
  CHECK_BOTH(turnout::profile{.token = {"h2"}, .by_upgrade = true}.by_extended_connect);
}

TEST_CASE("[UPG-52] WebTransport over HTTP/3 is asked for by extended CONNECT, and by no Upgrade") {
  constexpr turnout::profile webtransport{.token = {"webtransport-h3"}};
  CHECK_BOTH(!webtransport.by_upgrade);
  CHECK_BOTH(webtransport.by_extended_connect);
}

TEST_CASE("[OPT-11] a request may have the methods of a profile, even by name") {
  using turnout::method;
  using turnout::rules::allows;
  static constexpr std::string_view names[] = {"SOURCE", "PROPFIND"};
  constexpr turnout::profile named{.token = {"foo"}, .method_names = names};
  CHECK_BOTH(allows(named, method::get, {}));
  CHECK_BOTH(allows(named, method::other, "PROPFIND"));
  CHECK_BOTH(!allows(named, method::other, "propfind"));
  CHECK_BOTH(!allows(named, method::other, ""));
  CHECK_BOTH(!allows(named, method::post, "SOURCE"));
  constexpr turnout::profile any{.token = {"foo"}, .methods = turnout::method_set::any()};
  CHECK_BOTH(allows(any, method::other, "X"));
  CHECK_BOTH(allows(any, method::post, {}));
  CHECK_BOTH(!allows(turnout::profile{.token = {"foo"}}, method::other, "X"));
}

TEST_CASE("a profile is trivially copyable, and a list of them fits into a 64-bit word") {
  CHECK_BOTH(std::is_trivially_copyable_v<turnout::profile>);
  CHECK_BOTH(turnout::detail::max_profiles == 64);
}

TEST_CASE("[UPG-01] [UPG-22] [GRM-20] one Upgrade line lists protocols in their order") {
  static constexpr turnout::profile three[] = {
      {.token = {"foo", "2"}}, {.token = {"bar"}}, {.token = {"TLS", "1.3"}, .upper = {"HTTP"}}};
  CHECK_BOTH(puts(std::span{three}.first(1), "Upgrade: foo/2\r\n"));
  CHECK_BOTH(puts(std::span{three}.first(2), "Upgrade: foo/2, bar\r\n"));
  // The protocol on top of another one is not offered with it.
  CHECK_BOTH(puts(three, "Upgrade: foo/2, bar, TLS/1.3\r\n"));
  CHECK_BOTH(puts(std::span{three}.subspan(1, 1), "Upgrade: bar\r\n"));
}

TEST_CASE("[MSG-82] a malformed protocol is not put") {
  static constexpr turnout::profile broken[] = {{.token = {"foo"}}, {.token = {"a b"}}};
  turnout::writer to;
  turnout::detail::put_upgrade(to, broken);
  CHECK(to.error() == turnout::failure{turnout::errc::unwritable, 1});
}
