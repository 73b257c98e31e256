// From a stream to HTTP/1.1, as a program sees it that does what each turn says.
#include "turnout/connection/gateway/to_http_1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/gateway_messages.hpp"
#include "support/gateway_turns.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using turns::down_program;
using enum gateway::side;

/// A program whose stream has asked for something.
down_program asking(const header_list& list, const gateway::options& options = {}) {
  down_program program{spoken, options};
  program.receive(list);
  return program;
}

const gateway::options allows_connect{.allow_connect = true};

/// What becomes of a request.
std::string told_of(const header_list& list, const gateway::options& options = {}) {
  return asking(list, options).story();
}

/// What becomes of the WebSocket if the server answers so, after `early` octets of DATA.
std::string answered_with(const std::string& octets, bool ends = false) {
  down_program program = asking(asks_websocket);
  program.take(stream, "early");
  program.take(connection, octets);
  if (ends) program.end(connection);
  CHECK(program.early == 0);
  return program.story();
}

const std::string held = "held back: early\n";

header_list with(header_list list, const field_line& line) {
  list.push_back(line);
  return list;
}

}  // namespace

static_assert(sizeof(gateway::to_http_1) <= 128);
static_assert(std::is_trivially_copyable_v<gateway::to_http_1>);
static_assert(noexcept(std::declval<gateway::to_http_1&>().advance(stream, {}, {})));

TEST_CASE("[XC-18] a WebSocket goes down with a new key, and its 101 comes back as 200") {
  CHECK(told_of(asks_websocket) == websocket_down);
  CHECK(answered_with(agrees) == websocket_down + opened + "> early\n");
}

TEST_CASE("[XC-20] so does what has capsules, without a key") {
  down_program program = asking(asks_udp);
  program.take(connection,
               "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: connect-udp\r\n"
               "Capsule-Protocol: ?1\r\n\r\n");
  CHECK(program.story() ==
        "request connect-udp\n> GET /.well-known/masque/udp/192.0.2.6/443/ HTTP/1.1\n> Host: a\n"
        "> Connection: Upgrade\n> Upgrade: connect-udp\n> capsule-protocol: ?1\n>\n"
        "< :status: 200\n< capsule-protocol: ?1\n");
}

TEST_CASE("[XC-21] [IPX-11] DATA waits for the 101, and is dropped if the server refuses") {
  down_program program = asking(asks_websocket);
  program.take(stream, "early");
  CHECK(program.story() == websocket_down + held);
  CHECK(answered_with(not_found) ==
        websocket_down + "< :status: 404\n< content-length: 3\n< abc\n< END_STREAM\nclose\n");
  // While the content comes, what the client sends is dropped at once.
  CHECK(answered_with("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\na") ==
        websocket_down + "< :status: 404\n< content-length: 3\n< a\n");
}

TEST_CASE("[XC-18] a 101 without the right accept value is a 502, and nothing goes to the server") {
  std::string wrong = agrees;
  wrong.replace(wrong.find("s3pP"), 4, "S3pP");
  CHECK(answered_with(wrong) ==
        websocket_down + answered("502", errc::wrong_websocket_accept) + held);
  CHECK(answered_with("HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n") ==
        websocket_down + answered("502", errc::protocol_not_offered) + held);
  CHECK(answered_with("SSH-2.0-x\r\n") ==
        websocket_down + answered("502", errc::bad_http_version) + held);
}

TEST_CASE("[XC-22] a 2xx that switches nothing is a 502, and other answers are as they were") {
  CHECK(answered_with("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") ==
        websocket_down + answered("502", errc::success_without_switch) + held);
  CHECK(answered_with("HTTP/1.1 426 x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                      "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n") ==
        websocket_down +
            "< :status: 426\n< content-length: 0\n< sec-websocket-version: 13\n< END_STREAM\n"
            "close\n" +
            held);
}

TEST_CASE("[XC-22] interim responses go on, as long as there are not too many") {
  CHECK(answered_with("HTTP/1.1 103 x\r\nLink: y\r\n\r\n" + agrees) ==
        websocket_down + "< :status: 103\n< link: y\n" + opened + "> early\n");
  down_program program = asking(asks_websocket, {.limits = {.interim_responses = 1}});
  program.take(connection, "HTTP/1.1 102 x\r\n\r\nHTTP/1.1 102 x\r\n\r\n");
  CHECK(program.story() ==
        websocket_down + "< :status: 102\n" + answered("502", errc::too_many_interim_responses));
}

TEST_CASE("[XC-22] content loses its chunks, and may end with the connection") {
  CHECK(answered_with("HTTP/1.1 403 x\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "2;x\r\nab\r\n1\r\nc\r\n0\r\nTrailer: y\r\n\r\n") ==
        websocket_down + "< :status: 403\n< abc\n< END_STREAM\nclose\n");
  CHECK(answered_with("HTTP/1.1 403 x\r\n\r\nabc", true) ==
        websocket_down + "< :status: 403\n< abc\n< END_STREAM\nclose\n");
}

TEST_CASE("[XC-15] an answer that breaks off after its head resets the stream") {
  const std::string begun = websocket_down + "< :status: 403\n";
  CHECK(answered_with("HTTP/1.1 403 x\r\nContent-Length: 3\r\n\r\nab", true) ==
        begun + "< content-length: 3\n< ab\n< RST_STREAM internal\n> RST\nwhy incomplete\nclose\n");
  CHECK(answered_with("HTTP/1.1 403 x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n") ==
        begun + "< RST_STREAM internal\n> RST\nwhy bad_chunk_size\nclose\n");
}

TEST_CASE("[XC-15] END_STREAM is FIN, and FIN is END_STREAM") {
  for (const bool early : {true, false}) {
    CAPTURE(early);
    down_program program = asking(asks_websocket);
    if (early) program.end(stream);
    program.take(connection, agrees);
    if (!early) program.end(stream);
    CHECK(program.gateway.state() == gateway::state::client_ended);
    program.take(connection, "more");
    program.end(connection);
    CHECK(program.story() == websocket_down + opened + "> FIN\n< more\n< END_STREAM\nclose\n");
    CHECK(program.gateway.state() == gateway::state::closed);
  }
  down_program program = asking(asks_websocket);
  program.take(connection, agrees + "all");
  program.end(connection);
  CHECK(program.gateway.state() == gateway::state::server_ended);
  program.take(stream, "more");
  program.end(stream);
  CHECK(program.story() == websocket_down + opened + "< all\n< END_STREAM\n> more\n> FIN\nclose\n");
}

TEST_CASE("[XC-15] a reset of one side is a reset of the other in every state of a tunnel") {
  for (const int ended : {0, 1, 2}) {
    CAPTURE(ended);
    for (const bool of_stream : {true, false}) {
      down_program program = asking(asks_websocket);
      program.take(connection, agrees);
      if (ended == 1) program.end(stream);
      if (ended == 2) program.end(connection);
      (void)program.story();
      const std::string before = program.story();
      program.reset(of_stream ? stream : connection);
      CHECK(program.story().substr(before.size()) ==
            (of_stream ? "> RST\nclose\n"
                       : "< RST_STREAM cancelled\n> RST\nwhy incomplete\nclose\n"));
      CHECK(program.gateway.state() == gateway::state::closed);
    }
  }
  down_program program = asking(asks_connect, allows_connect);
  program.take(connection, "HTTP/1.1 200 OK\r\n\r\n");
  program.reset(connection);
  CHECK(program.story() == connect_down +
                               "< :status: 200\n< RST_STREAM connect\n> RST\nwhy incomplete\n"
                               "close\n");
}

TEST_CASE("[XC-15] a reset before the answer is a 502, or the end of the connection") {
  down_program refused = asking(asks_websocket);
  refused.reset(connection);
  CHECK(refused.story() == websocket_down + answered("502", errc::incomplete));
  down_program left = asking(asks_websocket);
  left.reset(stream);
  CHECK(left.story() == websocket_down + "> RST\nclose\n");
  down_program ended = asking(asks_websocket);
  ended.take(connection, "HTTP/1.1 101 x\r\n");
  ended.end(connection);
  CHECK(ended.story() == websocket_down + answered("502", errc::incomplete));
}

TEST_CASE("[XC-15] a reset while a refusal comes ends it") {
  for (const bool of_stream : {true, false}) {
    down_program program = asking(asks_websocket);
    program.take(connection, "HTTP/1.1 404 x\r\nContent-Length: 3\r\n\r\n");
    const std::string before = program.story();
    program.reset(of_stream ? stream : connection);
    CHECK(program.story().substr(before.size()) ==
          (of_stream ? "> RST\nclose\n" : "< RST_STREAM internal\n> RST\nwhy incomplete\nclose\n"));
  }
}

TEST_CASE("[XC-15] a stream that is reset after its end resets no connection") {
  down_program answered = asking(asks_websocket);
  answered.take(connection, "HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n");
  const std::string before = answered.story();
  answered.reset(stream);
  CHECK(answered.story().substr(before.size()) == "close\n");
  down_program ended = asking(asks_websocket);
  ended.take(connection, agrees);
  ended.end(connection);
  ended.end(stream);
  const std::string both = ended.story();
  ended.reset(stream);
  CHECK(ended.story().substr(both.size()) == "close\n");
}

TEST_CASE("a server that is late is answered for with 504, and a tunnel ends") {
  down_program late = asking(asks_websocket);
  late.time_out();
  CHECK(late.story() == websocket_down + answered("504", errc::timed_out));
  down_program idle = asking(asks_websocket);
  idle.take(connection, agrees);
  idle.time_out();
  CHECK(idle.story() ==
        websocket_down + opened + "< RST_STREAM cancelled\n> RST\nwhy timed_out\nclose\n");
}

TEST_CASE("[XC-14] a protocol that is not spoken is answered with 501, and so is WebTransport") {
  header_list other = asks_websocket;
  other[1].value = "foo";
  CHECK(told_of(other) == answered("501", errc::unknown_connect_protocol));
  other[1].value = "webtransport-h3";
  CHECK(told_of(other) == answered("501", errc::not_in_http_1));
}

TEST_CASE("[XC-05] [XC-20] a plain CONNECT is tunneled where that is allowed") {
  CHECK(told_of(asks_connect) == answered("501", errc::connect_not_allowed));
  down_program program = asking(asks_connect, allows_connect);
  program.take(stream, "early");
  CHECK(program.story() == connect_down + held);
  program.take(connection, "HTTP/1.1 299 x\r\nContent-Length: 3\r\nX: y\r\n\r\nabc");
  CHECK(program.story() == connect_down + "< :status: 200\n< x: y\n> early\n< abc\n");
  CHECK(program.early == 0);
}

TEST_CASE("[XC-05] a server that refuses a CONNECT gets none of its DATA") {
  down_program program = asking(asks_connect, allows_connect);
  program.take(stream, "early");
  program.take(connection, "HTTP/1.1 407 x\r\nContent-Length: 0\r\n\r\n");
  CHECK(program.story() ==
        connect_down + "< :status: 407\n< content-length: 0\n< END_STREAM\nclose\n" + held);
  CHECK(!program.gateway.keeps_alive());
  down_program switching = asking(asks_connect, allows_connect);
  switching.take(connection, agrees);
  CHECK(switching.story() == connect_down + answered("502", errc::unsolicited_switch));
}

TEST_CASE("[XC-16] [XC-24] a malformed request is a reset, and nothing goes to a server") {
  const std::string reset = "< RST_STREAM malformed\nwhy ";
  CHECK(told_of({}) == reset + "missing_pseudo_header\nclose\n");
  CHECK(told_of(with(asks_websocket, {"x", "a\r\nb: c"})) == reset + "control_octet\nclose\n");
  CHECK(told_of(with(asks_websocket, {"host", "b"})) == reset + "host_differs\nclose\n");
  CHECK(told_of(with(asks_websocket, {"upgrade", "websocket"})) ==
        reset + "connection_specific_field\nclose\n");
  header_list path = asks_websocket;
  path[3].value = "/ HTTP/1.1\r\nX:";
  CHECK(told_of(path) == reset + "control_octet\nclose\n");
}

TEST_CASE("[XC-05] CONNECT has no trailer section, before the answer or after") {
  down_program early = asking(asks_websocket);
  early.receive({{"x", "y"}});
  CHECK(early.story() ==
        websocket_down + "< RST_STREAM malformed\n> RST\nwhy content_not_allowed\nclose\n");
  down_program late = asking(asks_websocket);
  late.take(connection, agrees);
  late.receive({{"x", "y"}});
  CHECK(late.story() == websocket_down + opened +
                            "< RST_STREAM malformed\n> RST\nwhy content_not_allowed\nclose\n");
}

TEST_CASE("a request that is no CONNECT is the program's") {
  down_program program =
      asking({{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {":authority", "a"}});
  CHECK(program.story() == "ordinary\n");
  CHECK(program.gateway.state() == gateway::state::closed);
}

TEST_CASE("where no server can be reached, the program refuses, once") {
  down_program program{spoken};
  program.forwards = false;
  program.receive(asks_websocket);
  program.refuse({.status = 503});
  CHECK(program.story() == "request websocket\n< :status: 503\n< END_STREAM\nclose\n");
  program.refuse({.status = 503});
  CHECK(program.finals == 1);
  down_program unreachable{spoken};
  unreachable.forwards = false;
  unreachable.receive(asks_websocket);
  unreachable.reset(connection);
  CHECK(unreachable.story() == "request websocket\n" + answered("502", errc::incomplete));
}

TEST_CASE("what a server says before it was asked is a 502") {
  down_program program{spoken};
  program.forwards = false;
  program.receive(asks_websocket);
  program.take(connection, "HTTP/1.1 408 x\r\n\r\n");
  CHECK(program.story() == "request websocket\n" + answered("502", errc::unsolicited_response));
}

TEST_CASE("a connection can be kept after a whole answer, unless more came") {
  down_program kept = asking(asks_websocket);
  kept.take(connection, not_found);
  CHECK(kept.gateway.keeps_alive());
  down_program more = asking(asks_websocket);
  more.take(connection, not_found + "x");
  CHECK(!more.gateway.keeps_alive());
  down_program last = asking(asks_websocket);
  last.take(connection, "HTTP/1.1 404 x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(last.gateway.state() == gateway::state::answered);
  CHECK(!last.gateway.keeps_alive());
  down_program open = asking(asks_websocket);
  open.take(connection, agrees);
  CHECK(!open.gateway.keeps_alive());
  CHECK(open.gateway.is_open());
}

TEST_CASE("a request is forwarded once, and only the one that was judged") {
  std::array<field_line, 16> lines{};
  std::array<char, 512> out{};
  const extended_connect::list_space space{lines, out};
  gateway::to_http_1 one{spoken};
  CHECK(one.forward(asks_websocket, turns::gateway_nonce, space).why.code == errc::out_of_turn);
  CHECK(one.receive(asks_websocket, space).need == gateway::need::request);
  const gateway::to_http_1 before = one;
  CHECK(one.forward(asks_udp, turns::gateway_nonce, space).why.code == errc::foreign_agreement);
  CHECK(one.forward(asks_connect, turns::gateway_nonce, space).why.code == errc::foreign_agreement);
  CHECK(one.forward({}, turns::gateway_nonce, space).why.code == errc::missing_pseudo_header);
  CHECK(one.forward(asks_websocket, turns::gateway_nonce, {}).why.code == errc::no_space);
  CHECK(one == before);
  CHECK(!one.forward(asks_websocket, turns::gateway_nonce, space).octets.empty());
  CHECK(one.forward(asks_websocket, turns::gateway_nonce, space).why.code == errc::out_of_turn);
  CHECK(!(one == before));
}
