// The kernel for processors with AVX2: registers of 32 octets. Only functions that read many octets
// per call are faster with it, since a function with other instructions can't be inlined into its
// caller. All of them share one set of instructions: each set costs time to compile.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)

/// kernel/kernel.hpp documents the functions of a kernel.
struct avx2_kernel {
  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint64_t controls(
      const char* octets) noexcept {
    return ~(no_controls(octets) | std::uint64_t{no_controls(octets + 32)} << 32);
  }

  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::size_t first(std::uint64_t bits) noexcept {
    return static_cast<std::size_t>(__builtin_ia32_tzcnt_u64(bits));
  }

  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::size_t count(std::uint64_t bits) noexcept {
    return static_cast<std::size_t>(__builtin_popcountll(bits));
  }

  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint32_t plain_in_name(
      const char* octets) noexcept {
    // Each bit is a group of octets: `0` to `9`, `-`, `A` to `O` and `P` to `Z` in any
    // case. A table has those that an octet with these lower four bits, or upper ones, may belong
    // to.
    const numbers some = load(octets);
    const numbers by_lower_bits{9, 13, 13, 13, 13, 13, 13, 13, 13, 13, 12, 4, 4, 6, 4, 4,
                                9, 13, 13, 13, 13, 13, 13, 13, 13, 13, 12, 4, 4, 6, 4, 4};
    const numbers by_upper_bits{0, 0, 2, 1, 4, 8, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0,
                                0, 0, 2, 1, 4, 8, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0};
    const numbers groups = look_up(by_lower_bits, some) & look_up(by_upper_bits, some >> 4);
    return tops(__builtin_bit_cast(truths, groups) > 0);
  }

 private:
  using numbers = std::uint8_t __attribute__((vector_size(32)));
  using truths = signed char __attribute__((vector_size(32)));

  // As signed numbers, DEL + 1 wraps to the smallest one, and obs-text is negative.
  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint32_t no_controls(
      const char* octets) noexcept {
    const numbers some = load(octets);
    return tops((__builtin_bit_cast(truths, some + 1) > 0x20) | __builtin_bit_cast(truths, some));
  }

  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static numbers load(const char* octets) noexcept {
    numbers some;
    __builtin_memcpy(&some, octets, sizeof some);
    return some;
  }

  /// What each of `octets` finds in `table` by its lower four bits; 0 for octets from 0x80 on.
  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static numbers look_up(numbers table,
                                                                 numbers octets) noexcept {
    using plain = char __attribute__((vector_size(32)));
    return __builtin_bit_cast(numbers, __builtin_ia32_pshufb256(__builtin_bit_cast(plain, table),
                                                                __builtin_bit_cast(plain, octets)));
  }

  /// Gathers the top bit of each octet, the lowest bit for the first octet.
  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint32_t tops(truths found) noexcept {
    using plain = char __attribute__((vector_size(32)));
    return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(__builtin_bit_cast(plain, found)));
  }
};

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
