// JBoss Remoting, Artemis and HornetQ: a key and an accept value with another GUID.
#include "turnout/protocol/de_facto/remoting.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr std::array<std::uint8_t, 16> nonce = {0x74, 0x68, 0x65, 0x20, 0x73, 0x61, 0x6D, 0x70,
                                                0x6C, 0x65, 0x20, 0x6E, 0x6F, 0x6E, 0x63, 0x65};
// base64(sha1("dGhlIHNhbXBsZSBub25jZQ==" "CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"))
const std::string accept = "EAlhVKUpEU1S1v+cZDryAnMkQFw=";

struct family {
  const profile& one;
  std::string token;
  std::string fields;  // how the names of its fields begin
};
const family families[] = {{remoting::jboss, "jboss-remoting", "Sec-JbossRemoting-"},
                           {remoting::artemis, "activemq-remoting", "Sec-ActiveMQRemoting-"},
                           {remoting::hornetq, "hornetq-remoting", "Sec-HornetQRemoting-"}};

std::string request_of(const family& one) {
  return "GET / HTTP/1.1\r\nHost: localhost:8080\r\nConnection: Upgrade\r\nUpgrade: " + one.token +
         "\r\n" + one.fields + "Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

std::string response_of(const family& one) {
  return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + one.token +
         "\r\n" + one.fields + "Accept: " + accept + "\r\n\r\n";
}

}  // namespace

TEST_CASE("[WLD-11] a server proves the switch with the GUID of all three") {
  for (const family& one : families) {
    const auto agree = [&](const offer& it) { return remoting::agree(it, one.one); };
    CHECK(de_facto::switched(request_of(one), {&one.one, 1}, agree) == response_of(one));
    CHECK(de_facto::switched(request_of(one), {&one.one, 1}).empty());  // a plain agreement
  }
}

TEST_CASE("[WLD-11] a request without a key, with two, or with a short one is refused") {
  for (const family& one : families) {
    const std::string asks = request_of(one);
    const std::string key = one.fields + "Key";
    CHECK(de_facto::examined(fixtures::without(asks, key), {&one.one, 1}).found.why.code ==
          errc::missing_own_field);
    const std::string twice = fixtures::plus(asks, key + ": dGhlIHNhbXBsZSBub25jZQ==");
    CHECK(remoting::agree(de_facto::examined(twice, {&one.one, 1}).offer, one.one).error().code ==
          errc::repeated_websocket_key);
    const std::string brief = with(asks, "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSA=");
    CHECK(remoting::agree(de_facto::examined(brief, {&one.one, 1}).offer, one.one).error().code ==
          errc::bad_websocket_key);
  }
}

TEST_CASE("[WLD-11] one server speaks all three, and an agreement is for the offered one") {
  static constexpr profile all[] = {remoting::jboss, remoting::artemis, remoting::hornetq};
  const std::string asks = request_of(families[1]);
  const offer offered = de_facto::examined(asks, all).offer;
  CHECK(remoting::agree(offered, remoting::jboss).error().code == errc::foreign_agreement);
  CHECK(remoting::agree(offered, remoting::artemis)->protocol() == &all[1]);
  CHECK_BOTH(remoting::agreement{}.protocol() == nullptr);
}

TEST_CASE("[WLD-11] a client sends a key, and accepts only its accept value, once") {
  for (const family& one : families) {
    const remoting::proposal asked{one.one, "localhost:8080", nonce};
    CHECK(de_facto::written(asked) == request_of(one));
    const std::string agrees = response_of(one);
    CHECK(de_facto::answered(asked, agrees).what == client_step::switched);
    const std::string field = one.fields + "Accept";
    CHECK(de_facto::answered(asked, fixtures::without(agrees, field)).why.code ==
          errc::switch_without_own_field);
    CHECK(de_facto::answered(asked, with(agrees, accept, accept + "x")).why.code ==
          errc::wrong_websocket_accept);
    CHECK(de_facto::answered(asked, fixtures::plus(agrees, field + ": " + accept)).why.code ==
          errc::repeated_websocket_accept);
  }
}

TEST_CASE("[WLD-11] a nonce is for one connection") {
  const remoting::proposal asked{remoting::jboss, "h", nonce};
  const remoting::proposal other{remoting::jboss, "h", {}};
  CHECK(asked.check_after(asked).code == errc::repeated_nonce);
  CHECK(asked.check_after(other).code == errc::none);
}
