// What a server could switch to, said in a response that does not switch: required with a 426, for
// future requests with any other. RFC 9110 sections 7.8 and 15.5.22.
#pragma once

#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The Connection and Upgrade lines of a response that does not switch, for the caller's own
/// responses too, which then have no other Connection line.
///
/// Borrows   the list of profiles
struct advertisement {
  span<const profile> protocols{};  ///< most preferred first; may be empty
  bool close = false;               ///< whether Connection says that the connection ends
  bool keep_alive = false;          ///< whether it says `keep-alive`, without `close`: to HTTP/1.0

  /// Puts the lines that have something to say.
  ///
  /// Rule      a sender of Upgrade lists it in Connection, RFC 9110 section 7.8
  constexpr void put(writer& to) const noexcept {
    const std::string_view option = close ? "close" : keep_alive ? "keep-alive" : "";
    const bool upgrade = detail::any_by_upgrade(protocols);
    if (!upgrade && option.empty()) return;
    to.put("Connection: ");
    if (upgrade) to.put(option.empty() ? "Upgrade" : "Upgrade, ");
    to.put(option);
    to.put("\r\n");
    if (upgrade) detail::put_upgrade(to, protocols);
  }
};

}  // namespace v0
}  // namespace turnout
