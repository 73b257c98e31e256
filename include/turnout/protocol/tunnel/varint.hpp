// Variable-length integers of QUIC, of one, two, four or eight octets: RFC 9000 section 16.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/writer.hpp"

namespace turnout {
inline namespace v0 {
namespace capsule {

/// A variable-length integer.
///
/// ```cpp
/// std::array<char, 8> out;
/// const auto written = turnout::write(turnout::capsule::varint{1000}, out);
/// assert(written->size() == 2 && turnout::capsule::varint::parse_prefix(*written).value == 1000);
/// ```
struct varint {
  /// The largest value.
  static constexpr std::uint64_t greatest = (std::uint64_t{1} << 62) - 1;

  std::uint64_t value = 0;  ///< the number
  std::size_t size = 0;     ///< how many octets it was read from; 0 if it was not read

  /// Reads the integer at the front of `octets`. It may have more octets than it needs.
  ///
  /// Returns   an integer of size 0 if more octets are needed
  static constexpr varint parse_prefix(std::string_view octets) noexcept {
    if (octets.empty()) return {};
    const auto first = static_cast<unsigned char>(octets.front());
    const std::size_t size = std::size_t{1} << (first >> 6);
    if (octets.size() < size) return {};
    std::uint64_t value = first & 0x3F;
    for (std::size_t i = 1; i < size; ++i)
      value = value << 8 | static_cast<unsigned char>(octets[i]);
    return {value, size};
  }

  /// How many octets put() writes.
  constexpr std::size_t written_size() const noexcept {
    if (value < 0x40) return 1;
    if (value < 0x4000) return 2;
    return value < 0x40000000 ? 4 : 8;
  }

  /// Puts the value, at most `greatest`, in as few octets as possible.
  constexpr void put(writer& to) const noexcept {
    const std::size_t count = written_size();
    const std::uint64_t length_bits = count == 1 ? 0 : count == 2 ? 1 : count == 4 ? 2 : 3;
    const std::uint64_t whole = value | length_bits << (count * 8 - 2);
    for (std::size_t i = count; i-- > 0;)
      to.put(static_cast<char>(static_cast<unsigned char>(whole >> (i * 8))));
  }

  friend constexpr bool operator==(const varint&, const varint&) = default;
};

}  // namespace capsule
}  // namespace v0
}  // namespace turnout
