// What all modes are told.
#pragma once

#include <cstddef>
#include <string>

#include "channel.hpp"
#include "result.hpp"

namespace probe {

/// How cases are tried.
struct settings {
  milliseconds patience{2000};  ///< how long to wait for an answer
  milliseconds quiet{150};      ///< how long to wait where none is due
  std::size_t rate = 200;       ///< connections in a second, at most
  std::size_t parallel = 8;     ///< connections at the same time, at most
  unsigned seed = 1;            ///< of what is random: where octets are cut
  std::string lines;            ///< more lines for the head of each request, with their ends
  bool trusts_any = false;      ///< whether any certificate will do
  bool is_colored = false;
};

/// How one case is tried.
struct attempt {
  const settings& told;
  way sent_as = way::whole;
  std::size_t number = 0;  ///< of the case

  unsigned seed() const { return static_cast<unsigned>(told.seed + number); }
};

}  // namespace probe
