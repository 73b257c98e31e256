// What the adapters for printing share.
#pragma once

#include <string_view>

#include "turnout/turnout.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// An enumeration whose members have names, as all public ones do.
template <class Enumeration>
concept named = __is_enum(Enumeration) && requires(Enumeration one) {
  std::string_view{name_of(one)};
};

/// The line for a failure, with its buffer.
struct printed_failure {
  char room[256];
  std::string_view text;

  explicit printed_failure(failure why) noexcept : text{*write(why, room)} {}
  printed_failure(const printed_failure&) = delete;
  printed_failure& operator=(const printed_failure&) = delete;
};

}  // namespace detail

}  // namespace v0
}  // namespace turnout
