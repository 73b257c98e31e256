// Whether another message may follow on a connection: RFC 9112 section 9.3, decision D9.
#pragma once

#include <cstddef>

#include "turnout/field/connection.hpp"
#include "turnout/field/name.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/negotiation/facts.hpp"

namespace turnout {
inline namespace v0 {

namespace rules {

/// True if this message allows another one to follow on the connection.
///
/// Rule      RFC 9112 section 9.3: not after `close`; after HTTP/1.1, and after HTTP/1.0 with
///           `keep-alive`. Not if Connection is malformed, since it may have meant `close`
/// Takes     message: a request or a response; max_elements: of Connection
/// Costs     one pass over the Connection lines
///
/// ```cpp
/// turnout::facts request{turnout::method::get, turnout::http_1_1};
/// assert(turnout::rules::is_persistent(request, 16));
/// request.see("Connection", "close");
/// assert(!turnout::rules::is_persistent(request, 16));
/// ```
constexpr bool is_persistent(const facts& message, std::size_t max_elements) noexcept {
  const auto says =
      field::connection_summary::read(message.lines(field_name::connection), max_elements);
  if (says.why.code != errc::none || says.lists(field_name::close)) return false;
  return message.version() >= http_1_1 || says.lists(field_name::keep_alive);
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
