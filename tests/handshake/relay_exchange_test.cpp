// What an intermediary reads of both sides, when, and how far.
#include "turnout/handshake/relay_exchange.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"
#include "support/intermediary.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using forwarded::policy;
using intermediaries::intermediary;

using output = std::array<char, 1024>;

const std::string asks{fixtures::upgrade_request};
const std::string plain{fixtures::plain_request};
const std::string agrees{fixtures::upgrade_response};
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
const std::string no_content = "HTTP/1.1 204 No Content\r\n\r\n";

/// An intermediary that has sent a request on.
relay_handshake waiting(const std::string& request = asks, const limits& bounds = {}) {
  relay_handshake relay{policy, bounds};
  output out{};
  CHECK(relay.forward(relay.receive_request(request), out));
  return relay;
}

/// The same as a program, with what went on dropped.
intermediary after(const std::string& request, intermediaries::choices does = {}) {
  intermediary relay{policy, does};
  relay.from_client(request);
  (void)relay.to_server();
  return relay;
}

/// Octets, what is wrong with them, and the text at which it is: where that comes last.
struct fault_case {
  std::string octets;
  errc why;
  std::string_view at;
};

}  // namespace

TEST_CASE("[INT-04] a request head is examined as soon as it is complete, and never before") {
  const std::string octets = asks + "\x81\x05hello";
  for (std::size_t cut = 0; cut < asks.size(); ++cut) {
    relay_handshake relay{policy};
    const auto before = relay.receive_request(octets.substr(0, cut));
    CHECK(before.what == relay_step::need_more);
    CHECK(before.rest.size() == cut);
    const auto now = relay.receive_request(octets);
    CHECK(now.what == relay_step::request);
    CHECK(now.rest == "\x81\x05hello");
    CHECK(relay.state() == relay_state::deciding);
  }
}

TEST_CASE("[INT-14] octets after a request wait until it was forwarded and answered") {
  relay_handshake relay{policy};
  output out{};
  const std::string octets = asks + "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
  const auto asked = relay.receive_request(octets);
  const auto held = relay.receive_request(asked.rest);
  CHECK(held.what == relay_step::wait);
  CHECK(held.rest.data() == asked.rest.data());
  CHECK(held.rest.size() == asked.rest.size());
  CHECK(relay.forward(asked, out));
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  const auto answer = relay.receive_response(ok);
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  CHECK(relay.forward(answer, out));
  const auto content = relay.receive_response(answer.rest);
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  CHECK(relay.receive_response(content.rest).what == relay_step::content_ended);
  CHECK(relay.receive_request(asked.rest).what == relay_step::wait);
  CHECK(relay.start_over());
  const auto next = relay.receive_request(asked.rest);
  CHECK(next.what == relay_step::request);
  CHECK(next.request.target.octets == "/admin");
}

TEST_CASE("[INT-09] [INT-14] [K8S-08] after a refusal, octets of a client are requests again") {
  auto relay = after(asks + "\x81\x05hello");
  CHECK(relay.held_of_client() == "\x81\x05hello");
  relay.from_server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  CHECK(relay.to_server().empty());  // Nothing of them has gone on.
  const std::string answers = relay.to_client();
  CHECK(answers.starts_with("HTTP/1.1 400 Bad Request\r\n"));
  CHECK(answers.find("HTTP/1.1 400 ", 1) != std::string::npos);  // They are not a request.
  CHECK(relay.closed);
  CHECK(relay.protocol == nullptr);

  auto smuggled = after(with(fixtures::websocket_request, ": 13", ": 1337") + plain);
  smuggled.from_server(
      "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Content-Length: 0\r\n\r\n");
  CHECK(smuggled.to_client().starts_with("HTTP/1.1 426 "));
  CHECK(smuggled.to_server() == with(plain, "\r\n\r\n", "\r\nVia: 1.1 p\r\n\r\n"));
  CHECK(smuggled.protocol == nullptr);
}

TEST_CASE("[INT-10] a 101 within content, or after a response, does not switch") {
  auto relay = after(asks);
  const std::string inner = agrees + "x";
  relay.from_server("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(inner.size()) +
                    "\r\n\r\n" + inner);
  CHECK(relay.to_client().ends_with("\r\n\r\n" + inner));
  CHECK(relay.answers == 1);
  CHECK(relay.protocol == nullptr);

  auto later = after(asks);
  later.from_server(no_content + agrees);
  CHECK(later.to_client().starts_with("HTTP/1.1 204 "));
  CHECK(later.held_of_server() == agrees);
  CHECK(!later.reusable);
  CHECK(later.protocol == nullptr);
}

TEST_CASE("[INT-11] interim responses are forwarded before the final one, up to the limit") {
  auto relay = after(asks);
  for (int i = 0; i < 16; ++i) {
    relay.from_server("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    CHECK(relay.to_client() == "HTTP/1.1 103 Early Hints\r\nLink: x\r\nVia: 1.1 p\r\n\r\n");
    CHECK(relay.relay.state() == relay_state::waiting);
  }
  relay.from_server("HTTP/1.1 102 X\r\n\r\n");
  CHECK(relay.to_client().starts_with("HTTP/1.1 502 "));
  CHECK(relay.relay.why() == failure{errc::too_many_interim_responses, 0});
}

TEST_CASE("[INT-11] [MSG-77] interim responses are skipped if the client speaks HTTP/1.0") {
  const std::string old = with(plain, "1.1", "1.0");
  const std::string hints = "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: x\r\n\r\n";
  auto relay = after(old);
  relay.from_server(hints + ok);
  CHECK(relay.to_client() ==
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVia: 1.1 p\r\nConnection: close\r\n\r\nhi");

  for (std::size_t cut = 0; cut < hints.size(); ++cut) {
    auto slow = after(old);
    slow.from_server(hints.substr(0, cut));
    CHECK(slow.to_client().empty());
    slow.from_server(hints.substr(cut) + no_content);
    CHECK(slow.to_client().starts_with("HTTP/1.1 204 "));
  }

  auto many = waiting(old, {.interim_responses = 1});
  const auto now = many.receive_response(hints + no_content);
  CHECK(now.what == relay_step::failed);
  CHECK(now.why == failure{errc::too_many_interim_responses, hints.find("HTTP/1.1 103")});
  auto wrong = waiting(old);
  CHECK(wrong.receive_response(hints + "HTTP/1.1 200\nX").why ==
        failure{errc::bare_lf, hints.size() + 12});
}

TEST_CASE("[INT-13] octets of the server after its 101 belong to the tunnel, in order") {
  const std::string octets = agrees + "XYZ";
  for (std::size_t cut = 0; cut <= octets.size(); ++cut) {
    auto relay = after(asks);
    relay.from_server(octets.substr(0, cut));
    relay.from_server(octets.substr(cut));
    CHECK(relay.to_client() ==
          "HTTP/1.1 101 Switching Protocols\r\nVia: 1.1 p\r\nConnection: Upgrade\r\n"
          "Upgrade: foo/2\r\n\r\nXYZ");
    CHECK(relay.protocol == &policy.allowed[0]);
    CHECK(relay.relay.state() == relay_state::switched);
  }
}

TEST_CASE("[INT-34] only the content of the request is forwarded, and octets after it wait") {
  const std::string post = plus(with(plain, "GET", "POST"), "Content-Length: 5");
  const std::string octets = post + "helloGET / HTTP/1.1";
  for (std::size_t cut = 0; cut <= octets.size(); ++cut) {
    intermediary relay{policy};
    relay.from_client(octets.substr(0, cut));
    relay.from_client(octets.substr(cut));
    CHECK(relay.to_server() == with(post, "\r\n\r\n", "\r\nVia: 1.1 p\r\n\r\n") + "hello");
    CHECK(relay.held_of_client() == "GET / HTTP/1.1");
  }
}

TEST_CASE("[INT-34] chunks are framed again, without extensions and trailers") {
  const std::string post = plus(with(plain, "GET", "POST"), "Transfer-Encoding: chunked");
  intermediary relay{policy};
  relay.from_client(post + "5;a=b\r\nhello\r\n1\r\n!\r\n0;x\r\nHost: evil\r\n\r\nrest");
  const std::string sent = relay.to_server();
  CHECK(sent.ends_with("\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"));
  CHECK(relay.held_of_client() == "rest");
  relay.from_server(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;q\r\nhi\r\n0\r\nX: y\r\n\r\n");
  CHECK(relay.to_client().ends_with("\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
  CHECK(relay.answers == 1);
}

TEST_CASE("[INT-34] content to an HTTP/1.0 client is not chunked") {
  auto relay = after(with(plain, "1.1", "1.0"));
  relay.from_server(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n");
  CHECK(relay.to_client() == "HTTP/1.1 200 OK\r\nVia: 1.1 p\r\nConnection: close\r\n\r\nhi!");
  CHECK(relay.closed);
}

TEST_CASE("[INT-34] [UPG-27] a tunnel begins after the content, no matter how early the 101 came") {
  const std::string post =
      with(plus(with(asks, "GET", "POST"), "Content-Length: 3"), "foo/2", "tcp");
  const std::string tcp = with(agrees, "foo/2", "tcp");
  auto relay = after(post + "a");
  relay.from_server(tcp + "XYZ");
  CHECK(relay.to_client().ends_with("Upgrade: tcp\r\n\r\n"));
  CHECK(relay.relay.state() == relay_state::accepted);
  CHECK(relay.held_of_server() == "XYZ");
  CHECK(relay.protocol == nullptr);
  relay.from_client("bcdef");
  CHECK(relay.to_server() == "bcdef");
  CHECK(relay.to_client() == "XYZ");
  CHECK(relay.protocol->token.name == "tcp");
}

TEST_CASE(
    "[INT-25] [INT-37] [MSG-33] a malformed response becomes a 502, and nothing of it is "
    "forwarded") {
  const std::vector<fault_case> cases{
      {"HTTP/1.1 200 OK\r\nA : b\r\n\r\n", errc::space_before_colon, " : b"},
      {"HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n", errc::bare_cr, "\rC"},
      {"HTTP/1.1 200 OK\nA: b\r\n\r\n", errc::bare_lf, "\nA"},
      {"HTTP/1.1 200 OK\r\n A: b\r\n\r\n", errc::leading_whitespace, " A: b"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n", errc::bad_content_length, ", 5"},
      {"HTTP/1.1 200 OK\r\nConnection: a, Set-Cookie\r\n\r\n", errc::end_to_end_nominated, "Set-C"},
      {"HTTP/1.1 426 X\r\n\r\n", errc::no_common_protocol, "\r\n"},
      {with(agrees, "foo/2", "h2c"), errc::protocol_not_offered, "h2c"},
      {with(agrees, ": Upgrade", ": x"), errc::switch_not_nominated, "x\r\n"},
      {"ICY 200 OK\r\n\r\n", errc::bad_http_version, "ICY"},
  };
  for (const fault_case& one : cases) {
    CAPTURE(one.octets);
    auto relay = waiting();
    const auto now = relay.receive_response(one.octets);
    CHECK(now.what == relay_step::failed);
    CHECK(now.why.code == one.why);
    if (one.why != errc::protocol_not_offered && one.why != errc::switch_not_nominated)
      CHECK(now.why.at == one.octets.rfind(one.at));
    CHECK(now.rest == one.octets);
    CHECK(relay.why() == now.why);
    CHECK(relay.refusal_due().status == 502);

    auto program = after(asks);
    program.from_server(one.octets);
    CHECK(program.to_client() ==
          "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    CHECK(program.to_server().empty());
    CHECK(program.closed);
  }
}

TEST_CASE(
    "[INT-17] [INT-26] [INT-37] a malformed request is refused, and nothing of it is forwarded") {
  const std::vector<fault_case> cases{
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Host\r\n\r\n", errc::end_to_end_nominated,
       "Host\r\n"},
      {"GET / HTTP/1.1\r\n\r\n", errc::missing_host, "\r\n"},
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", errc::bare_lf, "\nHost"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
       errc::length_and_transfer_encoding, "chunked"},
      {"CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", errc::content_not_allowed,
       "1\r\n\r\n"},
  };
  for (const fault_case& one : cases) {
    CAPTURE(one.octets);
    relay_handshake relay{policy};
    const auto now = relay.receive_request(one.octets);
    CHECK(now.what == relay_step::failed);
    CHECK(now.why == failure{one.why, one.octets.rfind(one.at)});
    CHECK(now.rest == one.octets);
    CHECK(relay.refusal_due().status == 400);
    CHECK(relay.receive_request({}).what == relay_step::failed);  // again and again

    intermediary program{policy};
    program.from_client(one.octets);
    CHECK(program.to_client().starts_with("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"));
    CHECK(program.to_server().empty());
    CHECK(program.closed);
  }
}

TEST_CASE("[INT-34] [INT-37] malformed content is not forwarded, and both connections end") {
  const std::string post = plus(with(plain, "GET", "POST"), "Transfer-Encoding: chunked");
  intermediary asked{policy};
  asked.from_client(post + "1\r\na\r\nx\r\n");
  CHECK(asked.to_server().ends_with("1\r\na\r\n"));
  CHECK(asked.to_client().starts_with("HTTP/1.1 400 "));
  CHECK(asked.closed);

  auto answered = after(plain);
  answered.from_server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx\r\n");
  CHECK(answered.to_client().ends_with("1\r\na\r\n"));  // The last chunk does not come.
  CHECK(answered.relay.why().code == errc::bad_chunk_size);
  CHECK(answered.closed);
  CHECK(!answered.reusable);
}

TEST_CASE("[MSG-74] a server that sends before a request gets no client") {
  relay_handshake relay{policy};
  const auto fresh = relay;
  CHECK(relay.receive_response({}).what == relay_step::wait);
  CHECK(relay.receive_response(ok).why == failure{errc::unsolicited_response, 0});
  CHECK(relay == fresh);
  const auto asked = relay.receive_request(asks);
  const auto deciding = relay;
  CHECK(relay.receive_response(agrees).what == relay_step::failed);
  CHECK(relay == deciding);
  output out{};
  CHECK(relay.forward(asked, out));
}

TEST_CASE("[INT-23] a request with Max-Forwards 0 is not forwarded") {
  relay_handshake relay{policy};
  output out{};
  const auto now =
      relay.receive_request("OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n");
  CHECK(now.what == relay_step::last_recipient);
  CHECK(relay.forward(now, out).error() == failure{errc::out_of_turn, 0});
  CHECK(relay.refusal_due().status == 501);
  CHECK(relay.start_over());  // It was answered by the caller.
  CHECK(relay.receive_request(plain).what == relay_step::request);
}

TEST_CASE("[INT-13] [ENG-06] a tunnel returns switched at each call, with the octets passed in") {
  auto relay = waiting();
  output out{};
  const auto answer = relay.receive_response(agrees);
  CHECK(relay.receive_response("x").what == relay_step::wait);  // It was not forwarded yet.
  CHECK(relay.receive_request("y").what == relay_step::wait);
  CHECK(relay.forward(answer, out));
  for (int i = 0; i < 2; ++i) {
    CHECK(relay.receive_request("hello").switched()->octets() == "hello");
    CHECK(relay.receive_response("world").switched()->octets() == "world");
    CHECK(relay.receive_request({}).switched()->octets().empty());
  }
}
