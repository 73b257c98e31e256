// What a client gets: the members of each outcome.
#include "turnout/handshake/client_received.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"

namespace {

using namespace turnout;

constexpr profile offered[] = {{.token = {"foo", "2"}}};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = offered};

client_handshake<proposal> waiting() {
  client_handshake client{asked};
  std::array<char, 128> out{};
  CHECK(client.write_request(out));
  return client;
}

}  // namespace

TEST_CASE("[OPT-01] [OPT-03] [WS-13] only a handshake makes evidence of a switch") {
  constexpr client_received nothing;
  CHECK_BOTH(nothing.what == client_step::need_more);
  CHECK_BOTH(nothing.switched() == nullptr);
  CHECK_BOTH(nothing.framing == framing{});
  CHECK_BOTH(std::is_trivially_copyable_v<client_received>);
}

TEST_CASE("[MSG-78] [MSG-55] an interim response ends with its head, whatever its fields say") {
  const std::string agrees{fixtures::upgrade_response};
  for (const std::string_view status : {"100", "102", "103", "199"}) {
    for (const std::string_view field : {"Content-Length: 5", "Transfer-Encoding: chunked"}) {
      auto client = waiting();
      const std::string shown = "HTTP/1.1 " + std::string{status} + " X\r\n" + std::string{field} +
                                "\r\n\r\n" + agrees + "NEW";
      const auto now = client.receive(shown);
      CHECK(now.what == client_step::interim_response);
      CHECK(now.framing == framing{});
      CHECK(now.rest == agrees + "NEW");
      CHECK(client.receive(now.rest).switched()->octets() == "NEW");
    }
  }
}

TEST_CASE("[MSG-69] [UPG-21] a declined response has where its content ends") {
  const std::string head = "HTTP/1.1 426 X\r\n";
  struct {
    std::string fields;
    framing content;
  } const cases[] = {{"", {framing_kind::until_close, 0}},
                     {"Content-Length: 5\r\n", {framing_kind::length, 5}},
                     {"Transfer-Encoding: chunked\r\n", {framing_kind::chunked, 0}},
                     {"Transfer-Encoding: gzip\r\n", {framing_kind::until_close, 0}}};
  for (const auto& one : cases) {
    auto client = waiting();
    const std::string shown = head + one.fields + "\r\n";
    const auto now = client.receive(shown);
    CHECK(now.what == client_step::declined);
    CHECK(now.framing == one.content);
    CHECK(now.content.empty());
  }
}

TEST_CASE("each step of a client has its name") {
  CHECK_BOTH(name_of(client_step::need_more) == "need_more");
  CHECK_BOTH(name_of(client_step::interim_response) == "interim_response");
  CHECK_BOTH(name_of(client_step::send_content) == "send_content");
  CHECK_BOTH(name_of(client_step::switched) == "switched");
  CHECK_BOTH(name_of(client_step::declined) == "declined");
  CHECK_BOTH(name_of(client_step::content) == "content");
  CHECK_BOTH(name_of(client_step::content_ended) == "content_ended");
  CHECK_BOTH(name_of(client_step::failed) == "failed");
}
