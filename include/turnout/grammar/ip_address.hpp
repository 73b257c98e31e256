// IPv4 and IPv6 addresses as text, and those of future IP versions: RFC 3986 section 3.2.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/octet.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

/// True for IPv4address, RFC 3986 section 3.2.2: four numbers up to 255 without leading zeros.
constexpr bool is_ipv4_address(std::string_view octets) noexcept {
  for (int part = 0; part < 4; ++part) {
    const std::string_view digits = turnout::detail::before(octets, '.');
    if ((digits.size() == octets.size()) != (part == 3)) return false;
    if (digits.size() > 1 && digits.front() == '0') return false;
    if (!parse_decimal(digits, 255)) return false;
    if (part < 3) octets.remove_prefix(digits.size() + 1);
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

/// True for IPvFuture, RFC 3986 section 3.2.2: "v", a version in hexadecimal, "." and octets of
/// registered names and colons.
constexpr bool is_future_address(std::string_view octets) noexcept {
  const std::string_view version = turnout::detail::before(octets, '.');
  if (version.size() < 2 || to_lower(version.front()) != 'v') return false;
  if (octets.size() < version.size() + 2) return false;
  for (const char octet : turnout::detail::rest_of(version, 1))
    if (!is_hexadecimal(octet)) return false;
  for (const char octet : turnout::detail::rest_of(octets, version.size() + 1))
    if (octet != ':' && !octet_class::reg_name.contains(octet)) return false;
  return true;
}

}  // namespace detail

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
