// A client's connection: send, do, drop.
#include "turnout/connection/client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/client_turns.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using fixtures::with;
using turns::client_program, turns::closes;

using output = std::array<char, 512>;

constexpr profile spoken[] = {{.token = {"foo", "2"}}, {.token = {"bar", {}}}};
constexpr profile first_only[] = {spoken[0]};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = first_only};
constexpr proposal asked_bar{.target = "/y", .host = "a", .protocols = {&spoken[1], 1}};
constexpr profile with_content[] = {
    {.token = {"foo", "2"}, .methods = method::post, .content = true}};
constexpr proposal sends{.method = method::post,
                         .target = "/x",
                         .host = "a",
                         .protocols = with_content,
                         .content = {framing_kind::length, 5}};
constexpr proposal expects{.method = method::post,
                           .target = "/x",
                           .host = "a",
                           .protocols = with_content,
                           .content = {framing_kind::length, 5},
                           .expect_continue = true};
constexpr tunnel_request tunnels{.target = "b:443"};

const std::string agrees{fixtures::upgrade_response};
const std::string agrees_bar = with(agrees, "foo/2", "bar");
const std::string hint = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
const std::string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
const std::string no = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone";
const std::string chunked = "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string requires_bar =
    "HTTP/1.1 426 Upgrade Required\r\nConnection: upgrade\r\nUpgrade: bar\r\n"
    "Content-Length: 2\r\n\r\nno";

/// What a server sends, and what a program says of it.
struct played {
  std::string octets;
  std::string says;
};

/// Plays all of them in every pair of pieces, and octet by octet.
template <class Proposal>
void check(const client_program<Proposal>& program, std::initializer_list<played> all) {
  for (const played& one : all) {
    CAPTURE(one.octets);
    CHECK(program.play(one.octets) == one.says);
    for (std::size_t first = 0; first <= one.octets.size(); ++first)
      CHECK(turns::differs_in_pieces(program, one.octets, {first, std::string_view::npos}) == "");
  }
}

}  // namespace

TEST_CASE(
    "[ENG-01] [ENG-02] [UPG-36] a connection behaves the same in whatever pieces its octets "
    "arrive") {
  const std::string begins = "> GET /x HTTP/1.1\n";
  check<proposal>(
      {asked},
      {{agrees + "new", begins + "switched foo\n"},
       {hint + hint + agrees, begins + "interim 103\ninterim 103\nswitched foo\n"},
       {proceed + agrees, begins + "interim 100\nswitched foo\n"},
       {no, begins + "response 404\ncontent none\ndone\n"},
       {chunked + "2\r\nno\r\n2\r\nne\r\n0\r\n\r\n", begins + "response 404\ncontent none\ndone\n"},
       {"HTTP/1.1 200 OK\r\n\r\nall of it", begins + "response 200\ncontent all of it\ndone\n"},
       {"HTTP/1.1 204 No Content\r\n\r\n", begins + "response 204\ndone\n"},
       {requires_bar, begins + "response 426\ncontent no\ndone\n"},
       {agrees_bar, begins + closes(errc::protocol_not_offered)},
       {"HTTP/1.1 200 OK\r\nContent-Le", begins + closes(errc::incomplete)},
       {with(no, "4\r\n", "5\r\n"),
        begins + "response 404\ncontent none\n" + closes(errc::incomplete)},
       {"", begins + closes(errc::incomplete)},
       {"SSH-2.0-x\r\n", begins + closes(errc::bad_http_version)}});
}

TEST_CASE(
    "[UPG-26] content is sent right after the request, and the new protocol begins after the "
    "content") {
  check<proposal>({sends}, {{agrees + "new", "> POST /x HTTP/1.1\nsend content\nswitched foo\n"},
                            {no,
                             "> POST /x HTTP/1.1\nsend content\nresponse 404\n"
                             "content none\ndone\n"}});
}

TEST_CASE("[UPG-26] content that waits is sent after a 100, or after a 101 if no 100 comes") {
  const std::string begins = "> POST /x HTTP/1.1\n";
  check<proposal>({expects},
                  {{proceed + agrees, begins + "send content\nswitched foo\n"},
                   {hint + proceed + agrees, begins + "interim 103\nsend content\nswitched foo\n"},
                   {agrees + "new", begins + "send content\nswitched foo\n"},
                   {no, begins + "response 404\ncontent none\ndone\n"}});
}

TEST_CASE("a client stops waiting for a 100, and sends its content") {
  client_connection client{expects};
  output out{};
  CHECK(client.advance({}, out).need == client_need::more);
  CHECK(client.content_sent().error().code == errc::out_of_turn);
  CHECK(client.stop_waiting());
  CHECK(client.stop_waiting().error().code == errc::out_of_turn);
  const client_turn sending = client.advance(hint, out);
  CHECK(sending.need == client_need::send_content);
  CHECK(sending.used == 0);
  CHECK(sending.output.empty());
  CHECK(client.advance(hint, out).need == client_need::interim);
  CHECK(client.advance({}, out).need == client_need::more);
  CHECK(client.content_sent());
  CHECK(client.advance(agrees, out).need == client_need::switched);
}

TEST_CASE("a client that has sent its content is not asked for it again") {
  constexpr proposal both[] = {expects, sends};
  client_connection client{both[0]};
  output out{};
  (void)client.advance({}, out);
  CHECK(client.stop_waiting());
  CHECK(client.content_sent());
  CHECK(client.advance({}, out).need == client_need::more);
  (void)client.advance("HTTP/1.1 204 X\r\n\r\n", out);
  CHECK(client.ask(both[1]));
  CHECK(client.advance({}, out).need == client_need::send_content);
  CHECK(client.advance({}, out).need == client_need::more);
}

TEST_CASE("[ENG-05] after stop_waiting() the content is sent even if the server sends no more") {
  client_connection client{expects};
  output out{};
  (void)client.advance({}, out);
  CHECK(client.stop_waiting());
  CHECK(client.end_of_input({}, out).need == client_need::send_content);
  CHECK(client.end_of_input({}, out).need == client_need::close);
}

TEST_CASE("[MSG-56] a 2xx to CONNECT opens a tunnel, and anything else does not") {
  const std::string begins = "> CONNECT b:443 HTTP/1.1\n";
  check<tunnel_request>({tunnels}, {{"HTTP/1.1 200 OK\r\n\r\nhello", begins + "switched\n"},
                                    {"HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n",
                                     begins + "response 407\ndone\n"}});
}

TEST_CASE("[UPG-23] a 426 that requires a protocol of the client needs a retry") {
  check<proposal>(
      {asked, &asked_bar, agrees_bar, {.spoken = spoken}},
      {{requires_bar,
        "> GET /x HTTP/1.1\nretry bar\ncontent no\n> GET /y HTTP/1.1\nswitched bar\n"},
       {with(requires_bar, "bar", "baz"),
        "> GET /x HTTP/1.1\nresponse 426\ncontent no\n> GET /y HTTP/1.1\nswitched bar\n"}});
}

TEST_CASE("a turn of a 426 names the profile in the client's own list") {
  client_connection client{asked, {.spoken = spoken}};
  output out{};
  CHECK(client.advance({}, out).required == nullptr);
  const client_turn declined = client.advance(requires_bar, out);
  CHECK(declined.need == client_need::retry);
  CHECK(declined.required == &spoken[1]);
  CHECK(declined.response.status == 426);
}

TEST_CASE(
    "[UPG-47] another request may follow a complete response that keeps the connection open") {
  output out{};
  client_connection client{asked};
  (void)client.advance({}, out);
  CHECK(!client.keeps_alive());
  CHECK(client.ask(asked).error().code == errc::out_of_turn);
  client_turn turn = client.advance(no, out);
  CHECK(turn.need == client_need::response);
  CHECK(turn.framing == framing{framing_kind::length, 4});
  turn = client.advance(turn.rest, out);
  CHECK(turn.content == "none");
  turn = client.advance({}, out);
  CHECK(turn.need == client_need::done);
  CHECK(client.keeps_alive());
  CHECK(client.ask(asked_bar));
  CHECK(!client.keeps_alive());
  CHECK(client.advance({}, out).output.starts_with("GET /y "));
}

TEST_CASE("[MSG-74] octets after a response belong to no request, and end the connection") {
  output out{};
  client_connection client{asked};
  (void)client.advance({}, out);
  const std::string octets = "HTTP/1.1 204 X\r\n\r\n" + agrees;
  const client_turn turn = client.advance(octets, out);
  CHECK(turn.need == client_need::response);
  CHECK(client.advance(turn.rest, out).need == client_need::done);
  CHECK(!client.keeps_alive());
  CHECK(client.ask(asked).error().code == errc::not_persistent);
}

TEST_CASE("[UPG-22] [UPG-23] a protocol in any other response is for another connection") {
  client_connection client{asked, {.spoken = spoken}};
  output out{};
  (void)client.advance({}, out);
  const client_turn turn =
      client.advance(with(requires_bar, "426 Upgrade Required", "404 Not Found"), out);
  CHECK(turn.need == client_need::response);
  CHECK(turn.required == nullptr);
}

TEST_CASE(
    "[ENG-05] a server that ends before the request still gets it, and then the client fails") {
  client_connection client{asked};
  output out{};
  const client_turn asks = client.end_of_input({}, out);
  CHECK(asks.need == client_need::more);
  CHECK(asks.output.starts_with("GET /x "));
  CHECK(asks.why == failure{});
  CHECK(client.state() == client_state::waiting);
  const client_turn end = client.end_of_input({}, out);
  CHECK(end.need == client_need::close);
  CHECK(end.why == failure{errc::incomplete, 0});
}

TEST_CASE("[MSG-74] octets that come before the request was written are not a response to it") {
  output out{};
  client_connection client{asked};
  const client_turn turn = client.advance(agrees, out);
  CHECK(turn.need == client_need::close);
  CHECK(turn.why == failure{errc::unsolicited_response, 0});
  CHECK(turn.output.empty());
}

TEST_CASE(
    "[ENG-04] a request that does not fit changes nothing, and the failure has the size needed") {
  output out{};
  client_connection whole{asked};
  const std::size_t size = whole.advance({}, out).output.size();
  client_connection client{asked};
  const client_connection before = client;
  for (std::size_t room = 0; room < size; ++room) {
    CAPTURE(room);
    const client_turn turn = client.advance({}, {out.data(), room});
    CHECK(turn.need == client_need::close);
    CHECK(turn.why == failure{errc::no_space, size});
    CHECK(turn.output.empty());
    CHECK(turn.used == 0);
    CHECK(client == before);
    CHECK(client.end_of_input({}, {out.data(), room}).why == failure{errc::no_space, size});
    CHECK(client == before);
  }
  CHECK(client.advance({}, {out.data(), size}).output.size() == size);
  CHECK(client == whole);
}

TEST_CASE(
    "[MSG-70] [MSG-80] a failure is at an octet of the input, also in content of which some was "
    "used") {
  output out{};
  client_connection client{asked};
  (void)client.advance({}, out);
  const client_turn turn = client.advance(chunked, out);
  const std::string_view chunks = "2\r\nhi\r\n?\r\n";
  CHECK(turn.used == chunked.size());
  CHECK(client.advance(chunks, out).used == 5);
  const client_turn broken = client.advance(chunks.substr(5), out);
  CHECK(broken.need == client_need::close);
  CHECK(broken.why.at == 2);

  client_connection other{asked};
  (void)other.advance({}, out);
  (void)other.advance(chunked, out);
  CHECK(other.end_of_input("2\r\n", out).why == failure{errc::incomplete, 3});
  CHECK(other.advance("2\r\n", out).need == client_need::close);
}

TEST_CASE("[ENG-05] a late server ends the connection, whatever was due from it") {
  const std::string until_close = "HTTP/1.1 200 OK\r\n\r\n";
  for (const std::string& octets :
       {std::string{}, hint, no.substr(0, 20), no.substr(0, no.size() - 1), chunked, until_close}) {
    CAPTURE(octets);
    output out{};
    client_connection client{asked};
    (void)client.advance({}, out);
    std::string_view unread = octets;
    client_turn turn = client.time_out(unread, out);
    for (; turn.need != client_need::close; turn = client.time_out(unread, out))
      unread.remove_prefix(turn.used);
    CHECK(turn.why == failure{errc::timed_out, unread.size()});
    CHECK(client.state() == client_state::failed);
    CHECK(!client.keeps_alive());
    CHECK(client.ask(asked).error().code == errc::out_of_turn);
    CHECK(client.time_out(unread, out).why == turn.why);
  }
}

TEST_CASE("[ENG-05] a server is not late before the request, nor after its response") {
  output out{};
  client_connection client{asked};
  CHECK(client.time_out({}, out).output.starts_with("GET /x "));
  client_connection declined = client;
  CHECK(client.time_out(agrees, out).need == client_need::switched);
  CHECK(client.time_out({}, out).need == client_need::switched);
  CHECK(declined.time_out("HTTP/1.1 204 X\r\n\r\n", out).need == client_need::response);
  CHECK(declined.time_out({}, out).need == client_need::done);
  CHECK(declined.keeps_alive());
}

TEST_CASE("[ENG-06] after a switch or a failure, further calls change nothing") {
  output out{};
  client_connection client{asked};
  (void)client.advance({}, out);
  CHECK(client.advance(agrees, out).need == client_need::switched);
  const client_connection before = client;
  const client_turn again = client.advance("new", out);
  CHECK(again.need == client_need::switched);
  CHECK(again.rest == "new");
  CHECK(again.used == 0);
  CHECK(client.end_of_input("new", out).need == client_need::switched);
  CHECK(client.ask(asked).error().code == errc::out_of_turn);
  CHECK(client.stop_waiting().error().code == errc::out_of_turn);
  CHECK(client.content_sent().error().code == errc::out_of_turn);
  CHECK(client == before);
}

TEST_CASE("connections are equal if their states and their protocols are equal") {
  const client_connection client{asked, {.spoken = spoken}};
  CHECK(client == client_connection{asked, {.spoken = spoken}});
  CHECK(client != client_connection{asked, {.spoken = first_only}});
  CHECK(client != client_connection{asked, {.spoken = {spoken, 1}}});
}

TEST_CASE("a temporary proposal does not compile") {
  CHECK_BOTH(std::is_constructible_v<client_connection<proposal>, const proposal&>);
  CHECK_BOTH(!std::is_constructible_v<client_connection<proposal>, proposal>);
  CHECK_BOTH(!std::is_constructible_v<client_connection<proposal>, const proposal>);
}

TEST_CASE("a connection is small, and works in constant evaluation") {
  CHECK_BOTH(sizeof(client_connection<proposal>) <= 256);
  constexpr auto switches = [] {
    client_connection client{asked};
    output out{};
    return client.advance({}, out).output.starts_with("GET /x ") &&
           client.advance(fixtures::upgrade_response, out).need == client_need::switched;
  };
  CHECK_BOTH(switches());
}
