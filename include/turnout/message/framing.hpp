// Where the content of a message ends: RFC 9112 section 6.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

/// How a message marks the end of its content.
enum class framing_kind : std::uint8_t {
  none,        ///< there is no content
  length,      ///< Content-Length says how many octets it has
  chunked,     ///< the chunked transfer coding ends it
  until_close  ///< it ends with the connection; only in responses
};

/// The name of the enumerator.
constexpr std::string_view name_of(framing_kind one) noexcept {
  constexpr const char* names[] = {"none", "length", "chunked", "until_close"};
  return names[static_cast<std::size_t>(one)];
}

/// Where the content of one message ends.
///
/// ```cpp
/// turnout::facts seen{turnout::method::post, turnout::http_1_1};
/// seen.see("Content-Length", "12");
/// const turnout::framing framing = turnout::rules::framing_of(seen);
/// assert(framing.kind == turnout::framing_kind::length && framing.octets == 12);
/// ```
struct framing {
  framing_kind kind = framing_kind::none;
  std::uint64_t octets = 0;  ///< with framing_kind::length: how many octets the content has

  /// True if no content follows the head: there is none, or it has no octets.
  constexpr bool ends_at_once() const noexcept {
    return kind == framing_kind::none || (kind == framing_kind::length && octets == 0);
  }

  friend constexpr bool operator==(const framing&, const framing&) = default;
};

}  // namespace v0
}  // namespace turnout
