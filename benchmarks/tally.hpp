// What a head comes to, in numbers: enough to see that two parsers read the same, and cheap.
#pragma once

#include <cstddef>

/// The field lines of a head.
struct tally {
  std::size_t lines = 0;
  std::size_t octets = 0;  ///< of the names, and of the values without the whitespace around them

  /// Adds a field line.
  constexpr void add(std::size_t name_size, std::size_t value_size) noexcept {
    ++lines;
    octets += name_size + value_size;
  }

  friend constexpr bool operator==(const tally& one, const tally& other) noexcept {
    return one.lines == other.lines && one.octets == other.octets;
  }
};
