// The client's side of the WebSocket handshake: its request, and tables of what it makes of a 101.
#include "turnout/protocol/websocket/client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/heads.hpp"
#include "support/noted.hpp"
#include "support/table.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switch_rules.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace {

namespace websocket = turnout::websocket;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::field_name;
using turnout::finding;
using turnout::field::sec_websocket_extensions;
using turnout::field::sec_websocket_protocol;

// The nonce of RFC 6455 section 1.3: "the sample nonce".
constexpr std::array<std::uint8_t, 16> nonce{0x74, 0x68, 0x65, 0x20, 0x73, 0x61, 0x6D, 0x70,
                                             0x6C, 0x65, 0x20, 0x6E, 0x6F, 0x6E, 0x63, 0x65};

/// True if exactly `expected` is written into a span of its size, and nothing into smaller ones.
constexpr bool writes(const websocket::request& asked, std::string_view expected) {
  const websocket::proposal proposed{nonce, asked};
  std::array<char, 512> out{};
  for (std::size_t size = 0; size < expected.size(); ++size) {
    const auto none = turnout::write_request(proposed, std::span{out}.first(size));
    if (none != failure{errc::no_space, expected.size()}) return false;
  }
  if (out != std::array<char, 512>{}) return false;
  const auto written = turnout::write_request(proposed, std::span{out}.first(expected.size()));
  return written == expected && out[expected.size()] == '\0';
}

/// Why nothing is written; errc::none if something is.
constexpr failure fault_of(const websocket::request& asked) {
  std::array<char, 512> out{};
  const failure why = turnout::write_request(websocket::proposal{nonce, asked}, out).error();
  const bool kept = out == std::array<char, 512>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

constexpr websocket::proposal proposed{
    nonce,
    {.host = "server.example.com",
     .subprotocols = *sec_websocket_protocol::parse("chat, superchat"),
     .extensions = *sec_websocket_extensions::parse("foo; a=1, bar")}};

constexpr std::string_view switching = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
constexpr std::string_view accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

constexpr facts response(std::string_view first, std::string_view second = {}) {
  facts noted{101, turnout::http_1_1};
  for (const std::string_view part : {switching, first, second})
    noted = fixtures::with(noted, part);
  return noted;
}

struct row {
  std::string_view lines;
  errc code;
  std::size_t at = 0;
};

/// The number of the first row whose lines, after `before`, are found to be something else.
constexpr std::size_t first_wrong(std::string_view before, field_name field,
                                  std::span<const row> rows) {
  return table::first_wrong(rows, [&](const row& one) {
    const turnout::detail::switch_check found =
        turnout::rules::check_switch(response(before, one.lines), proposed);
    const finding expected{{one.code, one.at}, field};
    return found.found == expected && found.protocol == nullptr;
  });
}

/// What the server chose; no terms if something is wrong with the 101.
constexpr websocket::terms chosen_in(const facts& seen) {
  const auto chosen = proposed.terms_of(seen);
  return turnout::rules::check_switch(seen, proposed).found ? websocket::terms{} : *chosen;
}

}  // namespace

TEST_CASE("[WS-03] [WS-05] [WS-06] [WS-08] [WS-09] the smallest request has no Origin") {
  CHECK_BOTH(writes({.target = "/chat", .host = "server.example.com"},
                    "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nConnection: Upgrade\r\n"
                    "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    "Sec-WebSocket-Version: 13\r\n\r\n"));
  constexpr std::array<std::uint8_t, 16> counting{1, 2,  3,  4,  5,  6,  7,  8,
                                                  9, 10, 11, 12, 13, 14, 15, 16};
  CHECK_BOTH(websocket::proposal{counting, {.host = "a"}}.key().text() ==
             "AQIDBAUGBwgJCgsMDQ4PEA==");
  CHECK_BOTH(proposed.key().text() == "dGhlIHNhbXBsZSBub25jZQ==");
}

TEST_CASE(
    "[WS-02] [WS-04] [WS-09] [WS-10] [WS-11] [WS-12] a request with all optional parts is "
    "written") {
  static constexpr field_line fields[] = {{"Cookie", "a=b"}, {"Authorization", "Basic eA=="}};
  // Not in a constant expression: all the sizes below the whole are more than clang has steps for.
  CHECK(writes({.target = "?x=1",
                .host = "[::1]:8080",
                .origin = "http://www.example.com",
                .subprotocols = *sec_websocket_protocol::parse("chat,superchat"),
                .extensions = *sec_websocket_extensions::parse("foo ; a = \"1\" , bar"),
                .fields = fields},
               "GET /?x=1 HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: Upgrade\r\n"
               "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Version: 13\r\nOrigin: http://www.example.com\r\n"
               "Sec-WebSocket-Protocol: chat, superchat\r\n"
               "Sec-WebSocket-Extensions: foo; a=1, bar\r\n"
               "Cookie: a=b\r\nAuthorization: Basic eA==\r\n\r\n"));
}

TEST_CASE("[WS-07] a nonce is for one handshake only") {
  constexpr auto other_nonce = [] {
    auto changed = nonce;
    changed[15] ^= 1;
    return changed;
  }();
  constexpr websocket::proposal again{nonce, {.target = "/other", .host = "a"}};
  constexpr websocket::proposal fresh{other_nonce, {.host = "server.example.com"}};
  CHECK_BOTH(proposed.check_after(proposed) == failure{errc::repeated_nonce, 0});
  CHECK_BOTH(again.check_after(proposed) == failure{errc::repeated_nonce, 0});
  CHECK_BOTH(fresh.check_after(proposed) == failure{});
}

TEST_CASE("[WS-25] [WS-51] a proposal made from a key checks the response to a sent request") {
  static constexpr websocket::request asked{.target = "/chat", .host = "server.example.com"};
  constexpr auto with_key = [](std::string_view key) {
    return websocket::proposal{*turnout::field::sec_websocket_key::parse(key), asked};
  };
  constexpr auto sample = with_key("dGhlIHNhbXBsZSBub25jZQ==");
  CHECK_BOTH(sample.key() == websocket::proposal{nonce, asked}.key());
  CHECK_BOTH(!turnout::rules::check_switch(response(accept), sample).found);
  CHECK_BOTH(
      turnout::rules::check_switch(response(accept), with_key("x3JJHMbDL1EzLkh9GBhXDw==")).found ==
      finding{{errc::wrong_websocket_accept, 0}, field_name::sec_websocket_accept});
  // The key counts as it was sent, even if no nonce is written like this.
  constexpr std::string_view odd = "Sec-WebSocket-Accept: OfS0wDaT5NoxF2gqm7Zj2YtetzM=\r\n";
  CHECK_BOTH(with_key("AQIDBAUGBwgJCgsMDQ4PEC==").key().text() == "AQIDBAUGBwgJCgsMDQ4PEC==");
  CHECK_BOTH(
      !turnout::rules::check_switch(response(odd), with_key("AQIDBAUGBwgJCgsMDQ4PEC==")).found);
}

TEST_CASE("[WS-10] [WS-12] [ENG-09] a request that would break a rule is not written") {
  CHECK_BOTH(!std::is_constructible_v<websocket::proposal, websocket::request>);
  CHECK_BOTH(fault_of({.host = ""}) == failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of({.target = "/a#b", .host = "a"}) == failure{errc::unwritable, 2});
  CHECK_BOTH(fault_of({.host = "a", .subprotocols = *sec_websocket_protocol::parse("b, a, a")}) ==
             failure{errc::repeated_element, 6});
  std::string many = "0";
  for (int i = 1; i < 65; ++i) many += "," + std::to_string(i);
  CHECK(fault_of({.host = "a", .subprotocols = *sec_websocket_protocol::parse(many, 65)}) ==
        failure{errc::too_many_elements, many.size() - 2});
  for (const std::string_view name :
       {"Sec-WebSocket-Key", "Sec-WebSocket-Version", "Upgrade", "Host", "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept", "Connection", "Expect"}) {
    const field_line fields[] = {{"X", "y"}, {name, "1"}};
    CAPTURE(name);
    CHECK(fault_of({.host = "a", .fields = fields}) == failure{errc::reserved_field, 1});
  }
  websocket::proposal posted{nonce, {.host = "a"}};
  posted.method = turnout::method::post;
  CHECK(turnout::write_request(posted, {}) == failure{errc::method_not_allowed, 0});
}

TEST_CASE("[WS-09] [WS-12] [MSG-47] there is only one Origin, wherever it comes from") {
  const field_line fields[] = {{"X", "y"}, {"Origin", "http://b"}};
  CHECK(fault_of({.host = "a", .fields = fields}) == failure{});
  CHECK(fault_of({.host = "a", .origin = "http://a", .fields = fields}) ==
        failure{errc::reserved_field, 0});
}

TEST_CASE("[MSG-03] [MSG-82] no octet of an Origin breaks the request") {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string origin{'a', static_cast<char>(octet), 'b'};
    const bool good = octet == '\t' || (octet >= 0x20 && octet != 0x7F);
    CAPTURE(octet);
    CHECK(fault_of({.host = "a", .origin = origin}) ==
          (good ? failure{} : failure{errc::unwritable, 1}));
  }
}

TEST_CASE("[WS-21] [WS-22] [WS-23] the rules for every 101 also apply to a WebSocket's") {
  const auto code_for = [](std::string_view from, std::string_view to) {
    std::string lines = std::string{switching} + std::string{accept};
    lines.replace(lines.find(from), from.size(), to);
    const facts seen = fixtures::with({101, turnout::http_1_1}, lines);
    return turnout::rules::check_switch(seen, proposed).found.why.code;
  };
  CHECK(code_for("websocket", "WebSocket") == errc::none);
  CHECK(code_for("Upgrade\r\n", "keep-alive, Upgrade\r\n") == errc::none);
  CHECK(code_for("Upgrade: websocket\r\n", "") == errc::switch_without_upgrade);
  CHECK(code_for("websocket", "websocket, foo") == errc::ambiguous_switch);
  CHECK(code_for("websocket", "websocket\r\nUpgrade: websocket") == errc::ambiguous_switch);
  CHECK(code_for("websocket", "websocket/13") == errc::protocol_not_offered);
  CHECK(code_for("websocket", "h2c") == errc::protocol_not_offered);
  CHECK(code_for("Connection: Upgrade\r\n", "") == errc::switch_not_nominated);
  CHECK(code_for("Connection: Upgrade", "Connection: close") == errc::switch_not_nominated);
}

TEST_CASE("[WS-24] [WS-26] there is one accept value, and it matches the key") {
  static constexpr row rows[] = {
      {"", errc::missing_websocket_accept},
      {"Sec-WebSocket-Accept:\r\n", errc::wrong_websocket_accept},
      {"Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=\r\n", errc::wrong_websocket_accept},
      {"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo\r\n", errc::wrong_websocket_accept},
      {"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, x\r\n", errc::wrong_websocket_accept},
      {"Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n", errc::wrong_websocket_accept},
      {"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
       errc::repeated_websocket_accept, 29},
      {"Sec-WebSocket-Accept:\r\nSec-WebSocket-Accept: x\r\n", errc::repeated_websocket_accept, 1},
  };
  CHECK_BOTH(first_wrong("", field_name::sec_websocket_accept, rows) == std::size(rows));
  CHECK_BOTH(
      !turnout::rules::check_switch(response("Sec-WebSocket-Accept: \ts3pPLMBiTxaQ9kYGzzhZRbK"
                                             "+xOo=\t\r\n"),
                                    proposed)
           .found);
}

TEST_CASE("[WS-30] [WS-31] [GRM-15] at most one subprotocol is chosen, one of those offered") {
  static constexpr row rows[] = {
      {"Sec-WebSocket-Protocol: zzz\r\n", errc::subprotocol_not_offered},
      {"Sec-WebSocket-Protocol: CHAT\r\n", errc::subprotocol_not_offered},
      {"Sec-WebSocket-Protocol:\r\n", errc::bad_websocket_protocol},
      {"Sec-WebSocket-Protocol: @\r\n", errc::bad_websocket_protocol},
      {"Sec-WebSocket-Protocol: ch@t\r\n", errc::bad_websocket_protocol, 2},
      {"Sec-WebSocket-Protocol: chat superchat\r\n", errc::bad_websocket_protocol, 4},
      {"Sec-WebSocket-Protocol: chat\t,\r\n", errc::repeated_websocket_protocol, 4},
      {"Sec-WebSocket-Protocol: chat, superchat\r\n", errc::repeated_websocket_protocol, 4},
      {"Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat\r\n",
       errc::repeated_websocket_protocol, 5},
  };
  CHECK_BOTH(first_wrong(accept, field_name::sec_websocket_protocol, rows) == std::size(rows));
}

TEST_CASE("[WS-27] [WS-28] the extensions are a non-empty list of offered ones") {
  static constexpr row rows[] = {
      {"Sec-WebSocket-Extensions: baz\r\n", errc::extension_not_offered},
      {"Sec-WebSocket-Extensions: FOO\r\n", errc::extension_not_offered},
      {"Sec-WebSocket-Extensions:\r\n", errc::bad_websocket_extensions},
      {"Sec-WebSocket-Extensions: foo;;\r\n", errc::bad_websocket_extensions, 4},
      {"Sec-WebSocket-Extensions: foo; a=\"b c\"\r\n", errc::bad_websocket_extensions, 7},
      {"Sec-WebSocket-Extensions: foo\r\nSec-WebSocket-Extensions: bar;\r\n",
       errc::bad_websocket_extensions, 8},
  };
  CHECK_BOTH(first_wrong(accept, field_name::sec_websocket_extensions, rows) == std::size(rows));
}

TEST_CASE("[WS-29] [WS-32] [WS-34] [WS-35] [WS-56] terms_of() returns what the server chose") {
  using websocket::terms;
  CHECK_BOTH(chosen_in(response(accept, "Set-Cookie: a=b\r\nSec-WebSocket-Version: 8\r\n")) ==
             terms{});
  CHECK_BOTH(chosen_in(response(accept, "Sec-WebSocket-Protocol: superchat\r\n")).subprotocol ==
             "superchat");
  CHECK_BOTH(chosen_in(response(accept,
                                "Sec-WebSocket-Extensions: bar\r\nX: y\r\n"
                                "Sec-WebSocket-Extensions: foo; b=2\r\n"))
                 .extensions.size() == 2);
  const facts both = response(
      accept, "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: bar, foo; b=2\r\n");
  CHECK(proposed.terms_of(both)->subprotocol == "chat");
  CHECK(proposed.terms_of(both)->extensions == *sec_websocket_extensions::parse("bar, foo;b=2"));
  const facts wrong = response(accept, "Sec-WebSocket-Protocol: zzz\r\n");
  CHECK(proposed.terms_of(wrong).error() == failure{errc::subprotocol_not_offered, 0});
  CHECK(*proposed.terms_of(wrong) == terms{});
}

namespace {

/// What a client and a server have agreed on that have nothing but each other's octets.
constexpr bool exchange() {
  std::array<char, 512> out{};
  std::array<char, 512> back{};
  const auto read = [](auto start, std::string_view octets, facts& noted) {
    turnout::resume_mark mark;
    return heads::read<decltype(start)>(
        octets, turnout::limits{}, mark,
        [&noted](std::string_view name, std::string_view value) { noted.see(name, value); });
  };
  const auto request = turnout::write_request(proposed, out);
  facts seen;
  const auto asked = read(turnout::request_line{}, *request, seen);
  seen.set_start(asked.head.method, asked.head.version);
  const turnout::profile served[] = {websocket::profile};
  const auto checked = websocket::offer::read(turnout::examine_request(seen, served).offer);
  const auto chosen = sec_websocket_extensions::parse("bar");
  const auto response =
      turnout::write_switch(*checked->agree({"superchat", *chosen}), false, {}, back);
  facts answer;
  const auto answered = read(turnout::status_line{}, *response, answer);
  answer.set_start(answered.head.status, answered.head.version);
  return turnout::rules::check_switch(answer, proposed).protocol == &websocket::profile &&
         *proposed.terms_of(answer) == websocket::terms{"superchat", *chosen};
}

}  // namespace

TEST_CASE("[ENG-08] [ENG-13] both sides of an exchange agree, in a constant expression") {
  CHECK_BOTH(exchange());
}

TEST_CASE("[WS-32] a client that requires a subprotocol refuses a 101 without one") {
  for (const std::string_view offered : {"chat", ""}) {
    websocket::request asked{.host = "a", .require_subprotocol = true};
    if (!offered.empty()) asked.subprotocols = *sec_websocket_protocol::parse(offered);
    const websocket::proposal wanted{nonce, asked};
    const errc found = turnout::rules::check_switch(response(accept), wanted).found.why.code;
    CHECK(found == (offered.empty() ? errc::none : errc::missing_subprotocol));
    if (offered.empty()) continue;
    const facts chosen = response(accept, "Sec-WebSocket-Protocol: chat\r\n");
    CHECK(!turnout::rules::check_switch(chosen, wanted).found);
  }
}
