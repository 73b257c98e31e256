// Sec-WebSocket-Accept, the server's proof that it read the key: RFC 6455 sections 4.2.2 and
// 11.3.3. <turnout/protocol/websocket/accept.hpp> computes it from the key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/base64_alphabet.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Sec-WebSocket-Accept: the text of 20 octets in base64.
class sec_websocket_accept {
 public:
  /// The text of twenty zero octets, until it is assigned to.
  constexpr sec_websocket_accept() noexcept : text_{"AAAAAAAAAAAAAAAAAAAAAAAAAAA=\0\0\0"} {}

  /// The value whose text is the first 28 octets of `text`; the others are zero.
  constexpr explicit sec_websocket_accept(const char (&text)[32]) noexcept {
    std::char_traits<char>::copy(text_, text, sizeof text_);
  }

  /// The text for a digest, given as the words of FIPS 180-4.
  constexpr explicit sec_websocket_accept(const std::uint32_t (&digest)[5]) noexcept {
    grammar::detail::put_base64_digest(text_, digest);
  }

  /// The 28 octets of text.
  ///
  /// Borrows   from this object
  constexpr std::string_view text() const noexcept TURNOUT_LIFETIMEBOUND { return {text_, size}; }

  /// Puts the text.
  constexpr void put(writer& to) const noexcept { to.put(text()); }

  /// True if a field value is exactly this text: case matters.
  friend constexpr bool operator==(const sec_websocket_accept& one,
                                   std::string_view value) noexcept {
    return one.text() == value;
  }

  /// True if both have the same text.
  friend constexpr bool operator==(const sec_websocket_accept& one,
                                   const sec_websocket_accept& other) noexcept {
    return one.text() == other.text();
  }

 private:
  static constexpr std::size_t size = 28;

  // Its size and alignment let compilers copy it by whole registers. Other sizes are copied in
  // parts that overlap, and a load that spans two recent stores has to wait for both.
  alignas(16) char text_[32]{};
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
