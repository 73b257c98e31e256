// The profile of the WebSocket protocol, and the terms that both sides agree on (decision D13): RFC
// 6455 section 4. The server's side is in protocol/websocket/server.hpp, the client's in
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

/// `websocket`: a GET without content. The caller reads and writes the frames after the switch: a
/// client masks each of its own with a new, unpredictable key, and either side closes the
/// connection if the other one gets that wrong (RFC 6455 sections 5.1 and 10.3).
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

/// The chosen subprotocol and extensions.
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

/// Checks that the terms were offered.
///
/// Rule      RFC 6455 sections 4.1, 4.2.2 and 9.1: one of the offered subprotocols, compared octet
///           for octet, or none; extensions whose names were offered
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
