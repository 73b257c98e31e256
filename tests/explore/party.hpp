// What a party can do in a state, how far an exploration goes, and the texts that parties send.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explore/octets.hpp"
#include "explore/theorems.hpp"
#include "turnout/turnout.hpp"

namespace explore {

using namespace turnout;

/// The sides of a party: towards the client, and towards the server.
enum side : std::size_t { left, right };

/// What a party was sent on each side and has not read.
using inputs = std::array<queue, 2>;

/// One thing that a party does.
template <class Party>
struct move {
  Party party;                 ///< what it is then
  std::string does;            ///< what it does, for a trace
  inputs in;                   ///< what it was sent and has not read
  std::array<queue, 2> out{};  ///< what it sends
  bool connects = false;       ///< whether it first opens another connection on its right
  breaches broken{};
  /// The states before and after each call, if the party is a handshake.
  std::vector<std::array<std::size_t, 2>> called{};

  void breaks(theorem of, std::string_view how) { broken.push_back({of, how}); }
  void send(side to, piece one) { out[to].pieces.push_back(one); }
  void close(side to) {
    out[to].ended = true;
    in[to] = unread();
  }
  template <class State>
  void call(State before, State after) {
    called.push_back({static_cast<std::size_t>(before), static_cast<std::size_t>(after)});
  }
};

/// What one exploration goes through.
struct scope {
  std::uint8_t requests = 1;  ///< how many requests a client makes on a connection
  std::uint8_t early = 1;     ///< how many pieces it sends after each, before the answer
  std::uint8_t tunnel = 1;    ///< how many pieces either side sends through a tunnel
  std::uint8_t anything = 0;  ///< how many pieces a peer sends that keeps to no rule
  std::uint8_t texts = 255;   ///< and from how many of its texts it takes them
  bool gives_up = true;       ///< whether a party may close whenever it likes
  bool loses = false;         ///< whether a gateway may lose a side, or wait no longer
  bool last_proxy = false;    ///< whether an intermediary opens tunnels itself
  /// Whether a client that sent octets early asks again, where they were taken for a request.
  bool asks_after_early = false;
  /// Whether an intermediary sends a request on while octets of the server's are unread.
  bool forwards_over_unread = false;
};

/// Room for any head.
using room = std::array<char, 1024>;

inline constexpr profile spoken[] = {
    {.token = {"foo", {}}},
    {.token = {"bar", {}}, .methods = method::post, .content = true},
};

/// Content and the octets of tunnels look like messages, so that they are read where they can be.
inline constexpr std::string_view like_a_request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
inline constexpr std::string_view like_a_response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// What pieces are called in a trace.
inline std::string told(const std::vector<piece>& pieces) {
  constexpr std::string_view names[] = {"a head", "content", "an early octet",
                                        "an octet of the tunnel", "an octet"};
  std::string all;
  for (const piece& one : pieces)
    all += (all.empty() ? "" : ", ") + std::string{names[static_cast<std::size_t>(one.from)]};
  return all;
}

}  // namespace explore
