// What a server makes of a request, as tables of requests and verdicts.
#include "turnout/negotiation/examine_request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "support/request_rows.hpp"

namespace {

using fixtures::request, fixtures::row;
using turnout::errc;
using turnout::facts;
using turnout::field_name;
using turnout::finding;
using turnout::http_version;
using turnout::method;
using turnout::profile;
using kind = turnout::verdict::kind;
using enum turnout::field_name;

constexpr http_version http_1_0{1, 0}, http_1_2{1, 2}, http_2{2, 0}, http_3{3, 0};

constexpr std::string_view settings[] = {"HTTP2-Settings", "X"};
constexpr profile supported[] = {
    {.token = {"foo", "2"}},
    {.token = {"bar"}, .methods = method::get | method::options, .needs_host = true},
    {.token = {"h2c"}, .nominated = settings},
    {.token = {"tcp"}, .methods = method::post, .content = true},
    {.token = {"h2"}},
    {.token = {"any"}, .methods = method::get | method::query, .opportunistic = true},
};
constexpr std::uint64_t foo = 1, bar = 2, h2c = 4, tcp = 8, any = 32;

/// True if a request that is plain is judged as the rules judge it.
constexpr bool is_judged_by_rules(const facts& seen, const turnout::verdict& judged,
                                  std::span<const profile> spoken = supported) {
  const turnout::verdict by_rules = turnout::detail::examine_by_rules(seen, spoken, 64);
  return judged.what == by_rules.what && judged.found == by_rules.found &&
         judged.offer.offered() == by_rules.offer.offered();
}

/// The number of the first row whose verdict is another one.
constexpr std::size_t first_not(kind what, std::span<const row> rows) {
  for (std::size_t number = 0; number < rows.size(); ++number) {
    const row& one = rows[number];
    const facts seen = request(one.lines, one.asked, one.version);
    const turnout::verdict judged = turnout::examine_request(seen, supported);
    const finding expected{{one.code, one.at}, one.field};
    if (judged.what != what || judged.found != expected || judged.offer.offered() != 0)
      return number;
    if (!is_judged_by_rules(seen, judged)) return number;
  }
  return rows.size();
}

struct offer_row {
  std::string_view lines;
  std::uint64_t offered;
  method asked = method::get;
  http_version version = turnout::http_1_1;
};

/// The number of the first row that is no offer, or one of other protocols.
constexpr std::size_t first_not_offered(std::span<const offer_row> rows) {
  for (std::size_t number = 0; number < rows.size(); ++number) {
    const offer_row& one = rows[number];
    const facts seen = request(one.lines, one.asked, one.version);
    const turnout::verdict judged = turnout::examine_request(seen, supported);
    if (judged.what != kind::offer || judged.found || judged.offer.offered() != one.offered ||
        judged.offer.request() != &seen || !is_judged_by_rules(seen, judged))
      return number;
  }
  return rows.size();
}

}  // namespace

TEST_CASE("a request whose Upgrade is ignored is an ordinary one") {
  CHECK_BOTH(turnout::verdict{}.what == kind::ignore);
  // UPG-06, UPG-07, UPG-08, UPG-52, CON-12.
  static constexpr row rows[] = {
      {"", errc::no_upgrade, 0, upgrade},
      {"Connection: upgrade\r\n", errc::no_upgrade, 0, upgrade},
      {"Upgrade: foo/2\r\n", errc::upgrade_not_nominated, 0, upgrade},
      {"Upgrade: foo/2\r\nConnection:\r\n", errc::upgrade_not_nominated, 0, upgrade},
      {"Upgrade: foo/2\r\nConnection: keep-alive\r\n", errc::upgrade_not_nominated, 0, upgrade},
      {"Upgrade: foo/2\r\nProxy-Connection: upgrade\r\n", errc::upgrade_not_nominated, 0, upgrade},
      {"Upgrade: foo/2\r\nConnection: upgrade\r\n", errc::upgrade_in_http_1_0, 0, upgrade,
       method::get, http_1_0},
      {"Upgrade: @\r\nConnection: @\r\n", errc::upgrade_in_http_1_0, 0, upgrade, method::get,
       http_1_0},
      {"Upgrade: foo/2\r\nConnection: upgrade\r\n", errc::unsupported_http_version, 0, other,
       method::get, http_2},
      {"Host: @\r\n", errc::unsupported_http_version, 0, other, method::connect, http_3},
      // H2C-03: a field that is not nominated counts as absent.
      {"Connection: upgrade\r\nUpgrade: h2c\r\n", errc::field_not_nominated, 0, connection},
      {"Connection: upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n", errc::field_not_nominated, 0,
       connection},
      {"Connection: upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\nHost:\r\n",
       errc::field_not_nominated, 0, connection, method::post},
  };
  CHECK_BOTH(first_not(kind::ignore, rows) == std::size(rows));
}

TEST_CASE("Connection is a list of options, not a text to search") {
  // CON-15, GRM-10, GRM-17, GRM-18, GRM-21.
  static constexpr row rows[] = {
      {"Upgrade: foo/2\r\nConnection: not-upgrade-really\r\n", errc::upgrade_not_nominated, 0,
       upgrade},
      {"Upgrade: foo/2\r\nConnection: upgrade2, up, grade\r\n", errc::upgrade_not_nominated, 0,
       upgrade},
      {"Upgrade: foo/2\r\nConnection: Upgrade@\r\n", errc::bad_connection, 7, connection},
      {"Upgrade: foo/2\r\nConnection: Up grade\r\n", errc::bad_connection, 3, connection},
      {"Upgrade: foo/2\r\nConnection: keep-alive Upgrade\r\n", errc::bad_connection, 11,
       connection},
      {"Upgrade: foo/2\r\nConnection: keep-alive; Upgrade\r\n", errc::bad_connection, 10,
       connection},
      {"Upgrade: foo/2\r\nConnection: upgrade;q=1\r\n", errc::bad_connection, 7, connection},
      {"Upgrade: foo/2\r\nConnection: \"upgrade\"\r\n", errc::bad_connection, 0, connection},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nConnection: a, b@\r\n", errc::bad_connection, 12,
       connection},
  };
  CHECK_BOTH(first_not(kind::ignore, rows) == std::size(rows));
}

TEST_CASE("a request for unsupported protocols is an ordinary one") {
  // UPG-02, UPG-04, UPG-41, UPG-50, GRM-04, GRM-10, GRM-16, GRM-18, GRM-21, MSG-40.
  static constexpr row rows[] = {
      {"Connection: upgrade\r\nUpgrade:\r\n", errc::empty_upgrade, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: ,\r\n", errc::empty_upgrade, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: /2\r\n", errc::bad_upgrade, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/\r\n", errc::bad_upgrade, 4, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo /2\r\n", errc::bad_upgrade, 4, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/2/3\r\n", errc::bad_upgrade, 5, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo=2\r\n", errc::bad_upgrade, 3, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/\"2\"\r\n", errc::bad_upgrade, 4, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/2, b@d\r\n", errc::bad_upgrade, 8, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nUpgrade: b@d\r\n", errc::bad_upgrade, 7, upgrade},
      {"Connection: upgrade\r\nUpgrade: h2c websocket\r\n", errc::bad_upgrade, 4, upgrade},
      {"Connection: upgrade\r\nUpgrade: \"foo/2\"\r\n", errc::bad_upgrade, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo\xFF/2\r\n", errc::bad_upgrade, 3, upgrade},
      {"Connection: upgrade\r\nUpgrade: websoc\xE2\x84\xAA"
       "et\r\n",
       errc::bad_upgrade, 6, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: foo/3\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: xfoo/2\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: bar/1, xbarx\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: HTTP/3.0\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: h2\r\n", errc::no_common_protocol, 0, upgrade},
      {"Connection: upgrade\r\nUpgrade: H2\r\n", errc::no_common_protocol, 0, upgrade},
  };
  CHECK_BOTH(first_not(kind::ignore, rows) == std::size(rows));
}

TEST_CASE("a protocol that another field than Upgrade names is not offered") {
  for (std::size_t number = 1; number <= static_cast<std::size_t>(x_stream_protocol_version);
       ++number) {
    const auto field = static_cast<field_name>(number);
    const bool is_framing = field == content_length || field == transfer_encoding;
    if (field == host || field == upgrade || field == expect || is_framing) continue;
    CAPTURE(number);
    const std::string lines = "Connection: upgrade\r\nUpgrade: x\r\n" +
                              std::string{turnout::field::spelling(field)} + ": bar\r\n";
    const facts seen = request(lines);
    const turnout::verdict judged = turnout::examine_request(seen, supported);
    CHECK(judged.what == kind::ignore);
    CHECK(is_judged_by_rules(seen, judged));
  }
}

TEST_CASE("all profiles of the protocol that a plain request names are offered") {
  static constexpr profile twice[] = {
      {.token = {"foo", "2"}}, {.token = {"bar"}}, {.token = {"bar"}}};
  constexpr std::uint64_t both = 6;
  const facts seen = request("Connection: upgrade\r\nUpgrade: bar\r\n");
  const turnout::verdict judged = turnout::examine_request(seen, twice);
  CHECK(judged.offer.offered() == both);
  CHECK(is_judged_by_rules(seen, judged, twice));
  static constexpr profile first_and_last[] = {{.token = {"bar"}}, {.token = {"bar"}}};
  CHECK(turnout::examine_request(seen, first_and_last).offer.offered() == 3);
}

TEST_CASE("a request that fits no protocol is refused with the reason") {
  CHECK_BOTH(first_not(kind::refuse, fixtures::unfit_requests) ==
             std::size(fixtures::unfit_requests));
  // MSG-15, MSG-16, MSG-30, MSG-83, OPT-11, UPG-29, UPG-40.
  static constexpr row rows[] = {
      {"Connection: upgrade\r\nUpgrade: tcp\r\n", errc::method_not_allowed, 0, other},
      {"Connection: upgrade\r\nUpgrade: bar\r\nHost: :80\r\n", errc::empty_host, 0, host},
      // Where two are offered and none fits, the reason is the one of the more preferred; but a
      // protocol whose fields are not nominated is not offered.
      {"Connection: upgrade\r\nUpgrade: tcp, bar\r\nHost:\r\n", errc::empty_host, 0, host},
      {"Connection: upgrade\r\nUpgrade: tcp, h2c\r\n", errc::method_not_allowed, 0, other},
      // The rules come in this order: method, content, Host.
      {"Connection: upgrade\r\nUpgrade: bar\r\nContent-Length: 5\r\nHost:\r\n",
       errc::method_not_allowed, 0, other, method::post},
      {"Connection: upgrade\r\nUpgrade: bar\r\nContent-Length: 5\r\nHost:\r\n",
       errc::content_not_allowed, 0, content_length},
      // A protocol that is opportunistic does not make up for one that is not.
      {"Connection: upgrade\r\nUpgrade: any, foo/2\r\n", errc::method_not_allowed, 0, other,
       method::post},
  };
  CHECK_BOTH(first_not(kind::refuse, rows) == std::size(rows));
}

TEST_CASE("[OPT-11] a request has the method and the fields that a profile names") {
  static constexpr turnout::own_field key[] = {{.name = "X-Key", .in_request = true},
                                               {.name = "X-Accept", .in_switch = true}};
  static constexpr std::string_view names[] = {"SOURCE"};
  static constexpr profile own[] = {{.token = {"own"}, .method_names = names, .fields = key}};
  constexpr auto judge = [](std::string_view name, bool with_key) {
    facts asks{turnout::method_named(name), turnout::http_1_1, name};
    asks.keep_for(own);
    asks.see("Host", "a");
    asks.see("Connection", "upgrade");
    asks.see("Upgrade", "own");
    if (with_key) asks.see("x-key", "1");
    return turnout::examine_request(asks, own).found.why;
  };
  CHECK_BOTH(judge("GET", true) == turnout::failure{});
  CHECK_BOTH(judge("SOURCE", true) == turnout::failure{});
  CHECK_BOTH(judge("GET", false) == turnout::failure{errc::missing_own_field, 0});
  CHECK_BOTH(judge("SOURCES", true) == turnout::failure{errc::unknown_method, 0});
  CHECK_BOTH(judge("POST", true) == turnout::failure{errc::method_not_allowed, 0});
}

TEST_CASE("[UPG-09] a request that does not fit an opportunistic protocol is an ordinary one") {
  static constexpr row rows[] = {
      {"Connection: upgrade\r\nUpgrade: any\r\n", errc::method_not_allowed, 0, other, method::post},
      {"Connection: upgrade\r\nUpgrade: any\r\n", errc::unknown_method, 0, other, method::other},
      {"Connection: upgrade\r\nUpgrade: any\r\nContent-Length: 5\r\n", errc::content_not_allowed, 0,
       content_length},
      // Of several reasons, that of the most preferred protocol.
      {"Connection: upgrade\r\nUpgrade: any, h2c\r\nContent-Length: 5\r\n",
       errc::field_not_nominated, 0, connection},
  };
  CHECK_BOTH(first_not(kind::ignore, rows) == std::size(rows));
}

TEST_CASE("[UPG-45] [MSG-30] close, and an empty Host, do not invalidate an offer") {
  static constexpr offer_row rows[] = {
      {"Upgrade: foo/2\r\nConnection: upgrade, close\r\n", foo},
      {"Connection: CLOSE\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n", foo},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nHost:\r\n", foo},
      {"Connection: upgrade\r\nUpgrade: bar, foo/2\r\nHost: :80\r\n", foo},
      {"Connection: upgrade\r\nUpgrade: foo/2, any\r\n", any, method::query},
  };
  CHECK_BOTH(first_not_offered(rows) == std::size(rows));
}

TEST_CASE(
    "[MSG-28] [MSG-58] [UPG-34] a request that breaks a rule is refused, with or without Upgrade") {
  CHECK_BOTH(first_not(kind::refuse, fixtures::malformed_requests) ==
             std::size(fixtures::malformed_requests));
  CHECK_BOTH(turnout::examine_request(facts{method::get, turnout::http_1_1}, supported).found ==
             finding{{errc::missing_host, 0}, host});
}

TEST_CASE("[UPG-51] [MSG-25] a CONNECT asks for a tunnel, and its Upgrade is ignored") {
  constexpr method asked = method::connect;
  CHECK_BOTH(first_not(kind::connect, fixtures::connect_requests) ==
             std::size(fixtures::connect_requests));
  static constexpr row rows[] = {
      {"Upgrade: @\r\nConnection: @\r\n", errc::upgrade_on_connect, 0, upgrade, asked},
  };
  CHECK_BOTH(first_not(kind::connect, rows) == std::size(rows));
  CHECK_BOTH(first_not(kind::refuse, fixtures::malformed_connect_requests) ==
             std::size(fixtures::malformed_connect_requests));
  CHECK_BOTH(turnout::rules::check_upgrade(
                 request("Connection: upgrade\r\nUpgrade: foo/2\r\n", asked), 64) ==
             finding{{errc::upgrade_on_connect, 0}, upgrade});
}

TEST_CASE("a plain request and its variants get the verdict of the rules") {
  constexpr std::string_view hosts[] = {
      "",          "Host: example.com\r\n", "Host: a\r\n",           "Host: a:80\r\n",
      "Host:\r\n", "Host: :80\r\n",         "Host: example com\r\n", "Host: a\r\nHost: a\r\n"};
  constexpr std::string_view connections[] = {"",
                                              "Connection: Upgrade\r\n",
                                              "Connection: keep-alive, Upgrade\r\n",
                                              "Connection: close\r\n",
                                              "Connection: upgrade, @\r\n",
                                              "Connection: upgrade\r\nConnection: x\r\n"};
  constexpr std::string_view upgrades[] = {"",
                                           "Upgrade: bar\r\n",
                                           "Upgrade: BAR\r\n",
                                           "Upgrade: foo\r\n",
                                           "Upgrade: foo/2\r\n",
                                           "Upgrade: h2c\r\n",
                                           "Upgrade: h2\r\n",
                                           "Upgrade: own\r\n",
                                           "Upgrade: any\r\n",
                                           "Upgrade: tcp\r\n",
                                           "Upgrade: x, bar\r\n",
                                           "Upgrade: @\r\n",
                                           "Upgrade:\r\n",
                                           "Upgrade: bar\r\nUpgrade: any\r\n"};
  constexpr std::string_view others[] = {"",
                                         "Accept: a\r\n",
                                         "Content-Length: 0\r\n",
                                         "Content-Length: 5\r\n",
                                         "Transfer-Encoding: chunked\r\n",
                                         "Expect: 100-continue\r\n",
                                         "Expect: x\r\n",
                                         "Origin: a\r\nOrigin: b\r\n"};
  static constexpr turnout::own_field own_fields[] = {{"Own", true, false}};
  static constexpr profile spoken[] = {
      {.token = {"bar"}, .methods = method::get | method::options, .needs_host = true},
      {.token = {"foo", "2"}},
      {.token = {"h2c"}, .nominated = settings},
      {.token = {"tcp"}, .methods = method::post, .content = true},
      {.token = {"h2"}},
      {.token = {"own"}, .fields = own_fields},
      {.token = {"any"}, .opportunistic = true},
      {.token = {"any"}, .methods = method::post},
  };
  std::size_t offers = 0;
  const auto try_lines = [&](const std::string& lines) {
    for (const method asked : {method::get, method::post, method::connect})
      for (const http_version version : {turnout::http_1_1, http_1_0, http_1_2, http_2}) {
        const facts seen = fixtures::with({asked, version}, lines);
        const auto judged = turnout::examine_request(seen, spoken);
        offers += judged.what == kind::offer;
        if (!is_judged_by_rules(seen, judged, spoken)) FAIL(lines);
      }
  };
  for (const std::string_view first : hosts)
    for (const std::string_view second : connections)
      for (const std::string_view third : upgrades)
        for (const std::string_view last : others)
          try_lines(std::string{first}.append(second).append(third).append(last));
  CHECK(offers > 0);
}

TEST_CASE("an offer is recognised in any spelling") {
  // UPG-03, CON-01, CON-02, CON-05, GRM-03, GRM-05, GRM-06, GRM-14, MSG-11, UPG-50.
  static constexpr offer_row rows[] = {
      {"Connection: Upgrade\r\nUpgrade: foo/2\r\n", foo},
      {"CONNECTION: UpGrAdE\r\nuPGRADE: FOO/2\r\n", foo},
      {"Connection: keep-alive, Upgrade\r\nUpgrade: foo/2\r\n", foo},
      {"Connection: keep-alive\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n", foo},
      {"Connection: foo, upgrade, X-No-Such-Field\r\nUpgrade: foo/2\r\n", foo},
      {"Connection: ,,Upgrade,\r\nUpgrade: , foo/2 , ,\r\n", foo},
      {"Connection: Upgrade\r\nUpgrade:\tbar\t ,\t foo/2\r\n", foo | bar},
      {"Connection: Upgrade\r\nUpgrade: x\r\nUpgrade:\r\nX: y\r\nupgrade: foo/3, bar\r\n", bar},
      {"Connection: Upgrade\r\nUpgrade: foo/2\r\n", foo, method::get, http_1_2},
      {"Connection: Upgrade\r\nUpgrade: foo/2\r\nContent-Length: 0\r\n", foo},
      {"Connection: Upgrade\r\nUpgrade: foo/2\r\nExpect: 100-continue\r\n", foo},
      {"Connection: Upgrade\r\nUpgrade: h2, foo/2\r\n", foo},
      {"Connection: Upgrade\r\nUpgrade: foo/2, h2c\r\n", foo},
      {"Connection: Upgrade, x, http2-settings\r\nUpgrade: foo/2, h2c\r\n", foo | h2c},
      {"Connection: Upgrade\r\nUpgrade: foo/2, bar\r\n", bar, method::options},
      {"Connection: Upgrade\r\nUpgrade: foo/2, tcp\r\n", tcp, method::post},
      {"Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 5\r\n", tcp, method::post},
      {"Connection: Upgrade\r\nUpgrade: tcp\r\nTransfer-Encoding: chunked\r\n", tcp, method::post},
  };
  CHECK_BOTH(first_not_offered(rows) == std::size(rows));
}

TEST_CASE("a list may have up to 64 protocols, and every member can be offered") {
  std::array<std::string, 65> names;
  std::array<profile, 65> many;
  std::string lines = "Connection: Upgrade\r\nUpgrade: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = "p" + std::to_string(i);
    many[i].token.name = names[i];
    if (i < 64) lines += names[i] + (i < 63 ? "," : "\r\n");
  }
  const facts seen = request(lines);
  const std::span<const profile> all{many};
  for (std::size_t size = 1; size <= 64; ++size) {
    const turnout::verdict judged = turnout::examine_request(seen, all.first(size));
    CHECK(judged.what == kind::offer);
    CHECK(judged.offer.offered() == ~std::uint64_t{0} >> (64 - size));
  }
  const turnout::verdict none = turnout::examine_request(seen, {});
  CHECK(none.what == kind::ignore);
  CHECK(none.found == finding{{errc::no_common_protocol, 0}, upgrade});
  const turnout::verdict over = turnout::examine_request(seen, all);
  CHECK(over.what == kind::refuse);
  CHECK(over.found == finding{{errc::too_many_profiles, 64}, other});
}

TEST_CASE(
    "[UPG-02] [UPG-03] [UPG-04] a malformed protocol is not offered, even if a profile has this "
    "name") {
  constexpr profile misnamed[] = {
      {.token = {"foo/2"}}, {}, {.token = {"a, b"}}, {.token = {"b@d"}}};
  for (const std::string_view value : {"foo/2", "", "a, b", "b@d", ",", "a"}) {
    CAPTURE(value);
    const std::string lines = "Connection: upgrade\r\nUpgrade: " + std::string{value} + "\r\n";
    CHECK(turnout::examine_request(request(lines), misnamed).what == kind::ignore);
  }
  constexpr profile named[] = {{.token = {"foo"}}, {.token = {"foo", "2"}}};
  CHECK_BOTH(turnout::examine_request(request("Connection: upgrade\r\nUpgrade: FOO\r\n"), named)
                 .offer.offered() == 1);
  CHECK_BOTH(turnout::examine_request(request("Connection: upgrade\r\nUpgrade: foo/2\r\n"), named)
                 .offer.offered() == 2);
  CHECK_BOTH(turnout::examine_request(request("Connection: upgrade\r\nUpgrade: FOO\r\n"), named, 0)
                 .found.why.code == errc::too_many_elements);
  constexpr profile tolerant[] = {{.token = {"foo"}, .tolerates_missing_connection = true}};
  CHECK_BOTH(turnout::examine_request(request("Upgrade: foo\r\n"), tolerant, 1).what ==
             kind::offer);
  CHECK_BOTH(turnout::examine_request(request("Upgrade: foo\r\n"), tolerant, 0).found ==
             finding{{errc::too_many_elements, 0}, upgrade});
}

TEST_CASE("[UPG-49] [CON-16] [GRM-03] lists beyond the limit are refused, and not truncated") {
  std::string commas = "Connection: upgrade\r\nUpgrade: foo/2";
  for (int i = 1; i < 64; ++i) commas += ",";
  CHECK(turnout::examine_request(request(commas + "\r\n"), supported).what == kind::offer);
  CHECK(turnout::examine_request(request(commas + ",x\r\n"), supported).found ==
        finding{{errc::too_many_elements, 69}, upgrade});

  constexpr facts two = request("Connection: a, upgrade\r\nUpgrade: bar\r\nUpgrade: foo/2\r\n");
  CHECK_BOTH(turnout::examine_request(two, supported, 2).what == kind::offer);
  CHECK_BOTH(turnout::examine_request(two, supported, 1).what == kind::refuse);
  CHECK_BOTH(turnout::examine_request(two, supported, 1).found ==
             finding{{errc::too_many_elements, 3}, connection});
  constexpr facts one = request("Connection: upgrade\r\nUpgrade: bar\r\nUpgrade: foo/2\r\n");
  CHECK_BOTH(turnout::examine_request(one, supported, 1).found ==
             finding{{errc::too_many_elements, 4}, upgrade});

  std::string lines = "Connection: upgrade\r\n";
  for (std::size_t i = 0; i <= facts::max_lines; ++i) lines += "Upgrade: foo/2\r\n";
  CHECK(turnout::examine_request(request(lines), supported).what == kind::refuse);
}
