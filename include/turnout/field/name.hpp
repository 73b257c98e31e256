// The names of the fields that decide about a switch, and of those that nobody may write by hand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/words.hpp"

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

/// A spelling in a form in which it is compared eight octets at a time, with the bits of each octet
/// that matter in any case.
struct folded_spelling {
  std::array<char, 32> octets{};
  std::array<char, 32> bits{};
};

inline constexpr auto folded_spellings = [] {
  std::array<folded_spelling, field_spellings.size()> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t at = 0; at < table[i].octets.size(); ++at) {
      const char octet = at < field_spellings[i].size() ? field_spellings[i][at] : '\0';
      table[i].octets[at] = octet;
      table[i].bits[at] = static_cast<char>(is_alpha(octet) ? 0xDF : 0xFF);
    }
  }
  return table;
}();

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

/// True if a name of the size of a spelling is that one in any case.
constexpr bool is_spelled(std::string_view name, const folded_spelling& as) noexcept {
  const auto differs = [&as](std::uint64_t word, std::size_t at) {
    return ((word ^ load_word(as.octets.data() + at)) & load_word(as.bits.data() + at)) != 0;
  };
  if (name.size() < 8) return !differs(load_front(name.data(), name.size()), 0);
  const std::size_t last = name.size() - 8;  // where the last word begins, which may overlap
  for (std::size_t at = 0; at < last; at += 8)
    if (differs(load_word(name.data() + at), at)) return false;
  return !differs(load_word(name.data() + last), last);
}

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
  if (one == field_name::other) return one;
  const bool same =
      detail::is_spelled(name, detail::folded_spellings[static_cast<std::size_t>(one)]);
  return same ? one : field_name::other;
}

}  // namespace turnout::inline v0
