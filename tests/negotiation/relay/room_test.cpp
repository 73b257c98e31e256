// The room that forwarded heads need: enough for all, and no more than the longest takes.
#include "turnout/negotiation/relay/room.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "turnout/handshake/relay.hpp"

namespace {

using namespace turnout;

constexpr profile allowed[] = {{.token = {"foo", "2"}},
                               {.token = {"bar", ""}, .upper = {"HTTP", "1.1"}},
                               {.token = {"baz", ""}, .upper = {"x", ""}},
                               {.token = {"tcp", ""}, .methods = method::post, .content = true}};
constexpr field_line own[] = {{"X-Real-IP", "192.0.2.1"}, {"Forwarded", "for=_x"}};
constexpr relay_policy policy{.allowed = allowed, .name = "proxy", .fields = own};
constexpr limits buffer = limits::for_buffer(8192);

/// A head of as many octets as the limits allow, with short lines and, at its end, long ones.
std::string filled(std::string head, const limits& most, std::size_t short_lines) {
  for (std::size_t i = 0; i < short_lines; ++i) head += "X:\r\n";
  while (head.size() + 2 < most.head) {
    std::size_t size = most.head - head.size() - 2;  // of the next line, with its end
    if (size > most.field_line) size = most.field_line / 2;
    head += "X:" + std::string(size - 4, 'x') + "\r\n";
  }
  return head + "\r\n";
}

std::string repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// How many octets a request needs to be forwarded; 0 if it is not forwarded.
std::size_t needed(const std::string& request, const limits& most) {
  relay_handshake relay{policy, most};
  const relayed_request now = relay.receive_request(request);
  return relay.forward(now, {}).error().at;
}

/// The same of a response to a client that offers all, and may have to close.
std::size_t needed_by_response(const std::string& response, const limits& most,
                               std::string_view version) {
  std::vector<char> out(65536);
  relay_handshake relay{policy, most};
  const auto request = "GET / HTTP/" + std::string{version} +
                       "\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2, bar\r\n\r\n";
  REQUIRE(relay.forward(relay.receive_request(request), out));
  const relayed_response now = relay.receive_response(response);
  return relay.forward(now, {}, own).error().at;
}

}  // namespace

TEST_CASE("[ENG-04] the longest possible head fits exactly") {
  const std::string target(buffer.start_line - std::string_view{"CONNECT :1 HTTP/1.0"}.size(), 'a');
  const std::string asks =
      filled("CONNECT " + target + ":1 HTTP/1.0\r\n", buffer, buffer.field_lines - 1u);
  REQUIRE(asks.size() == buffer.head);
  CHECK(needed(asks, buffer) == room(buffer, policy));
  std::vector<char> out(room(buffer, policy));
  relay_handshake relay{policy, buffer};
  CHECK(relay.forward(relay.receive_request(asks), out));
}

TEST_CASE("[ENG-04] every rewritten head fits") {
  for (const limits& most : {limits{}, buffer, limits::for_buffer(2000)}) {
    CAPTURE(most.head);
    const auto fill = [&most](const std::string& head) { return filled(head, most, 20); };
    const std::size_t parameters = most.field_line / 4 - 20;
    const std::string coded = "Transfer-Encoding:gzip" + repeated(parameters, ";a=b") + "\r\n";
    const std::string codings = "Transfer-Encoding:" + repeated(60, "gzip,") + "chunked\r\n";
    const std::string end = "Transfer-Encoding:chunked\r\n";
    for (const std::string& head :
         {"GET / HTTP/1.0\r\n" + std::string{},
          "GET http://a HTTP/1.1\r\nHost:\r\n" + std::string{},
          "GET x://a HTTP/1.0\r\n" + std::string{}, "POST / HTTP/1.1\r\nHost:a\r\n" + codings,
          "POST / HTTP/1.1\r\nHost:a\r\n" + coded + end,
          "GET / HTTP/1.1\r\nHost:a\r\nConnection:upgrade\r\nUpgrade:foo/2,bar,tcp\r\n" +
              std::string{}}) {
      CAPTURE(head.substr(0, 80));
      const std::size_t size = needed(fill(head), most);
      CHECK(size > 0);
      CHECK(size <= room(most, policy));
    }
    const std::string upgrades =
        "Connection:upgrade\r\nUpgrade:" + repeated(most.list_elements - 1, "bar,") + "bar\r\n";
    for (const std::string& head :
         {"HTTP/1.1 200\r\n" + std::string{}, "HTTP/1.1 200\r\n" + coded + end,
          "HTTP/1.1 200\r\nTransfer-Encoding:" + repeated(most.list_elements - 1, "a,") +
              "chunked\r\n",
          "HTTP/1.1 426\r\n" + upgrades,
          "HTTP/1.1 101\r\nConnection:upgrade\r\nUpgrade:bar\r\n" + std::string{}}) {
      CAPTURE(head.substr(0, 80));
      const std::size_t size = needed_by_response(fill(head), most, "1.1");
      CHECK(size > 0);
      CHECK(size <= room(most, policy));
    }
    const std::size_t closing = needed_by_response(fill("HTTP/1.1 200\r\n"), most, "1.0");
    CHECK(closing > 0);
    CHECK(closing <= room(most, policy));
  }
}

TEST_CASE("room() is a constant for array sizes") {
  constexpr std::size_t size = room(limits{}, relay_policy{.name = "p"});
  static_assert(size > limits{}.head && size < 2 * limits{}.head);
  CHECK_BOTH(room({.head = 100, .start_line = 10, .field_lines = 2, .list_elements = 0},
                  {.name = "p"}) == 100 + (25 + 20) + 2 + 12);
}
