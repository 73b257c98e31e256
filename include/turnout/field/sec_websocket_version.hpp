// Sec-WebSocket-Version: RFC 6455 sections 4.3, 4.4 and 11.3.5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One version of the WebSocket protocol; RFC 6455 is 13.
struct websocket_version {
  std::uint8_t number = 13;  ///< 0 to 255

  /// Reads the version at the front of `octets`.
  ///
  /// Grammar   version = a number from 0 to 255 without leading zeros, RFC 6455 section 4.3
  /// Fails     bad_websocket_version at the octet at fault
  static constexpr result<grammar::parsed_prefix<websocket_version>> parse_prefix(
      std::string_view octets) noexcept {
    std::size_t size = 0;
    while (size < octets.size() && grammar::is_digit(octets[size])) ++size;
    const auto number = grammar::parse_decimal(turnout::detail::front_of(octets, size), 255);
    if (!number) return failure{errc::bad_websocket_version, number.error().at};
    if (size > 1 && octets.front() == '0') return failure{errc::bad_websocket_version, 0};
    return grammar::parsed_prefix<websocket_version>{{static_cast<std::uint8_t>(*number)}, size};
  }

  /// Reads a whole field value that is one version, as in a request.
  ///
  /// Grammar   Sec-WebSocket-Version-Client = version, RFC 6455 section 4.3
  /// Fails     bad_websocket_version at the octet at fault
  static constexpr result<websocket_version> parse(std::string_view octets) noexcept {
    const auto version = parse_prefix(octets);
    if (!version) return version.error();
    if (version->size != octets.size()) return failure{errc::bad_websocket_version, version->size};
    return version->value;
  }

  /// Puts the number.
  constexpr void put(writer& to) const noexcept { to.put_number(number); }

  friend constexpr bool operator==(const websocket_version&, const websocket_version&) = default;
};

/// The value of Sec-WebSocket-Version in a response: the versions that a server speaks.
///
/// Grammar   Sec-WebSocket-Version-Server = 1#version, RFC 6455 section 4.3
///
/// ```cpp
/// const auto spoken = turnout::field::sec_websocket_version::parse("13, 8");
/// assert(spoken && spoken->contains({13}) && !spoken->contains({7}));
/// ```
using sec_websocket_version = grammar::list<websocket_version, 1, errc::bad_websocket_version>;

}  // namespace field
}  // namespace v0
}  // namespace turnout
