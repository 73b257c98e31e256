// What each code means: see core/explanations.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"
#include "turnout/core/explanations.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// The status code for each code, with whose fault it is in the bits above. This table is separate
/// from the texts (decision D31), so that a program that never calls explain() doesn't contain
/// them.
struct consequence_table {
  static constexpr int status_bits = 10;

  std::uint16_t of[std::size(explanation_table::rows)]{};

  constexpr consequence_table() noexcept {
    for (std::size_t i = 0; i < std::size(of); ++i) {
      const explanation_row& row = explanation_table::rows[i];
      of[i] = static_cast<std::uint16_t>(row.status | static_cast<int>(row.whose) << status_bits);
    }
  }
};

inline constexpr consequence_table consequences;

}  // namespace detail

namespace rules {

/// The status code that a server answers with; 0 if the code is not an error.
constexpr std::uint16_t status_for(errc code) noexcept {
  constexpr int mask = (1 << detail::consequence_table::status_bits) - 1;
  return detail::consequences.of[static_cast<std::size_t>(code)] & mask;
}

/// Whose fault `code` is.
constexpr fault fault_of(errc code) noexcept {
  const int bits = detail::consequences.of[static_cast<std::size_t>(code)];
  return static_cast<fault>(bits >> detail::consequence_table::status_bits);
}

}  // namespace rules

/// What `code` means.
///
/// Returns   a sentence, the section that was violated, whose fault it is, and the status code that
///           a server answers with
/// Costs     measuring two short texts, if they are used
///
/// ```cpp
/// const auto meaning = turnout::explain(turnout::errc::missing_host);
/// assert(turnout::name_of(meaning.code) == "missing_host" && meaning.status == 400);
/// assert(meaning.section == "RFC 9112 section 3.2");
/// assert(meaning.text == "Host is missing: HTTP/1.1 needs it");
/// ```
constexpr explanation explain(errc code) noexcept {
  const auto& row = detail::explanation_table::rows[static_cast<std::size_t>(code)];
  return {row.code, row.text, row.section, row.whose, row.status};
}

}  // namespace v0
}  // namespace turnout
