// A library that is measured beside turnout. Each .cpp file of this folder adds one, and is built
// when the library is there. This header is read as C++17 too, which is all that websocketpp takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "../response.hpp"
#include "../tally.hpp"

/// What a peer can be asked; it has no row where it has no function.
struct peer {
  std::string name{};
  std::string version{};
  tally (*read_request)(std::string_view head) = nullptr;
  tally (*read_response)(std::string_view head) = nullptr;
  tally (*feed_request)(std::string_view head, std::size_t piece) = nullptr;
  bool (*nominates_upgrade)(std::string_view connection) = nullptr;
  bool (*offers_websocket)(std::string_view upgrade) = nullptr;
  accept_text (*accept_value)(std::string_view key) = nullptr;
  response (*accept)(std::string_view head) = nullptr;
};

/// The peers that are built in.
inline std::vector<peer>& peers() {
  static std::vector<peer> all;
  return all;
}

/// Adds a peer before main() begins.
struct added {
  explicit added(const peer& one) { peers().push_back(one); }
};
