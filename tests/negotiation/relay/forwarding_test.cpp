// What an intermediary makes of a request, as tables of requests and verdicts.
#include "turnout/negotiation/relay/forwarding.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "support/request_rows.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace {

using fixtures::request, fixtures::row;
using turnout::errc;
using turnout::facts;
using turnout::field_name;
using turnout::finding;
using turnout::http_version;
using turnout::method;
using turnout::profile;
using turnout::relay_policy;
namespace forwarding = turnout::forwarding;
using turnout::forwarding::verdict;
using kind = turnout::forwarding::verdict::kind;
using enum turnout::field_name;

constexpr http_version http_1_0{1, 0}, http_1_2{1, 2}, http_2{2, 0};

constexpr std::string_view settings[] = {"HTTP2-Settings"};
constexpr profile allowed[] = {
    {.token = {"foo", "2"}},
    {.token = {"bar"}, .methods = method::get | method::options, .needs_host = true},
    {.token = {"h2c"}, .nominated = settings},
    {.token = {"tcp"}, .methods = method::post, .content = true},
};
constexpr relay_policy policy{.allowed = allowed};

/// The number of the first row whose verdict is another one.
constexpr std::size_t first_not(kind what, std::span<const row> rows) {
  for (std::size_t number = 0; number < rows.size(); ++number) {
    const row& one = rows[number];
    const facts seen = request(one.lines, one.asked, one.version);
    const verdict judged = forwarding::examine_request(seen, policy);
    const finding expected{{one.code, one.at}, one.field};
    if (judged.what != what || judged.found != expected || !judged.offer.empty()) return number;
  }
  return rows.size();
}

/// True if exactly `expected` are relayed, in this order.
constexpr bool relays(std::string_view lines, std::span<const profile* const> expected,
                      method asked = method::get, http_version version = turnout::http_1_1) {
  const facts seen = request(lines, asked, version);
  const verdict judged = forwarding::examine_request(seen, policy);
  if (judged.what != kind::upgrading || judged.found || judged.offer.empty()) return false;
  std::size_t size = 0;
  bool same = true;
  judged.offer.for_each([&](const profile& one) {
    same = same && size < expected.size() && expected[size] == &one;
    ++size;
  });
  return same && size == expected.size();
}

constexpr const profile *foo[] = {allowed}, *bar[] = {allowed + 1}, *tcp[] = {allowed + 3};
constexpr const profile *foo_bar[] = {allowed, allowed + 1}, *bar_foo[] = {allowed + 1, allowed};

}  // namespace

TEST_CASE("[INT-04] [INT-05] allowed protocols are relayed in the client's order") {
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: foo/2\r\n", foo));
  CHECK_BOTH(relays("CONNECTION: UpGrAdE\r\nuPGRADE: FOO/2\r\n", foo));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: foo/2, bar\r\n", foo_bar));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: bar, foo/2\r\n", bar_foo));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: bar\r\nUpgrade: foo/2\r\n", bar_foo));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: bar\r\n", bar, method::get, http_1_2));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: bar, foo/2\r\n", bar, method::options));
  CHECK_BOTH(
      relays("Connection: upgrade\r\nUpgrade: tcp\r\nContent-Length: 5\r\n", tcp, method::post));
  CHECK_BOTH(relays("Connection: upgrade\r\nUpgrade: tcp\r\nTransfer-Encoding: chunked\r\n", tcp,
                    method::post));
  CHECK_BOTH(
      relays("Connection: close-not\r\nConnection: keep-alive,,\r\nConnection: , Upgrade\r\n"
             "Upgrade: foo/2\r\n",
             foo));
}

TEST_CASE("[INT-05] [H2C-19] protocols that are not allowed, and h2c, are not relayed") {
  static constexpr std::string_view h2c =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
  static constexpr row rows[] = {
      {"Connection: upgrade\r\nUpgrade: foo\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/3, websocket\r\n", errc::no_common_protocol, 0,
       upgrade},
      {"Connection: upgrade\r\nUpgrade: h2\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: h2c\r\n", errc::field_not_nominated, 0, connection},
      // It is allowed, and the request fits it; but the server after has no use for it
      // without its field, which is for one connection.
      {h2c, errc::no_common_protocol, 0, upgrade},
  };
  CHECK_BOTH(first_not(kind::plain, rows) == std::size(rows));
  CHECK_BOTH(
      relays("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c, foo/2\r\n"
             "HTTP2-Settings: AAMAAABk\r\n",
             foo));

  const facts asked = request("Connection: upgrade\r\nUpgrade: foo/2\r\n");
  const verdict judged = forwarding::examine_request(asked, {});
  CHECK(judged.what == kind::plain);
  CHECK(judged.found == finding{{errc::no_common_protocol, 0}, upgrade});
  CHECK(judged.offer.empty());
}

TEST_CASE("[INT-04] an ordinary request is forwarded as one, with the reason") {
  static constexpr row rows[] = {
      {"", errc::no_upgrade, 0, upgrade},
      {"Connection: close\r\n", errc::no_upgrade, 0, upgrade},
      {"", errc::no_upgrade, 0, upgrade, method::other},
      {"", errc::no_upgrade, 0, upgrade, method::post, http_1_0},
      {"Content-Length: 5\r\n", errc::no_upgrade, 0, upgrade, method::post},
      {"Transfer-Encoding: chunked\r\n", errc::no_upgrade, 0, upgrade, method::post},
      {"Expect: 100-continue\r\n", errc::no_upgrade, 0, upgrade, method::post},
      {"Upgrade: foo/2\r\n", errc::upgrade_not_nominated, 0, upgrade},
      {"Upgrade: foo/2\r\nConnection: upgrade\r\n", errc::upgrade_in_http_1_0, 0, upgrade,
       method::get, http_1_0},
      {"Upgrade: b@d\r\nConnection: upgrade\r\n", errc::bad_upgrade, 1, upgrade},
      {"Upgrade: ,\r\nConnection: upgrade\r\n", errc::empty_upgrade, 0, upgrade},
  };
  CHECK_BOTH(first_not(kind::plain, rows) == std::size(rows));
}

TEST_CASE("[INT-05] a request that does not fit a protocol is forwarded without it") {
  CHECK_BOTH(first_not(kind::plain, fixtures::unfit_requests) ==
             std::size(fixtures::unfit_requests));
}

TEST_CASE("[INT-17] [INT-18] a request that every server refuses is not forwarded") {
  CHECK_BOTH(first_not(kind::refuse, fixtures::malformed_requests) ==
             std::size(fixtures::malformed_requests));
  static constexpr row rows[] = {
      {"", errc::unsupported_http_version, 0, other, method::get, http_2},
      {"Host: @\r\n", errc::unsupported_http_version, 0, other, method::connect, http_2},
  };
  CHECK_BOTH(first_not(kind::refuse, rows) == std::size(rows));
  const facts hostless{method::get, turnout::http_1_1};
  CHECK(forwarding::examine_request(hostless, policy).found ==
        finding{{errc::missing_host, 0}, host});
  const facts old{method::get, http_1_0};
  CHECK(forwarding::examine_request(old, policy).what == kind::plain);
  CHECK(verdict{}.what == kind::refuse);
}

TEST_CASE(
    "[INT-01] a request with a malformed Connection is not forwarded, with or without Upgrade") {
  static constexpr row rows[] = {
      {"Connection: b@d\r\n", errc::bad_connection, 1, connection},
      {"Connection: keep-alive upgrade\r\nUpgrade: foo/2\r\n", errc::bad_connection, 11,
       connection},
      {"Connection: \"upgrade\"\r\nUpgrade: foo/2\r\n", errc::bad_connection, 0, connection},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nConnection: a=b\r\n", errc::bad_connection, 9,
       connection},
      {"Connection: upgrade;q=1\r\n", errc::bad_connection, 7, connection, method::post},
      {"Connection: @\r\n", errc::bad_connection, 0, connection, method::get, http_1_0},
      {"Connection: @\r\n", errc::bad_connection, 0, connection, method::connect},
      {"Connection: @\r\nUpgrade: foo/2\r\n", errc::bad_connection, 0, connection, method::post},
  };
  CHECK_BOTH(first_not(kind::refuse, rows) == std::size(rows));
  CHECK_BOTH(turnout::refusal_for(errc::bad_connection, allowed).status == 400);
}

TEST_CASE("[INT-26] a request whose Connection lists a field for all recipients is not forwarded") {
  static constexpr row rows[] = {
      {"Connection: close, Host\r\n", errc::end_to_end_nominated, 7, connection},
      {"Connection: close, Content-Length\r\n", errc::end_to_end_nominated, 7, connection},
      {"Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n",
       errc::end_to_end_nominated, 0, connection, method::post},
      {"Connection: AUTHORIZATION\r\n", errc::end_to_end_nominated, 0, connection},
      {"Connection: x-forwarded-for\r\n", errc::end_to_end_nominated, 0, connection},
      {"Connection: upgrade, Sec-WebSocket-Key\r\nUpgrade: foo/2\r\n", errc::end_to_end_nominated,
       9, connection},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nConnection: ,via\r\n", errc::end_to_end_nominated,
       9, connection},
      {"Connection: max-forwards\r\nMax-Forwards: 0\r\n", errc::end_to_end_nominated, 0, connection,
       method::options},
      {"Connection: host\r\n", errc::end_to_end_nominated, 0, connection, method::connect},
      {"Connection: host\r\n", errc::end_to_end_nominated, 0, connection, method::get, http_1_0},
  };
  CHECK_BOTH(first_not(kind::refuse, rows) == std::size(rows));
  CHECK_BOTH(turnout::refusal_for(errc::end_to_end_nominated, allowed).status == 400);
}

TEST_CASE("[INT-04] a CONNECT is for a tunnel, and its Upgrade is ignored") {
  constexpr method asked = method::connect;
  CHECK_BOTH(first_not(kind::connect, fixtures::connect_requests) ==
             std::size(fixtures::connect_requests));
  static constexpr row rows[] = {
      {"Max-Forwards: 0\r\n", errc::none, 0, other, asked},
  };
  CHECK_BOTH(first_not(kind::connect, rows) == std::size(rows));
  CHECK_BOTH(first_not(kind::refuse, fixtures::malformed_connect_requests) ==
             std::size(fixtures::malformed_connect_requests));
}

TEST_CASE("[INT-23] OPTIONS and TRACE are forwarded as often as Max-Forwards says") {
  constexpr method options = method::options, trace = method::trace;
  static constexpr row last[] = {
      {"Max-Forwards: 0\r\n", errc::none, 0, other, options},
      {"Max-Forwards: 000\r\n", errc::none, 0, other, trace},
      {"mAX-fORWARDS: 0\r\n", errc::none, 0, other, trace, http_1_0},
      {"Max-Forwards: 0\r\nConnection: upgrade\r\nUpgrade: bar\r\n", errc::none, 0, other, options},
  };
  CHECK_BOTH(first_not(kind::respond, last) == std::size(last));
  static constexpr row more[] = {
      {"Max-Forwards: 1\r\n", errc::no_upgrade, 0, upgrade, options},
      {"Max-Forwards: 1\r\n", errc::no_upgrade, 0, upgrade, trace},
      {"Max-Forwards: 99999999999999999999999\r\n", errc::no_upgrade, 0, upgrade, options},
      // Of other methods it says nothing.
      {"Max-Forwards: 0\r\n", errc::no_upgrade, 0, upgrade},
      {"Max-Forwards: -1\r\n", errc::no_upgrade, 0, upgrade, method::head},
      {"Max-Forwards: 0\r\nMax-Forwards: 0\r\n", errc::no_upgrade, 0, upgrade, method::other},
  };
  CHECK_BOTH(first_not(kind::plain, more) == std::size(more));
  CHECK_BOTH(
      relays("Max-Forwards: 1\r\nConnection: upgrade\r\nUpgrade: bar\r\n", bar, method::options));
  static constexpr row bad[] = {
      {"Max-Forwards:\r\n", errc::bad_max_forwards, 0, max_forwards, options},
      {"Max-Forwards: -1\r\n", errc::bad_max_forwards, 0, max_forwards, trace},
      {"Max-Forwards: 1, 1\r\n", errc::bad_max_forwards, 1, max_forwards, options},
      {"Max-Forwards: 0\r\nMax-Forwards: 0\r\n", errc::bad_max_forwards, 2, max_forwards, options},
      {"Max-Forwards: x\r\nConnection: upgrade\r\nUpgrade: bar\r\n", errc::bad_max_forwards, 0,
       max_forwards, options},
  };
  CHECK_BOTH(first_not(kind::refuse, bad) == std::size(bad));
}

TEST_CASE("[INT-37] lists beyond a limit are refused, and not truncated") {
  constexpr facts two = request("Connection: a, upgrade\r\nUpgrade: bar, x\r\n");
  CHECK_BOTH(forwarding::examine_request(two, policy, 2).what == kind::upgrading);
  CHECK_BOTH(forwarding::examine_request(two, policy, 1).what == kind::refuse);
  CHECK_BOTH(forwarding::examine_request(two, policy, 1).found ==
             finding{{errc::too_many_elements, 3}, connection});
  constexpr facts long_upgrade = request("Connection: upgrade\r\nUpgrade: bar, x\r\n");
  CHECK_BOTH(forwarding::examine_request(long_upgrade, policy, 1).found ==
             finding{{errc::too_many_elements, 5}, upgrade});
  CHECK_BOTH(forwarding::examine_request(long_upgrade, policy, 1).what == kind::refuse);
  // So is a Connection that no Upgrade is beside.
  constexpr facts plain = request("Connection: a, b\r\n");
  CHECK_BOTH(forwarding::examine_request(plain, policy, 2).what == kind::plain);
  CHECK_BOTH(forwarding::examine_request(plain, policy, 1).found ==
             finding{{errc::too_many_elements, 3}, connection});

  facts many{method::get, turnout::http_1_1};
  many.see("Host", "a");
  for (std::size_t i = 0; i <= facts::max_lines; ++i) many.see("Connection", "x");
  CHECK(forwarding::examine_request(many, policy).what == kind::refuse);
  CHECK(forwarding::examine_request(many, policy).found.why.code == errc::too_many_kept_lines);
}

TEST_CASE("[INT-05] no more than 64 protocols may be allowed") {
  static constexpr std::array<profile, 65> many{};
  constexpr facts seen = request("");
  CHECK_BOTH(forwarding::examine_request(seen, {.allowed = std::span{many}.first(64)}).what ==
             kind::plain);
  CHECK_BOTH(forwarding::examine_request(seen, {.allowed = many}).what == kind::refuse);
  CHECK_BOTH(forwarding::examine_request(seen, {.allowed = many}).found ==
             finding{{errc::too_many_profiles, 64}, other});
  CHECK_BOTH(turnout::refusal_for(errc::too_many_profiles, {}).status == 500);
}
