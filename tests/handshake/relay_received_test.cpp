// What an intermediary gets: the members of each outcome, and where they point.
#include "turnout/handshake/relay_received.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"
#include "turnout/handshake/relay.hpp"

namespace {

using namespace turnout;
using fixtures::plus;
using forwarded::policy;

using output = std::array<char, 512>;

/// The protocols that a result offers on which was moved to another place.
constexpr bool offers_elsewhere() {
  relay_handshake relay{policy};
  const relayed_request moved = relay.receive_request(fixtures::upgrade_request);
  const relayed_request again = moved;
  bool same = !again.offer().empty();
  again.offer().for_each(
      [&same](const profile& one) { same = same && &one == &policy.allowed[0]; });
  return same;
}

}  // namespace

TEST_CASE("[INT-09] a default result forwards nothing and switches nothing") {
  constexpr relayed_request request;
  constexpr relayed_response response;
  CHECK_BOTH(request.what == relay_step::need_more);
  CHECK_BOTH(request.switched() == nullptr);
  CHECK_BOTH(request.offer().empty());
  CHECK_BOTH(response.what == relay_step::need_more);
  CHECK_BOTH(response.switched() == nullptr);
  CHECK_BOTH(response.protocol() == nullptr);
  CHECK_BOTH(response.content.octets().empty());
}

TEST_CASE("[ENG-16] the offer to forward can be read from a moved result") {
  CHECK_BOTH(offers_elsewhere());
}

TEST_CASE("[INT-04] a request result has the head, its facts, and the offer to forward") {
  relay_handshake relay{policy};
  const std::string octets =
      plus(fixtures::upgrade_request, "Content-Length: 2\r\nUpgrade: h2c") + "hi";
  const auto now = relay.receive_request(octets);
  CHECK(now.what == relay_step::request);
  CHECK(now.request.octets.data() == octets.data());
  CHECK(now.rest == "hi");
  CHECK(now.facts.has(field_name::upgrade));
  CHECK(now.framing == framing{framing_kind::length, 2});
  CHECK(now.offer().empty());  // Its protocol allows no content.
  CHECK(now.why.code == errc::content_not_allowed);
  CHECK(now.switched() == nullptr);
}

TEST_CASE("[INT-12] a response result has the head, its facts, and the agreed protocol") {
  relay_handshake relay{policy};
  output out{};
  CHECK(relay.forward(relay.receive_request(fixtures::upgrade_request), out));
  const std::string octets = std::string{fixtures::upgrade_response} + "XYZ";
  const auto now = relay.receive_response(octets);
  CHECK(now.what == relay_step::response);
  CHECK(now.response.status == 101);
  CHECK(now.response.octets.data() == octets.data());
  CHECK(now.rest == "XYZ");
  CHECK(now.protocol() == &policy.allowed[0]);
  CHECK(now.switched() == nullptr);  // not before it was forwarded
  CHECK(relay.forward(now, out));
  const auto then = relay.receive_response(now.rest);
  CHECK(then.switched()->octets().data() == now.rest.data());
  CHECK(&then.switched()->protocol() == &policy.allowed[0]);
}

TEST_CASE("[ENG-13] a result of the relay is trivially copyable") {
  CHECK_BOTH(std::is_trivially_copyable_v<relayed_request>);
  CHECK_BOTH(std::is_trivially_copyable_v<relayed_response>);
}

TEST_CASE("each step of an intermediary has its name") {
  CHECK_BOTH(name_of(relay_step::need_more) == "need_more");
  CHECK_BOTH(name_of(relay_step::wait) == "wait");
  CHECK_BOTH(name_of(relay_step::request) == "request");
  CHECK_BOTH(name_of(relay_step::tunnel_requested) == "tunnel_requested");
  CHECK_BOTH(name_of(relay_step::last_recipient) == "last_recipient");
  CHECK_BOTH(name_of(relay_step::response) == "response");
  CHECK_BOTH(name_of(relay_step::content) == "content");
  CHECK_BOTH(name_of(relay_step::content_ended) == "content_ended");
  CHECK_BOTH(name_of(relay_step::switched) == "switched");
  CHECK_BOTH(name_of(relay_step::failed) == "failed");
  CHECK_BOTH(name_of(relay_step::close) == "close");
}
