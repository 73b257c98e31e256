// Checks whether a page may open a WebSocket: RFC 6455 section 10.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// The result of checking Origin.
enum class origin_kind : std::uint8_t {
  absent,   ///< there is none: the client is not a browser, or does not send it
  allowed,  ///< it is on the server's list
  foreign   ///< it is not: answer with 403
};

/// The name of the enumerator.
constexpr std::string_view name_of(origin_kind one) noexcept {
  constexpr const char* names[] = {"absent", "allowed", "foreign"};
  return names[static_cast<std::size_t>(one)];
}

/// Looks an origin up in the server's list.
///
/// Rule      RFC 6455 sections 4.2.2, item 4, and 10.2: origins are compared without case, as their
///           schemes and hosts are; `null` is an origin like any other
/// Takes     origin: offer::origin(); allowed: origins such as `http://example.com`, with the port
///           unless it is the scheme's default
///
/// ```cpp
/// static constexpr std::string_view pages[] = {"https://example.com"};
/// using turnout::websocket::origin_kind;
/// assert(turnout::websocket::check_origin("https://EXAMPLE.com", pages) == origin_kind::allowed);
/// assert(turnout::websocket::check_origin("https://evil.example", pages) == origin_kind::foreign);
/// ```
constexpr origin_kind check_origin(std::string_view origin,
                                   span<const std::string_view> allowed) noexcept {
  if (origin.empty()) return origin_kind::absent;
  for (const std::string_view one : allowed)
    if (grammar::equal_ignoring_case(origin, one)) return origin_kind::allowed;
  return origin_kind::foreign;
}

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
