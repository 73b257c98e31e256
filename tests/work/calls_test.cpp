// Law: an intermediary that reads a head and sends it on looks each name up once, and checks each
// line once.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"
#include "work/calls.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {websocket::profile};
constexpr relay_policy policy{.allowed = spoken};
std::array<char, 4096> out;

/// What Chromium sends, and a server's answer.
const std::string request = [] {
  std::ifstream file{std::filesystem::path{HEADS_DIRECTORY} / "a2_chrome.req", std::ios::binary};
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}();
constexpr std::string_view response =
    "HTTP/1.1 101 Switching Protocols\r\nDate: Sat, 22 Nov 2025 10:21:07 GMT\r\nServer: a\r\n"
    "Connection: upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nVary: Origin\r\n\r\n";

/// How many field lines a head has.
std::size_t lines_of(std::string_view head) {
  return static_cast<std::size_t>(std::ranges::count(head, '\n')) - 2;
}

/// A relay that reads the request and sends it on.
void forward_request(relay_connection& relay) {
  const relay_turn asked = relay.advance(relay_side::client, request, out);
  REQUIRE(asked.need == relay_need::request);
  REQUIRE(relay.forward(asked, out));
}

void check_once(work::calls& made, std::size_t lines) {
  CHECK(made["turnout::v0::field::detail::likely_field"] == lines);
  CHECK(made["turnout::v0::detail::is_common"] == lines);
  // Where lines that are not common would be checked, and those of other parsers.
  CHECK(made["turnout::v0::field_line::parse"] == 0);
  CHECK(made["turnout::v0::field_line::check_writable"] == 0);
}

}  // namespace

TEST_CASE("calls are counted, whether or not they are inlined") {
  // Calls of constants are made by the compiler, if it is GCC 14.
  const std::string names[] = {"Upgrade", "X"};
  const std::string line = "X: y";
  work::calls made = work::calls_of([&] {
    for (const std::string& name : names) (void)field::known_field(name);
    CHECK(field_line::parse(line)->check_writable());
  });
  CHECK(made["turnout::v0::field::detail::likely_field"] == 2);
  CHECK(made["turnout::v0::field_line::parse"] == 1);
  CHECK(made["turnout::v0::field_line::check_writable"] == 1);
}

TEST_CASE("[ENG-12] [INT-01] each name of a request is looked up once, each line is checked once") {
  REQUIRE(lines_of(request) == 13);
  relay_connection relay{policy};
  work::calls made = work::calls_of([&relay] { forward_request(relay); });
  check_once(made, lines_of(request));
}

TEST_CASE(
    "[ENG-12] [INT-01] each name of a response is looked up once, each line is checked once") {
  relay_connection relay{policy};
  forward_request(relay);
  work::calls made = work::calls_of([&relay] {
    const relay_turn answer = relay.advance(relay_side::server, response, out);
    REQUIRE(answer.protocol != nullptr);
  });
  check_once(made, lines_of(response));
}

TEST_CASE("[ENG-12] [INT-01] each name is looked up once even if Connection lists a field") {
  std::string listed = request;
  listed.insert(listed.size() - 2, "X-A: b\r\n");
  listed.replace(listed.find("Upgrade\r\n"), 7, "Upgrade, X-A");
  relay_handshake relay{policy};
  work::calls made = work::calls_of([&relay, &listed] {
    const relayed_request asked = relay.receive_request(listed);
    REQUIRE(relay.forward(asked, out));
  });
  CHECK(made["turnout::v0::detail::known_field_in_head"] == lines_of(listed));
  CHECK(made["turnout::v0::forwarding::detail::checked"] == 0);
}
