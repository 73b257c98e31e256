// Final responses of a server that does not switch: 426 (Upgrade Required) and plain refusals.
// RFC 9110 sections 7.8, 10.2.1, 15.4 to 15.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/consequence.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/reason_phrase.hpp"
#include "turnout/negotiation/advertisement.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Puts Allow: the methods of a set, then those that the profiles allow, also by name.
constexpr void put_allow(writer& to, method_set allowed, span<const profile> profiles) noexcept {
  for (const profile& one : profiles) allowed = allowed | one.methods;
  to.put("Allow: ");
  allowed.put(to);
  separated names{to, !(allowed == method_set{})};
  for (const profile& one : profiles)
    for (const std::string_view name : one.method_names) grammar::put_token(names.next(), name);
  to.put("\r\n");
}

}  // namespace detail

/// A final response without a switch, as a value.
///
/// Borrows   everything it views
///
/// ```cpp
/// const turnout::field_line fields[] = {{"Retry-After", "5"}};
/// std::array<char, 256> out;
/// const turnout::refusal busy{.status = 503, .fields = fields, .close = true};
/// assert(*turnout::write(busy, out) ==
///        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n"
///        "Content-Length: 0\r\n\r\n");
/// ```
struct refusal {
  std::uint16_t status = 400;       ///< 300 to 599, but 304
  method_set allow{};               ///< listed in Allow: always with 405, else if there are any
  span<const profile> protocols{};  ///< listed in Upgrade: required with 426, else advertised
  span<const profile> allowing{};   ///< their methods are also listed in Allow
  span<const field_line> fields{};  ///< more field lines; the caller adds Date
  std::string_view content{};       ///< sent with a Content-Length
  std::string_view content_type{};  ///< sent as Content-Type, if there is any
  bool close = false;               ///< whether to send Connection: close
  bool keep_alive = false;          ///< whether to send Connection: keep-alive, for HTTP/1.0
  bool to_head = false;             ///< whether it answers HEAD: the content is then left out

  /// Puts the whole response.
  ///
  /// Rule      a 426 names the required protocols, RFC 9110 section 15.5.22; a sender of Upgrade
  ///           lists it in Connection, section 7.8; a 405 has Allow, section 15.5.6
  /// Fails     bad_status_to_write; no_protocol for a 426 without protocols; unwritable for a
  ///           method's name; reserved_field and unwritable with the index of the field line
  constexpr void put(writer& to) const noexcept {
    if (status < 300 || status > 599 || status == 304) to.fail({errc::bad_status_to_write, 0});
    if (status == 426 && !detail::any_by_upgrade(protocols)) to.fail({errc::no_protocol, 0});
    to.put("HTTP/1.1 ");
    to.put_number(status);
    to.put(' ');
    to.put(reason_phrase(status));
    to.put("\r\n");
    advertisement{protocols, close, keep_alive}.put(to);
    if (status == 405 || !(allow == method_set{}) || !allowing.empty())
      detail::put_allow(to, allow, allowing);
    detail::put_caller_fields(to, fields, detail::message_role::refusal);
    if (!content_type.empty()) field_line{"Content-Type", content_type}.put(to);
    to.put("Content-Length: ");
    to.put_number(content.size());
    to.put("\r\n\r\n");
    if (!to_head) to.put(content);
  }
};

/// The refusal for a failure: status_for(code), the methods of `supported` with a 405, and the
/// protocols with a 426.
///
/// Takes     supported: the protocols that the server speaks
/// Borrows   `supported`
constexpr refusal refusal_for(errc code, span<const profile> supported) noexcept {
  refusal answer;
  answer.status = rules::status_for(code) == 0 ? std::uint16_t{400} : rules::status_for(code);
  if (answer.status == 405) answer.allowing = supported;
  if (answer.status == 426) answer.protocols = supported;
  return answer;
}

}  // namespace v0
}  // namespace turnout
