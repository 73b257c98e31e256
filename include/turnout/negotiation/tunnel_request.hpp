// CONNECT, a client's request for a tunnel. RFC 9110 section 9.3.6, RFC 9931 section 8.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_target.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

/// A client's request for a tunnel.
///
/// Rule      RFC 9931 section 8: the payload of the tunnel waits for the 2xx; a client that sends
///           data from others earlier sets `close`
/// Borrows   everything it views, for as long as a handshake uses it
///
/// ```cpp
/// const turnout::tunnel_request asked{.target = "example.com:443"};
/// std::array<char, 256> out;
/// const auto written = turnout::write_request(asked, out);
/// assert(*written == "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
/// ```
struct tunnel_request {
  static constexpr turnout::method method = turnout::method::connect;  ///< the method
  static constexpr framing content{};                                  ///< CONNECT has no content
  static constexpr span<const profile> protocols{};  ///< CONNECT can't be combined with Upgrade
  static constexpr bool expect_continue = false;     ///< nothing waits for a 100

  std::string_view target{};  ///< host and port, both required: RFC 9112 section 3.2.3
  lasting_span<const field_line> fields{};  ///< more field lines, such as Proxy-Authorization
  bool close = false;  ///< whether to send Connection: close, in case of a refusal

  /// Returns why this request can't follow another one on its connection. Here it always can.
  constexpr failure check_after(const tunnel_request&) const noexcept { return {}; }

  /// Puts the request.
  ///
  /// Fails     unwritable with the offset in the target; reserved_field and unwritable with the
  ///           index of the field line
  constexpr void put(writer& to) const noexcept {
    const auto checked = request_target::parse(method, target);
    if (!checked) to.fail({errc::unwritable, checked.error().at});
    to.put("CONNECT ");
    to.put(target);
    to.put(" HTTP/1.1\r\nHost: ");
    to.put(target);
    to.put(close ? "\r\nConnection: close\r\n" : "\r\n");
    detail::put_caller_fields(to, fields, detail::message_role::tunnel);
    to.put("\r\n");
  }
};

/// Writes a request for a tunnel.
///
/// Rule      RFC 9110 section 9.3.6, RFC 9112 section 3.2.3: the target is host and port, and Host
///           is the same
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; as tunnel_request::put()
/// Borrows   from `out`
/// Changes   nothing when it fails
constexpr result<std::string_view> write_request(const tunnel_request& request,
                                                 span<char> out) noexcept {
  return write(request, out);
}

}  // namespace v0
}  // namespace turnout
