// What a gateway keeps of an HTTP/1.1 client's request.
#include "turnout/connection/gateway/upgrade.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/gateway_messages.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using gateway::detail::upgrade;

/// What is kept of a request that offers something.
upgrade kept_of(std::string_view octets, lasting_span<const profile> list) {
  server_handshake handshake{list};
  const server_received now = handshake.receive(octets);
  REQUIRE(now.what == server_step::upgrade_offered);
  upgrade made;
  CHECK(!made.take(now.offer()));
  return made;
}

constexpr std::string_view two =
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo/2, bar, connect-udp\r\n\r\n";

constexpr profile several[] = {
    {.token = {"foo", "2"}}, connect_udp::profile, {.token = {"bar", {}}}};

}  // namespace

TEST_CASE("[XC-20] the first protocol in the client's order that a stream can speak is asked for") {
  CHECK(kept_of(two, several).wanted() == &several[2]);
  constexpr static profile versioned[] = {{.token = {"foo", "2"}}};
  server_handshake handshake{versioned};
  const server_received now = handshake.receive(two);
  upgrade none;
  CHECK(none.take(now.offer()) == failure{errc::no_protocol, 0});
  CHECK(none == upgrade{});
}

TEST_CASE("[XC-19] the accept value of the 101 follows from the key that was kept") {
  const upgrade made = kept_of(wants_websocket, spoken);
  const header_list list{{":status", "200"}};
  const auto answer = extended_connect::response::read(list);
  REQUIRE(answer);
  CHECK(*made.opened_by(*answer));
  std::array<char, 256> out{};
  const auto octets = write_switch(made.agreement(*answer), false, {}, out);
  REQUIRE(octets);
  CHECK(octets->find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != octets->npos);
  CHECK(!(made == upgrade{}));
}

TEST_CASE("requests are equal if protocol, key, form and version are") {
  CHECK(kept_of(wants_websocket, spoken) == kept_of(wants_websocket, spoken));
  std::string other_key = wants_websocket;
  other_key.replace(other_key.find("dGhl"), 4, "AAAA");
  CHECK(!(kept_of(wants_websocket, spoken) == kept_of(other_key, spoken)));
  CHECK(!(kept_of(wants_websocket, spoken) == kept_of(wants_udp, spoken)));
  request_head head;
  head.version = http_version{1, 1};
  const upgrade newer{head};
  CHECK(!(newer == upgrade{}));
  head.version = http_version{1, 0};
  CHECK(!(newer == upgrade{head}));
}

TEST_CASE("[XC-10] any 2xx opens a CONNECT, and nothing else does") {
  request_head head;
  head.version = http_version{1, 0};
  const upgrade made{head};
  CHECK(made.is_tunnel());
  CHECK(made.is_in_http_1_0());
  CHECK(made.wanted() == nullptr);
  const auto opens = [&made](std::uint16_t status) { return *made.opened_by({.status = status}); };
  CHECK(opens(200));
  CHECK(opens(204));
  CHECK(opens(299));
  CHECK(!opens(103));
  CHECK(!opens(300));
  CHECK(!opens(407));
}
