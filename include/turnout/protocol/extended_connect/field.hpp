// The rules for field lines of HTTP/2 and HTTP/3, and which lines are forwarded to HTTP/1.1: RFC
// 9113 section 8.2, RFC 9114 sections 4.1.2 and 4.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/message/field_line.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// Checks the value of a field or of a pseudo-header field.
///
/// Rule      RFC 9113 section 8.2.1: no NUL, CR and LF, no whitespace around it; RFC 9110 section
///           5.5: no control octet except HTAB
/// Fails     control_octet, whitespace_around_value, both at 0
constexpr result<void> check_value(std::string_view value) noexcept {
  if (grammar::find_not<grammar::octet_class::field>(value) < value.size())
    return failure{errc::control_octet, 0};
  if (grammar::trim(value).size() != value.size()) return failure{errc::whitespace_around_value, 0};
  return {};
}

/// Checks a field line that is not a pseudo-header field.
///
/// Rule      RFC 9113 sections 8.2.1 and 8.2.2, RFC 9114 section 4.2: the name is a token without
///           upper case; fields for one connection are not allowed; TE is `trailers`
/// Fails     misplaced_pseudo_header, bad_field_name, connection_specific_field; as check_value();
///           all at 0
constexpr result<void> check_field(const field_line& line) noexcept {
  if (line.name.starts_with(':')) return failure{errc::misplaced_pseudo_header, 0};
  if (!grammar::is_token(line.name)) return failure{errc::bad_field_name, 0};
  for (const char octet : line.name)
    if (octet >= 'A' && octet <= 'Z') return failure{errc::bad_field_name, 0};
  switch (field::known_field(line.name)) {
    case field_name::connection:
    case field_name::keep_alive:
    case field_name::proxy_connection:
    case field_name::transfer_encoding:
    case field_name::upgrade:
      return failure{errc::connection_specific_field, 0};
    case field_name::te:
      if (line.value != "trailers") return failure{errc::connection_specific_field, 0};
      return {};
    default:
      return check_value(line.value);
  }
}

/// Checks field lines other than pseudo-header fields: a trailer section, or the rest of a header
/// section. If it fails, the message is malformed: a stream error.
///
/// Takes     from: where to begin
/// Fails     as check_field(); `at` is the index in `list`
constexpr result<void> check_fields(span<const field_line> list, std::size_t from = 0) noexcept {
  for (std::size_t i = from; i < list.size(); ++i)
    if (const auto checked = check_field(list[i]); !checked)
      return failure{checked.error().code, i};
  return {};
}

/// True if a field of a request for a protocol, or of its response, is forwarded between HTTP/1.1
/// and HTTP/2 or HTTP/3. Fields that frame content, and Expect, are not: each version writes its
/// own.
///
/// Rule      RFC 9110 section 7.6.1: not fields for one connection; RFC 9113 section 8.3.1: Host is
///           `:authority`; RFC 8441 section 5: only HTTP/1.1 has the key and the accept value of a
///           WebSocket; HTTP2-Settings is never forwarded (RFC 7540 section 3.2.1)
constexpr bool crosses(std::string_view name) noexcept {
  switch (field::known_field(name)) {
    case field_name::close:
    case field_name::connection:
    case field_name::content_length:
    case field_name::expect:
    case field_name::host:
    case field_name::http2_settings:
    case field_name::keep_alive:
    case field_name::proxy_connection:
    case field_name::sec_websocket_accept:
    case field_name::sec_websocket_key:
    case field_name::te:
    case field_name::transfer_encoding:
    case field_name::upgrade:
      return false;
    default:
      return true;
  }
}

namespace detail {

/// Puts all Cookie lines as one: RFC 9113 section 8.2.3, RFC 9114 section 4.2.1.
constexpr void put_cookies(writer& to, span<const field_line> fields) noexcept {
  bool first = true;
  for (const field_line& line : fields) {
    if (line.name != "cookie") continue;
    to.put(first ? "cookie: " : "; ");
    to.put(line.value);
    first = false;
  }
  to.put("\r\n");
}

/// Puts the forwarded lines in order, and checks each once more: RFC 9110 section 5.5.
constexpr void put_crossing(writer& to, span<const field_line> fields) noexcept {
  bool cookies = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!crosses(fields[i].name)) continue;
    if (fields[i].name != "cookie") {
      to.put_numbered(fields[i], i);
      continue;
    }
    if (!fields[i].check_writable()) to.fail({errc::unwritable, i});
    if (!cookies) put_cookies(to, fields);
    cookies = true;
  }
}

}  // namespace detail

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
