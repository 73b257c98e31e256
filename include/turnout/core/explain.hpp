// What each code means: see core/explanations.hpp.
#pragma once

#include <cstddef>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"
#include "turnout/core/explanations.hpp"

namespace turnout::inline v0 {

namespace detail {

constexpr bool in_order() noexcept {
  for (std::size_t i = 0; i < explanations.size(); ++i)
    if (static_cast<std::size_t>(explanations[i].code) != i) return false;
  return true;
}
static_assert(in_order() && explanations.back().code == errc::success_without_switch);

}  // namespace detail

/// What `code` means.
///
/// Returns   a sentence, the violated section, whose fault it is, and the status code with which a
///           server answers
constexpr const explanation& explain(errc code) noexcept {
  return detail::explanations[static_cast<std::size_t>(code)];
}

}  // namespace turnout::inline v0
