// What a client finds in a 101, and whole exchanges in constant expressions.
#include "turnout/negotiation/switch_rules.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "support/noted.hpp"
#include "support/table.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/switching.hpp"

namespace {

using fixtures::with;
using turnout::errc;
using turnout::facts;
using turnout::finding;
using turnout::http_version;
using turnout::profile;
using turnout::proposal;
using turnout::detail::switch_check;
using enum turnout::field_name;

constexpr profile spoken[] = {{.token = {"foo", "2"}},
                              {.token = {"bar"}},
                              {.token = {"own"}, .own_agreement = true},
                              {.token = {"TLS", "1.2"}},
                              {.token = {"TLS", "1.3"}, .upper = {"HTTP", "1.1"}}};

/// A proposal whose 101 proves itself in a field of the protocol's own.
struct proving : proposal {
  constexpr finding check_switch(const facts& seen, const profile&, std::size_t) const noexcept {
    if (seen.lines("X-Accept").first() == "7") return {};
    return {{errc::wrong_websocket_accept, 0}, seen.field_named("X-Accept")};
  }
};

struct row {
  std::string_view lines;
  errc code;
  std::size_t at;
  turnout::field_name field;
};

constexpr facts response(std::string_view lines, http_version version = turnout::http_1_1) {
  return with({101, version}, lines);
}

constexpr proposal asked{.host = "a", .protocols = spoken};

constexpr switch_check check(std::string_view lines, http_version version = turnout::http_1_1) {
  return turnout::rules::check_switch(response(lines, version), asked);
}

/// The number of the first row in which something else is found, or in which a protocol is.
constexpr std::size_t first_wrong(std::span<const row> rows) {
  return table::first_wrong(rows, [](const row& one) {
    const switch_check found = check(one.lines);
    return found.found == finding{{one.code, one.at}, one.field} && found.protocol == nullptr;
  });
}

/// A proposal of a protocol that wants no Origin in the 101, whatever was agreed on but `bar`.
struct picky : proposal {
  constexpr finding check_switch(const facts& seen, const profile& agreed,
                                 std::size_t) const noexcept {
    if (agreed.token == turnout::protocol{"bar"} || !seen.has(origin)) return {};
    return {{errc::repeated_origin, 3}, origin};
  }
};

template <class StartLine>
constexpr facts facts_of(std::string_view octets) {
  facts noted;
  turnout::resume_mark mark;
  const auto reading = heads::read<StartLine>(
      octets, {}, mark,
      [&noted](std::string_view name, std::string_view value) { noted.see(name, value); });
  if constexpr (StartLine::kind == turnout::detail::message_kind::request)
    noted.set_start(reading.head.method, reading.head.version);
  else
    noted.set_start(reading.head.status, reading.head.version);
  return noted;
}

/// What a client and a server agree on that have nothing but each other's octets.
constexpr turnout::protocol exchange(turnout::preference order) {
  std::array<char, 256> out{};
  std::array<char, 256> back{};
  const auto request = turnout::write_request(asked, out);
  const facts seen = facts_of<turnout::request_line>(*request);
  constexpr profile served[] = {{.token = {"bar"}}, {.token = {"FOO", "2"}}, {.token = {"x"}}};
  const turnout::verdict judged = turnout::examine_request(seen, served);
  const auto agreed = judged.offer.agree(judged.offer.choose(order)->token);
  const auto answer = turnout::write_switch(*agreed, false, {}, back);
  const facts answered = facts_of<turnout::status_line>(*answer);
  return turnout::rules::check_switch(answered, asked).protocol->token;
}

}  // namespace

TEST_CASE("a 101 that does not match the request is not a switch") {
  // UPG-04, UPG-06, UPG-13, UPG-14, UPG-16, UPG-17, GRM-18, WS-21, WS-22, WS-23.
  static constexpr row rows[] = {
      {"", errc::switch_not_nominated, 0, connection},
      {"Upgrade: foo/2\r\n", errc::switch_not_nominated, 0, connection},
      {"Upgrade: foo/2\r\nConnection:\r\n", errc::switch_not_nominated, 0, connection},
      {"Upgrade: foo/2\r\nConnection: close\r\n", errc::switch_not_nominated, 0, connection},
      {"Upgrade: foo/2\r\nConnection: not-upgrade\r\n", errc::switch_not_nominated, 0, connection},
      {"Upgrade: foo/2\r\nConnection: Up grade\r\n", errc::bad_connection, 3, connection},
      {"Connection: Upgrade\r\n", errc::switch_without_upgrade, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade:\r\n", errc::switch_without_upgrade, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: ,\r\n", errc::switch_without_upgrade, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: b@d\r\n", errc::bad_upgrade, 1, upgrade},
      {"Connection: Upgrade\r\nUpgrade: foo/2 bar\r\n", errc::bad_upgrade, 6, upgrade},
      {"Connection: Upgrade\r\nUpgrade: baz\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: foo\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: foo/3\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: bar/13\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: baz, foo/2\r\n", errc::protocol_not_offered, 0, upgrade},
      {"Connection: Upgrade\r\nUpgrade: foo/2, bar\r\n", errc::ambiguous_switch, 7, upgrade},
      {"Connection: Upgrade\r\nUpgrade: foo/2, baz\r\n", errc::ambiguous_switch, 7, upgrade},
      {"Connection: Upgrade\r\nUpgrade: bar\r\nUpgrade:bar\r\n", errc::ambiguous_switch, 4,
       upgrade},
      {"Connection: Upgrade\r\nUpgrade: TLS/1.2, HTTP/1.1\r\n", errc::ambiguous_switch, 9, upgrade},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("a matching 101 is a switch to a member of the client's own list") {
  // UPG-03, UPG-18, UPG-24, UPG-45, CON-02, CON-05, GRM-14, MSG-11, MSG-43.
  for (const std::string_view lines :
       {"Connection: Upgrade\r\nUpgrade: bar\r\n", "uPGRADE: BAR\r\nCONNECTION: upgrade\r\n",
        "Connection: keep-alive, x\r\nConnection: ,Upgrade,\r\nUpgrade: , bar ,\r\n",
        "Upgrade: bar\r\nConnection: upgrade\r\nConnection: close\r\n",
        "Connection: Upgrade\r\nUpgrade: bar\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n",
        "Connection:\r\n Upgrade\r\nUpgrade:\r\n bar\r\n"}) {
    const switch_check found = check(lines);
    CAPTURE(lines);
    CHECK(!found.found);
    CHECK(found.protocol == &spoken[1]);
  }
  CHECK_BOTH(check("Connection: Upgrade\r\nUpgrade: foo/2\r\n", {1, 2}).protocol == &spoken[0]);
  CHECK_BOTH(check("Connection: Upgrade\r\nUpgrade: tls/1.2\r\n").protocol == &spoken[3]);
}

TEST_CASE(
    "[OPT-12] a 101 must have the fields that a profile requires, and the proposal can read them") {
  static constexpr turnout::own_field fields[] = {{.name = "X-Key", .in_request = true},
                                                  {.name = "X-Accept", .in_switch = true}};
  static constexpr profile own[] = {{.token = {"own"}, .fields = fields}};
  constexpr auto answered = [](std::string_view name, std::string_view value) {
    facts seen{std::uint16_t{101}, turnout::http_1_1};
    seen.keep_for(own);
    seen.see("Connection", "Upgrade");
    seen.see("Upgrade", "own");
    seen.see(name, value);
    return turnout::rules::check_switch(seen, proving{{.host = "a", .protocols = own}})
        .found.why.code;
  };
  CHECK_BOTH(answered("x-accept", "7") == errc::none);
  CHECK_BOTH(answered("X-Accept", "8") == errc::wrong_websocket_accept);
  CHECK_BOTH(answered("X-Key", "7") == errc::switch_without_own_field);
}

TEST_CASE("[UPG-06] [UPG-14] [UPG-46] a 101 must name a protocol, whatever the request") {
  constexpr auto named = [](std::string_view lines, http_version version = turnout::http_1_1) {
    return turnout::rules::check_named_switch(response(lines, version),
                                              turnout::grammar::default_list_elements);
  };
  constexpr std::string_view good = "Connection: Upgrade\r\nUpgrade: bar\r\n";
  CHECK_BOTH(!named(good));
  CHECK_BOTH(!named(good, {1, 2}));
  CHECK_BOTH(!named("Connection: Upgrade\r\nUpgrade: baz/7, HTTP/1.1\r\n"));
  CHECK_BOTH(!named("Connection: Upgrade\r\nUpgrade: bar\r\nUpgrade: bar\r\n"));
  CHECK_BOTH(named(good, {1, 0}) == finding{{errc::switch_in_http_1_0, 0}, other});
  CHECK_BOTH(named(good, {2, 0}) == finding{{errc::unsupported_http_version, 0}, other});
  CHECK_BOTH(named("Upgrade: baz\r\n") == finding{{errc::switch_not_nominated, 0}, connection});
  CHECK_BOTH(named("Upgrade: baz\r\nConnection: Up grade\r\n") ==
             finding{{errc::bad_connection, 3}, connection});
  CHECK_BOTH(named("Connection: Upgrade\r\n") ==
             finding{{errc::switch_without_upgrade, 0}, upgrade});
  CHECK_BOTH(named("Connection: Upgrade\r\nUpgrade: ,\r\n") ==
             finding{{errc::switch_without_upgrade, 0}, upgrade});
  CHECK_BOTH(named("Connection: Upgrade\r\nUpgrade: baz, b@d\r\n") ==
             finding{{errc::bad_upgrade, 6}, upgrade});
  CHECK_BOTH(turnout::rules::check_named_switch(response(good), 0) ==
             finding{{errc::too_many_elements, 0}, connection});
  facts many = response(good);
  for (std::size_t i = 1; i <= facts::max_lines; ++i) many.see("Connection", "xy");
  CHECK(turnout::rules::check_named_switch(many, turnout::grammar::default_list_elements) ==
        finding{{errc::too_many_kept_lines, 7 + 3 * 23}, connection});
}

TEST_CASE("[UPG-16] [UPG-17] [TLS-12] a 101 may name the protocol on top of the agreed one") {
  constexpr auto naming = [](std::string_view protocols) {
    facts seen = response("Connection: Upgrade\r\n");
    seen.see("Upgrade", protocols);
    return turnout::rules::check_switch(seen, asked);
  };
  CHECK_BOTH(naming("TLS/1.3, HTTP/1.1").protocol == &spoken[4]);
  CHECK_BOTH(naming("tls/1.3,,http/1.1,").protocol == &spoken[4]);
  CHECK_BOTH(naming("TLS/1.3").protocol == &spoken[4]);
  CHECK_BOTH(naming("TLS/1.3, HTTP/1.0").protocol == &spoken[4]);
  for (const std::string_view more :
       {"TLS/1.3, HTTP/2.0", "TLS/1.3, HTTP/12.1", "TLS/1.3, HTTP", "TLS/1.3, foo/2",
        "TLS/1.3, TLS/1.3", "TLS/1.3, HTTP/1.1, bar"})
    CHECK(naming(more).found == finding{{errc::ambiguous_switch, 9}, upgrade});
  for (const std::string_view below : {"HTTP/1.1, TLS/1.3", "TLS/1.0, HTTP/1.1", "HTTP/1.1"})
    CHECK(naming(below).found == finding{{errc::protocol_not_offered, 0}, upgrade});
}

TEST_CASE("[TLS-12] [UPG-16] a 101 may name several self-confirming protocols") {
  static constexpr profile offered_tls[] = {
      {.token = {"TLS", "1.2"}, .upper = {"HTTP", "1.1"}, .self_confirming = true},
      {.token = {"TLS", "1.1"}, .upper = {"HTTP", "1.1"}, .self_confirming = true},
      {.token = {"foo", "2"}}};
  constexpr auto naming = [](std::string_view protocols) {
    facts seen = response("Connection: Upgrade\r\n");
    seen.see("Upgrade", protocols);
    return turnout::rules::check_switch(seen, proposal{.host = "a", .protocols = offered_tls});
  };
  CHECK_BOTH(naming("TLS/1.2, TLS/1.1").protocol == &offered_tls[0]);
  CHECK_BOTH(naming("TLS/1.1,TLS/1.2,HTTP/1.0").protocol == &offered_tls[1]);
  CHECK_BOTH(naming("TLS/1.2, TLS/1.0").found == finding{{errc::protocol_not_offered, 9}, upgrade});
  CHECK_BOTH(naming("TLS/1.2, HTTP/1.1, TLS/1.1").found ==
             finding{{errc::protocol_not_offered, 9}, upgrade});
  CHECK_BOTH(naming("TLS/1.2, TLS/1.1, foo/2").found ==
             finding{{errc::ambiguous_switch, 18}, upgrade});
  constexpr auto saying = [](std::string_view lines) {
    return turnout::rules::check_switch(response(lines),
                                        proposal{.host = "a", .protocols = offered_tls});
  };
  CHECK_BOTH(saying("Connection: Keep-Alive\r\nUpgrade: TLS/1.2,TLS/1.1\r\n").protocol ==
             &offered_tls[0]);
  for (const std::string_view more : {"foo/2", "TLS/1.0", "TLS 1.2", ""}) {
    facts seen = response("Connection: Keep-Alive\r\n");
    seen.see("Upgrade", more);
    CHECK(
        turnout::rules::check_switch(seen, proposal{.host = "a", .protocols = offered_tls}).found ==
        finding{{errc::switch_not_nominated, 0}, connection});
  }
  CHECK_BOTH(saying("Connection: b@d\r\nUpgrade: TLS/1.2\r\n").found ==
             finding{{errc::bad_connection, 1}, connection});
  CHECK_BOTH(naming("foo/2, TLS/1.2").found == finding{{errc::ambiguous_switch, 7}, upgrade});
  static constexpr profile nameless[] = {{.self_confirming = true}};
  CHECK_BOTH(
      turnout::rules::check_switch(response(""), proposal{.host = "a", .protocols = nameless})
          .found == finding{{errc::switch_not_nominated, 0}, connection});
}

TEST_CASE(
    "[UPG-41] [UPG-50] a 101 for a protocol that Upgrade can't lead to is not a switch, even if "
    "offered") {
  static constexpr profile h2[] = {{.token = {"h2"}}, {.token = {"foo", "2"}}};
  constexpr auto found = [](std::string_view name) {
    facts seen = response("Connection: Upgrade\r\n");
    seen.see("Upgrade", name);
    return turnout::rules::check_switch(seen, proposal{.host = "a", .protocols = h2}).found;
  };
  CHECK_BOTH(found("h2") == finding{{errc::protocol_not_offered, 0}, upgrade});
  CHECK_BOTH(!found("foo/2"));
}

TEST_CASE(
    "[UPG-46] [UPG-15] [UPG-52] a 101 that is not HTTP/1.1, or was not asked for, is not a "
    "switch") {
  constexpr std::string_view good = "Connection: Upgrade\r\nUpgrade: bar\r\n";
  CHECK_BOTH(check(good, {1, 0}).found == finding{{errc::switch_in_http_1_0, 0}, other});
  CHECK_BOTH(check(good, {1, 0}).protocol == nullptr);
  CHECK_BOTH(check(good, {2, 0}).found == finding{{errc::unsupported_http_version, 0}, other});
  CHECK_BOTH(check("", {1, 0}).found == finding{{errc::switch_in_http_1_0, 0}, other});
  CHECK_BOTH(turnout::rules::check_switch(response(good), proposal{}).found ==
             finding{{errc::protocol_not_offered, 0}, upgrade});
}

TEST_CASE("[UPG-49] [MSG-45] a 101 beyond a limit is not a switch") {
  constexpr facts long_lists = response("Connection: a, Upgrade\r\nUpgrade: ,bar\r\n");
  CHECK_BOTH(!turnout::rules::check_switch(long_lists, asked, 2).found);
  CHECK_BOTH(turnout::rules::check_switch(long_lists, asked, 1).found ==
             finding{{errc::too_many_elements, 3}, connection});
  constexpr facts long_upgrade = response("Connection: Upgrade\r\nUpgrade: ,bar\r\n");
  CHECK_BOTH(turnout::rules::check_switch(long_upgrade, asked, 1).found ==
             finding{{errc::too_many_elements, 1}, upgrade});
  static constexpr profile tolerant[] = {{.token = {"bar"}, .tolerates_missing_connection = true}};
  constexpr proposal wanted{.host = "a", .protocols = tolerant};
  constexpr facts unlisted = response("Upgrade: bar\r\n");
  CHECK_BOTH(!turnout::rules::check_switch(unlisted, wanted, 1).found);
  CHECK_BOTH(turnout::rules::check_switch(unlisted, wanted, 0).found ==
             finding{{errc::switch_not_nominated, 0}, connection});
  facts many = response("Connection: Upgrade\r\nUpgrade: bar\r\n");
  for (std::size_t i = 1; i <= facts::max_lines; ++i) many.see("Connection", "xy");
  CHECK(turnout::rules::check_switch(many, asked).found ==
        finding{{errc::too_many_kept_lines, 7 + 3 * 23}, connection});
  CHECK(turnout::rules::check_switch(many, asked).protocol == nullptr);
}

TEST_CASE("[WS-33] the protocol's own check comes last, and decides") {
  constexpr picky strict{asked};
  constexpr facts foo = response("Connection: Upgrade\r\nUpgrade: foo/2\r\nOrigin: x\r\n");
  constexpr facts bar = response("Connection: Upgrade\r\nUpgrade: bar\r\nOrigin: x\r\n");
  constexpr facts baz = response("Connection: Upgrade\r\nUpgrade: baz\r\nOrigin: x\r\n");
  CHECK_BOTH(turnout::rules::check_switch(foo, strict).found ==
             finding{{errc::repeated_origin, 3}, origin});
  CHECK_BOTH(turnout::rules::check_switch(foo, strict).protocol == nullptr);
  CHECK_BOTH(turnout::rules::check_switch(bar, strict).protocol == &spoken[1]);
  CHECK_BOTH(turnout::rules::check_switch(baz, strict).found.why.code ==
             errc::protocol_not_offered);
}

TEST_CASE("[ENG-08] [ENG-13] [UPG-18] both sides of an exchange agree, in constant expressions") {
  CHECK_BOTH(exchange(turnout::preference::client) == turnout::protocol{"foo", "2"});
  CHECK_BOTH(exchange(turnout::preference::server) == turnout::protocol{"bar"});
}
