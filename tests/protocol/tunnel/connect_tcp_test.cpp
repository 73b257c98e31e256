// connect-tcp: its token and its template.
#include "turnout/protocol/tunnel/connect_tcp.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using namespace turnout;

constexpr bool writes(const connect_tcp::target& target, std::string_view path) {
  std::array<char, 128> out{};
  const auto written = write(target, out);
  return written && *written == path;
}

}  // namespace

TEST_CASE("[CTC-01] [OPT-10] the default template names the host and the port") {
  CHECK_BOTH(
      writes(*connect_tcp::target::of("192.0.2.6", 443), "/.well-known/masque/tcp/192.0.2.6/443/"));
  CHECK_BOTH(writes(*connect_tcp::target::of("2001:db8::42", 443),
                    "/.well-known/masque/tcp/2001%3Adb8%3A%3A42/443/"));
  CHECK_BOTH(connect_tcp::profile.token == protocol{"connect-tcp", {}});
  CHECK_BOTH(connect_tcp::profile.methods == method_set{method::get});
  CHECK_BOTH(!connect_tcp::profile.content);
  CHECK_BOTH(connect_tcp::profile.own_agreement);
}

TEST_CASE("[CTC-01] an agreement has the target of the request") {
  static constexpr profile spoken[] = {connect_tcp::profile};
  constexpr std::string_view path = "/.well-known/masque/tcp/b/443/";
  constexpr facts seen = [] {
    facts noted{method::get, http_1_1};
    noted.see("Host", "a");
    noted.see("Connection", "upgrade");
    noted.see("Upgrade", "connect-tcp");
    return noted;
  }();
  CHECK(connect_tcp::agree(examine_request(seen, spoken).offer, path)->target() ==
        *connect_tcp::target::of("b", 443));
}

TEST_CASE("[CTC-06] a client may expect a 100, which comes before the 101") {
  static constexpr profile spoken[] = {connect_tcp::profile};
  constexpr std::string_view path = "/.well-known/masque/tcp/b/443/";
  connect_tcp::proposal asked{path, "a"};
  asked.expect_continue = true;
  std::array<char, 512> out{};
  client_handshake client{asked};
  const std::string request{*client.write_request(out)};
  CHECK(request.find("\r\nExpect: 100-continue\r\n") != request.npos);

  server_handshake server{spoken};
  const auto now = server.receive(request);
  REQUIRE(now.what == server_step::upgrade_offered);
  const std::string early{*server.write_continue(out)};
  CHECK(early == "HTTP/1.1 100 Continue\r\n\r\n");
  const std::string agrees{*server.accept(connect_tcp::agree(now.offer(), path), out)};
  CHECK(agrees.find("100 Continue") == agrees.npos);
  CHECK(client.receive(early).what == client_step::interim_response);
  CHECK(client.receive(agrees).what == client_step::switched);
}

TEST_CASE("[CTC-06] a server that is quick writes both at once") {
  static constexpr profile spoken[] = {connect_tcp::profile};
  const std::string request =
      "GET /.well-known/masque/tcp/b/443/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
      "Upgrade: connect-tcp\r\nExpect: 100-continue\r\n\r\n";
  server_handshake server{spoken};
  const auto now = server.receive(request);
  std::array<char, 512> out{};
  const auto both = server.accept(connect_tcp::agree(now.offer(), now.request.target.path), out);
  CHECK(both->starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101"));
}

TEST_CASE("[CTC-06] other protocols expect nothing without content") {
  static constexpr profile both[] = {connect_tcp::profile, {.token = {"foo", "2"}}};
  const proposal asked{.host = "a", .protocols = both, .expect_continue = true};
  std::array<char, 512> out{};
  CHECK(write_request(asked, out).error() == failure{errc::expect_without_content, 1});
  const proposal alone{.host = "a", .protocols = {both, 1}, .expect_continue = true};
  CHECK(write_request(alone, out).error().code != errc::expect_without_content);
}
