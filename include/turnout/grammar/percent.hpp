// Percent-encoding of one octet, RFC 3986 section 2.1, with digits of one case only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// Hexadecimal digits in upper case, as RFC 7639 section 2.2 requires.
inline constexpr std::string_view upper_case_digits = "0123456789ABCDEF";
/// Hexadecimal digits in lower case, as RFC 9651 section 4.2.10 requires.
inline constexpr std::string_view lower_case_digits = "0123456789abcdef";

/// How many octets a percent-encoded octet takes.
inline constexpr std::size_t percent_encoded_size = 3;

/// Reads the percent-encoded octet at the front of `octets`.
///
/// Grammar   pct-encoded = "%" HEXDIG HEXDIG, RFC 3986 section 2.1
/// Takes     octets: begin with "%"; digits: the sixteen digits
/// Fails     bad_percent_encoding at the octet that is not one of `digits`, or at the size of
///           `octets` if one is missing
constexpr result<std::uint8_t> parse_percent_encoded(std::string_view octets,
                                                     std::string_view digits) noexcept {
  std::size_t number = 0;
  for (std::size_t at = 1; at < percent_encoded_size; ++at) {
    if (at == octets.size()) return failure{errc::bad_percent_encoding, at};
    const std::size_t digit = digits.find(octets[at]);
    if (digit == digits.npos) return failure{errc::bad_percent_encoding, at};
    number = number * 16 + digit;
  }
  return static_cast<std::uint8_t>(number);
}

/// Puts `octet` percent-encoded.
///
/// Takes     digits: the sixteen digits
constexpr void put_percent_encoded(writer& to, char octet, std::string_view digits) noexcept {
  to.put('%');
  to.put(digits[to_number(octet) / 16]);
  to.put(digits[to_number(octet) % 16]);
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
