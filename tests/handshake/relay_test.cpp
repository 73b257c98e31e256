// An intermediary: what it forwards, what it answers itself, and when connections end.
#include "turnout/handshake/relay.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"
#include "support/intermediary.hpp"
#include "turnout/core/errc_name.hpp"
#include "turnout/protocol/websocket/client.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using forwarded::policy;
using intermediaries::choices, intermediaries::intermediary;

using output = std::array<char, 1024>;

const std::string asks{fixtures::upgrade_request};
const std::string plain{fixtures::plain_request};
const std::string agrees{fixtures::upgrade_response};
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
const std::string posts = plus(with(plain, "GET", "POST"), "Content-Length: 3");
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
const std::string endless = "HTTP/1.1 200 OK\r\n\r\n";
const std::string no_content = "HTTP/1.1 204 No Content\r\n\r\n";
const std::string hints = "HTTP/1.1 103 Early Hints\r\n\r\n";

const failure out_of_turn{errc::out_of_turn, 0};

/// An intermediary as a program, that was sent a request, with what went on dropped.
intermediary after(const std::string& request, choices does = {}) {
  intermediary relay{policy, does};
  relay.from_client(request);
  (void)relay.to_server();
  return relay;
}

/// A whole switch: what the tunnel begins with on both sides; nothing if there is none.
struct hand_over {
  std::string_view of_client;
  std::string_view of_server;
  const profile* protocol = nullptr;
  friend constexpr bool operator==(const hand_over&, const hand_over&) = default;
};
constexpr hand_over relay_switch(std::string_view request, std::string_view response) {
  relay_handshake relay{policy};
  output out{};
  const auto asked = relay.receive_request(request);
  if (!relay.forward(asked, out)) return {};
  const auto answer = relay.receive_response(response);
  if (!relay.forward(answer, out)) return {};
  const auto here = relay.receive_request(asked.rest);
  const auto there = relay.receive_response(answer.rest);
  if (here.switched() == nullptr || there.switched() == nullptr) return {};
  return {here.switched()->octets(), there.switched()->octets(), &there.switched()->protocol()};
}

/// An intermediary in each state.
std::vector<relay_handshake> in_every_state() {
  std::vector<relay_handshake> all;
  output out{};
  const auto note = [&all](const relay_handshake& one) { all.push_back(one); };
  relay_handshake relay{policy};
  note(relay);
  auto tunnel_asked = relay;
  CHECK(tunnel_asked.receive_request(connects).what == relay_step::tunnel_requested);
  note(tunnel_asked);
  auto broken = relay;
  CHECK(broken.receive_request("\n").what == relay_step::failed);
  note(broken);
  const std::string early =
      with(plus(with(asks, "GET", "POST"), "Content-Length: 3"), "foo/2", "tcp");
  const auto asked = relay.receive_request(early);
  note(relay);
  CHECK(relay.forward(asked, out));
  note(relay);
  for (const std::string& response : {hints, with(agrees, "foo/2", "tcp"), ok}) {
    auto told = relay;
    const auto answer = told.receive_response(response);
    note(told);
    CHECK(told.forward(answer, out));
    note(told);
    if (response != ok) continue;
    CHECK(told.receive_response("hi").what == relay_step::content);
    CHECK(told.receive_response({}).what == relay_step::content_ended);
    note(told);
  }
  CHECK(tunnel_asked.open_tunnel(out));
  note(tunnel_asked);
  CHECK(tunnel_asked.client_ended({}));
  note(tunnel_asked);
  return all;
}

}  // namespace

TEST_CASE(
    "[INT-04] [INT-12] [INT-13] [INT-14] a switch is forwarded, even in constant expressions") {
  CHECK_BOTH(relay_switch(fixtures::upgrade_request, fixtures::upgrade_response) ==
             hand_over{"", "", &policy.allowed[0]});
  CHECK_BOTH(relay_switch(fixtures::websocket_request, fixtures::websocket_response) ==
             hand_over{"", "", &policy.allowed[1]});
  CHECK_BOTH(relay_switch(fixtures::plain_request, fixtures::upgrade_response) == hand_over{});
  CHECK_BOTH(relay_switch(fixtures::upgrade_request, fixtures::websocket_response) == hand_over{});
  CHECK(relay_switch(asks + "early", agrees + "late") ==
        hand_over{"early", "late", &policy.allowed[0]});
}

TEST_CASE("[INT-07] [INT-09] a 101 without a request for it becomes a 502 and opens no tunnel") {
  auto relay = after(plain);
  relay.from_server(agrees + "XYZ");
  CHECK(relay.to_client() ==
        "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  CHECK(relay.relay.why().code == errc::unsolicited_switch);
  CHECK(relay.closed);
  relay.from_client("more");
  relay.from_server("more");
  CHECK(relay.to_client().empty());
  CHECK(relay.to_server().empty());
}

/// True if a relay whose program knows of WebSocket sends a 101 on.
bool passes_checked(const std::string& response) {
  relay_handshake relay{policy};
  output out{};
  const auto asked = relay.receive_request(fixtures::websocket_request);
  const auto key =
      field::sec_websocket_key::parse(asked.facts.lines(field_name::sec_websocket_key).first());
  CHECK(relay.forward(asked, out));
  const auto answer = relay.receive_response(response);
  const websocket::proposal sent_on{*key, {}};
  if (!sent_on.check_switch(answer.facts, *answer.protocol(), grammar::default_list_elements))
    return bool{relay.forward(answer, out)};
  CHECK(relay.refuse({.status = 502}, out));
  CHECK(relay.receive_request({}).what == relay_step::close);
  return false;
}

TEST_CASE("[INT-08] a program that speaks the protocol checks its 101, and may refuse it") {
  CHECK(passes_checked(std::string{fixtures::websocket_response}));
  CHECK(!passes_checked(with(fixtures::websocket_response, "s3pP", "s3pQ")));
  CHECK(!passes_checked(fixtures::without(fixtures::websocket_response, "Sec-WebSocket-Accept")));

  relay_handshake relay{policy};
  output out{};
  CHECK(relay.forward(relay.receive_request(fixtures::websocket_request), out));
  const auto answer = relay.receive_response(fixtures::websocket_response);
  CHECK(answer.protocol() == &policy.allowed[1]);
  const auto written = relay.refuse({.status = 502}, out);
  CHECK(written->starts_with("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n"));
  CHECK(relay.forward(answer, out).error() == out_of_turn);
  CHECK(relay.receive_response(answer.rest).what == relay_step::close);
  CHECK(relay.receive_response(answer.rest).switched() == nullptr);
}

TEST_CASE("[INT-15] connections of a tunnel are not reused") {
  auto relay = after(asks);
  relay.from_server(agrees);
  CHECK(!relay.relay.is_persistent());
  CHECK(!relay.relay.is_reusable());
  CHECK(relay.relay.start_over().error() == out_of_turn);
  relay.end_server();
  CHECK(relay.closed);
  CHECK(!relay.relay.is_reusable());
  CHECK(!relay.relay.is_persistent());
  CHECK(relay.relay.start_over().error() == out_of_turn);

  auto opened = after(connects, {.last_proxy = true});
  CHECK(!opened.relay.is_persistent());
  CHECK(!opened.relay.is_reusable());
}

TEST_CASE("[INT-16] when one side of a tunnel ends, its octets are forwarded, and then both end") {
  for (const bool client : {true, false}) {
    auto relay = after(asks);
    relay.from_server(agrees);
    (void)relay.to_client();
    auto& handshake = relay.relay;
    const auto before = handshake;
    // The rest of a side must be forwarded before its end is reported.
    CHECK((client ? handshake.client_ended("x") : handshake.server_ended("x")).error() ==
          out_of_turn);
    CHECK(handshake == before);
    client ? relay.from_client("last") : relay.from_server("last");
    client ? relay.end_client() : relay.end_server();
    CHECK((client ? relay.to_server() : relay.to_client()) == "last");
    CHECK(relay.closed);
    CHECK(handshake.state() == relay_state::closed);
    CHECK(handshake.receive_request("y").what == relay_step::close);
    CHECK(handshake.receive_response("y").what == relay_step::close);
    CHECK(handshake.receive_request("y").switched() == nullptr);
    CHECK((client ? handshake.server_ended({}) : handshake.client_ended({})).error() ==
          out_of_turn);
  }
}

TEST_CASE("[INT-32] [TLS-15] the last proxy opens a tunnel, or refuses") {
  relay_handshake relay{policy};
  output out{};
  const std::string octets = connects + "hello";
  const auto asked = relay.receive_request(octets);
  CHECK(asked.what == relay_step::tunnel_requested);
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  auto refused = relay;
  constexpr field_line own[] = {{"Server", "p"}};
  CHECK(*relay.open_tunnel(out, own) == "HTTP/1.1 200 OK\r\nServer: p\r\n\r\n");
  CHECK(relay.receive_request(asked.rest).switched()->octets() == asked.rest);
  CHECK(&relay.receive_response("hi").switched()->protocol() == &tunnel);
  CHECK(relay.open_tunnel(out).error() == out_of_turn);

  CHECK(refused.refuse({.status = 504}, out)
            ->starts_with("HTTP/1.1 504 Gateway Timeout\r\nConnection: close\r\n"));
  CHECK(refused.receive_request(asked.rest).what == relay_step::close);
  CHECK(refused.receive_request(asked.rest).switched() == nullptr);
}

TEST_CASE("[INT-14] [INT-32] a forwarded CONNECT opens a tunnel with the 2xx of the next proxy") {
  auto relay = after(connects + "hello");
  CHECK(relay.held_of_client() == "hello");
  relay.from_server(hints + "HTTP/1.1 200 Established\r\nContent-Length: 9\r\n\r\nXYZ");
  CHECK(relay.to_client() ==
        "HTTP/1.1 103 Early Hints\r\nVia: 1.1 p\r\n\r\n"
        "HTTP/1.1 200 Established\r\nVia: 1.1 p\r\n\r\nXYZ");
  CHECK(relay.to_server() == "hello");
  CHECK(relay.protocol == &tunnel);

  auto refused = after(connects + "hello");
  refused.from_server("HTTP/1.1 407 X\r\nContent-Length: 2\r\n\r\nno");
  CHECK(refused.to_client() ==
        "HTTP/1.1 407 X\r\nContent-Length: 2\r\nVia: 1.1 p\r\nConnection: close\r\n\r\nno");
  CHECK(refused.to_server().empty());
  CHECK(refused.closed);
  CHECK(!refused.reusable);
}

TEST_CASE("[INT-33] [MSG-73] a client's connection stays open if both messages allow it") {
  struct one {
    std::string request;
    std::string response;
    bool persistent;
    bool reusable;
  };
  const std::string bye = "Connection: close";
  const one all[] = {
      {plain, ok, true, true},
      {asks, ok, true, true},
      {plus(plain, bye), ok, false, true},
      {with(asks, ": Upgrade", ": close, Upgrade"), ok, false, true},
      {plain, plus(ok, bye), true, false},
      {with(plain, "1.1", "1.0"), ok, false, true},
      {plus(with(plain, "1.1", "1.0"), "Connection: keep-alive"), ok, false, true},
      {plain, with(ok, "1.1", "1.0"), true, false},
      {plain, plus(with(ok, "1.1", "1.0"), "Connection: keep-alive"), true, true},
      {posts + "abc", no_content, true, true},
      {posts + "ab", no_content, false, false},  // The rest is not waited for.
      {connects, "HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n", false, false},
      {plain, ok + "x", true, false},
      {plain, endless, false, false},
  };
  for (const one& each : all) {
    CAPTURE(each.request);
    CAPTURE(each.response);
    auto relay = after(each.request, {.start_over = false});
    relay.from_server(each.response);
    if (each.response == endless) relay.end_server();
    CHECK(relay.answers == 1);
    CHECK(relay.relay.state() == relay_state::answered);
    CHECK(relay.relay.is_persistent() == each.persistent);
    CHECK(relay.relay.is_reusable() == each.reusable);
    CHECK(relay.closed == !each.persistent);
    const bool says_close = relay.to_client().find("Connection: close") != std::string::npos;
    CHECK(says_close == !each.persistent);
    CHECK(relay.relay.start_over().error().code ==
          (each.persistent ? errc::none : errc::not_persistent));
  }
}

TEST_CASE("[INT-34] content of a request is forwarded while the response already arrives") {
  auto relay = after(posts + "a");
  relay.from_server("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhi");
  CHECK(relay.to_client() ==
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nVia: 1.1 p\r\nConnection: close\r\n\r\nhi");
  relay.from_client("bc");
  CHECK(relay.to_server() == "bc");
  relay.from_server("ho");
  CHECK(relay.to_client() == "ho");
  CHECK(relay.answers == 1);
}

TEST_CASE("[INT-31] a request that waits for a 100 is forwarded at once, and so is the 100") {
  auto relay = after(plus(posts, "Expect: 100-continue"));
  relay.from_server("HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(relay.to_client() == "HTTP/1.1 100 Continue\r\nVia: 1.1 p\r\n\r\n");
  relay.from_client("abc");
  CHECK(relay.to_server() == "abc");
  relay.from_server(no_content);
  CHECK(relay.relay.state() == relay_state::reading_head);
}

TEST_CASE("[INT-34] the response to HEAD has no content, not even a refusal") {
  const std::string head = with(plain, "GET", "HEAD");
  auto relay = after(head);
  relay.from_server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + no_content);
  CHECK(relay.answers == 1);
  CHECK(relay.held_of_server() == no_content);
  relay_handshake refused{policy};
  output out{};
  CHECK(refused.receive_request(head).what == relay_step::request);
  CHECK(*refused.refuse({.status = 403, .content = "no"}, out) ==
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n");
}

TEST_CASE("[MSG-73] [INT-33] a refusal closes, or leaves out its content, if it is told to") {
  relay_handshake relay{policy};
  output out{};
  (void)relay.receive_request(plain);
  CHECK(*relay.refuse({.status = 403, .content = "no", .close = true, .to_head = true}, out) ==
        "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\n");
  CHECK(relay.state() == relay_state::closed);
}

TEST_CASE(
    "[MSG-73] [INT-33] a server's connection carries no other request before the answer ends") {
  auto relay = after(plain, {.start_over = false});
  relay.from_server(with(ok, "hi", "h"));
  CHECK(!relay.relay.is_reusable());
  relay.from_server("i");
  CHECK(relay.relay.is_reusable());
  CHECK(relay.relay.client_ended({}));
  CHECK(relay.relay.state() == relay_state::closed);
  CHECK(relay.relay.is_reusable());
}

TEST_CASE(
    "[MSG-80] a server may end after its response, even if the end of that was not read yet") {
  relay_handshake relay{policy};
  output out{};
  CHECK(relay.forward(relay.receive_request(plain), out));
  CHECK(relay.forward(relay.receive_response(with(ok, "hi", "")), out));
  CHECK(relay.receive_response("hiX").what == relay_step::content);
  CHECK(relay.server_ended("X"));
  CHECK(relay.receive_response("X").what == relay_step::content_ended);
}

TEST_CASE("[ENG-07] a request that is not forwarded is answered, and the next one may follow") {
  relay_handshake relay{policy};
  output out{};
  const std::string two = plain + plain;
  const auto asked = relay.receive_request(two);
  CHECK(*relay.refuse({.status = 403}, out) ==
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  CHECK(relay.forward(asked, out).error() == out_of_turn);
  CHECK(relay.refuse({.status = 403}, out).error() == out_of_turn);
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  CHECK(!relay.is_reusable());
  CHECK(relay.start_over());
  CHECK(relay.receive_request(asked.rest).what == relay_step::request);

  // Not where content is on its way, which nobody reads.
  relay_handshake with_content{policy};
  CHECK(with_content.receive_request(posts + "abc").what == relay_step::request);
  CHECK(with_content.start_over().error() == failure{errc::not_persistent, 0});
  CHECK(with_content.refuse({.status = 403}, out)->find("Connection: close") != std::string::npos);
  CHECK(with_content.receive_request("abc").what == relay_step::close);
}

TEST_CASE("[INT-32] if a server can't be reached, or is silent, the relay answers") {
  auto relay = after(asks + "early");
  output out{};
  CHECK(relay.relay.refuse({.status = 504}, out)
            ->starts_with("HTTP/1.1 504 Gateway Timeout\r\nConnection: close\r\n"));
  CHECK(relay.relay.receive_request("early").what == relay_step::close);
  CHECK(relay.relay.receive_response(agrees).what == relay_step::close);
}

TEST_CASE("[ENG-05] [MSG-80] a server that ends in the middle of its response is a failure") {
  auto relay = after(asks);
  relay.from_server("HTTP/1.1 101 Swi");
  relay.end_server();
  CHECK(relay.relay.why() == failure{errc::incomplete, 16});
  CHECK(relay.to_client().starts_with("HTTP/1.1 502 "));
  CHECK(relay.closed);

  auto begun = after(plain);
  begun.from_server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi");
  begun.end_server();
  CHECK(begun.relay.why() == failure{errc::incomplete, 0});
  CHECK(begun.to_client().ends_with("\r\n\r\nhi"));
  CHECK(begun.closed);
  CHECK(!begun.relay.is_reusable());

  auto ended = after(plain, {.start_over = false});
  ended.from_server(endless + "hi");
  CHECK(ended.relay.state() == relay_state::responding);
  ended.end_server();
  CHECK(ended.answers == 1);
  CHECK(ended.closed);
  CHECK(ended.refused == 0);
}

TEST_CASE("[ENG-05] [MSG-80] a client that ends in the middle of its request gets a 400") {
  intermediary relay{policy};
  relay.from_client("GET / HT");
  relay.end_client();
  CHECK(relay.relay.why() == failure{errc::incomplete, 8});
  CHECK(relay.to_client().starts_with("HTTP/1.1 400 "));

  auto content = after(posts + "a");
  content.end_client();
  CHECK(content.to_client().starts_with("HTTP/1.1 400 "));
  CHECK(content.closed);

  intermediary nothing{policy};
  nothing.end_client();
  CHECK(nothing.refused == 0);
  CHECK(nothing.closed);
}

TEST_CASE("[ENG-05] a client that ends after its request still gets the answer") {
  auto relay = after(asks);
  relay.end_client();
  CHECK(!relay.closed);
  relay.from_server(ok);
  CHECK(relay.to_client().ends_with("Connection: close\r\n\r\nhi"));
  CHECK(relay.reusable);
  CHECK(relay.closed);

  auto switched = after(asks);
  switched.end_client();
  switched.from_server(agrees);
  CHECK(switched.protocol != nullptr);
  switched.end_client();  // It is said again.
  CHECK(switched.closed);
}

TEST_CASE("[ENG-05] the end of either side is handled in every state") {
  std::uint32_t seen = 0;
  for (const relay_handshake& relay : in_every_state())
    seen |= std::uint32_t{1} << static_cast<unsigned>(relay.state());
  CHECK(seen == (1u << (static_cast<unsigned>(relay_state::closed) + 1)) - 1);
  for (const relay_handshake& relay : in_every_state()) {
    const relay_state state = relay.state();
    CAPTURE(static_cast<int>(state));
    for (const std::string_view unread : {"", "x"}) {
      auto client = relay;
      const auto ended = client.client_ended(unread);
      const bool refused = ended.error() == out_of_turn;
      CHECK(refused ==
            (state == relay_state::closed || (state == relay_state::switched && !unread.empty())));
      CHECK((!refused || client == relay));
      auto server = relay;
      const bool kept = server.server_ended(unread).error() == out_of_turn;
      CHECK((!kept || server == relay));
    }
  }
}

TEST_CASE("[ENG-04] [ENG-06] a call out of turn is refused and changes nothing") {
  relay_handshake other{policy};
  const auto asked = other.receive_request(asks);
  output out{};
  CHECK(other.forward(asked, out));
  const auto answer = other.receive_response(agrees);
  for (const relay_handshake& before : in_every_state()) {
    const relay_state state = before.state();
    CAPTURE(static_cast<int>(state));
    using enum relay_state;
    auto relay = before;
    const auto check = [&](const failure& why, bool has_meaning) {
      CHECK((why == out_of_turn) == !has_meaning);
      if (why.code != errc::none) CHECK(relay == before);
      relay = before;
    };
    check(relay.forward(asked, out).error(), state == deciding || state == deciding_tunnel);
    check(relay.forward(answer, out).error(),
          state == interim || state == relay_state::agreed || state == declined);
    check(relay.open_tunnel(out).error(), state == deciding_tunnel);
    check(relay.refuse({.status = 503}, out).error(),
          state == deciding || state == deciding_tunnel || state == waiting || state == interim ||
              state == relay_state::agreed || state == declined || state == failed);
    check(relay.start_over().error(), state == deciding || state == answered);
    if (state == deciding || state == deciding_tunnel)
      check(relay.forward(asked, {}).error(), true);
    CHECK(relay.refuse({.status = 200}, out).error().code != errc::none);
    CHECK(relay == before);
  }
}

TEST_CASE("[INT-03] a program may leave fields out of a request, and add some to a response") {
  relay_handshake relay{policy};
  output out{};
  const std::string octets = plus(plain, "Proxy-Authorization: Basic eA==\r\nA: b");
  const auto asked = relay.receive_request(octets);
  std::vector<field_line> kept;
  for (const field_line& line : asked.request.fields)
    if (line.name != "Proxy-Authorization") kept.push_back(line);
  CHECK(*relay.forward(asked, out, kept) ==
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nVia: 1.1 p\r\n\r\n");
  constexpr field_line own[] = {{"Date", "Thu, 26 Nov 2026 18:00:00 GMT"}};
  const auto answer = relay.receive_response(no_content);
  CHECK(*relay.forward(answer, out, own) ==
        "HTTP/1.1 204 No Content\r\nDate: Thu, 26 Nov 2026 18:00:00 GMT\r\nVia: 1.1 p\r\n\r\n");
}

/// A view that goes on over octets that were not part of it.
constexpr std::string_view longer(std::string_view octets, std::size_t by) {
  return {octets.data(), octets.size() + by};
}

TEST_CASE("[MSG-82] what a program changes in a request line is checked") {
  const auto forwards = [](auto change) {
    relay_handshake relay{policy};
    output out{};
    relayed_request asked = relay.receive_request("GET /a?b HTTP/1.1\r\nHost: c\r\n\r\n");
    change(asked.request);
    const auto written = relay.forward(asked, out);
    return written ? std::string{*written} : std::string{name_of(written.error().code)};
  };
  const std::string rest = " HTTP/1.1\r\nHost: c\r\nVia: 1.1 p\r\n\r\n";
  CHECK(forwards([](request_head&) {}) == "GET /a?b" + rest);

  for (const std::string_view target : {"/", "/d", "/a?b", "*"}) {
    CAPTURE(target);
    CHECK(forwards([&](request_head& head) { head.target.octets = target; }) ==
          "GET " + std::string{target} + rest);
  }
  for (const std::string_view target : {"", "/ HTTP/1.1\r\nX: y", "/ ", "/\r", "/a\n"}) {
    CAPTURE(target);
    CHECK(forwards([&](request_head& head) { head.target.octets = target; }) == "unwritable");
  }
  CHECK(forwards([](request_head& head) { head.target.octets.remove_suffix(1); }) ==
        "GET /a?" + rest);
  CHECK(forwards([](request_head& head) { head.target.octets.remove_prefix(1); }) ==
        "GET a?b" + rest);
  CHECK(forwards([](request_head& head) { head.method_name.remove_prefix(1); }) ==
        "ET /a?b" + rest);
  CHECK(forwards([](request_head& head) { head.method_name.remove_suffix(1); }) ==
        "GE /a?b" + rest);
  CHECK(forwards([](request_head& head) { head.method_name.remove_prefix(3); }) == "unwritable");
  CHECK(forwards([](request_head& head) { head.method_name = "PUT"; }) == "PUT /a?b" + rest);
  for (const std::string_view name : {"", "GET /", "G\r\n"}) {
    CAPTURE(name);
    CHECK(forwards([&](request_head& head) { head.method_name = name; }) == "unwritable");
  }
  CHECK(forwards([](request_head& head) { head.fields = field_lines{"X: y\r\n"}; }) ==
        "GET /a?b HTTP/1.1\r\nX: y\r\nVia: 1.1 p\r\n\r\n");
  for (std::size_t by = 1; by < 20; ++by) {
    CAPTURE(by);
    CHECK(forwards([by](request_head& head) {
            head.target.octets = longer(head.target.octets, by);
          }) == "unwritable");
    CHECK(forwards([by](request_head& head) { head.method_name = longer(head.method_name, by); }) ==
          "unwritable");
  }
  CHECK_BOTH([] {
    relay_handshake relay{policy};
    output out{};
    relayed_request asked = relay.receive_request("GET / HTTP/1.1\r\nHost: c\r\n\r\n");
    asked.request.method_name = "G(T";
    return relay.forward(asked, out).error().code == errc::unwritable;
  }());
}

TEST_CASE("[MSG-82] a request line that the library did not read is checked") {
  constexpr std::string_view octets = "G(T / HTTP/1.1\r\nHost: c\r\n\r\n";
  relay_handshake relay{policy};
  output out{};
  relayed_request asked = relay.receive_request("GET / HTTP/1.1\r\nHost: c\r\n\r\n");
  asked.request.method_name = octets.substr(0, 3);
  asked.request.target.octets = octets.substr(4, 1);
  asked.request.fields = field_lines{octets.substr(16, 9)};
  CHECK(relay.forward(asked, out).error().code == errc::unwritable);
}

TEST_CASE("[MSG-82] what a program changes in a status line is checked") {
  const auto forwards = [](auto change) {
    relay_handshake relay{policy};
    output out{};
    (void)relay.forward(relay.receive_request(plain), out);
    relayed_response answered = relay.receive_response("HTTP/1.0 204 No Content\r\nX: y\r\n\r\n");
    change(answered.response);
    const auto written = relay.forward(answered, out);
    return written ? std::string{*written} : std::string{name_of(written.error().code)};
  };
  const std::string rest = "\r\nX: y\r\nVia: 1.0 p\r\n\r\n";
  CHECK(forwards([](response_head&) {}) == "HTTP/1.1 204 No Content" + rest);

  CHECK(forwards([](response_head& head) { head.reason = ""; }) == "HTTP/1.1 204 " + rest);
  CHECK(forwards([](response_head& head) { head.reason = {}; }) == "HTTP/1.1 204 " + rest);
  CHECK(forwards([](response_head& head) { head.reason = "a"; }) == "HTTP/1.1 204 a" + rest);
  CHECK(forwards([](response_head& head) { head.reason.remove_prefix(1); }) ==
        "HTTP/1.1 204 o Content" + rest);
  CHECK(forwards([](response_head& head) { head.reason.remove_suffix(1); }) ==
        "HTTP/1.1 204 No Conten" + rest);
  for (const std::string_view reason : {"\r\nX: z", "a\n", "\r", "\x7f"}) {
    CAPTURE(reason);
    CHECK(forwards([&](response_head& head) { head.reason = reason; }) == "unwritable");
  }
  for (const int status : {100, 999}) {
    CAPTURE(status);
    CHECK(forwards([&](response_head& head) {
            head.status = static_cast<std::uint16_t>(status);
          }) == "HTTP/1.1 " + std::to_string(status) + " No Content" + rest);
  }
  for (const int status : {0, 99, 1000, 65535}) {
    CAPTURE(status);
    CHECK(forwards([&](response_head& head) {
            head.status = static_cast<std::uint16_t>(status);
          }) == "bad_status_to_write");
  }
  CHECK(forwards([](response_head& head) { head.fields = field_lines{"Z: z\r\n"}; }) ==
        "HTTP/1.1 204 No Content\r\nZ: z\r\nVia: 1.0 p\r\n\r\n");
  for (std::size_t by = 1; by < 9; ++by) {
    CAPTURE(by);
    CHECK(forwards([by](response_head& head) { head.reason = longer(head.reason, by); }) ==
          "unwritable");
  }
}

TEST_CASE("[MSG-82] a status line that the library did not read is checked") {
  constexpr std::string_view octets = "HTTP/1.1 204 N\1\r\nX: y\r\n\r\n";
  relay_handshake relay{policy};
  output out{};
  (void)relay.forward(relay.receive_request(plain), out);
  relayed_response answered = relay.receive_response("HTTP/1.1 204 N\r\nX: y\r\n\r\n");
  answered.response.reason = octets.substr(13, 2);
  answered.response.fields = field_lines{octets.substr(17, 6)};
  CHECK(relay.forward(answered, out).error().code == errc::unwritable);
}

TEST_CASE("[ENG-13] an intermediary is small and trivially copyable") {
  CHECK_BOTH(sizeof(relay_handshake) <= 144);
  CHECK_BOTH(std::is_trivially_copyable_v<relay_handshake>);
  CHECK_BOTH(!std::is_constructible_v<relay_handshake, relay_policy>);
  CHECK_BOTH(std::is_constructible_v<relay_handshake, const relay_policy&>);
}
