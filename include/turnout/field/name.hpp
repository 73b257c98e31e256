// The names of the fields that decide about a switch, and of those that nobody may write by hand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"

namespace turnout::inline v0 {

/// A field that the library knows by name.
enum class field_name : std::uint8_t {
  other,  ///< none of those below
  alpn,
  capsule_protocol,
  close,  ///< reserved as a field name, since it is a connection option (RFC 9112 section 9.6)
  connection,
  content_length,
  content_type,
  expect,
  host,
  http2_settings,
  keep_alive,
  origin,
  proxy_connection,
  sec_websocket_accept,
  sec_websocket_extensions,
  sec_websocket_key,
  sec_websocket_protocol,
  sec_websocket_version,
  te,
  trailer,
  transfer_encoding,
  upgrade,
  x_stream_protocol_version,
};

namespace detail {

inline constexpr std::array<std::string_view, 23> field_spellings{
    "",
    "ALPN",
    "Capsule-Protocol",
    "Close",
    "Connection",
    "Content-Length",
    "Content-Type",
    "Expect",
    "Host",
    "HTTP2-Settings",
    "Keep-Alive",
    "Origin",
    "Proxy-Connection",
    "Sec-WebSocket-Accept",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Protocol",
    "Sec-WebSocket-Version",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "X-Stream-Protocol-Version",
};
static_assert(static_cast<std::size_t>(field_name::x_stream_protocol_version) + 1 ==
              field_spellings.size());

inline constexpr std::size_t longest_spelling = 25;

/// Which field a name can be, by its size and its first letter in any case: no two agree in both.
inline constexpr auto fields_by_size_and_letter = [] {
  std::array<std::array<field_name, 32>, longest_spelling + 1> table{};
  for (std::size_t i = 1; i < field_spellings.size(); ++i) {
    const std::string_view name = field_spellings[i];
    table[name.size()][name.front() & 31] = static_cast<field_name>(i);
  }
  return table;
}();

}  // namespace detail

/// How `name` is spelled when it is written; empty for field_name::other.
constexpr std::string_view spelling(field_name name) noexcept {
  return detail::field_spellings[static_cast<std::size_t>(name)];
}

/// Which field `name` is, in any case.
///
/// Rule      field names compare case-insensitively, RFC 9110 section 5.1
/// Returns   field_name::other for a name that is not in the list
constexpr field_name known_field(std::string_view name) noexcept {
  if (name.empty() || name.size() > detail::longest_spelling) return field_name::other;
  const field_name one = detail::fields_by_size_and_letter[name.size()][name.front() & 31];
  return equal_ignoring_case(name, spelling(one)) ? one : field_name::other;
}

}  // namespace turnout::inline v0
