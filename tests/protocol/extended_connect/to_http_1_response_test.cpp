// Answers to an extended CONNECT, and the octets of HTTP/1.1 that are made of them.
#include "turnout/protocol/extended_connect/to_http_1_response.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/fixtures.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
using extended_connect::response;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::method;
using turnout::profile;
using turnout::result;
using list = std::vector<field_line>;

constexpr profile spoken[] = {
    turnout::websocket::profile, turnout::connect_udp::profile, {.token = {"own", {}}}};

facts facts_of(std::string_view lines) {
  return fixtures::with({method::get, turnout::http_1_1}, lines);
}

/// The 101 that answers an HTTP/1.1 request whose Upgrade and further lines are these.
result<std::string_view> switched(std::string_view lines, const turnout::protocol& token,
                                  const list& answer, std::span<char> out) {
  const facts seen = facts_of(lines);
  const auto offered = turnout::examine_request(seen, spoken).offer;
  const auto read = response::read(answer);
  REQUIRE(read);
  const auto agreed = extended_connect::agreement::read(offered, token, *read);
  if (!agreed) return agreed.error();
  const auto written = turnout::write_switch(*agreed, false, {}, out);
  if (!written) return written.error();
  return *written;
}

constexpr std::string_view websocket_offer =
    "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
constexpr std::string_view udp_offer = "Host: a\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n";

std::string switched(std::string_view lines, const turnout::protocol& token, const list& answer) {
  std::array<char, 512> out{};
  const auto octets = switched(lines, token, answer, out);
  REQUIRE(octets);
  return std::string{*octets};
}

failure unswitched(std::string_view lines, const turnout::protocol& token, const list& answer) {
  std::array<char, 512> out{};
  return switched(lines, token, answer, out).error();
}

result<std::string_view> answered(const list& answer, const turnout::advertisement& said,
                                  std::span<char> out) {
  const auto read = response::read(answer);
  REQUIRE(read);
  const auto written = extended_connect::write_response(*read, said, out);
  if (!written) return written.error();
  return *written;
}

std::string answered(const list& answer, const turnout::advertisement& said = {}) {
  std::array<char, 512> out{};
  const auto octets = answered(answer, said, out);
  REQUIRE(octets);
  return std::string{*octets};
}

failure unanswered(const list& answer) {
  std::array<char, 512> out{};
  return answered(answer, {}, out).error();
}

}  // namespace

TEST_CASE("[XC-19] [XC-08] [XC-10] a 2xx becomes the 101 for the key") {
  const std::string expected =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  CHECK(switched(websocket_offer, {"websocket", {}}, {{":status", "200"}}) == expected);
  CHECK(switched(websocket_offer, {"websocket", {}},
                 {{":status", "204"}, {"sec-websocket-accept", "x"}, {"content-length", "0"}}) ==
        expected);
  CHECK(switched(websocket_offer, {"websocket", {}},
                 {{":status", "200"}, {"sec-websocket-protocol", "chat"}, {"server", "a"}}) ==
        fixtures::plus(expected, "sec-websocket-protocol: chat\r\nserver: a"));

  std::array<char, 512> out{};
  for (std::size_t size = 0; size < expected.size(); ++size)
    CHECK(switched(websocket_offer, {"websocket", {}}, {{":status", "200"}},
                   std::span{out}.first(size))
              .error() == failure{errc::no_space, expected.size()});
  CHECK(out == std::array<char, 512>{});
}

TEST_CASE("[XC-20] [CAP-08] for connect-udp, a 204 is not a success") {
  CHECK(
      switched(udp_offer, {"connect-udp", {}}, {{":status", "200"}, {"capsule-protocol", "?1"}}) ==
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n"
      "capsule-protocol: ?1\r\n\r\n");
  for (const std::string_view status : {"204", "205", "206"})
    CHECK(unswitched(udp_offer, {"connect-udp", {}}, {{":status", status}}).code ==
          errc::status_without_capsules);
  CHECK(unswitched(udp_offer, {"connect-udp", {}}, {{":status", "200"}, {"content-type", "a/b"}}) ==
        failure{errc::content_not_allowed, 0});
}

TEST_CASE("[XC-22] no other response becomes a 101") {
  for (const std::string_view status : {"100", "302", "404", "501"})
    CHECK(unswitched(websocket_offer, {"websocket", {}}, {{":status", status}}).code ==
          errc::bad_status_to_write);
  CHECK(unswitched(websocket_offer, {"own", {}}, {{":status", "200"}}).code ==
        errc::foreign_agreement);
  CHECK(unswitched("Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", {"websocket", {}},
                   {{":status", "200"}})
            .code == errc::bad_websocket_key);
  std::array<char, 64> out{};
  CHECK(turnout::write_switch(extended_connect::agreement{}, false, {}, out).error().code ==
        errc::no_protocol);
}

TEST_CASE("[XC-22] other responses keep their status, and have where their content ends") {
  CHECK(answered({{":status", "404"}, {"content-type", "a/b"}, {"content-length", "007"}}) ==
        "HTTP/1.1 404 Not Found\r\ncontent-type: a/b\r\nContent-Length: 7\r\n\r\n");
  CHECK(answered({{":status", "501"}}, {.close = true}) ==
        "HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
  CHECK(answered({{":status", "599"}, {"sec-websocket-accept", "x"}}) ==
        "HTTP/1.1 599 \r\nTransfer-Encoding: chunked\r\n\r\n");
  CHECK(answered({{":status", "304"}, {"etag", "x"}}) ==
        "HTTP/1.1 304 Not Modified\r\netag: x\r\n\r\n");
  CHECK(answered({{":status", "103"}, {"link", "<a>"}}, {.close = true}) ==
        "HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n");
  CHECK(answered({{":status", "426"}, {"sec-websocket-version", "13"}, {"content-length", "0"}},
                 {.protocols = std::span{spoken}.first(1)}) ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "sec-websocket-version: 13\r\nContent-Length: 0\r\n\r\n");

  CHECK(unanswered({{":status", "426"}}) == failure{errc::no_protocol, 0});
  CHECK(unanswered({{":status", "200"}}) == failure{errc::bad_status_to_write, 0});
  CHECK(unanswered({{":status", "404"}, {"content-length", "1x"}}) ==
        failure{errc::bad_content_length, 1});
  CHECK(unanswered({{":status", "404"}, {"content-length", "1"}, {"content-length", "1"}}).code ==
        errc::repeated_content_length);
  list many{{":status", "404"}};
  many.insert(many.end(), 25, {"origin", "a"});
  CHECK(unanswered(many).code == errc::too_many_kept_lines);

  const list lines{{":status", "404"}, {"content-length", "7"}};
  const std::string whole = answered(lines);
  std::array<char, 512> out{};
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(answered(lines, {}, std::span{out}.first(size)).error() ==
          failure{errc::no_space, whole.size()});
  CHECK(out == std::array<char, 512>{});
}

TEST_CASE("[XC-24] an invalid response is not written") {
  const list bad{{"fine", "x"}, {"a", "b\r\nX: y"}};
  std::array<char, 512> out{};
  CHECK(extended_connect::write_response({404, bad}, {}, out).error() ==
        failure{errc::unwritable, 1});
  CHECK(extended_connect::write_response({101, {}}, {}, out).error().code ==
        errc::bad_status_to_write);
  CHECK(extended_connect::write_response({1000, {}}, {}, out).error().code ==
        errc::bad_status_to_write);
}
