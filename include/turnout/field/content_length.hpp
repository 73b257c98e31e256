// Content-Length, the size of the content: RFC 9110 section 8.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Content-Length.
///
/// ```cpp
/// assert(turnout::field::content_length::parse("42")->octets == 42);
/// assert(!turnout::field::content_length::parse("42, 42"));
/// ```
struct content_length {
  std::uint64_t octets = 0;  ///< the size of the content

  /// Reads the only line that the field may have.
  ///
  /// Grammar   Content-Length = 1*DIGIT, RFC 9110 section 8.6
  /// Rule      a number of more than 64 bits is refused, and so are repeated values, even equal
  ///           ones: RFC 9112 section 6.3 lets the recipient choose
  /// Fails     bad_content_length at the octet at fault; repeated_content_length where the
  ///           second line begins
  static constexpr result<content_length> parse(grammar::value_lines lines) noexcept {
    const auto number = grammar::parse_decimal(lines.first());
    if (!number) return failure{errc::bad_content_length, number.error().at};
    if (lines.has_second()) return failure{errc::repeated_content_length, lines.second()};
    return content_length{*number};
  }

  /// Puts the number without leading zeros.
  constexpr void put(writer& to) const noexcept { to.put_number(octets); }

  friend constexpr bool operator==(const content_length&, const content_length&) = default;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
