// What a server gets: the members of each outcome, and early octets.
#include "turnout/handshake/server_received.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/server.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;

constexpr profile supported[] = {
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true}};
const std::string asks{fixtures::upgrade_request};
const std::string posts = plus(with(asks, "GET", "POST"), "Content-Length: 2");

/// The offer of a result that was moved to another place.
constexpr bool offers_elsewhere() {
  server_handshake server{supported};
  const server_received moved = server.receive(fixtures::upgrade_request);
  const server_received again = moved;
  return moved.offer().request() == &moved.facts && again.offer().request() == &again.facts &&
         again.offer().agree({"foo", "2"})->protocol() == &supported[0];
}

}  // namespace

TEST_CASE("[MSG-27] a failed request is refused as its step says") {
  std::array<char, 128> out{};
  server_handshake server{supported};
  const server_received now = server.receive("GET / HTTP/1.1\r\n\r\n");
  REQUIRE(now.what == server_step::failed);
  const auto written = server.refuse(refusal_for(now.why.code, supported), out);
  REQUIRE(written);
  CHECK(written->starts_with("HTTP/1.1 400 "));
  CHECK(server.receive("").what == server_step::failed);
}

TEST_CASE("[UPG-12] a default result offers nothing and switches nothing") {
  constexpr server_received nothing;
  CHECK_BOTH(nothing.what == server_step::need_more);
  CHECK_BOTH(nothing.offer().request() == nullptr);
  CHECK_BOTH(nothing.switched() == nullptr);
  CHECK_BOTH(nothing.early_data().empty());
  CHECK_BOTH(std::is_trivially_copyable_v<server_received>);
}

TEST_CASE("[UPG-12] an offer borrows from its result, even after a move") {
  CHECK_BOTH(offers_elsewhere());
}

TEST_CASE("[WS-70] [UPG-44] early data is the octets after a complete request without a response") {
  struct {
    std::string octets;
    std::string_view early;
  } const cases[] = {
      {asks, ""},
      {asks + "NEW", "NEW"},
      {posts + "hiNEW", ""},  // the content comes first
      {plus(with(asks, "GET", "POST"), "Content-Length: 0") + "NEW", "NEW"},
      {plus(with(asks, "GET", "POST"), "Transfer-Encoding: chunked") + "0\r\n\r\nNEW", ""},
      {"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nNEW", "NEW"},
      {std::string{fixtures::plain_request} + "NEW", ""},  // the next request, in good time
      {"\x16NEW", ""},
      {"GET", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.octets);
    server_handshake server{supported};
    CHECK(server.receive(one.octets).early_data() == one.early);
  }
}

TEST_CASE("[UPG-27] [UPG-44] after content, early data is the octets after its end") {
  server_handshake server{supported};
  const std::string shown = posts + "hiNEW";
  const auto head = server.receive(shown);
  const auto content = server.receive(head.rest);
  CHECK(content.content == "hi");
  CHECK(content.early_data().empty());
  CHECK(server.receive(content.rest).early_data() == "NEW");
}

TEST_CASE("each step of a server has its name") {
  CHECK_BOTH(name_of(server_step::need_more) == "need_more");
  CHECK_BOTH(name_of(server_step::ordinary_request) == "ordinary_request");
  CHECK_BOTH(name_of(server_step::upgrade_offered) == "upgrade_offered");
  CHECK_BOTH(name_of(server_step::tunnel_requested) == "tunnel_requested");
  CHECK_BOTH(name_of(server_step::continue_expected) == "continue_expected");
  CHECK_BOTH(name_of(server_step::content) == "content");
  CHECK_BOTH(name_of(server_step::content_ended) == "content_ended");
  CHECK_BOTH(name_of(server_step::switched) == "switched");
  CHECK_BOTH(name_of(server_step::failed) == "failed");
}
