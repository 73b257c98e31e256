// Incremental: messages that intermediaries forward piece by piece. RFC 10036.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/structured_item.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/status_fields.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// True if a message asks intermediaries to forward its content as it comes. relay_connection and
/// the gateways do that with all messages, and forward the field; a program that stores messages
/// before it forwards them, or content before it sends it, asks this function first.
///
/// Grammar   one boolean item, RFC 10036; any other value and a repeated field count as absent
/// Takes     lines: of the head, such as `turn.request.fields`
///
/// ```cpp
/// const turnout::field_line lines[] = {{"incremental", "?1"}};
/// assert(turnout::forwarding::is_incremental(lines));
/// ```
template <class Lines>
constexpr bool is_incremental(const Lines& lines) noexcept {
  std::size_t found = 0;
  std::string_view value;
  for (const field_line& one : lines) {
    if (!grammar::equal_ignoring_case(one.name, "Incremental")) continue;
    value = one.value;
    ++found;
  }
  return found == 1 && grammar::is_true(value);
}

/// The Proxy-Status of a 501 for a message that has to be forwarded piece by piece, which this
/// intermediary can't do because it stores messages first.
///
/// Rule      RFC 10036: error=incremental_refused
/// Takes     `Name`: as for status_fields()
template <const std::string_view& Name>
constexpr lasting_span<const field_line> incremental_refused() noexcept {
  static_assert(detail::values_of<Name>.sizes[0] > 0, "a name that Proxy-Status can have");
  return {&detail::lines_of<Name>.lines[static_cast<std::size_t>(detail::proxy_error::incremental)],
          1};
}

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
