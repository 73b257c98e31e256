// The WebSocket profile, and the terms that keep to what was offered.
#include "turnout/protocol/websocket/profile.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/heads.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switching.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field::sec_websocket_extensions;
using turnout::field::sec_websocket_protocol;
using turnout::websocket::terms;

constexpr sec_websocket_protocol protocols = *sec_websocket_protocol::parse("chat, superchat");
constexpr sec_websocket_extensions extensions =
    *sec_websocket_extensions::parse("foo; a=1, permessage-deflate, foo");

constexpr failure fault_of(std::string_view subprotocol, std::string_view chosen = {}) {
  const auto list =
      chosen.empty() ? sec_websocket_extensions{} : *sec_websocket_extensions::parse(chosen);
  return turnout::websocket::check_terms({subprotocol, list}, protocols, extensions).error();
}

constexpr turnout::facts request(std::string_view token) {
  turnout::facts noted{turnout::method::get, turnout::http_1_1};
  noted.see("Host", "a");
  noted.see("Connection", "Upgrade");
  noted.see("Upgrade", token);
  return noted;
}

constexpr turnout::facts asked = request("WebSocket");
constexpr turnout::profile spoken[] = {turnout::websocket::profile};

}  // namespace

TEST_CASE("[WS-03] [WS-41] [OPT-11] a WebSocket needs a GET without content") {
  using turnout::websocket::profile;
  CHECK_BOTH(profile.token == turnout::protocol{"websocket"});
  CHECK_BOTH(profile.token.name == "websocket");
  CHECK_BOTH(profile.methods == turnout::method_set{turnout::method::get});
  CHECK_BOTH(!profile.content);
  CHECK_BOTH(profile.nominated.empty());
}

namespace {

/// What the fixture's request is for a server once `from` in it is `to`.
turnout::verdict::kind verdict_on(std::string_view from, std::string_view to) {
  const std::string octets = fixtures::with(fixtures::websocket_request, from, to);
  turnout::facts seen;
  turnout::resume_mark mark;
  const auto reading = heads::read<turnout::request_line>(
      octets, turnout::limits{}, mark,
      [&seen](std::string_view name, std::string_view value) { seen.see(name, value); });
  REQUIRE(reading.what == turnout::head_step::complete);
  seen.set_start(reading.head.method, reading.head.version);
  return turnout::examine_request(seen, spoken).what;
}

}  // namespace

TEST_CASE("[WS-41] [WS-42] [WS-43] [WS-44] [WS-45] [WS-71] a request is an offer or not") {
  using kind = turnout::verdict::kind;
  struct row {
    std::string_view from, to;
    kind what;
  };
  for (const row& one : {row{"GET", "GET", kind::offer}, row{"HTTP/1.1", "HTTP/1.2", kind::offer},
                         row{"/chat", "http://server.example.com/chat", kind::offer},
                         row{"Upgrade: websocket", "Upgrade: WebSocket", kind::offer},
                         row{"Upgrade: websocket", "Upgrade: h2c, websocket", kind::offer},
                         row{"Upgrade: websocket", "Upgrade: x\r\nUpgrade: websocket", kind::offer},
                         row{"Connection: Upgrade", "Connection: keep-alive, Upgrade", kind::offer},
                         row{"Host: ", "Expect: 100-continue\r\nHost: ", kind::offer},
                         row{"HTTP/1.1", "HTTP/1.0", kind::ignore},
                         row{"Upgrade: websocket", "Upgrade: websocket/13", kind::ignore},
                         row{"Upgrade: websocket", "Upgrade: xwebsocketx", kind::ignore},
                         row{"Upgrade: websocket", "X: y", kind::ignore},
                         row{"Connection: Upgrade", "Connection: not-upgrade", kind::ignore},
                         row{"GET", "POST", kind::refuse}, row{"GET", "get", kind::refuse},
                         row{"Host: server.example.com\r\n", "", kind::refuse},
                         row{"Host: server.example.com", "Host:", kind::refuse},
                         row{"Host: ", "Content-Length: 5\r\nHost: ", kind::refuse},
                         row{"Host: ", "Transfer-Encoding: chunked\r\nHost: ", kind::refuse}}) {
    CAPTURE(one.to);
    CHECK(verdict_on(one.from, one.to) == one.what);
  }
}

TEST_CASE(
    "[WS-60] a plain agreement on WebSocket writes no 101, since it would lack the accept value") {
  constexpr auto plain = *turnout::examine_request(asked, spoken).offer.agree({"websocket"});
  CHECK_BOTH(plain.protocol() == &spoken[0]);
  std::array<char, 256> out{};
  CHECK(turnout::write_switch(plain, false, {}, out) == failure{errc::incomplete_agreement, 0});
  CHECK(turnout::write_switch(plain, true, {}, {}) == failure{errc::incomplete_agreement, 0});
  CHECK(out == std::array<char, 256>{});
}

TEST_CASE("[WS-30] [WS-61] [GRM-15] a subprotocol is one of those offered, octet for octet") {
  CHECK_BOTH(fault_of("") == failure{});
  CHECK_BOTH(fault_of("chat") == failure{});
  CHECK_BOTH(fault_of("superchat") == failure{});
  CHECK_BOTH(fault_of("CHAT") == failure{errc::subprotocol_not_offered, 0});
  CHECK_BOTH(fault_of("cha") == failure{errc::subprotocol_not_offered, 0});
  CHECK_BOTH(fault_of("chat, superchat") == failure{errc::subprotocol_not_offered, 0});
  CHECK_BOTH(fault_of("chat\r\nX: y") == failure{errc::subprotocol_not_offered, 0});
  CHECK_BOTH(turnout::websocket::check_terms({"chat", {}}, {}, {}).error() ==
             failure{errc::subprotocol_not_offered, 0});
}

TEST_CASE("[WS-27] [WS-64] an extension has a name that was offered, whatever its parameters") {
  CHECK_BOTH(fault_of("", "foo") == failure{});
  CHECK_BOTH(fault_of("", "permessage-deflate; x, foo; a=2; b") == failure{});
  CHECK_BOTH(fault_of("", "bar") == failure{errc::extension_not_offered, 0});
  CHECK_BOTH(fault_of("", "foo, permessage-deflate, FOO") ==
             failure{errc::extension_not_offered, 2});
  CHECK_BOTH(fault_of("", "foo, a, b") == failure{errc::extension_not_offered, 1});
  CHECK_BOTH(fault_of("x", "bar") == failure{errc::subprotocol_not_offered, 0});
  constexpr auto foo = *sec_websocket_extensions::parse("foo");
  CHECK_BOTH(turnout::websocket::check_terms({{}, foo}, protocols, {}).error() ==
             failure{errc::extension_not_offered, 0});
}

TEST_CASE("terms are equal if both of their parts are") {
  constexpr terms nothing;
  CHECK_BOTH(nothing == terms{});
  CHECK_BOTH(nothing.subprotocol.empty());
  CHECK_BOTH(nothing.extensions.empty());
  CHECK_BOTH(terms{"chat", extensions} ==
             terms{"chat", *sec_websocket_extensions::parse("foo;a=\"1\",permessage-deflate,foo")});
  CHECK_BOTH(terms{"chat", {}} != terms{"Chat", {}});
  CHECK_BOTH(terms{"chat", extensions} != terms{"chat", {}});
}
