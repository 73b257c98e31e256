// What the protocols with a target in the path have in common, on both sides.
#include "turnout/protocol/tunnel/masque.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile spoken[] = {connect_udp::profile};
const std::string asks{vectors::request_of("masque/udp")};
const std::string agrees{vectors::response_of("masque/udp-switched")};

using output = std::array<char, 512>;
/// What a server says of a request, and what it answers.
struct answer {
  errc why;
  std::string written;
};
answer serve(const std::string& request) {
  server_handshake server{spoken};
  const auto now = server.receive(request);
  if (now.what != server_step::upgrade_offered) return {now.why.code, {}};
  const auto offered = connect_udp::offer::read(now.offer(), now.request.target.path);
  if (!offered) return {offered.error().code, {}};
  output out{};
  return {errc::none, std::string{*server.accept(offered->agree(), out)}};
}

errc ask(const std::string& response) {
  static constexpr connect_udp::proposal asked{"/.well-known/masque/udp/192.0.2.6/443/",
                                               "example.org"};
  client_handshake client{asked};
  output out{};
  CHECK(*client.write_request(out) == asks);
  const auto now = client.receive(response);
  CHECK((now.switched() != nullptr) == (now.what == client_step::switched));
  return now.why.code;
}

}  // namespace

TEST_CASE("[UDP-05] [UDP-09] [CAP-01] [CAP-13] a tunnel for packets is requested and agreed to") {
  CHECK(serve(asks).written == agrees);
  CHECK(ask(agrees) == errc::none);
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  output out{};
  CHECK(
      server.accept(connect_udp::offer::read(now.offer(), now.request.target.path)->agree(), out));
  CHECK(server.receive(fixtures::plain_request).switched()->octets() == fixtures::plain_request);
  const std::string absolute = with(asks, "GET /", "GET https://example.org/");
  CHECK(serve(absolute).written == agrees);
}

TEST_CASE("[UDP-05] [UDP-08] one call reads a request and agrees to it, with its target") {
  output out{};
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  const auto agreed = connect_udp::agree(now.offer(), now.request.target.path);
  CHECK(agreed->target() == *connect_udp::target::of("192.0.2.6", 443));
  CHECK(*server.accept(agreed, out) == agrees);
  CHECK(connect_udp::agree(now.offer(), "/elsewhere").error() ==
        connect_udp::offer::read(now.offer(), "/elsewhere").error());
  CHECK(connect_udp::agree(turnout::offer{}, now.request.target.path).error().code ==
        errc::foreign_agreement);
}

TEST_CASE("[UDP-07] [CAP-13] a minimal request is enough, and lists are compared as lists") {
  CHECK(serve(without(asks, "Capsule-Protocol")).written == agrees);
  CHECK(ask(without(agrees, "Capsule-Protocol")) == errc::none);
  CHECK(serve(with(asks, ": Upgrade", ": keep-alive, upgrade")).written == agrees);
  CHECK(serve(with(asks, "connect-udp", "websocket, connect-udp")).written == agrees);
}

TEST_CASE("[UDP-06] [UDP-08] [CAP-07] [OPT-11] a malformed request is not an offer") {
  CHECK(serve(with(asks, "GET", "POST")).why == errc::method_not_allowed);
  CHECK(serve(plus(asks, "Host: example.org")).why == errc::repeated_host);
  CHECK(serve(without(asks, "Connection")).why == errc::upgrade_not_nominated);
  CHECK(serve(with(asks, "443", "0")).why == errc::bad_port);
  CHECK(serve(with(asks, "/.well", "/well")).why == errc::bad_target);
  for (const std::string_view field :
       {"Content-Length: 0", "Content-Type: x/y", "Content-Length: 5"})
    CHECK(serve(plus(asks, field)).why == errc::content_not_allowed);
  CHECK(serve(plus(asks, "Transfer-Encoding: chunked")).why == errc::content_not_allowed);
  CHECK(explain(errc::content_not_allowed).status == 400);
}

TEST_CASE("[UDP-08] [UDP-10] [UDP-12] [CAP-07] [CAP-09] a malformed response opens no tunnel") {
  CHECK(ask(without(agrees, "Connection")) == errc::switch_not_nominated);
  CHECK(ask(with(agrees, "connect-udp", "connect-udp, foo")) == errc::ambiguous_switch);
  CHECK(ask(plus(agrees, "Upgrade: connect-udp")) == errc::ambiguous_switch);
  for (const std::string_view field :
       {"Content-Length: 0", "Content-Type: x/y", "Transfer-Encoding: chunked"})
    CHECK(ask(plus(agrees, field)) == errc::content_not_allowed);
  CHECK(ask(with(agrees, "101", "200")) == errc::none);  // declined: see client_handshake
}

TEST_CASE("[OPT-04] [OPT-05] [UDP-13] [CTC-03] no packet is sent before the 101") {
  static constexpr connect_udp::proposal asked{"/", "a"};
  client_handshake client{asked};
  CHECK(client.receive({}).switched() == nullptr);
}

TEST_CASE("each of these protocols needs a host, and has capsules after the switch") {
  CHECK_BOTH(masque::profile_named("x").needs_host);
  CHECK_BOTH(masque::profile_named("x").capsules);
}

TEST_CASE("a plain agreement is not enough, and a variable holds up to 255 octets") {
  server_handshake server{spoken};
  const auto now = server.receive(asks);
  output out{};
  const agreement plain = *now.offer().agree(connect_udp::profile.token);
  CHECK(server.accept(plain, out).error() == failure{errc::incomplete_agreement, 0});
  CHECK(masque::variable::of(std::string(255, 'a'))->text().size() == 255);
  CHECK(masque::variable::of(std::string(256, 'a')).error() == failure{errc::bad_target, 255});
  CHECK(masque::variable::decode(std::string(256, 'a')).error() == failure{errc::bad_target, 255});
  CHECK(masque::variable::decode("%41")->text() == "A");
}
