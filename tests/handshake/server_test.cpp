// The server's side of a handshake: verdicts, answers, and where the new protocol begins.
#include "turnout/handshake/server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile supported[] = {
    {.token = {"foo", "2"}, .methods = method::get | method::post},
    {.token = {"bar", {}}, .methods = method::get | method::post, .content = true},
    websocket::profile,
};
constexpr protocol foo{"foo", "2"};
constexpr protocol bar{"bar", {}};

const std::string asks{fixtures::upgrade_request};
const std::string plain{fixtures::plain_request};

using output = std::array<char, 512>;

/// Where a whole handshake ends: the size of the answer, the first octet of the new protocol, and
/// its place in the list.
struct hand_over {
  std::size_t written = 0;
  std::size_t begins = 0;
  const profile* protocol = nullptr;
  friend constexpr bool operator==(const hand_over&, const hand_over&) = default;
};
constexpr hand_over accept_foo(std::string_view octets) {
  server_handshake server{supported};
  output out{};
  const auto asked = server.receive(octets);
  const auto written = server.accept(*asked.offer().agree(foo), out);
  const auto now = server.receive(asked.rest);
  if (now.switched() == nullptr) return {};
  return {written->size(), octets.size() - now.switched()->octets().size(),
          &now.switched()->protocol()};
}

/// A request, what a server says, and the text at which it says so: where that comes last.
struct verdict_case {
  std::string octets;
  errc why;
  std::string_view at;
};
void check(server_step what, const std::vector<verdict_case>& cases) {
  for (const verdict_case& one : cases) {
    CAPTURE(one.octets);
    server_handshake server{supported};
    const auto now = server.receive(one.octets);
    CHECK(now.what == what);
    CHECK(now.why.code == one.why);
    CHECK(now.why.at == one.octets.rfind(one.at));
    CHECK(now.switched() == nullptr);
  }
}

}  // namespace

TEST_CASE("[UPG-25] [ENG-02] [ENG-13] the new protocol begins right after the head") {
  constexpr std::size_t size = fixtures::upgrade_request.size();
  CHECK_BOTH(accept_foo(fixtures::upgrade_request) == hand_over{73, size, &supported[0]});
  CHECK_BOTH(accept_foo(fixtures::plain_request) == hand_over{});
  CHECK(accept_foo(asks + "\x81\x05hello") == hand_over{73, size, &supported[0]});
  CHECK(accept_foo("\r\n" + asks + asks) == hand_over{73, 2 + size, &supported[0]});
}

TEST_CASE("[UPG-06] [UPG-08] [UPG-50] a request without a usable offer is an ordinary one") {
  const auto upgrade = [](std::string_view value) { return with(asks, "foo/2", value); };
  const auto connection = [](std::string_view value) { return with(asks, ": Upgrade", value); };
  // Also UPG-02, UPG-04, UPG-07, GRM-04, GRM-21 and CON-15.
  check(server_step::ordinary_request,
        {{plain, errc::no_upgrade, "\r\n"},  // the empty line
         {without(asks, "Upgrade"), errc::no_upgrade, "\r\n"},
         {without(asks, "Connection"), errc::upgrade_not_nominated, "foo/2"},
         {connection(": keep-alive"), errc::upgrade_not_nominated, "foo/2"},
         {with(asks, "HTTP/1.1", "HTTP/1.0"), errc::upgrade_in_http_1_0, "foo/2"},
         {connection(": Upgrade, @"), errc::bad_connection, "@"},
         {upgrade("foo/"), errc::bad_upgrade, "\r\n\r\n"},
         {plus(asks, "Upgrade: b@d"), errc::bad_upgrade, "@d"},
         {upgrade(","), errc::empty_upgrade, ","},
         {upgrade("foo/3"), errc::no_common_protocol, "foo/3"},
         {upgrade("h2"), errc::no_common_protocol, "h2"}});
}

TEST_CASE("[MSG-27] [MSG-28] [MSG-58] [MSG-83] [WS-41] a request that breaks a rule is refused") {
  // Also MSG-04, MSG-14, MSG-15, MSG-29, MSG-30 and UPG-34.
  const std::string websocket{fixtures::websocket_request};
  check(server_step::failed,
        {{"GET  / HTTP/1.1\r\n", errc::bad_request_line, " / "},
         {"\r\nG@T / HTTP/1.1\r\n", errc::bad_method, "@"},
         {plus(asks, "X: a\rb"), errc::bare_cr, "\rb"},
         {without(asks, "Host"), errc::missing_host, "\r\n"},
         {plus(asks, "Host: b"), errc::repeated_host, "b\r"},
         {with(asks, "Host: a", "Host: a b"), errc::bad_host, " b\r"},
         {with(websocket, "Host: server.example.com", "Host:"), errc::empty_host, "\r\nUpgrade"},
         {plus(plus(asks, "Content-Length: 5"), "Transfer-Encoding: chunked"),
          errc::length_and_transfer_encoding, "chunked"},
         {plus(websocket, "Content-Length: 5"), errc::content_not_allowed, "5\r\n\r\n"},
         {plus(websocket, "Transfer-Encoding: chunked"), errc::content_not_allowed, "chunked"},
         {with(websocket, "GET", "POST"), errc::method_not_allowed, "POST"},
         {plus(asks, "Expect: foo"), errc::expectation_failed, "foo\r"}});
}

TEST_CASE("[UPG-05] [UPG-10] [UPG-18] accept() writes the 101 for any agreed protocol") {
  for (const auto& [token, name] : {std::pair{foo, "foo/2"}, std::pair{bar, "bar"}}) {
    server_handshake server{supported};
    const std::string octets = with(asks, "foo/2", "other, BAR, foo/2");
    const auto now = server.receive(octets);
    output out{};
    CHECK(now.offer().choose(preference::client)->token == bar);
    CHECK(now.offer().choose(preference::server)->token == foo);
    CHECK(*server.accept(*now.offer().agree(token), out) ==
          with(fixtures::upgrade_response, "foo/2", name));
    CHECK(server.receive({}).switched()->protocol().token == token);
  }
}

TEST_CASE("[UPG-30] [UPG-31] a 100 is written before the 101 if the request waits for one") {
  server_handshake server{supported};
  const std::string octets = plus(asks, "Expect: 100-Continue");
  output out{};
  const auto now = server.receive(octets);
  CHECK(*server.accept(*now.offer().agree(foo), out) ==
        "HTTP/1.1 100 Continue\r\n\r\n" + std::string{fixtures::upgrade_response});
}

TEST_CASE(
    "[MSG-57] accept() writes the caller's field lines, except those that a 101 may not have") {
  server_handshake server{supported};
  const auto now = server.receive(fixtures::upgrade_request);
  const agreement agreed = *now.offer().agree(foo);
  output out{};
  const field_line refused[] = {{"X", "y"}, {"Content-Length", "0"}};
  CHECK(server.accept(agreed, out, refused).error() == failure{errc::reserved_field, 1});
  CHECK(out == output{});
  CHECK(server.state() == server_state::deciding);
  CHECK(*server.accept(agreed, out, std::span{refused}.first(1)) ==
        plus(fixtures::upgrade_response, "X: y"));
}

TEST_CASE("[UPG-12] only a protocol that this request offers is accepted") {
  constexpr profile others[] = {{.token = foo}};
  const auto elsewhere = [](std::span<const profile> list, const std::string& octets,
                            const protocol& token) {
    const auto now = server_handshake{list}.receive(octets);
    return *now.offer().agree(token);
  };
  server_handshake server{supported};
  (void)server.receive(asks);
  const server_handshake before = server;
  output out{};
  const std::string asks_bar = with(asks, "foo/2", "bar");
  for (const agreement& foreign :
       {agreement{}, elsewhere(supported, asks_bar, bar), elsewhere(others, asks, foo)}) {
    CHECK(server.accept(foreign, out).error() == failure{errc::foreign_agreement, 0});
    CHECK(server == before);
  }
  CHECK(out == output{});
}

TEST_CASE("[WS-60] [WS-70] a plain agreement does not accept a protocol that has its own") {
  server_handshake server{supported};
  const std::string shown = std::string{fixtures::websocket_request} + "\x81\x85";
  const auto now = server.receive(shown);
  output out{};
  const agreement lacking = *now.offer().agree(websocket::profile.token);
  CHECK(server.accept(lacking, out).error() == failure{errc::incomplete_agreement, 0});
  CHECK(server.state() == server_state::deciding);
  const auto own = websocket::offer::read(now.offer())->agree();
  const std::string_view answer = *server.accept(*own, out);
  CHECK(answer.find("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != answer.npos);
  CHECK(server.receive(now.rest).switched()->octets() == "\x81\x85");
}

TEST_CASE("[UPG-12] [WS-61] accept() fails with the error of the agreement, and changes nothing") {
  server_handshake server{supported};
  const auto now = server.receive(fixtures::websocket_request);
  const server_handshake before = server;
  const auto asked = websocket::offer::read(now.offer());
  output out{};
  CHECK(server.accept(asked->agree({.subprotocol = "chat"}), out).error().code ==
        errc::subprotocol_not_offered);
  CHECK(server.accept(now.offer().agree(foo), out).error() == failure{errc::foreign_agreement, 0});
  CHECK(server == before);
  CHECK(out == output{});

  server_handshake twin = server;
  output same{};
  CHECK(*server.accept(asked->agree(), out) == *twin.accept(*asked->agree(), same));
  CHECK(server == twin);
  CHECK(server.state() == server_state::switched);

  constexpr auto written = [] {
    server_handshake agreeing{supported};
    std::array<char, 512> room{};
    const auto first = agreeing.receive(fixtures::upgrade_request);
    return agreeing.accept(first.offer().agree(foo), room)->size();
  }();
  CHECK_BOTH(written == accept_foo(fixtures::upgrade_request).written);
}

TEST_CASE("[MSG-77] [UPG-32] an HTTP/1.0 client gets no interim response") {
  server_handshake server{supported};
  (void)server.receive(with(plus(asks, "Expect: 100-continue"), "HTTP/1.1", "HTTP/1.0"));
  output out{};
  CHECK(server.accept(agreement{}, out).error() == failure{errc::out_of_turn, 0});
  CHECK(server.refuse({.status = 404}, out)->starts_with("HTTP/1.1 404 Not Found\r\n"));
}

TEST_CASE("[UPG-19] [WS-46] require() writes a 426 that names the server's protocols") {
  for (const std::string& octets : {asks, plain}) {
    server_handshake server{supported};
    output out{};
    (void)server.receive(octets);
    CHECK(*server.require(out) ==
          "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
          "Upgrade: foo/2, bar, websocket\r\nContent-Length: 0\r\n\r\n");
    CHECK(server.state() == server_state::answered);
  }
}

TEST_CASE("[MSG-09] [CON-07] any answer to a failure has close, and the connection ends") {
  server_handshake server{supported};
  const auto now = server.receive("\x16\x03\x01");
  CHECK(now.why == failure{errc::control_octet, 0});
  CHECK(server.why() == now.why);
  output out{};
  refusal answer = refusal_for(now.why.code, supported);
  answer.close = false;
  CHECK(*server.refuse(answer, out) ==
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  CHECK(server.state() == server_state::closed);
  CHECK(server.start_over().error() == failure{errc::out_of_turn, 0});
  CHECK(server.refuse(answer, out).error() == failure{errc::out_of_turn, 0});
}

TEST_CASE("[ENG-07] [UPG-44] after the caller's own response, the next request is read") {
  server_handshake server{supported};
  CHECK(server.responded().error() == failure{errc::out_of_turn, 0});
  (void)server.receive(fixtures::plain_request);
  CHECK(server.responded());
  CHECK(server.state() == server_state::answered);
  CHECK(server.responded().error() == failure{errc::out_of_turn, 0});
  CHECK(server.start_over());
  // An offer, too; and where the response said `close`, nothing comes after it.
  (void)server.receive(asks);
  CHECK(server.responded(true));
  CHECK(server.state() == server_state::closed);
}

TEST_CASE("[UPG-35] no 100 is written after the caller's own response") {
  server_handshake server{supported};
  output out{};
  (void)server.receive(
      "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  CHECK(!server.is_persistent());
  CHECK(server.responded());
  CHECK(server.write_continue(out).error() == failure{errc::out_of_turn, 0});
  CHECK(server.state() == server_state::closed);
}

TEST_CASE("[MSG-79] after a request with close, the connection carries no other") {
  server_handshake server{supported};
  (void)server.receive(plus(plain, "Connection: close"));
  CHECK(server.decline().error() == failure{errc::out_of_turn, 0});
  CHECK(server.state() == server_state::ordinary);
  CHECK(server.start_over().error() == failure{errc::not_persistent, 0});
}

TEST_CASE("[MSG-42] a folded trailer line of a request is refused") {
  const std::string head = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  server_handshake server{supported};
  const auto now = server.receive(head);
  CHECK(now.what == server_step::ordinary_request);
  CHECK(server.receive("0\r\nX: y\r\n z\r\n\r\n").why.code == errc::folded_field_line);
}

TEST_CASE("a refusal to HEAD leaves out its content") {
  server_handshake server{supported};
  (void)server.receive(plain);
  output out{};
  CHECK(*server.refuse({.status = 404, .content = "no", .to_head = true}, out) ==
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n");
}

TEST_CASE("a refusal that is not a final response is not written") {
  server_handshake server{supported};
  (void)server.receive(asks);
  output out{};
  CHECK(server.refuse({.status = 200}, out).error() == failure{errc::bad_status_to_write, 0});
  CHECK(server.state() == server_state::deciding);
  CHECK(out == output{});
}

TEST_CASE("[UPG-09] [UPG-44] [MSG-84] after a declined offer the next request is read") {
  server_handshake server{supported, {.list_elements = 1}};
  const server_handshake fresh = server;
  const std::string octets = asks + plain + asks;
  const auto first = server.receive(octets);
  CHECK(server.decline());
  CHECK(server.start_over());
  CHECK(server == fresh);
  const auto second = server.receive(first.rest);
  CHECK(second.request.target.octets == "/");
  CHECK(second.what == server_step::ordinary_request);
  CHECK(server.start_over());
  const auto third = server.receive(second.rest);
  CHECK(third.what == server_step::upgrade_offered);
  CHECK(third.request.octets == asks);
  CHECK(third.facts.lines(field_name::upgrade).first() == "foo/2");
  CHECK(third.rest.empty());
}

TEST_CASE("[UPG-49] [ENG-03] a list may be as long as the limit says, and no longer") {
  const std::string octets = with(asks, "foo/2", "a,,foo/2");
  CHECK(server_handshake{supported, {.list_elements = 3}}.receive(octets).what ==
        server_step::upgrade_offered);
  const auto over = server_handshake{supported, {.list_elements = 2}}.receive(octets);
  CHECK(over.what == server_step::failed);
  CHECK(over.why == failure{errc::too_many_elements, octets.find("foo/2")});
}

TEST_CASE("a server speaks up to 64 protocols") {
  std::array<profile, 65> many;
  many.fill({.token = {"none", {}}});
  many[63] = many[64] = supported[0];
  server_handshake server{std::span{many}.first(64)};
  const auto now = server.receive(asks);
  output out{};
  CHECK(now.offer().offered() == std::uint64_t{1} << 63);
  CHECK(server.accept(*now.offer().agree(foo), out));
  CHECK(&server.receive({}).switched()->protocol() == &many[63]);
  CHECK(server_handshake{many}.receive(asks).why == failure{errc::too_many_profiles, 0});
}
