// Hosts and ports: uri-host [ ":" port ], RFC 3986 section 3.2 without userinfo, as HTTP has it
// (RFC 9110 sections 4.2.4 and 7.2).
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"

namespace turnout::inline v0 {

namespace detail {

/// True for IPv4address, RFC 3986 section 3.2.2: four numbers up to 255 without leading zeros.
constexpr bool is_ipv4_address(std::string_view octets) noexcept {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = octets.find('.');
    if ((dot == octets.npos) != (part == 3)) return false;
    const std::string_view digits = octets.substr(0, dot);
    if (digits.size() > 1 && digits.front() == '0') return false;
    if (!parse_decimal(digits, 255)) return false;
    if (part < 3) octets.remove_prefix(dot + 1);
  }
  return true;
}

/// True for IPv6address, RFC 3986 section 3.2.2: eight groups, or fewer around one "::"; an IPv4
/// address may take the place of the last two.
constexpr bool is_ipv6_address(std::string_view octets) noexcept {
  int groups = 0;
  bool elided = false;
  bool after_group = false;
  while (!octets.empty()) {
    if (octets.starts_with("::")) {
      if (elided) return false;
      elided = true;
      after_group = false;
      octets.remove_prefix(2);
      continue;
    }
    if (after_group) octets.remove_prefix(1);
    std::size_t size = 0;
    while (size < octets.size() && is_hexadecimal(octets[size])) ++size;
    if (size < octets.size() && octets[size] == '.') {
      groups += 2;
      if (!is_ipv4_address(octets)) return false;
      break;
    }
    if (size == 0 || size > 4) return false;
    ++groups;
    after_group = true;
    octets.remove_prefix(size);
    if (!octets.empty() && octets.front() != ':') return false;
  }
  return elided ? groups < 8 : groups == 8;
}

/// The offset of the first octet that no registered name has; the size if there is none.
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
struct authority {
  std::string_view host{};  ///< a registered name, an IPv4 address or "[" IPv6 address "]"
  std::string_view port{};  ///< at most 65535; empty if there is none

  /// Reads all of `octets`. The host may be empty: who asks knows whether that will do.
  ///
  /// Grammar   uri-host [ ":" port ], RFC 9110 section 7.2; a port past 65535 is refused
  /// Fails     bad_authority or bad_port at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<authority> parse(std::string_view octets) noexcept {
    return result<authority>::filled([octets](authority& one) { return one.read(octets); });
  }

  /// Reads all of `octets` as parse() does, in place.
  ///
  /// Fails     as parse(); what it has then is of no use
  constexpr failure read(std::string_view octets) noexcept {
    std::size_t end = 0;
    if (octets.starts_with('[')) {
      const std::size_t close = octets.find(']');
      if (close == octets.npos) return {errc::bad_authority, octets.size()};
      if (!detail::is_ipv6_address(octets.substr(1, close - 1))) return {errc::bad_authority, 1};
      end = close + 1;
    } else {
      end = detail::registered_name_size(octets);
    }
    host = detail::front_of(octets, end);
    if (end == octets.size()) return {};
    if (octets[end] != ':') return {errc::bad_authority, end};
    port = detail::rest_of(octets, end + 1);
    if (port.empty()) return {};
    const auto number = parse_decimal(port, 65535);
    return number ? failure{} : failure{errc::bad_port, end + 1 + number.error().at};
  }

  friend constexpr bool operator==(const authority&, const authority&) = default;
};

}  // namespace turnout::inline v0
