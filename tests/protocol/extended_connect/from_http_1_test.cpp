// Requests and responses of HTTP/1.1, and the header lists that are made of them.
#include "turnout/protocol/extended_connect/from_http_1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/fixtures.hpp"
#include "support/heads.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/protocol/extended_connect/request.hpp"
#include "turnout/protocol/extended_connect/response.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/profile.hpp"
#include "vectors/octets.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
namespace websocket = turnout::websocket;
using extended_connect::list_size;
using fixtures::plus, fixtures::with, fixtures::websocket_request, fixtures::websocket_response;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::profile;
using turnout::verdict;
using list = std::vector<field_line>;

constexpr std::string_view udp_request = vectors::request_of("masque/udp");
constexpr std::string_view udp_response = vectors::response_of("masque/udp-switched");
constexpr profile spoken[] = {websocket::profile,
                              turnout::connect_udp::profile,
                              turnout::h2c::profile,
                              {.token = {"own", {}}},
                              {.token = {"foo", "2"}},
                              {.token = {"any", {}},
                               .methods = turnout::method::get | turnout::method::post,
                               .content = true}};

template <class StartLine>
heads::reading<StartLine> read(const std::string& octets, facts& seen) {
  turnout::resume_mark mark;
  return heads::read<StartLine>(
      octets, {}, mark,
      [&](std::string_view name, std::string_view value) { seen.see(name, value); });
}

constexpr extended_connect::enable_connect_protocol enabled = [] {
  extended_connect::enable_connect_protocol server;
  (void)server.see(8, 1);
  return server;
}();

/// An HTTP/1.1 request with what is made of it.
struct crossing {
  crossing(std::string from, std::string_view token, std::string_view scheme = "https")
      : request{std::move(from)} {
    const auto reading = read<turnout::request_line>(request, seen);
    REQUIRE(reading.what == turnout::head_step::complete);
    seen.set_start(reading.head.method, reading.head.version);
    const verdict judged = turnout::examine_request(seen, spoken);
    asked = {reading.head, judged.offer, {token, {}}, scheme, enabled};
  }

  failure wrong() { return write().why; }

  list_size write() {
    const list_size size = extended_connect::write_request(asked, {lines, octets});
    written.assign(lines.begin(),
                   lines.begin() + static_cast<std::ptrdiff_t>(size ? size.lines : 0));
    return size;
  }

  std::string request;
  facts seen;
  extended_connect::upgrade_request asked;
  std::array<field_line, 32> lines{};
  std::array<char, 512> octets{};
  list written;
};

list written(std::string request, std::string_view token, std::string_view scheme = "https") {
  static std::deque<crossing> kept;  // what is written views it
  kept.emplace_back(std::move(request), token, scheme);
  CHECK(kept.back().wrong() == failure{});
  return kept.back().written;
}

failure wrong(std::string request, std::string_view token, std::string_view scheme = "https") {
  return crossing{std::move(request), token, scheme}.wrong();
}

/// A response, and the list or the failure that is made of it.
struct answer {
  explicit answer(std::string from, const profile* switched = nullptr) : octets{std::move(from)} {
    facts seen;
    const auto reading = read<turnout::status_line>(octets, seen);
    REQUIRE(reading.what == turnout::head_step::complete);
    head = reading.head;
    size = extended_connect::write_response(head, switched, {lines, text});
    written.assign(lines.begin(),
                   lines.begin() + static_cast<std::ptrdiff_t>(size ? size.lines : 0));
  }

  std::string octets;
  turnout::response_head head;
  std::array<field_line, 32> lines{};
  std::array<char, 512> text{};
  list_size size;
  list written;
};

list answered(std::string from, const profile* switched = nullptr) {
  static std::deque<answer> kept;
  kept.emplace_back(std::move(from), switched);
  CHECK(kept.back().size);
  return kept.back().written;
}

errc unanswered(std::string from, const profile* switched = nullptr) {
  return answer{std::move(from), switched}.size.why.code;
}

const list websocket_list{{":method", "CONNECT"}, {":protocol", "websocket"},
                          {":scheme", "https"},   {":authority", "server.example.com"},
                          {":path", "/chat"},     {"sec-websocket-version", "13"}};

}  // namespace

TEST_CASE("[XC-19] [XC-07] [XC-08] WebSocket becomes an extended CONNECT without its key") {
  CHECK(written(std::string{websocket_request}, "websocket") == websocket_list);
  CHECK(written(std::string{websocket_request}, "WebSocket") == websocket_list);
  CHECK(written(std::string{websocket_request}, "websocket", "http")[2] ==
        field_line{":scheme", "http"});
}

TEST_CASE("[XC-20] [UDP-17] [UDP-19] connect-udp becomes an extended CONNECT") {
  CHECK(written(std::string{udp_request}, "connect-udp") ==
        list{{":method", "CONNECT"},
             {":protocol", "connect-udp"},
             {":scheme", "https"},
             {":authority", "example.org"},
             {":path", "/.well-known/masque/udp/192.0.2.6/443/"},
             {"capsule-protocol", "?1"}});
}

TEST_CASE(
    "[XC-12] [XC-25] [UPG-52] [CON-14] [INT-01] [INT-06] [INT-28] fields for one hop are not "
    "forwarded") {
  const std::string more = plus(
      with(websocket_request, "Connection: Upgrade", "Connection: keep-alive, Upgrade, X-Hop, TE"),
      "TE: trailers\r\nx-hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\nX-End: 1\r\n"
      "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 0\r\nOrigin: http://a\r\nCookie: a=b\r\n"
      "Expect: 100-continue\r\nSec-WebSocket-Protocol: Chat");
  list expected = websocket_list;
  for (const field_line& line : list{{"x-end", "1"},
                                     {"origin", "http://a"},
                                     {"cookie", "a=b"},
                                     {"sec-websocket-protocol", "Chat"}})
    expected.push_back(line);
  const list lines = written(more, "websocket");
  CHECK(lines == expected);
  CHECK(extended_connect::request::read(lines));
}

TEST_CASE("[INT-26] a client can't remove a field that later recipients need") {
  for (const std::string name : {"Host", "Authorization", "Sec-WebSocket-Key", "Cookie", "Origin",
                                 "Sec-WebSocket-Version", "content-length", "Via"})
    CHECK(wrong(with(websocket_request, "Connection: Upgrade", "Connection: Upgrade, " + name),
                "websocket") == failure{errc::end_to_end_nominated, 9});
}

TEST_CASE("the target of a request, in both its forms, is :authority and :path") {
  const auto parts = [](const std::string& target) {
    const list lines = written(with(websocket_request, "/chat", target), "websocket");
    return std::string{lines[3].value} + " " + std::string{lines[4].value};
  };
  CHECK(parts("/") == "server.example.com /");
  CHECK(parts("/a?b=//c/?d") == "server.example.com /a?b=//c/?d");
  CHECK(parts("https://b:8443/a?b") == "b:8443 /a?b");
  CHECK(parts("HTTPS://b") == "b /");
  CHECK(parts("https://b?q") == "b /?q");
  CHECK(wrong(with(websocket_request, "/chat", "http://b/"), "websocket").code == errc::bad_scheme);
}

TEST_CASE("[XC-03] nothing is written before the server has enabled extended CONNECT") {
  crossing early{std::string{websocket_request}, "websocket"};
  early.asked.server = {};
  CHECK(early.wrong() == failure{errc::connect_not_enabled, 0});
}

TEST_CASE("[XC-04] [XC-07] [XC-25] a protocol without extended CONNECT is not written") {
  for (const std::string_view bad : {"", "ws", "wss", "ftp", "HTTPS"})
    CHECK(wrong(std::string{websocket_request}, "websocket", bad) == failure{errc::bad_scheme, 0});
  CHECK(wrong(std::string{websocket_request}, "own").code == errc::foreign_agreement);
  CHECK(wrong(std::string{fixtures::plain_request}, "own").code == errc::foreign_agreement);
  const std::string h2c =
      with(with(fixtures::upgrade_request, "foo/2", "h2c"), "Connection: Upgrade",
           "Connection: Upgrade, HTTP2-Settings\r\n"
           "HTTP2-Settings: AAMAAABkAAQAAP__");
  CHECK(wrong(h2c, "h2c").code == errc::no_protocol);
  crossing versioned{std::string{fixtures::upgrade_request}, "foo"};
  versioned.asked.wanted = {"foo", "2"};
  CHECK(versioned.wrong() == failure{errc::no_protocol, 0});
  const std::string any = with(fixtures::upgrade_request, "foo/2", "any");
  CHECK(wrong(with(any, "GET", "POST"), "any").code == errc::method_not_allowed);
  CHECK(wrong(plus(any, "Content-Length: 1"), "any").code == errc::content_not_allowed);
  CHECK(wrong(plus(any, "Transfer-Encoding: chunked"), "any").code == errc::content_not_allowed);
}

TEST_CASE("[CAP-07] a request with capsules has no fields about content") {
  CHECK(wrong(plus(udp_request, "Content-Length: 0"), "connect-udp").code ==
        errc::content_not_allowed);
  CHECK(wrong(plus(udp_request, "Content-Type: a/b"), "connect-udp").code ==
        errc::content_not_allowed);
}

TEST_CASE("a request is written completely, or fails with the space needed") {
  crossing whole{std::string{websocket_request}, "websocket"};
  const list_size needed = whole.write();
  REQUIRE(needed);
  CHECK(needed.lines == 6);
  for (std::size_t lines = 0; lines <= needed.lines; ++lines)
    for (std::size_t octets = 0; octets <= needed.octets; ++octets) {
      std::array<field_line, 8> to{};
      std::array<char, 64> text{};
      const list_size size = extended_connect::write_request(
          whole.asked, {std::span{to}.first(lines), std::span{text}.first(octets)});
      const bool fits = lines == needed.lines && octets == needed.octets;
      CHECK(size.why.code == (fits ? errc::none : errc::no_space));
      CHECK(size.lines == needed.lines);
      CHECK(size.octets == needed.octets);
      CHECK((text != std::array<char, 64>{}) == fits);
    }
}

TEST_CASE("[XC-18] [XC-20] a 101 becomes a 200 without fields for one hop") {
  CHECK(answered(std::string{websocket_response}, &websocket::profile) == list{{":status", "200"}});
  CHECK(answered(std::string{udp_response}, &turnout::connect_udp::profile) ==
        list{{":status", "200"}, {"capsule-protocol", "?1"}});
  const std::string more =
      plus(with(websocket_response, "Connection: Upgrade", "Connection: Upgrade, X-Hop"),
           "X-Hop: 1\r\nKeep-Alive: 1\r\nSec-WebSocket-Protocol: chat\r\nServer: a\r\n b");
  const list lines = answered(more, &websocket::profile);
  CHECK(lines == list{{":status", "200"}, {"sec-websocket-protocol", "chat"}, {"server", "a   b"}});
  CHECK(extended_connect::response::read(lines));
}

TEST_CASE("[XC-22] other responses keep their status, and lose the fields for one hop") {
  const std::string required =
      "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n";
  CHECK(answered(required) ==
        list{{":status", "426"}, {"content-length", "0"}, {"sec-websocket-version", "13"}});
  CHECK(
      answered("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n"
               "Content-Type: a/b\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n") ==
      list{{":status", "404"}, {"content-type", "a/b"}, {"set-cookie", "a"}, {"set-cookie", "b"}});
  CHECK(answered("HTTP/1.1 404 x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n") ==
        list{{":status", "404"}});
  CHECK(answered("HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\nLink: <a>\r\n\r\n") ==
        list{{":status", "103"}, {"link", "<a>"}});
}

TEST_CASE("[XC-11] [CAP-09] an unchecked 101 and a 2xx don't open the stream") {
  CHECK(unanswered(std::string{websocket_response}) == errc::unsolicited_switch);
  CHECK(unanswered("HTTP/1.1 200 OK\r\nCapsule-Protocol: ?1\r\n\r\n") ==
        errc::success_without_switch);
  CHECK(unanswered("HTTP/1.1 204 No Content\r\n\r\n") == errc::success_without_switch);
  CHECK(unanswered("HTTP/1.1 404 No\r\n\r\n", &websocket::profile) == errc::bad_status_to_write);
  CHECK(unanswered("HTTP/1.1 200 OK\r\n\r\n", &websocket::profile) == errc::bad_status_to_write);
  for (const std::string status : {"000", "099", "600", "999"})
    CHECK(unanswered("HTTP/1.1 " + status + " x\r\n\r\n") == errc::bad_status);
  CHECK(unanswered("HTTP/1.1 404 x\r\nConnection: @\r\n\r\n") == errc::bad_connection);
  std::string many = "HTTP/1.1 404 x\r\n";
  for (std::size_t i = 0; i <= facts::max_lines; ++i) many += "Connection: a\r\n";
  CHECK(unanswered(many + "\r\n") == errc::too_many_kept_lines);
  CHECK(unanswered("HTTP/1.1 404 x\r\nContent-Length: 1, 1\r\n\r\n") == errc::bad_content_length);
  CHECK(unanswered("HTTP/1.1 404 x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n") ==
        errc::bad_content_length);
}
