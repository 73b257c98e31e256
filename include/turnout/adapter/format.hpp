// Prints failures, and the members of all public enumerations, with std::format, if the standard
// library has it.
#pragma once

#include <version>

#include "turnout/adapter/named.hpp"

#if defined(__cpp_lib_format)
#include <format>
#include <string_view>

/// Formats a member of an enumeration by its name.
template <class Enumeration>
requires turnout::detail::named<Enumeration>
struct std::formatter<Enumeration> : std::formatter<std::string_view> {
  /// Writes it as a text, with the options of a text.
  template <class Context>
  auto format(Enumeration one, Context& to) const {
    return std::formatter<std::string_view>::format(name_of(one), to);
  }
};

/// Formats a failure as one line of text.
template <>
struct std::formatter<turnout::failure> : std::formatter<std::string_view> {
  /// Writes it as a text, with the options of a text.
  template <class Context>
  auto format(const turnout::failure& why, Context& to) const {
    return std::formatter<std::string_view>::format(turnout::detail::printed_failure{why}.text, to);
  }
};
#endif
