// The laws of a relay, whatever both sides send and whatever is called.
#pragma once

#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "support/chain.hpp"
#include "support/fixtures.hpp"
#include "turnout/machine/laws.hpp"

namespace relay_laws {

using namespace turnout;
using chains::hints, chains::hop, chains::pieces, chains::policy, chains::relay_by_turns,
    chains::token_of;
using intermediaries::intermediary;

/// A client that has asked through a relay gets sound answers only, and its early octets go on only
/// into a tunnel.
template <class Between>
std::string answers_are_sound(const std::string& response) {
  constexpr std::string_view early = "\x16\x03\x01 no request\r\n";
  client_handshake client{laws::asked};
  laws::output out{};
  Between relay{policy};
  relay.from_client(*client.write_request(out));
  relay.from_client(early);
  const std::string request = relay.to_server();
  relay.from_server(response);
  const bool tunnels = relay.protocol != nullptr;
  if ((relay.to_server() == early) != tunnels) return "the early octets are not where they belong";
  if (tunnels != (relay.relay.state() == relay_state::switched))
    return "a tunnel is not as it says";
  if (relay.refused != 0) return "what was judged to go on can't be written";

  const std::string all = relay.to_client();
  std::string_view unread = all;
  for (;;) {
    const auto now = client.receive(unread);
    unread = now.rest;
    if (now.what == client_step::failed) return "the client gets what it can't take";
    if (!now.response.octets.empty()) {
      if (now.response.version != http_1_1) return "another version goes on";
      for (const field_line& line : now.response.fields)
        if (line.value.find("\r\n") != std::string_view::npos) return "a fold goes on";
      const auto says =
          field::connection_summary::read(now.facts.lines(field_name::connection), 64);
      const auto options = field::connection::parse(now.facts.lines(field_name::connection), 64);
      if (!options || options->size() != std::size_t{says.lists(field_name::upgrade)} +
                                             std::size_t{says.lists(field_name::close)})
        return "Connection is not the relay's own";
      const bool named = now.response.status == 101 || now.response.status == 426;
      if (now.facts.has(field_name::upgrade) != named) return "something is advertised";
      if (now.facts.has(field_name::keep_alive)) return "a field for another connection goes on";
    }
    using enum client_step;
    if (now.what == switched) return tunnels ? "" : "the client switches alone";
    if (now.what == need_more || now.what == content_ended)
      return tunnels ? "the client does not switch" : "";
  }
}

/// Whether something broke a rule: what was read of it then is not used.
inline bool has_failed(const intermediary& relay) { return relay.relay.why().code != errc::none; }
inline bool has_failed(const relay_by_turns& relay) { return relay.closed; }

/// Whether the server's connection was given up: what was still to come on it never comes.
inline bool has_left_server(const intermediary&) { return false; }
inline bool has_left_server(const relay_by_turns& relay) { return relay.server_closed; }

/// What goes to both sides, and what stays, if octets come in such pieces.
template <class Between>
std::string relayed(const std::string& request, const std::string& response, pieces client,
                    pieces server, const limits& bounds) {
  Between relay{policy, bounds};
  hop up{client};
  hop down{server};
  up.send(request);
  down.send(response);
  for (std::string some = up.arrive(); !some.empty(); some = up.arrive()) relay.from_client(some);
  for (std::string some = down.arrive(); !some.empty() && !has_left_server(relay);
       some = down.arrive())
    relay.from_server(some);
  const bool failed = has_failed(relay);
  return "to server: " + relay.said_to_server + "; to client: " + relay.said_to_client +
         "; tunnel: " + token_of(relay.protocol) +
         "; state: " + std::string{name_of(relay.relay.state())} + "; held: " +
         // What was read of a message that can't be one is not used.
         (failed ? ""
                 : std::string{relay.held_of_client()} + "|" + std::string{relay.held_of_server()});
}

/// Law 1 for a relay: in whatever pieces either side sends, the forwarded octets are the same.
template <class Between>
std::string same_in_pieces(const std::string& request, const std::string& response, pieces client,
                           pieces server, const limits& bounds = {}) {
  const pieces whole{0, std::string::npos};
  const std::string same = relayed<Between>(request, response, whole, whole, bounds);
  const std::string told = relayed<Between>(request, response, client, server, bounds);
  return told == same ? "" : "[" + told + "], not [" + same + "]";
}

/// A call of a relay, by its number, with octets that may mean something. Returns why it failed.
inline constexpr std::size_t calls = 12;
inline failure call(relay_handshake& relay, std::size_t which, std::string_view octets,
                    std::span<char> out) {
  const auto forwarded = [&](auto received) { return relay.forward(received, out).error(); };
  relay_handshake fresh{policy};
  switch (which) {
    case 0:
      (void)relay.receive_request(octets);
      return {};
    case 1:
      (void)relay.receive_response(octets);
      return {};
    case 2:
      return forwarded(fresh.receive_request(octets));
    case 3: {
      (void)fresh.forward(fresh.receive_request(fixtures::upgrade_request), out);
      return forwarded(fresh.receive_response(octets));
    }
    case 4:
      return relay.open_tunnel(out).error();
    case 5:
      return relay.refuse({.status = 403}, out).error();
    case 6:
      return relay.refuse(relay.refusal_due(), out).error();
    case 7:
      return relay.refuse({.status = 99}, out).error();
    case 8:
      return relay.start_over().error();
    case 9:
      return relay.client_ended({}).error();
    case 10:
      return relay.server_ended({}).error();
    default:
      return relay.client_ended(octets).error();
  }
}

inline failure call(relay_connection& relay, std::size_t which, std::string_view octets,
                    std::span<char> out) {
  const auto no_space = [](const relay_turn& turn) {
    return turn.why.code == errc::no_space ? turn.why : failure{};
  };
  const relay_side side = which % 2 == 0 ? relay_side::client : relay_side::server;
  relay_connection fresh{policy, {.allow_connect = true}};
  laws::output room{};
  switch (which) {
    case 0:
    case 1:
      return no_space(relay.advance(side, octets, out));
    case 2:
    case 3:
      return no_space(relay.end_of_input(side, octets, out));
    case 4:
      return relay.forward(fresh.advance(relay_side::client, octets, room), out).error();
    case 5:
      return relay.open_tunnel(out).error();
    case 6:
      return relay.refuse({.status = 403}, out).error();
    case 7:
      return relay.refuse({.status = 99}, out).error();
    case 8:
    case 9:
      return no_space(relay.end_of_input(side, {}, out));
    default:
      return no_space(relay.advance(side, {}, out));
  }
}

/// True if a call may take a relay from one state to another: by one row.
inline bool may_lead(const relay_handshake& before, relay_state to) {
  for (const auto& one : machine::relay_table)
    if (one.from == before.state() && one.to == to) return true;
  return false;
}
/// By turns, a call may take several rows.
inline bool may_lead(const relay_connection& before, relay_state to) {
  const auto reachable = machine::reachable_from(machine::relay_table, before.state());
  return (reachable >> static_cast<unsigned>(to) & 1) != 0;
}

/// Laws 4 and 5 for one call, which is made: it takes only rows of the table, and changes nothing
/// if it is refused or has no room.
template <class Relay>
std::string keeps_laws(Relay& relay, std::size_t which, std::string_view octets) {
  laws::output out{};
  const Relay before = relay;
  const failure why = call(relay, which, octets, out);
  if (explain(why.code).whose == fault::caller && !(relay == before))
    return "a refused call changes the relay";
  Relay cramped = before;
  if (call(cramped, which, octets, {}).code == errc::no_space && !(cramped == before))
    return "a call without room changes the relay";
  if (before.state() == relay.state() || may_lead(before, relay.state())) return {};
  return "a step is taken that is no row";
}

/// Laws 4 and 5 for calls in any order.
///
/// Takes     choices: for each octet a call is made with one of `inputs`
template <class Relay, class Inputs>
std::string calls_in_any_order(Relay relay, std::string_view choices, const Inputs& inputs) {
  for (const char choice : choices) {
    const std::size_t number = grammar::to_number(choice);
    const std::size_t which = number % calls;
    const std::string broken = keeps_laws(relay, which, inputs[number / calls % std::size(inputs)]);
    if (!broken.empty()) return broken + ": call " + std::to_string(which);
  }
  return {};
}

}  // namespace relay_laws
