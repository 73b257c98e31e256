// The handshakes compared with the reference implementation: for every input, however it comes,
// both say that the same happens.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/beside.hpp"
#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace beside;
using edits::for_each_edit;
using fixtures::plus, fixtures::with;

void check_clients(const text& octets, cuts made = cuts::all) {
  CHECK(upgrade_client(octets, made) == "");
  CHECK(head_client(octets, made) == "");
  CHECK(tls_client(octets, made) == "");
  CHECK(content_client(octets, made) == "");
  CHECK(tunnel_client(octets, made) == "");
  CHECK(websocket_client(octets, made) == "");
}

const text plain{fixtures::plain_request};
const text asks{fixtures::upgrade_request};
const text agrees{fixtures::upgrade_response};
const text chunks = "5;a=b;c=\"d;\\\"e\"\r\nhello\r\n0A \t; x\r\n0123456789\r\n0\r\nT: x\r\n\r\n";

const text head_of_post = "POST / HTTP/1.1\r\nHost: a\r\n";

text post(const text& fields) { return head_of_post + fields + "\r\n\r\n"; }
text asks_for_bar(const text& fields) {
  return plus(with(with(asks, "foo/2", "bar"), "GET", "POST"), fields);
}
text answer(const text& status, const text& fields) {
  return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n\r\n";
}

/// Requests with content, with another one or the new protocol after them.
const std::vector<text> requests_with_content{
    asks_for_bar("Content-Length: 5") + "helloNEW",
    asks_for_bar("Transfer-Encoding: chunked") + chunks + "NEW",
    asks_for_bar("Expect: 100-continue\r\nContent-Length: 5") + "helloNEW",
    asks_for_bar("Expect: 100-continue\r\nTransfer-Encoding: gzip, chunked") + "0\r\n\r\nNEW",
    post("Content-Length: 5") + "hello" + asks + "NEW",
    post("Transfer-Encoding: chunked") + chunks + plain,
    post("Expect: 100-continue\r\nContent-Length: 0") + plain,
    post("Connection: close\r\nContent-Length: 5") + "hello" + plain,
    with(post("Connection: keep-alive\r\nContent-Length: 2"), "HTTP/1.1", "HTTP/1.0") + "hi" + asks,
    with(post("Expect: foo\r\nContent-Length: 2"), "HTTP/1.1", "HTTP/1.0") + "hi" + plain,
    post("Connection: upgrade\r\nUpgrade: foo/2\r\nContent-Length: 5") + "hello" + plain,
    "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nConnection: upgrade\r\nUpgrade: bar\r\n\r\n" + plain,
    "OPTIONS * HTTP/1.1\r\nHost: a\r\nUpgrade: TLS/1.3\r\nConnection: Upgrade\r\n\r\n\x16\x03",
};

/// Responses that decline, or open a tunnel, with and without content.
const std::vector<text> responses_with_content{
    answer("404 Not Found", "Content-Length: 5") + "hello",
    answer("404 Not Found", "Content-Length: 5") + "hello" + agrees,
    answer("200 OK", "Connection: close\r\nContent-Length: 5") + "hello",
    with(answer("200", "Connection: keep-alive\r\nContent-Length: 5"), "1.1", "1.0") + "hello",
    answer("200 OK", "Transfer-Encoding: chunked") + chunks,
    answer("200 OK", "Transfer-Encoding: foo,\r\n chunked") + "0\r\nT:\r\n x\r\nU: y\r\n\r\n",
    answer("200 OK", "Transfer-Encoding: chunked, foo") + "hello",
    answer("426 X", "Connection: upgrade\r\nUpgrade: foo/2") + "hello",
    answer("204 No Content", "Content-Length: 5") + "hello",
    answer("304 Not Modified", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
    answer("200 OK", "Transfer-Encoding: chunked\r\nContent-Length: 5") + chunks,
    answer("100 Continue", "X: y") + answer("417 Expectation Failed", "Content-Length: 0"),
    answer("101 X", "Connection: upgrade\r\nUpgrade: TLS/1.3, HTTP/1.1") + "\x16\x03",
};

/// A message around a slot, and what the slot is filled with: up to `most` of the letters.
struct slot {
  text before;
  std::vector<std::string_view> letters;
  std::size_t most;
  text after;
};

const text chunked = "Transfer-Encoding: chunked";
const std::vector<std::string_view> codings{"chunked", "gzip", "foo", ",", ";", "a=b", "\""};

const slot slots_of_requests[] = {
    {asks_for_bar(chunked), {"5", ";", "a", "=", "\"", "\\", " ", "\r", "\n"}, 4, "\r\n0\r\n\r\n"},
    {post(chunked), {"5", "F", "0", "g", "-", "\r\n", "xxxxx"}, 5, "\r\n0\r\n\r\n"},
    {post(chunked) + "0\r\n", {"a", ":", " ", "\r\n", "\r", "\n"}, 5, "\r\n\r\n" + plain},
    {head_of_post + "Transfer-Encoding: ", codings, 4, "\r\n\r\n" + chunks},
    {head_of_post + "Content-Length: ", {"5", "0", "+", ",", " ", "\r\nX:"}, 4, "\r\n\r\nhello"},
    {head_of_post + "Connection:", {"close", "keep-alive", ",", " ", "@"}, 4, "\r\n\r\n" + asks},
};

const slot slots_of_responses[] = {
    {answer("200", chunked) + "0\r\n", {"a", ":", " ", "\r\n", "\r", "\n"}, 5, "\r\n\r\n"},
    {"HTTP/1.1 200\r\nTransfer-Encoding: ", codings, 4, "\r\n\r\n" + chunks},
    {"HTTP/1.1 2", {"0", "4", "00", "\r\nContent-Length: 5", "\r\n", " "}, 4, "\r\n\r\nhello"},
};

void check_each(const slot& filled, const auto& check) {
  corpus::for_each_small(filled.before, filled.letters, filled.most, filled.after,
                         [&check](const text& octets) { check(octets, cuts::few); });
}

}  // namespace

TEST_CASE("[ENG-01] [ENG-02] [ENG-08] a server agrees with the reference about the corpus") {
  for (const auto& one : corpus::requests) CHECK(server(one.octets) == "");
  for (const text& one : requests_with_content) CHECK(server(one) == "");
}

TEST_CASE("[ENG-01] [ENG-02] [UPG-25] clients agree with the reference about the corpus") {
  for (const auto& one : corpus::responses) check_clients(one.octets);
  for (const auto& one : corpus::websocket_responses) check_clients(one.octets);
  for (const text& one : responses_with_content) check_clients(one);
}

TEST_CASE(
    "[ENG-01] [MSG-84] [UPG-44] [MSG-73] both agree with the reference about several messages") {
  std::vector<text> requests = requests_with_content;
  requests.insert(requests.end(), {plain, asks, text{fixtures::websocket_request}});
  for (const text& one : requests)
    for (const text& other : requests) CHECK(server(one + other) == "");
  const text hint = answer("103 Early Hints", "Upgrade: bar\r\nConnection: close");
  text hints;
  for (int i = 0; i < 17; ++i) {
    check_clients(hints + agrees);
    hints += i % 2 == 0 ? hint : answer("100 Continue", "Content-Length: 5");
  }
  check_clients(hints + agrees, cuts::few);
  for (const text& one : responses_with_content) check_clients(hint + one + hint);
}

TEST_CASE(
    "[ENG-01] [MSG-70] [MSG-71] [UPG-27] [UPG-28] both agree with the reference about edited "
    "content") {
  const auto edit = [](const text& head, const text& content, const auto& side) {
    for_each_edit(head + content, head.size(),
                  [&side](const text& edited) { CHECK(side(edited, cuts::all) == ""); });
  };
  const auto at_server = [](const text& octets, cuts made) { return server(octets, made); };
  edit(asks_for_bar(chunked), chunks + "NEW", at_server);
  edit(asks_for_bar("Expect: 100-continue\r\nContent-Length: 5"), "helloNEW", at_server);
  edit(post("Content-Length: 5"), "hello" + plain, at_server);
  edit(answer("200 OK", chunked), chunks, upgrade_client);
}

TEST_CASE(
    "[ENG-01] [UPG-27] [UPG-28] [UPG-30] both agree with the reference if the 101 precedes the "
    "content") {
  const auto check = [](const text& octets) {
    CHECK(server(octets, cuts::few, answers::at_once) == "");
  };
  for (const auto& one : corpus::requests) check(one.octets);
  for (const text& one : requests_with_content) {
    CHECK(server(one, cuts::all, answers::at_once) == "");
    for_each_edit(one, one.find("\r\n\r\n"), check);
  }
}

TEST_CASE("[ENG-01] [MSG-09] [MSG-80] both agree with the reference about edited valid messages") {
  const auto at_server = [](const text& edited) { CHECK(server(edited, cuts::few) == ""); };
  const auto at_client = [](const text& edited) { CHECK(upgrade_client(edited, cuts::few) == ""); };
  const auto at_websocket = [](const text& edited) {
    CHECK(websocket_client(edited, cuts::few) == "");
  };
  for (const text& one : requests_with_content) for_each_edit(one, 0, at_server);
  for (const text& one : responses_with_content) for_each_edit(one, 0, at_client);
  for (const auto& one : corpus::requests)
    if (one.what != turnout::server_step::failed) for_each_edit(one.octets, 0, at_server);
  for (const auto& one : corpus::responses)
    if (one.what != turnout::client_step::failed) for_each_edit(one.octets, 0, at_client);
  for (const auto& one : corpus::websocket_responses)
    if (one.what != turnout::client_step::failed) for_each_edit(one.octets, 0, at_websocket);
}

TEST_CASE(
    "[ENG-01] [MSG-70] [MSG-71] [MSG-60] [MSG-79] both agree with the reference about all small "
    "framings") {
  for (const slot& one : slots_of_requests)
    check_each(one, [](const text& octets, cuts made) { CHECK(server(octets, made) == ""); });
  for (const slot& one : slots_of_responses)
    check_each(one,
               [](const text& octets, cuts made) { CHECK(upgrade_client(octets, made) == ""); });
}

TEST_CASE("[ENG-03] [MSG-71] [UPG-49] both agree with the reference at the limits") {
  for (const std::size_t size : {63u, 64u, 65u, 66u}) {
    text list;
    for (std::size_t i = 1; i < size; ++i) list += i % 2 == 0 ? "," : "a,";
    for (const text last : {"", "foo/2", "bar,"}) {
      CHECK(server(with(asks, "foo/2", list + last)) == "");
      CHECK(upgrade_client(with(agrees, "Connection: ", "Connection: " + list)) == "");
    }
    CHECK(server(with(plain, "Host: a", "Host: a\r\nConnection: " + list + "close") + plain) == "");
    CHECK(server(plus(asks, "Expect: " + text(size - 1, ',') + "100-continue")) == "");
    CHECK(server(post("Transfer-Encoding: " + list + "chunked") + chunks) == "");
  }
  for (const std::size_t size : {255u, 256u, 257u}) {
    const text line = "5;" + text(size - 2, 'a');
    CHECK(server(post(chunked) + line) == "");
    CHECK(server(post(chunked) + line + "\r\nhello\r\n0\r\n\r\n") == "");
  }
  for (const text number : {"FFFFFFFFFFFFFFFF", "10000000000000000", "00000000000000005"})
    CHECK(server(post(chunked) + number + "\r\nhello\r\n0\r\n\r\n") == "");
  for (const text number : {"18446744073709551615", "18446744073709551616"})
    CHECK(server(post("Content-Length: " + number) + "hello") == "");
}

TEST_CASE("[ENG-08] [UPG-01] the reference understands the requests of each client") {
  CHECK(upgrade_client.asked() ==
        "offer GET /x\noffered foo/2\noffered bar\nanswer switched foo/2\nrest \nrest ");
  CHECK(head_client.asked() == "offer HEAD /\noffered bar\nanswer switched bar\nrest \nrest ");
  CHECK(tls_client.asked() ==
        "offer OPTIONS *\noffered TLS/1.3\nanswer switched TLS/1.3\nrest \nrest ");
  CHECK(content_client.asked() == "offer POST /\noffered bar\nawaits 100\ncontent \nincomplete");
  CHECK(tunnel_client.asked() == "tunnel CONNECT a:443\nanswer switched \nrest \nrest ");
  CHECK(websocket_client.asked() ==
        "offer GET /chat\noffered websocket\nanswer switched websocket\nrest \nrest ");
}

TEST_CASE(
    "[ENG-01] [MSG-73] both agree with the reference that a refusal with close ends a connection") {
  const text asked{fixtures::websocket_request};
  const text closing = with(asked, "Connection: Upgrade", "Connection: close, Upgrade");
  const text refused = with(closing, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 12");
  for (const answers when : {answers::at_once, answers::behind_content})
    for (const text& one : {asked, closing, refused})
      for (const text& next : {text{}, plain, text(3, '\0')})
        CHECK(server(one + next, cuts::all, when) == "");
}
