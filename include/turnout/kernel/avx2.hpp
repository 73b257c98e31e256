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
    const numbers some = load(octets);
    return tops(within(some | 0x20, 'a', 'z') | within(some, '0', '9') | (some == '-'));
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

  [[gnu::target("avx2,bmi,bmi2,popcnt")]] static truths within(numbers octets, std::uint8_t first,
                                                               std::uint8_t last) noexcept {
    const auto moved = __builtin_bit_cast(truths, octets + static_cast<std::uint8_t>(0x7F - last));
    return moved > static_cast<signed char>(0x7F - last + first - 1);
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
