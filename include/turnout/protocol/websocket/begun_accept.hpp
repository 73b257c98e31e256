// Hashes Sec-WebSocket-Key and writes the text of Sec-WebSocket-Accept, one block of SHA-1 at a
// time: RFC 6455 section 4.2.2, item 5.4. protocol/websocket/accept.hpp computes the whole value.
#pragma once

#include <type_traits>

#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/grammar/base64_alphabet.hpp"
#include "turnout/kernel/accept_arm.hpp"
#include "turnout/kernel/accept_digest.hpp"
#include "turnout/kernel/accept_x86.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/processor.hpp"
#include "turnout/kernel/sha1.hpp"

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
    grammar::detail::put_base64_digest(text, turnout::detail::finish_digest(state_).words);
  }

  turnout::detail::sha1_state state_ = turnout::detail::sha1_initial;
};

}  // namespace detail

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
