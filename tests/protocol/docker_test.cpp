// Docker's protocols: their tokens, and what is on the connection then.
#include "turnout/protocol/docker.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/relay.hpp"
#include "turnout/handshake/server.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {docker::tcp};
const std::string agrees{vectors::response_of("docker/switched")};

}  // namespace

TEST_CASE("[DKR-01] [DKR-02] attaching to a terminal uses POST, and the 101 has its Content-Type") {
  server_handshake server{spoken};
  const auto now = server.receive(fixtures::docker_request);
  constexpr field_line type[] = {{"Content-Type", docker::raw_stream}};
  std::array<char, 256> out{};
  const auto written = server.accept(*now.offer().agree(docker::tcp.token), out, type);
  CHECK(*written ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
        "Content-Type: application/vnd.docker.raw-stream\r\n\r\n");
  const std::string with_get = fixtures::with(fixtures::docker_request, "POST", "GET");
  CHECK(server_handshake{spoken}.receive(with_get).why.code == errc::method_not_allowed);
}

TEST_CASE("[DKR-03] [DKR-04] [DKR-05] the daemon's own 101 switches, and its 200 does not") {
  constexpr proposal asked{.method = method::post,
                           .target = "/containers/c/attach?stream=1",
                           .host = "docker",
                           .protocols = spoken};
  client_handshake client{asked};
  std::array<char, 256> out{};
  CHECK(client.write_request(out));
  const std::string shown = agrees + std::string{"\x01\0\0\0\0\0\0\x02hi", 10};
  client_handshake other = client;
  const auto now = client.receive(shown);
  CHECK(now.switched()->octets().size() == 10);
  CHECK(docker::stream_of(now.facts.lines(field_name::content_type).first()) ==
        docker::stream::raw);
  CHECK(other.receive(fixtures::with(agrees, "101 UPGRADED", "200 OK")).what ==
        client_step::declined);
}

TEST_CASE("[DKR-01] [MSG-30] Docker's clients send an empty Host on a Unix socket") {
  constexpr std::string_view exec =
      "POST /v1.43/exec/ab12cd34ef56/start HTTP/1.1\r\nHost: \r\n"
      "User-Agent: Docker-Client/20.10.24 (linux)\r\nContent-Length: 29\r\n"
      "Connection: Upgrade\r\nContent-Type: application/json\r\nUpgrade: tcp\r\n\r\n";
  CHECK(server_handshake{spoken}.receive(exec).what == server_step::upgrade_offered);
  constexpr relay_policy policy{.allowed = spoken};
  relay_handshake relay{policy};
  const auto asked = relay.receive_request(exec);
  std::array<char, 512> out{};
  const auto written = relay.forward(asked, out);
  CHECK(asked.what == relay_step::request);
  const std::string_view forwarded = *written;
  CHECK(forwarded.find("\r\nHost: \r\n") != forwarded.npos);
  CHECK(forwarded.ends_with("Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"));
}

TEST_CASE("[DKR-03] a Content-Type tells the kind of stream, in any case") {
  CHECK_BOTH(docker::stream_of("application/vnd.docker.raw-stream") == docker::stream::raw);
  CHECK_BOTH(docker::stream_of("Application/vnd.Docker.multiplexed-stream") ==
             docker::stream::multiplexed);
  CHECK_BOTH(docker::stream_of("application/vnd.docker.raw-stream2") == docker::stream::unknown);
  CHECK_BOTH(docker::stream_of("") == docker::stream::unknown);
  CHECK_BOTH(name_of(docker::stream::multiplexed) == "multiplexed");
}
