// Requests and responses, and how their heads are read differently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Which kind a message is.
///
/// Rule      before a request, empty lines are skipped (RFC 9112 section 2.2); in a response, a
///           line that begins with whitespace goes on with the field line before (section 5.2)
enum class message_kind : std::uint8_t { request, response };

/// The name of an enumerator.
constexpr std::string_view name_of(message_kind one) noexcept {
  constexpr const char* names[] = {"request", "response"};
  return names[static_cast<std::size_t>(one)];
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
