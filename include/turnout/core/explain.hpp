// What each code means: see core/explanations.hpp.
#pragma once

#include <cstddef>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"
#include "turnout/core/explanations.hpp"

namespace turnout::inline v0 {

/// What `code` means.
///
/// Returns   a sentence, the violated section, whose fault it is, and the status code with which a
///           server answers
/// Costs     two short texts are measured, if somebody looks at them
constexpr explanation explain(errc code) noexcept {
  const auto& row = detail::explanation_table::rows[static_cast<std::size_t>(code)];
  return {row.code, row.text, row.section, row.whose, row.status};
}

}  // namespace turnout::inline v0
