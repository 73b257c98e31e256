// What a rule finds wrong with a head, where, and in which field.
#pragma once

#include <cstddef>

#include "turnout/core/errc.hpp"
#include "turnout/field/name.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {

/// What a rule found, where, and in which field.
struct finding {
  failure why;  ///< `at` counts octets of the field's value; see value_lines::from()
  field_name field = field_name::other;  ///< other if it concerns no field

  /// True if something was found.
  constexpr explicit operator bool() const noexcept {
    return !turnout::detail::likely(why.code == errc::none);
  }

  friend constexpr bool operator==(const finding&, const finding&) = default;
};

namespace detail {

constexpr finding found_in(field_name field, failure why) noexcept { return {why, field}; }

constexpr finding found_in(field_name field, errc code, std::size_t at = 0) noexcept {
  return {{code, at}, field};
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
