// Extended CONNECT, the equivalent of Upgrade in HTTP/2 and HTTP/3: when it may be used, and for
// which protocols. RFC 8441, RFC 9220.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// SETTINGS_ENABLE_CONNECT_PROTOCOL, as a client receives it from a server. A server ignores a
/// client's value.
///
/// ```cpp
/// turnout::extended_connect::enable_connect_protocol allowed;
/// assert(allowed.see(0x8, 1) && allowed.is_enabled());
/// assert(!allowed.see(0x8, 0));  // a connection error
/// ```
class enable_connect_protocol {
 public:
  /// The setting's identifier, in HTTP/2 and in HTTP/3.
  static constexpr std::uint64_t identifier = 0x8;

  /// Takes any setting of a SETTINGS frame.
  ///
  /// Rule      RFC 8441 section 3, RFC 9220 section 3: 0 or 1, and never 0 after 1. Anything else
  ///           is a connection error: PROTOCOL_ERROR, H3_SETTINGS_ERROR
  /// Fails     bad_enable_connect
  /// Changes   nothing when it fails, or for another setting
  constexpr result<void> see(std::uint64_t setting, std::uint64_t value) noexcept {
    if (setting != identifier) return {};
    if (value > 1 || (value == 0 && enabled_)) return failure{errc::bad_enable_connect, 0};
    enabled_ = value == 1;
    return {};
  }

  /// True if a client may send requests that have `:protocol`.
  constexpr bool is_enabled() const noexcept { return enabled_; }

  friend constexpr bool operator==(const enable_connect_protocol&,
                                   const enable_connect_protocol&) = default;

 private:
  bool enabled_ = false;
};

/// True if an extended CONNECT can ask for a protocol: its profile allows it, it has a name without
/// a version, since only names are registered, and no protocol on top of it.
///
/// Rule      RFC 8441 section 4
constexpr bool is_connectable(const profile& one) noexcept {
  return one.by_extended_connect && grammar::is_token(one.token.name) &&
         one.token.version.empty() && one.upper.name.empty();
}

/// True if `:protocol` names a protocol.
///
/// Rule      in the registered lower case, RFC 8441 section 9: another spelling is another
///           protocol, which nobody speaks
constexpr bool names(std::string_view protocol, const profile& one) noexcept {
  for (const char octet : protocol)
    if (octet != grammar::to_lower(octet)) return false;
  return is_connectable(one) && grammar::equal_ignoring_case(protocol, one.token.name);
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
