// The umbrella header with a protocol: it names its version, and is enough for a whole handshake.
#include "turnout/turnout.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "turnout/protocol/websocket.hpp"

namespace {

using namespace turnout;

constexpr std::array<profile, 1> spoken{websocket::profile};
constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                             'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
constexpr websocket::proposal asked{
    nonce, {.host = "a", .subprotocols = *field::sec_websocket_protocol::parse("chat, superchat")}};

/// Shows a head in two pieces.
template <class Handshake>
constexpr auto show(Handshake& handshake, std::string_view octets) {
  (void)handshake.receive(octets.substr(0, octets.size() / 2));
  return handshake.receive(octets);
}

/// Whether a client and a server switch to WebSocket, and agree on the subprotocol that the server
/// chooses.
constexpr bool both_switch(std::string_view subprotocol) {
  client_handshake client{asked};
  server_handshake server{spoken};
  std::array<char, 512> out{};
  const auto request = client.write_request(out);
  const auto here = show(server, *request);
  if (here.what != server_step::upgrade_offered) return false;
  const auto offered = websocket::offer::read(here.offer());
  const auto answer = server.accept(*offered->agree({.subprotocol = subprotocol}), out);
  const auto there = show(client, *answer);
  return server.receive({}).switched() != nullptr && there.switched() != nullptr &&
         asked.terms_of(there.facts)->subprotocol == subprotocol;
}

}  // namespace

TEST_CASE("the version is three numbers, for the preprocessor and for the compiler") {
#if TURNOUT_VERSION_MAJOR > 0 || TURNOUT_VERSION_MINOR > 0 || TURNOUT_VERSION_PATCH > 0
  constexpr bool known = true;
#else
  constexpr bool known = false;
#endif
  CHECK_BOTH(known);
  CHECK_BOTH(TURNOUT_VERSION_MAJOR + TURNOUT_VERSION_MINOR + TURNOUT_VERSION_PATCH > 0);
}

TEST_CASE("[ENG-13] a whole handshake works the same in constant evaluation") {
  CHECK_BOTH(both_switch(""));
  CHECK_BOTH(both_switch("chat"));
  CHECK_BOTH(both_switch("superchat"));
}
