// The names of the fields that matter for an upgrade, and of those that only the library writes.
// Each name in a head is compared with one of them (decision D28).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/grammar/ascii.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// A field that the library knows by name.
enum class field_name : std::uint8_t {
  other,  ///< any other field
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
  max_forwards,
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

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

inline constexpr std::string_view field_spellings[] = {
    ""sv,
    "ALPN"sv,
    "Capsule-Protocol"sv,
    "Close"sv,
    "Connection"sv,
    "Content-Length"sv,
    "Content-Type"sv,
    "Expect"sv,
    "Host"sv,
    "HTTP2-Settings"sv,
    "Keep-Alive"sv,
    "Max-Forwards"sv,
    "Origin"sv,
    "Proxy-Connection"sv,
    "Sec-WebSocket-Accept"sv,
    "Sec-WebSocket-Extensions"sv,
    "Sec-WebSocket-Key"sv,
    "Sec-WebSocket-Protocol"sv,
    "Sec-WebSocket-Version"sv,
    "TE"sv,
    "Trailer"sv,
    "Transfer-Encoding"sv,
    "Upgrade"sv,
    "X-Stream-Protocol-Version"sv,
};
static_assert(static_cast<std::size_t>(field_name::x_stream_protocol_version) + 1 ==
              std::size(field_spellings));

inline constexpr std::size_t longest_spelling = 25;

/// A spelling that is prepared for two comparisons of 16 octets: of those that end where a name
/// ends, and of the first ones of a longer name, or else of the same again.
struct alignas(64) cut_spelling {
  char octets[33];
};

/// The spellings in their order, with dots before the short ones. They are written out: computing
/// them took GCC 12 2 % of its time for a server's headers.
inline constexpr cut_spelling cut_spellings[] = {
    {"................................"}, {"............ALPN............ALPN"},
    {"Capsule-ProtocolCapsule-Protocol"}, {"...........Close...........Close"},
    {"......Connection......Connection"}, {"..Content-Length..Content-Length"},
    {"....Content-Type....Content-Type"}, {"..........Expect..........Expect"},
    {"............Host............Host"}, {"..HTTP2-Settings..HTTP2-Settings"},
    {"......Keep-Alive......Keep-Alive"}, {"....Max-Forwards....Max-Forwards"},
    {"..........Origin..........Origin"}, {"Proxy-ConnectionProxy-Connection"},
    {"WebSocket-AcceptSec-WebSocket-Ac"}, {"ocket-ExtensionsSec-WebSocket-Ex"},
    {"ec-WebSocket-KeySec-WebSocket-Ke"}, {"bSocket-ProtocolSec-WebSocket-Pr"},
    {"ebSocket-VersionSec-WebSocket-Ve"}, {"..............TE..............TE"},
    {".........Trailer.........Trailer"}, {"ransfer-EncodingTransfer-Encodin"},
    {".........Upgrade.........Upgrade"}, {"Protocol-VersionX-Stream-Protoco"},
};
static_assert(std::size(cut_spellings) == std::size(field_spellings));

/// The bits that matter of the 16 octets before a name's end are 16 octets from the index of the
/// name's size on: none before the name, and not the case of letters. No octet of a token differs
/// from a digit or a hyphen in that bit alone.
inline constexpr char name_bits[] =
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF"
    "\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF\xDF";
static_assert(std::size(name_bits) - 1 == 16 + longest_spelling);

struct spelling_table {
  /// Which field a name can be, by its size and its first letter in any case: no two agree in both.
  field_name by_size_and_letter[longest_spelling + 1][32]{};

  constexpr spelling_table() noexcept {
    for (std::size_t i = 1; i < std::size(field_spellings); ++i) {
      const std::string_view name = field_spellings[i];
      by_size_and_letter[name.size()][name.data()[0] & 31] = static_cast<field_name>(i);
    }
  }
};

inline constexpr spelling_table spellings;

/// Which field a name can be by its size and its first letter.
TURNOUT_INLINE constexpr field_name likely_field(std::string_view name) noexcept {
  if (name.empty() || name.size() > longest_spelling) return field_name::other;
  if constexpr (!turnout::detail::optimized_for_size)
    return spellings.by_size_and_letter[name.size()][name.front() & 31];
  std::size_t number = std::size(field_spellings) - 1;
  for (; number > 0; --number) {
    const std::string_view one = field_spellings[number];
    if (one.size() == name.size() && ((one.front() ^ name.front()) & 31) == 0) break;
  }
  return static_cast<field_name>(number);
}

}  // namespace detail

/// How `name` is spelled when it is written; empty for field_name::other, and for the numbers that
/// facts give to a protocol's own fields.
constexpr std::string_view spelling(field_name name) noexcept {
  const auto number = static_cast<std::size_t>(name);
  return number < std::size(detail::field_spellings) ? detail::field_spellings[number]
                                                     : std::string_view{};
}

/// Which field `name` is, in any case.
///
/// Rule      field names compare case-insensitively, RFC 9110 section 5.1
/// Returns   field_name::other for a name that is not in the list
///
/// ```cpp
/// assert(turnout::field::known_field("upgrade") == turnout::field_name::upgrade);
/// assert(turnout::field::known_field("Cookie") == turnout::field_name::other);
/// ```
constexpr field_name known_field(std::string_view name) noexcept {
  const field_name one = detail::likely_field(name);
  return grammar::equal_ignoring_case(name, spelling(one)) ? one : field_name::other;
}

}  // namespace field

using field::field_name;

}  // namespace v0
}  // namespace turnout
