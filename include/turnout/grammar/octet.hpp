// The octet classes of RFC 9110 section 5 and RFC 3986 section 2, one table for all 256 octets.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

/// One bit for each class, in a C array, since std::array is slow in constant evaluation.
struct octet_classes {
  static constexpr std::uint8_t tchar = 1;
  static constexpr std::uint8_t field = 2;
  static constexpr std::uint8_t target = 4;
  static constexpr std::uint8_t reg_name = 8;

  std::uint8_t bits[256]{};

  constexpr octet_classes() noexcept {
    for (int octet = ' '; octet < 256; ++octet) bits[octet] = field;
    bits[0x7F] = 0;
    add(field, "\t");
    add(tchar | target | reg_name,
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    add(tchar, "!#$%&'*+-.^_`|~");
    add(target, "-._~!$&'()*+,;=%:/?@[]");
    add(reg_name, "-._~!$&'()*+,;=");
  }

  constexpr void add(int classes, const char* octets) noexcept {
    for (; *octets != 0; ++octets) bits[to_number(*octets)] |= static_cast<std::uint8_t>(classes);
  }
};

inline constexpr octet_classes octet_table;

}  // namespace detail

/// A set of octets that the grammar names.
struct octet_class {
  static const octet_class tchar;  ///< what tokens are made of, 77 octets (RFC 9110 section 5.6.2)
  /// What field values are made of: HTAB SP VCHAR obs-text (RFC 9110 section 5.5).
  static const octet_class field;
  static const octet_class
      target;  ///< what a request target is made of: a URI without "#" (RFC 3986)
  /// What registered names are made of: unreserved and sub-delims (RFC 3986 section 3.2.2).
  static const octet_class reg_name;

  std::uint8_t bit;  ///< the bit of the class in the table

  /// True if `octet` belongs to the class.
  constexpr bool contains(char octet) const noexcept {
    return (detail::octet_table.bits[to_number(octet)] & bit) != 0;
  }
};

inline constexpr octet_class octet_class::tchar{detail::octet_classes::tchar};
inline constexpr octet_class octet_class::field{detail::octet_classes::field};
inline constexpr octet_class octet_class::target{detail::octet_classes::target};
inline constexpr octet_class octet_class::reg_name{detail::octet_classes::reg_name};

/// True for tchar: ALPHA, DIGIT and 15 other characters (RFC 9110 section 5.6.2).
constexpr bool is_tchar(char octet) noexcept { return octet_class::tchar.contains(octet); }

/// True for SP and HTAB, the octets of OWS (RFC 9110 section 5.6.3).
constexpr bool is_ows(char octet) noexcept { return octet == ' ' || octet == '\t'; }

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
