// What is meant for one connection alone, so that nobody forwards it: RFC 9110 section 7.6.1.
#pragma once

#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/name.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout::inline v0 {

/// True for a field that an intermediary takes off, whether or not Connection lists it.
///
/// Rule      RFC 9110 section 7.6.1; RFC 7540 section 3.2.1 for HTTP2-Settings; `Close` is no field
///           name (RFC 9112 section 9.6). Transfer-Encoding is not among them: who forwards content
///           with the framing that it came with says so again
constexpr bool is_hop_by_hop(field_name name) noexcept {
  switch (name) {
    case field_name::close:
    case field_name::connection:
    case field_name::http2_settings:
    case field_name::keep_alive:
    case field_name::proxy_connection:
    case field_name::te:
    case field_name::upgrade:
      return true;
    default:
      return false;
  }
}

/// Checks that Connection lists no field that is meant for all recipients: without it, the server
/// behind would see another request than the client has sent.
///
/// Rule      RFC 9110 section 7.6.1. Options that are no fields, and names of fields that nobody
///           forwards anyway, do no harm
/// Fails     end_to_end_nominated where the option begins
constexpr result<void> check_nominated(const connection& options) noexcept {
  for (auto one = options.begin(); one != options.end(); ++one)
    if (!may_be_nominated(one->text) && !is_hop_by_hop(known_field(one->text)))
      return failure{errc::end_to_end_nominated, one.offset()};
  return {};
}

}  // namespace turnout::inline v0
