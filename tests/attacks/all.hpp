// All attacks: what the test plays, and what docs/security.md tells.
#pragma once

#include <vector>

#include "attacks/attack.hpp"
#include "attacks/content.hpp"
#include "attacks/early_octets.hpp"
#include "attacks/gateways.hpp"
#include "attacks/h2c_and_tls.hpp"
#include "attacks/hop_by_hop.hpp"
#include "attacks/peers.hpp"
#include "attacks/written.hpp"

namespace attacks {

inline std::vector<group> all() {
  return {early_octets(), h2c_and_tls(), content(), hop_by_hop(), written(), peers(), gateways()};
}

}  // namespace attacks
