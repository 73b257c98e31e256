// What each code means: see core/explanations.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"
#include "turnout/core/explanations.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// What follows from a code. It is separate from the texts, so that a program that uses no text
/// contains none.
struct consequence {
  fault whose = fault::nobody;
  std::uint16_t status = 0;
};

/// Those of all codes, in their order.
constexpr auto list_consequences() noexcept {
  std::array<consequence, std::size(explanation_table::rows)> all{};
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = {explanation_table::rows[i].whose, explanation_table::rows[i].status};
  return all;
}

inline constexpr auto consequences = list_consequences();

}  // namespace detail

namespace rules {

/// The status code with which a server answers; 0 for what is no error.
constexpr std::uint16_t status_for(errc code) noexcept {
  return detail::consequences[static_cast<std::size_t>(code)].status;
}

/// Whose fault `code` is.
constexpr fault fault_of(errc code) noexcept {
  return detail::consequences[static_cast<std::size_t>(code)].whose;
}

}  // namespace rules

/// What `code` means.
///
/// Returns   a sentence, the violated section, whose fault it is, and the status code with which a
///           server answers
/// Costs     two short texts are measured, if they are used
constexpr explanation explain(errc code) noexcept {
  const auto& row = detail::explanation_table::rows[static_cast<std::size_t>(code)];
  return {row.code, row.text, row.section, row.whose, row.status};
}

}  // namespace v0
}  // namespace turnout
