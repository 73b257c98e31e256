// How a party of a case is set up: the protocols that it speaks, and what it agrees to.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "../../examples/inspect/profiles.hpp"
#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"
#include "vectors/vector.hpp"

namespace vectors {

using namespace turnout;

/// The profile of a token, such as `websocket` or `foo/2`.
///
/// Borrows   `token`
inline profile profile_of(std::string_view token) {
  const std::size_t slash = token.find('/');
  const protocol named{token.substr(0, slash),
                       slash == token.npos ? std::string_view{} : token.substr(slash + 1)};
  if (const auto known = known_profile(named)) return *known;
  using enum method;
  return {.token = named, .methods = get | post | options, .content = true};
}

/// A token as it is written.
inline std::string token_text(const protocol& one) {
  std::string text{one.name};
  return one.version.empty() ? text : text + "/" + std::string{one.version};
}

/// What a party speaks.
class party_setup {
 public:
  explicit party_setup(const vector& one) : from_(one.setup) {
    if (one.profile != "none") add(one.profile);
    for (const json& also : from_.value("also", json::array())) add(octets_of(also));
    for (const json& name : from_.value("subprotocols", json::array()))
      subprotocols_.push_back(keep(octets_of(name)));
    for (const json& name : from_.value("streams", json::array()))
      streams.push_back(keep(octets_of(name)));
    for (const json& name : from_.value("origins", json::array()))
      origins_.push_back(keep(octets_of(name)));
    websocket.subprotocols = subprotocols_;
    websocket.origins = origins_;
    if (!from_.contains("deflate")) return;
    read_deflate(from_["deflate"]);
    websocket.deflate = &deflate_;
  }

  party_setup(const party_setup&) = delete;
  party_setup& operator=(const party_setup&) = delete;

  /// What is done with a CONNECT: "open" it, "forward" it to the next proxy, or nothing.
  std::string connect() const { return from_.value("connect", ""); }

  std::vector<profile> spoken;
  turnout::websocket::policy websocket;
  std::vector<std::string_view> streams;

 private:
  std::string_view keep(std::string octets) { return kept_.emplace_back(std::move(octets)); }
  void add(const std::string& token) { spoken.push_back(profile_of(keep(token))); }

  void read_deflate(const json& wanted) {
    deflate_.server_no_context_takeover = wanted.value("server_no_context_takeover", false);
    deflate_.client_no_context_takeover = wanted.value("client_no_context_takeover", false);
    deflate_.server_max_window_bits = wanted.value("server_max_window_bits", std::uint8_t{15});
    deflate_.client_max_window_bits = wanted.value("client_max_window_bits", std::uint8_t{15});
    deflate_.smallest_window_bits = wanted.value("smallest_window_bits", std::uint8_t{9});
  }

  json from_;
  std::deque<std::string> kept_;
  std::vector<std::string_view> subprotocols_;
  std::vector<std::string_view> origins_;
  turnout::websocket::permessage_deflate::settings deflate_;
};

/// What both sides agree on about compression.
inline json deflate_json(const turnout::websocket::permessage_deflate::agreed& terms) {
  if (!terms.in_use) return nullptr;
  return {{"server_no_context_takeover", terms.server_no_context_takeover},
          {"client_no_context_takeover", terms.client_no_context_takeover},
          {"server_max_window_bits", terms.server_window_bits},
          {"client_max_window_bits", terms.client_window_bits}};
}

}  // namespace vectors
