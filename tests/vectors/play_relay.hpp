// An intermediary between the client and the server of a case, and what it passes on.
#pragma once

#include <string>
#include <string_view>

#include "support/intermediary.hpp"
#include "support/relay_turns.hpp"
#include "vectors/message.hpp"
#include "vectors/setup.hpp"

namespace vectors {

using turns::input, turns::pieces;

/// An intermediary made of a relay_handshake.
class handshake_relay {
 public:
  explicit handshake_relay(const relay_policy& policy, const std::string& connect)
      : program{policy, {.last_proxy = connect == "open"}} {}

  intermediaries::intermediary program;
};

/// An intermediary made of a relay_connection.
class connection_relay {
 public:
  explicit connection_relay(const relay_policy& policy, const std::string& connect)
      : program{policy,
                {.allow_connect = !connect.empty(), .refusal_text = nullptr},
                {.last_proxy = connect == "open"}} {}

  turns::relay_program program;
};

/// Sends octets in pieces, each with `send`.
template <class Send>
void send_in(pieces come, std::string_view octets, const Send& send) {
  input in{octets, come};
  for (bool more = true; more; more = in.read_more()) {
    send(in.unread());
    in.drop(in.unread().size());
  }
}

/// The protocols that a request offers: those of Upgrade, where Connection lists it.
inline json offers_of(const written_head& head) {
  json all = json::array();
  if (head.value("Connection").find("pgrade") == std::string::npos) return all;
  for (std::string list = head.value("Upgrade"); !list.empty();)
    all.push_back(take_up_to(list, ", "));
  return all;
}

/// What the client got, once the server had the request.
inline void say_response(json& to, std::string octets) {
  to["interim"] = json::array();
  to["response_fields"] = json::array();
  while (!octets.empty()) {
    const written_head head = written_head::take(octets);
    for (const json& line : head.fields) to["response_fields"].push_back(line);
    if (head.status() / 100 == 1 && head.status() != 101) {
      to["interim"].push_back(head.status());
      continue;
    }
    to["status"] = head.status();
    to["to_client"] = text_of(take_content(head, octets));
    return;
  }
}

/// The intermediary of a case.
template <class Relay>
json play_relay(const vector& one, pieces come) {
  const party_setup own{one};
  const relay_policy policy{.allowed = own.spoken};
  Relay relay{policy, own.connect()};
  send_in(come, one.request, [&](std::string_view piece) { relay.program.from_client(piece); });
  if (one.ends && one.response.empty()) relay.program.end_client();
  std::string to_server = relay.program.to_server();
  std::string to_client = relay.program.to_client();
  const std::size_t held = relay.program.held_of_client().size();
  if (to_server.empty() && relay.program.protocol != nullptr)
    return {{"outcome", "tunnel"}, {"status", written_answer{to_client}.head.status()}};
  if (to_server.empty() && to_client.empty()) return {{"outcome", "incomplete"}};
  if (to_server.empty()) return refused(to_client);

  const written_head head = written_head::take(to_server);
  json all = {{"outcome", "forward"},
              {"start", text_of(head.start)},
              {"offers", offers_of(head)},
              {"fields", head.fields},
              {"content", text_of(take_content(head, to_server))},
              {"held", held}};
  if (one.response.empty()) return all;
  send_in(come, one.response, [&](std::string_view piece) { relay.program.from_server(piece); });
  if (one.ends) relay.program.end_server();
  say_response(all, to_client + relay.program.to_client());
  all["tunnel"] = relay.program.protocol != nullptr;
  all["to_server"] = text_of(relay.program.to_server());
  return all;
}

}  // namespace vectors
