// A connection carries many messages: what was not switched goes on as HTTP/1.1, in order, with
// every octet where it belongs.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "support/fixtures.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile supported[] = {
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true}};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = supported};

const std::string plain{fixtures::plain_request};
const std::string asks{fixtures::upgrade_request};
const std::string posts = plus(with(plain, "GET", "POST"), "Content-Length: 5");

using output = std::array<char, 512>;
/// Reads what is left of a message. Returns its content, and what is after it.
template <class Handshake>
std::pair<std::string, std::string> read_content(Handshake& handshake, std::string_view unread) {
  std::string content;
  for (;;) {
    const auto now = handshake.receive(unread);
    if (now.what != decltype(now.what)::content) return {content, std::string{now.rest}};
    content += now.content;
    unread = now.rest;
  }
}

/// A client that has written its request.
client_handshake<proposal> waiting(const proposal& proposed = asked) {
  client_handshake client{proposed};
  output out{};
  CHECK(client.write_request(out));
  return client;
}

}  // namespace

TEST_CASE("[MSG-73] [MSG-84] [UPG-42] requests with content and a declined offer come in order") {
  server_handshake server{supported};
  const std::string offers = plus(with(asks, "GET", "POST"), "Content-Length: 3");
  std::string unread = posts + "hello" + offers + "one" + plain + asks + "NEW";
  const auto first = server.receive(unread);
  CHECK(first.what == server_step::ordinary_request);
  CHECK(server.start_over().error() == failure{errc::out_of_turn, 0});
  auto [content, rest] = read_content(server, first.rest);
  CHECK(content == "hello");
  CHECK(server.start_over());

  const std::string second_on = rest;
  const auto second = server.receive(second_on);
  CHECK(second.what == server_step::upgrade_offered);
  CHECK(server.decline());
  std::tie(content, rest) = read_content(server, second.rest);
  CHECK(content == "one");
  CHECK(server.start_over());

  const std::string third_on = rest;
  const auto third = server.receive(third_on);
  CHECK(third.what == server_step::ordinary_request);
  CHECK(third.framing == framing{});
  CHECK(server.start_over());
  const auto fourth = server.receive(third.rest);
  output out{};
  CHECK(fourth.early_data() == "NEW");
  CHECK(server.accept(*fourth.offer().agree({"foo", "2"}), out));
  CHECK(server.receive(fourth.rest).switched()->octets() == "NEW");
}

TEST_CASE(
    "[OPT-02] [UPG-44] [WS-70] early octets are reported, and are HTTP if there is no switch") {
  for (const std::string_view early : {"", "\x81\x05hello", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"}) {
    server_handshake server{supported};
    const std::string shown = asks + std::string{early};
    const auto now = server.receive(shown);
    CHECK(now.early_data() == early);
    CHECK(now.rest == early);
    output out{};
    CHECK(server.refuse({.status = 403}, out));
    CHECK(server.start_over());
    const auto next = server.receive(now.rest);
    CHECK(next.early_data().empty());
    if (early.empty()) CHECK(next.what == server_step::need_more);
    if (early.starts_with('\x81')) CHECK(next.what == server_step::failed);
    if (early.starts_with('G')) CHECK(next.what == server_step::ordinary_request);
  }
  server_handshake policy{supported};
  (void)policy.receive(asks + plain);
  output out{};
  CHECK(policy.refuse({.status = 400, .close = true}, out)->find("close") != std::string::npos);
  CHECK(policy.start_over().error() == failure{errc::out_of_turn, 0});
}

TEST_CASE(
    "[MSG-79] [CON-07] [CON-10] a server keeps the connection open if the request allows it") {
  struct {
    std::string_view version;
    std::string_view options;
    bool persists;
  } const cases[] = {{"HTTP/1.1", "", true},
                     {"HTTP/1.1", "Connection: keep-alive", true},
                     {"HTTP/1.1", "Connection: close", false},
                     {"HTTP/1.1", "Connection: keep-alive, CLOSE", false},
                     {"HTTP/1.1", "Connection: keep-alive\r\nConnection: close", false},
                     {"HTTP/1.1", "Connection: clo@se", false},
                     {"HTTP/1.0", "", false},
                     {"HTTP/1.0", "Connection: Keep-Alive", true},
                     {"HTTP/1.0", "Connection: keep-alive, close", false},
                     {"HTTP/1.2", "", true}};
  for (const auto& one : cases) {
    CAPTURE(one.options);
    CAPTURE(one.version);
    std::string request = with(plain, "HTTP/1.1", one.version);
    if (!one.options.empty()) request = plus(request, one.options);
    server_handshake server{supported};
    (void)server.receive(request);
    CHECK(server.is_persistent() == one.persists);
    server_handshake refuses = server;
    CHECK(server.start_over().error() ==
          (one.persists ? failure{} : failure{errc::not_persistent, 0}));
    output out{};
    const std::string answer{*refuses.refuse({.status = 404}, out)};
    CHECK((answer.find("close") == std::string::npos) == one.persists);
    CHECK(refuses.state() == (one.persists ? server_state::answered : server_state::closed));
  }
}

TEST_CASE("[UPG-45] [CON-07] after an offer with close, the connection switches or ends") {
  const std::string offer = with(asks, ": Upgrade", ": close, Upgrade");
  output out{};
  server_handshake server{supported};
  const auto now = server.receive(offer);
  CHECK(now.what == server_step::upgrade_offered);
  CHECK(!server.is_persistent());

  server_handshake accepts = server;
  CHECK(*accepts.accept(now.offer().agree({"foo", "2"}), out) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n");
  CHECK(accepts.receive("x").switched()->octets() == "x");

  server_handshake declines = server;
  CHECK(declines.decline());
  CHECK(!declines.is_persistent());
  CHECK(declines.start_over().error() == failure{errc::not_persistent, 0});

  CHECK(server.refuse({.status = 403}, out)->find("\r\nConnection: close\r\n") !=
        std::string::npos);
  CHECK(server.state() == server_state::closed);
}

TEST_CASE(
    "[MSG-73] [CON-09] after a refusal, the rest of the content is read before the next request") {
  for (std::size_t shown = 0; shown <= 5; ++shown) {
    server_handshake server{supported};
    CHECK(server.receive(posts).what == server_step::ordinary_request);
    (void)server.receive(std::string_view{"hello"}.substr(0, shown));
    output out{};
    CHECK(server.refuse({.status = 403}, out));
    CHECK(server.start_over().error() == (shown < 5 ? failure{errc::out_of_turn, 0} : failure{}));
    if (shown == 5) continue;
    const std::string rest = std::string{"hello"}.substr(shown) + plain;
    const auto [content, after] = read_content(server, rest);
    CHECK(content == std::string{"hello"}.substr(shown));
    CHECK(after == plain);
    CHECK(server.start_over());
    CHECK(server.receive(after).what == server_step::ordinary_request);
  }
}

TEST_CASE("[MSG-55] a refusal of HEAD has the length of its content, but no content") {
  server_handshake server{supported};
  (void)server.receive(with(plain, "GET", "HEAD"));
  output out{};
  CHECK(*server.refuse({.status = 404, .content = "gone"}, out) ==
        "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n");
}

TEST_CASE(
    "[UPG-21] [UPG-47] [OPT-09] [MSG-55] [MSG-69] a declined response is read to its own end") {
  struct {
    std::string response;
    std::string content;
    std::string_view after;
    bool reusable;
  } const cases[] = {
      {"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", "", "", true},
      {"HTTP/1.1 426 X\r\nConnection: upgrade\r\nUpgrade: foo\r\nContent-Length: 5\r\n\r\nhello",
       "hello", "", true},
      {"HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
       "hello", "", true},
      {"HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\n", "", "", true},
      {"HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n", "", "", true},
      {"HTTP/1.1 200 OK\r\nConnection: Upgrade, Keep-Alive\r\nUpgrade: h2,h2c\r\n"
       "Content-Length: 0\r\n\r\n",
       "", "", true},
      {"HTTP/1.0 404 X\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na", "a", "", true},
      {"HTTP/1.0 404 X\r\nContent-Length: 1\r\n\r\na", "a", "", false},
      {"HTTP/1.1 404 X\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", "a", "", false},
      {"HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\nHELLO", "", "HELLO", false},
      {"HTTP/1.1 426 X\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 101 X\r\n", "hello",
       "HTTP/1.1 101 X\r\n", false},
  };
  for (const auto& one : cases) {
    CAPTURE(one.response);
    auto client = waiting();
    const auto now = client.receive(one.response);
    CHECK(now.what == client_step::declined);
    const auto [content, after] = read_content(client, now.rest);
    CHECK(content == one.content);
    CHECK(after == one.after);
    CHECK(client.is_reusable() == one.reusable);
    CHECK(client.start_over(asked).error() ==
          (one.reusable ? failure{} : failure{errc::not_persistent, 0}));
  }
}

TEST_CASE("[MSG-69] [MSG-80] content that ends with the connection has no other end") {
  auto client = waiting();
  const std::string head = "HTTP/1.1 426 X\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n";
  const std::string shown = head + "hello";
  const auto now = client.receive(shown);
  CHECK(now.framing == framing{framing_kind::until_close, 0});
  CHECK(client.receive(now.rest).content == "hello");
  CHECK(client.receive({}).what == client_step::need_more);
  CHECK(!client.is_reusable());
  CHECK(client.input_ended({}));
  CHECK(client.receive({}).what == client_step::content_ended);
  CHECK(!client.is_reusable());
  auto shortened = waiting();
  (void)shortened.receive("HTTP/1.1 426 X\r\nContent-Length: 5\r\n\r\n");
  (void)shortened.receive("hell");
  CHECK(shortened.input_ended({}).error() == failure{errc::incomplete, 0});
  CHECK(shortened.state() == client_state::failed);
}

TEST_CASE("[MSG-55] the answer to HEAD has no content, and the next one begins after its head") {
  static constexpr profile any[] = {{.token = {"foo", "2"}, .methods = method::head}};
  static constexpr proposal heads{.method = method::head, .host = "a", .protocols = any};
  auto client = waiting(heads);
  const auto now = client.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  CHECK(now.framing == framing{});
  CHECK(client.receive(now.rest).what == client_step::content_ended);
  CHECK(client.is_reusable());
}
