// IPv4 and IPv6 addresses as text, and those of future IP versions: RFC 3986 section 3.2.2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

/// An address in binary.
struct ip_address {
  std::array<std::uint8_t, 16> octets{};
  std::size_t bits = 0;  // 32 or 128
};

/// Reads a checked IPv4 address.
constexpr ip_address parse_ipv4(std::string_view text) noexcept {
  ip_address parsed{{}, 32};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string_view digits = turnout::detail::before(text, '.');
    parsed.octets[i] = static_cast<std::uint8_t>(*parse_decimal(digits));
    if (i < 3) text.remove_prefix(digits.size() + 1);
  }
  return parsed;
}

/// Reads the groups of a checked IPv6 address, or of a part of one without "::", to the end of the
/// address, or to its beginning.
constexpr ip_address parse_ipv6_part(std::string_view text, bool to_end) noexcept {
  ip_address parsed{{}, 128};
  std::size_t size = 0;
  while (!text.empty()) {
    const std::string_view group = turnout::detail::before(text, ':');
    if (group.find('.') != group.npos) {
      const ip_address last = parse_ipv4(group);
      for (std::size_t i = 0; i < 4; ++i) parsed.octets[size++] = last.octets[i];
    } else {
      const std::uint64_t value = parse_hexadecimal_prefix(group)->value;
      parsed.octets[size++] = static_cast<std::uint8_t>(value >> 8);
      parsed.octets[size++] = static_cast<std::uint8_t>(value);
    }
    text.remove_prefix(group.size() < text.size() ? group.size() + 1 : text.size());
  }
  if (!to_end) return parsed;
  ip_address moved{{}, 128};
  for (std::size_t i = 0; i < size; ++i)
    moved.octets[parsed.octets.size() - size + i] = parsed.octets[i];
  return moved;
}

/// Reads a checked IPv6 address.
constexpr ip_address parse_ipv6(std::string_view text) noexcept {
  const std::size_t gap = text.find("::");
  if (gap == text.npos) return parse_ipv6_part(text, false);
  ip_address parsed = parse_ipv6_part(turnout::detail::front_of(text, gap), false);
  const ip_address after = parse_ipv6_part(turnout::detail::rest_of(text, gap + 2), true);
  for (std::size_t i = 0; i < parsed.octets.size(); ++i) parsed.octets[i] |= after.octets[i];
  return parsed;
}

/// True if all bits after the first `length` are zero.
constexpr bool has_no_host_bits(const ip_address& prefix, std::size_t length) noexcept {
  for (std::size_t bit = length; bit < prefix.bits; ++bit)
    if ((prefix.octets[bit / 8] >> (7 - bit % 8) & 1) != 0) return false;
  return true;
}

}  // namespace detail

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
