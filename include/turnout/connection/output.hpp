// What was written into a buffer, as octets to send.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// The octets that a function wrote to the front of `out`, if it returned their number.
///
/// Fails     as that function
/// Borrows   `out`
constexpr result<std::string_view> output_of(const result<std::size_t>& size,
                                             span<char> out) noexcept {
  if (!size) return size.error();
  return std::string_view{out.data(), *size};
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
