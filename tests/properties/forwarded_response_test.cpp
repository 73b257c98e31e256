// What an intermediary forwards of responses, compared with the reference.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
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
using reference::text;

/// Responses in which there is something to take off, to write again or to turn into a 502.
const std::vector<text> responses = [] {
  const text agrees{fixtures::upgrade_response};
  const text ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\n";
  const text coded = with(ok, "Content-Length: 5", "Transfer-Encoding: gzip, chunked");
  const text required =
      with(with(agrees, "101 Switching Protocols", "426 X"), "foo/2", "x, TLS/1.3,BAR, h2c");
  return std::vector<text>{
      plus(agrees, "X-A: 1\r\nConnection: x-a,, Keep-Alive\r\nKeep-Alive: 5\r\nContent-Length: 3"),
      with(agrees, "foo/2", "TLS/1.3, HTTP/1.1"),
      with(agrees, "foo/2", "WebSocket"),
      with(agrees, "101 S", "103 S"),
      with(agrees, "101 S", "200 S"),
      plus(ok, "X: y\r\n z\r\nConnection: close, x\r\nx: z\r\nClose: a\r\nVia: 1.0 q"),
      plus(ok, "Connection: Set-Cookie\r\nSet-Cookie: a"),
      plus(ok, "Transfer-Encoding: chunked"),
      plus(ok, "content-length: 5"),
      with(ok, "200 OK", "204 No Content"),
      with(ok, "200 OK", "304 X"),
      with(ok, "1.1", "1.0"),
      coded,
      plus(coded, "Transfer-Encoding: ,"),
      with(coded, "gzip, chunked", "chunked"),
      with(coded, "gzip, chunked", "gzip"),
      with(coded, "200 OK", "204"),
      required,
      plus(required, "Content-Length: 0\r\nUpgrade: foo/2"),
      with(ok, "200 OK", "407"),
      with(ok, "200 OK", "099 X"),
      with(ok, "200 OK", "999 X"),
      with(ok, "Content-Length: 5\r\n", ""),
  };
}();

}  // namespace

TEST_CASE(
    "[INT-01] [MSG-48] the forwarded response is the same, whichever parser split the lines") {
  for (const auto& one : corpus::responses)
    CHECK(forwarding_laws::answered_if_cut(one.octets) == "");
  for (const text& one : responses) {
    CHECK(forwarding_laws::answered_if_cut(one) == "");
    edits::for_each_edit(one, 0, [](const text& edited) {
      const text apart = forwarding_laws::answered_if_cut(edited);
      if (!apart.empty()) FAIL_CHECK(apart);
    });
  }
}

TEST_CASE(
    "[INT-01] [INT-08] [INT-12] [INT-18] [INT-24] [INT-29] [INT-30] [INT-37] the relay forwards "
    "the same responses as the reference") {
  for (const auto& one : corpus::responses)
    CHECK(forwarding_laws::answered_as_reference(one.octets) == "");
  for (const auto& one : corpus::websocket_responses)
    CHECK(forwarding_laws::answered_as_reference(one.octets) == "");
  for (const text& one : responses) {
    CHECK(forwarding_laws::answered_as_reference(one) == "");
    edits::for_each_edit(one, 0, [](const text& edited) {
      const text apart = forwarding_laws::answered_as_reference(edited);
      if (!apart.empty()) FAIL_CHECK(apart);
    });
  }
}
