// An intermediary between two connections: send, do, drop.
#include "turnout/connection/relay.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/relay_turns.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using turns::closes, turns::pieces, turns::relay_program;

using output = std::array<char, 1024>;

constexpr profile allowed[] = {{.token = {"foo", "2"}},
                               {.token = {"bar", {}}, .methods = method::post, .content = true}};
constexpr relay_policy policy{.allowed = allowed, .name = "p"};
constexpr auto client_side = relay_side::client;
constexpr auto server_side = relay_side::server;

const std::string asks_get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string asks_get_b = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string posts = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
const std::string asks{fixtures::upgrade_request};
const std::string asks_bar =
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: Upgrade\r\n"
    "Upgrade: bar\r\n\r\n";
const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
const std::string agrees{fixtures::upgrade_response};
const std::string answers = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const std::string hint = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";

constexpr std::string_view via = "Via: 1.1 p\r\n";

/// What was forwarded, without the relay's Via.
std::string plain(std::string_view forwarded) {
  std::string left{forwarded};
  for (std::size_t at = left.find(via); at != left.npos; at = left.find(via))
    left.erase(at, via.size());
  return left;
}

/// A refusal with its reason.
std::string refuses(std::string_view status, errc why, bool close = true) {
  const std::string_view text = explain(why).text;
  return "HTTP/1.1 " + std::string{status} + "\r\n" + (close ? "Connection: close\r\n" : "") +
         "Content-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" +
         std::string{text};
}

/// What both sides send, what goes to either, and what is asked of the program.
struct exchange {
  std::string request;
  std::vector<std::string> responses;  ///< one for each forwarded request
  std::string to_server;
  std::string to_client;
  std::string told;
};

/// Relays an exchange in pieces, and says what is not as it was to be. The server answers only what
/// it was asked, and the client ends at last.
std::string broken_in(const exchange& one, pieces of_client, pieces of_server,
                      const relay_options& options = {}) {
  relay_program relay{policy, options};
  turns::input client{one.request, of_client};
  for (bool more = true; more; more = client.read_more()) {
    relay.from_client(client.unread());
    client.drop(client.unread().size());
  }
  for (std::size_t answered = 0; answered < relay.requests; ++answered) {
    if (answered == one.responses.size()) return "too many requests go on";
    turns::input server{one.responses[answered], of_server};
    for (bool more = true; more; more = server.read_more()) {
      relay.from_server(server.unread());
      server.drop(server.unread().size());
    }
  }
  relay.end_client();
  if (relay.relay.is_tunnel()) relay.end_server();
  const std::string to_server = plain(relay.said_to_server);
  const std::string to_client = plain(relay.said_to_client);
  if (to_server != one.to_server) return "to the server: " + to_server;
  if (to_client != one.to_client) return "to the client: " + to_client;
  const std::string told = relay.told();
  return told == one.told ? "" : "told: " + told;
}

const std::vector<exchange> exchanges{
    {asks_get, {answers}, asks_get, answers, "request /a\nclose\n"},
    {asks_get + asks_get_b,
     {answers, "HTTP/1.1 204 No Content\r\n\r\n"},
     asks_get + asks_get_b,
     answers + "HTTP/1.1 204 No Content\r\n\r\n",
     "request /a\nrequest /b\nclose\n"},
    {asks_get + asks_get_b,
     {with(answers, "\r\n\r\n", "\r\nConnection: close\r\n\r\n"), answers},
     asks_get + asks_get_b,
     answers + answers,
     "request /a\nclose server\nrequest /b\nclose\n"},
    {posts + "12345" + asks_get,
     {answers, answers},
     posts + "12345" + asks_get,
     answers + answers,
     "request /a\nrequest /a\nclose\n"},
    {with(asks_get, "1.1", "1.0"),
     {answers},
     plus(asks_get, "Via: 1.0 p"),
     plus(answers, "Connection: close"),
     "request /a\nclose\n"},
    {asks + "early",
     {hint + agrees + "late"},
     asks + "early",
     hint + agrees + "late",
     "request /x\nend output of client\nclose\n"},
    {asks_bar + "12345early",
     {with(agrees, "foo/2", "bar") + "late"},
     asks_bar + "12345early",
     with(agrees, "foo/2", "bar") + "late",
     "request /a\nend output of client\nclose\n"},
    {asks,
     {with(agrees, "foo/2", "bar")},
     asks,
     refuses("502 Bad Gateway", errc::protocol_not_offered),
     "request /x\n" + closes(errc::protocol_not_offered)},
    {asks_get,
     {"nonsense\r\n\r\n"},
     asks_get,
     refuses("502 Bad Gateway", errc::bad_http_version),
     "request /a\n" + closes(errc::bad_http_version)},
    {with(asks_get, "Host: a\r\n", ""),
     {},
     "",
     refuses("400 Bad Request", errc::missing_host),
     closes(errc::missing_host)},
    {asks_get.substr(0, 20),
     {},
     "",
     refuses("400 Bad Request", errc::incomplete),
     closes(errc::incomplete)},
    {connects + "hello",
     {},
     "",
     refuses("501 Not Implemented", errc::connect_not_allowed),
     closes(errc::connect_not_allowed)},
    {"OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n" + asks_get,
     {answers},
     asks_get,
     "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n" + answers,
     "request /a\nclose\n"},
    {"", {}, "", "", "close\n"},
};

}  // namespace

TEST_CASE("[ENG-01] [ENG-02] [INT-13] [INT-14] [INT-34] an exchange is the same in any pieces") {
  constexpr pieces whole;
  for (const exchange& one : exchanges) {
    CAPTURE(one.request);
    CAPTURE(one.told);
    CHECK(broken_in(one, whole, whole) == "");
    CHECK(broken_in(one, {0, 1}, {0, 1}) == "");
    for (std::size_t first = 0; first <= one.request.size(); ++first)
      CHECK(broken_in(one, {first, std::string::npos}, whole) == "");
    for (std::size_t first = 0; first <= answers.size() + agrees.size(); ++first)
      CHECK(broken_in(one, whole, {first, std::string::npos}) == "");
  }
}

TEST_CASE("[INT-34] chunks are forwarded as chunks that the relay frames itself") {
  relay_program relay{policy};
  const std::string head = with(posts, "Content-Length: 5", "Transfer-Encoding: chunked");
  relay.from_client(head + "0002;x=y\r\nab\r\n3\r\ncde\r\n0\r\nTrailer: x\r\n\r\n");
  CHECK(plain(relay.to_server()) == head + "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n");
  relay.from_server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
  CHECK(plain(relay.to_client()) ==
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
  CHECK(relay.relay.keeps_alive());
  CHECK(relay.told() == "request /a\n");
}

TEST_CASE("[MSG-69] content that ends with the server's connection ends both") {
  relay_program relay{policy};
  relay.from_client(asks_get + asks_get_b);
  relay.from_server("HTTP/1.1 200 OK\r\n\r\nhello");
  CHECK(plain(relay.to_client()) == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
  CHECK(relay.told() == "request /a\n");
  relay.end_server();
  CHECK(relay.told() == "request /a\nclose\n");
}

TEST_CASE("[INT-34] content of a known length ends with its last octet, in the same turn") {
  output out{};
  relay_connection relay{policy};
  std::string octets = posts + "12345";
  CHECK(relay.forward(relay.advance(client_side, octets, out), out));
  CHECK(relay.advance(client_side, octets, out).used == octets.size());
  CHECK(relay.keeps_alive());
  CHECK(relay.advance(server_side, answers, out).used == answers.size() - 5);
  CHECK(relay.advance(server_side, "hello", out).need == relay_need::wait);
  CHECK(relay.state() == relay_state::reading_head);

  relay_connection switching{policy};
  octets = asks_bar + "12345";
  CHECK(switching.forward(switching.advance(client_side, octets, out), out));
  CHECK(switching.advance(server_side, with(agrees, "foo/2", "bar"), out).need == relay_need::more);
  CHECK(!switching.is_tunnel());
  CHECK(switching.advance(client_side, octets, out).used == octets.size());
  CHECK(switching.is_tunnel());
}

TEST_CASE("[ENG-06] after close, every turn needs close again, whatever either side sends") {
  output out{};
  relay_connection relay{policy};
  const std::string octets = plus(asks_get, "Connection: close");
  CHECK(relay.forward(relay.advance(client_side, octets, out), out));
  (void)relay.advance(client_side, octets, out);
  (void)relay.advance(server_side, answers, out);
  CHECK(relay.advance(server_side, "hello", out).need == relay_need::close);
  for (const relay_side side : {client_side, server_side}) {
    CHECK(relay.advance(side, {}, out).need == relay_need::close);
    CHECK(relay.advance(side, asks_get, out).need == relay_need::close);
    CHECK(relay.end_of_input(side, {}, out).need == relay_need::close);
  }
}

TEST_CASE("[INT-14] early octets of a client stay in the buffer, and are forwarded after the 101") {
  relay_program relay{policy};
  relay.from_client(asks + "early");
  CHECK(plain(relay.to_server()) == asks);
  CHECK(relay.held_of_client() == "early");
  CHECK(!relay.relay.is_tunnel());
  relay.from_server(agrees + "late");
  CHECK(relay.relay.is_tunnel());
  CHECK(plain(relay.to_client()) == agrees + "late");
  CHECK(plain(relay.to_server()) == "early");
  CHECK(relay.held_of_client().empty());
}

TEST_CASE(
    "[INT-16] [INT-39] a tunnel ends with both sides, and a side's end is forwarded after its "
    "octets") {
  for (const bool client_first : {true, false}) {
    CAPTURE(client_first);
    relay_program program{policy};
    program.from_client(asks);
    program.from_server(agrees);
    relay_connection& relay = program.relay;
    output out{};
    const relay_side side = client_first ? client_side : server_side;
    const relay_side other = client_first ? server_side : client_side;
    const auto sent_on = [](const relay_turn& turn, relay_side from) {
      return *(from == client_side ? turn.to_server : turn.to_client).begin();
    };
    const relay_turn last = relay.end_of_input(side, "last", out);
    CHECK(last.used == 4);
    CHECK(last.need == relay_need::more);
    CHECK(sent_on(last, side) == "last");
    const relay_turn half = relay.end_of_input(side, {}, out);
    CHECK(half.need == relay_need::end_output);
    CHECK(!half.is_idle());
    CHECK(relay.is_tunnel());
    // Its end is told once, and it is not to be read any more.
    const relay_connection before = relay;
    for (const relay_turn& again :
         {relay.end_of_input(side, {}, out), relay.advance(side, {}, out)}) {
      CHECK(again.need == relay_need::wait);
      CHECK(again.is_idle());
    }
    CHECK(relay == before);
    const relay_turn answer = relay.advance(other, "answer", out);
    CHECK(answer.need == relay_need::more);
    CHECK(sent_on(answer, other) == "answer");
    CHECK(relay.advance(other, {}, out).need == relay_need::more);
    CHECK(sent_on(relay.end_of_input(other, "end", out), other) == "end");
    const relay_turn end = relay.end_of_input(other, {}, out);
    CHECK(end.need == relay_need::close);
    CHECK(end.why == failure{});
    CHECK(relay.advance(client_side, {}, out).need == relay_need::close);
    CHECK(relay.advance(server_side, {}, out).need == relay_need::close);
  }
}

TEST_CASE("[INT-39] if a client ends before the tunnel opens, its side ends as soon as it opens") {
  relay_program relay{policy};
  relay.from_client(asks + "early");
  relay.end_client();
  CHECK(relay.told() == "request /x\n");
  relay.from_server(agrees + "late");
  CHECK(plain(relay.to_client()) == agrees + "late");
  relay.end_client();
  CHECK(plain(relay.to_server()) == asks + "early");
  CHECK(relay.told() == "request /x\nend output of client\n");
  relay.from_server("more");
  CHECK(relay.to_client() == "more");
  relay.end_server();
  CHECK(relay.told() == "request /x\nend output of client\nclose\n");
}

TEST_CASE(
    "[MSG-85] a client that does not finish its request in time gets a 408, and both connections "
    "end") {
  for (const std::string& octets :
       {asks_get.substr(0, 1), asks_get.substr(0, asks_get.size() - 1)}) {
    relay_program relay{policy};
    relay.from_client(octets);
    relay.time_out(client_side);
    CHECK(relay.to_client() == refuses("408 Request Timeout", errc::timed_out));
    CHECK(relay.told() == closes(errc::timed_out));
  }
  relay_program half{policy};
  half.from_client(posts + "123");
  half.time_out(client_side);
  CHECK(plain(half.to_client()) == refuses("408 Request Timeout", errc::timed_out));
  CHECK(half.told() == "request /a\n" + closes(errc::timed_out));

  relay_program idle{policy};
  idle.time_out(client_side);
  CHECK(idle.to_client().empty());
  CHECK(idle.told() == "close\n");

  relay_program answering{policy};  // the answer has begun
  answering.from_client(posts + "123");
  answering.from_server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
  (void)answering.to_client();
  answering.time_out(client_side);
  CHECK(answering.to_client().empty());
  CHECK(answering.told() == "request /a\n" + closes(errc::timed_out));
}

TEST_CASE("[INT-38] for a server that does not answer in time, the client gets a 504") {
  for (const std::string& octets : {asks_get, asks + "early", posts + "123"}) {
    for (const std::string_view begun : {"", "HTTP/1.1 20", "HTTP/1.1 103 X\r\n\r\n"}) {
      relay_program relay{policy};
      relay.from_client(octets);
      relay.from_server(begun);
      (void)relay.to_client();
      relay.time_out(server_side);
      CHECK(relay.to_client() == refuses("504 Gateway Timeout", errc::timed_out));
      CHECK(relay.closed);
      CHECK(relay.relay.state() == relay_state::closed);
    }
  }
  // An answer that has begun ends with the connection; also one that would end with the server's.
  for (const std::string_view length : {"", "Content-Length: 5\r\n"}) {
    relay_program relay{policy};
    relay.from_client(asks_get);
    relay.from_server("HTTP/1.1 200 OK\r\n" + std::string{length} + "\r\nhe");
    (void)relay.to_client();
    relay.time_out(server_side);
    CHECK(relay.to_client().empty());
    CHECK(relay.told() == "request /a\n" + closes(errc::timed_out));
  }
}

TEST_CASE("[INT-38] a side is not late if nothing is due from it") {
  output out{};
  relay_program waits{policy};
  waits.from_client(asks_get);
  relay_connection before = waits.relay;
  CHECK(waits.relay.time_out(client_side, {}, out).need == relay_need::wait);
  CHECK(waits.relay == before);
  waits.from_server(answers);
  CHECK(waits.relay.keeps_alive());
  CHECK(waits.relay.time_out(server_side, {}, out).need == relay_need::close_server);
  CHECK(waits.relay.keeps_alive());

  // After the 101, it is the client that owes content.
  relay_program switching{policy};
  switching.from_client(asks_bar + "123");
  switching.from_server(with(agrees, "foo/2", "bar"));
  before = switching.relay;
  CHECK(switching.relay.time_out(server_side, {}, out).need == relay_need::wait);
  CHECK(switching.relay == before);
  CHECK(switching.relay.time_out(client_side, {}, out).need == relay_need::close);
}

TEST_CASE("[INT-16] an idle tunnel is closed, even if one side has ended") {
  for (const bool half : {false, true}) {
    for (const relay_side late : {client_side, server_side}) {
      relay_program relay{policy};
      relay.from_client(asks);
      relay.from_server(agrees);
      if (half) relay.end_client();
      (void)relay.to_client();
      relay.time_out(late);
      CHECK(relay.to_client().empty());
      CHECK(relay.told().ends_with(closes(errc::timed_out)));
      CHECK(relay.relay.state() == relay_state::closed);
    }
  }
}

TEST_CASE("[ENG-04] a 504 that does not fit changes nothing, and the failure has the size needed") {
  output out{};
  relay_program program{policy};
  program.from_client(asks_get);
  relay_connection& relay = program.relay;
  const relay_connection before = relay;
  const relay_turn cramped = relay.time_out(server_side, {}, {out.data(), 40});
  CHECK(cramped.need == relay_need::close);
  CHECK(cramped.why.code == errc::no_space);
  CHECK(relay == before);
  const relay_turn late = relay.time_out(server_side, {}, {out.data(), cramped.why.at});
  CHECK(late.to_client.begin()->size() == cramped.why.at);
}

TEST_CASE("[MSG-57] a program chooses the text of refusals") {
  relay_program silent{policy, {.refusal_text = nullptr}};
  silent.from_client(with(asks_get, "Host: a\r\n", ""));
  CHECK(silent.to_client() ==
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  constexpr auto name = [](errc code) noexcept { return name_of(code); };
  relay_program names{policy, {.refusal_text = name}};
  names.from_client(with(asks_get, "Host: a\r\n", ""));
  CHECK(names.to_client().ends_with("\r\n\r\nmissing_host"));
}

TEST_CASE("[INT-32] CONNECT becomes a turn only if it is allowed") {
  const relay_options allowing{.allow_connect = true};
  relay_program last{policy, allowing, {.last_proxy = true}};
  last.from_client(connects + "hello");
  CHECK(last.told() == "connect b:443\n");
  CHECK(plain(last.to_client()) == "HTTP/1.1 200 OK\r\n\r\n");
  CHECK(plain(last.to_server()) == "hello");

  relay_program between{policy, allowing};
  between.from_client(connects + "hello");
  CHECK(plain(between.to_server()) == connects);
  between.from_server("HTTP/1.1 200 OK\r\n\r\nhi");
  CHECK(plain(between.to_client()) == "HTTP/1.1 200 OK\r\n\r\nhi");
  CHECK(plain(between.to_server()) == "hello");

  relay_program refusing{policy, allowing, {.reachable = false}};
  refusing.from_client(connects + "hello");
  CHECK(plain(refusing.to_client()) ==
        "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  CHECK(refusing.told() == "connect b:443\nclose\n");
}

TEST_CASE("a request comes again until the caller decides") {
  for (const std::string& octets : {asks, connects}) {
    relay_connection relay{policy, {.allow_connect = true}};
    output out{};
    const relay_turn first = relay.advance(client_side, octets + "early", out);
    CHECK(!first.is_idle());
    CHECK(first.used == 0);
    const relay_connection before = relay;
    const relay_turn again = relay.advance(client_side, octets, out);
    CHECK(again.need == first.need);
    CHECK(again.used == 0);
    CHECK(relay == before);
    CHECK(relay.advance(server_side, {}, out).is_idle());
    CHECK(relay.forward(again, out));
    CHECK(relay.forward(again, out).error().code == errc::out_of_turn);
    CHECK(relay.advance(client_side, octets, out).used == octets.size());
  }
}

TEST_CASE("[INT-24] a program may leave out field lines of a forwarded request") {
  relay_connection relay{policy};
  output out{};
  const std::string octets = plus(asks_get, "Cookie: x");
  const relay_turn turn = relay.advance(client_side, octets, out);
  std::vector<field_line> kept;
  for (const field_line& line : turn.request.fields)
    if (line.name != "Cookie") kept.push_back(line);
  CHECK(plain(*relay.forward(turn, out, kept)) == asks_get);
}

TEST_CASE("[INT-33] if the client can't send more requests, the relay closes after the response") {
  relay_program relay{policy};
  relay.from_client(plus(asks_get, "Connection: close") + asks_get_b);
  CHECK(!relay.relay.keeps_alive());
  relay.from_server(answers);
  CHECK(relay.told() == "request /a\nclose\n");
  CHECK(relay.held_of_client() == asks_get_b);
}

TEST_CASE("if a server ends before its response is complete, the client gets a 502") {
  relay_program silent{policy};
  silent.from_client(asks_get);
  silent.end_server();
  CHECK(plain(silent.to_client()) == refuses("502 Bad Gateway", errc::incomplete));
  CHECK(silent.told() == "request /a\n" + closes(errc::incomplete));

  relay_program half{policy};
  half.from_client(asks_get);
  half.from_server(answers.substr(0, answers.size() - 1));
  half.end_server();
  CHECK(plain(half.to_client()) == answers.substr(0, answers.size() - 1));
  CHECK(half.told() == "request /a\n" + closes(errc::incomplete));

  relay_program unreachable{policy, {}, {.reachable = false}};
  unreachable.from_client(asks_get + asks_get_b);
  CHECK(unreachable.told() == "request /a\nrequest /b\n");
  CHECK(plain(unreachable.to_server()).empty());
}

TEST_CASE("[MSG-74] octets of a server without a request end only the server's connection") {
  relay_program relay{policy};
  relay.from_server("HTTP/1.0 408 X\r\n\r\n");
  CHECK(relay.held_of_server().empty());
  CHECK(relay.told() == "close server\n");
  relay.end_server();
  relay.from_client(asks_get);
  relay.from_server(answers + "HTTP/1.0 408 X\r\n\r\n");
  CHECK(relay.held_of_server().empty());
  CHECK(relay.told() == "close server\nclose server\nrequest /a\nclose server\n");
  CHECK(plain(relay.to_client()) == answers);
  CHECK(!relay.closed);
}

TEST_CASE("a client that ends its output while it waits still gets the response") {
  relay_program relay{policy};
  relay.from_client(asks_get);
  relay.end_client();
  CHECK(relay.told() == "request /a\n");
  relay.from_server(answers);
  CHECK(plain(relay.to_client()) == plus(answers, "Connection: close"));
  CHECK(relay.told() == "request /a\nclose\n");
}

TEST_CASE("a client that ends in the middle of its content ends both connections") {
  relay_program relay{policy};
  relay.from_client(posts + "123");
  relay.end_client();
  CHECK(plain(relay.to_client()) == refuses("400 Bad Request", errc::incomplete));
  CHECK(relay.told() == "request /a\n" + closes(errc::incomplete));
}

TEST_CASE("[MSG-70] a failure has an offset in the input, even after a head that stayed there") {
  relay_connection relay{policy};
  output out{};
  const std::string octets =
      with(posts, "Content-Length: 5", "Transfer-Encoding: chunked") + "?\r\n";
  CHECK(relay.forward(relay.advance(client_side, octets, out), out));
  const relay_turn turn = relay.advance(client_side, octets, out);
  CHECK(turn.need == relay_need::close);
  CHECK(turn.why == failure{errc::bad_chunk_size, octets.size() - 3});
}

namespace {

/// What one side sends, and the output that the turn has with room enough.
struct sized {
  relay_side side;
  std::string octets;
  std::size_t size;
};

/// Makes a turn with too little room, from nothing on; it says the room that it needs, and changes
/// nothing. Returns that room.
std::size_t room_needed(const relay_connection& before, relay_side side, std::string_view octets) {
  output out{};
  std::size_t needed = 0;
  for (std::size_t room = 0; room <= out.size(); ++room) {
    relay_connection relay = before;
    const relay_turn turn = relay.advance(side, octets, {out.data(), room});
    if (turn.why.code != errc::no_space) return room == needed ? room : out.size();
    CHECK(turn.need == relay_need::close);
    CHECK(turn.used == 0);
    CHECK(turn.to_client.empty());
    CHECK(turn.to_server.empty());
    CHECK(relay == before);
    needed = turn.why.at;
  }
  return needed;
}

}  // namespace

TEST_CASE(
    "[ENG-04] output that does not fit changes nothing, and the failure has the size needed") {
  output out{};
  relay_connection relay{policy};
  CHECK(room_needed(relay, client_side, asks_get) == forwarding::forwarded_content::max_line);
  CHECK(room_needed(relay, client_side, connects) ==
        refuses("501 Not Implemented", errc::connect_not_allowed).size());
  CHECK(room_needed(relay, client_side, "?") == forwarding::forwarded_content::max_line);
  CHECK(room_needed(relay, client_side, "?\r\n\r\n") ==
        refuses("400 Bad Request", errc::bad_method).size());

  const relay_turn turn = relay.advance(client_side, asks_get, out);
  const relay_connection before = relay;
  const std::size_t size = asks_get.size() + via.size();
  for (std::size_t room = 0; room < size; ++room) {
    CHECK(relay.forward(turn, {out.data(), room}).error() == failure{errc::no_space, size});
    CHECK(relay == before);
  }
  CHECK(relay.forward(turn, {out.data(), size}));
  CHECK(room_needed(relay, server_side, agrees) ==
        refuses("502 Bad Gateway", errc::unsolicited_switch).size());
  CHECK(room_needed(relay, server_side, answers) == answers.size() - 5 + via.size());
  CHECK(room_needed(relay, server_side, hint) == hint.size() + via.size());

  // The end of input, too.
  for (std::size_t room = 0; room < refuses("502 Bad Gateway", errc::incomplete).size(); ++room) {
    relay_connection ending = relay;
    const relay_turn end = ending.end_of_input(server_side, {}, {out.data(), room});
    CHECK(end.need == relay_need::close);
    CHECK(end.why.code == errc::no_space);
    CHECK(ending == relay);
  }
}

TEST_CASE("[ENG-06] [ENG-07] a call in the wrong state fails and changes nothing") {
  output out{};
  relay_connection relay{policy};
  const relay_connection fresh = relay;
  CHECK(relay.forward(relay_turn{}, out).error().code == errc::out_of_turn);
  CHECK(relay.open_tunnel(out).error().code == errc::out_of_turn);
  CHECK(relay.refuse({.status = 403}, out).error().code == errc::out_of_turn);
  CHECK(relay == fresh);

  CHECK(relay.end_of_input(client_side, {}, out).need == relay_need::close);
  const relay_connection over = relay;
  CHECK(relay.forward(relay_turn{}, out).error().code == errc::out_of_turn);
  for (const relay_side side : {client_side, server_side}) {
    CHECK(relay.advance(side, asks_get, out).need == relay_need::close);
    CHECK(relay.advance(side, asks_get, out).used == 0);
    CHECK(relay.end_of_input(side, asks_get, out).need == relay_need::close);
  }
  CHECK(relay == over);
}

TEST_CASE("a temporary policy does not compile") {
  CHECK_BOTH(std::is_constructible_v<relay_connection, const relay_policy&>);
  CHECK_BOTH(!std::is_constructible_v<relay_connection, relay_policy>);
  CHECK_BOTH(!std::is_constructible_v<relay_connection, const relay_policy>);
}

TEST_CASE("a connection is small, and works in constant evaluation") {
  CHECK_BOTH(sizeof(relay_connection) <= 256);
  constexpr auto tunnels = [] {
    relay_connection relay{policy};
    output out{};
    const relay_turn asked = relay.advance(client_side, fixtures::upgrade_request, out);
    const bool forwarded = bool{relay.forward(asked, out)};
    (void)relay.advance(server_side, fixtures::upgrade_response, out);
    return forwarded && relay.is_tunnel();
  };
  CHECK_BOTH(tunnels());
}
