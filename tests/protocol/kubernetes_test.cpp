// SPDY/3.1 as Kubernetes has it: what the streams mean is chosen from the client's list.
#include "turnout/protocol/kubernetes.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile spoken[] = {kubernetes::spdy};
constexpr std::string_view versions[] = {"v4.channel.k8s.io", "v3.channel.k8s.io"};
const std::string asks =
    "POST /api/v1/namespaces/d/pods/p/exec?command=ls&stdout=true HTTP/1.1\r\nHost: k\r\n"
    "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n"
    "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n"
    "X-Stream-Protocol-Version: v3.channel.k8s.io\r\n\r\n";
const std::string agrees{vectors::response_of("kubernetes/switched")};

using output = std::array<char, 512>;
result<kubernetes::agreement> agree(const std::string& request,
                                    std::span<const std::string_view> with_these = versions) {
  const auto now = server_handshake{spoken}.receive(request);
  return kubernetes::agree(now.offer(), with_these);
}

errc ask(const std::string& response) {
  const kubernetes::proposal asked{
      {.method = method::post,
       .target = "/api/v1/namespaces/d/pods/p/exec?command=ls&stdout=true",
       .host = "k"},
      versions};
  client_handshake client{asked};
  output out{};
  CHECK(*client.write_request(out) == asks);
  return client.receive(response).why.code;
}

}  // namespace

TEST_CASE("[K8S-01] [K8S-03] [K8S-07] both sides agree on one stream protocol") {
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  const auto agreed = kubernetes::agree(now.offer(), versions);
  CHECK(agreed->stream_protocol() == "v4.channel.k8s.io");
  output out{};
  CHECK(*server.accept(*agreed, out) == agrees);
  CHECK(ask(agrees) == errc::none);
}

TEST_CASE("[K8S-02] the protocol's name matches in any case, its version only exactly") {
  CHECK(agree(with(asks, "SPDY/3.1", "spdy/3.1")));
  for (const std::string_view other : {"SPDY/3", "SPDY", "SPDY/3.10"}) {
    const std::string request = with(asks, "SPDY/3.1", other);
    CHECK(server_handshake{spoken}.receive(request).why.code == errc::no_common_protocol);
  }
}

TEST_CASE("[K8S-05] the client's order decides, and missing and unknown have different errors") {
  constexpr std::string_view turned[] = {"v3.channel.k8s.io", "v4.channel.k8s.io"};
  constexpr std::string_view older[] = {"v3.channel.k8s.io"};
  constexpr std::string_view others[] = {"v9"};
  CHECK(agree(asks, turned)->stream_protocol() == "v4.channel.k8s.io");
  CHECK(agree(asks, older)->stream_protocol() == "v3.channel.k8s.io");
  CHECK(agree(asks, others).error() == failure{errc::no_common_stream_protocol, 0});
  CHECK(explain(errc::no_common_stream_protocol).status == 403);
  std::string none =
      without(without(asks, "X-Stream-Protocol-Version"), "X-Stream-Protocol-Version");
  CHECK(agree(none).error() == failure{errc::missing_stream_protocol, 0});
  CHECK(agree(plus(none, "X-Stream-Protocol-Version:")).error().code ==
        errc::missing_stream_protocol);
  CHECK(explain(errc::missing_stream_protocol).status == 400);
}

TEST_CASE("[K8S-05] a proxy may have joined the lines into one list") {
  const std::string none =
      without(without(asks, "X-Stream-Protocol-Version"), "X-Stream-Protocol-Version");
  const std::string joined =
      plus(none, "X-Stream-Protocol-Version: v9, v4.channel.k8s.io ,, v3.channel.k8s.io");
  constexpr std::string_view older[] = {"v3.channel.k8s.io"};
  CHECK(agree(joined, versions)->stream_protocol() == "v4.channel.k8s.io");
  CHECK(agree(joined, older)->stream_protocol() == "v3.channel.k8s.io");
  CHECK(agree(plus(asks, "X-Stream-Protocol-Version: v1, v2"), older));
  CHECK(agree(plus(none, "X-Stream-Protocol-Version: , ,")).error().code ==
        errc::missing_stream_protocol);
  CHECK(agree(plus(none, "X-Stream-Protocol-Version: v3.channel.k8s.iox, v3"), older).error() ==
        failure{errc::no_common_stream_protocol, 0});
  const std::string many(65, ',');
  CHECK(agree(plus(none, "X-Stream-Protocol-Version: " + many)).error().code ==
        errc::too_many_elements);
}

TEST_CASE("[K8S-05] a stream protocol is anything between commas, unchanged") {
  const auto read = kubernetes::stream_protocols::parse("a b ,\"c");
  CHECK(read->size() == 2);
  CHECK(*read->begin() == kubernetes::stream_protocol{"a b"});
  CHECK(read->contains({"\"c"}));
  output out{};
  CHECK(*write(*read, out) == "a b, \"c");
}

TEST_CASE("[K8S-05] a refusal names the server's stream protocols, on one line each") {
  std::array<field_line, 2> lines;
  CHECK(kubernetes::accepted_versions(versions, std::span{lines}.first(1)).error() ==
        failure{errc::no_space, 2});
  CHECK(*kubernetes::accepted_versions(versions, lines) == 2);
  server_handshake server{spoken};
  (void)server.receive(asks);
  output out{};
  CHECK(*server.refuse({.status = 403, .fields = lines}, out) ==
        "HTTP/1.1 403 Forbidden\r\nX-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io\r\n"
        "X-Accepted-Stream-Protocol-Versions: v3.channel.k8s.io\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("[K8S-03] [K8S-06] a 101 names an offered stream protocol or none; all else is HTTP") {
  CHECK(ask(without(agrees, "X-Stream-Protocol-Version")) == errc::none);
  CHECK(ask(with(agrees, "v4.", "v9.")) == errc::stream_protocol_not_offered);
  CHECK(ask(plus(agrees, "X-Stream-Protocol-Version: v3.channel.k8s.io")) ==
        errc::stream_protocol_not_offered);
  CHECK(ask("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") == errc::none);
}

TEST_CASE("[K8S-04] a request without Upgrade is an ordinary one, which the server may refuse") {
  const auto now = server_handshake{spoken}.receive(without(asks, "Upgrade"));
  CHECK(now.what == server_step::ordinary_request);
  CHECK_BOTH(kubernetes::agree(offer{}, versions).error() == failure{errc::foreign_agreement, 0});
}

TEST_CASE("[WS-63] [K8S-09] only Kubernetes' subprotocols may have a slash") {
  constexpr profile sockets[] = {websocket::profile};
  constexpr std::string_view forward = "SPDY/3.1+portforward.k8s.io";
  const std::array<std::uint8_t, 16> nonce{};
  const kubernetes::websocket_proposal asked{
      nonce, {.host = "k", .subprotocols = *kubernetes::slashed_subprotocols::parse(forward)}};
  client_handshake client{asked};
  output out{};
  const std::string request{*client.write_request(out)};
  CHECK(request.find("Sec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io\r\n") !=
        std::string::npos);
  server_handshake server{sockets};
  const auto now = server.receive(request);
  CHECK(websocket::offer::read(now.offer()).error().code == errc::bad_websocket_protocol);
  const auto offered = kubernetes::websocket_offer::read(now.offer());
  constexpr std::string_view spoken_here[] = {forward};
  CHECK(offered->choose(spoken_here, preference::client) == forward);
  const std::string agreed =
      std::string{*server.accept(*offered->agree({.subprotocol = forward}), out)};
  CHECK(client.receive(agreed).what == client_step::switched);
}
