// The evidence that a connection has left HTTP/1.1.
#pragma once

#include <string_view>

#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// A switch that took place: only the handshakes make one, after all checks. Code that speaks the
/// new protocol can require it as proof. The request is still to be answered, in the new protocol,
/// if that has a response for it (RFC 9110 section 7.8).
///
/// Borrows   the caller's list of profiles and the octets passed to receive()
class switched {
 public:
  /// The protocol that the connection speaks now, a member of the caller's list.
  constexpr const profile& protocol() const noexcept { return *protocol_; }
  /// The first octets of the new protocol, among those passed in.
  constexpr std::string_view octets() const noexcept { return octets_; }

 private:
  friend class server_received;
  friend class client_received;
  friend class relay_received;
  constexpr switched() = default;
  constexpr switched(const profile& protocol, std::string_view octets) noexcept
      : protocol_{&protocol}, octets_{octets} {}

  const profile* protocol_ = nullptr;
  std::string_view octets_;
};

}  // namespace v0
}  // namespace turnout
