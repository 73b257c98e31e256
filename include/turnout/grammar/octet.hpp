// The octet classes of RFC 9110 section 5 and RFC 3986 section 2, one table for all 256 octets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// A set of octets that the grammar names.
enum class octet_class : std::uint8_t {
  tchar = 1,     ///< what tokens are made of, 77 octets (RFC 9110 section 5.6.2)
  field = 2,     ///< what field values are made of: HTAB SP VCHAR obs-text (section 5.5)
  target = 4,    ///< what a request target may hold: the URI octets but "#" (RFC 3986)
  reg_name = 8,  ///< unreserved and sub-delims: registered names (RFC 3986 section 3.2.2)
};

namespace detail {

/// One bit for each class, in an array of the language, since those of the library take their time
/// in constant evaluation.
struct octet_classes {
  std::uint8_t of[256]{};

  constexpr octet_classes() noexcept {
    constexpr auto field = static_cast<std::uint8_t>(octet_class::field);
    constexpr auto tchar = static_cast<std::uint8_t>(octet_class::tchar);
    constexpr auto target = static_cast<std::uint8_t>(octet_class::target);
    constexpr auto reg_name = static_cast<std::uint8_t>(octet_class::reg_name);
    for (int octet = ' '; octet < 256; ++octet) of[octet] = field;
    of[0x7F] = 0;
    add(field, "\t");
    add(tchar | target | reg_name,
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    add(tchar, "!#$%&'*+-.^_`|~");
    add(target, "-._~!$&'()*+,;=%:/?@[]");
    add(reg_name, "-._~!$&'()*+,;=");
  }

  constexpr void add(int classes, const char* octets) noexcept {
    for (; *octets != 0; ++octets) of[to_number(*octets)] |= static_cast<std::uint8_t>(classes);
  }
};

inline constexpr octet_classes octet_table;

}  // namespace detail

/// True if `octet` belongs to `which`.
constexpr bool is(octet_class which, char octet) noexcept {
  return (detail::octet_table.of[to_number(octet)] & static_cast<std::uint8_t>(which)) != 0;
}

/// True if all of `octets` belong to `which`; true for none.
constexpr bool all(octet_class which, std::string_view octets) noexcept {
  for (const char octet : octets)
    if (!is(which, octet)) return false;
  return true;
}

/// True for tchar: ALPHA, DIGIT and 15 signs (RFC 9110 section 5.6.2).
constexpr bool is_tchar(char octet) noexcept { return is(octet_class::tchar, octet); }

/// True for SP and HTAB, the octets of OWS (RFC 9110 section 5.6.3).
constexpr bool is_ows(char octet) noexcept { return octet == ' ' || octet == '\t'; }

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
