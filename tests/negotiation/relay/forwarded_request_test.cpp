// The octets of a request as an intermediary sends it on.
#include "turnout/negotiation/relay/forwarded_request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"
#include "vectors/octets.hpp"

namespace {

using fixtures::plus, fixtures::with;
using forwarded::forwards_as, forwarded::policy;
using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::relay_policy;
using turnout::forwarding::verdict;
using kind = verdict::kind;

/// The forwarded lines of a request to `a`, before Via and the lines after it.
std::string lines_of(const std::string& lines, const std::string& start = "GET / HTTP/1.1") {
  const std::string whole = forwarded::octets(start + "\r\nHost: a\r\n" + lines + "\r\n");
  const std::size_t host = whole.find("Host: a\r\n");
  const std::size_t via = whole.rfind("Via: 1.");
  return host < via ? whole.substr(host + 9, via - host - 9) : whole;
}

/// The forwarded request line and Host.
std::string start_of(const std::string& target, const std::string& host = "Host: z\r\n",
                     const std::string& by = "GET", const std::string& version = "HTTP/1.1") {
  const std::string whole =
      forwarded::octets(by + " " + target + " " + version + "\r\n" + host + "\r\n");
  return whole.substr(0, whole.rfind("Via: 1."));
}

/// True if lines that are literals are forwarded as they should be.
///
/// Takes     lines: to forward, the same ones as pairs or in a row
template <class Fields>
constexpr bool forwards_literals(const Fields& fields) {
  constexpr field_line lines[] = {{"Host", "a"}, {"Connection", "x"}, {"X", "1"}, {"TE", {}}};
  turnout::facts seen{turnout::method::get, turnout::http_1_1};
  for (const field_line& one : lines) seen.see(one.name, one.value);
  const verdict judged = turnout::forwarding::examine_request(seen, policy);
  std::array<char, 64> out{};
  const auto line = turnout::request_line::parse("GET / HTTP/1.1");
  const auto written =
      turnout::forwarding::write_forwarded(*line, fields, seen, judged, policy, out);
  return written && *written == "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\n\r\n";
}

/// What comes after the lines of the client.
std::string end_of(std::string_view octets) {
  const std::string whole = forwarded::octets(octets);
  return whole.substr(whole.rfind("Via: 1."));
}

}  // namespace

TEST_CASE("[INT-19] [INT-20] [INT-24] a request is forwarded line by line, with Via after them") {
  CHECK_BOTH(forwards_as("GET /a?b HTTP/1.1\r\nX: 1\r\nHost: h:80\r\nCookie: a=b\r\n\r\n",
                         "GET /a?b HTTP/1.1\r\nX: 1\r\nHost: h:80\r\nCookie: a=b\r\nVia: 1.1 p\r\n"
                         "\r\n"));
  CHECK_BOTH(forwards_as("FROB / HTTP/1.1\r\nHost:\r\n\r\n",
                         "FROB / HTTP/1.1\r\nHost: \r\nVia: 1.1 p\r\n\r\n"));
  CHECK(forwarded::octets("\r\nGET / HTTP/1.1\r\nhOST: a\r\nx-Y:\t \xff z \t\r\n\r\n") ==
        "GET / HTTP/1.1\r\nhOST: a\r\nx-Y: \xff z\r\nVia: 1.1 p\r\n\r\n");
  CHECK(lines_of("Authorization: Basic eA==\r\nContent-Type: a/b\r\nOrigin: null\r\n") ==
        "Authorization: Basic eA==\r\nContent-Type: a/b\r\nOrigin: null\r\n");
}

TEST_CASE("[MSG-48] lines keep their order, and are not joined") {
  const std::string lines = "A: 1\r\nB: 2\r\na: 3\r\nVia: 1.0 x\r\nB:\r\nA: 1\r\n";
  CHECK(lines_of(lines) == with(lines, "B:\r\n", "B: \r\n"));
  CHECK(lines_of("A: 1\r\nConnection: x\r\nB: 2\r\nX: 5\r\nA: 3\r\n") ==
        "A: 1\r\nB: 2\r\nA: 3\r\n");
}

TEST_CASE("[INT-02] [INT-06] known fields for one hop are never forwarded, even if not listed") {
  for (const std::string name : {"Close", "Connection", "HTTP2-Settings", "Keep-Alive",
                                 "Proxy-Connection", "TE", "Upgrade"}) {
    CAPTURE(name);
    std::string lower = name, upper = name;
    for (char& octet : lower) octet = turnout::grammar::to_lower(octet);
    for (char& octet : upper)
      if (turnout::grammar::is_alpha(octet)) octet = static_cast<char>(octet & ~0x20);
    for (const std::string& spelled : {name, lower, upper}) {
      CHECK(lines_of("A: 1\r\n" + spelled + ": x\r\nB: 2\r\n") == "A: 1\r\nB: 2\r\n");
      CHECK(lines_of(spelled + ": x\r\nA: 1\r\n" + spelled + ":\r\n") == "A: 1\r\n");
    }
    CHECK(lines_of(name + "2: x\r\nX-" + name + ": y\r\n") ==
          name + "2: x\r\nX-" + name + ": y\r\n");
  }
}

TEST_CASE("[INT-01] fields that Connection lists are not forwarded, and neither is Connection") {
  CHECK_BOTH(
      forwards_as("GET / HTTP/1.1\r\nHost: a\r\nX-Foo: 1\r\nConnection: close, X-Foo\r\n\r\n",
                  "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(lines_of("x-FOO: 1\r\nConnection: X-foo\r\nX-Foo: 2\r\nX-Foo2: 3\r\nFoo: 4\r\n") ==
        "X-Foo2: 3\r\nFoo: 4\r\n");
  CHECK(lines_of("Connection: a\r\nA: 1\r\nB: 2\r\nC: 3\r\nconnection: ,,B ,\tc\r\n") == "");
  CHECK(lines_of("Connection:\r\nA: 1\r\nConnection: ,\r\n") == "A: 1\r\n");
  CHECK(lines_of("Connection: a\r\nA: 1\r\nB: 2\r\n", "GET / HTTP/1.0") == "B: 2\r\n");
  CHECK(lines_of("Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nB: 2\r\n") == "B: 2\r\n");
}

TEST_CASE("[INT-26] a request that is refused or answered is not forwarded") {
  for (const std::string name : {"Host", "Content-Length", "Authorization", "Sec-WebSocket-Key",
                                 "X-Forwarded-For", "Transfer-Encoding", "Expect", "b@d"})
    CHECK(lines_of("Connection: close, " + name + "\r\n").starts_with("refused: "));
  CHECK(forwarded::octets("OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n") ==
        "answered");

  std::array<char, 64> out{};
  for (const std::string_view octets : {"GET / HTTP/1.1\r\nHost: a\r\nConnection: Host\r\n\r\n",
                                        "TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n"}) {
    const forwarded::request asked{octets, policy};
    CHECK(asked.write(policy, out).error() == failure{errc::out_of_turn, 0});
    CHECK(asked.write(policy, {}).error() == failure{errc::out_of_turn, 0});
  }
  CHECK(out == std::array<char, 64>{});
}

TEST_CASE(
    "[INT-04] [INT-05] [INT-35] the allowed protocols are offered again, everything else is "
    "unchanged") {
  CHECK_BOTH(forwards_as(fixtures::websocket_request,
                         "GET /chat HTTP/1.1\r\nHost: server.example.com\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Version: 13\r\nVia: 1.1 p\r\nConnection: Upgrade\r\n"
                         "Upgrade: websocket\r\n\r\n"));
  const std::string of_websocket =
      "Sec-WebSocket-Protocol: zzz,  chat\r\nSec-WebSocket-Extensions: a; b=\"c\"\r\n"
      "Sec-WebSocket-Protocol: ,\r\nOrigin: http://b\r\nCapsule-Protocol: ?1\r\n";
  CHECK(lines_of(of_websocket + "Connection: upgrade\r\nUpgrade: websocket\r\n") == of_websocket);

  const std::string ends = "Via: 1.1 p\r\n\r\n";
  const std::string asks{fixtures::upgrade_request};
  const std::string offers = "Via: 1.1 p\r\nConnection: Upgrade\r\nUpgrade: ";
  CHECK(end_of(with(asks, "foo/2", "FOO/2")) == offers + "foo/2\r\n\r\n");
  CHECK(end_of(with(asks, "foo/2", "x, WebSocket,foo/2, websocket,bar")) ==
        offers + "websocket, foo/2\r\n\r\n");
  CHECK(end_of(plus(with(asks, "foo/2", "x, foo/2"), "Upgrade: websocket")) ==
        offers + "foo/2, websocket\r\n\r\n");
  CHECK(end_of(with(asks, "foo/2", "x")) == ends);
  CHECK(end_of(with(asks, "foo/2", "foo/2, b@d")) == ends);
  CHECK(end_of(with(asks, "1.1", "1.0")) == "Via: 1.0 p\r\n\r\n");
  CHECK(end_of(with(asks, "Connection", "X")) == ends);
  CHECK(end_of(with(asks, "GET", "POST")) == ends);
  CHECK(forwarded::octets(asks, {.name = "p"}) ==
        "GET /x HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\n\r\n");
}

TEST_CASE("[INT-05] [INT-06] [H2C-19] h2c is not forwarded, and neither are its settings") {
  constexpr std::string_view asks = vectors::request_of("h2c/offer");
  CHECK_BOTH(forwards_as(asks, "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(forwarded::octets(with(asks, "h2c", "h2c, foo/2")) ==
        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n");
  CHECK(forwarded::octets(with(asks, ", HTTP2-Settings", "")) ==
        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\n\r\n");
}

TEST_CASE("[INT-21] the authority of the target replaces Host") {
  CHECK_BOTH(forwards_as("GET http://b/ HTTP/1.1\r\nX: 1\r\nHost: a\r\n\r\n",
                         "GET / HTTP/1.1\r\nHost: b\r\nX: 1\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(start_of("http://b") == "GET / HTTP/1.1\r\nHost: b\r\n");
  CHECK(start_of("http://b/c/d?e?f") == "GET /c/d?e?f HTTP/1.1\r\nHost: b\r\n");
  CHECK(start_of("HTTPS://B:8443?q/r") == "GET /?q/r HTTP/1.1\r\nHost: B:8443\r\n");
  CHECK(start_of("http://b?") == "GET /? HTTP/1.1\r\nHost: b\r\n");
  CHECK(start_of("http://[2001:db8::1]:80//c") == "GET //c HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n");
  CHECK(start_of("http://[::]") == "GET / HTTP/1.1\r\nHost: [::]\r\n");
  CHECK(start_of("http://b:/c") == "GET /c HTTP/1.1\r\nHost: b\r\n");
  CHECK(start_of("http://b/c", "") == "refused: Host is missing: HTTP/1.1 needs it");
}

TEST_CASE("[INT-21] other forms of the target are unchanged, and so is their Host") {
  CHECK(start_of("/") == "GET / HTTP/1.1\r\nHost: z\r\n");
  CHECK(start_of("//a/b?c", "Host: [::1]:8080\r\n") ==
        "GET //a/b?c HTTP/1.1\r\nHost: [::1]:8080\r\n");
  CHECK(start_of("*", "Host: z\r\n", "OPTIONS") == "OPTIONS * HTTP/1.1\r\nHost: z\r\n");
  CHECK(start_of("a:443", "Host: a:443\r\n", "CONNECT") ==
        "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n");
  CHECK(start_of("[::1]:443", "Host: a\r\n", "CONNECT") ==
        "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n");
}

TEST_CASE("[INT-22] OPTIONS without a path is forwarded as OPTIONS *") {
  CHECK_BOTH(forwards_as("OPTIONS http://h:8001 HTTP/1.1\r\nHost: x\r\n\r\n",
                         "OPTIONS * HTTP/1.1\r\nHost: h:8001\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(start_of("http://h/", "Host: z\r\n", "OPTIONS") == "OPTIONS / HTTP/1.1\r\nHost: h\r\n");
  CHECK(start_of("http://h?q", "Host: z\r\n", "OPTIONS") == "OPTIONS /?q HTTP/1.1\r\nHost: h\r\n");
  CHECK(start_of("http://h?", "Host: z\r\n", "OPTIONS") == "OPTIONS /? HTTP/1.1\r\nHost: h\r\n");
  CHECK(start_of("http://h", "Host: z\r\n", "TRACE") == "TRACE / HTTP/1.1\r\nHost: h\r\n");
}

TEST_CASE("[INT-19] [INT-20] any minor version is forwarded as 1.1, and Via has the original one") {
  CHECK_BOTH(forwards_as("GET /a HTTP/1.0\r\nHost: h\r\n\r\n",
                         "GET /a HTTP/1.1\r\nHost: h\r\nVia: 1.0 p\r\n\r\n"));
  // HTTP/1.0 has requests that say nowhere for whom they are.
  CHECK_BOTH(forwards_as("GET /a HTTP/1.0\r\nX: 1\r\n\r\n",
                         "GET /a HTTP/1.1\r\nHost: \r\nX: 1\r\nVia: 1.0 p\r\n\r\n"));
  CHECK(start_of("http://b/c", "", "GET", "HTTP/1.0") == "GET /c HTTP/1.1\r\nHost: b\r\n");
  CHECK(start_of("a:80", "", "CONNECT", "HTTP/1.0") == "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n");
  CHECK(forwarded::octets("GET / HTTP/1.9\r\nHost: a\r\n\r\n") ==
        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.9 p\r\n\r\n");
  CHECK(forwarded::octets("GET / HTTP/1.0\r\nHost: a\r\nVia: 1.1 x, 1.0 y\r\n\r\n") ==
        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 x, 1.0 y\r\nVia: 1.0 p\r\n\r\n");
}

TEST_CASE("[INT-20] a name in Via is a token with an optional port") {
  for (const std::string_view name : {"p", "turnout", "example.com:80", "a:0", "a:65535", "!~"}) {
    CAPTURE(name);
    const std::string whole = forwarded::octets(fixtures::plain_request, {.name = name});
    CHECK(whole.substr(whole.find("Via")) == "Via: 1.1 " + std::string{name} + "\r\n\r\n");
  }
  CHECK(forwarded::octets(fixtures::plain_request, {}) ==
        "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 turnout\r\n\r\n");
}

TEST_CASE("[INT-23] OPTIONS and TRACE are forwarded with one hop less") {
  for (const std::string by : {"OPTIONS", "TRACE"}) {
    const std::string start = by + " / HTTP/1.1";
    CHECK(lines_of("A: 1\r\nMAX-forwards: 1\r\nB: 2\r\n", start) ==
          "A: 1\r\nMax-Forwards: 0\r\nB: 2\r\n");
    CHECK(lines_of("Max-Forwards: 0010\r\n", start) == "Max-Forwards: 9\r\n");
    if (by == "OPTIONS")
      CHECK(lines_of("Transfer-Encoding: chunked\r\nMax-Forwards: 3\r\n", start) ==
            "Transfer-Encoding: chunked\r\nMax-Forwards: 2\r\n");
    CHECK(lines_of("Max-Forwards: 99999999999999999999\r\n", start) ==
          "Max-Forwards: 18446744073709551614\r\n");
    CHECK(lines_of("Max-Forwards: 1\r\n", by + " / HTTP/1.0") == "Max-Forwards: 0\r\n");
    for (const std::string bad : {"", "-1", "1, 1", "1\r\nMax-Forwards: 1"})
      CHECK(lines_of("Max-Forwards: " + bad + "\r\n", start).starts_with("refused: "));
    CHECK(lines_of("Max-Forwards: 00\r\n", start) == "answered");
    CHECK(lines_of("", start) == "");
  }
  for (const std::string by : {"GET", "HEAD", "FROB", "options"}) {
    const std::string start = by + " / HTTP/1.1";
    for (const std::string lines :
         {"Max-Forwards: 0\r\n", "Max-Forwards: x\r\n", "Max-Forwards: 5\r\nMax-Forwards: 5\r\n"})
      CHECK(lines_of(lines, start) == lines);
  }
}

TEST_CASE("[INT-18] content is forwarded with the same framing") {
  const std::string start = "POST / HTTP/1.1";
  CHECK(lines_of("A: 1\r\nContent-Length: 0042\r\nB: 2\r\n", start) ==
        "A: 1\r\nContent-Length: 0042\r\nB: 2\r\n");
  CHECK(lines_of("Content-Length: 0\r\n", start) == "Content-Length: 0\r\n");
  CHECK(lines_of("Content-Length: 42, 42\r\n", start).starts_with("refused: "));
  CHECK(lines_of("A: 1\r\ntransfer-ENCODING: ,CHUNKED,\r\nTrailer: T\r\n", start) ==
        "A: 1\r\nTransfer-Encoding: CHUNKED\r\nTrailer: T\r\n");
  // Other codings are not undone, so they have to be named still.
  CHECK(lines_of("Transfer-Encoding: gzip;a=b , chunked\r\nA: 1\r\n", start) ==
        "Transfer-Encoding: gzip; a=b, chunked\r\nA: 1\r\n");
  CHECK(lines_of("Transfer-Encoding:\r\nA: 1\r\nTransfer-Encoding: gzip\r\nB: 2\r\n"
                 "Transfer-Encoding: chunked\r\n",
                 start) == "Transfer-Encoding: gzip, chunked\r\nA: 1\r\nB: 2\r\n");
}

TEST_CASE("[INT-17] a message with both length and chunks is never forwarded") {
  const std::string start = "POST / HTTP/1.1";
  CHECK(lines_of("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", start)
            .starts_with("refused: "));
  CHECK(lines_of("Transfer-Encoding: chunked\r\nX: y\r\nContent-Length: 5\r\n", start)
            .starts_with("refused: "));
}

TEST_CASE("[INT-31] Expect is forwarded with the head, before the content") {
  const std::string expects = "Expect: 100-Continue\r\nContent-Length: 5\r\n";
  CHECK(lines_of(expects, "POST / HTTP/1.1") == expects);
  CHECK(lines_of("Expect: foo\r\n").starts_with("refused: "));
  // It has no meaning in HTTP/1.0, but would have one after forwarding.
  CHECK(lines_of(expects, "POST / HTTP/1.0") == "Content-Length: 5\r\n");
  CHECK(lines_of("Expect: foo\r\nA: 1\r\n", "POST / HTTP/1.0") == "A: 1\r\n");
}

TEST_CASE("[INT-03] own lines are added after removing fields, so that no client can remove them") {
  static constexpr field_line own[] = {{"X-Peer", "192.0.2.1"}, {"Forwarded", "for=_x"}};
  static constexpr relay_policy adds{.allowed = forwarded::spoken, .name = "p", .fields = own};
  CHECK_BOTH(forwards_as("GET / HTTP/1.1\r\nHost: a\r\nX-Peer: 6\r\nConnection: x-peer\r\n\r\n",
                         "GET / HTTP/1.1\r\nHost: a\r\nX-Peer: 192.0.2.1\r\nForwarded: for=_x\r\n"
                         "Via: 1.1 p\r\n\r\n",
                         adds));
  CHECK(forwarded::octets(fixtures::upgrade_request, adds) ==
        "GET /x HTTP/1.1\r\nHost: a\r\nX-Peer: 192.0.2.1\r\nForwarded: for=_x\r\n"
        "Via: 1.1 p\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n");
}

TEST_CASE("[INT-26] fields that a server trusts, or that the policy names, can't be removed") {
  static constexpr std::string_view names[] = {"X-Tenant"};
  static constexpr relay_policy strict{.name = "p", .protected_fields = names};
  const std::string request = "GET / HTTP/1.1\r\nHost: a\r\nX-Tenant: 1\r\nX-Real-IP: 2\r\n";
  CHECK(
      forwarded::octets(request + "Connection: x-tenant\r\n\r\n", strict).starts_with("refused: "));
  CHECK(forwarded::octets(request + "Connection: x-real-ip\r\n\r\n").starts_with("refused: "));
  CHECK(forwarded::octets(request + "Connection: x-tenant\r\n\r\n") ==
        "GET / HTTP/1.1\r\nHost: a\r\nX-Real-IP: 2\r\nVia: 1.1 p\r\n\r\n");
  CHECK(forwarded::octets(request + "\r\n", strict) == request + "Via: 1.1 p\r\n\r\n");
}

TEST_CASE("names with an underscore are dropped only if the policy says so") {
  static constexpr relay_policy strict{.name = "p", .drop_underscored = true};
  constexpr std::string_view request =
      "GET / HTTP/1.1\r\nHost: a\r\nX_Real_IP: 6\r\nX-Y: z_z\r\nContent_Length: 3\r\n\r\n";
  CHECK_BOTH(
      forwards_as(request, "GET / HTTP/1.1\r\nHost: a\r\nX-Y: z_z\r\nVia: 1.1 p\r\n\r\n", strict));
  CHECK(forwarded::octets(request).find("X_Real_IP: 6\r\n") != std::string::npos);
}

TEST_CASE("[ENG-04] a request is forwarded completely, or not at all with the size needed") {
  static constexpr field_line own[] = {{"F", "g"}};
  const relay_policy adds{.allowed = forwarded::spoken, .name = "p:1", .fields = own};
  const std::string far(200, 'a');
  const std::string long_target = "GET /" + far + " HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string long_method = far + " / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string tunnel = "CONNECT " + far + ":443 HTTP/1.0\r\nX: y\r\n\r\n";
  const relay_policy named{.allowed = forwarded::spoken, .name = far};
  for (const relay_policy& by : {policy, adds, named})
    for (const std::string_view octets :
         {fixtures::plain_request, fixtures::websocket_request, fixtures::docker_request,
          std::string_view{"OPTIONS http://h?q HTTP/1.0\r\nMax-Forwards: 10\r\n\r\n"},
          std::string_view{"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"},
          // Its Host grows by more than all other lines that an intermediary adds.
          std::string_view{
              "CONNECT a-host-whose-name-is-longer-than-all-the-lines-that-an-intermediary-may-add-"
              "to-a-head.example:443 HTTP/1.1\r\nHost: h\r\n\r\n"},
          std::string_view{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"},
          std::string_view{long_target}, std::string_view{long_method}, std::string_view{tunnel},
          std::string_view{"GET / HTTP/1.0\r\nX: y\r\n\r\n"}}) {
      const std::string whole = forwarded::octets(octets, by);
      const forwarded::request asked{octets, by};
      CAPTURE(octets);
      CHECK(forwarded::whole_or_not_there(
                whole, [&](std::span<char> out) { return asked.write(by, out); }) == "");
    }
}

TEST_CASE("[INT-01] [INT-02] fields are also removed if the facts are of a copy of the head") {
  const std::string octets =
      plus(fixtures::upgrade_request, "X: 1\r\nConnection: x\r\nTE: trailers\r\nY: 2");
  const std::string copy = octets;
  const forwarded::request asked{octets, policy};
  const forwarded::request copied{copy, policy};
  std::array<char, 512> out{};
  const auto written = turnout::forwarding::write_forwarded(
      asked.head, asked.head.fields, copied.seen, copied.judged, policy, out);
  REQUIRE(written);
  CHECK(*written == forwarded::octets(octets));
}

TEST_CASE("[ENG-13] [INT-02] lines that another parser found need not be octets of a head") {
  constexpr field_line pairs[] = {{"Host", "a"}, {"Connection", "x"}, {"X", "1"}, {"TE", {}}};
  CHECK_BOTH(forwards_literals(pairs));
  CHECK_BOTH(
      forwards_literals(turnout::field_lines{"Host: a\r\nConnection: x\r\nX: 1\r\nTE: \r\n"}));
}

TEST_CASE("a default verdict forwards nothing more than the request") {
  // Max-Forwards 0 goes no further down, and an offer of nothing is none.
  const forwarded::request asked{"TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n", policy};
  std::array<char, 128> out{};
  const verdict forged{kind::upgrading, {}, {}};
  const auto written = turnout::forwarding::write_forwarded(asked.head, asked.head.fields,
                                                            asked.seen, forged, policy, out);
  CHECK(*written == "TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nVia: 1.1 p\r\n\r\n");
}
