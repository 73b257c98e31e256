// Hosts and ports: uri-host [ ":" port ], RFC 3986 section 3.2 without userinfo, as in HTTP (RFC
// 9110 sections 4.2.4 and 7.2).
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/ip_address.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

/// The offset of the first octet that is not allowed in registered names; the size if there is
/// none.
constexpr std::size_t registered_name_size(std::string_view octets) noexcept {
  for (std::size_t at = 0;; at += 3) {
    at = find_not<octet_class::reg_name>(octets, at);
    const bool escaped = octets.size() - at > 2 && octets[at] == '%' &&
                         is_hexadecimal(octets[at + 1]) && is_hexadecimal(octets[at + 2]);
    if (!escaped) return at;
  }
}

}  // namespace detail

/// A host and perhaps a port.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto where = turnout::grammar::authority::parse("example.com:8443");
/// assert(where && where->host == "example.com" && where->port == "8443");
/// ```
struct authority {
  /// A registered name, an IPv4 address or, in brackets, an IPv6 address or one of a future IP
  /// version, such as "[v7.a]".
  std::string_view host{};
  std::string_view port{};  ///< at most 65535; empty if there is none

  /// Reads all of `octets`. The host may be empty: the caller decides whether that is allowed.
  ///
  /// Grammar   uri-host [ ":" port ], RFC 9110 section 7.2; a port past 65535 is refused
  /// Fails     bad_authority or bad_port at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<authority> parse(std::string_view octets) noexcept {
    return result<authority>::filled([octets](authority& one) { return one.assign(octets); });
  }

  /// Reads all of `octets` as parse() does, in place.
  ///
  /// Fails     as parse(); the value is then unspecified
  TURNOUT_INLINE constexpr failure assign(std::string_view octets) noexcept {
    if (turnout::detail::optimized_for_size || !are_plainly_unreserved(octets))
      return assign_any(octets);
    host = octets;
    return {};
  }

  friend constexpr bool operator==(const authority&, const authority&) = default;

 private:
  TURNOUT_OUT_OF_LINE constexpr failure assign_any(std::string_view octets) noexcept {
    std::size_t end = 0;
    if (octets.starts_with('[')) {
      const std::size_t close = octets.find(']');
      if (close == octets.npos) return {errc::bad_authority, octets.size()};
      const std::string_view address = turnout::detail::part_of(octets, 1, close);
      if (!detail::is_ipv6_address(address) && !detail::is_future_address(address))
        return {errc::bad_authority, 1};
      end = close + 1;
    } else {
      end = detail::registered_name_size(octets);
    }
    host = turnout::detail::front_of(octets, end);
    if (end == octets.size()) return {};
    if (octets[end] != ':') return {errc::bad_authority, end};
    port = turnout::detail::rest_of(octets, end + 1);
    if (port.empty()) return {};
    const auto number = parse_decimal(port, 65535);
    return number ? failure{} : failure{errc::bad_port, end + 1 + number.error().at};
  }
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
