// The kernel for every machine: eight octets at a time, in 64-bit words. Constant evaluation uses
// it too, and tests compare the other kernels with it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "turnout/kernel/load.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Gathers the top bit of each octet of `tops`, the lowest bit for the first octet.
constexpr std::uint64_t gather_tops(std::uint64_t tops) noexcept {
  return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

/// Sets the top bit of each octet of `word` that is a letter, a digit or a hyphen.
constexpr std::uint64_t plain_in_word(std::uint64_t word) noexcept {
  return within(to_upper_letters(word), 'A', 'Z') | within(word, '0', '9') | within(word, '-', '-');
}

/// Sets the top bit of each octet of `word` that is a control octet.
constexpr std::uint64_t controls_in_word(std::uint64_t word) noexcept {
  return within(word, 0, 0x1F) | within(word, 0x7F, 0x7F);
}

/// Sets the top bit of each octet of `word` that nearly all paths and queries are made of.
constexpr std::uint64_t target_in_word(std::uint64_t word) noexcept {
  return within(word, '$', ';') | within(word, '@', '[') | within(word, 'a', 'z') |
         within(word, '=', '=') | within(word, '_', '_');
}

/// Sets the top bit of each octet of `word` that is a digit of base64.
constexpr std::uint64_t base64_in_word(std::uint64_t word) noexcept {
  return within(to_upper_letters(word), 'A', 'Z') | within(word, '/', '9') | within(word, '+', '+');
}

/// Sets the top bit of each octet of `word` that is a control octet other than HTAB.
constexpr std::uint64_t stops_in_word(std::uint64_t word) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;  // sums of 7-bit numbers never carry into a neighbour
  const std::uint64_t from_space = low + in_every_octet(0x80 - 0x20);
  const std::uint64_t is_delete = low + in_every_octet(0x80 - 0x7F);
  const std::uint64_t is_not_tab = (low ^ in_every_octet(0x09)) + in_every_octet(0x7F);
  return ((~from_space & is_not_tab) | is_delete) & ~word & top;
}

/// Sets the top bit of each octet of `word` that is unreserved in URIs.
constexpr std::uint64_t unreserved_in_word(std::uint64_t word) noexcept {
  return within(to_upper_letters(word), 'A', 'Z') | within(word, '-', '.') |
         within(word, '0', '9') | within(word, '_', '_') | within(word, '~', '~');
}

/// One bit for each of `size` octets in which `find` sets the top bit.
template <std::size_t size, class Find>
constexpr std::uint64_t gather_words(const char* octets, Find find) noexcept {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; i += 8) bits |= gather_tops(find(load_word(octets + i))) << i;
  return bits;
}

/// kernel/kernel.hpp documents the functions of a kernel.
struct words_kernel {
  static constexpr std::uint64_t controls(const char* octets) noexcept {
    return gather_words<64>(octets, controls_in_word);
  }

  static constexpr std::size_t first(std::uint64_t bits) noexcept {
    constexpr std::uint64_t top = std::uint64_t{1} << 63;  // saves a test for 0
    return static_cast<std::size_t>(std::countr_zero(bits | top));
  }

  // Counted by hand, since not every machine has an instruction for it.
  static constexpr std::size_t count(std::uint64_t bits) noexcept {
    bits -= bits >> 1 & in_every_octet(0x55);
    bits = (bits & in_every_octet(0x33)) + (bits >> 2 & in_every_octet(0x33));
    return static_cast<std::size_t>(
        ((bits + (bits >> 4)) & in_every_octet(0x0F)) * in_every_octet(1) >> 56);
  }

  static constexpr std::uint64_t stops(const char* octets) noexcept {
    return gather_words<16>(octets, stops_in_word);
  }

  static constexpr std::uint32_t plain_in_name(const char* octets) noexcept {
    return static_cast<std::uint32_t>(gather_words<32>(octets, plain_in_word));
  }

  static constexpr std::uint32_t plain_in_target(const char* octets) noexcept {
    return static_cast<std::uint32_t>(gather_words<16>(octets, target_in_word));
  }

  static constexpr bool are_base64(const char* octets) noexcept {
    return gather_words<16>(octets, base64_in_word) == 0xFFFF;
  }

  static constexpr std::uint32_t unreserved(const char* one, const char* other) noexcept {
    return static_cast<std::uint32_t>(gather_tops(unreserved_in_word(load_word(one))) |
                                      gather_tops(unreserved_in_word(load_word(other))) << 8);
  }

  static constexpr bool agree(const char* one, const char* other, const char* with,
                              const char* bits) noexcept {
    for (std::size_t at = 0; at < 16; at += 8) {
      const std::uint64_t differ = (load_word(one + at) ^ load_word(with + at)) |
                                   (load_word(other + at) ^ load_word(with + 16 + at));
      if ((differ & load_word(bits + at)) != 0) return false;
    }
    return true;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
