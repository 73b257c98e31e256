// The protocols that a server names in a response that does not switch: required with a 426, for
// future requests with any other. RFC 9110 sections 7.8 and 15.5.22.
#pragma once

#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The Connection and Upgrade lines of a response that does not switch. Callers can put them into
/// their own responses, which must then have no other Connection line.
///
/// Borrows   the list of profiles
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// std::array<char, 64> out;
/// const turnout::advertisement lines{.protocols = spoken, .close = true};
/// assert(*turnout::write(lines, out) == "Connection: Upgrade, close\r\nUpgrade: websocket\r\n");
/// ```
struct advertisement {
  span<const profile> protocols{};  ///< most preferred first; may be empty
  bool close = false;               ///< whether Connection has `close`
  bool keep_alive = false;          ///< whether it has `keep-alive`, without `close`: for HTTP/1.0

  /// Puts each of the two lines unless it would be empty.
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
