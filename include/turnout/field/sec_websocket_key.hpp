// Sec-WebSocket-Key, the client's nonce: RFC 6455 sections 4.1 and 11.3.1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/base64_alphabet.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Sec-WebSocket-Key: 16 octets in base64, kept as text, since the accept value is
/// made from the text.
///
/// ```cpp
/// assert(turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ=="));
/// assert(!turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ"));
/// ```
class sec_websocket_key {
 public:
  /// The key of sixteen zero octets, until it is assigned to.
  constexpr sec_websocket_key() noexcept {
    for (std::size_t i = 0; i < 22; ++i) text_[i] = 'A';
    text_[22] = text_[23] = '=';
  }

  /// The key for a nonce, which the caller takes from a good source of randomness: a new one for
  /// each connection.
  ///
  /// Rule      RFC 6455 section 4.1, item 7
  constexpr explicit sec_websocket_key(const std::array<std::uint8_t, 16>& nonce) noexcept {
    const auto octet = [&nonce](std::size_t i) -> std::uint32_t { return i < 16 ? nonce[i] : 0; };
    for (std::size_t i = 0; i < 6; ++i)
      grammar::detail::put_base64_group(
          &text_[4 * i], octet(3 * i) << 16 | octet(3 * i + 1) << 8 | octet(3 * i + 2),
          grammar::detail::base64_alphabet);
    text_[22] = text_[23] = '=';
  }

  /// Reads a whole field value.
  ///
  /// Grammar   base64-value-non-empty that decodes to 16 octets, RFC 6455 sections 4.2.1 and 4.3;
  ///           leftover bits may be set, as in the example of section 4.1
  /// Fails     bad_websocket_key at the octet at fault, or at the size of `octets` if more are
  /// needed
  static constexpr result<sec_websocket_key> parse(std::string_view octets) noexcept {
    return result<sec_websocket_key>::filled(
        [octets](sec_websocket_key& key) { return key.assign(octets); });
  }

  /// Reads a whole field value as parse() does, in place.
  ///
  /// Fails     as parse(); the key is then unchanged
  constexpr failure assign(std::string_view octets) noexcept {
    if (!is_key(octets)) return {errc::bad_websocket_key, fault_in(octets)};
    std::char_traits<char>::copy(text_, octets.data(), sizeof text_);
    return {};
  }

  /// The 24 octets of text.
  ///
  /// Borrows   from this object
  constexpr std::string_view text() const noexcept TURNOUT_LIFETIMEBOUND {
    return {text_, sizeof text_};
  }

  /// Puts the text.
  constexpr void put(writer& to) const noexcept { to.put(text()); }

  /// True if both have the same text.
  friend constexpr bool operator==(const sec_websocket_key& one,
                                   const sec_websocket_key& other) noexcept {
    return one.text() == other.text();
  }

 private:
  static constexpr bool is_key(std::string_view octets) noexcept {
    return octets.size() == 24 && turnout::detail::are_octets(octets.data() + 22, '=', '=') &&
           grammar::are_base64_digits(turnout::detail::front_of(octets, 22));
  }

  /// How many octets are as in a key, of octets that are not one.
  static constexpr std::size_t fault_in(std::string_view octets) noexcept {
    std::size_t at = 0;
    while (at < octets.size() && is_in_place(octets[at], at)) ++at;
    return at;
  }

  static constexpr bool is_in_place(char octet, std::size_t at) noexcept {
    if (at >= 22) return at < 24 && octet == '=';
    return grammar::is_alpha(octet) || grammar::is_digit(octet) || octet == '+' || octet == '/';
  }

  char text_[24]{};
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
