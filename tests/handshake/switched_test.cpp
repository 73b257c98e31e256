// The evidence of a switch: only the handshakes make one, and nothing else leads to its octets.
#include "turnout/handshake/switched.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {{.token = {"foo", "2"}}};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = spoken};

/// What a program of the new protocol is given as proof, and can't do without.
constexpr bool speaks(const switched& proof, std::string_view octets) {
  return &proof.protocol() == &spoken[0] && proof.octets().data() == octets.data() &&
         proof.octets().size() == octets.size();
}

constexpr std::string_view early = "\x81\x05hello";

constexpr bool server_hands_over() {
  server_handshake server{spoken};
  std::array<char, 128> out{};
  const auto asks = server.receive(fixtures::upgrade_request);
  if (asks.switched() != nullptr) return false;
  if (!server.accept(*asks.offer().agree({"foo", "2"}), out)) return false;
  const auto now = server.receive(early);
  return asks.switched() == nullptr && speaks(*now.switched(), early);
}

constexpr bool client_hands_over() {
  client_handshake client{asked};
  std::array<char, 128> out{};
  if (!client.write_request(out)) return false;
  const auto answered = client.receive(fixtures::upgrade_response);
  if (!speaks(*answered.switched(), answered.rest)) return false;
  return speaks(*client.receive(early).switched(), early);
}

}  // namespace

TEST_CASE("[OPT-12] nobody but a handshake makes the evidence of a switch") {
  CHECK_BOTH(!std::is_default_constructible_v<switched>);
  CHECK_BOTH(!std::is_constructible_v<switched, const profile&, std::string_view>);
  CHECK_BOTH(!std::is_constructible_v<switched, const profile&>);
  CHECK_BOTH(!std::is_aggregate_v<switched>);
  CHECK_BOTH(std::is_nothrow_copy_constructible_v<switched>);
}

TEST_CASE(
    "[OPT-12] [UPG-25] evidence has the caller's protocol and a view of the caller's octets") {
  CHECK_BOTH(server_hands_over());
  CHECK_BOTH(client_hands_over());
}

TEST_CASE("[OPT-01] [UPG-13] other results have no evidence") {
  const client_received nothing;
  CHECK(nothing.switched() == nullptr);
  CHECK(server_received{}.switched() == nullptr);
  server_handshake server{spoken};
  CHECK(server.receive(fixtures::plain_request).switched() == nullptr);
  CHECK(server.receive(fixtures::plain_request).switched() == nullptr);  // out of turn
  for (const std::string_view octets :
       {std::string_view{"HTTP/1.1 1"}, std::string_view{"HTTP/1.1 100 Continue\r\n\r\n"},
        std::string_view{"HTTP/1.1 101 X\r\n\r\n"}, std::string_view{"HTTP/1.1 200 OK\r\n\r\n"}}) {
    client_handshake client{asked};
    std::array<char, 128> out{};
    CHECK(client.write_request(out));
    CHECK(client.receive(octets).switched() == nullptr);
  }
}
