// A client that sends content with its request: when it sends it, and that nothing of the new
// protocol comes before its end.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/fixtures.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

constexpr profile offered[] = {{.token = {"foo", "2"}, .methods = method::post, .content = true}};
constexpr proposal sends{.method = method::post,
                         .target = "/x",
                         .host = "a",
                         .protocols = offered,
                         .content = {framing_kind::length, 5}};
constexpr proposal expects = [] {
  proposal asked = sends;
  asked.expect_continue = true;
  return asked;
}();

constexpr std::string_view proceed = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view hint = "HTTP/1.1 103 Early Hints\r\n\r\n";
const std::string agrees{fixtures::upgrade_response};

using output = std::array<char, 512>;

client_handshake<proposal> asking(const proposal& asked) {
  client_handshake client{asked};
  output out{};
  CHECK(client.write_request(out));
  return client;
}

}  // namespace

TEST_CASE("[UPG-26] an early 101 is not a switch before the content was sent") {
  for (const proposal* const asked : {&sends, &expects}) {
    auto client = asking(*asked);
    const std::string shown = agrees + "NEW";
    const auto now = client.receive(shown);
    CHECK(now.what == client_step::send_content);
    CHECK(now.switched() == nullptr);
    CHECK(now.rest == "NEW");
    CHECK(client.state() == client_state::agreed);
    CHECK(client.receive(now.rest).what == client_step::send_content);
    CHECK(client.stop_waiting().error() == failure{errc::out_of_turn, 0});
    CHECK(client.content_sent());
    CHECK(client.receive(now.rest).switched()->octets() == "NEW");
  }
}

TEST_CASE(
    "[UPG-26] content without an expectation is sent at once, and the response comes after it") {
  auto client = asking(sends);
  CHECK(client.state() == client_state::sending);
  CHECK(client.receive(proceed).what == client_step::interim_response);
  CHECK(client.content_sent());
  CHECK(client.content_sent().error() == failure{errc::out_of_turn, 0});
  CHECK(client.receive(agrees).what == client_step::switched);
}

TEST_CASE("[UPG-30] [UPG-36] content that waits is sent after a 100, and after no other 1xx") {
  auto client = asking(expects);
  CHECK(client.state() == client_state::expecting);
  CHECK(client.content_sent().error() == failure{errc::out_of_turn, 0});
  CHECK(client.receive(hint).what == client_step::interim_response);
  CHECK(client.state() == client_state::expecting);
  const auto now = client.receive(proceed);
  CHECK(now.what == client_step::send_content);
  CHECK(now.response.status == 100);
  CHECK(client.receive(proceed).what == client_step::interim_response);
  CHECK(client.content_sent());
  CHECK(client.receive(proceed).what == client_step::interim_response);
  CHECK(client.receive(agrees).what == client_step::switched);
}

TEST_CASE("[UPG-31] content that waits is sent when the caller stops waiting") {
  auto client = asking(expects);
  CHECK(client.stop_waiting());
  CHECK(client.stop_waiting().error() == failure{errc::out_of_turn, 0});
  CHECK(client.receive(proceed).what == client_step::interim_response);
  CHECK(client.content_sent());
  CHECK(client.receive(agrees).what == client_step::switched);
}

TEST_CASE("[UPG-53] [CON-08] a final response before the content was sent ends the connection") {
  for (const std::string_view status : {"417", "401", "413"}) {
    for (const proposal* const asked : {&sends, &expects}) {
      auto client = asking(*asked);
      const std::string shown =
          "HTTP/1.1 " + std::string{status} + " X\r\nContent-Length: 0\r\n\r\n";
      const auto now = client.receive(shown);
      CHECK(now.what == client_step::declined);
      CHECK(client.content_sent().error() == failure{errc::out_of_turn, 0});
      CHECK(client.receive(now.rest).what == client_step::content_ended);
      CHECK(!client.is_reusable());
      CHECK(rules::retry_without_expect(now.response.status, asked->expect_continue) ==
            (status == "417" && asked == &expects));
    }
  }
  auto whole = asking(sends);
  CHECK(whole.content_sent());
  const auto now = whole.receive("HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n");
  CHECK(whole.receive(now.rest).what == client_step::content_ended);
  CHECK(whole.is_reusable());
}

TEST_CASE("[MSG-80] [ENG-05] the end of input before the content was sent is a failure") {
  for (const bool agreed : {false, true}) {
    auto client = asking(expects);
    if (agreed) CHECK(client.receive(agrees).what == client_step::send_content);
    CHECK(client.input_ended({}).error() == failure{errc::incomplete, 0});
    CHECK(client.content_sent().error() == failure{errc::out_of_turn, 0});
    CHECK(client.state() == client_state::failed);
  }
}
