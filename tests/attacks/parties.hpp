// The parties that are attacked: programs that drive their connection as its header says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attacks/attack.hpp"
#include "support/client_turns.hpp"
#include "support/relay_turns.hpp"
#include "support/server_turns.hpp"
#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"

namespace attacks {

using namespace turnout;
using turns::closes, turns::escaped, turns::shown;

/// A server that speaks websocket, foo/2, which may come with content, and bar.
inline scene server(const std::string& octets, std::string outcome,
                    const turns::server_program& program = {}) {
  return {"A server", shown(octets, "client: "), std::move(outcome),
          [=](pieces come) { return program.play(octets, come); }};
}

inline const turns::server_program speaks_h2c{
    .spoken = {{websocket::profile, h2c::profile, {.token = {"bar", {}}}}}};

inline constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                    'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
inline constexpr profile foo[] = {{.token = {"foo", "2"}}};

/// What clients ask for.
inline constexpr websocket::proposal asked_websocket{nonce, {.target = "/chat", .host = "a"}};
inline constexpr std::string_view chat = "chat";
inline constexpr websocket::proposal asked_chat{
    nonce, {.host = "a", .subprotocols = *field::sec_websocket_protocol::parse(chat)}};
inline constexpr proposal asked_foo{.host = "a", .protocols = foo};
inline constexpr tunnel_request asked_tunnel{.target = "b:443"};

/// A client that has asked, and reads what the server answers.
template <class Proposal>
scene client(const Proposal& asked, const std::string& octets, std::string outcome) {
  return {"A client", shown(octets, "server: "), std::move(outcome), [&asked, octets](pieces come) {
            return turns::client_program<Proposal>{asked}.play(octets, come);
          }};
}
template <class Proposal>
scene client(const Proposal&&, const std::string&, std::string) = delete;

inline constexpr profile relayed[] = {
    websocket::profile,
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true}};
inline constexpr relay_policy relaying{.allowed = relayed, .name = "p"};

/// How an intermediary is set up.
struct relay_setup {
  const relay_policy* policy = &relaying;
  relay_options options{};
  turns::relay_choices does{};
};

inline const relay_setup allows_connect{.options = {.allow_connect = true}};

inline constexpr profile relayed_spdy[] = {kubernetes::spdy};
inline constexpr relay_policy relaying_spdy{.allowed = relayed_spdy, .name = "p"};
inline const relay_setup relays_spdy{.policy = &relaying_spdy};

/// Sends octets in pieces, each with `send`.
template <class Send>
void send_in(pieces come, std::string_view octets, const Send& send) {
  turns::input in{octets, come};
  for (bool more = true; more; more = in.read_more()) {
    send(in.unread());
    in.drop(in.unread().size());
  }
}

/// What a relay does not send on, and has not read as a request either.
inline std::string held(std::string_view octets) { return shown(octets, "held back: "); }

/// An intermediary, to which the client sends all at once, and the server one response to each
/// request that it sees.
inline scene relay(const std::string& octets, const std::vector<std::string>& responses,
                   std::string outcome, const relay_setup& setup = {}) {
  std::string attack = shown(octets, "client: ");
  for (const std::string& one : responses) attack += shown(one, "server: ");
  const auto play = [=](pieces come) {
    turns::relay_program program{*setup.policy, setup.options, setup.does};
    send_in(come, octets, [&](std::string_view piece) { program.from_client(piece); });
    for (std::size_t i = 0; i < responses.size() && i < program.requests; ++i)
      send_in(come, responses[i], [&](std::string_view piece) { program.from_server(piece); });
    return program.story() + held(program.held_of_client());
  };
  return {"A relay", attack, std::move(outcome), play};
}

/// What a server tells that refuses and closes.
inline std::string refused(errc why, std::string_view status = "400 Bad Request") {
  return "< HTTP/1.1 " + std::string{status} + "\n" + closes(why);
}

/// The same of a relay, which tells its whole answer.
inline std::string refused_by_relay(errc why, std::string_view status = "400 Bad Request") {
  const std::string text{explain(why).text};
  return "< HTTP/1.1 " + std::string{status} +
         "\n< Connection: close\n< Content-Type: text/plain\n< Content-Length: " +
         std::to_string(text.size()) + "\n<\n< " + text + "\n" + closes(why);
}

/// A program that passes on what it was given from outside, and whose call has to fail.
///
/// Takes     given: what it was given; call: makes the call, and returns why it fails
inline scene caller(std::string_view given, errc why, const std::function<failure()>& call) {
  return {"A program that passes it on", escaped(given) + "\n",
          "fails: " + std::string{name_of(why)} + "\n",
          [call](pieces) { return "fails: " + std::string{name_of(call().code)} + "\n"; }};
}

}  // namespace attacks
