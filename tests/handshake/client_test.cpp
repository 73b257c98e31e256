// The client's side of a handshake: the request, interim responses, and what is an answer.
#include "turnout/handshake/client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/protocol/websocket/client.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with, fixtures::without;

constexpr profile offered[] = {{.token = {"foo", "2"}}, {.token = {"bar", {}}}};
constexpr proposal asked{.target = "/x", .host = "a", .protocols = offered};
constexpr std::string_view request =
    "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2, bar\r\n\r\n";

const std::string agrees{fixtures::upgrade_response};
const std::string hint =
    "HTTP/1.1 103 Early Hints\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";

using output = std::array<char, 512>;

/// A client that has written its request.
template <class Proposal>
constexpr client_handshake<Proposal> waiting(const Proposal& proposed, const limits& bounds = {}) {
  client_handshake client{proposed, bounds};
  output out{};
  (void)client.write_request(out);
  return client;
}

/// Where a whole handshake ends: the size of the request, the first octet of the new protocol, and
/// its place in the list.
struct hand_over {
  std::size_t written = 0;
  std::size_t begins = 0;
  const profile* protocol = nullptr;
  friend constexpr bool operator==(const hand_over&, const hand_over&) = default;
};
constexpr hand_over ask(std::string_view octets) {
  client_handshake client{asked};
  output out{};
  const auto written = client.write_request(out);
  const auto now = client.receive(octets);
  if (now.switched() == nullptr) return {};
  return {written->size(), octets.size() - now.switched()->octets().size(),
          &now.switched()->protocol()};
}

/// A response, what is wrong with it, and the text at which it is: where that comes last.
struct fault_case {
  std::string octets;
  errc why;
  std::string_view at;
};
template <class Proposal>
void check_faults(const Proposal& proposed, const std::vector<fault_case>& cases) {
  for (const fault_case& one : cases) {
    CAPTURE(one.octets);
    auto client = waiting(proposed);
    const auto now = client.receive(one.octets);
    CHECK(now.what == client_step::failed);
    CHECK(now.why == failure{one.why, one.octets.rfind(one.at)});
    CHECK(client.why() == now.why);
    CHECK(now.rest == one.octets);
    CHECK(now.switched() == nullptr);
  }
}

/// A proposal of a protocol that wants to see a field of its own in the 101.
struct picky : proposal {
  constexpr finding check_switch(const facts& response, const profile& agreed,
                                 std::size_t) const noexcept {
    if (agreed.token == protocol{"bar", {}}) return {};
    if (!response.has(field_name::origin)) return {{errc::bad_token, 0}, field_name::origin};
    return {{errc::bad_token, 1}, field_name::origin};
  }
};

}  // namespace

TEST_CASE("[UPG-25] [ENG-02] [ENG-13] the new protocol begins right after the 101") {
  constexpr std::size_t size = fixtures::upgrade_response.size();
  CHECK_BOTH(ask(fixtures::upgrade_response) == hand_over{request.size(), size, &offered[0]});
  CHECK_BOTH(ask("HTTP/1.1 200 OK\r\n\r\n") == hand_over{});
  CHECK(ask(agrees + "\x81\x05hello") == hand_over{request.size(), size, &offered[0]});
  CHECK(ask(with(agrees, "foo/2", "bar")) == hand_over{request.size(), size - 2, &offered[1]});
}

TEST_CASE("[UPG-01] [UPG-43] the request is written once, as write_request() writes it") {
  client_handshake client{asked};
  output out{};
  const auto written = client.write_request(out);
  CHECK(*written == request);
  CHECK(client.state() == client_state::waiting);
  const client_handshake before = client;
  CHECK(client.write_request(out).error() == failure{errc::out_of_turn, 0});
  CHECK(client == before);
}

TEST_CASE(
    "[ENG-04] a request that does not fit is not written, and can be written into a larger "
    "buffer") {
  client_handshake client{asked};
  const client_handshake before = client;
  output out{};
  for (std::size_t room = 0; room < request.size(); ++room) {
    const auto written = client.write_request(std::span{out}.first(room));
    CHECK(written.error() == failure{errc::no_space, request.size()});
    CHECK(client == before);
    CHECK(out == output{});
  }
  CHECK(*client.write_request(std::span{out}.first(request.size())) == request);
}

TEST_CASE("[UPG-12] [ENG-14] without a protocol there is no request, and so no response") {
  constexpr proposal nothing{.host = "a"};
  client_handshake client{nothing};
  output out{};
  CHECK(client.write_request(out).error() == failure{errc::no_protocol, 0});
  CHECK(client.state() == client_state::asking);
  static_assert(!std::is_default_constructible_v<client_handshake<proposal>>);
}

TEST_CASE("a temporary proposal does not compile") {
  static_assert(std::is_constructible_v<client_handshake<proposal>, const proposal&>);
  static_assert(!std::is_constructible_v<client_handshake<proposal>, proposal>);
  static_assert(!std::is_constructible_v<client_handshake<proposal>, const proposal, limits>);
}

TEST_CASE(
    "[MSG-74] [UPG-15] [OPT-01] nothing counts as a response before the request was written") {
  client_handshake client{asked};
  const client_handshake before = client;
  CHECK(client.receive({}).why == failure{errc::out_of_turn, 0});
  CHECK(client == before);
  const auto now = client.receive(agrees);
  CHECK(now.what == client_step::failed);
  CHECK(now.why == failure{errc::unsolicited_response, 0});
  CHECK(now.rest == agrees);
  CHECK(now.switched() == nullptr);
  CHECK(client.state() == client_state::failed);
}

TEST_CASE("[UPG-03] [UPG-24] [MSG-43] [MSG-53] [MSG-54] a 101 that matches the request switches") {
  for (const std::string& octets :
       {with(agrees, "foo/2", "FOO/2"), plus(agrees, "Content-Length: 5"),
        with(agrees, ": foo/2", ":\r\n foo/2"), with(agrees, " Switching Protocols", ""),
        with(agrees, "Switching Protocols", "404 Not Found"),
        with(agrees, ": Upgrade", ": keep-alive, upgrade"), with(agrees, "HTTP/1.1", "HTTP/1.2")}) {
    CAPTURE(octets);
    auto client = waiting(asked);
    const std::string shown = octets + "HELLO";
    const auto now = client.receive(shown);
    CHECK(now.what == client_step::switched);
    CHECK(now.switched()->octets() == "HELLO");
    CHECK(now.rest == "HELLO");
    CHECK(now.response.octets == octets);
    CHECK(client.why() == failure{});
  }
}

TEST_CASE("[UPG-13] [UPG-14] [UPG-17] [UPG-46] a 101 that does not match the request fails") {
  // Also UPG-04, UPG-06, UPG-16, MSG-02, MSG-33, MSG-49 and GRM-10.
  check_faults(asked,
               {{with(agrees, "foo/2", "foo/3"), errc::protocol_not_offered, "foo/3"},
                {with(agrees, "foo/2", "websocket"), errc::protocol_not_offered, "websocket"},
                {without(agrees, "Upgrade"), errc::switch_without_upgrade, "\r\n"},
                {with(agrees, "foo/2", ","), errc::switch_without_upgrade, ","},
                {with(agrees, "foo/2", "b@d"), errc::bad_upgrade, "@"},
                {with(agrees, "foo/2", "foo/2, bar"), errc::ambiguous_switch, "bar"},
                {with(agrees, "foo/2", "foo/2, HTTP/1.1"), errc::ambiguous_switch, "HTTP/1.1\r\n"},
                {plus(agrees, "Upgrade: foo/2"), errc::ambiguous_switch, "foo/2"},
                {without(agrees, "Connection"), errc::switch_not_nominated, "\r\n"},
                {with(agrees, ": Upgrade", ": x"), errc::switch_not_nominated, "x\r"},
                {with(agrees, ": Upgrade", ": upgrade;q=1"), errc::bad_connection, ";"},
                {with(agrees, "HTTP/1.1", "HTTP/1.0"), errc::switch_in_http_1_0, "HTTP/1.0"},
                {with(agrees, "101", "1010"), errc::bad_status_line, "0 S"},
                {with(agrees, "\r\nC", "\nC"), errc::bare_lf, "\nC"},
                {with(agrees, "Upgrade:", "Upgrade :"), errc::space_before_colon, " :"}});
}

TEST_CASE("[UPG-36] [MSG-51] [MSG-76] any interim responses may come before the final one") {
  auto client = waiting(asked);
  const std::string shown = hint + "HTTP/1.1 199 X\r\n\r\n" + agrees + "HELLO";
  const auto first = client.receive(shown);
  CHECK(first.what == client_step::interim_response);
  CHECK(first.response.status == 103);
  CHECK(first.response.octets == hint);
  CHECK(first.facts.lines(field_name::upgrade).first() == "foo/2");
  const auto second = client.receive(first.rest);
  CHECK(second.what == client_step::interim_response);
  CHECK(second.response.status == 199);
  CHECK(client.state() == client_state::waiting);
  CHECK(client.receive(second.rest).switched()->octets() == "HELLO");
}

TEST_CASE("[UPG-37] fields of an interim response don't affect the final one") {
  auto client = waiting(asked);
  const std::string shown = hint + "HTTP/1.1 101 X\r\nConnection: upgrade\r\n\r\n";
  const auto first = client.receive(shown);
  const auto second = client.receive(first.rest);
  CHECK(second.why == failure{errc::switch_without_upgrade, first.rest.size() - 2});
}

TEST_CASE("[MSG-76] [ENG-03] as many interim responses may come as the limit says") {
  for (const std::uint16_t most : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{3}}) {
    auto client = waiting(asked, {.interim_responses = most});
    for (int i = 0; i < most; ++i)
      CHECK(client.receive(hint).what == client_step::interim_response);
    auto answered = client;
    CHECK(answered.receive(agrees).what == client_step::switched);
    CHECK(client.receive(hint).why == failure{errc::too_many_interim_responses, 0});
    CHECK(client.state() == client_state::failed);
  }
}

TEST_CASE("[UPG-20] [UPG-23] [UPG-47] [MSG-50] any other response declines, and HTTP continues") {
  for (const std::string_view code : {"200", "426", "404", "401", "302", "600", "099", "999"}) {
    CAPTURE(code);
    auto client = waiting(asked);
    const std::string head = with(plus(agrees, "Content-Length: 5"), "101", code);
    const std::string shown = head + "hello";
    const auto now = client.receive(shown);
    CHECK(now.what == client_step::declined);
    CHECK(now.response.octets == head);
    CHECK(now.facts.status() == now.response.status);
    CHECK(now.facts.lines(field_name::upgrade).first() == "foo/2");
    CHECK(now.rest == "hello");
    CHECK(now.switched() == nullptr);
    CHECK(client.state() == client_state::declined);
  }
}

TEST_CASE("[UPG-13] a failure of the protocol's own checks has its offset in the response") {
  constexpr picky wants{asked};
  check_faults(wants, {{agrees, errc::bad_token, "\r\n"},
                       {plus(agrees, "Origin: xyz"), errc::bad_token, "yz"}});
  auto client = waiting(wants);
  CHECK(client.receive(with(agrees, "foo/2", "bar")).what == client_step::switched);
}

TEST_CASE(
    "[MSG-80] [ENG-05] input that ends before the response is a failure, and after it out of "
    "turn") {
  client_handshake asking{asked};
  CHECK(asking.input_ended({}).error() == failure{errc::incomplete, 0});
  CHECK(asking.state() == client_state::failed);
  auto client = waiting(asked);
  CHECK(client.receive(agrees).what == client_step::switched);
  CHECK(client.input_ended({}).error() == failure{errc::out_of_turn, 0});
  CHECK(client.state() == client_state::switched);
}

TEST_CASE("handshakes are equal if their states, proposals and limits are equal") {
  constexpr proposal other = asked;
  CHECK(client_handshake{asked} == client_handshake{asked});
  CHECK(client_handshake{asked} != client_handshake{other});
  CHECK(client_handshake{asked} != client_handshake{asked, {.interim_responses = 1}});
  CHECK(client_handshake{asked} != waiting(asked));
}

TEST_CASE("[MSG-74] octets after a declined response end the connection as soon as they are seen") {
  const std::string empty = "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n";
  const std::string full = "HTTP/1.1 404 X\r\nContent-Length: 2\r\n\r\nab";
  for (const std::string_view more : {"", "H"}) {
    CAPTURE(more);
    client_handshake client = waiting(asked);
    CHECK(client.receive(empty + std::string{more}).what == client_step::declined);
    CHECK(client.is_reusable() == more.empty());

    client = waiting(asked);
    const std::string octets = full + std::string{more};
    const auto head = client.receive(octets);
    CHECK(head.what == client_step::declined);
    CHECK(!client.is_reusable());
    const auto content = client.receive(head.rest);
    CHECK(content.content == "ab");
    CHECK(client.is_reusable() == more.empty());
  }
}
