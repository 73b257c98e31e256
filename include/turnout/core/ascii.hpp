// Case folding and digits of ASCII, whatever the locale.
// Octets outside A to Z are left as they are: no Unicode folding (RFC 9110 section 5.6.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace turnout::inline v0 {

/// The octet in lower case, if it is one of A to Z; any other octet as it is.
constexpr char to_lower(char octet) noexcept {
  return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet | 0x20) : octet;
}

/// True if both are the same octets but for the case of A to Z.
///
/// Costs     one pass; none if the sizes differ
constexpr bool equal_ignoring_case(std::string_view one, std::string_view other) noexcept {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i)
    if (to_lower(one[i]) != to_lower(other[i])) return false;
  return true;
}

/// True for 0 to 9.
constexpr bool is_digit(char octet) noexcept { return octet >= '0' && octet <= '9'; }

/// True for A to Z and a to z.
constexpr bool is_alpha(char octet) noexcept {
  return to_lower(octet) >= 'a' && to_lower(octet) <= 'z';
}

/// True for 0 to 9, A to F and a to f.
constexpr bool is_hexadecimal(char octet) noexcept {
  return is_digit(octet) || (to_lower(octet) >= 'a' && to_lower(octet) <= 'f');
}

/// The octet as a number from 0 to 255, whatever the sign of char.
constexpr std::uint8_t to_number(char octet) noexcept { return static_cast<std::uint8_t>(octet); }

}  // namespace turnout::inline v0
