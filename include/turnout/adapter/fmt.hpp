// Prints failures, and the members of all public enumerations, with fmt.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "turnout/adapter/named.hpp"

/// Formats a member of an enumeration by its name.
template <class Enumeration>
requires turnout::detail::named<Enumeration>
struct fmt::formatter<Enumeration> : fmt::formatter<std::string_view> {
  /// Writes it as a text, with the options of a text.
  template <class Context>
  auto format(Enumeration one, Context& to) const {
    return fmt::formatter<std::string_view>::format(name_of(one), to);
  }
};

/// Formats a failure as one line of text.
template <>
struct fmt::formatter<turnout::failure> : fmt::formatter<std::string_view> {
  /// Writes it as a text, with the options of a text.
  template <class Context>
  auto format(const turnout::failure& why, Context& to) const {
    return fmt::formatter<std::string_view>::format(turnout::detail::printed_failure{why}.text, to);
  }
};
