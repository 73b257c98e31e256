// Eight octets in a 64-bit word: reads several octets at once on every machine and in constant
// evaluation.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Octets as a number of their size, the first octet lowest on every machine. It compiles to one
/// load, which a sum of shifted octets does not always do.
template <class Number>
constexpr std::uint64_t load(const char* octets) noexcept {
  char copy[sizeof(Number)]{};
  std::char_traits<char>::copy(copy, octets, sizeof copy);
  if constexpr (std::endian::native == std::endian::big)
    for (std::size_t i = 0; i < sizeof copy; ++i) copy[sizeof copy - 1 - i] = octets[i];
#if defined(__GNUC__)
  return __builtin_bit_cast(Number, copy);  // libc++ 13 has no std::bit_cast
#else
  return std::bit_cast<Number>(copy);
#endif
}

/// Eight octets as a number.
constexpr std::uint64_t load_word(const char* octets) noexcept {
  return load<std::uint64_t>(octets);
}

/// True if two octets are `first` and `second`, compared as one number. A comparison of views does
/// not always compile to that.
constexpr bool are_octets(const char* octets, char first, char second) noexcept {
  constexpr auto number = [](char octet) -> unsigned { return static_cast<std::uint8_t>(octet); };
  return load<std::uint16_t>(octets) == (number(first) | number(second) << 8);
}

/// The first of `size` octets, at most eight of them, as a number whose other octets are 0.
constexpr std::uint64_t load_front(const char* octets, std::size_t size) noexcept {
  if (size >= 8) return load_word(octets);
  const auto from = [](std::size_t at, std::uint64_t word) { return word << (8 * at); };
  // The two or three loads overlap.
  if (size >= 4)
    return load<std::uint32_t>(octets) | from(size - 4, load<std::uint32_t>(octets + size - 4));
  if (size == 0) return 0;
  const std::size_t middle = size / 2;
  return load<std::uint8_t>(octets) | from(middle, load<std::uint8_t>(octets + middle)) |
         from(size - 1, load<std::uint8_t>(octets + size - 1));
}

constexpr std::uint64_t in_every_octet(std::uint8_t octet) noexcept {
  return 0x0101010101010101u * octet;
}

/// Sets the top bit of each octet of `word` that is from `first` to `last`, both below 0x80. Sums
/// of 7-bit numbers never carry into a neighbour.
constexpr std::uint64_t within(std::uint64_t word, std::uint8_t first, std::uint8_t last) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;
  const std::uint64_t from_first = low + in_every_octet(static_cast<std::uint8_t>(0x80 - first));
  const std::uint64_t behind_last = low + in_every_octet(static_cast<std::uint8_t>(0x7F - last));
  return from_first & ~behind_last & ~word & top;
}

/// A word with its letters a to z in upper case; its other octets are unspecified.
constexpr std::uint64_t to_upper_letters(std::uint64_t word) noexcept {
  return word & in_every_octet(0xDF);
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
