// All sides on which a law is tried: servers and clients, as handshakes and as connections.
#pragma once

#include <string>

#include "support/by_turns.hpp"
#include "support/parties.hpp"

namespace laws {

/// Tries a law on a client that has written its request, as a handshake and as a connection.
template <class Law, class Proposal>
std::string on_both(const Law& law, const Proposal& proposed) {
  const std::string broken = law(waiting_client(proposed));
  if (!broken.empty()) return broken;
  const std::string by_turns = law(waiting_by_turns(proposed));
  return by_turns.empty() ? by_turns : "by turns: " + by_turns;
}

/// Tries a law on a server and on all clients, each ready to read.
template <class Law>
std::string on_every_side(const Law& law) {
  std::string broken = law(server_handshake{supported});
  if (!broken.empty()) return "server: " + broken;
  broken = law(server_by_turns{supported});
  if (!broken.empty()) return "server by turns: " + broken;
  broken = on_both(law, asked);
  if (!broken.empty()) return "client: " + broken;
  broken = on_both(law, asked_websocket);
  if (!broken.empty()) return "websocket client: " + broken;
  broken = on_both(law, asked_with_content);
  if (!broken.empty()) return "client with content: " + broken;
  broken = on_both(law, asked_tunnel);
  return broken.empty() ? broken : "client of a tunnel: " + broken;
}

}  // namespace laws
