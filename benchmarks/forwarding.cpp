// How long does an intermediary take: a head in, and out as it goes on? Beside it, how long who
// speaks the protocol takes to read the same head. Both answer which protocol it is about.
#include <array>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"

namespace {

constexpr turnout::profile supported[] = {turnout::websocket::profile};
constexpr turnout::relay_policy policy{.allowed = supported};

/// Where the head is written with which a message goes on.
using output = std::array<char, 4096>;

std::string_view name_of(const turnout::profile* protocol) {
  return protocol == nullptr ? std::string_view{} : protocol->token.name;
}

std::string_view read_request(std::string_view head) {
  turnout::server_handshake handshake{supported};
  const auto now = handshake.receive(head);
  return name_of(now.offer().choose(turnout::preference::server));
}

std::string_view forward_request(std::string_view head) {
  static output out;
  turnout::relay_handshake relay{policy};
  const auto now = relay.receive_request(head);
  const auto sent = relay.forward(now, out);
  benchmark::DoNotOptimize(out);
  return sent ? name_of(now.offer().empty() ? nullptr : supported) : std::string_view{};
}

/// An intermediary that has sent a request on which offers `websocket`.
turnout::relay_handshake waiting_relay() {
  output out;
  turnout::relay_handshake relay{policy};
  const auto now = relay.receive_request(
      "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  if (!relay.forward(now, out)) return turnout::relay_handshake{policy};
  return relay;
}

constexpr turnout::proposal offered{.host = "a", .protocols = supported};
using client = turnout::client_handshake<turnout::proposal>;

/// A client that has asked for any of the protocols, and checks no Sec-WebSocket-Accept.
client waiting_client() {
  output out;
  client asking{offered};
  if (!asking.write_request(out)) return client{offered};
  return asking;
}

std::string_view read_response(std::string_view head) {
  static const client waiting = waiting_client();
  client asking = waiting;
  const auto now = asking.receive(head);
  return name_of(now.switched() == nullptr ? nullptr : &now.switched()->protocol());
}

std::string_view forward_response(std::string_view head) {
  static output out;
  static const turnout::relay_handshake waiting = waiting_relay();
  turnout::relay_handshake relay = waiting;
  const auto now = relay.receive_response(head);
  const auto sent = relay.forward(now, out);
  benchmark::DoNotOptimize(out);
  return sent ? name_of(now.protocol()) : std::string_view{};
}

void ask() {
  for (const sample& heads :
       {read_head_file("a1_min.req"), read_head_file("a2_chrome.req"), mix()}) {
    question<std::string_view> asked{"forward_request", heads};
    asked.ask("turnout", forward_request);
    asked.ask("only_read", read_request);
  }
  for (const sample& heads : {read_head_file("b1_min101.resp"), read_head_file("b2_101_12.resp")}) {
    question<std::string_view> asked{"forward_response", heads};
    asked.ask("turnout", forward_response);
    asked.ask("only_read", read_response);
  }
}

const question_file forwarding{ask};

}  // namespace
