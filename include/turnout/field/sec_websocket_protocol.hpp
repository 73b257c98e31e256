// Sec-WebSocket-Protocol, the subprotocols: RFC 6455 sections 4.1 and 11.3.4.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/token_set.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One subprotocol.
///
/// Borrows   the octets it was read from
struct subprotocol {
  std::string_view text{};  ///< a token, compared octet for octet

  /// Reads the subprotocol at the front of `octets`.
  ///
  /// Grammar   token, RFC 6455 section 4.3
  /// Fails     bad_token at 0
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<subprotocol>> parse_prefix(
      std::string_view octets) noexcept {
    const std::size_t size = grammar::token_size(octets);
    if (size == 0) return failure{errc::bad_token, 0};
    return grammar::parsed_prefix<subprotocol>{{turnout::detail::front_of(octets, size)}, size};
  }

  /// Puts the subprotocol as it came; fails with unwritable if it is not a token.
  constexpr void put(writer& to) const noexcept { grammar::put_token(to, text); }

  friend constexpr bool operator==(const subprotocol&, const subprotocol&) = default;
};

/// The value of Sec-WebSocket-Protocol: subprotocols, most preferred first.
///
/// Grammar   Sec-WebSocket-Protocol-Client = 1#token, RFC 6455 section 4.3
///
/// ```cpp
/// const auto offered = turnout::field::sec_websocket_protocol::parse("chat, superchat");
/// assert(offered && (*offered->begin()).text == "chat" && check_unique(*offered));
/// ```
using sec_websocket_protocol = grammar::list<subprotocol, 1, errc::bad_websocket_protocol>;

/// Checks that the list repeats no subprotocol.
///
/// Rule      the elements MUST be unique, RFC 6455 section 4.1, item 10
/// Takes     `Subprotocols`: sec_websocket_protocol, or a list with elements of another grammar
/// Fails     repeated_subprotocol where the second of the two begins; too_many_elements where the
///           65th element begins
/// Costs     one pass, and at most eight comparisons for each element
template <class Subprotocols = sec_websocket_protocol>
constexpr result<void> check_unique(const Subprotocols& subprotocols) noexcept {
  if (subprotocols.size() < 2) return {};
  using names = grammar::detail::token_set;
  names seen{grammar::detail::token_case::exact};
  for (auto one = subprotocols.begin(); one != subprotocols.end(); ++one) {
    const auto added = seen.add(one->text);
    if (added == names::addition::repeated)
      return failure{errc::repeated_subprotocol, one.offset()};
    if (added == names::addition::full) return failure{errc::too_many_elements, one.offset()};
  }
  return {};
}

}  // namespace field
}  // namespace v0
}  // namespace turnout
