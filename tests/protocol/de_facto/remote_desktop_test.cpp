// RD Gateway's WebSocket, whose methods are its own.
#include "turnout/protocol/de_facto/remote_desktop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"
#include "turnout/protocol/websocket.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {remote_desktop::profile, websocket::profile};
// FreeRDP, after authentication.
const std::string asks =
    "RDG_OUT_DATA /remoteDesktopGateway/ HTTP/1.1\r\nAccept: */*\r\nCache-Control: no-cache\r\n"
    "Pragma: no-cache\r\nUser-Agent: MS-RDGateway/1.0\r\nHost: gateway.example.com\r\n"
    "RDG-Connection-Id: {00000000-0000-0000-0000-000000000001}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
constexpr std::array<std::uint8_t, 16> nonce = {0x74, 0x68, 0x65, 0x20, 0x73, 0x61, 0x6D, 0x70,
                                                0x6C, 0x65, 0x20, 0x6E, 0x6F, 0x6E, 0x63, 0x65};
const auto agree = [](const offer& it) { return websocket::agree(it); };

}  // namespace

TEST_CASE("[WLD-10] RDG_OUT_DATA opens a WebSocket with a key and an accept value") {
  CHECK(de_facto::switched(asks, spoken, agree) == agrees);
  CHECK(de_facto::switched(with(asks, "RDG_OUT", "RDG_IN"), spoken, agree) == agrees);
  const verdict judged = de_facto::examined(asks, spoken);
  CHECK(judged.offer.offered() == 0b01);
  CHECK(judged.offer.request()->lines("rdg-connection-id").first().front() == '{');
}

TEST_CASE("[WLD-10] the method tells RD Gateway from a browser") {
  CHECK(de_facto::examined(with(asks, "RDG_OUT_DATA", "GET"), spoken).offer.offered() == 0b10);
  for (const std::string_view other : {"RDG_DATA", "rdg_out_data", "POST", "RDG_OUT_DATA_"})
    CHECK(de_facto::examined(with(asks, "RDG_OUT_DATA", other), spoken).what ==
          verdict::kind::refuse);
  CHECK(de_facto::examined(with(asks, "RDG_OUT_DATA", "GET"), {spoken, 1}).found.why.code ==
        errc::method_not_allowed);
}

TEST_CASE("[WLD-10] the key, the version and the host are those of a WebSocket") {
  CHECK(de_facto::switched(fixtures::without(asks, "Sec-WebSocket-Key"), spoken, agree).empty());
  CHECK(de_facto::switched(with(asks, "Version: 13", "Version: 8"), spoken, agree).empty());
  CHECK(
      de_facto::examined(with(asks, "Host: gateway.example.com", "Host:"), spoken).found.why.code ==
      errc::empty_host);
  CHECK_BOTH(!remote_desktop::profile.by_extended_connect);
}

TEST_CASE("[WLD-10] without Upgrade the same methods are ordinary requests") {
  CHECK(de_facto::examined(fixtures::without(asks, "Upgrade"), spoken).what ==
        verdict::kind::ignore);
}

TEST_CASE("[WLD-10] a client asks with RDG_OUT_DATA, and checks the accept value") {
  static constexpr field_line id[] = {{"RDG-Connection-Id", "{1}"}};
  const remote_desktop::proposal asked{
      nonce, {.target = "/remoteDesktopGateway/", .host = "h", .fields = id}};
  CHECK(de_facto::written(asked) ==
        "RDG_OUT_DATA /remoteDesktopGateway/ HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nRDG-Connection-Id: {1}\r\n\r\n");
  CHECK(de_facto::answered(asked, agrees).what == client_step::switched);
  CHECK(de_facto::answered(asked, with(agrees, "s3pP", "s3pp")).why.code ==
        errc::wrong_websocket_accept);
}
