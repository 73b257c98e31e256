// A server's whole answer to a request for a WebSocket: checks, subprotocol, compression.
#include "turnout/protocol/websocket/agree.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switching.hpp"

namespace {

using namespace turnout;
namespace deflate = websocket::permessage_deflate;

constexpr profile spoken[] = {{.token = {"foo", {}}}, websocket::profile};
constexpr std::string_view pages[] = {"https://example.com", "http://localhost:8080"};
constexpr std::string_view subprotocols[] = {"chat.v2", "chat.v1"};
constexpr deflate::settings settings{.server_max_window_bits = 12};

constexpr facts request(std::string_view lines) {
  facts noted{method::get, http_1_1};
  for (const std::string_view part :
       {std::string_view{"Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"},
        std::string_view{"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"}, lines})
    noted = fixtures::with(noted, part);
  return noted;
}

constexpr facts plain = request("Sec-WebSocket-Version: 13\r\n");
constexpr facts full = request(
    "Sec-WebSocket-Version: 13\r\nOrigin: https://example.com\r\n"
    "Sec-WebSocket-Protocol: chat.v1, chat.v2\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-other\r\n");

constexpr auto agree(const facts& seen, const websocket::policy& own = {},
                     std::size_t max_elements = grammar::default_list_elements) {
  return websocket::agree(examine_request(seen, spoken).offer, own, max_elements);
}

std::string switch_for(const result<websocket::agreement>& agreed) {
  std::array<char, 512> out{};
  const auto written = write_switch(*agreed, false, {}, out);
  return std::string{*written};
}

}  // namespace

TEST_CASE(
    "[WS-60] without a policy any page may open the WebSocket, without subprotocols and "
    "extensions") {
  for (const facts& seen : {plain, full})
    CHECK(switch_for(agree(seen)) ==
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  CHECK_BOTH(agree(full)->protocol() == &spoken[1]);
  CHECK_BOTH(agree(full)->chosen().subprotocol.empty());
  CHECK_BOTH(!agree(full)->deflate().in_use);
}

TEST_CASE("[WS-57] pages of other origins are refused, and clients without Origin are not") {
  constexpr auto offer_from = [](std::string_view origin) {
    facts seen = plain;
    seen.see("Origin", origin);
    return seen;
  };
  constexpr websocket::policy own{.origins = pages};
  CHECK_BOTH(bool{agree(full, own)});
  CHECK_BOTH(bool{agree(plain, own)});
  CHECK_BOTH(bool{agree(offer_from("HTTP://LOCALHOST:8080"), own)});
  for (const std::string_view origin : {"https://example.org", "null", "https://example.com:444"})
    CHECK(agree(offer_from(origin), own).error() == failure{errc::origin_not_allowed, 0});
  CHECK_BOTH(bool{agree(offer_from("null"))});
  CHECK_BOTH(explain(errc::origin_not_allowed).status == 403);
}

TEST_CASE("[WS-61] [WS-32] a subprotocol is chosen in either side's order, or none") {
  const auto chosen = [](const facts& seen, const websocket::policy& own) {
    return agree(seen, own)->chosen().subprotocol;
  };
  CHECK(chosen(full, {.subprotocols = subprotocols}) == "chat.v1");
  CHECK(chosen(full, {.subprotocols = subprotocols, .order = preference::server}) == "chat.v2");
  CHECK(chosen(full, {.subprotocols = pages}) == "");
  CHECK(chosen(plain, {.subprotocols = subprotocols}) == "");
  CHECK(switch_for(agree(full, {.subprotocols = subprotocols}))
            .find("Sec-WebSocket-Protocol: chat.v1\r\n") != std::string::npos);
}

TEST_CASE("[PMD-06] [PMD-20] messages are compressed if both sides want it") {
  constexpr websocket::policy own{.deflate = &settings};
  CHECK_BOTH(agree(full, own)->deflate().in_use);
  CHECK_BOTH(agree(full, own)->deflate().server_window_bits == 12);
  CHECK(switch_for(agree(full, own))
            .ends_with("Sec-WebSocket-Extensions: permessage-deflate; "
                       "server_max_window_bits=12\r\n\r\n"));
  CHECK_BOTH(!agree(plain, own)->deflate().in_use);
  CHECK(switch_for(agree(plain, own)) == switch_for(agree(plain)));
}

TEST_CASE("[WS-40] [GRM-03] a request that breaks a rule gets no agreement, whatever the policy") {
  constexpr websocket::policy own{.origins = pages, .subprotocols = subprotocols};
  CHECK_BOTH(agree(request(""), own).error().code == errc::missing_websocket_version);
  CHECK_BOTH(agree(request("Sec-WebSocket-Version: 8\r\n"), own).error().code ==
             errc::unsupported_websocket_version);
  CHECK_BOTH(agree(full, own, 1).error().code == errc::too_many_elements);
  CHECK_BOTH(websocket::agree(turnout::offer{}).error().code == errc::foreign_agreement);
}

TEST_CASE("[WS-46] [WS-52] a failure of the version gets a refusal that names the supported one") {
  const auto refused = [](errc code) {
    std::array<char, 256> out{};
    const auto written = write(websocket::agreement::refusal_for(code, spoken), out);
    return std::string{*written};
  };
  CHECK(refused(errc::unsupported_websocket_version) ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n");
  CHECK(refused(errc::origin_not_allowed) == "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
}
