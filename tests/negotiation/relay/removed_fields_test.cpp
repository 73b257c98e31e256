// Of each name, whether an intermediary takes its lines off.
#include "turnout/negotiation/relay/removed_fields.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::facts;
using turnout::method;
using turnout::request_target;
using turnout::forwarding::removed_fields;

constexpr facts request(std::string_view first, std::string_view second,
                        turnout::http_version version = turnout::http_1_1) {
  facts noted{method::get, version};
  noted.see("Host", "a");
  noted.see("Connection", first);
  noted.see("connection", second);
  return noted;
}

constexpr request_target target(std::string_view octets, method of = method::get) {
  return *request_target::parse(of, octets);
}

constexpr facts new_one = request("foo, upgrade", ",Bar");
constexpr facts old_one = request("keep-alive", "", {1, 0});
constexpr removed_fields off{new_one, target("/")};
constexpr removed_fields off_old{old_one, target("/")};

}  // namespace

TEST_CASE("[INT-01] [INT-02] [INT-06] only fields for one connection are removed") {
  for (const std::string_view name :
       {"Connection", "FOO", "Bar", "Upgrade", "te", "keep-alive", "HTTP2-Settings", "Close"}) {
    CAPTURE(name);
    CHECK(off.contains(name));
    CHECK(off_old.contains(name) == (name != "FOO" && name != "Bar"));
  }
  for (const std::string_view name : {"Host", "Expect", "Transfer-Encoding", "Max-Forwards", "Foo2",
                                      "Content-Length", "Sec-WebSocket-Key", "Trailer", ""}) {
    CAPTURE(name);
    CHECK(!off.contains(name));
  }
  CHECK_BOTH(off.contains("foo"));
  CHECK_BOTH(!off.contains("fo"));
}

TEST_CASE("[INT-21] Host is removed if the target replaces it") {
  CHECK_BOTH(!off.contains("hOST"));
  CHECK_BOTH(removed_fields{new_one, target("http://b/")}.contains("hOST"));
  CHECK_BOTH(removed_fields{new_one, target("b:80", method::connect)}.contains("Host"));
  CHECK_BOTH(!removed_fields{new_one, target("*", method::options)}.contains("Host"));
}

TEST_CASE("names with an underscore are removed if the policy says so") {
  constexpr removed_fields strict{new_one, target("/"), true};
  CHECK_BOTH(strict.contains("X_Real_IP"));
  CHECK_BOTH(strict.contains("_"));
  CHECK_BOTH(!strict.contains("X-Real-IP"));
  CHECK_BOTH(!off.contains("X_Real_IP"));
  CHECK_BOTH(!off.contains("_"));
}

TEST_CASE("[INT-31] Expect is removed in HTTP/1.0, where it has no meaning") {
  CHECK_BOTH(!off.contains("Expect"));
  CHECK_BOTH(off_old.contains("eXPECT"));
  CHECK_BOTH(!off_old.contains("Host"));
}

TEST_CASE(
    "[INT-01] [INT-02] of a response, the fields that Connection lists and the hop-by-hop ones are "
    "removed") {
  constexpr removed_fields of_response{new_one};
  for (const std::string_view name : {"Connection", "FOO", "bar", "Upgrade", "Keep-Alive", "TE"})
    CHECK(of_response.contains(name));
  for (const std::string_view name : {"Host", "Expect", "Foo2", "Content-Length", "Set-Cookie"})
    CHECK(!of_response.contains(name));
  CHECK_BOTH(of_response.contains("foo"));
  CHECK_BOTH(!removed_fields{old_one}.contains("Expect"));
}
