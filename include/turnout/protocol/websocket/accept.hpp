// Computes Sec-WebSocket-Accept from Sec-WebSocket-Key: RFC 6455 section 4.2.2, item 5.4.
#pragma once

#include <string_view>
#include <type_traits>

#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/kernel/accept_arm.hpp"
#include "turnout/kernel/accept_digest.hpp"
#include "turnout/kernel/accept_x86.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/processor.hpp"
#include "turnout/kernel/sha1.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

namespace detail {

/// An accept value with the first block of SHA-1 hashed. The second block is hashed when the text
/// is written.
class begun_accept {
 public:
  /// Hashes the first block, in place: to copy what was just written would stall.
  TURNOUT_INLINE constexpr void begin(const field::sec_websocket_key& key,
                                      const accept_guid& guid) noexcept {
    const char* const text = key.text().data();
#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
    if (has_instructions()) return turnout::detail::begin_digest_x86(state_, text, guid);
#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__ARM_NEON)
    if (has_instructions()) return turnout::detail::begin_digest_arm(state_, text, guid);
#endif
    begin_portably(text, guid);
  }

  /// Writes the text.
  ///
  /// Takes     text: room for its 28 octets
  TURNOUT_INLINE constexpr void write(char* text) const noexcept {
#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
    if (has_instructions()) return turnout::detail::write_accept_x86(state_, text);
#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__ARM_NEON)
    if (has_instructions()) return turnout::detail::write_accept_arm(state_, text);
#endif
    write_portably(text);
  }

 private:
  static constexpr bool has_instructions() noexcept {
    using turnout::detail::instructions;
    return !std::is_constant_evaluated() && turnout::detail::processor_has(instructions::sha);
  }

  TURNOUT_OUT_OF_LINE constexpr void begin_portably(const char* text,
                                                    const accept_guid& guid) noexcept {
    state_ = turnout::detail::begin_digest(text, guid);
  }

  TURNOUT_OUT_OF_LINE constexpr void write_portably(char* text) const noexcept {
    const field::sec_websocket_accept made{turnout::detail::finish_digest(state_).words};
    std::char_traits<char>::copy(text, made.text().data(), made.text().size());
  }

  turnout::detail::sha1_state state_ = turnout::detail::sha1_initial;
};

}  // namespace detail

/// The accept value for a key.
///
/// Rule      base64 of the SHA-1 of the key's text, not of the octets that it encodes, followed by
///           a fixed GUID: RFC 6455 section 4.2.2, item 5.4
/// Takes     guid: the GUID, for protocols that have another one
/// Costs     two blocks of SHA-1, with the processor's instructions for it if there are any
///
/// ```cpp
/// const auto key = turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ==");
/// assert(turnout::websocket::accept_for(*key).text() == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
/// ```
constexpr field::sec_websocket_accept accept_for(
    const field::sec_websocket_key& key, const accept_guid& guid = websocket_guid) noexcept {
  detail::begun_accept made;
  made.begin(key, guid);
  char text[32]{};
  made.write(text);
  return field::sec_websocket_accept{text};
}

/// Checks that a 101 has the accept value for a key.
///
/// Rule      RFC 6455 section 4.1, item 4 of what a client validates
/// Takes     response: facts of the 101
/// Fails     missing_websocket_accept, repeated_websocket_accept, wrong_websocket_accept
constexpr finding check_accept(const facts& response,
                               const field::sec_websocket_key& key) noexcept {
  constexpr field_name field = field_name::sec_websocket_accept;
  const grammar::value_lines lines = response.lines(field);
  if (lines.empty()) return {{errc::missing_websocket_accept, 0}, field};
  if (lines.has_second()) return {{errc::repeated_websocket_accept, lines.second()}, field};
  if (!(accept_for(key) == lines.first())) return {{errc::wrong_websocket_accept, 0}, field};
  return {};
}

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
