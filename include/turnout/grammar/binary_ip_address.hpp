// IPv4 and IPv6 addresses in binary, read from text that grammar/ip_address.hpp accepts: RFC 3986
// section 3.2.2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/view.hpp"
#include "turnout/grammar/number.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

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
