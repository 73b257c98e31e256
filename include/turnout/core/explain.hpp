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
constexpr const explanation& explain(errc code) noexcept {
  return detail::explanation_table::rows[static_cast<std::size_t>(code)];
}

}  // namespace turnout::inline v0
