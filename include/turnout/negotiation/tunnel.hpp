// A tunnel, the other way to leave HTTP/1.1 on a connection, and the response to a CONNECT that
// opens it: RFC 9110 section 9.3.6. The request is in negotiation/tunnel_request.hpp.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

/// The protocol of a connection after a 2xx to CONNECT: whatever the target speaks. It has no
/// token, so nobody can offer it in Upgrade.
inline constexpr profile tunnel{.methods = method::connect};

/// Writes the 200 (OK) that opens a tunnel.
///
/// Rule      RFC 9110 section 9.3.6: without Content-Length and Transfer-Encoding; the tunnel
///           begins after its empty line
/// Takes     fields: more field lines
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; reserved_field and unwritable with the index of the
///           field line
/// Borrows   from `out`
/// Changes   nothing when it fails
///
/// ```cpp
/// std::array<char, 64> out;
/// const turnout::field_line fields[] = {{"Via", "1.1 edge"}};
/// assert(*turnout::write_tunnel(fields, out) == "HTTP/1.1 200 OK\r\nVia: 1.1 edge\r\n\r\n");
/// ```
constexpr result<std::string_view> write_tunnel(span<const field_line> fields,
                                                span<char> out) noexcept {
  return write_whole(out, [fields](writer& to) {
    to.put("HTTP/1.1 200 OK\r\n");
    detail::put_caller_fields(to, fields, detail::message_role::tunnel);
    to.put("\r\n");
  });
}

}  // namespace v0
}  // namespace turnout
