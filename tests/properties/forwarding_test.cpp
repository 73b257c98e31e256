// What an intermediary forwards, compared with the reference; and laws of all forwarded heads.
#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"
#include "support/forwarding_laws.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using forwarding_laws::policy;
using reference::text;

/// Requests in which there is something to take off, to put in or to refuse.
const std::vector<text> requests = [] {
  const text asks{fixtures::upgrade_request};
  const text plain{fixtures::plain_request};
  const text post = with(plain, "GET", "POST");
  const text options = with(plain, "GET /", "OPTIONS *");
  const text h2c = "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nUpgrade: ";
  std::vector<text> all{
      plus(asks, "X-A: 1\r\nConnection: x-a, TE,, Keep-Alive\r\nTE: trailers\r\nKeep-Alive: 5"),
      plus(asks, "Close: x\r\nProxy-Connection: x\r\nX: y\r\nVia: 1.0 a\r\nx: z"),
      with(asks, "foo/2", "bar, WebSocket, x, Foo/2, websocket, bar/1, foo/2, BAR"),
      plus(asks, "Upgrade: websocket\r\nUpgrade: bar"),
      plus(plain, h2c + "h2c"),
      plus(plain, h2c + "h2c, h2, websocket"),
      with(asks, "/x", "http://b:80/y?z"),
      with(asks, "/x", "HTTPS://[::1]?z"),
      with(asks, "/x", "http://b:"),
      with(plain, "GET / HTTP/1.1", "GET http://b/c HTTP/1.0"),
      "GET /a HTTP/1.0\r\nExpect: foo\r\nConnection: keep-alive, x\r\nX: y\r\n\r\n",
      "CONNECT a:443 HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n",
      "CONNECT [::1]:443 HTTP/1.1\r\nHost: b\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n",
      with(plain, "GET /", "OPTIONS http://b:81"),
      with(plain, "GET /", "OPTIONS http://b?"),
      plus(options, "Max-Forwards: 10\r\nA: b"),
      plus(with(options, "OPTIONS *", "TRACE /"), "Max-Forwards: 1"),
      plus(options, "Max-Forwards: 0"),
      plus(options, "Max-Forwards: 18446744073709551616"),
      plus(plain, "Max-Forwards: 0\r\nMax-Forwards: x"),
      plus(post, "A: b\r\nTransfer-Encoding: gzip;a=b\r\nC: d\r\nTransfer-Encoding: , chunked,"),
      plus(post, "Expect: 100-continue\r\nContent-Length: 005\r\nTrailer: X"),
      plus(with(asks, "foo/2", "tcp, bar"), "Content-Length: 0\r\nX: y"),
      plus(with(asks, "GET", "POST"), "Upgrade: bar\r\nTransfer-Encoding: chunked"),
  };
  for (const text option :
       {"Host", "Content-Length", "Authorization", "Sec-WebSocket-Key", "x-forwarded-for", "b@d"})
    all.push_back(plus(asks, "Connection: " + option));
  for (const auto& one : corpus::requests) all.push_back(one.octets);
  return all;
}();

/// Visits these requests, and all others that are one edit away.
template <class Check>
void check_all(const Check& check) {
  for (const text& one : requests) {
    check(one);
    edits::for_each_edit(one, 0, check);
  }
}

/// A slot for up to `most` of some letters, in the lines of a request to `a`.
struct slot {
  text before;
  std::vector<std::string_view> letters;
  std::size_t most;
  text after = "\r\nX: 1\r\nY: 2\r\nHost: a\r\nConnection: y\r\n\r\n";
};

const slot slots[] = {
    {"GET / HTTP/1.1\r\nConnection:", {"x", "host", "Upgrade", ",", " ", "\r\nConnection:"}, 4},
    {"GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade:",
     {"bar", "BAR", "foo/2", "foo", "h2c", ",", "\r\nUpgrade: "},
     4},
    {"TRACE / HTTP/1.0\r\nMax-Forwards: ", {"0", "1", "9", "x", "\r\nMax-Forwards:", " "}, 4},
    {"OPTIONS ",
     {"http", "://", "/", "*", "?", ":", "b", "[::1]"},
     5,
     " HTTP/1.1\r\nHost:\r\n\r\n"},
    {"CONNECT ", {"b", ":", "80", "[::1]", "/"}, 4, " HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"POST / HTTP/1.1\r\nTransfer-Encoding:",
     {"chunked", "gzip", ",", ";a=b", "\r\nTransfer-Encoding:", "\r\nContent-Length: 1"},
     4},
};

/// Visits all small fillings of the slots.
template <class Check>
void check_small(const Check& check) {
  for (const slot& one : slots)
    corpus::for_each_small(one.before, one.letters, one.most, one.after, check);
}

}  // namespace

TEST_CASE(
    "[INT-05] [INT-24] [INT-37] [MSG-48] the relay forwards the same requests as the reference") {
  const auto check = [](const text& octets) {
    CHECK(forwarding_laws::sent_as_reference(octets) == "");
  };
  check_all(check);
  check_small(check);
}

TEST_CASE("[INT-01] [INT-02] [INT-04] [INT-06] [H2C-19] a forwarded request is a valid request") {
  const auto check = [](const text& octets) {
    CHECK(forwarding_laws::sent_is_sound(octets) == "");
  };
  check_all(check);
  check_small(check);
}

TEST_CASE(
    "[INT-20] [INT-23] a forwarded request is forwarded again unchanged, except Via and "
    "Max-Forwards") {
  const auto check = [](const text& octets) {
    CHECK(forwarding_laws::sent_once_more(octets) == "");
  };
  check_all(check);
  check_small(check);
}

TEST_CASE("[INT-01] [MSG-48] the forwarded request is the same, whichever parser split the lines") {
  const auto check = [](const text& octets) { CHECK(forwarding_laws::sent_if_cut(octets) == ""); };
  check_all(check);
  check_small(check);
  check(plus(fixtures::upgrade_request, "X_A: b\r\nConnection: x_b\r\nX_B: c\r\nC: d"));
}

TEST_CASE(
    "[INT-17] [INT-18] [INT-26] [INT-37] a request that a server finds malformed is never "
    "forwarded") {
  std::size_t merely_unfit = 0;
  for (const auto& one : corpus::requests) {
    CAPTURE(one.octets);
    const bool on = forwarding_laws::is_forwarded({one.octets, policy});
    const bool unfit = one.why == errc::method_not_allowed || one.why == errc::unknown_method ||
                       one.why == errc::empty_host ||
                       (one.why == errc::content_not_allowed && !one.octets.starts_with("CONNECT"));
    if (one.what == server_step::failed) CHECK(on == unfit);
    if (one.what == server_step::failed && unfit) ++merely_unfit;
    if (one.why == errc::bad_connection) CHECK(!on);
    if (one.what == server_step::need_more) CHECK(!on);
  }
  CHECK(merely_unfit == 5);
}
