// Base64 of twelve octets at once that are already in a register. The GNU vectors compile for any
// processor.
#pragma once

#include <array>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))

using base64_groups [[gnu::vector_size(16)]] = std::uint32_t;
using base64_characters [[gnu::vector_size(16)]] = signed char;

/// The sixteen digits of four groups of 24 bits; the upper eight bits of each group are ignored.
/// Stored with the lowest octet first, they are the text.
inline base64_characters base64_text(base64_groups groups) noexcept {
  const auto digits =
      reinterpret_cast<base64_characters>((groups >> 18 & 0x3F) | (groups >> 4 & 0x3F00) |
                                          (groups << 10 & 0x3F0000) | (groups << 24 & 0x3F000000));
  // Each range of the alphabet has its own distance from the digits.
  return digits + ((digits > 25) & ('a' - 'Z' - 1)) - ((digits > 51) & ('z' - '0' + 1)) -
         ((digits > 61) & ('9' - '+' + 1)) + ((digits > 62) & ('/' - '+' - 1)) + 'A';
}

/// The text of twenty octets, 28 characters, and zeros after it.
///
/// Takes     begin, end: the groups of the octets, then zeros; the first digit of the zeros becomes
///           the padding
inline std::array<char, 32> padded_base64_text(base64_groups begin, base64_groups end) noexcept {
  constexpr base64_characters padding{0, 0, 0, 0,         0,    0,    0,    0,
                                      0, 0, 0, '=' - 'A', -'A', -'A', -'A', -'A'};
  const base64_characters text[2]{base64_text(begin), base64_text(end) + padding};
  std::array<char, 32> out;
  __builtin_memcpy(out.data(), text, out.size());
  return out;
}

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
