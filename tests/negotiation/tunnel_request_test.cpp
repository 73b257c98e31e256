// CONNECT: the octets of the request for a tunnel.
#include "turnout/negotiation/tunnel_request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "support/puts.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/facts.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::tunnel_request;

constexpr bool asks(const tunnel_request& asked, std::string_view expected) {
  return support::puts([&](std::span<char> out) { return turnout::write_request(asked, out); },
                       expected);
}

/// Why nothing is written into a span that has room enough; errc::none if something is.
template <class Write>
constexpr failure fault_of(const Write& write) {
  std::array<char, 256> out{};
  const failure why = write(std::span<char>{out}).error();
  const bool kept = out == std::array<char, 256>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

constexpr failure fault_of_asking(const tunnel_request& asked) {
  return fault_of([&](std::span<char> out) { return turnout::write_request(asked, out); });
}

}  // namespace

TEST_CASE("[MSG-24] [MSG-26] a CONNECT names host and port, and Host is the same") {
  CHECK_BOTH(asks({.target = "h:443"}, "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"));
  CHECK_BOTH(asks({.target = "[::1]:80"}, "CONNECT [::1]:80 HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"));
  static constexpr field_line fields[] = {{"Proxy-Authorization", "Basic eA=="}, {"X", "y"}};
  CHECK_BOTH(asks({.target = "h:443", .fields = fields},
                  "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n"
                  "Proxy-Authorization: Basic eA==\r\nX: y\r\n\r\n"));
}

TEST_CASE("[OPT-06] [OPT-13] a client that sends early data can set close") {
  static constexpr field_line fields[] = {{"X", "y"}};
  CHECK_BOTH(asks({.target = "h:443", .close = true},
                  "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nConnection: close\r\n\r\n"));
  CHECK_BOTH(asks({.target = "h:443", .fields = fields, .close = true},
                  "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nConnection: close\r\nX: y\r\n\r\n"));
  // Nobody waits for a 100 before it sends what is to go through.
  CHECK_BOTH(tunnel_request::content == turnout::framing{});
  CHECK_BOTH(!tunnel_request::expect_continue);
  CHECK_BOTH(tunnel_request{}.check_after(tunnel_request{}) == failure{});
}

TEST_CASE("[MSG-25] a request whose target is not host and port is not written") {
  for (const std::string_view bad :
       {"", "a", "a:", "a:x", "a:65536", ":443", "/x", "*", "http://a:443/", "u@a:443", "a:443/",
        "a:443#", "a b:443", "[::1:443", "a:-1"}) {
    CAPTURE(bad);
    CHECK(fault_of_asking({.target = bad}).code == errc::unwritable);
  }
  CHECK_BOTH(fault_of_asking({}) == failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of_asking({.target = "a"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(fault_of_asking({.target = "a:65536"}) == failure{errc::unwritable, 6});
  CHECK_BOTH(fault_of_asking({.target = "a:65535"}) == failure{});
}

TEST_CASE("[MSG-57] [MSG-82] [CON-13] a request with a forbidden field is not written") {
  for (const std::string_view name :
       {"Content-Length", "transfer-encoding", "Connection", "Upgrade", "Trailer", "TE", "Close",
        "Expect", "Host", "Origin", "Keep-Alive", "Proxy-Connection", "Sec-WebSocket-Version"}) {
    const field_line fields[] = {{"X", "y"}, {name, "0"}};
    CAPTURE(name);
    CHECK(fault_of_asking({.target = "h:443", .fields = fields}) ==
          failure{errc::reserved_field, 1});
  }
  for (int i = 0; i < 256; ++i) {
    const std::string text{'a', static_cast<char>(i), 'b'};
    const std::string target = text + ":443";
    const field_line fields[] = {{"X", "y"}, {"Y", text}};
    const bool in_value = i == '\t' || (i >= 0x20 && i != 0x7F);
    const failure expected = in_value ? failure{} : failure{errc::unwritable, 1};
    CAPTURE(i);
    CHECK(fault_of_asking({.target = "h:443", .fields = fields}) == expected);
    if (!in_value) CHECK(fault_of_asking({.target = target}) == failure{errc::unwritable, 1});
  }
  // The first reason is the one that stays.
  static constexpr field_line host[] = {{"Host", "a"}};
  CHECK_BOTH(fault_of_asking({.target = "a", .fields = host}) == failure{errc::unwritable, 1});
}

TEST_CASE("[ENG-08] [MSG-25] a request for a tunnel reads back as a CONNECT without content") {
  std::array<char, 128> out{};
  const auto written =
      turnout::write_request(tunnel_request{.target = "h:443", .close = true}, out);
  turnout::facts seen;
  turnout::resume_mark mark;
  const auto reading = heads::read<turnout::request_line>(
      *written, turnout::limits{}, mark,
      [&seen](std::string_view name, std::string_view value) { seen.see(name, value); });
  REQUIRE(reading.what == turnout::head_step::complete);
  CHECK(reading.rest.empty());
  CHECK(reading.head.method == tunnel_request::method);
  CHECK(reading.head.target.octets == "h:443");
  CHECK(reading.head.target.form == turnout::target_form::authority);
  CHECK(seen.lines(turnout::field_name::host).first() == "h:443");
  CHECK(seen.lines(turnout::field_name::connection).first() == "close");
}
