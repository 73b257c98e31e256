// The WebSocket protocol as a profile, and what both sides agree on (decision D13): RFC 6455
// section 4. The server's side is in protocol/websocket/server.hpp, the client's in
// protocol/websocket/client.hpp.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/field/sec_websocket_protocol.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// What `websocket` in Upgrade means: a GET without content. The frames after the switch are
/// the caller's: a client masks each of its own with a new, unpredictable key, and either side
/// closes the connection when the other gets that wrong (RFC 6455 sections 5.1 and 10.3).
///
/// Rule      RFC 6455 section 4.1
inline constexpr turnout::profile profile{
    .token = {"websocket", {}},
    .methods = method::get,
    .content = false,
    .nominated = {},
    .own_agreement = true,
    .needs_host = true,
    .websocket_key = true,
};

/// What was chosen beside the switch itself.
///
/// Borrows   what it views
struct terms {
  std::string_view subprotocol{};                ///< empty for none
  field::sec_websocket_extensions extensions{};  ///< in the order in which they apply; may be empty

  friend constexpr bool operator==(const terms&, const terms&) = default;
};

namespace detail {

template <class Subprotocols>
TURNOUT_OUT_OF_LINE constexpr result<void> check_any_terms(
    const terms& chosen, const Subprotocols& offered,
    const field::sec_websocket_extensions& offered_extensions) noexcept {
  if (!chosen.subprotocol.empty() && !offered.contains({chosen.subprotocol}))
    return failure{errc::subprotocol_not_offered, 0};
  std::size_t index = 0;
  for (const field::extension& one : chosen.extensions) {
    bool known = false;
    for (const field::extension& other : offered_extensions)
      known = known || one.name == other.name;
    if (!known) return failure{errc::extension_not_offered, index};
    ++index;
  }
  return {};
}

}  // namespace detail

/// Checks that terms keep to what was offered.
///
/// Rule      RFC 6455 sections 4.1, 4.2.2 and 9.1: one subprotocol of those offered, compared octet
///           for octet, or none; extensions of names that were offered
/// Fails     subprotocol_not_offered; extension_not_offered with the index of the extension
template <class Subprotocols = field::sec_websocket_protocol>
TURNOUT_INLINE constexpr result<void> check_terms(
    const terms& chosen, const Subprotocols& offered,
    const field::sec_websocket_extensions& offered_extensions) noexcept {
  if (chosen.subprotocol.empty() && chosen.extensions.empty()) return {};
  return detail::check_any_terms(chosen, offered, offered_extensions);
}

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
