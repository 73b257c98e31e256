// Decimal numbers that can't wrap: 1*DIGIT, and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"

namespace turnout::inline v0 {

/// Reads `octets` as a decimal number.
///
/// Grammar   1*DIGIT; leading zeros are legal, signs and whitespace are not
/// Takes     max: the largest number allowed
/// Fails     bad_number at the first octet that is no digit, at the digit that goes past `max`, or
///           at 0 if there is none
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

/// Puts `number` in decimal digits, without leading zeros.
constexpr void put_decimal(writer& to, std::uint64_t number) noexcept {
  std::uint64_t unit = 1;
  while (number / unit >= 10) unit *= 10;
  for (; unit > 0; unit /= 10) to.put(static_cast<char>('0' + number / unit % 10));
}

}  // namespace turnout::inline v0
