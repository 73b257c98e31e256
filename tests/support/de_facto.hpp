// Requests and responses of real programs, and what a server and a client of turnout make of them.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <string>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/handshake/client.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace de_facto {

using namespace turnout;

/// Octets that stay until the end, since what is read of them refers to them.
inline const std::string& kept(const std::string& octets) {
  static std::deque<std::string> all;
  return all.emplace_back(octets);
}

/// Judges a request.
inline verdict examined(const std::string& head, lasting_span<const profile> spoken) {
  static server_received now;  // the verdict refers to its facts
  server_handshake server{spoken};
  now = server.receive(kept(head));
  return examine_request(now.facts, spoken);
}

/// The 101 of a server that agrees by `agree(offer)`; empty if it does not.
template <class Agree>
std::string switched(const std::string& head, lasting_span<const profile> spoken,
                     const Agree& agree) {
  server_handshake server{spoken};
  const auto now = server.receive(head);
  if (now.what != server_step::upgrade_offered) return {};
  const auto agreed = agree(now.offer());
  std::array<char, 512> out{};
  if (!agreed) return {};
  return std::string{*server.accept(*agreed, out)};
}

/// The 101 of a server that agrees to the first protocol.
inline std::string switched(const std::string& head, lasting_span<const profile> spoken) {
  return switched(head, spoken, [&](const offer& it) { return it.agree(spoken.front().token); });
}

/// What a client says of a response to its request.
template <class Proposal>
client_received answered(const Proposal& asked, const std::string& response) {
  client_handshake<Proposal> client{asked};
  std::array<char, 1024> out{};
  CHECK(client.write_request(out));
  return client.receive(kept(response));
}

/// The octets of a client's request.
template <class Proposal>
std::string written(const Proposal& asked) {
  std::array<char, 1024> out{};
  const auto octets = write_request(asked, out);
  return octets ? std::string{*octets} : std::string{};
}

}  // namespace de_facto
