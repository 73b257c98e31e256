// What an intermediary sends on of responses, beside the reference.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/forwarded_answer.hpp"
#include "support/beside.hpp"
#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using reference::text;

constexpr relay_policy policy{.allowed = beside::spoken, .name = "p"};

/// Requests that were sent on: with an offer of all that can be, of one protocol, with none; of a
/// client that speaks HTTP/1.0, or wants no other request; HEAD; and CONNECT.
const forwarding::relayed_proposal asked[] = {
    {.protocols = {policy.allowed, ~std::uint64_t{0}}, .persistent = true},
    {.protocols = {policy.allowed, 2}, .persistent = true},
    {.persistent = true},
    {.version = {1, 0}},
    {.protocols = {policy.allowed, 2}},
    {.method = method::head, .persistent = true},
    {.method = method::connect, .persistent = true},
};

/// The same for the reference.
reference::sent_request same_as(const forwarding::relayed_proposal& one) {
  reference::sent_request same{.method = text{name_of(one.method)},
                               .minor = one.version.minor,
                               .persistent = one.persistent};
  for (const profile& offered : one.protocols) {
    same.offered.push_back(programs::told(offered));
    same.offered.back().websocket = false;  // Nobody here speaks it.
  }
  return same;
}

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

/// Whitespace of any kind and size is the same: a fold becomes some.
text squeezed(const text& octets) {
  text one;
  for (const char octet : octets) {
    const bool space = octet == ' ' || octet == '\t';
    if (!space) one += octet;
    if (space && (one.empty() || one.back() != ' ')) one += ' ';
  }
  return one;
}

text print(const reference::answer& made) {
  using kind = reference::answer::kind;
  if (made.what == kind::incomplete) return "incomplete";
  if (made.what == kind::bad_gateway) return "502";
  if (made.what == kind::passed_over) return "passed over";
  text printed = made.status + "\n";
  for (const reference::field& one : made.header) {
    printed += one.name + ": ";
    // Whitespace in a list of codings means nothing, and is not the same in both.
    for (const char octet : squeezed(one.value))
      if (one.name != "transfer-encoding" || octet != ' ') printed += octet;
    printed += "\n";
  }
  return printed;
}

/// The same of what the library does, which the reference reads.
text print(const text& octets, const forwarding::relayed_proposal& to) {
  using kind = response_verdict::kind;
  const forwarded::response read{octets, to, policy};
  if (read.what == head_step::need_more) return "incomplete";
  if (read.what == head_step::failed || read.judged.what == kind::broken) return "502";
  if (read.judged.what == kind::interim && to.version < http_1_1) return "passed over";
  const text sent = forwarded::answer(octets, to, policy);
  if (!sent.starts_with("HTTP/1.1 ") || sent.find("\r\n ") != text::npos) return sent;
  const reference::head again = reference::read_response_head(sent + "x");
  if (again.what != reference::found::whole || again.size != sent.size()) return "unreadable";
  return print({reference::answer::kind::sent, again.start[1], again.header});
}

/// Says where the library and the reference part ways.
text parts_ways_in(const text& octets) {
  static const auto allowed = programs::told(policy.allowed);
  static const auto same = [] {
    std::vector<reference::sent_request> all;
    for (const forwarding::relayed_proposal& one : asked) all.push_back(same_as(one));
    return all;
  }();
  for (const forwarding::relayed_proposal& to : asked) {
    const text expected = print(
        reference::send_back(octets, same[static_cast<std::size_t>(&to - asked)], allowed, "p"));
    const text found = print(octets, to);
    if (found != expected) return "[" + octets + "]: [" + found + "], not [" + expected + "]";
  }
  return "";
}

/// What is wrong with what goes back if the lines were cut by another parser.
text broken_if_cut(const text& octets) {
  for (const forwarding::relayed_proposal& to : asked) {
    const forwarded::response read{octets, to, policy};
    if (read.what != head_step::complete) return {};
    const auto write = [&](const auto& fields, std::span<char> out) {
      return forwarding::write_forwarded(read.head, fields, read.seen, read.judged, to, policy,
                                         out);
    };
    const text apart = forwarded::same_of_cut_lines(read.head.fields, write);
    if (!apart.empty()) return "[" + octets + "]: " + apart;
  }
  return {};
}

}  // namespace

TEST_CASE("[INT-01] [MSG-48] the same response goes back, whichever parser cut the lines") {
  for (const auto& one : corpus::responses) CHECK(broken_if_cut(one.octets) == "");
  for (const text& one : responses) {
    CHECK(broken_if_cut(one) == "");
    edits::for_each_edit(one, 0, [](const text& edited) {
      const text apart = broken_if_cut(edited);
      if (!apart.empty()) FAIL_CHECK(apart);
    });
  }
}

TEST_CASE(
    "[INT-01] [INT-08] [INT-12] [INT-18] [INT-24] [INT-29] [INT-30] [INT-37] what the reference "
    "sends "
    "back is sent back") {
  for (const auto& one : corpus::responses) CHECK(parts_ways_in(one.octets) == "");
  for (const auto& one : corpus::websocket_responses) CHECK(parts_ways_in(one.octets) == "");
  for (const text& one : responses) {
    CHECK(parts_ways_in(one) == "");
    edits::for_each_edit(one, 0, [](const text& edited) {
      const text apart = parts_ways_in(edited);
      if (!apart.empty()) FAIL_CHECK(apart);
    });
  }
}
