// An extended CONNECT, and the octets of HTTP/1.1 that are made of it.
#include "turnout/protocol/extended_connect/to_http_1_request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/switch_rules.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
using extended_connect::proposal;
using extended_connect::request;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::profile;
using list = std::vector<field_line>;

constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                             'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
constexpr profile spoken[] = {
    turnout::websocket::profile, turnout::connect_udp::profile, {.token = {"own", {}}}};
constexpr const profile& websocket = spoken[0];
constexpr const profile& udp = spoken[1];
constexpr const profile& own = spoken[2];

constexpr std::string_view websocket_head =
    "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n";

list websocket_list(const list& more = {}) {
  list lines{{":method", "CONNECT"},
             {":protocol", "websocket"},
             {":scheme", "https"},
             {":path", "/chat"},
             {":authority", "server.example.com"}};
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

/// What goes down of a list, or why nothing does.
std::string down(const list& lines, const profile& wanted, std::span<const field_line> added = {}) {
  const auto asked = request::read(lines);
  REQUIRE(asked);
  proposal made{*asked, wanted, nonce};
  made.fields = added;
  std::array<char, 1024> out{};
  const auto written = write_request(made, out);
  REQUIRE(written);
  return std::string{*written};
}

/// Why nothing is written for a request that was never checked.
failure wrong(const request& asked, const profile& wanted) {
  std::array<char, 1024> out{};
  const auto written = write_request(proposal{asked, wanted, nonce}, out);
  CHECK((out == std::array<char, 1024>{}) == !written);
  return written.error();
}

facts switching(std::string_view lines) {
  return fixtures::with({std::uint16_t{101}, turnout::http_1_1}, lines);
}

}  // namespace

TEST_CASE("[XC-18] a WebSocket is forwarded to HTTP/1.1 with a new key") {
  const std::string expected = std::string{websocket_head} + "\r\n";
  CHECK(down(websocket_list(), websocket) == expected);
  CHECK(down(websocket_list({{"sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="},
                             {"sec-websocket-accept", "x"}}),
             websocket) == expected);
  CHECK(down(websocket_list({{"sec-websocket-version", "12"}}), websocket) ==
        fixtures::without(websocket_head, "Sec-WebSocket-Version") +
            "sec-websocket-version: 12\r\n\r\n");
}

TEST_CASE("[XC-17] Host is made from :authority") {
  CHECK(down(websocket_list({{"host", "SERVER.example.com"}}), websocket) ==
        std::string{websocket_head} + "\r\n");
  // A list that was not checked can't bring in another one either.
  const list another{{"host", "b"}, {"a", "b"}};
  const request unchecked{"CONNECT", "own", "https", "a", "/", another};
  std::array<char, 256> out{};
  const auto written = write_request(proposal{unchecked, own, nonce}, out);
  REQUIRE(written);
  CHECK(*written ==
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: own\r\na: b\r\n\r\n");
}

TEST_CASE("[XC-18] [XC-12] other fields are forwarded in order, but none for one hop") {
  const list more{{"te", "trailers"},         {"origin", "http://a"},
                  {"cookie", "a=b"},          {"sec-websocket-version", "13"},
                  {"http2-settings", "AAAA"}, {"close", "x"},
                  {"cookie", "c=d"},          {"sec-websocket-protocol", "chat"},
                  {"cookie", "e=f"},          {"x", ""}};
  const field_line via[] = {{"Via", "2 p"}};
  // The crumbs of Cookie are one line again: RFC 9113 section 8.2.3.
  CHECK(down(websocket_list(more), websocket, via) ==
        fixtures::without(websocket_head, "Sec-WebSocket-Version") +
            "origin: http://a\r\ncookie: a=b; c=d; e=f\r\nsec-websocket-version: 13\r\n"
            "sec-websocket-protocol: chat\r\nx: \r\nVia: 2 p\r\n\r\n");
}

TEST_CASE("[XC-20] connect-udp is forwarded to HTTP/1.1, and so is a program's own protocol") {
  const list lines{{":method", "CONNECT"},
                   {":protocol", "connect-udp"},
                   {":scheme", "https"},
                   {":authority", "example.org"},
                   {":path", "/.well-known/masque/udp/192.0.2.6/443/"},
                   {"capsule-protocol", "?1"}};
  CHECK(down(lines, udp) ==
        "GET /.well-known/masque/udp/192.0.2.6/443/ HTTP/1.1\r\nHost: example.org\r\n"
        "Connection: Upgrade\r\nUpgrade: connect-udp\r\ncapsule-protocol: ?1\r\n\r\n");
  list others = lines;
  others[1].value = "own";
  CHECK(down(others, own) ==
        "GET /.well-known/masque/udp/192.0.2.6/443/ HTTP/1.1\r\nHost: example.org\r\n"
        "Connection: Upgrade\r\nUpgrade: own\r\ncapsule-protocol: ?1\r\n\r\n");
}

TEST_CASE("[XC-24] [INT-27] an invalid request is not written") {
  CHECK(wrong({"CONNECT", "own", "https", "a", "/a b", {}}, own) == failure{errc::unwritable, 2});
  CHECK(wrong({"CONNECT", "own", "https", "a", "/\r\nX:", {}}, own).code == errc::unwritable);
  CHECK(wrong({"CONNECT", "own", "https", "a\r\nX: b", "/", {}}, own).code == errc::unwritable);
  CHECK(wrong({"CONNECT", "own", "https", "", "/", {}}, own).code == errc::unwritable);
  CHECK(wrong({"CONNECT", "foo", "https", "a", "/", {}}, own).code == errc::foreign_agreement);
  CHECK(wrong({"CONNECT", "Own", "https", "a", "/", {}}, own).code == errc::foreign_agreement);
  CHECK(wrong({"CONNECT", "", "https", "a:1", "", {}}, own).code == errc::foreign_agreement);
  for (const field_line bad :
       {field_line{"a", "a\r\nX: y"}, field_line{"a\r\nX", "y"}, field_line{"a:b", ""},
        field_line{"", "a"}, field_line{"cookie", "a\n"}}) {
    const list fields{{"fine", "x"}, bad};
    CHECK(wrong({"CONNECT", "own", "https", "a", "/", fields}, own) ==
          failure{errc::unwritable, 1});
  }
}

TEST_CASE("a request is written completely, or fails with the size needed") {
  const list lines = websocket_list({{"cookie", "a"}, {"cookie", "b"}});
  const proposal asked{*request::read(lines), websocket, nonce};
  const std::string whole = down(lines, websocket);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    std::array<char, 512> out{};
    const auto written = write_request(asked, std::span{out}.first(size));
    if (size == whole.size()) {
      CHECK(*written == whole);
    } else {
      CHECK(written == failure{errc::no_space, whole.size()});
      CHECK(out == std::array<char, 512>{});
    }
  }
}

TEST_CASE("[XC-18] [CAP-07] the 101 is checked for the key, and for content with capsules") {
  const list websocket_lines = websocket_list();
  const proposal asked{*request::read(websocket_lines), websocket, nonce};
  const auto check = [](const proposal& proposed, const facts& seen) {
    return turnout::rules::check_switch(seen, proposed).found.why;
  };
  constexpr std::string_view begin = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  constexpr std::string_view accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
  const auto with_lines = [&](std::string_view more, std::string_view still_more = "") {
    return check(asked, fixtures::with(fixtures::with(switching(begin), more), still_more));
  };
  CHECK(with_lines(accept) == failure{});
  CHECK(with_lines(accept, "Sec-WebSocket-Protocol: chat\r\n") == failure{});
  CHECK(with_lines("") == failure{errc::missing_websocket_accept, 0});
  CHECK(with_lines("Sec-WebSocket-Accept: x\r\n") == failure{errc::wrong_websocket_accept, 0});
  CHECK(with_lines(accept, accept) == failure{errc::repeated_websocket_accept, 29});

  list udp_lines = websocket_list();
  udp_lines[1].value = "connect-udp";
  const proposal tunnelled{*request::read(udp_lines), udp, nonce};
  constexpr std::string_view udp_101 = "Connection: Upgrade\r\nUpgrade: connect-udp\r\n";
  CHECK(check(tunnelled, switching(udp_101)) == failure{});
  CHECK(check(tunnelled, fixtures::with(switching(udp_101), "Content-Length: 0\r\n")).code ==
        errc::content_not_allowed);
  list own_lines = websocket_list();
  own_lines[1].value = "own";
  const proposal plain{*request::read(own_lines), own, nonce};
  CHECK(check(plain, switching("Connection: Upgrade\r\nUpgrade: own\r\nContent-Length: 0\r\n")) ==
        failure{});

  CHECK(asked.key().text() == "dGhlIHNhbXBsZSBub25jZQ==");
  CHECK(asked.check_after(asked) == failure{errc::repeated_nonce, 0});
  CHECK(asked.check_after({*request::read(websocket_lines), websocket,
                           std::array<std::uint8_t, 16>{}}) == failure{});
  CHECK(asked.check_after(plain) == failure{});
  CHECK(plain.check_after(plain) == failure{});
}

TEST_CASE("everything works at compile time") {
  constexpr auto size = [] {
    const field_line lines[] = {
        {":method", "CONNECT"}, {":protocol", "websocket"},           {":scheme", "https"},
        {":path", "/chat"},     {":authority", "server.example.com"}, {"cookie", "a"}};
    std::array<char, 512> out{};
    return write_request(proposal{*request::read(lines), websocket, nonce}, out)->size();
  };
  CHECK_BOTH(size() == websocket_head.size() + 13);
}
