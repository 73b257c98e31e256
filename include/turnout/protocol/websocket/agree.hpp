// A server's complete answer to a WebSocket handshake request, in one call: RFC 6455 section 4.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/protocol/websocket/deflate_server.hpp"
#include "turnout/protocol/websocket/origin.hpp"
#include "turnout/protocol/websocket/profile.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// How a server answers WebSocket handshake requests.
///
/// Borrows   everything it views
struct policy {
  /// The origins whose pages may open the WebSocket, such as `https://example.com`; empty for all.
  /// A request without Origin does not come from a browser, and is always allowed.
  lasting_span<const std::string_view> origins{};
  lasting_span<const std::string_view>
      subprotocols{};                     ///< those that the server speaks, most preferred first
  preference order = preference::client;  ///< whose order decides among them
  /// How the server compresses; nullptr for no compression.
  const permessage_deflate::settings* deflate = nullptr;
};

/// Checks a request, and agrees to the switch if the policy allows it.
///
/// Rule      RFC 6455 sections 4.2.1, 4.2.2 and 10.2; RFC 7692 section 5. Without a common
///           subprotocol the switch is made without one
/// Takes     offered: the offer of a turn, a handshake or examine_request(); max_elements: of each
///           list
/// Fails     as offer::read(); origin_not_allowed
/// Borrows   from the request's octets and `own`
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// static constexpr std::string_view pages[] = {"https://example.com"};
/// static constexpr std::string_view subprotocols[] = {"chat.v2", "chat.v1"};
/// turnout::facts seen{turnout::method::get, turnout::http_1_1};
/// seen.see("Host", "example.com");
/// seen.see("Connection", "upgrade");
/// seen.see("Upgrade", "websocket");
/// seen.see("Sec-WebSocket-Version", "13");
/// seen.see("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
/// seen.see("Sec-WebSocket-Protocol", "chat.v1");
/// const auto offer = turnout::examine_request(seen, spoken).offer;
/// const auto agreed =
///     turnout::websocket::agree(offer, {.origins = pages, .subprotocols = subprotocols});
/// assert(agreed && agreed->chosen().subprotocol == "chat.v1");
/// ```
constexpr result<agreement> agree(
    const turnout::offer& offered, const policy& own = {},
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  const auto wanted = offer::read(offered, max_elements);
  if (!wanted) return wanted.error();
  const bool foreign = check_origin(wanted->origin(), own.origins) == origin_kind::foreign;
  if (foreign && !own.origins.empty()) return failure{errc::origin_not_allowed, 0};
  auto agreed = wanted->agree({.subprotocol = wanted->choose(own.subprotocols, own.order)});
  if (own.deflate == nullptr) return agreed;
  agreement compressed = *agreed;
  compressed.compress_with(permessage_deflate::choose(wanted->extensions(), *own.deflate));
  return compressed;
}

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
