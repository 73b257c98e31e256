// XC-21 as a law, in both directions: in whichever pieces the server's octets come, and wherever in
// between the client sends DATA, ends or is reset, none of it goes on before the 101 or the 2xx was
// read whole.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/gateway_messages.hpp"
#include "support/gateway_turns.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using turns::down_program;
using enum gateway::side;

struct exchange {
  const header_list* request;
  std::string answer;  ///< what the server sends, up to the end of the head that counts
  bool opens;          ///< whether that opens the tunnel
};

const std::string interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 x\r\nLink: y\r\n\r\n";

const exchange exchanges[] = {
    {&asks_websocket, agrees, true},
    {&asks_websocket, interim + agrees, true},
    {&asks_connect, "HTTP/1.1 200 OK\r\nX: y\r\n\r\n", true},
    {&asks_connect, interim + "HTTP/1.1 204 No Content\r\n\r\n", true},
    {&asks_websocket, "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc", false},
    {&asks_websocket, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", false},
    {&asks_websocket, "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", false},
    {&asks_connect, "HTTP/1.1 407 x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
     false},
};

/// A program that has asked.
down_program asking(const exchange& one) {
  down_program program{spoken, {.allow_connect = true}};
  program.receive(*one.request);
  return program;
}

/// How often DATA was counted.
struct counts {
  std::size_t cuts = 0;
  std::size_t early = 0;
  std::size_t late = 0;
};

/// Sends DATA at one place in the answer, which comes in pieces of `size` before and after it.
void send_data_at(const exchange& one, std::size_t place, std::size_t size, counts& counted) {
  down_program program = asking(one);
  const std::string_view answer = one.answer;
  const auto send = [&](std::string_view part) {
    for (; !part.empty(); part.remove_prefix(std::min(size, part.size())))
      program.take(connection, part.substr(0, size));
  };
  send(answer.substr(0, place));
  program.take(stream, "early");
  if (place < answer.size()) counted.early += program.sent_on;
  send(answer.substr(place));
  ++counted.cuts;
  counted.early += program.early;
  counted.late += program.sent_on;
  CHECK(program.sent_on == (one.opens ? 5 : 0));
  CHECK(program.gateway.is_open() == one.opens);
}

}  // namespace

TEST_CASE("[XC-21] over all cuts of the answer, no DATA passes before it, and all of it after") {
  counts counted;
  for (const exchange& one : exchanges)
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, one.answer.size()})
      for (std::size_t place = 0; place <= one.answer.size(); ++place)
        send_data_at(one, place, size, counted);
  CHECK(counted.cuts > 2000);
  CHECK(counted.early == 0);
  CHECK(counted.late > 0);
}

TEST_CASE("[XC-22] the same story is told over every cut of the answer") {
  for (const exchange& one : exchanges) {
    down_program whole = asking(one);
    whole.take(connection, one.answer + "rest");
    whole.end(connection);
    const std::string story = whole.story();
    for (std::size_t place = 0; place <= one.answer.size(); ++place) {
      down_program program = asking(one);
      program.take(connection, std::string_view{one.answer}.substr(0, place));
      program.take(connection, one.answer.substr(place) + "rest");
      program.end(connection);
      CHECK(program.story() == story);
    }
  }
}

TEST_CASE("[XC-15] wherever a side ends or is reset, the client's stream ends once") {
  for (const exchange& one : exchanges) {
    for (std::size_t place = 0; place <= one.answer.size(); ++place) {
      for (const int how : {0, 1, 2, 3}) {
        down_program program = asking(one);
        program.take(stream, "early");
        program.take(connection, std::string_view{one.answer}.substr(0, place));
        if (program.closed) continue;
        if (how == 0) program.reset(stream);
        if (how == 1) program.reset(connection);
        if (how == 2) program.end(connection), program.end(stream);
        if (how == 3) program.end(stream), program.end(connection);
        CHECK(program.closed);
        CHECK(program.ends == (how == 0 ? 0 : 1));
        CHECK(program.finals <= 1);
        CHECK(program.early == 0);
      }
    }
  }
}

TEST_CASE("[XC-21] over all cuts of an HTTP/1.1 request, nothing after it passes before a 2xx") {
  struct row {
    std::string request;
    header_list answer;
    bool opens;
  };
  const row rows[] = {
      {wants_websocket, accepts, true},           {wants_udp, {{":status", "200"}}, true},
      {wants_tunnel, {{":status", "204"}}, true}, {wants_websocket, {{":status", "404"}}, false},
      {wants_udp, {{":status", "204"}}, false},   {wants_tunnel, {{":status", "407"}}, false}};
  std::size_t cuts = 0;
  for (const row& one : rows) {
    const std::string octets = one.request + "early";
    std::string story;
    for (std::size_t cut = 0; cut <= octets.size(); ++cut) {
      turns::up_program program{spoken, {.allow_connect = true}};
      program.take(connection, std::string_view{octets}.substr(0, cut));
      program.take(connection, std::string_view{octets}.substr(cut));
      CHECK(program.sent_on == 0);
      program.receive({{":status", "103"}});
      CHECK(program.sent_on == 0);
      program.receive(one.answer);
      program.take(stream, "back");
      CHECK(program.early == 0);
      CHECK(program.sent_on == (one.opens ? 5 : 0));
      if (cut == 0) story = program.story();
      CHECK(program.story() == story);
      ++cuts;
    }
  }
  CHECK(cuts > 600);
}

TEST_CASE("[XC-19] [XC-20] what goes up comes down as it was, over two gateways") {
  for (const std::string* request : {&wants_websocket, &wants_udp, &wants_tunnel}) {
    std::array<field_line, 16> lines{};
    std::array<field_line, 16> answer_lines{};
    std::array<char, 1024> up_octets{};
    std::array<char, 1024> down_octets{};
    const gateway::options options{.allow_connect = true};
    extended_connect::enable_connect_protocol allowed;
    CHECK(allowed.see(8, 1));
    gateway::from_http_1 up{spoken, options};
    gateway::to_http_1 down{spoken, options};
    (void)up.advance(connection, *request, {lines, up_octets});
    const gateway::turn list = up.forward(*request, "https", allowed, {lines, up_octets});
    const gateway::turn asked = down.receive(list.list, {answer_lines, down_octets});
    CHECK((asked.need == gateway::need::request || asked.need == gateway::need::connect));
    const gateway::turn sent =
        down.forward(list.list, turns::gateway_nonce, {answer_lines, down_octets});
    const std::string last{*sent.octets.begin()};
    // The server at the end of the chain sees a request for the same.
    server_connection server{spoken, {.allow_connect = true}};
    std::array<char, 1024> out{};
    const server_turn seen = server.advance(last, out);
    const bool tunneled = request == &wants_tunnel;
    CHECK(seen.need == (tunneled ? server_need::connect : server_need::decision));
    const auto said =
        tunneled ? server.open_tunnel(out)
        : request == &wants_websocket
            ? server.answer(websocket::agree(seen.offer(), {}), out)
            : server.answer(connect_udp::agree(seen.offer(), seen.request.target.octets), out);
    REQUIRE(said);
    const gateway::turn back = down.advance(connection, *said, {answer_lines, down_octets});
    CHECK(back.list.front().value == "200");
    const gateway::turn front = up.receive(back.list, {lines, up_octets});
    CHECK(up.is_open());
    CHECK(down.is_open());
    CHECK(front.octets.begin()->starts_with(tunneled ? "HTTP/1.1 200" : "HTTP/1.1 101"));
  }
}
