// Final responses instead of a switch: their octets, and which ones are never written.
#include "turnout/negotiation/refusal.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/facts.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::method;
using turnout::profile;
using turnout::refusal;

constexpr profile foo[] = {{.token = {"foo", "2"}}};
constexpr profile foo_and_bar[] = {{.token = {"foo", "2"}},
                                   {.token = {"bar"}, .methods = method::put | method::options}};

/// True if exactly `expected` is written into a span of its size, and nothing into smaller ones,
/// which name that size.
constexpr bool writes(const refusal& answer, std::string_view expected) {
  std::array<char, 512> out{};
  for (std::size_t size = 0; size < expected.size(); ++size) {
    const auto none = turnout::write(answer, std::span{out}.first(size));
    if (none != failure{errc::no_space, expected.size()}) return false;
  }
  if (out != std::array<char, 512>{}) return false;
  const auto written = turnout::write(answer, std::span{out}.first(expected.size()));
  return written == expected && out[expected.size()] == '\0';
}

/// Why nothing is written into a span that has room enough; errc::none if something is.
constexpr failure fault_of(const refusal& answer) {
  std::array<char, 512> out{};
  const failure why = turnout::write(answer, out).error();
  const bool kept = out == std::array<char, 512>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

}  // namespace

TEST_CASE("[UPG-05] [UPG-19] a 426 names the protocols, most preferred first, and lists upgrade") {
  CHECK_BOTH(writes({.status = 426, .protocols = foo},
                    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
                    "Content-Length: 0\r\n\r\n"));
  CHECK_BOTH(writes({.status = 426, .protocols = foo_and_bar},
                    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2, bar\r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(fault_of({.status = 426}) == failure{errc::no_protocol, 0});
}

TEST_CASE("[UPG-41] Upgrade does not name protocols that only extended CONNECT can ask for") {
  static constexpr profile both[] = {
      {.token = {"baz"}, .by_upgrade = false, .by_extended_connect = true},
      {.token = {"foo", "2"}}};
  CHECK_BOTH(writes({.status = 426, .protocols = both},
                    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(fault_of({.status = 426, .protocols = std::span{both}.first(1)}) ==
             failure{errc::no_protocol, 0});
  CHECK_BOTH(writes({.status = 404, .protocols = std::span{both}.first(1)},
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("[UPG-22] any other response may name protocols for future requests") {
  CHECK_BOTH(writes({.status = 404, .protocols = foo},
                    "HTTP/1.1 404 Not Found\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
                    "Content-Length: 0\r\n\r\n"));
}

TEST_CASE("[CON-07] [CON-09] close is in the same Connection line") {
  CHECK_BOTH(writes({.status = 400, .close = true},
                    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(writes({.status = 426, .protocols = foo, .close = true},
                    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade, close\r\n"
                    "Upgrade: foo/2\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("[MSG-16] a 405 always has Allow, other refusals only with methods") {
  CHECK_BOTH(writes({.status = 405, .allow = method::get | method::head},
                    "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n"
                    "Content-Length: 0\r\n\r\n"));
  CHECK_BOTH(writes({.status = 405},
                    "HTTP/1.1 405 Method Not Allowed\r\nAllow: \r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(writes({.status = 501, .allow = method::get},
                    "HTTP/1.1 501 Not Implemented\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("[MSG-16] a 405 names the methods of all protocols, even those known only by name") {
  static constexpr std::string_view names[] = {"ATTACH", "PURGE"};
  static constexpr profile by_name[] = {
      {.token = {"foo"}, .methods = method::post},
      {.token = {"bar"}, .methods = {}, .method_names = names},
  };
  CHECK_BOTH(writes(turnout::refusal_for(errc::method_not_allowed, by_name),
                    "HTTP/1.1 405 Method Not Allowed\r\nAllow: POST, ATTACH, PURGE\r\n"
                    "Content-Length: 0\r\n\r\n"));
  CHECK_BOTH(writes({.status = 501, .allowing = std::span{by_name}.last(1)},
                    "HTTP/1.1 501 Not Implemented\r\nAllow: ATTACH, PURGE\r\n"
                    "Content-Length: 0\r\n\r\n"));
  static constexpr std::string_view bad[] = {"A B"};
  static constexpr profile unwritable[] = {{.token = {"foo"}, .method_names = bad}};
  CHECK_BOTH(fault_of({.status = 405, .allowing = unwritable}).code == errc::unwritable);
}

TEST_CASE("[MSG-64] [WS-58] the content is written unchanged, with its length") {
  CHECK_BOTH(writes({.status = 404, .content = "not here\r\n"},
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\nnot here\r\n"));
  for (const std::size_t size : {1u, 9u, 10u, 99u, 100u, 255u}) {
    const std::string content(size, '\0');
    std::string expected = "HTTP/1.1 403 Forbidden\r\nContent-Length: ";
    expected += std::to_string(size) + "\r\n\r\n" + content;
    std::string out(expected.size(), '#');
    CHECK(*turnout::write(refusal{.status = 403, .content = content}, out) == expected);
    CHECK(out == expected);
  }
}

TEST_CASE("[MSG-57] content has Content-Type and then Content-Length") {
  CHECK_BOTH(writes({.status = 400, .content = "no", .content_type = "text/plain"},
                    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n"
                    "Content-Length: 2\r\n\r\nno"));
  CHECK_BOTH(fault_of({.status = 400, .content_type = "a\r\nb"}).code == errc::unwritable);
}

TEST_CASE("[MSG-55] [MSG-64] a response to HEAD has the length of the omitted content") {
  CHECK_BOTH(writes({.status = 404, .content = "not here\r\n", .to_head = true},
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n"));
  CHECK_BOTH(
      writes({.status = 426, .protocols = foo, .content = "?", .close = true, .to_head = true},
             "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade, close\r\n"
             "Upgrade: foo/2\r\nContent-Length: 1\r\n\r\n"));
  CHECK_BOTH(!refusal{}.to_head);
}

TEST_CASE("[MSG-81] [WS-59] a caller's field lines are written as given, and no Date is invented") {
  static constexpr field_line fields[] = {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
                                          {"WWW-Authenticate", "Basic realm=x"}};
  CHECK_BOTH(writes({.status = 401, .fields = fields},
                    "HTTP/1.1 401 Unauthorized\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                    "WWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"));
  static constexpr field_line location[] = {{"Location", "/elsewhere"}};
  CHECK_BOTH(writes({.status = 302, .fields = location},
                    "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("[MSG-52] every final status code can be written, except those that are not allowed") {
  for (unsigned number = 0; number <= 1000; ++number) {
    const auto status = static_cast<std::uint16_t>(number);
    const bool good = status >= 300 && status <= 599 && status != 304;
    CAPTURE(number);
    CHECK(fault_of({.status = status, .protocols = foo}) ==
          (good ? failure{} : failure{errc::bad_status_to_write, 0}));
  }
  CHECK_BOTH(fault_of({.status = 65535}) == failure{errc::bad_status_to_write, 0});
  CHECK_BOTH(writes({.status = 499}, "HTTP/1.1 499 \r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(refusal{}.status == 400);
}

TEST_CASE("[CON-13] [MSG-03] [MSG-47] [MSG-82] a refusal with a forbidden value is not written") {
  for (const std::string_view name : {"Connection", "Upgrade", "Content-Length", "close",
                                      "Transfer-Encoding", "Keep-Alive", "Sec-WebSocket-Accept"}) {
    const field_line fields[] = {{"X", "y"}, {name, "1"}};
    CAPTURE(name);
    CHECK(fault_of({.status = 403, .fields = fields}) == failure{errc::reserved_field, 1});
  }
  for (const std::string_view value :
       {std::string_view{"a\rb"}, std::string_view{"a\nb"}, std::string_view{"\0", 1},
        std::string_view{"a\x7F"}, std::string_view{"x\r\nSet-Cookie: y"}}) {
    const field_line fields[] = {{"X", "y"}, {"Y", value}};
    CHECK(fault_of({.status = 403, .fields = fields}) == failure{errc::unwritable, 1});
  }
  static constexpr profile broken[] = {{.token = {"a\r\nb"}}};
  CHECK_BOTH(fault_of({.status = 426, .protocols = broken}) == failure{errc::unwritable, 1});
  // The first reason is the one that stays.
  static constexpr field_line bad[] = {{"Host", "a"}};
  CHECK_BOTH(fault_of({.status = 200, .fields = bad}) == failure{errc::bad_status_to_write, 0});
  CHECK_BOTH(fault_of({.status = 426, .fields = bad}) == failure{errc::no_protocol, 0});
}

TEST_CASE("[ENG-08] [UPG-21] a refusal reads back as an ordinary response, its content after it") {
  std::array<char, 512> out{};
  const auto written = turnout::write(
      refusal{.status = 426, .protocols = foo_and_bar, .content = "hello", .close = true}, out);
  turnout::facts seen;
  turnout::resume_mark mark;
  const auto reading = heads::read<turnout::status_line>(
      *written, turnout::limits{}, mark,
      [&seen](std::string_view name, std::string_view value) { seen.see(name, value); });
  REQUIRE(reading.what == turnout::head_step::complete);
  CHECK(reading.head.status == 426);
  CHECK(reading.head.reason == "Upgrade Required");
  CHECK(reading.rest == "hello");
  CHECK(seen.lines(turnout::field_name::content_length).first() == "5");
  CHECK(*turnout::field::upgrade::parse(seen.lines(turnout::field_name::upgrade)) ==
        *turnout::field::upgrade::parse("foo/2, bar"));
  CHECK(*turnout::field::connection::parse(seen.lines(turnout::field_name::connection)) ==
        *turnout::field::connection::parse("upgrade, close"));
}

TEST_CASE(
    "[MSG-16] [UPG-19] the refusal for a failure has its status and the fields that it needs") {
  constexpr refusal method = turnout::refusal_for(errc::method_not_allowed, foo_and_bar);
  CHECK_BOTH(writes(method,
                    "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, OPTIONS, PUT\r\n"
                    "Content-Length: 0\r\n\r\n"));
  constexpr refusal version = turnout::refusal_for(errc::unsupported_websocket_version, foo);
  CHECK_BOTH(writes(version,
                    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\nContent-Length: 0\r\n\r\n"));
  CHECK_BOTH(turnout::refusal_for(errc::missing_host, foo).status == 400);
  CHECK_BOTH(turnout::refusal_for(errc::expectation_failed, foo).status == 417);
  CHECK_BOTH(turnout::refusal_for(errc::head_too_large, foo).status == 431);
  CHECK_BOTH(turnout::refusal_for(errc::unknown_transfer_coding, foo).status == 501);
  CHECK_BOTH(turnout::refusal_for(errc::unknown_method, foo).status == 501);
  CHECK_BOTH(turnout::refusal_for(errc::unsupported_http_version, foo).status == 505);
  CHECK_BOTH(turnout::refusal_for(errc::missing_host, foo).protocols.empty());
  CHECK_BOTH(turnout::refusal_for(errc::missing_host, foo).allow == turnout::method_set{});
  CHECK_BOTH(turnout::refusal_for(errc::method_not_allowed, {}).allow == turnout::method_set{});
}

TEST_CASE("[WS-72] every failure can be answered") {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(errc::extension_not_offered); ++i) {
    const errc code = static_cast<errc>(i);
    const refusal answer = turnout::refusal_for(code, foo);
    const std::uint16_t status = turnout::explain(code).status;
    CAPTURE(i);
    CHECK(answer.status == (status == 0 ? 400 : status));
    CHECK(fault_of(answer) == failure{});
  }
}
