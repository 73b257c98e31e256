// The octet classes of RFC 9110 section 5 and RFC 3986 section 2, one table for all 256 octets.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

/// The bit of each class in the table.
struct octet_bit {
  static constexpr std::uint8_t tchar = 1;
  static constexpr std::uint8_t field = 2;
  static constexpr std::uint8_t target = 4;
  static constexpr std::uint8_t reg_name = 8;
};

/// The classes of each octet, written out: computing them took GCC 12 2 % of its time for a
/// server's headers.
inline constexpr std::uint8_t octet_table[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  2,  0,  0,  0,  0,  0,  0,   // 0x00
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,   // 0x10
    2,  15, 2,  3,  15, 7,  15, 15, 14, 14, 15, 15, 14, 15, 15, 6,   // 0x20
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 6,  14, 2,  14, 2,  6,   // 0x30
    6,  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,  // 0x40
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 6,  2,  6,  3,  15,  // 0x50
    3,  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,  // 0x60
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 2,  3,  2,  15, 0,   // 0x70
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0x80
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0x90
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xA0
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xB0
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xC0
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xD0
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xE0
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,   // 0xF0
};

}  // namespace detail

/// A set of octets that the grammar names.
struct octet_class {
  static const octet_class tchar;  ///< what tokens are made of, 77 octets (RFC 9110 section 5.6.2)
  /// What field values are made of: HTAB SP VCHAR obs-text (RFC 9110 section 5.5).
  static const octet_class field;
  static const octet_class target;  ///< all of a URI but "#" (RFC 3986), for request targets
  /// What registered names are made of: unreserved and sub-delims (RFC 3986 section 3.2.2).
  static const octet_class reg_name;

  std::uint8_t bit;  ///< the bit of the class in the table

  /// True if `octet` belongs to the class.
  constexpr bool contains(char octet) const noexcept {
    return (detail::octet_table[to_number(octet)] & bit) != 0;
  }
};

inline constexpr octet_class octet_class::tchar{detail::octet_bit::tchar};
inline constexpr octet_class octet_class::field{detail::octet_bit::field};
inline constexpr octet_class octet_class::target{detail::octet_bit::target};
inline constexpr octet_class octet_class::reg_name{detail::octet_bit::reg_name};

/// True for tchar: ALPHA, DIGIT and 15 other characters (RFC 9110 section 5.6.2).
constexpr bool is_tchar(char octet) noexcept { return octet_class::tchar.contains(octet); }

/// True for SP and HTAB, the octets of OWS (RFC 9110 section 5.6.3).
constexpr bool is_ows(char octet) noexcept { return octet == ' ' || octet == '\t'; }

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
