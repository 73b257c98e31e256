// From a client of HTTP/1.1 to streams, as a program sees it that does what each turn says.
#include "turnout/connection/gateway/from_http_1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "support/gateway_messages.hpp"
#include "support/gateway_turns.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using turns::up_program;
using enum gateway::side;

const gateway::options allows_connect{.allow_connect = true};

/// A program whose client has sent octets.
up_program asking(std::string_view octets, const gateway::options& options = {}) {
  up_program program{spoken, options};
  program.take(connection, octets);
  return program;
}

/// What becomes of the WebSocket if the stream answers so, after octets that the client sent early.
std::string answered_with(const header_list& list, std::string_view data = {}, bool ends = false) {
  up_program program = asking(wants_websocket + "early");
  program.receive(list);
  program.take(stream, data);
  if (ends) program.end(stream);
  CHECK(program.early == 0);
  return program.story();
}

const std::string held = "held back: early\n";
const std::string bad_gateway = "502 Bad Gateway";

}  // namespace

static_assert(sizeof(gateway::from_http_1) <= 256);
static_assert(std::is_trivially_copyable_v<gateway::from_http_1>);
static_assert(noexcept(std::declval<gateway::from_http_1&>().advance(stream, {}, {})));

TEST_CASE("[XC-19] a WebSocket goes up without its key, and its 200 comes back as 101") {
  CHECK(asking(wants_websocket).story() == websocket_up);
  CHECK(answered_with(accepts, "back") == websocket_up + says_101 + "> early\n< back\n");
}

TEST_CASE("[XC-20] so does what has capsules, but not with 204") {
  up_program program = asking(wants_udp);
  program.receive({{":status", "200"}, {"capsule-protocol", "?1"}});
  CHECK(program.story() ==
        "> :method: CONNECT\n> :protocol: connect-udp\n> :scheme: https\n> :authority: a\n"
        "> :path: /.well-known/masque/udp/192.0.2.6/443/\n> capsule-protocol: ?1\n"
        "< HTTP/1.1 101 Switching Protocols\n< Connection: Upgrade\n< Upgrade: connect-udp\n"
        "< capsule-protocol: ?1\n<\n");
  up_program empty = asking(wants_udp);
  const std::string before = empty.story();
  empty.receive({{":status", "204"}});
  CHECK(empty.story().substr(before.size()) ==
        answered_up(bad_gateway, errc::status_without_capsules, "> RST_STREAM malformed\n"));
}

TEST_CASE(
    "[XC-21] what the client sends early waits for the 2xx, and is read as HTTP after another") {
  CHECK(asking(wants_websocket + "early").story() == websocket_up + held);
  up_program program = asking(wants_websocket + wants_websocket);
  program.receive({{":status", "404"}, {"content-length", "0"}});
  CHECK(program.story() ==
        websocket_up + "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n<\n" + websocket_up);
}

TEST_CASE("[XC-22] a 426 of a stream lists what the gateway can ask for") {
  CHECK(answered_with({{":status", "426"}, {"content-length", "0"}}) ==
        websocket_up +
            "< HTTP/1.1 426 Upgrade Required\n< Connection: Upgrade\n"
            "< Upgrade: websocket, connect-udp\n< Content-Length: 0\n<\n" +
            held);
}

TEST_CASE("[XC-03] without the server's setting nothing is asked") {
  up_program program{spoken};
  program.allowed = {};
  program.take(connection, wants_websocket);
  CHECK(program.story() == answered_up(bad_gateway, errc::connect_not_enabled));
}

TEST_CASE("[XC-22] other answers keep their status, and get chunks or their length") {
  CHECK(answered_with({{":status", "403"}, {"x", "y"}}, "abc", true) ==
        websocket_up +
            "< HTTP/1.1 403 Forbidden\n< x: y\n< Transfer-Encoding: chunked\n<\n< 3\n"
            "< abc\n< 0\n<\n" +
            held);
}

TEST_CASE("[XC-22] content of a known length is checked against it") {
  const header_list three{{":status", "403"}, {"content-length", "3"}};
  const std::string head = websocket_up + "< HTTP/1.1 403 Forbidden\n< Content-Length: 3\n<\n";
  up_program whole = asking(wants_websocket);
  whole.receive(three);
  whole.take(stream, "ab");
  whole.take(stream, "c");
  CHECK(whole.story() == head + "< abc\n");
  CHECK(whole.gateway.state() == gateway::state::reading_request);
  up_program more = asking(wants_websocket);
  more.receive(three);
  more.take(stream, "abcd");
  CHECK(more.story() == head + "> RST_STREAM malformed\n< RST\nwhy bad_content_length\nclose\n");
  up_program less = asking(wants_websocket);
  less.receive(three);
  less.take(stream, "ab");
  less.end(stream);
  CHECK(less.story() == head + "< ab\n< RST\nwhy incomplete\nclose\n");
}

TEST_CASE("[XC-22] trailers are left out, and malformed ones break the answer off") {
  up_program program = asking(wants_websocket);
  program.receive({{":status", "403"}});
  program.take(stream, "a");
  program.receive({{"x", "y"}});
  program.end(stream);
  CHECK(program.story() == websocket_up +
                               "< HTTP/1.1 403 Forbidden\n< Transfer-Encoding: chunked\n<\n< 1\n"
                               "< a\n< 0\n<\n");
  up_program broken = asking(wants_websocket);
  broken.receive({{":status", "403"}});
  const std::string before = broken.story();
  broken.receive({{"X", "y"}});
  CHECK(broken.story().substr(before.size()) ==
        "> RST_STREAM malformed\n< RST\nwhy bad_field_name\nclose\n");
}

TEST_CASE("[XC-22] interim responses go on, as long as there are not too many") {
  up_program program = asking(wants_websocket, {.limits = {.interim_responses = 1}});
  program.receive({{":status", "103"}, {"link", "x"}});
  CHECK(program.story() == websocket_up + "< HTTP/1.1 103 Early Hints\n< link: x\n<\n");
  const std::string before = program.story();
  program.receive({{":status", "103"}});
  CHECK(program.story().substr(before.size()) ==
        answered_up(bad_gateway, errc::too_many_interim_responses, "> RST_STREAM cancelled\n"));
}

TEST_CASE("[XC-11] [XC-12] a malformed answer is a 502, and resets the stream") {
  const std::string reset = "> RST_STREAM malformed\n";
  up_program switching = asking(wants_websocket);
  switching.receive({{":status", "101"}});
  CHECK(switching.story() ==
        websocket_up + answered_up(bad_gateway, errc::switch_in_http_2, reset));
  up_program hop = asking(wants_websocket);
  hop.receive({{":status", "200"}, {"upgrade", "websocket"}});
  CHECK(hop.story() ==
        websocket_up + answered_up(bad_gateway, errc::connection_specific_field, reset));
  up_program length = asking(wants_websocket);
  length.receive({{":status", "404"}, {"content-length", "x"}});
  CHECK(length.story() == websocket_up + answered_up(bad_gateway, errc::bad_content_length, reset));
}

TEST_CASE("[XC-15] FIN is END_STREAM, and END_STREAM is FIN") {
  for (const bool early : {true, false}) {
    CAPTURE(early);
    up_program program = asking(wants_websocket);
    if (early) program.end(connection);
    program.receive(accepts);
    if (!early) program.end(connection);
    CHECK(program.gateway.state() == gateway::state::client_ended);
    program.take(stream, "more");
    program.end(stream);
    CHECK(program.story() == websocket_up + says_101 + "> END_STREAM\n< more\n< FIN\nclose\n");
    CHECK(program.gateway.state() == gateway::state::closed);
  }
  up_program program = asking(wants_websocket);
  program.receive(accepts);
  program.take(stream, "all");
  program.end(stream);
  CHECK(program.gateway.state() == gateway::state::server_ended);
  program.take(connection, "more");
  program.end(connection);
  CHECK(program.story() == websocket_up + says_101 + "< all\n< FIN\n> more\n> END_STREAM\nclose\n");
}

TEST_CASE("[XC-15] a reset of one side is a reset of the other in every state of a tunnel") {
  for (const int ended : {0, 1, 2}) {
    CAPTURE(ended);
    for (const bool of_stream : {true, false}) {
      up_program program = asking(wants_websocket);
      program.receive(accepts);
      if (ended == 1) program.end(stream);
      if (ended == 2) program.end(connection);
      const std::string before = program.story();
      program.reset(of_stream ? stream : connection);
      CHECK(program.story().substr(before.size()) ==
            (of_stream ? "< RST\nwhy incomplete\nclose\n" : "> RST_STREAM cancelled\nclose\n"));
      CHECK(program.gateway.state() == gateway::state::closed);
    }
  }
}

TEST_CASE("[XC-15] a stream that ends or is reset before its answer is a 502") {
  up_program reset = asking(wants_websocket);
  reset.reset(stream);
  CHECK(reset.story() == websocket_up + answered_up(bad_gateway, errc::incomplete));
  up_program ended = asking(wants_websocket);
  ended.end(stream);
  CHECK(ended.story() == websocket_up + answered_up(bad_gateway, errc::incomplete));
  up_program left = asking(wants_websocket);
  left.reset(connection);
  CHECK(left.story() == websocket_up + "> RST_STREAM cancelled\nclose\n");
}

TEST_CASE("[XC-15] a reset while a refusal comes ends it") {
  for (const bool of_stream : {true, false}) {
    up_program program = asking(wants_websocket);
    program.receive({{":status", "403"}});
    const std::string before = program.story();
    program.reset(of_stream ? stream : connection);
    CHECK(program.story().substr(before.size()) ==
          (of_stream ? "< RST\nwhy incomplete\nclose\n" : "> RST_STREAM cancelled\nclose\n"));
  }
}

TEST_CASE("what is late is answered for: a client with 408, a stream with 504") {
  up_program client = asking("GET / HTTP/1.1\r\n");
  client.time_out();
  CHECK(client.story().find("< HTTP/1.1 408 Request Timeout\n") == 0);
  CHECK(client.closed);
  up_program server = asking(wants_websocket);
  server.time_out();
  CHECK(server.story() == websocket_up + answered_up("504 Gateway Timeout", errc::timed_out,
                                                     "> RST_STREAM cancelled\n"));
  up_program idle = asking(wants_websocket);
  idle.receive(accepts);
  idle.time_out();
  CHECK(idle.story() ==
        websocket_up + says_101 + "> RST_STREAM cancelled\n< RST\nwhy timed_out\nclose\n");
  up_program next{spoken};
  next.time_out();
  CHECK(next.story() == "close\n");
}

TEST_CASE("[XC-05] [XC-20] a plain CONNECT is tunneled where that is allowed") {
  CHECK(asking(wants_tunnel).story().find("< HTTP/1.1 501 Not Implemented\n") == 0);
  up_program program = asking(wants_tunnel + "early", allows_connect);
  CHECK(program.story() == tunnel_up + held);
  program.receive({{":status", "204"}, {"x", "y"}});
  program.take(stream, "back");
  CHECK(program.story() == tunnel_up + "< HTTP/1.1 200 OK\n<\n> early\n< back\n");
  CHECK(program.early == 0);
}

TEST_CASE("[XC-05] a CONNECT that is refused ends the connection, in HTTP/1.0 without content") {
  up_program program = asking(wants_tunnel + "early", allows_connect);
  program.receive({{":status", "407"}});
  program.take(stream, "no");
  program.end(stream);
  CHECK(program.story() == tunnel_up +
                               "< HTTP/1.1 407 Proxy Authentication Required\n< Connection: close\n"
                               "< Transfer-Encoding: chunked\n<\n< 2\n< no\n< 0\n<\nclose\n" +
                               held);
  up_program old = asking("CONNECT b:443 HTTP/1.0\r\nHost: b:443\r\n\r\n", allows_connect);
  old.receive({{":status", "103"}});
  old.receive({{":status", "407"}});
  CHECK(old.story() == tunnel_up +
                           "< HTTP/1.1 407 Proxy Authentication Required\n< Connection: close\n"
                           "< Content-Length: 0\n<\n> RST_STREAM cancelled\nclose\n");
  // A 304 without the fields of the response that it confirms would say nothing, and a 426 has to
  // name protocols.
  for (const std::string_view status : {"304", "426"}) {
    CAPTURE(status);
    up_program bare = asking("CONNECT b:443 HTTP/1.0\r\nHost: b:443\r\n\r\n", allows_connect);
    bare.receive({{":status", status}});
    CHECK(bare.story() == tunnel_up +
                              "< HTTP/1.1 502 Bad Gateway\n< Connection: close\n"
                              "< Content-Length: 0\n<\n> RST_STREAM cancelled\nclose\n");
  }
}

TEST_CASE("[XC-18] a WebSocket without a usable key is refused, and nothing is asked") {
  const auto with_key = [](const std::string& lines) {
    return "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + lines +
           "\r\n";
  };
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  CHECK(asking(with_key("")).story() ==
        answered_up("400 Bad Request", errc::missing_websocket_key));
  CHECK(asking(with_key(key + key)).story() ==
        answered_up("400 Bad Request", errc::repeated_websocket_key));
  CHECK(asking(with_key("Sec-WebSocket-Key: x\r\n")).story() ==
        answered_up("400 Bad Request", errc::bad_websocket_key));
}

TEST_CASE("requests that ask for nothing that a stream speaks are the program's") {
  constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string no_page = "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n<\n";
  CHECK(asking(get).story() == "why no_upgrade\nordinary\n" + no_page);
  CHECK(asking("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").story() ==
        "why no_upgrade\nordinary\ncontent abc\n" + no_page);
  CHECK(asking("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: webtransport-h3\r\n"
               "\r\n")
            .story() == "why no_common_protocol\nordinary\n" + no_page);
  static constexpr profile versioned[] = {{.token = {"foo", "2"}}};
  up_program foo{versioned};
  foo.take(connection,
           "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n");
  CHECK(foo.story() == "ordinary\n" + no_page);
}

TEST_CASE("[ENG-02] the rest of the request before it is used with one that is the program's") {
  std::array<field_line, 8> lines{};
  std::array<char, 512> out{};
  const extended_connect::list_space space{lines, out};
  static constexpr profile versioned[] = {{.token = {"foo", "2"}}};
  gateway::from_http_1 one{versioned};
  std::string unread =
      "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const std::string_view path : {"/1", "/2", "/3"}) {
    CAPTURE(path);
    const gateway::turn now = one.advance(connection, unread, space);
    CHECK(now.need == gateway::need::ordinary);
    CHECK(now.head.target.path == path);
    unread.erase(0, now.used);
    CHECK(one.responded());
  }
  CHECK(unread.empty());
}

TEST_CASE("a program may answer an ordinary request itself, and only that") {
  std::array<field_line, 8> lines{};
  std::array<char, 512> out{};
  const extended_connect::list_space space{lines, out};
  gateway::from_http_1 one{spoken};
  CHECK(one.responded().error().code == errc::out_of_turn);
  const std::string get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const gateway::turn now = one.advance(connection, get, space);
  CHECK(now.need == gateway::need::ordinary);
  CHECK(now.head.target.octets == "/");
  CHECK(one.connection_line() == "Connection: close\r\n");
  CHECK(one.responded());
  CHECK(one.advance(connection, "", space).need == gateway::need::close);
  gateway::from_http_1 other{spoken};
  CHECK(other.advance(connection, wants_websocket, space).need == gateway::need::request);
  CHECK(other.responded().error().code == errc::out_of_turn);
}

TEST_CASE("a request is forwarded once, and only the one that was judged") {
  std::array<field_line, 16> lines{};
  std::array<char, 512> out{};
  const extended_connect::list_space space{lines, out};
  extended_connect::enable_connect_protocol allowed;
  CHECK(allowed.see(8, 1));
  gateway::from_http_1 one{spoken};
  const auto forward = [&](std::string_view octets, const extended_connect::list_space& to) {
    return one.forward(octets, "https", allowed, to);
  };
  CHECK(forward(wants_websocket, space).why.code == errc::out_of_turn);
  CHECK(one.advance(connection, wants_websocket, space).need == gateway::need::request);
  const gateway::from_http_1 before = one;
  CHECK(forward(wants_tunnel, space).why.code == errc::foreign_agreement);
  CHECK(forward(wants_udp, space).why.code == errc::foreign_agreement);
  CHECK(forward("", space).why.code == errc::foreign_agreement);
  CHECK(forward(wants_websocket, {}).why.code == errc::no_space);
  CHECK(one == before);
  CHECK(forward(wants_websocket, space).list.size() == 6);
  CHECK(forward(wants_websocket, space).why.code == errc::out_of_turn);
  CHECK(!(one == before));
  CHECK(one.refuse({.status = 503}, space).reset_stream == gateway::stream_error::cancelled);
  CHECK(one.refuse({.status = 503}, space).why.code == errc::out_of_turn);
}
