// What a gateway keeps of a request: enough to write it once, and to judge its answer.
#include "turnout/connection/gateway/forwarded_request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/gateway_messages.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using gateway::detail::forwarded_request;
using turns::gateway_nonce;

facts switched_with(std::string_view accept) {
  facts seen{std::uint16_t{101}, http_1_1};
  seen.see("Connection", "upgrade");
  seen.see("Upgrade", "websocket");
  seen.see("Sec-WebSocket-Accept", accept);
  return seen;
}

std::string written(forwarded_request& request, const header_list& list) {
  std::array<char, 512> out{};
  const auto octets = request.write(*extended_connect::request::read(list), gateway_nonce, {}, out);
  return octets ? std::string{*octets} : std::string{name_of(octets.error().code)};
}

}  // namespace

TEST_CASE("[XC-18] a WebSocket's answer is judged by the key that was written") {
  forwarded_request request{spoken[0]};
  const facts agreed = switched_with("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  // Before it was written, its key is another one.
  CHECK(request.examine(agreed, 8).what == response_verdict::kind::broken);
  const std::string octets = written(request, asks_websocket);
  CHECK(octets.find("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") != octets.npos);
  const response_verdict judged = request.examine(agreed, 8);
  CHECK(judged.what == response_verdict::kind::switched);
  CHECK(judged.protocol == &spoken[0]);
  CHECK(&request.wanted() == &spoken[0]);
  CHECK(!request.is_tunnel());
}

TEST_CASE("[XC-20] a CONNECT is answered by a 2xx, and by no 101") {
  forwarded_request request{tunnel};
  CHECK(request.is_tunnel());
  CHECK(written(request, asks_connect) == "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n");
  CHECK(request.examine(facts{std::uint16_t{200}, http_1_1}, 8).what ==
        response_verdict::kind::switched);
  CHECK(request.examine(switched_with("x"), 8).what == response_verdict::kind::broken);
}

TEST_CASE("another request than the one that was judged is not written, and leaves no trace") {
  forwarded_request request{spoken[0]};
  const forwarded_request before = request;
  CHECK(written(request, asks_udp) == "foreign_agreement");
  CHECK(written(request, asks_connect) == "foreign_agreement");
  CHECK(request == before);
  forwarded_request tunneled{tunnel};
  CHECK(written(tunneled, asks_websocket) == "foreign_agreement");
}
