// What an intermediary makes of responses, by their facts.
#include "turnout/negotiation/relay/response_forwarding.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"

namespace {

using fixtures::plus, fixtures::with;
using forwarded::asked, forwarded::spoken;
using turnout::errc;
using turnout::framing;
using turnout::framing_kind;
using turnout::http_version;
using turnout::method;
using turnout::profile;
using turnout::relay_policy;
using turnout::response_verdict;
using turnout::forwarding::forwarded_framing;
using turnout::forwarding::relayed_proposal;
using kind = response_verdict::kind;

constexpr relayed_proposal plain{.persistent = true};
constexpr relayed_proposal to_old{.version = {1, 0}};
constexpr relayed_proposal to_head{.method = method::head, .persistent = true};
constexpr relayed_proposal tunnel_asked{.method = method::connect, .persistent = true};

constexpr response_verdict judge(std::string_view octets, const relayed_proposal& to = asked,
                                 const relay_policy& by = forwarded::policy) {
  return forwarded::response{octets, to, by}.judged;
}

constexpr errc why(std::string_view octets, const relayed_proposal& to = asked,
                   const relay_policy& by = forwarded::policy) {
  const response_verdict judged = judge(octets, to, by);
  return judged.what == kind::broken ? judged.found.why.code : errc::none;
}

/// A final response with some lines.
std::string ok(const std::string& lines, const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\n" + lines + "\r\n";
}

}  // namespace

TEST_CASE("[INT-07] a 101 to a request that was forwarded without an offer is broken") {
  CHECK_BOTH(why(fixtures::upgrade_response, plain) == errc::unsolicited_switch);
  CHECK_BOTH(why(fixtures::upgrade_response, tunnel_asked) == errc::unsolicited_switch);
  CHECK_BOTH(why(fixtures::websocket_response, to_old) == errc::unsolicited_switch);
  const relayed_proposal only_h2c{.protocols = {spoken, 4}};  // which is never offered on
  CHECK(why(with(fixtures::upgrade_response, "foo/2", "h2c"), only_h2c) ==
        errc::unsolicited_switch);
}

TEST_CASE("[INT-08] [INT-12] a 101 must name one relayed protocol") {
  constexpr response_verdict switched = judge(fixtures::upgrade_response);
  CHECK_BOTH(switched.what == kind::switched);
  CHECK_BOTH(switched.protocol == &spoken[0]);
  const std::string foo{fixtures::upgrade_response};
  CHECK(judge(with(foo, "foo/2", "WebSocket")).protocol == &spoken[1]);
  CHECK(why(with(foo, "foo/2", "h2c")) == errc::protocol_not_offered);
  CHECK(why(with(foo, "foo/2", "foo")) == errc::protocol_not_offered);
  CHECK(why(foo, {.protocols = {spoken, 2}}) == errc::protocol_not_offered);
  CHECK(why(with(foo, "foo/2", "foo/2, websocket")) == errc::ambiguous_switch);
  CHECK(why(fixtures::without(foo, "Upgrade")) == errc::switch_without_upgrade);
  CHECK(why(fixtures::without(foo, "Connection")) == errc::switch_not_nominated);
  CHECK(why(with(foo, "HTTP/1.1", "HTTP/1.0")) == errc::switch_in_http_1_0);
  CHECK(judge(with(foo, "Connection: Upgrade", "Connection: Upgrade, close")).what ==
        kind::switched);
}

TEST_CASE("[INT-09] [INT-10] any other status answers in HTTP/1.1, whatever its fields say") {
  constexpr std::string_view says = "Connection: Upgrade\r\nUpgrade: foo/2\r\n";
  for (const std::string status : {"200 OK", "204 X", "301 X", "404 X", "500 X", "599 X", "999 X"})
    CHECK(judge(ok(std::string{says}, status)).what == kind::declined);
  CHECK_BOTH(judge("HTTP/1.1 100 C\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n").what ==
             kind::interim);
  CHECK_BOTH(judge("HTTP/1.1 099 C\r\n\r\n").found.why.code == errc::bad_status_line);
  CHECK_BOTH(judge("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", tunnel_asked).protocol ==
             &turnout::tunnel);
  CHECK_BOTH(judge("HTTP/1.1 407 \r\nContent-Length: 0\r\n\r\n", tunnel_asked).what ==
             kind::declined);
}

TEST_CASE("[INT-01] [INT-26] a response with an invalid Connection is broken too") {
  CHECK(why(ok("Connection: b@d\r\n")) == errc::bad_connection);
  CHECK(why(ok("Connection: close\r\nConnection: Set-Cookie\r\n")) == errc::end_to_end_nominated);
  CHECK(why(ok("Connection: Content-Length\r\nContent-Length: 0\r\n")) ==
        errc::end_to_end_nominated);
  CHECK(why(plus(fixtures::websocket_response, "Connection: Sec-WebSocket-Accept")) ==
        errc::end_to_end_nominated);
  CHECK(why(ok("Connection: b@d\r\n", "103 Early Hints")) == errc::bad_connection);
  CHECK(why(ok("Connection: close, Keep-Alive, X\r\nX: y\r\n")) == errc::none);
  std::string many;
  for (int i = 0; i < 30; ++i) many += "Connection: x\r\n";
  CHECK(why(ok(many, "103 X")) == errc::too_many_kept_lines);
}

TEST_CASE("[INT-18] [INT-34] a response with wrong framing is broken") {
  CHECK(why(ok("Content-Length: 5\r\nContent-Length: 5\r\n")) == errc::repeated_content_length);
  CHECK(why(ok("Content-Length: 5, 5\r\n")) == errc::bad_content_length);
  CHECK(why(ok("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")) ==
        errc::length_and_transfer_encoding);
  CHECK(why(ok("Content-Length: 5, 5\r\n"), to_head) == errc::none);  // It is left out.
}

TEST_CASE("[INT-33] [INT-34] HTTP/1.0 gets chunked content up to the close, and no other coding") {
  CHECK_BOTH(forwarded_framing({framing_kind::chunked, 0}, {1, 0}) ==
             framing{framing_kind::until_close, 0});
  CHECK_BOTH(forwarded_framing({framing_kind::chunked, 0}, {1, 1}).kind == framing_kind::chunked);
  CHECK_BOTH(forwarded_framing({framing_kind::length, 7}, {1, 0}) ==
             framing{framing_kind::length, 7});
  CHECK(why(ok("Transfer-Encoding: chunked\r\n"), to_old) == errc::none);
  CHECK(why(ok("Transfer-Encoding: gzip, chunked\r\n"), to_old) ==
        errc::transfer_encoding_in_http_1_0);
  CHECK(why(ok("Transfer-Encoding: gzip\r\n"), to_old) == errc::transfer_encoding_in_http_1_0);
  CHECK(why(ok("Transfer-Encoding: gzip, chunked\r\n")) == errc::none);
  CHECK(why(ok("Transfer-Encoding: gzip, chunked\r\n", "304 X"), to_old) == errc::none);
}

TEST_CASE("[INT-33] the client's connection ends with HTTP/1.0, a refused CONNECT, and the close") {
  const auto ends = [](const std::string& octets, const relayed_proposal& to) {
    return ends_connection(judge(octets, to), to);
  };
  const std::string sized = ok("Content-Length: 2\r\n");
  CHECK(!ends(sized, asked));
  CHECK(!ends(ok("Content-Length: 2\r\nConnection: close\r\n"), asked));  // the server's alone
  CHECK(!ends(ok("Transfer-Encoding: chunked\r\n"), plain));
  CHECK(ends(sized, {.version = {1, 0}, .persistent = true}));
  CHECK(ends(sized, {.persistent = false}));
  CHECK(ends(ok("Content-Length: 2\r\n", "407 X"), tunnel_asked));
  CHECK(ends(ok(""), asked));
  CHECK(ends(ok("Transfer-Encoding: gzip\r\n"), asked));
  CHECK(!ends(ok(""), to_head));
}

TEST_CASE("[INT-29] [UPG-20] a 426 is forwarded if it requires a protocol that this hop allows") {
  const auto required = [](const std::string& tokens) {
    return ok("Connection: Upgrade\r\nUpgrade: " + tokens + "\r\n", "426 Upgrade Required");
  };
  CHECK(judge(required("x, WEBSOCKET")).what == kind::declined);
  CHECK(judge(required("websocket"), plain).what == kind::declined);
  CHECK(why(required("x")) == errc::no_common_protocol);
  CHECK(why(required("h2c")) == errc::no_common_protocol);  // which is never offered on
  CHECK(why(required("foo/3")) == errc::no_common_protocol);
  CHECK(why(ok("", "426 X")) == errc::no_common_protocol);
  CHECK(why(ok("Upgrade: foo/2\r\n", "426 X")) == errc::no_common_protocol);  // not listed
  CHECK(why(required("foo/2"), asked, {}) == errc::no_common_protocol);
}
