// The kernel that every machine has: eight octets at a time, in 64-bit words. It is also the one
// of constant evaluation, and what the other kernels are held against.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/ascii.hpp"

namespace turnout::inline v0::detail {

/// Eight octets as a number, the first one lowest, whatever the machine's byte order. Compilers
/// turn this into one load.
constexpr std::uint64_t load_word(const char* octets) noexcept {
  const auto octet = [octets](int i) {
    return static_cast<std::uint64_t>(to_number(octets[i])) << (8 * i);
  };
  return octet(0) | octet(1) | octet(2) | octet(3) | octet(4) | octet(5) | octet(6) | octet(7);
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

/// One bit for each octet whose top bit is set in `tops`, the first octet's lowest.
constexpr std::uint64_t gather_tops(std::uint64_t tops) noexcept {
  return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

/// One bit for each of `size` octets in which `find` sets the top bit.
template <std::size_t size, class Find>
constexpr std::uint64_t gather_words(const char* octets, Find find) noexcept {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; i += 8) bits |= gather_tops(find(load_word(octets + i))) << i;
  return bits;
}

/// See grammar/kernel.hpp for what the functions of a kernel say.
struct words_kernel {
  static constexpr void controls(const char* octets, std::size_t blocks,
                                 std::uint64_t* bits) noexcept {
    for (std::size_t i = 0; i < blocks; ++i, octets += 64)
      bits[i] = gather_words<64>(octets, [](std::uint64_t word) {
        return within(word, 0, 0x1F) | within(word, 0x7F, 0x7F);
      });
  }

  static constexpr std::uint32_t plain_in_name(const char* octets) noexcept {
    return static_cast<std::uint32_t>(gather_words<32>(octets, [](std::uint64_t word) {
      const std::uint64_t folded = word | in_every_octet(0x20);
      return within(folded, 'a', 'z') | within(word, '0', '9') | within(word, '-', '-');
    }));
  }

  static constexpr bool are_plain_in_target(const char* octets) noexcept {
    return gather_words<16>(octets, [](std::uint64_t word) {
             return within(word, '$', ';') | within(word, '?', '[') | within(word, 'a', 'z') |
                    within(word, '=', '=') | within(word, '_', '_');
           }) == 0xFFFF;
  }
};

}  // namespace turnout::inline v0::detail
