// Decimal and hexadecimal numbers that can't overflow: digits, and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// Reads `octets` as a decimal number.
///
/// Grammar   1*DIGIT; leading zeros are legal, signs and whitespace are not
/// Takes     max: the largest number allowed
/// Fails     bad_number at the first octet that is not a digit, at the digit that exceeds `max`, or
///           at 0 if there is no digit
constexpr result<std::uint64_t> parse_decimal(std::string_view octets,
                                              std::uint64_t max = UINT64_MAX) noexcept {
  if (octets.empty()) return failure{errc::bad_number, 0};
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (!is_digit(octets[i])) return failure{errc::bad_number, i};
    const std::uint64_t digit = static_cast<std::uint64_t>(octets[i] - '0');
    if (digit > max || number > (max - digit) / 10) return failure{errc::bad_number, i};
    number = number * 10 + digit;
  }
  return number;
}

/// Reads the hexadecimal number at the front of `octets`.
///
/// Grammar   1*HEXDIG, digits of any case; leading zeros are legal
/// Returns   the number and how many octets it took
/// Fails     bad_number at 0 if there is no digit, or at the digit that exceeds 64 bits
constexpr result<parsed_prefix<std::uint64_t>> parse_hexadecimal_prefix(
    std::string_view octets) noexcept {
  parsed_prefix<std::uint64_t> number;
  for (; number.size < octets.size() && is_hexadecimal(octets[number.size]); ++number.size) {
    if (number.value >> 60 != 0) return failure{errc::bad_number, number.size};
    const char digit = to_lower(octets[number.size]);
    const int value = is_digit(digit) ? digit - '0' : digit - 'a' + 10;
    number.value = number.value << 4 | static_cast<std::uint64_t>(value);
  }
  if (number.size == 0) return failure{errc::bad_number, 0};
  return number;
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
