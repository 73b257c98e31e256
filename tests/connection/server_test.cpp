// A server's connection: send, do, drop.
#include "turnout/connection/server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/server_turns.hpp"

namespace {

using namespace turnout;
using namespace std::string_literals;
using turns::closes, turns::server_program;

using output = std::array<char, 512>;

constexpr profile spoken[] = {websocket::profile};

const std::string asks_websocket{fixtures::websocket_request};
constexpr profile speaks_foo[] = {
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true}};
const std::string asks_foo =
    "POST /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
    "Content-Length: 3\r\n\r\n";
const std::string asks_early =
    "POST /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
    "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";

std::string get(std::string_view target, std::string_view fields = {}) {
  return "GET " + std::string{target} + " HTTP/1.1\r\nHost: a\r\n" + std::string{fields} + "\r\n";
}

std::string post(std::string_view target, std::string_view content, std::string_view fields = {}) {
  return "POST " + std::string{target} + " HTTP/1.1\r\nHost: a\r\n" + std::string{fields} +
         "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + std::string{content};
}

/// A connection, and what a program that reads content before it answers says of it.
struct played {
  std::string octets;
  std::string says;
};

const played connections[] = {
    {"", "close\n"},
    {get("/a"), "request /a\nresponse\n< 200\nclose\n"},
    {get("/a") + get("/b"), "request /a\nresponse\n< 200\nrequest /b\nresponse\n< 200\nclose\n"},
    {get("/a", "Connection: close\r\n") + get("/b"), "request /a\nresponse\n< 200, close\nclose\n"},
    {post("/a", "one") + post("/b", "two"),
     "request /a\ncontent one\nresponse\n< 200\nrequest /b\ncontent two\nresponse\n< 200\nclose\n"},
    {"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n",
     "request /a\ncontent one\nresponse\n< 200\nclose\n"},
    {get("/a") + asks_websocket + "frames",
     "request /a\nresponse\n< 200\ndecision HTTP/1.1 101 Switching Protocols\n"
     "switched websocket\n"},
    {asks_early + "one" + "new", "decision HTTP/1.1 100 Continue\ncontent one\nswitched foo\n"},
    {get("/a", "Upgrade: unknown\r\nConnection: upgrade\r\n"),
     "request /a\nresponse\n< 200\nclose\n"},
    {fixtures::without(asks_websocket, "Sec-WebSocket-Version") + get("/b"),
     "decision HTTP/1.1 400 Bad Request\nrequest /b\nresponse\n< 200\nclose\n"},
    {"CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\nhello",
     "< HTTP/1.1 501 Not Implemented\n" + closes(errc::connect_not_allowed)},
    {"GET / HTTP/1.1\r\n\r\n", "< HTTP/1.1 400 Bad Request\n" + closes(errc::missing_host)},
    {"GET / HTTP/1.1\r\nHost: a", "< HTTP/1.1 400 Bad Request\n" + closes(errc::incomplete)},
};

agreement agreement_of(const server_turn& turn) { return *turn.offer().agree(preference::client); }

}  // namespace

TEST_CASE("[ENG-01] [ENG-02] a connection behaves the same in whatever pieces its octets arrive") {
  for (const played& one : connections) {
    CAPTURE(one.octets);
    const server_program program;
    CHECK(program.play(one.octets) == one.says);
    for (std::size_t first = 0; first <= one.octets.size(); ++first)
      CHECK(turns::differs_in_pieces(program, one.octets, {first, std::string_view::npos}) == "");
  }
}

TEST_CASE("[MSG-73] a program that answers with the head never gets the content") {
  const server_program program{.answers_early = true};
  const std::string says = "request /a\n< 200\nrequest /b\n< 200\nclose\n";
  const std::string octets = post("/a", "one") + get("/b");
  CHECK(program.play(octets) == says);
  CHECK(program.play(octets, {0, 1}) == says);
}

TEST_CASE("CONNECT becomes a turn only if it is allowed") {
  const server_program program{.options = {.allow_connect = true}};
  CHECK(program.play("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\nhello") ==
        "connect b:443\n< HTTP/1.1 200 OK\nswitched\n");
}

TEST_CASE("[OPT-07] a CONNECT without an answer is refused in the next turn") {
  server_connection server{spoken, {.allow_connect = true}};
  const std::string octets = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\nhello";
  output out{};
  CHECK(server.advance(octets, out).need == server_need::connect);
  const server_turn next = server.advance(octets, out);
  CHECK(next.need == server_need::close);
  CHECK(next.output.starts_with("HTTP/1.1 501 "));
  CHECK(server.state() == server_state::closed);
}

TEST_CASE("[UPG-09] an offer without an answer is declined, and comes again as a request") {
  server_connection server{spoken};
  output out{};
  const server_turn offered = server.advance(asks_websocket, out);
  CHECK(offered.need == server_need::decision);
  CHECK(offered.used == 0);
  const server_turn declined = server.advance(asks_websocket, out);
  CHECK(declined.need == server_need::request);
  CHECK(declined.used == asks_websocket.size());
  CHECK(declined.request.target.octets == offered.request.target.octets);
  CHECK(server.answer(websocket::agree(offered.offer()), out).error().code == errc::out_of_turn);
}

TEST_CASE("[UPG-09] without a usable offer, the request is an ordinary one") {
  constexpr profile others[] = {h2c::profile, websocket::profile};
  const std::string octets = get("/a",
                                 "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                 "HTTP2-Settings: ?\r\n");
  const auto answered = [&](const auto& agree) {
    server_connection server{others};
    output out{};
    const server_turn offered = server.advance(octets, out);
    CHECK(offered.need == server_need::decision);
    const auto answer = server.answer(agree(offered.offer()), out);
    CHECK(answer);
    CHECK(answer->empty());
    return server.advance(octets, out).need;
  };
  // The settings are malformed; and there is no offer of a WebSocket.
  CHECK(answered([](const offer& made) { return h2c::agree(made); }) == server_need::request);
  CHECK(answered([](const offer& made) { return websocket::agree(made); }) == server_need::request);
}

TEST_CASE(
    "[ENG-04] output that does not fit changes nothing, and the failure has the size needed") {
  server_connection server{spoken};
  output out{};
  const server_turn offered = server.advance(asks_websocket, out);
  const auto agreed = websocket::agree(offered.offer());
  server_connection other = server;
  const std::size_t size = other.answer(agreed, out)->size();
  const server_connection before = server;
  for (std::size_t room = 0; room < size; ++room) {
    CAPTURE(room);
    CHECK(server.answer(agreed, span<char>{out.data(), room}).error() ==
          failure{errc::no_space, size});
    CHECK(server == before);
  }
  CHECK(server.answer(agreed, span<char>{out.data(), size}));

  const std::string broken = "GET / HTTP/1.1\r\n\r\n";
  server_connection refusing{spoken};
  const server_turn refused = refusing.advance(broken, span<char>{out.data(), 3});
  CHECK(refused.need == server_need::close);
  CHECK(refused.why.code == errc::no_space);
  CHECK(refused.used == 0);
  const server_turn again = refusing.advance(broken, span<char>{out.data(), refused.why.at});
  CHECK(again.need == server_need::close);
  CHECK(again.output.size() == refused.why.at);
  CHECK(again.why.code == errc::missing_host);
}

TEST_CASE("[UPG-19] [WS-52] a refusal has the reason, and names the supported version") {
  server_connection server{spoken};
  output out{};
  const std::string octets =
      fixtures::with(asks_websocket, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8");
  const server_turn offered = server.advance(octets, out);
  const std::string_view text = explain(errc::unsupported_websocket_version).text;
  CHECK(*server.answer(websocket::agree(offered.offer()), out) ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nContent-Type: text/plain\r\nContent-Length: " +
            std::to_string(text.size()) + "\r\n\r\n" + std::string{text});
  CHECK(server.advance(octets, out).used == octets.size());
}

TEST_CASE("[ENG-04] output that does not fit leaves the head, or skipped content, in the input") {
  output out{};
  // A CONNECT that was held and is not answered.
  server_connection refusing{spoken, {.allow_connect = true}};
  const std::string connect = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
  CHECK(refusing.advance(connect, out).need == server_need::connect);
  // Content that is skipped, before a request that is broken.
  server_connection skipping{spoken};
  const std::string octets = post("/a", "content") + "GET\r\n\r\n";
  const std::size_t head = skipping.advance(octets, out).used;
  CHECK(skipping.responded());

  for (auto& [before, unread] : {std::pair{refusing, std::string_view{connect}},
                                 std::pair{skipping, std::string_view{octets}.substr(head)}}) {
    server_connection server = before;
    const server_turn cramped = server.advance(unread, {});
    CHECK(cramped.need == server_need::close);
    CHECK(cramped.why.code == errc::no_space);
    CHECK(cramped.used == 0);
    CHECK(cramped.rest == unread);
    CHECK(server == before);
    const server_turn refused = server.advance(unread, {out.data(), cramped.why.at});
    CHECK(refused.need == server_need::close);
    CHECK(refused.output.size() == cramped.why.at);
  }
}

TEST_CASE("[MSG-80] end_of_input() returns turns until nothing is left to do") {
  output out{};
  server_connection server{spoken};
  const std::string octets = get("/a") + "GET /b HT";
  CHECK(server.end_of_input(octets, out).need == server_need::request);
  std::string_view unread = std::string_view{octets}.substr(get("/a").size());
  CHECK(server.end_of_input(unread, out).need == server_need::response);
  CHECK(server.responded());
  CHECK(server.end_of_input(unread, {}).why.code == errc::no_space);
  const server_turn end = server.end_of_input(unread, out);
  CHECK(end.need == server_need::close);
  CHECK(end.output.starts_with("HTTP/1.1 400 "));
  CHECK(end.why == failure{errc::incomplete, unread.size()});
  CHECK(server.end_of_input(unread, out).need == server_need::close);
}

TEST_CASE("[MSG-70] a failure has an offset in the input, even after skipped content") {
  output out{};
  server_connection server{spoken};
  const std::string octets = post("/a", "content") + "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n";
  const std::size_t head = server.advance(octets, out).used;
  CHECK(server.responded());
  const server_turn turn = server.advance(std::string_view{octets}.substr(head), out);
  CHECK(turn.why.code == errc::bad_field_name);
  CHECK(head + turn.why.at == octets.find(": x"));
}

TEST_CASE("[CON-09] connection_line() tells whether another request may follow") {
  output out{};
  server_connection server{spoken};
  CHECK(server.connection_line().empty());
  CHECK(server.advance(get("/a", "Connection: close\r\n"), out).need == server_need::request);
  CHECK(server.connection_line() == "Connection: close\r\n");
  // A response that says nothing of it ends the connection all the same.
  CHECK(server.responded());
  CHECK(server.advance(get("/b"), out).need == server_need::close);

  server_connection waits{spoken};
  const std::string expects =
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
      "Content-Length: 3\r\n\r\n";
  CHECK(waits.advance(expects, out).need == server_need::request);
  CHECK(waits.connection_line() == "Connection: close\r\n");
  CHECK(waits.advance({}, out).output == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(waits.connection_line().empty());
}

TEST_CASE(
    "[CON-17] [CON-10] [MSG-79] a response to HTTP/1.0 has keep-alive if the connection stays "
    "open") {
  const struct {
    std::string_view version;
    std::string_view option;
    std::string_view line;
  } cases[] = {
      {"1.1", "", ""},
      {"1.1", "keep-alive", ""},
      {"1.1", "close", "Connection: close\r\n"},
      {"1.0", "", "Connection: close\r\n"},
      {"1.0", "Keep-Alive", "Connection: keep-alive\r\n"},
      {"1.0", "keep-alive, close", "Connection: close\r\n"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.version);
    CAPTURE(one.option);
    const std::string octets = fixtures::with(
        get("/a", "Connection: " + std::string{one.option} + "\r\n"), "1.1", one.version);
    output out{};
    server_connection server{spoken};
    (void)server.advance(octets, out);
    CHECK(server.connection_line() == one.line);
    server_connection refusing = server;
    CHECK(*refusing.refuse({.status = 404}, out) ==
          "HTTP/1.1 404 Not Found\r\n" + std::string{one.line} + "Content-Length: 0\r\n\r\n");
    CHECK(server.responded());
    CHECK(server.connection_line().empty());
    const bool goes_on = one.line != "Connection: close\r\n";
    for (server_connection* const each : {&server, &refusing})
      CHECK((each->advance(get("/b"), out).need == server_need::request) == goes_on);
  }
}

TEST_CASE("[CON-09] a response has close if and only if the library closes after it") {
  output out{};
  server_connection connecting{spoken, {.allow_connect = true}};
  (void)connecting.advance("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n", out);
  CHECK(connecting.connection_line() == "Connection: close\r\n");
  CHECK(connecting.responded());
  CHECK(connecting.advance({}, out).need == server_need::close);
  CHECK(connecting.connection_line().empty());
  server_connection offered{spoken};
  (void)offered.advance(asks_websocket, out);
  CHECK(offered.connection_line().empty());
}

TEST_CASE("[UPG-19] a program may require the switch") {
  output out{};
  server_connection server{spoken};
  CHECK(server.advance(get("/a"), out).need == server_need::request);
  CHECK(*server.require(out) ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Content-Length: 0\r\n\r\n");
  CHECK(server.advance(asks_websocket, out).need == server_need::decision);
}

TEST_CASE("[ENG-07] a call in the wrong state fails and changes nothing") {
  server_connection server{spoken};
  output out{};
  const server_connection before = server;
  CHECK(server.answer(agreement{}, out).error().code == errc::out_of_turn);
  CHECK(server.answer(result<agreement>{failure{errc::bad_websocket_key, 0}}, out).error().code ==
        errc::out_of_turn);
  CHECK(server.open_tunnel(out).error().code == errc::out_of_turn);
  CHECK(server.require(out).error().code == errc::out_of_turn);
  CHECK(server.refuse({.status = 403}, out).error().code == errc::out_of_turn);
  CHECK(server.responded().error().code == errc::out_of_turn);
  CHECK(server == before);
}

TEST_CASE("[UPG-27] [UPG-30] [ENG-02] a deferred decision comes after the content") {
  const server_program program{.defers = true};
  const std::string chunked = fixtures::with(fixtures::without(asks_foo, "Content-Length"), "foo/2",
                                             "foo/2\r\nTransfer-Encoding: chunked");
  const std::string without_content = get("/up", "Connection: Upgrade\r\nUpgrade: foo/2\r\n");
  const std::string switched = "decision HTTP/1.1 101 Switching Protocols\nswitched foo\n";
  const played all[] = {
      {asks_early + "onenew", "deferred\n< HTTP/1.1 100 Continue\ncontent one\n" + switched},
      {asks_foo + "onenew", "deferred\ncontent one\n" + switched},
      {chunked + "2\r\non\r\n1\r\ne\r\n0\r\nX: y\r\n\r\nnew", "deferred\ncontent one\n" + switched},
      {without_content + "new", "deferred\n" + switched},
      {get("/a") + asks_foo + "onenew",
       "request /a\nresponse\n< 200\ndeferred\ncontent one\n" + switched},
      {asks_foo + "on",
       "deferred\ncontent on\n< HTTP/1.1 400 Bad Request\n" + closes(errc::incomplete)},
      {chunked + "x\r\n", "deferred\n< HTTP/1.1 400 Bad Request\n" + closes(errc::bad_chunk_size)},
  };
  for (const played& one : all) {
    CAPTURE(one.octets);
    // Where all content comes along with the head, no 100 is due.
    const bool waits = one.octets.starts_with(asks_early);
    if (!waits) CHECK(program.play(one.octets) == one.says);
    if (!waits) CHECK(program.play(one.octets, {0, 1}) == one.says);
    const std::size_t head = one.octets.find("\r\n\r\n") + 4;
    for (std::size_t first = waits ? head : 0; first <= (waits ? head : one.octets.size());
         ++first) {
      CAPTURE(first);
      CHECK(program.play(one.octets, {first, std::string_view::npos}) == one.says);
    }
  }
}

TEST_CASE("[UPG-27] a kept agreement answers a deferred decision after the content") {
  output out{};
  server_connection server{speaks_foo};
  const server_turn first = server.advance(asks_foo, out);
  CHECK(first.need == server_need::decision);
  CHECK(!first.deferred);
  const agreement kept = *first.offer().agree(preference::client);
  CHECK(server.defer());
  CHECK(first.used == 0);
  const server_turn begun = server.advance(asks_foo, out);
  CHECK(begun.need == server_need::more);
  CHECK(begun.used == asks_foo.size());
  CHECK(server.advance("one", out).content == "one");
  const server_turn second = server.advance("new", out);
  CHECK(second.need == server_need::decision);
  CHECK(second.deferred);
  CHECK(second.used == 0);
  CHECK(second.request.octets.empty());
  CHECK(second.early_data() == "new");
  constexpr field_line fields[] = {{"X", "y"}};
  CHECK(*server.answer(kept, out, fields) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
        "X: y\r\n\r\n");
  const server_turn switched = server.advance("new", out);
  CHECK(switched.need == server_need::switched);
  CHECK(switched.rest == "new");
}

TEST_CASE("[UPG-09] a deferred decision without an answer becomes an ordinary request, once") {
  output out{};
  server_connection server{speaks_foo};
  const agreement kept = agreement_of(server.advance(asks_foo, out));
  CHECK(server.defer());
  (void)server.advance(asks_foo, out);
  (void)server.advance("one", out);
  CHECK(server.advance({}, out).need == server_need::decision);
  CHECK(server.defer().error().code == errc::out_of_turn);
  CHECK(server.advance({}, out).need == server_need::response);
  CHECK(server.answer(kept, out).error().code == errc::out_of_turn);
  CHECK(server.advance({}, out).need == server_need::response);
  CHECK(server.responded());
  // The next request is decided on by itself, with its head.
  const server_turn next = server.advance(asks_foo, out);
  CHECK(next.need == server_need::decision);
  CHECK(!next.deferred);
  CHECK(server.answer(kept, out));
}

TEST_CASE(
    "[ENG-07] a deferred decision can't be answered before the content, nor with a stale offer") {
  output out{};
  server_connection server{speaks_foo};
  CHECK(server.defer().error().code == errc::out_of_turn);
  const server_turn first = server.advance(asks_foo, out);
  const auto kept = first.offer().agree(preference::client);
  CHECK(server.defer());
  CHECK(server.defer().error().code == errc::out_of_turn);
  const server_connection deferring = server;
  CHECK(server.answer(*kept, out).error().code == errc::out_of_turn);
  CHECK(server.answer(kept, out).error().code == errc::out_of_turn);
  CHECK(server.answer(result<agreement>{failure{errc::bad_token, 0}}, out).error().code ==
        errc::out_of_turn);
  CHECK(server == deferring);
  (void)server.advance(asks_foo, out);
  CHECK(server.answer(*kept, out).error().code == errc::out_of_turn);
  (void)server.advance("one", out);
  CHECK(server.answer(*kept, out).error().code == errc::out_of_turn);
  const server_turn second = server.advance({}, out);
  const server_connection before = server;
  CHECK(server.answer(second.offer().agree(preference::client), out).error().code ==
        errc::foreign_agreement);
  CHECK(server.answer(agreement{}, out).error().code == errc::foreign_agreement);
  CHECK(server == before);
  CHECK(server.answer(kept, out));

  for (const std::string& octets : {get("/a"), "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n"s}) {
    server_connection other{speaks_foo, {.allow_connect = true}};
    (void)other.advance(octets, out);
    CHECK(other.defer().error().code == errc::out_of_turn);
  }
}

TEST_CASE("[MSG-73] a request may be refused before, within and after its content") {
  for (const std::size_t shown : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    CAPTURE(shown);
    output out{};
    server_connection server{speaks_foo};
    (void)server.advance(asks_foo, out);
    CHECK(server.defer());
    (void)server.advance(asks_foo, out);
    const std::string octets = "one" + get("/b");
    std::string_view unread = octets;
    if (shown > 0) unread.remove_prefix(server.advance(unread.substr(0, shown), out).used);
    if (shown == 3) CHECK(server.advance(unread, out).deferred);
    const bool requires_switch = shown == 1;
    const auto refused =
        requires_switch ? server.require(out) : server.refuse({.status = 413}, out);
    CHECK(refused->starts_with(requires_switch ? "HTTP/1.1 426 " : "HTTP/1.1 413 "));
    const server_turn next = server.advance(unread, out);
    CHECK(next.need == server_need::request);
    CHECK(next.request.target.octets == "/b");
  }
}

TEST_CASE("[MSG-85] a client that is late with its request gets a 408, and the connection ends") {
  const std::string head = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n";
  const std::string whole = post("/a", "content");
  const std::size_t head_size = whole.size() - 7;
  for (std::size_t shown = 1; shown < whole.size(); ++shown) {
    CAPTURE(shown);
    output out{};
    server_connection server{spoken};
    std::string_view unread = std::string_view{whole}.substr(0, shown);
    server_turn turn = server.time_out(unread, out);
    for (; turn.need != server_need::close; turn = server.time_out(unread, out))
      unread.remove_prefix(turn.used);
    CHECK(turn.why == failure{errc::timed_out, shown < head_size ? shown : 0});
    CHECK(turn.output.starts_with(head));
    CHECK(turn.output.ends_with(explain(errc::timed_out).text));
    CHECK(server.state() == server_state::closed);
    CHECK(server.time_out(unread, out).output.empty());
  }
}

TEST_CASE("[MSG-85] a late client without a request, or with its response, gets nothing") {
  output out{};
  server_connection idle{spoken};
  const server_turn closes = idle.time_out({}, out);
  CHECK(closes.need == server_need::close);
  CHECK(closes.output.empty());
  CHECK(closes.why == failure{});

  server_connection again{spoken};
  (void)again.advance(get("/a"), out);
  CHECK(again.time_out({}, out).need == server_need::response);
  CHECK(again.responded());
  CHECK(again.time_out({}, out).output.empty());

  server_connection skipping{spoken};
  (void)skipping.advance(post("/a", "content").substr(0, 60), out);
  CHECK(skipping.refuse({.status = 404}, out));
  const server_turn late = skipping.time_out("co", out);
  CHECK(late.need == server_need::close);
  CHECK(late.output.empty());
  CHECK(late.why.code == errc::timed_out);
}

TEST_CASE("[MSG-85] time_out() also ends a switch, and content before it") {
  output out{};
  server_connection server{speaks_foo};
  const agreement kept = agreement_of(server.advance(asks_foo, out));
  server_connection deferring = server;
  CHECK(server.answer(kept, out));
  const server_turn late = server.time_out(asks_foo, out);
  CHECK(late.used == asks_foo.size());
  CHECK(late.need == server_need::close);
  CHECK(late.output.empty());  // after a 101
  CHECK(late.why.code == errc::timed_out);

  CHECK(deferring.defer());
  CHECK(deferring.time_out(asks_foo, out).output.starts_with("HTTP/1.1 408 "));
  CHECK(deferring.time_out({}, out).output.empty());
}

TEST_CASE("[ENG-04] a 408 that does not fit changes nothing, and the failure has the size needed") {
  output out{};
  server_connection server{spoken};
  const server_connection before = server;
  const server_turn cramped = server.time_out("GET", {});
  CHECK(cramped.why.code == errc::no_space);
  CHECK(cramped.used == 0);
  CHECK(server == before);
  CHECK(server.time_out("GET", {out.data(), cramped.why.at}).output.size() == cramped.why.at);
}

TEST_CASE("[MSG-57] a program chooses the text of refusals") {
  output out{};
  const std::string broken = "GET / HTTP/1.1\r\n\r\n";
  const auto refused = [&](const server_options& options) {
    server_connection server{spoken, options};
    return std::string{server.advance(broken, out).output};
  };
  CHECK(refused({}).ends_with(explain(errc::missing_host).text));
  CHECK(refused({.refusal_text = nullptr}) ==
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  constexpr auto name = [](errc code) noexcept { return name_of(code); };
  CHECK(refused({.refusal_text = name}).ends_with("Content-Length: 12\r\n\r\nmissing_host"));

  server_connection server{spoken, {.refusal_text = nullptr}};
  const std::string octets =
      fixtures::with(asks_websocket, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8");
  const server_turn offered = server.advance(octets, out);
  CHECK(server.answer(websocket::agree(offered.offer()), out)->ends_with("Length: 0\r\n\r\n"));
}

TEST_CASE("a connection is small, and works in constant evaluation") {
  static_assert(sizeof(server_connection) <= 256);
  constexpr auto switches = [] {
    server_connection server{spoken};
    output out{};
    const server_turn offered = server.advance(fixtures::websocket_request, out);
    const bool answered = bool{server.answer(websocket::agree(offered.offer()), out)};
    return answered &&
           server.advance(fixtures::websocket_request, out).need == server_need::switched;
  };
  CHECK_BOTH(switches());
}
