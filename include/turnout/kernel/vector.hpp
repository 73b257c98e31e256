// The kernel for machines where every processor has registers of 16 octets: SSE2 on x86-64, NEON on
// AArch64, SIMD128 in WebAssembly. It uses the vector types of GCC and Clang, since the headers of
// the vendors' intrinsics take longer to compile than the whole library.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/words.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__wasm_simd128__) || \
                          (defined(__AARCH64EL__) && defined(__ARM_NEON)))

/// kernel/kernel.hpp documents the functions of a kernel.
struct vector_kernel {
  static std::uint64_t controls(const char* octets) noexcept {
    return ~gather<64>(octets, is_no_control);
  }

  static std::size_t first(std::uint64_t bits) noexcept { return words_kernel::first(bits); }

  static std::size_t count(std::uint64_t bits) noexcept { return words_kernel::count(bits); }

  static std::uint64_t stops(const char* octets) noexcept {
    return 0xFFFF & ~gather<16>(octets, is_no_stop);
  }

  static std::uint32_t plain_in_name(const char* octets) noexcept {
    return static_cast<std::uint32_t>(gather<32>(octets, is_plain_in_name));
  }

  TURNOUT_INLINE static std::uint32_t plain_in_target(const char* octets) noexcept {
    return static_cast<std::uint32_t>(gather<16>(octets, is_plain_in_target));
  }

  static bool are_base64(const char* octets) noexcept {
    return gather<16>(octets, is_base64) == 0xFFFF;
  }

  static std::uint32_t unreserved(const char* one, const char* other) noexcept {
    using words = std::uint64_t __attribute__((vector_size(16)));
    const words both{load_word(one), load_word(other)};
    return static_cast<std::uint32_t>(tops(is_unreserved(__builtin_bit_cast(numbers, both))));
  }

  static bool agree(const char* one, const char* other, const char* with,
                    const char* bits) noexcept {
    const numbers differ = (load(one) ^ load(with)) | (load(other) ^ load(with + 16));
    return tops((differ & load(bits)) == 0) == 0xFFFF;
  }

 private:
  using numbers = std::uint8_t __attribute__((vector_size(16)));
  using truths = signed char __attribute__((vector_size(16)));  // all bits of an octet, or none

  // As signed numbers, DEL + 1 wraps to the smallest one, and obs-text is negative.
  static truths is_no_control(numbers octets) noexcept {
    return (__builtin_bit_cast(truths, octets + 1) > 0x20) | __builtin_bit_cast(truths, octets);
  }

  static truths is_no_stop(numbers octets) noexcept {
    return is_no_control(octets) | (octets == '\t');
  }

  static truths is_plain_in_name(numbers octets) noexcept {
    return within(octets | 0x20, 'a', 'z') | within(octets, '0', '9') | (octets == '-');
  }

  TURNOUT_INLINE static truths is_plain_in_target(numbers octets) noexcept {
    return within(octets, '$', ';') | within(octets, '@', '[') | within(octets, 'a', 'z') |
           (octets == '=') | (octets == '_');
  }

  static truths is_unreserved(numbers octets) noexcept {
    return within(octets | 0x20, 'a', 'z') | (within(octets, '-', '9') & (octets != '/')) |
           (octets == '_') | (octets == '~');
  }

  static truths is_base64(numbers octets) noexcept {
    return within(octets | 0x20, 'a', 'z') | within(octets, '/', '9') | (octets == '+');
  }

  static truths within(numbers octets, std::uint8_t first, std::uint8_t last) noexcept {
    const auto moved = __builtin_bit_cast(truths, octets + static_cast<std::uint8_t>(0x7F - last));
    return moved > static_cast<signed char>(0x7F - last + first - 1);
  }

  template <std::size_t size, class Find>
  TURNOUT_INLINE static std::uint64_t gather(const char* octets, Find find) noexcept {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < size; i += 16) bits |= tops(find(load(octets + i))) << i;
    return bits;
  }

  static numbers load(const char* octets) noexcept {
    numbers some;
    __builtin_memcpy(&some, octets, sizeof some);
    return some;
  }

  /// Gathers the top bit of each octet, the lowest bit for the first octet.
  static std::uint64_t tops(truths found) noexcept {
#if defined(__SSE2__)
    using plain = char __attribute__((vector_size(16)));
    return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(__builtin_bit_cast(plain, found)));
#elif defined(__wasm_simd128__)
    return static_cast<std::uint32_t>(__builtin_wasm_bitmask_i8x16(found));
#else
    using words = std::uint64_t __attribute__((vector_size(16)));
    const truths places{1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128};
    const auto set = __builtin_bit_cast(words, (found < 0) & places);
    constexpr std::uint64_t sum = 0x0101010101010101u;
    return (set[0] * sum >> 56) | (set[1] * sum >> 56 << 8);
#endif
  }
};

/// The kernel that runs on every processor that the program is for.
using baseline_kernel = vector_kernel;

#else

using baseline_kernel = words_kernel;

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
