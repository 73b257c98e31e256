// The octets of a response as an intermediary sends it on.
#include "turnout/negotiation/relay/forwarded_response.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"

namespace {

using fixtures::plus, fixtures::with;
using forwarded::answer, forwarded::asked, forwarded::comes_back, forwarded::policy;
using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::method;
using turnout::relay_policy;
using turnout::forwarding::relayed_proposal;

constexpr relayed_proposal to_old{.version = {1, 0}};
constexpr relayed_proposal to_head{.method = method::head, .persistent = true};
constexpr relayed_proposal tunnel_asked{.method = method::connect, .persistent = true};

/// True if a reason of the program's own is forwarded with the lines of a head that was read.
constexpr bool forwards_own_reason() {
  forwarded::response read{"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", asked};
  read.head.reason = "own";
  std::array<char, 128> out{};
  const auto written = read.write(policy, out);
  return written && *written == "HTTP/1.1 204 own\r\nX: y\r\nVia: 1.1 p\r\n\r\n";
}

/// The forwarded lines of a response, before Via.
std::string lines_of(const std::string& lines, const relayed_proposal& to = asked,
                     const std::string& status = "200 OK") {
  const std::string whole = answer("HTTP/1.1 " + status + "\r\n" + lines + "\r\n", to);
  const std::size_t begin = whole.find("\r\n") + 2;
  const std::size_t via = whole.rfind("Via: 1.");
  return via == std::string::npos ? whole : whole.substr(begin, via - begin);
}

/// The lines after Via, of a response with content of a known length.
std::string end_of(const std::string& lines, const relayed_proposal& to = asked,
                   const std::string& status = "200 OK") {
  const std::string whole =
      answer("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n" + lines + "\r\n", to);
  const std::size_t via = whole.rfind("Via: 1.");
  return via == std::string::npos ? whole : whole.substr(whole.find("\r\n", via) + 2);
}

}  // namespace

TEST_CASE("[INT-20] [INT-24] a response is forwarded line by line, with Via after them") {
  CHECK_BOTH(
      comes_back("HTTP/1.1 200 All Right\r\nX: 1\r\nContent-Length: 02\r\nSet-Cookie: a\r\n"
                 "Set-Cookie: b\r\n\r\n",
                 "HTTP/1.1 200 All Right\r\nX: 1\r\nContent-Length: 02\r\nSet-Cookie: a\r\n"
                 "Set-Cookie: b\r\nVia: 1.1 p\r\n\r\n"));
  CHECK_BOTH(comes_back("HTTP/1.0 404\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 404 \r\nContent-Length: 0\r\nVia: 1.0 p\r\n\r\n"));
  CHECK(lines_of("x-Y:\t \xff z \t\r\nVia: 1.0 a\r\nTrailer: X\r\nVia: 1.1 b\r\n") ==
        "x-Y: \xff z\r\nVia: 1.0 a\r\nTrailer: X\r\nVia: 1.1 b\r\n");
  CHECK(lines_of("Host: x\r\nExpect: y\r\nMax-Forwards: 1\r\n") ==
        "Host: x\r\nExpect: y\r\nMax-Forwards: 1\r\n");  // They mean nothing here.
}

TEST_CASE("a status line of the program's own is forwarded in constant expressions too") {
  CHECK_BOTH(forwards_own_reason());
}

TEST_CASE("[INT-01] [INT-02] fields for the server's connection are dropped") {
  for (const std::string name : {"Close", "Connection", "HTTP2-Settings", "Keep-Alive",
                                 "Proxy-Connection", "TE", "Upgrade", "upgrade", "KEEP-ALIVE"}) {
    CAPTURE(name);
    CHECK(lines_of("A: 1\r\n" + name + ": x\r\nB: 2\r\n") == "A: 1\r\nB: 2\r\n");
    CHECK(lines_of("A: 1\r\n" + name + ": x\r\nB: 2\r\n", asked, "103 X") == "A: 1\r\nB: 2\r\n");
  }
  CHECK(lines_of(
            "x-FOO: 1\r\nConnection: ,X-foo\r\nX-Foo: 2\r\nX-Foo2: 3\r\nconnection: close\r\n") ==
        "X-Foo2: 3\r\n");
  CHECK(lines_of("Connection: x\r\nX: 1\r\nY: 2\r\n", asked, "103 X") == "Y: 2\r\n");
}

TEST_CASE("[INT-11] a 1xx is forwarded without framing, but not to HTTP/1.0") {
  CHECK_BOTH(
      comes_back("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\nContent-Length: 3\r\n"
               "Transfer-Encoding: chunked\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n") ==
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\nVia: 1.1 p\r\n\r\n");
  std::array<char, 64> out{};
  const forwarded::response hints{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", to_old};
  CHECK(hints.write(policy, out).error() == failure{errc::out_of_turn, 0});
  CHECK(out == std::array<char, 64>{});
}

TEST_CASE("[INT-12] a 101 names the agreed protocol again, and keeps the protocol's fields") {
  CHECK_BOTH(comes_back(fixtures::websocket_response,
                        "HTTP/1.1 101 Switching Protocols\r\n"
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nVia: 1.1 p\r\n"
                        "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
  CHECK(answer(plus(with(fixtures::upgrade_response, "foo/2", "FOO/2"),
                    "Connection: X\r\nX: y\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
                    "Sec-WebSocket-Protocol: a,  b\r\nCapsule-Protocol: ?1")) ==
        "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Protocol: a,  b\r\n"
        "Capsule-Protocol: ?1\r\nVia: 1.1 p\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n");
}

TEST_CASE("[INT-12] the protocol on top is named after the agreed one") {
  constexpr turnout::profile tls[] = {{.token = {"TLS", "1.0"}, .upper = {"HTTP", "1.1"}}};
  const std::string both = with(fixtures::upgrade_response, "foo/2", "TLS/1.0, HTTP/1.1");
  CHECK(answer(both, {.protocols = {tls, 1}}, {.allowed = tls, .name = "p"}) ==
        "HTTP/1.1 101 Switching Protocols\r\nVia: 1.1 p\r\nConnection: Upgrade\r\n"
        "Upgrade: TLS/1.0, HTTP/1.1\r\n\r\n");
}

TEST_CASE("[INT-30] advertised protocols are not forwarded to the client") {
  const std::string says = "Connection: Upgrade\r\nUpgrade: foo/2, h2c\r\n";
  CHECK(lines_of("Content-Length: 2\r\n" + says) == "Content-Length: 2\r\n");
  CHECK(end_of(says) == "\r\n");
  CHECK(end_of(says, {}) == "Connection: close\r\n\r\n");
  CHECK(end_of(says, asked, "503 X") == "\r\n");
}

TEST_CASE("[INT-29] a 426 names the required protocols that this hop allows, in order") {
  const auto required = [](const std::string& tokens, const relayed_proposal& to = asked) {
    return end_of("Connection: Upgrade\r\nUpgrade: " + tokens + "\r\n", to, "426 Upgrade Required");
  };
  CHECK(required("websocket") == "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  CHECK(required("x, WebSocket, h2c,foo/2") ==
        "Connection: Upgrade\r\nUpgrade: websocket, foo/2\r\n\r\n");
  CHECK(required("foo/2", {}) == "Connection: Upgrade, close\r\nUpgrade: foo/2\r\n\r\n");
  CHECK(required("h2c").starts_with("broken: "));

  // Once, even if several profiles are for it, and none that Upgrade can't lead to.
  static constexpr turnout::profile twice[] = {
      {.token = {"foo"}}, {.token = {"foo"}, .methods = turnout::method::post}, {.token = {"h2"}}};
  static constexpr relay_policy by{.allowed = twice, .name = "p"};
  const std::string from = "HTTP/1.1 426 X\r\nConnection: Upgrade\r\nUpgrade: ";
  CHECK(answer(from + "h2, foo\r\n\r\n", asked, by) ==
        "HTTP/1.1 426 X\r\nVia: 1.1 p\r\nConnection: Upgrade, close\r\nUpgrade: foo\r\n\r\n");
  CHECK(answer(from + "h2\r\n\r\n", asked, by).starts_with("broken: "));
}

TEST_CASE("[INT-33] the client gets close for its own connection, not for the server's") {
  CHECK(end_of("Connection: close\r\n") == "\r\n");
  CHECK(end_of("Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n") == "\r\n");
  CHECK(end_of("", to_old) == "Connection: close\r\n\r\n");
  CHECK(end_of("Connection: keep-alive\r\n", {.version = {1, 0}, .persistent = true}) ==
        "Connection: close\r\n\r\n");
  CHECK(end_of("", tunnel_asked, "407 X") == "Connection: close\r\n\r\n");
  CHECK(answer("HTTP/1.0 200 OK\r\n\r\n") ==
        "HTTP/1.1 200 OK\r\nVia: 1.0 p\r\nConnection: close\r\n\r\n");
}

TEST_CASE("[INT-18] [INT-34] content of a response is forwarded with the same framing") {
  CHECK(lines_of("Content-Length: 5\r\n") == "Content-Length: 5\r\n");
  CHECK(lines_of("transfer-encoding: gzip\r\nA: b\r\nTransfer-Encoding: ,chunked\r\n") ==
        "Transfer-Encoding: gzip, chunked\r\nA: b\r\n");
  CHECK(lines_of("Transfer-Encoding: gzip\r\n") == "Transfer-Encoding: gzip\r\n");
  CHECK(lines_of("Transfer-Encoding: chunked\r\nA: b\r\n", to_old) == "A: b\r\n");
  CHECK(lines_of("Content-Length: 5\r\n", to_old) == "Content-Length: 5\r\n");
}

TEST_CASE("[INT-18] a response without content keeps only a valid length") {
  CHECK(lines_of("Content-Length: 5\r\n", to_head) == "Content-Length: 5\r\n");
  CHECK(lines_of("Content-Length: 5\r\n", asked, "304 X") == "Content-Length: 5\r\n");
  CHECK(lines_of("Content-Length: 5, 5\r\n", to_head).empty());
  CHECK(lines_of("Content-Length: 5\r\nContent-Length: 5\r\n", to_head).empty());
  CHECK(lines_of("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", to_head).empty());
  CHECK(lines_of("Transfer-Encoding: chunked\r\n", asked, "304 X").empty());
  CHECK(lines_of("Content-Length: 5\r\n", asked, "204 X").empty());
  CHECK(lines_of("Transfer-Encoding: chunked\r\n", asked, "204 X").empty());
}

TEST_CASE("[INT-32] [TLS-15] a 2xx to CONNECT is forwarded as the response that opens a tunnel") {
  CHECK(answer("HTTP/1.1 200 Established\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
               "Connection: close\r\nX: y\r\n\r\n",
               tunnel_asked) == "HTTP/1.1 200 Established\r\nX: y\r\nVia: 1.1 p\r\n\r\n");
}

TEST_CASE("[INT-25] folds are not forwarded") {
  CHECK_BOTH(comes_back("HTTP/1.1 204 X\r\nA: b\r\n\t c \r\n \r\n d\r\n\r\n",
                        "HTTP/1.1 204 X\r\nA: b c d\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(lines_of("A:\r\n b\r\nB: c\r\n d\r\nConnection:\r\n x\r\nX: y\r\n z\r\n") ==
        "A: b\r\nB: c d\r\n");
  CHECK(lines_of("Transfer-Encoding: gzip,\r\n chunked\r\n") ==
        "Transfer-Encoding: gzip, chunked\r\n");
}

TEST_CASE("[INT-03] [INT-20] own lines are added after removing fields") {
  constexpr field_line own[] = {{"Date", "Thu, 26 Nov 2026 18:00:00 GMT"}, {"X", "1"}};
  CHECK(answer("HTTP/1.1 204 X\r\nConnection: X, Date\r\nX: 2\r\n\r\n", asked,
               {.name = "p:80", .fields = own}) ==
        "HTTP/1.1 204 X\r\nDate: Thu, 26 Nov 2026 18:00:00 GMT\r\nX: 1\r\nVia: 1.1 p:80\r\n\r\n");
}

TEST_CASE("[INT-07] a broken response is not forwarded") {
  std::array<char, 64> out{};
  const forwarded::response broken{fixtures::upgrade_response, {}};
  CHECK(broken.write(policy, out).error() == failure{errc::out_of_turn, 0});
  CHECK(out == std::array<char, 64>{});
}

TEST_CASE("[MSG-82] a value that would break the head is not written, and fails with its index") {
  const auto wrong = [](const relay_policy& by, std::string_view octets) {
    std::array<char, 512> out{};
    return forwarded::response{octets, asked, by}.write(by, out).error();
  };
  constexpr std::string_view two = "HTTP/1.1 204 X\r\nA: b\r\nC: d\r\n\r\n";
  static constexpr field_line good{"X", "y"};
  for (const std::string_view name : {"Connection", "upgrade", "Content-Length", "Host", "TE"}) {
    const field_line own[] = {good, {name, "x"}};
    CHECK(wrong({.name = "p", .fields = own}, two) == failure{errc::reserved_field, 3});
  }
  const field_line bad[] = {{"X", "a\r\nB: c"}};
  CHECK(wrong({.name = "p", .fields = bad}, two) == failure{errc::unwritable, 2});
  CHECK(wrong({.name = "p q"}, two) == failure{errc::unwritable, 2});
  CHECK(wrong({.name = "p q", .fields = {&good, 1}}, two) == failure{errc::unwritable, 3});

  std::array<char, 512> out{};
  turnout::facts seen{204, turnout::http_1_1};
  const auto judged = turnout::forwarding::examine_response(seen, asked, policy);
  const field_line foreign[] = {good, {"Y", "z\r\nA: b"}, {"Y", "z\r\n A"}};
  const auto written = [&](turnout::status_line line, std::span<const field_line> fields) {
    return write_forwarded(line, fields, seen, judged, asked, policy, out).error();
  };
  CHECK(written({turnout::http_1_1, 204, ""}, foreign) == failure{errc::unwritable, 1});
  CHECK(written({turnout::http_1_1, 204, ""}, std::span{foreign}.last(1)) == failure{});
  CHECK(written({turnout::http_1_1, 204, "a\nb"}, {}) == failure{errc::unwritable, 1});
  const field_line nameless[] = {{"", "x"}};
  CHECK(written({turnout::http_1_1, 204, ""}, nameless) == failure{errc::unwritable, 0});
}

TEST_CASE("[ENG-04] a buffer that is too small is unchanged, and the failure has the size needed") {
  const std::string long_reason = "HTTP/1.1 200 " + std::string(200, 'a') + "\r\nX: y\r\n\r\n";
  for (const std::string_view octets :
       {std::string_view{long_reason}, std::string_view{fixtures::websocket_response},
        std::string_view{"HTTP/1.1 200 \r\n\r\n"},
        std::string_view{"HTTP/1.0 404 A\r\nConnection: x\r\nX: y\r\n\r\n"},
        std::string_view{"HTTP/1.1 426 \r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
        std::string_view{"HTTP/1.1 200 A\r\nTransfer-Encoding: gzip,chunked\r\n\r\n"}}) {
    CAPTURE(octets);
    const forwarded::response read{octets, asked};
    const std::string whole = answer(octets, asked);
    CHECK(read.write(policy, {}).error() == failure{errc::no_space, whole.size()});
    CHECK(forwarded::whole_or_not_there(
              whole, [&](std::span<char> out) { return read.write(policy, out); }) == "");
  }
}

TEST_CASE("[ENG-04] [INT-12] whatever protocol a verdict names, its 101 is whole or not there") {
  const forwarded::response read{fixtures::websocket_response, asked};
  const auto write = [&read](const turnout::profile& agreed, std::span<char> out) {
    turnout::response_verdict judged = read.judged;
    judged.protocol = &agreed;
    return turnout::forwarding::write_forwarded(read.head, read.head.fields, read.seen, judged,
                                                asked, policy, out);
  };
  std::array<char, 512> out{};
  for (const turnout::profile& broken :
       {turnout::profile{.token = {"a b"}}, turnout::profile{.token = {""}},
        turnout::profile{.token = {"a", "1 2"}},
        turnout::profile{.token = {"a"}, .upper = {"b\r\n"}}}) {
    CHECK(write(broken, out).error().code == errc::unwritable);
    CHECK(out == std::array<char, 512>{});
  }
  const std::string longest(40, 'a');
  for (const turnout::profile& sound :
       {turnout::profile{.token = {"a", "1"}}, turnout::profile{.token = {longest}},
        turnout::profile{.token = {"a"}, .upper = {"b", longest}}}) {
    const std::string whole{*write(sound, out)};
    CHECK(whole.find("\r\nUpgrade: a") != whole.npos);
    for (std::size_t size = whole.size(); size < whole.size() + 100; ++size) {
      std::string room(whole.size() + 100, '#');
      CHECK(*write(sound, std::span{room}.first(size)) == whole);
      CHECK(room.substr(whole.size()).find_first_not_of('#') == room.npos);
    }
  }
}

TEST_CASE("[ENG-04] facts that have seen a line twice, or a part of one, change no other octet") {
  forwarded::response read{fixtures::websocket_response, asked};
  const std::string_view agreed = read.seen.lines("Upgrade").first();
  for (const std::string_view value : {agreed, agreed.substr(0, 3), agreed.substr(2)}) {
    CAPTURE(value);
    turnout::facts again = read.seen;
    again.see("Upgrade", value);
    std::string room(512, '#');
    const auto written = turnout::forwarding::write_forwarded(read.head, read.head.fields, again,
                                                              read.judged, asked, policy, room);
    REQUIRE(written);
    CHECK(*written == answer(fixtures::websocket_response));
    CHECK(room.substr(written->size()).find_first_not_of('#') == room.npos);
  }
}

TEST_CASE("[ENG-04] [INT-29] a 426 with more protocols than usual fits or is not written") {
  const std::string letters(100, 'a');
  std::vector<turnout::profile> many;
  std::string named;
  for (std::size_t size = 1; size <= letters.size(); ++size) {
    many.push_back({.token = {std::string_view{letters}.substr(0, size)}});
    named += letters.substr(0, size) + ",";
  }
  const relay_policy by{.allowed = std::span<const turnout::profile>{many}};
  const std::string octets =
      "HTTP/1.1 426 A\r\nConnection: Upgrade\r\nUpgrade: " + named + "\r\n\r\n";
  std::string room(8192, '#');
  turnout::response_head head;
  turnout::facts seen;
  turnout::resume_mark mark;
  const auto read = turnout::read_facts(head, seen, octets, {}, mark);
  REQUIRE(read.what == turnout::head_step::complete);
  const auto judged = turnout::forwarding::examine_response(seen, asked, by, 128);
  REQUIRE(judged.what == turnout::response_verdict::kind::declined);
  const auto write = [&](std::size_t size) {
    room.assign(8192, '#');
    return turnout::forwarding::write_forwarded(head, head.fields, seen, judged, asked, by,
                                                std::span{room}.first(size));
  };
  const std::string whole{*write(room.size())};
  CHECK(whole.size() > octets.size() + 99);
  for (std::size_t size = octets.size() + 100; size < octets.size() + 300; ++size) {
    CAPTURE(size);
    const auto written = write(size);
    CHECK(written.error() ==
          (size < whole.size() ? failure{errc::no_space, whole.size()} : failure{}));
    if (written) CHECK(*written == whole);
  }
}

TEST_CASE("[INT-12] a 101 whose verdict is that it declines names no protocol") {
  const forwarded::response read{fixtures::websocket_response, asked};
  turnout::response_verdict judged = read.judged;
  judged.what = turnout::response_verdict::kind::declined;
  std::array<char, 512> out{};
  const auto written = turnout::forwarding::write_forwarded(read.head, read.head.fields, read.seen,
                                                            judged, asked, policy, out);
  REQUIRE(written);
  CHECK(written->starts_with("HTTP/1.1 101 "));
  CHECK(written->find("\r\nUpgrade:") == written->npos);
}
