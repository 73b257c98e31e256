// Sec-WebSocket-Accept, the server's proof that it read the key: RFC 6455 sections 4.2.2 and
// 11.3.3. How it follows from the key is in <turnout/protocol/websocket_accept.hpp>.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/base64.hpp"

namespace turnout::inline v0 {

/// The value of Sec-WebSocket-Accept: the text of 20 octets in base64.
class sec_websocket_accept {
 public:
  /// The text of twenty zeros, to be assigned to.
  constexpr sec_websocket_accept() noexcept
      : sec_websocket_accept{std::array<std::uint8_t, 20>{}} {}

  /// The text for a digest.
  constexpr explicit sec_websocket_accept(const std::array<std::uint8_t, 20>& digest) noexcept {
    (void)encode_base64({digest.data(), digest.size()}, {text_.data(), text_.size()});
  }

  /// The 28 octets of text.
  ///
  /// Borrows   from this object
  constexpr std::string_view text() const noexcept { return {text_.data(), text_.size()}; }

  /// Puts the text.
  constexpr void put(writer& to) const noexcept { to.put(text()); }

  /// True if a field value is exactly this text: case matters.
  friend constexpr bool operator==(const sec_websocket_accept& one,
                                   std::string_view value) noexcept {
    return one.text() == value;
  }

  friend constexpr bool operator==(const sec_websocket_accept&,
                                   const sec_websocket_accept&) = default;

 private:
  std::array<char, 28> text_{};
};

}  // namespace turnout::inline v0
