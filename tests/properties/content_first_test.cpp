// A request with content that asks to switch: HTTP/1.1 goes on to the last octet of the content,
// and only then does the new protocol begin.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/fixtures.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;

constexpr profile supported[] = {
    {.token = {"tcp", {}}, .methods = method::get | method::post, .content = true}};

/// Docker's `POST /exec/ID/start`, and what else is sent with it.
const std::string exec =
    "POST /v1.47/exec/x/start HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
    "Content-Type: application/json\r\nContent-Length: 27\r\n\r\n";
const std::string json = "{\"Detach\":false,\"Tty\":true}";
const std::string chunked = with(exec, "Content-Length: 27", "Transfer-Encoding: chunked");
const std::string chunks =
    "F;a=b\r\n{\"Detach\":false\r\n00c\r\n,\"Tty\":true}\r\n0\r\nT: x\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
const std::string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view after = "STDIN";

using output = std::array<char, 512>;
/// When a program agrees: once it was offered, after so many octets of the content, or after all.
enum class moment : std::uint8_t { at_once, during, behind_content };

/// What a program saw and wrote up to the switch.
struct course {
  std::string content;
  std::string written;
  std::string after;
  bool switched = false;
};

/// Serves one request that comes cut in two.
course serve(std::string_view input, std::size_t cut, moment when) {
  server_handshake server{supported};
  course seen;
  output out{};
  std::optional<agreement> agreed;
  const auto agree = [&] {
    if (!agreed || seen.written.ends_with(agrees)) return;
    seen.written += *server.accept(*agreed, out);
  };
  std::size_t begin = 0;
  for (std::size_t end = cut;;) {
    const auto now = server.receive(input.substr(begin, end - begin));
    begin = end - now.rest.size();
    seen.content += now.content;
    switch (now.what) {
      case server_step::upgrade_offered:
        agreed = *now.offer().agree(supported[0].token);
        if (when == moment::at_once) agree();
        break;
      case server_step::continue_expected:
        seen.written += *server.write_continue(out);
        break;
      case server_step::content:
        if (when == moment::during) agree();
        break;
      case server_step::content_ended:
        agree();
        break;
      case server_step::switched:
        if (end == input.size()) {
          seen.after = now.switched()->octets();
          seen.switched = true;
          return seen;
        }
        end = input.size();
        break;
      default:
        if (now.what != server_step::need_more || end == input.size()) return seen;
        end = input.size();
    }
  }
}

}  // namespace

TEST_CASE(
    "[UPG-27] [UPG-28] [DKR-07] the new protocol begins after the content, in whatever pieces it "
    "arrives") {
  for (const std::string& message : {exec + json, chunked + chunks}) {
    const std::string input = message + std::string{after};
    for (const moment when : {moment::at_once, moment::during, moment::behind_content}) {
      for (std::size_t cut = 0; cut <= input.size(); ++cut) {
        CAPTURE(cut);
        const course seen = serve(input, cut, when);
        CHECK(seen.switched);
        CHECK(seen.content == json);
        CHECK(seen.after == after);
        CHECK(seen.written == agrees);
      }
    }
  }
}

TEST_CASE(
    "[UPG-30] [UPG-31] [UPG-35] a 100 is sent once and before the 101, in whatever pieces content "
    "arrives") {
  for (const std::string& message : {exec + json, chunked + chunks}) {
    const std::string input = plus(message, "Expect: 100-continue") + std::string{after};
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
      CAPTURE(cut);
      const course seen = serve(input, cut, moment::behind_content);
      CHECK(seen.content == json);
      CHECK(seen.after == after);
      CHECK(seen.written == proceed + agrees);
    }
  }
}

TEST_CASE("[UPG-27] content is a view of the caller's octets, and no more are read") {
  server_handshake server{supported};
  const std::string input = exec + json + std::string{after};
  const auto head = server.receive(input);
  CHECK(head.framing == framing{framing_kind::length, 27});
  CHECK(head.early_data().empty());
  const auto content = server.receive(head.rest);
  CHECK(content.content.data() == input.data() + exec.size());
  CHECK(content.content.size() == json.size());
  const auto ended = server.receive(content.rest);
  CHECK(ended.what == server_step::content_ended);
  CHECK(ended.rest == after);
  CHECK(ended.early_data() == after);
  const server_handshake before = server;
  CHECK(server.receive(ended.rest).what == server_step::content_ended);
  CHECK(server == before);
}

TEST_CASE("[UPG-35] a server is told to write the 100 before it waits for content") {
  server_handshake server{supported};
  const std::string head = plus(exec, "Expect: 100-continue");
  const auto offered = server.receive(head);
  const agreement agreed = *offered.offer().agree(supported[0].token);
  output out{};
  for (int i = 0; i < 2; ++i) CHECK(server.receive({}).what == server_step::continue_expected);
  CHECK(server.accept(agreed, out).error() == failure{errc::continue_first, 0});
  CHECK(server.state() == server_state::deciding);
  CHECK(server.write_continue(std::span{out}.first(proceed.size() - 1)).error() ==
        failure{errc::no_space, proceed.size()});
  CHECK(*server.write_continue(out) == proceed);
  CHECK(server.write_continue(out).error() == failure{errc::out_of_turn, 0});
  CHECK(server.receive({}).what == server_step::need_more);
  CHECK(*server.accept(agreed, out) == agrees);
  CHECK(server.state() == server_state::accepted);
  CHECK(server.receive({}).what == server_step::need_more);
  CHECK(server.receive(json).what == server_step::content);
  CHECK(server.state() == server_state::switched);
  CHECK(server.receive(after).switched()->octets() == after);
}

TEST_CASE(
    "[UPG-32] [MSG-77] [UPG-35] only a client that waits, and has no response yet, gets a 100") {
  output out{};
  const std::string expects = plus(exec, "Expect: 100-continue");
  for (const std::string& head : {exec, with(expects, "HTTP/1.1", "HTTP/1.0")}) {
    server_handshake server{supported};
    (void)server.receive(head);
    CHECK(server.receive({}).what == server_step::need_more);
    CHECK(server.write_continue(out).error() == failure{errc::out_of_turn, 0});
  }
  server_handshake declined{supported};
  (void)declined.receive(expects);
  CHECK(declined.decline());
  CHECK(declined.receive({}).what == server_step::continue_expected);
  CHECK(!declined.is_persistent());
  CHECK(*declined.write_continue(out) == proceed);
  CHECK(declined.is_persistent());
  server_handshake refused{supported};
  (void)refused.receive(expects);
  CHECK(!refused.is_persistent());  // until the content can come
  CHECK(refused.refuse({.status = 404}, out)->find("\r\nConnection: close\r\n") !=
        std::string::npos);
  CHECK(refused.write_continue(out).error() == failure{errc::out_of_turn, 0});
  CHECK(refused.state() == server_state::closed);
}

TEST_CASE("[MSG-70] [MSG-71] broken content is refused, or ends the connection after an answer") {
  const std::string head = chunked;
  for (const std::string_view broken : {"0x5\r\n", "5 \r\n", "5;\r\n", "-1\r\n", "\r\n", "5\n"}) {
    CAPTURE(broken);
    output out{};
    server_handshake deciding{supported};
    const auto asked = deciding.receive(head);
    const agreement agreed = *asked.offer().agree(supported[0].token);
    server_handshake accepted = deciding;
    CHECK(accepted.accept(agreed, out));
    server_handshake answered = deciding;
    CHECK(answered.refuse({.status = 403}, out));
    CHECK(answered.state() == server_state::answered);
    for (server_handshake* const server : {&deciding, &accepted, &answered}) {
      const auto now = server->receive(broken);
      CHECK(now.what == server_step::failed);
      CHECK(explain(now.why.code).status == 400);
      CHECK(server->receive(json).why == now.why);
      CHECK(server->start_over().error() == failure{errc::out_of_turn, 0});
    }
    CHECK(accepted.state() == server_state::closed);
    CHECK(answered.state() == server_state::closed);
    CHECK(deciding.refuse(refusal_for(deciding.why().code, supported), out)
              ->starts_with("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"));
  }
}

TEST_CASE("[MSG-80] [ENG-05] a request that ends before its content is incomplete in every state") {
  output out{};
  server_handshake deciding{supported};
  const auto asked = deciding.receive(exec);
  const agreement agreed = *asked.offer().agree(supported[0].token);
  server_handshake ordinary = deciding;
  CHECK(ordinary.decline());
  server_handshake accepted = deciding;
  CHECK(accepted.accept(agreed, out));
  server_handshake answered = deciding;
  CHECK(answered.require(out));
  for (server_handshake* const server : {&deciding, &ordinary, &accepted, &answered}) {
    (void)server->receive(std::string_view{json}.substr(1));
    CHECK(server->input_ended({}).error() == failure{errc::incomplete, 0});
    CHECK(server->why() == failure{errc::incomplete, 0});
  }
  CHECK(deciding.state() == server_state::failed);
  CHECK(ordinary.state() == server_state::failed);
  CHECK(accepted.state() == server_state::closed);
  CHECK(answered.state() == server_state::closed);
}
