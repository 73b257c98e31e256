// The names of the fields that decide about a switch, and of those that nobody may write by hand.
#pragma once

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

using namespace std::string_view_literals;  // they need not be measured when compiled

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

/// A spelling in a form in which it is compared eight octets at a time, with the bits of each octet
/// that matter in any case.
struct folded_spelling {
  char octets[32]{};
  char bits[32]{};
};

inline constexpr std::size_t longest_spelling = 25;

struct spelling_tables {
  folded_spelling folded[std::size(field_spellings)]{};
  /// Which field a name can be, by its size and its first letter in any case: no two agree in both.
  field_name by_size_and_letter[longest_spelling + 1][32]{};

  // Arrays of the language, since those of the library take their time in constant evaluation.
  constexpr spelling_tables() noexcept {
    std::size_t i = 0;
    for (const std::string_view name : field_spellings) {
      const char* const octets = name.data();
      const std::size_t size = name.size();
      for (std::size_t at = 0; at < size; ++at) {
        folded[i].octets[at] = octets[at];
        folded[i].bits[at] = static_cast<char>(octets[at] >= 'A' ? 0xDF : 0xFF);
      }
      if (size > 0) by_size_and_letter[size][octets[0] & 31] = static_cast<field_name>(i);
      ++i;
    }
  }
};

inline constexpr spelling_tables spellings;

/// True if a name of the size of a spelling is that one in any case.
constexpr bool is_spelled(std::string_view name, const folded_spelling& as) noexcept {
  const auto differs = [&as](std::uint64_t word, std::size_t at) {
    return ((word ^ load_word(as.octets + at)) & load_word(as.bits + at)) != 0;
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
[[gnu::always_inline]] constexpr field_name known_field(std::string_view name) noexcept {
  if (name.empty() || name.size() > detail::longest_spelling) return field_name::other;
  const field_name one = detail::spellings.by_size_and_letter[name.size()][name.front() & 31];
  if (one == field_name::other) return one;
  const bool same =
      detail::is_spelled(name, detail::spellings.folded[static_cast<std::size_t>(one)]);
  return same ? one : field_name::other;
}

}  // namespace turnout::inline v0
