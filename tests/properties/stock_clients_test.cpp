// The requests of stock clients, as they were captured, are offers that can be agreed to.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {websocket::profile, h2c::profile, docker::tcp, kubernetes::spdy,
                              tls::v1_2};
using output = std::array<char, 512>;

std::string captured(std::string_view name) {
  const auto folder = std::filesystem::path{__FILE__}.parent_path().parent_path();
  std::ifstream file{folder / "vectors" / "heads" / (std::string{name} + ".http"),
                     std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Agrees to what was captured, and reads to the switch. Returns the content that came before.
template <class Agree>
std::string serve(std::string_view name, const Agree& agree) {
  CAPTURE(name);
  const std::string octets = captured(name);
  REQUIRE(!octets.empty());
  server_handshake server{spoken};
  auto now = server.receive(octets);
  REQUIRE(now.what == server_step::upgrade_offered);
  CHECK(server.is_persistent());
  output out{};
  CHECK(agree(server, now, out));
  std::string content;
  for (now = server.receive(now.rest); now.what == server_step::content;
       now = server.receive(now.rest))
    content += now.content;
  CHECK(now.switched() != nullptr);
  return content;
}

}  // namespace

TEST_CASE("[H2C-02] [H2C-09] clients that ask for h2c send valid settings") {
  for (const std::string_view name :
       {"curl-7.88.1-h2c", "curl-7.88.1-h2c-post", "nghttp-1.52.0-h2c", "java-17.0.15-h2c"}) {
    const std::string content = serve(name, [](auto& server, const auto& now, auto& out) {
      const auto agreed = h2c::agree(now.offer());
      CHECK(agreed->settings().size() >= 2);
      CHECK(agreed->settings().value_of(field::http2_setting::max_concurrent_streams, 1) != 1);
      return server.accept(*agreed, out);
    });
    CHECK(content == (name.ends_with("post") ? "hello" : ""));
  }
}

TEST_CASE("[WS-44] [WS-62] clients that ask for a WebSocket pass every check") {
  for (const std::string_view name :
       {"java-17.0.15-websocket", "ws-8.23.0-websocket", "websockets-10.4-websocket",
        "libwebsockets-4.1.6-websocket", "chromium-156.0.8078.108-websocket",
        "firefox-153.7.0esr-websocket"}) {
    (void)serve(name, [name](auto& server, const auto& now, auto& out) {
      const auto asked = websocket::offer::read(now.offer());
      const bool is_browser = name.starts_with("chromium") || name.starts_with("firefox");
      const bool is_lws = name.starts_with("libwebsockets");
      CHECK(asked->origin() == (is_browser ? "http://127.0.0.1:8080"
                                : is_lws   ? "http://localhost"
                                           : ""));
      CHECK(asked->subprotocols().empty() == name.starts_with("java"));
      CHECK(asked->subprotocols().contains({is_lws ? "lws-mirror-protocol" : "chat"}) ==
            !name.starts_with("java"));
      CHECK(asked->extensions().empty() == name.starts_with("java"));
      return server.accept(*asked->agree(), out);
    });
  }
}

TEST_CASE("[TLS-01] [TLS-02] printers' clients and Apache's HttpClient ask for TLS") {
  const auto agree = [](auto& server, const auto& now, auto& out) {
    CHECK(now.request.method == (now.request.target.octets == "*" ? method::options : method::get));
    return server.accept(*now.offer().agree(tls::v1_2.token), out);
  };
  CHECK(serve("cups-2.4.2-tls", agree).empty());
  CHECK(serve("apache-httpclient-5.4.1-tls", agree).empty());
}

TEST_CASE("[DKR-01] [DKR-07] Docker's command line attaches, and sends JSON before it executes") {
  const auto agree = [](auto& server, const auto& now, auto& out) {
    return server.accept(*now.offer().agree(docker::tcp.token), out);
  };
  CHECK(serve("docker-28.2.2-attach", agree).empty());
  CHECK(serve("docker-28.2.2-exec", agree) == "{\"Detach\":false,\"Tty\":false}\n");
}

TEST_CASE("[K8S-01] [K8S-02] kubectl asks for SPDY, with a line for each kind of streams") {
  const auto serve_spdy = [](std::string_view name, std::string_view agreed) {
    (void)serve(name, [agreed](auto& server, const auto& now, auto& out) {
      const std::string_view known[] = {"v4.channel.k8s.io", agreed};
      const auto terms = kubernetes::agree(now.offer(), known);
      CHECK(terms->stream_protocol() == agreed);
      return server.accept(*terms, out);
    });
  };
  serve_spdy("kubectl-1.32.4-exec-spdy", "v5.channel.k8s.io");
  serve_spdy("kubectl-1.32.4-port-forward-spdy", "portforward.k8s.io");
}

TEST_CASE("[WS-63] [K8S-09] kubectl asks for a WebSocket whose subprotocol may have a slash") {
  const auto serve_websocket = [](std::string_view name, std::string_view subprotocol) {
    (void)serve(name, [subprotocol](auto& server, const auto& now, auto& out) {
      const bool is_token = subprotocol.find('/') == subprotocol.npos;
      CHECK(static_cast<bool>(websocket::offer::read(now.offer())) == is_token);
      const auto asked = kubernetes::websocket_offer::read(now.offer());
      const std::string_view known[] = {subprotocol};
      const auto chosen = asked->choose(known, preference::server);
      CHECK(chosen == subprotocol);
      return server.accept(*asked->agree({.subprotocol = chosen}), out);
    });
  };
  serve_websocket("kubectl-1.32.4-exec-websocket", "v5.channel.k8s.io");
  serve_websocket("kubectl-1.32.4-port-forward-websocket", "SPDY/3.1+portforward.k8s.io");
}
