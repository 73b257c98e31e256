// A protocol that a connection can be switched to, as a value: RFC 9110 section 7.8, RFC 9931
// section 7.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/message/method.hpp"

namespace turnout::inline v0 {

/// What a protocol is called in Upgrade, and what a request for it must be like. Programs make
/// their own; those of <turnout/protocol/...> come with what the protocol adds to both messages.
struct profile {
  protocol token{};                  ///< as it is written in Upgrade: its name is a token
  method_set methods = method::get;  ///< the methods with which it may be asked for
  bool content = false;              ///< whether the request may have content
  /// Fields that Connection has to nominate beside Upgrade.
  span<const std::string_view> nominated{};
  /// Whether a 101 needs field lines of its own, so that only the protocol's own agreement, and no
  /// plain one, may be accepted.
  bool own_agreement = false;
  /// The protocol that goes on above it, which its 101 names behind it: HTTP/1.1 for TLS (RFC 2817
  /// section 3.3). Most protocols have none.
  protocol upper{};
};

/// Puts the Upgrade line that lists `protocols`, of which there is at least one.
constexpr void put_upgrade(writer& to, span<const profile> protocols) noexcept {
  to.put("Upgrade: ");
  for (const profile& one : protocols) {
    if (&one != protocols.data()) to.put(", ");
    one.token.put(to);
  }
  to.put("\r\n");
}

/// How many profiles one list may have.
inline constexpr std::size_t max_profiles = 64;

}  // namespace turnout::inline v0
