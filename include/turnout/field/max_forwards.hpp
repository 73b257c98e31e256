// Max-Forwards, how many more times an OPTIONS or a TRACE may be forwarded: RFC 9110 section 7.6.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Max-Forwards.
///
/// ```cpp
/// const auto left = turnout::field::max_forwards::parse("10");
/// assert(left && left->next().hops == 9);
/// ```
struct max_forwards {
  std::uint64_t hops = 0;  ///< how many intermediaries may still forward the request

  /// Reads the only line that the field may have.
  ///
  /// Grammar   Max-Forwards = 1*DIGIT, RFC 9110 section 7.6.2
  /// Rule      a number of more than 64 bits counts as the largest one: an intermediary forwards
  ///           the largest number that it supports
  /// Fails     bad_max_forwards at the octet at fault, or where the second line begins
  static constexpr result<max_forwards> parse(grammar::value_lines lines) noexcept {
    const std::string_view digits = lines.first();
    std::size_t end = 0;
    while (end < digits.size() && grammar::is_digit(digits[end])) ++end;
    if (end == 0 || end < digits.size()) return failure{errc::bad_max_forwards, end};
    if (lines.has_second()) return failure{errc::bad_max_forwards, lines.second()};
    const auto number = grammar::parse_decimal(digits);
    return max_forwards{number ? *number : UINT64_MAX};
  }

  /// The value for the next recipient: one less, but not less than 0.
  constexpr max_forwards next() const noexcept { return {hops == 0 ? 0 : hops - 1}; }

  /// Puts the number without leading zeros.
  constexpr void put(writer& to) const noexcept { to.put_number(hops); }

  friend constexpr bool operator==(const max_forwards&, const max_forwards&) = default;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
