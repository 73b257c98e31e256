// Requests and responses, whose heads are read in different ways.
#pragma once

#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Which kind a message is.
///
/// Rule      before a request, empty lines are skipped (RFC 9112 section 2.2); in a response, a
///           line that begins with whitespace continues the field line before it (section 5.2)
enum class message_kind : std::uint8_t { request, response };

}  // namespace detail

}  // namespace v0
}  // namespace turnout
