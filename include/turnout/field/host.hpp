// Host, the authority that a request is for: RFC 9110 section 7.2.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/authority.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Host.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto named = turnout::field::host::parse("[2001:db8::1]:8080");
/// assert(named && named->value.host == "[2001:db8::1]" && named->value.port == "8080");
/// assert(turnout::field::host::parse("a b").error().at == 1);
/// ```
struct host {
  grammar::authority value;  ///< the host, which may be empty, and perhaps a port

  /// Reads a whole field value.
  ///
  /// Grammar   Host = uri-host [ ":" port ], RFC 9110 section 7.2
  /// Fails     bad_host at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<host> parse(std::string_view octets) noexcept {
    return result<host>::filled([octets](host& one) { return one.assign(octets); });
  }

  /// Reads a whole field value as parse() does, in place.
  ///
  /// Fails     as parse(); the value is then unspecified
  constexpr failure assign(std::string_view octets) noexcept {
    const failure why = value.assign(octets);
    return why.code == errc::none ? why : failure{errc::bad_host, why.at};
  }

  /// Puts the host, and the port after a colon if there is one; fails with unwritable if either is
  /// malformed.
  constexpr void put(writer& to) const noexcept {
    const bool port_ends = value.port.empty() || grammar::parse_decimal(value.port, 65535);
    const auto whole = grammar::authority::parse(value.host);
    if (!port_ends || !whole || whole->host != value.host) to.fail({errc::unwritable, 0});
    to.put(value.host);
    if (value.port.empty()) return;
    to.put(':');
    to.put(value.port);
  }

  /// True if host and port are the same octets.
  friend constexpr bool operator==(const host&, const host&) = default;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
