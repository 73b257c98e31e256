// errc as a std::error_code.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <system_error>
#include <type_traits>

#include "turnout/turnout.hpp"

/// An errc converts to std::error_code.
template <>
struct std::is_error_code_enum<turnout::errc> : std::true_type {};

namespace turnout {
inline namespace v0 {

/// The category of all errc: its messages are the sentences of explain(), or `unknown error` for a
/// number that is no errc.
///
/// ```cpp
/// const std::error_code why = turnout::errc::missing_host;
/// assert(why.category() == turnout::error_category());
/// assert(why.message() == turnout::explain(turnout::errc::missing_host).text);
/// ```
inline const std::error_category& error_category() noexcept {
  class category final : public std::error_category {
    const char* name() const noexcept override { return "turnout"; }
    std::string message(int code) const override {
      const auto row = static_cast<std::size_t>(code);
      if (row >= std::size(detail::explanation_table::rows)) return "unknown error";
      return std::string{explain(static_cast<errc>(code)).text};
    }
  };
  static const category only;
  return only;
}

/// The code as a std::error_code; the constructor of std::error_code finds this function.
inline std::error_code make_error_code(errc code) noexcept {
  return {static_cast<int>(code), error_category()};
}

}  // namespace v0
}  // namespace turnout
