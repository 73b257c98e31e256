// Base64 of twelve octets at once that are already in a register. The GNU vectors compile for any
// processor.
#pragma once

#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))

using base64_groups [[gnu::vector_size(16)]] = std::uint32_t;
using base64_pair [[gnu::vector_size(16)]] = std::uint64_t;
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

/// Writes the text of twenty octets, 28 characters.
///
/// Takes     begin, end: the groups of the octets, then zeros; the first digit of the zeros becomes
///           the padding
inline void write_padded_base64(base64_groups begin, base64_groups end, char* text) noexcept {
  constexpr base64_characters padding{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '=' - 'A'};
  const base64_characters first = base64_text(begin);
  const base64_characters last = base64_text(end) + padding;
  const auto eight = reinterpret_cast<base64_pair>(last)[0];
  const auto four = reinterpret_cast<base64_groups>(last)[2];
  __builtin_memcpy(text, &first, sizeof first);
  __builtin_memcpy(text + 16, &eight, sizeof eight);
  __builtin_memcpy(text + 24, &four, sizeof four);
}

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
