// Law 6 with intermediaries: a client joined to a server through none, one or two of them comes to
// the same. And what holds of a relay whatever both sides send, and however it comes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"
#include "support/relay_laws.hpp"
#include "turnout/protocol/tunnel.hpp"

namespace {

using namespace turnout;
using namespace std::string_literals;
using chains::pieces, chains::policy, chains::relay_by_turns;
using fixtures::plus, fixtures::with;
using intermediaries::intermediary;

/// Docker's command line attaches with a POST that has no content.
constexpr proposal asked_docker{.method = method::post,
                                .target = "/v1.47/containers/c/attach?stream=1",
                                .host = "docker",
                                .protocols = std::span{laws::supported}.subspan(3, 1)};

/// Checks that intermediaries make no difference, whatever the server's program does.
template <class Proposal>
void check_chains(const Proposal& asked, const std::vector<pieces>& cuts) {
  for (int does = 0; does < 5; ++does) {
    CAPTURE(does);
    for (const std::string_view interim : {std::string_view{}, chains::hints})
      for (const pieces& come : cuts)
        for (const std::size_t relays : {1u, 2u})
          CHECK(chains::same_without_intermediaries(asked, static_cast<laws::program>(does),
                                                    interim, relays, come) == "");
  }
}

/// All at once; so many octets at a time; and cut once at every octet.
std::vector<pieces> all_cuts() {
  std::vector<pieces> all{{0, std::string::npos}};
  for (const std::size_t size : {1u, 2u, 3u, 7u, 64u}) all.push_back({0, size});
  for (std::size_t cut = 1; cut < 320; ++cut) all.push_back({cut, std::string::npos});
  return all;
}

/// Responses in which there is something to check, to take off, to mend or to turn into a 502.
const std::vector<std::string> responses = [] {
  const std::string agrees{fixtures::upgrade_response};
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\nhello";
  std::vector<std::string> all{
      agrees + "\x81\x05hello",
      std::string{chains::hints} + plus(agrees, "X: y\r\nConnection: x"),
      with(agrees, "foo/2", "bar, foo/2"),
      std::string{fixtures::websocket_response},
      ok,
      ok + agrees,
      plus(ok, "Upgrade: foo/2\r\nConnection: upgrade, x\r\nKeep-Alive: 1\r\nX:\r\n 1\r\n 2"),
      with(ok, "Content-Length: 5", "Connection: close"),
      with(with(ok, "Content-Length: 5", "Transfer-Encoding: chunked"), "hello",
           "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"),
      "HTTP/1.1 426 Upgrade Required\r\nConnection: upgrade\r\nUpgrade: x, bar\r\n"
      "Content-Length: 2\r\n\r\nno",
      "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.0 404 Not Found\r\n\r\ngone",
      with(ok, "200 OK", "200 O\x7fK"),
      with(ok, "A: b", "A: b\x7f"),
      with(ok, "200 OK", "099 X"),
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: x\r\n\r\n",
  };
  for (const auto& one : corpus::responses) all.push_back(one.octets);
  return all;
}();

/// Checks that requests of the corpus and some responses are relayed alike in any pieces.
template <class Between>
void check_pieces() {
  // By turns, what comes after a whole response ends the server's connection, unless the next
  // request went on before it came.
  const bool unasked = std::is_same_v<Between, intermediary>;
  for (const auto& asked : corpus::requests) {
    for (const std::string& response : {responses[0], responses[4], responses[unasked ? 5 : 4],
                                        responses[8], responses[9], responses[11]}) {
      CAPTURE(asked.octets);
      CAPTURE(response);
      CHECK(relay_laws::same_in_pieces<Between>(asked.octets, response, {0, 1}, {0, 1}) == "");
      CHECK(relay_laws::same_in_pieces<Between>(asked.octets, response, {0, 3}, {0, 5}) == "");
      for (std::size_t cut = 1; cut < response.size(); cut += 3) {
        const pieces come{cut, std::string::npos};
        CHECK(relay_laws::same_in_pieces<Between>(asked.octets, response, come, come) == "");
      }
    }
  }
}

}  // namespace

TEST_CASE(
    "[INT-12] [INT-13] [INT-14] [INT-35] a WebSocket is forwarded through a chain of relays "
    "unchanged") {
  check_chains(laws::asked_websocket, all_cuts());
}

TEST_CASE("[INT-34] [DKR-01] a terminal of Docker, which uses POST, is forwarded through a chain") {
  check_chains(asked_docker, all_cuts());
}

TEST_CASE(
    "[INT-31] [INT-34] [UPG-27] a switch after content that waits for a 100 is forwarded through a "
    "chain") {
  check_chains(laws::asked_with_content, all_cuts());
}

TEST_CASE(
    "[INT-29] [INT-30] an offer of several protocols is forwarded through a chain, declined, "
    "required or refused") {
  check_chains(laws::asked, all_cuts());
}

TEST_CASE("[INT-32] a CONNECT is forwarded through a chain") {
  check_chains(laws::asked_tunnel, all_cuts());
}

TEST_CASE(
    "[INT-07] [INT-08] [INT-09] [INT-25] [INT-30] [K8S-08] a client gets only valid responses") {
  for (const std::string& one : responses) {
    CAPTURE(one);
    CHECK(relay_laws::answers_are_sound<intermediary>(one) == "");
    CHECK(relay_laws::answers_are_sound<relay_by_turns>(one) == "");
    edits::for_each_edit(one, 0, [](const std::string& edited) {
      const std::string broken = relay_laws::answers_are_sound<intermediary>(edited);
      if (!broken.empty()) FAIL_CHECK(broken << ": [" << edited << "]");
      const std::string by_turns = relay_laws::answers_are_sound<relay_by_turns>(edited);
      if (!by_turns.empty()) FAIL_CHECK("by turns: " << by_turns << ": [" << edited << "]");
    });
  }
}

TEST_CASE(
    "[ENG-01] [INT-10] the forwarded octets are the same, in whatever pieces either side sends") {
  check_pieces<intermediary>();
  check_pieces<relay_by_turns>();
}

namespace {

/// What either side may show in any state.
const std::vector<std::string> inputs{
    std::string{fixtures::upgrade_request},
    "CONNECT b:1 HTTP/1.1\r\nHost: b\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: bar\r\n"
    "Content-Length: 2\r\n\r\n",
    with(fixtures::upgrade_response, "foo/2", "bar"),
    std::string{fixtures::upgrade_response},
    responses[4],
    std::string{chains::hints},
    "hi",
    "\n",
    ""};

/// Makes every call with every input in every state that this leads to. Returns the states: one bit
/// for each.
template <class Relay>
std::uint32_t explore(const Relay& fresh, std::size_t most) {
  std::vector<Relay> reached{fresh};
  std::uint32_t states = 0;
  for (std::size_t i = 0; i < reached.size() && reached.size() < most; ++i) {
    states |= std::uint32_t{1} << static_cast<unsigned>(reached[i].state());
    for (std::size_t which = 0; which < relay_laws::calls; ++which) {
      for (const std::string& octets : inputs) {
        Relay after = reached[i];
        CHECK(relay_laws::keeps_laws(after, which, octets) == "");
        if (std::find(reached.begin(), reached.end(), after) == reached.end())
          reached.push_back(after);
      }
    }
  }
  return states;
}

constexpr std::uint32_t bit(relay_state state) {
  return std::uint32_t{1} << static_cast<unsigned>(state);
}

}  // namespace

TEST_CASE(
    "[ENG-04] [ENG-06] the relay follows only rows of its table, and a refused call changes "
    "nothing") {
  const auto states = explore(relay_handshake{policy}, 400);
  CHECK(states == 2 * bit(relay_state::closed) - 1);
}

TEST_CASE(
    "[ENG-04] [ENG-06] turns follow only rows of the table, and a refused call changes nothing") {
  const relay_connection fresh{policy, {.allow_connect = true}};
  const auto states = explore(fresh, 400);
  using enum relay_state;
  CHECK(states == (bit(reading_head) | bit(deciding) | bit(deciding_tunnel) | bit(waiting) |
                   bit(accepted) | bit(switched) | bit(responding) | bit(answered) | bit(closed)));
}

TEST_CASE("[CAP-15] a tunnel forwards octets unchanged, with or without Capsule-Protocol") {
  static constexpr profile masque[] = {connect_udp::profile};
  constexpr relay_policy allowing{.allowed = masque, .name = "p"};
  const std::string capsules = "\0\5hello\x40\x41?"s;
  for (const std::string field : {"Capsule-Protocol: ?1\r\n", "Capsule-Protocol: ?0\r\n", ""}) {
    intermediary relay{allowing};
    relay.from_client(
        "GET /.well-known/masque/udp/b/443/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
        "Upgrade: connect-udp\r\n" +
        field + "\r\n" + capsules);
    const std::string request = relay.to_server();
    CHECK(request.find("\r\n" + field) != std::string::npos);
    CHECK(request.ends_with("Upgrade: connect-udp\r\n\r\n"));
    relay.from_server("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n" + field +
                      "\r\n" + capsules);
    CHECK(relay.to_server() == capsules);
    const std::string response = relay.to_client();
    CHECK(response.find("\r\n" + field) != std::string::npos);
    CHECK(response.ends_with("\r\n\r\n" + capsules));
  }
}
