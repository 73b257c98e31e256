// Eight octets in a 64-bit word: how everything looks at several octets at once on every machine,
// and in constant evaluation.
#pragma once

#include <cstddef>
#include <cstdint>

namespace turnout::inline v0::detail {

/// The octet at `i` as a number, shifted to where it stands in a word.
constexpr std::uint64_t octet_of_word(const char* octets, int i) noexcept {
  return static_cast<std::uint64_t>(static_cast<std::uint8_t>(octets[i])) << (8 * i);
}

/// Four octets as a number, the first one lowest, whatever the machine's byte order. Compilers turn
/// this into one load, if it is written without a loop, and no other number is or-ed to it.
constexpr std::uint64_t load_half_word(const char* octets) noexcept {
  return octet_of_word(octets, 0) | octet_of_word(octets, 1) | octet_of_word(octets, 2) |
         octet_of_word(octets, 3);
}

/// Eight octets as a number, as load_half_word() does it.
constexpr std::uint64_t load_word(const char* octets) noexcept {
  return octet_of_word(octets, 0) | octet_of_word(octets, 1) | octet_of_word(octets, 2) |
         octet_of_word(octets, 3) | octet_of_word(octets, 4) | octet_of_word(octets, 5) |
         octet_of_word(octets, 6) | octet_of_word(octets, 7);
}

/// The first of `size` octets, at most eight of them, as a number whose other octets are 0.
constexpr std::uint64_t load_front(const char* octets, std::size_t size) noexcept {
  if (size >= 8) return load_word(octets);
  const auto from = [](std::size_t at, std::uint64_t word) { return word << (8 * at); };
  // The two or three loads overlap.
  if (size >= 4) return load_half_word(octets) | from(size - 4, load_half_word(octets + size - 4));
  if (size == 0) return 0;
  const std::size_t middle = size / 2;
  return octet_of_word(octets, 0) | from(middle, octet_of_word(octets + middle, 0)) |
         from(size - 1, octet_of_word(octets + size - 1, 0));
}

constexpr std::uint64_t in_every_octet(std::uint8_t octet) noexcept {
  return 0x0101010101010101u * octet;
}

/// The top bit of each octet of `word` that is from `first` to `last`, both below 0x80. Sums of
/// 7-bit numbers never carry into a neighbour.
constexpr std::uint64_t within(std::uint64_t word, std::uint8_t first, std::uint8_t last) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;
  const std::uint64_t from_first = low + in_every_octet(static_cast<std::uint8_t>(0x80 - first));
  const std::uint64_t behind_last = low + in_every_octet(static_cast<std::uint8_t>(0x7F - last));
  return from_first & ~behind_last & ~word & top;
}

/// A word with the letters a to z in upper case, and other octets of no use.
constexpr std::uint64_t to_upper_letters(std::uint64_t word) noexcept {
  return word & in_every_octet(0xDF);
}

}  // namespace turnout::inline v0::detail
