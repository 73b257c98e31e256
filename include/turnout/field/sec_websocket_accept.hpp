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
  constexpr sec_websocket_accept() noexcept {
    text_.fill('A');
    text_.back() = '=';
  }

  /// The text for a digest, in the words that FIPS 180-4 makes it of.
  constexpr explicit sec_websocket_accept(const std::array<std::uint32_t, 5>& digest) noexcept {
    const auto put = [this](std::size_t at, std::uint64_t bits) {
      const auto eight = detail::base64_text(bits, base64::padded);
      std::char_traits<char>::copy(&text_[at], eight.data(), eight.size());
    };
    const auto [a, b, c, d, e] =
        std::array<std::uint64_t, 5>{digest[0], digest[1], digest[2], digest[3], digest[4]};
    put(0, a << 16 | b >> 16);
    put(8, b << 32 | c);
    put(16, d << 16 | e >> 16);
    put(20, d << 40 | e << 8);
    text_.back() = '=';
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
