// h2c: the settings in the request, what is agreed, and the preface of those who don't ask.
#include "turnout/protocol/h2c.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/protocol/docker.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile spoken[] = {h2c::profile};
constexpr field::http2_setting settings[] = {{3, 100}, {4, 65535}};
const std::string asks{vectors::request_of("h2c/offer")};
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

using output = std::array<char, 512>;
/// Why a server does not agree; errc::none if it does.
errc serve(const std::string& request) {
  server_handshake server{spoken};
  const auto now = server.receive(request);
  if (now.what != server_step::upgrade_offered) return now.why.code;
  return h2c::agree(now.offer()).error().code;
}

}  // namespace

TEST_CASE("[H2C-02] [H2C-10] [H2C-11] [H2C-13] both sides agree to switch, and on settings") {
  const h2c::proposal asked{{.host = "a"}, settings};
  client_handshake client{asked};
  output out{};
  CHECK(*client.write_request(out) == asks);
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  const auto agreed = h2c::agree(now.offer());
  CHECK(agreed->settings().value_of(field::http2_setting::max_concurrent_streams, 0) == 100);
  CHECK(agreed->settings().value_of(field::http2_setting::initial_window_size, 0) == 65535);
  CHECK(*server.accept(*agreed, out) == agrees);
  CHECK(client.receive(agrees).switched()->protocol().token == protocol{"h2c", {}});
  CHECK_BOTH(h2c::request_stream == 1);
  CHECK_BOTH(h2c::next_client_stream == 3);
}

TEST_CASE("[UPG-12] without an offer of h2c there is no agreement") {
  CHECK(h2c::agree(offer{}).error().code == errc::foreign_agreement);
}

TEST_CASE("[H2C-01] [H2C-14] [H2C-08] a server that does not list h2c ignores it") {
  server_handshake server{{}};
  const auto now = server.receive(asks);
  CHECK(now.what == server_step::ordinary_request);
  CHECK(now.why.code == errc::no_common_protocol);
  CHECK(serve(with(asks, "h2c", "h2")) == errc::no_common_protocol);
}

TEST_CASE(
    "[H2C-03] [H2C-04] [H2C-05] [H2C-06] invalid settings decline the offer without a refusal") {
  struct {
    std::string request;
    errc why;
  } const cases[] = {
      {without(asks, "HTTP2-Settings"), errc::missing_http2_settings},
      {plus(asks, "HTTP2-Settings: AAMAAABk"), errc::repeated_http2_settings},
      {with(asks, "Upgrade, HTTP2-Settings", "Upgrade"), errc::field_not_nominated},
      {with(asks, "AAMAAABkAAQAAP__", "AAR/////"), errc::bad_http2_settings},
      {with(asks, "AAMAAABkAAQAAP__", "AAMAAABk="), errc::bad_http2_settings},
      {with(asks, "AAMAAABkAAQAAP__", "AAMAAAA"), errc::bad_http2_settings},
      {with(asks, "AAMAAABkAAQAAP__", ""), errc::bad_http2_settings},
      {with(asks, "AAMAAABkAAQAAP__", "AAIAAAAC"), errc::forbidden_http2_setting},
      {with(asks, "AAMAAABkAAQAAP__", "AASAAAAA"), errc::forbidden_http2_setting},
      {with(asks, "AAMAAABkAAQAAP__", "AAR_____"), errc::none},
  };
  for (const auto& one : cases) {
    CAPTURE(one.request);
    CHECK(serve(one.request) == one.why);
    CHECK((one.why == errc::none || explain(one.why).status == 0));
  }
}

TEST_CASE("[H2C-09] [H2C-16] any request may ask for h2c, and its content comes first") {
  CHECK(serve(with(asks, "GET /", "OPTIONS *")) == errc::none);
  server_handshake server{spoken};
  const std::string shown = plus(with(asks, "GET", "POST"), "Content-Length: 5") + "helloPRI";
  const auto now = server.receive(shown);
  const auto agreed = h2c::agree(now.offer());
  output out{};
  CHECK(server.accept(*agreed, out));
  const auto content = server.receive(now.rest);
  CHECK(content.content == "hello");
  CHECK(server.receive(content.rest).switched()->octets() == "PRI");
}

TEST_CASE("[UPG-09] [H2C-09] an offer of Java's client with any method is not refused") {
  const std::string java =
      "PROPFIND /monotone HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nContent-Length: 5\r\n"
      "Host: localhost:1024\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n"
      "Upgrade: h2c\r\nUser-Agent: Java-http-client/20.0.1\r\n\r\nhello";
  server_handshake server{spoken};
  const auto now = server.receive(java);
  CHECK(now.what == server_step::ordinary_request);
  CHECK(now.why.code == errc::unknown_method);
  CHECK(server.is_persistent());
  CHECK(server.receive(now.rest).content == "hello");
  CHECK(serve(with(java, "PROPFIND", "QUERY")) == errc::none);
}

TEST_CASE("[H2C-02] a proposal needs valid settings") {
  output out{};
  CHECK(write_request(h2c::proposal{{.host = "a"}, {}}, out).error().code == errc::unwritable);
  constexpr field::http2_setting forbidden[] = {{2, 2}};
  CHECK(write_request(h2c::proposal{{.host = "a"}, forbidden}, out).error().code ==
        errc::unwritable);
}

TEST_CASE("[H2C-12] [H2C-17] the preface is recognised at every octet") {
  const std::string preface{h2c::client_preface};
  CHECK_BOTH(h2c::client_preface.size() == 24);
  for (std::size_t size = 0; size < preface.size(); ++size) {
    CHECK(h2c::find_preface(preface.substr(0, size)) == h2c::preface::incomplete);
    std::string other = preface.substr(0, size + 1);
    other.back() = '#';
    CHECK(h2c::find_preface(other) == h2c::preface::absent);
  }
  CHECK_BOTH(h2c::find_preface(h2c::client_preface) == h2c::preface::complete);
  CHECK(h2c::find_preface(preface + "more") == h2c::preface::complete);
  CHECK(server_handshake{spoken}.receive(preface).what == server_step::failed);
}

TEST_CASE("[H2C-18] Docker's h2c has no settings, and is another profile") {
  constexpr profile docker_spoken[] = {docker::h2c};
  const std::string session =
      "POST /session HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\n"
      "Upgrade: h2c\r\n\r\n";
  CHECK(serve(session) == errc::field_not_nominated);
  server_handshake server{docker_spoken};
  const auto now = server.receive(session);
  output out{};
  CHECK(*server.accept(*now.offer().agree({"h2c", {}}), out) == agrees);
}

TEST_CASE("the results of find_preface() have names") {
  CHECK_BOTH(name_of(h2c::preface::absent) == "absent");
  CHECK_BOTH(name_of(h2c::preface::complete) == "complete");
}
