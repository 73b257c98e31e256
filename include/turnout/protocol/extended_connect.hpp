// Extended CONNECT, by which HTTP/2 and HTTP/3 ask for what HTTP/1.1 asks for in Upgrade: when it
// may be used, and for which protocols. RFC 8441, RFC 9220.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout::inline v0::extended_connect {

/// SETTINGS_ENABLE_CONNECT_PROTOCOL, as a client has it from a server. A server ignores what a
/// client says in it.
class enable_connect_protocol {
 public:
  /// The setting's identifier, in HTTP/2 and in HTTP/3.
  static constexpr std::uint64_t identifier = 0x8;

  /// Takes one setting of a SETTINGS frame, whichever it is.
  ///
  /// Rule      RFC 8441 section 3, RFC 9220 section 3: 0 or 1, and never 0 after 1. What breaks
  ///           that is a connection error: PROTOCOL_ERROR, H3_SETTINGS_ERROR
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

/// True if an extended CONNECT can ask for a protocol: it has a name and no version, for what is
/// registered are names, and nothing of HTTP/1.1 goes on above it.
///
/// Rule      RFC 8441 section 4; `h2c` has no meaning in HTTP/2, whose prior versions alone had it
///           (RFC 9113 section 3.1)
constexpr bool is_connectable(const profile& one) noexcept {
  const std::string_view name = one.token.name;
  if (equal_ignoring_case(name, "h2c") || equal_ignoring_case(name, "h2")) return false;
  return is_token(name) && one.token.version.empty() && one.upper.name.empty();
}

/// True if `:protocol` names a protocol.
///
/// Rule      in the lower case that is registered, RFC 8441 section 9: another spelling is another
///           protocol, which nobody speaks
constexpr bool names(std::string_view protocol, const profile& one) noexcept {
  for (const char octet : protocol)
    if (octet != to_lower(octet)) return false;
  return is_connectable(one) && equal_ignoring_case(protocol, one.token.name);
}

/// True for the protocols whose streams carry capsules.
///
/// Rule      RFC 9297 section 3.2: their messages have no Content-Length and no Content-Type, and
///           204, 205 and 206 don't begin them
constexpr bool has_capsules(std::string_view protocol) noexcept {
  return equal_ignoring_case(protocol, "connect-ip") ||
         equal_ignoring_case(protocol, "connect-tcp") ||
         equal_ignoring_case(protocol, "connect-udp");
}

/// True for `websocket`, which has no key and no accept value in an extended CONNECT.
///
/// Rule      RFC 8441 section 5
constexpr bool is_websocket(std::string_view protocol) noexcept {
  return equal_ignoring_case(protocol, "websocket");
}

}  // namespace turnout::inline v0::extended_connect
