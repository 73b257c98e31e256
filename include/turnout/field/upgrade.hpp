// Upgrade, the list of protocols to switch to: RFC 9110 section 7.8.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// A protocol to switch to: a name and an optional version.
///
/// Borrows   the octets it was read from
struct protocol {
  std::string_view name{};     ///< protocol-name, a token; any case is the same name
  std::string_view version{};  ///< protocol-version, a token, compared octet for octet; often empty

  /// Reads the protocol at the front of `octets`.
  ///
  /// Grammar   protocol = protocol-name [ "/" protocol-version ], RFC 9110 section 7.8
  /// Returns   the protocol and how many octets it took
  /// Fails     bad_protocol at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<protocol>> parse_prefix(
      std::string_view octets) noexcept {
    const std::size_t slash = grammar::token_size(octets);
    if (slash == 0) return failure{errc::bad_protocol, 0};
    const std::string_view name = turnout::detail::front_of(octets, slash);
    if (slash == octets.size() || octets[slash] != '/')
      return grammar::parsed_prefix<protocol>{{name, {}}, slash};
    const std::string_view after = turnout::detail::rest_of(octets, slash + 1);
    const std::size_t size = grammar::token_size(after);
    if (size == 0) return failure{errc::bad_protocol, slash + 1};
    return grammar::parsed_prefix<protocol>{{name, turnout::detail::front_of(after, size)},
                                            slash + 1 + size};
  }

  /// Puts the name, and the version after a slash; fails with unwritable if either is not a token.
  TURNOUT_INLINE constexpr void put(writer& to) const noexcept {
    grammar::put_token(to, name);
    if (!version.empty())
      turnout::detail::writing::put_apart(to, [this](writer& copy) {
        copy.put('/');
        grammar::put_token(copy, version);
      });
  }

  /// True if the names are the same in any case and the versions octet for octet.
  ///
  /// Rule      RFC 9110 section 7.8: recipients SHOULD compare protocol-name without case
  friend constexpr bool operator==(const protocol& one, const protocol& other) noexcept {
    const bool same_name = grammar::equal_ignoring_case(one.name, other.name);
    if (one.version.empty() || other.version.empty())  // the usual case
      return same_name && one.version.size() == other.version.size();
    return same_name && one.version == other.version;
  }
};

/// The value of Upgrade: protocols, most preferred first, or lowest layer first in a 101.
///
/// Grammar   Upgrade = #protocol, RFC 9110 section 7.8
///
/// ```cpp
/// const auto offered = turnout::field::upgrade::parse("WebSocket, TLS/1.3");
/// assert(offered && offered->contains({"websocket"}) && offered->contains({"TLS", "1.3"}));
/// assert(!turnout::field::upgrade::parse("IF-T/TLS 1.0"));  // a space in the token
/// ```
using upgrade = grammar::list<protocol, 0, errc::bad_upgrade>;

}  // namespace field

using field::protocol;

}  // namespace v0
}  // namespace turnout
