// What the probe reads and writes: URLs, frames, answers, and messages that are made to fit.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "adapt.hpp"
#include "frame.hpp"
#include "handshake.hpp"
#include "url.hpp"
#include "wire.hpp"

using namespace std::string_literals;
using wire::answer, wire::read_answer, probe::read_frame, probe::scenario;

namespace {

const url here = *parse_url("ws://127.0.0.1:8080/ws?a=1");

scenario asking(const std::string& request, const std::string& profile = "websocket") {
  scenario one;
  one.profile = profile;
  one.request = request;
  one.expected = {{.what = "switch"}};
  return one;
}

std::string adapted(const std::string& request, const std::string& profile = "websocket") {
  return probe::request_for(asking(request, profile), here, "").octets;
}

constexpr auto get = turnout::method::get;

}  // namespace

TEST_CASE("a URL says where to connect and what to ask") {
  const auto whole = parse_url("wss://example.org:8443/chat?room=1#part");
  REQUIRE(whole);
  CHECK(whole->is_secure);
  CHECK(whole->is_websocket);
  CHECK(whole->host == "example.org");
  CHECK(whole->port == "8443");
  CHECK(whole->authority == "example.org:8443");
  CHECK(whole->target == "/chat?room=1");

  const auto bare = parse_url("http://example.org");
  REQUIRE(bare);
  CHECK(!bare->is_secure);
  CHECK(!bare->is_websocket);
  CHECK(bare->port == "80");
  CHECK(bare->target == "/");
  CHECK(parse_url("https://a/")->port == "443");
  CHECK(parse_url("ws://a:80/")->authority == "a");
  CHECK(parse_url("ws://a?b")->target == "/?b");
  CHECK(parse_url("ws://[::1]:9/")->host == "::1");
  CHECK(parse_url("ws://[::1]/")->authority == "[::1]");
}

TEST_CASE("a text that is no such URL is none") {
  for (const char* const text : {"", "ws:", "ws://", "ftp://a/", "ws://:80/", "ws://a:/",
                                 "ws://a:b/", "ws://u@a/", "ws://a b/", "ws://a/\r\n", "a:80"})
    CHECK_MESSAGE(!parse_url(text), text);
}

TEST_CASE("frames are read as they are written") {
  const std::string masked = probe::client_frame(probe::opcode::ping, "hello");
  const auto read = read_frame(masked + "more");
  REQUIRE(read);
  CHECK(read->code == probe::opcode::ping);
  CHECK(read->is_masked);
  CHECK(read->is_sound);
  CHECK(read->payload == "hello");
  CHECK(read->size == masked.size());
  CHECK(!read_frame(probe::server_frame(probe::opcode::text, "x"))->is_masked);
  for (std::size_t size = 0; size < masked.size(); ++size)
    CHECK(!read_frame(std::string_view{masked}.substr(0, size)));
}

TEST_CASE("a frame may be long, and is not sound with a reserved bit or opcode") {
  const std::string payload(300, 'x');
  const auto read = read_frame("\x82\x7e\x01\x2c"s + payload);
  REQUIRE(read);
  CHECK(read->payload == payload);
  CHECK(read_frame("\xc1\x00"s)->is_sound);  // compressed
  CHECK(!read_frame("\xa1\x00"s)->is_sound);
  CHECK(!read_frame("\x83\x00"s)->is_sound);
  CHECK(!read_frame("\x08\x00"s)->is_sound);  // a fragment of a close
  CHECK(!read_frame("\xc9\x00"s)->is_sound);  // a compressed ping
  const auto response = read_frame("HTTP/1.1 400 Bad Request\r\n\r\n" + payload);
  REQUIRE(response);
  CHECK(!response->is_sound);
}

TEST_CASE("an answer ends with its content") {
  const std::string found = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  for (std::size_t size = 0; size < found.size(); ++size)
    CHECK(!read_answer(std::string_view{found}.substr(0, size), get, false));
  const auto read = read_answer(found + "HTTP/1.1 404", get, false);
  REQUIRE(read);
  CHECK(read->what == answer::kind::refused);
  CHECK(read->status == 200);
  CHECK(read->end == found.size());
  CHECK(read->is_persistent);
  CHECK(read_answer(found.substr(0, found.size() - 2), turnout::method::head, false)->status ==
        200);
  CHECK(read_answer(found.substr(0, found.size() - 1), get, true)->what == answer::kind::broken);
}

TEST_CASE("an answer without a length ends with the connection") {
  const std::string open = "HTTP/1.1 200 OK\r\n\r\nok";
  CHECK(!read_answer(open, get, false));
  const auto read = read_answer(open, get, true);
  REQUIRE(read);
  CHECK(read->what == answer::kind::refused);
  CHECK(!read->is_persistent);
  CHECK(!read_answer("HTTP/1.1 404 N\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", get, false)
             ->is_persistent);
}

TEST_CASE("interim responses come before the answer, and a 101 ends with its head") {
  const std::string hints = "HTTP/1.1 103 Early Hints\r\n\r\n";
  CHECK(!read_answer(hints, get, false));
  const auto read = read_answer(hints + "HTTP/1.1 101 X\r\n\r\n\x81\x01x", get, false);
  REQUIRE(read);
  CHECK(read->what == answer::kind::switched);
  CHECK(read->begin == hints.size());
  CHECK(read->end == hints.size() + 18);
}

TEST_CASE("what is no response is broken") {
  CHECK(read_answer("SSH-2.0-x\r\n\r\n", get, false)->what == answer::kind::broken);
  CHECK(read_answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", get, false)
            ->what == answer::kind::broken);
  CHECK(
      read_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", get, false)->what ==
      answer::kind::broken);
  CHECK(!read_answer("", get, true));
}

TEST_CASE("a request gets the path and the host of the server") {
  CHECK(adapted("GET /chat HTTP/1.1\r\nHost: a\r\n\r\n") ==
        "GET /ws?a=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
  CHECK(adapted("GET http://a/chat HTTP/1.1\r\nHost: a\r\n\r\n") ==
        "GET http://127.0.0.1:8080/ws?a=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
}

TEST_CASE("what a case is about stays as it is") {
  for (const char* const request :
       {"GET /a b HTTP/1.1\r\nHost: a/b\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a:\r\n\r\n", "GET /#x HTTP/1.1\r\nHost : a\r\n\r\n",
        "nonsense", "GET /x\nHost: a\n\n"})
    CHECK(adapted(request) == request);
}

TEST_CASE("an invented protocol becomes WebSocket") {
  const std::string request =
      "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";
  const std::string made = adapted(request, "foo/2");
  CHECK(made.find("Upgrade: websocket\r\n") != made.npos);
  CHECK(made.find("Sec-WebSocket-Key: ") != made.npos);
  CHECK(adapted(request, "none").find("Upgrade: foo/2\r\n") != std::string::npos);
  CHECK(adapted("POST" + request.substr(3), "foo/2").find("foo/2") != std::string::npos);
}

TEST_CASE("a response gets the accept value that the key demands, where the case has it right") {
  scenario one = asking(probe::handshake_for(here, ""));
  one.response = "HTTP/1.1 101 X\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  const std::string asked =
      "GET / HTTP/1.1\r\nHost: b\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  CHECK(probe::response_for(one, asked) ==
        "HTTP/1.1 101 X\r\nSec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n");
  one.response = "HTTP/1.1 101 X\r\nSec-WebSocket-Accept: t3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  CHECK(probe::response_for(one, asked) == one.response);
}

TEST_CASE("what follows the switch becomes a ping") {
  const std::string request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
  scenario one = asking(request + "octets");
  one.expected.front().leftover = 6;
  const std::string ping = probe::client_frame(probe::opcode::ping, probe::ping_payload);
  CHECK(probe::request_for(one, here, "").octets.ends_with("\r\n\r\n" + ping));
  one.expected.front().what = "ordinary";
  CHECK(probe::request_for(one, here, "").octets.ends_with("\r\n\r\noctets"));
}

TEST_CASE("requests that come before stay as they are") {
  const std::string page = "POST /page HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
  scenario one = asking(page + "GET /x HTTP/1.1\r\nHost: a\r\nUpgrade: foo/2\r\n\r\n", "foo/2");
  one.expected.front().before = 1;
  const std::string made = probe::request_for(one, here, "").octets;
  CHECK(made.starts_with(page + "GET /ws?a=1 HTTP/1.1\r\nSec-WebSocket-Key: "));
  CHECK(made.find("Host: 127.0.0.1:8080\r\nUpgrade: websocket\r\n") != made.npos);
}
