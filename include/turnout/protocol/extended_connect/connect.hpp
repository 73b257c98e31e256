// Plain CONNECT between HTTP/1.1 and HTTP/2 or HTTP/3: RFC 9110 section 9.3.6, RFC 9113 section
// 8.5, RFC 9114 section 4.4.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/name.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/hop_by_hop.hpp"
#include "turnout/negotiation/written_fields.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/from_http_1.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/request.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// Writes the CONNECT of HTTP/1.1 for one of HTTP/2 or HTTP/3.
///
/// Rule      RFC 9112 section 3.2.3: the target is `:authority`, and so is Host, whatever Host the
///           request has; there is no content (RFC 9110 section 9.3.6)
/// Takes     request: a plain CONNECT; fields: more field lines
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; method_not_allowed for another request; reserved_field
///           and unwritable with the index of the field line
/// Borrows   from `out`
/// Changes   nothing when it fails
///
/// ```cpp
/// const turnout::field_line list[] = {{":method", "CONNECT"}, {":authority", "a:443"}};
/// const auto request = turnout::extended_connect::request::read(list);
/// std::array<char, 128> out;
/// assert(*turnout::extended_connect::write_connect(*request, {}, out) ==
///        "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
/// ```
constexpr result<std::string_view> write_connect(const request& request,
                                                 span<const field_line> fields,
                                                 span<char> out) noexcept {
  if (!request.is_tunnel()) return failure{errc::method_not_allowed, 0};
  return write_whole(out, [&](writer& to) {
    to.put("CONNECT ");
    to.put(request.authority);
    to.put(" HTTP/1.1\r\nHost: ");
    to.put(request.authority);
    to.put("\r\n");
    detail::put_crossing(to, request.fields);
    turnout::detail::put_caller_fields(to, fields, turnout::detail::message_role::tunnel);
    to.put("\r\n");
  });
}

/// Writes the header list of the CONNECT of HTTP/2 or HTTP/3 for one of HTTP/1.1.
///
/// Rule      RFC 9113 section 8.5: `:authority` is the target, and the only other pseudo-header
///           field is `:method`; RFC 9110 section 7.6.1: fields that Connection lists are dropped
/// Takes     head: of a CONNECT
/// Returns   how much was written
/// Fails     no_space; method_not_allowed for another request; too_many_kept_lines; bad_connection,
///           end_to_end_nominated and too_many_elements at the octet of Connection's value
/// Borrows   from `head` and `space`, in the lines
/// Changes   nothing when it fails
constexpr list_size write_connect(const request_head& head, const list_space& space) noexcept {
  if (head.method != turnout::method::connect) return {{errc::method_not_allowed, 0}, 0, 0};
  facts seen;
  for (const field_line& line : head.fields) seen.see(line.name, line.value);
  if (const finding found = seen.check_complete(); found) return {found.why, 0, 0};
  const auto options = field::connection::parse(seen.lines(field_name::connection), SIZE_MAX);
  if (!options) return {options.error(), 0, 0};
  if (const auto checked = rules::check_nominated(*options); !checked)
    return {checked.error(), 0, 0};
  const turnout::detail::nominated_fields nominated{seen.lines(field_name::connection)};
  return write_list(space, [&](list_writer& to) {
    to.put(":method", "CONNECT");
    to.put(":authority", head.target.octets);
    detail::put_crossing(to, head.fields, nominated);
  });
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
