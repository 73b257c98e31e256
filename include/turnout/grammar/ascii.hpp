// Case folding and digits of ASCII, in any locale.
// Octets outside A to Z are left as they are: no Unicode folding (RFC 9110 section 5.6.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// The octet in lower case, if it is one of A to Z; any other octet as it is.
constexpr char to_lower(char octet) noexcept {
  return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet | 0x20) : octet;
}

namespace detail {

/// True if the octets of two words differ only in the case of A to Z. The letter mask comes from
/// `other` alone, so it folds away when `other` is constant.
constexpr bool same_but_case(std::uint64_t one, std::uint64_t other) noexcept {
  if (one == other) return true;
  const std::uint64_t case_bits =
      turnout::detail::within(turnout::detail::to_upper_letters(other), 'A', 'Z') >> 2;
  return ((one ^ other) & ~case_bits) == 0;
}

TURNOUT_OUT_OF_LINE constexpr bool same_but_case(const char* one, const char* other,
                                                 std::size_t size) noexcept {
  if (size < 8)
    return same_but_case(turnout::detail::load_front(one, size),
                         turnout::detail::load_front(other, size));
  const std::size_t last = size - 8;  // where the last word begins, which may overlap
  for (std::size_t at = 0; at < last; at += 8)
    if (!same_but_case(turnout::detail::load_word(one + at),
                       turnout::detail::load_word(other + at)))
      return false;
  return same_but_case(turnout::detail::load_word(one + last),
                       turnout::detail::load_word(other + last));
}

/// True for the same 8 to 16 octets, like most names that are compared with what is expected.
TURNOUT_INLINE constexpr bool are_plainly_equal(const char* one, const char* other,
                                                std::size_t size) noexcept {
  constexpr std::size_t word = 8;
  return size - word <= word &&
         turnout::detail::load_word(one) == turnout::detail::load_word(other) &&
         turnout::detail::load_word(one + size - word) ==
             turnout::detail::load_word(other + size - word);
}

}  // namespace detail

/// True if both differ only in the case of A to Z.
///
/// Costs     one pass, eight octets at a time; none if the sizes differ
TURNOUT_INLINE constexpr bool equal_ignoring_case(std::string_view one,
                                                  std::string_view other) noexcept {
  const std::size_t size = one.size();
  if (size != other.size()) return false;
  if (!turnout::detail::optimized_for_size &&
      detail::are_plainly_equal(one.data(), other.data(), size))
    return true;
  return detail::same_but_case(one.data(), other.data(), size);
}

/// True if `octets` are these letters in any case.
///
/// Takes     letters: at most eight
template <std::size_t Size>
TURNOUT_INLINE constexpr bool are_letters(std::string_view octets,
                                          const char (&letters)[Size]) noexcept {
  static_assert(Size <= 9);
  constexpr std::uint64_t lower = turnout::detail::in_every_octet(0x20);
  return octets.size() == Size - 1 &&
         (turnout::detail::load_front(octets.data(), Size - 1) | lower) ==
             (turnout::detail::load_front(letters, Size - 1) | lower);
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

/// The octet as a number from 0 to 255, whether char is signed or not.
constexpr std::uint8_t to_number(char octet) noexcept { return static_cast<std::uint8_t>(octet); }

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
