// What the probe says of what it has seen.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "client_judge.hpp"
#include "frame.hpp"
#include "handshake.hpp"
#include "proxy_judge.hpp"
#include "server_judge.hpp"

using probe::client_talk, probe::proxy_talk, probe::scenario, probe::server_talk, probe::verdict;
using kind = probe::verdict::kind;

namespace {

const url here = *parse_url("ws://a/chat");
const std::string asks = probe::handshake_for(here, "");
const std::string switches =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
const std::string refuses = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
const std::string page = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

scenario expecting(probe::outcome wanted) {
  scenario one;
  one.profile = "websocket";
  one.level = "must";
  one.section = "RFC 6455 section 4.2.1";
  one.expected = {std::move(wanted)};
  return one;
}

server_talk server_said(std::string received, bool ended = false) {
  server_talk seen;
  seen.sent = asks;
  seen.offers_websocket = true;
  seen.answered = wire::read_answer(received, turnout::method::get, ended);
  seen.received = std::move(received);
  seen.ended = ended;
  return seen;
}

verdict of_server(probe::outcome wanted, const server_talk& seen) {
  return probe::judge_server(expecting(std::move(wanted)), seen, here, true);
}

client_talk client_did(std::string then, bool ended = false) {
  return {asks, switches, std::move(then), ended};
}

verdict of_client(std::string what, const client_talk& seen) {
  return probe::judge_client(expecting({.what = std::move(what)}), seen, false);
}

proxy_talk proxy_did(std::string passed, std::string answered, std::string received,
                     bool tunnels = false) {
  proxy_talk seen;
  seen.sent = asks;
  seen.offers_websocket = true;
  seen.reached = !passed.empty();
  seen.passed = std::move(passed);
  seen.answered = std::move(answered);
  seen.response = wire::read_answer(received, turnout::method::get, false);
  seen.received = std::move(received);
  seen.tunnels = tunnels;
  return seen;
}

verdict of_proxy(probe::outcome wanted, const proxy_talk& seen) {
  return probe::judge_proxy(expecting(std::move(wanted)), seen);
}

}  // namespace

TEST_CASE("a server that should switch") {
  CHECK(of_server({.what = "switch"}, server_said(switches)).what == kind::passed);
  CHECK(of_server({.what = "switch"}, server_said(refuses)).what == kind::failed);
  CHECK(of_server({.what = "switch"}, server_said(page)).what == kind::failed);
  CHECK(of_server({.what = "switch"}, server_said("")).what == kind::failed);
  CHECK(of_server({.what = "switch"}, server_said("", true)).what == kind::failed);
}

TEST_CASE("a server of HTTP alone declines") {
  CHECK(probe::judge_server(expecting({.what = "switch"}), server_said(page), here, false).what ==
        kind::passed);
}

TEST_CASE("a server that switches has to do it right") {
  std::string wrong = switches;
  wrong.replace(wrong.find("s3p"), 3, "t3p");
  const verdict judged = of_server({.what = "switch"}, server_said(wrong));
  CHECK(judged.what == kind::failed);
  CHECK(judged.level == "must");
  server_talk deaf = server_said(switches);
  deaf.pong = false;
  CHECK(of_server({.what = "switch"}, deaf).section == "RFC 6455 section 5.5.2");
  deaf.pong = true;
  CHECK(of_server({.what = "switch"}, deaf).what == kind::passed);
}

TEST_CASE("a server that must refuse") {
  const probe::outcome refuse{.what = "refuse", .statuses = {"400"}};
  CHECK(of_server(refuse, server_said(refuses)).what == kind::passed);
  CHECK(of_server(refuse, server_said("", true)).what == kind::passed);
  CHECK(of_server(refuse, server_said("")).what == kind::failed);
  CHECK(of_server(refuse, server_said(page)).what == kind::failed);
  CHECK(of_server(refuse, server_said(switches)).what == kind::failed);
  const verdict other =
      of_server(refuse, server_said("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
  CHECK(other.what == kind::failed);
  CHECK(other.level == "should");
}

TEST_CASE("a server that must not switch may answer as it likes, but soundly") {
  CHECK(of_server({.what = "ordinary"}, server_said(page)).what == kind::passed);
  CHECK(of_server({.what = "ordinary"}, server_said(refuses)).what == kind::passed);
  CHECK(of_server({.what = "ordinary"}, server_said(switches)).what == kind::failed);
  const std::string two = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n";
  CHECK(of_server({.what = "ordinary"}, server_said(two)).what == kind::failed);
  const std::string chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n";
  CHECK(of_server({.what = "ordinary"}, server_said(chunk)).what == kind::failed);
  server_talk lost = server_said(page);
  lost.next_is_read = false;
  CHECK(of_server({.what = "ordinary"}, lost).section == "RFC 9112 section 9.3");
}

TEST_CASE("a server that waits for more") {
  CHECK(of_server({.what = "incomplete"}, server_said("")).what == kind::passed);
  CHECK(of_server({.what = "incomplete"}, server_said("", true)).what == kind::passed);
  CHECK(of_server({.what = "incomplete"}, server_said(switches)).what == kind::failed);
  CHECK(of_server({.what = "incomplete"}, server_said("HTTP/1.1 2", true)).what == kind::failed);
}

TEST_CASE("a case about a server that speaks nothing is skipped") {
  scenario one = expecting({.what = "ordinary"});
  one.profile = "none";
  server_talk seen = server_said(switches);
  seen.offers_websocket = false;
  CHECK(probe::judge_server(one, seen, here, true).what == kind::skipped);
}

TEST_CASE("a failure of a server is explained") {
  const std::string text = probe::explain_server(server_said(refuses), false);
  CHECK(text.find("refused: 400") != text.npos);
  CHECK(text.find("GET /chat HTTP/1.1") != text.npos);
}

TEST_CASE("the next octets of a client tell what it makes of a response") {
  using probe::opcode::close, probe::opcode::text;
  CHECK(reaction_of(client_did(probe::client_frame(text, "x"))) == probe::reaction::took);
  CHECK(reaction_of(client_did(probe::client_frame(close, "\x03\xea"))) == probe::reaction::closed);
  CHECK(reaction_of(client_did("", true)) == probe::reaction::closed);
  CHECK(reaction_of(client_did("")) == probe::reaction::silent);
  CHECK(reaction_of(client_did("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) ==
        probe::reaction::asked_again);
  // A server's frame is none of a client.
  CHECK(reaction_of(client_did(probe::server_frame(text, "x"))) == probe::reaction::silent);
}

TEST_CASE("a client that should take the switch, or not") {
  const client_talk took = client_did(probe::client_frame(probe::opcode::text, "x"));
  const client_talk gone = client_did("", true);
  const client_talk silent = client_did("");
  CHECK(of_client("switched", took).what == kind::passed);
  CHECK(of_client("switched", gone).what == kind::failed);
  CHECK(of_client("switched", silent).what == kind::failed);
  CHECK(of_client("failed", took).what == kind::failed);
  CHECK(of_client("failed", gone).what == kind::passed);
  CHECK(of_client("failed", silent).what == kind::failed);
  CHECK(of_client("refused", took).what == kind::failed);
  CHECK(of_client("refused", silent).what == kind::passed);
  CHECK(of_client("incomplete", took).what == kind::failed);
  CHECK(of_client("incomplete", silent).what == kind::passed);
}

TEST_CASE("a client that takes the switch answers a ping, or ends") {
  const scenario one = expecting({.what = "switched"});
  const std::string text = probe::client_frame(probe::opcode::text, "x");
  const std::string pong = probe::client_frame(probe::opcode::pong, "x");
  CHECK(probe::judge_client(one, client_did(text), true).what == kind::failed);
  CHECK(probe::judge_client(one, client_did(text + pong), true).what == kind::passed);
  CHECK(probe::judge_client(one, client_did(text, true), true).what == kind::passed);
}

TEST_CASE("a case that is another one for this client does not apply") {
  CHECK(probe::applies(expecting({.what = "switched"}), client_did("")));
  CHECK(!probe::applies(expecting({.what = "failed"}), client_did("")));
}

TEST_CASE("an intermediary that passes an upgrade on") {
  const probe::outcome wanted{.what = "forward",
                              .has = {"X-A: 1"},
                              .lacks = {"X-B"},
                              .offers = {{"websocket"}},
                              .tunnel = true};
  std::string with = asks;
  with.insert(with.size() - 2, "X-A: 1\r\n");
  std::string hop = with;
  hop.insert(hop.size() - 2, "X-B: 1\r\n");
  CHECK(of_proxy(wanted, proxy_did(with, switches, switches, true)).what == kind::passed);
  CHECK(of_proxy(wanted, proxy_did(with, switches, switches, false)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(asks, switches, switches, true)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(hop, switches, switches, true)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did("", "", refuses)).what == kind::failed);
}

TEST_CASE("an intermediary keeps early octets, and opens no tunnel without a 101") {
  const probe::outcome wanted{.what = "forward", .statuses = {"4xx"}, .held = 1, .tunnel = false};
  CHECK(of_proxy(wanted, proxy_did(asks, refuses, refuses)).what == kind::passed);
  CHECK(of_proxy(wanted, proxy_did(asks + "x", refuses, refuses)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(asks, refuses, refuses, true)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(asks, switches, switches)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(asks, page, page)).what == kind::failed);
}

TEST_CASE("an intermediary makes no offer that the client did not make") {
  const probe::outcome wanted{.what = "forward", .offers = std::vector<std::string>{}};
  proxy_talk made = proxy_did(asks, "", "");
  CHECK(of_proxy(wanted, made).what == kind::passed);  // It may let all protocols pass.
  made.sent.replace(made.sent.find("HTTP/1.1"), 8, "HTTP/1.0");
  CHECK(of_proxy(wanted, made).what == kind::failed);
  made.sent = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n";
  CHECK(of_proxy(wanted, made).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "", "")).what ==
        kind::passed);
}

TEST_CASE("an intermediary that must refuse") {
  const probe::outcome wanted{.what = "refuse"};
  CHECK(of_proxy(wanted, proxy_did("", "", refuses)).what == kind::passed);
  CHECK(of_proxy(wanted, proxy_did(asks, "", "")).what == kind::failed);
  CHECK(of_proxy({.what = "incomplete"}, proxy_did("", "", switches)).what == kind::failed);
}

TEST_CASE("content of a request is not what comes after it") {
  const probe::outcome wanted{.what = "forward", .held = 1};
  const std::string post =
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo\r\n"
      "Content-Length: 2\r\n\r\nhi";
  CHECK(of_proxy(wanted, proxy_did(post, "", "")).what == kind::passed);
  CHECK(of_proxy(wanted, proxy_did(post + "x", "", "")).what == kind::failed);
}

TEST_CASE("a tunnel to another protocol that an intermediary let pass") {
  const probe::outcome wanted{.what = "forward", .tunnel = false};
  std::string foo = asks;
  foo.replace(foo.find("websocket"), 9, "foo");
  std::string to_foo = switches;
  to_foo.replace(to_foo.find("websocket"), 9, "foo");
  proxy_talk seen = proxy_did(foo, to_foo, to_foo, true);
  seen.offers_websocket = false;
  CHECK(of_proxy(wanted, seen).what == kind::passed);
  seen.passed = asks;
  CHECK(of_proxy(wanted, seen).what == kind::failed);
}

TEST_CASE("a 101 that does not fit the offer is refused as advice has it") {
  const probe::outcome wanted{.what = "forward", .tunnel = false};
  const verdict judged = of_proxy(wanted, proxy_did(asks, switches, switches, true));
  CHECK(judged.what == kind::failed);
  CHECK(judged.level == "should");
  const std::string plain = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  CHECK(of_proxy(wanted, proxy_did(plain, switches, switches, true)).level.empty());
}

TEST_CASE("an intermediary that answers itself may choose the status") {
  const probe::outcome wanted{.what = "forward", .statuses = {"502"}};
  const std::string cut = "HTTP/1.1 20";
  CHECK(of_proxy(wanted, proxy_did(asks, cut, refuses)).level == "should");
  CHECK(of_proxy(wanted, proxy_did(asks, page, page)).level.empty());
  CHECK(of_proxy({.what = "forward"}, proxy_did("", "", page)).what == kind::passed);
}

TEST_CASE("lines of one name may be joined") {
  const probe::outcome wanted{.what = "forward", .has = {"X: 1", "X: 2"}};
  std::string joined = asks;
  joined.insert(joined.size() - 2, "X: 1,2\r\n");
  CHECK(of_proxy(wanted, proxy_did(joined, "", "")).what == kind::passed);
  joined.replace(joined.find("1,2"), 3, "1,3");
  CHECK(of_proxy(wanted, proxy_did(joined, "", "")).what == kind::failed);
}

TEST_CASE("what was seen is there for programs") {
  CHECK(seen_of(server_said(switches)) == json{{"status", 101}});
  CHECK(seen_of(server_said(refuses, true)) == json{{"status", 400}, {"closed", true}});
  CHECK(seen_of(server_said("")) == json::object());
  CHECK(seen_of(client_did("", true)) == json{{"did", "closed"}});
  CHECK(seen_of(proxy_did(asks, switches, switches, true)) ==
        json{{"forwarded", asks}, {"status", 101}, {"tunnel", true}});
  CHECK(seen_of(proxy_did("", "", refuses)) == json{{"status", 400}});
}

TEST_CASE("fields of one connection are taken off a response") {
  const probe::outcome wanted{.what = "forward", .response_lacks = {"X-Hop"}};
  std::string leaks = switches;
  leaks.insert(leaks.size() - 2, "X-Hop: 1\r\n");
  CHECK(of_proxy(wanted, proxy_did(asks, leaks, leaks)).what == kind::failed);
  CHECK(of_proxy(wanted, proxy_did(asks, leaks, switches)).what == kind::passed);
}

TEST_CASE("any of several outcomes will do") {
  scenario one = expecting({.what = "refuse"});
  one.expected.push_back({.what = "forward"});
  CHECK(probe::judge_proxy(one, proxy_did(asks, "", "")).what == kind::passed);
}

TEST_CASE("a case about another kind of intermediary is skipped") {
  const proxy_talk seen = proxy_did(asks, switches, switches, true);
  scenario one = expecting({.what = "forward", .offers = std::vector<std::string>{}});
  one.profile = "none";
  CHECK(probe::judge_proxy(one, seen).what == kind::skipped);
  one = expecting({.what = "forward"});
  one.opens_tunnels = true;
  CHECK(probe::judge_proxy(one, seen).what == kind::skipped);
  one.expected.push_back({.what = "refuse"});
  CHECK(probe::judge_proxy(one, seen).what == kind::passed);
  proxy_talk other = seen;
  other.offers_websocket = false;
  CHECK(probe::judge_proxy(expecting({.what = "forward", .tunnel = true}), other).what ==
        kind::skipped);
}

TEST_CASE("a server may close after an earlier request") {
  CHECK(of_server({.what = "switch", .before = 1}, server_said("", true)).what == kind::skipped);
  CHECK(of_server({.what = "switch", .before = 1}, server_said("")).what == kind::failed);
}
