// Which optional instructions the processor has, found once at run time. If compiler flags decided,
// two translation units could define the same function differently (decision D26).
#pragma once

#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Sets of instructions, one bit each.
enum class instructions : unsigned {
  avx2 = 1,  ///< AVX2, BMI1, BMI2 and POPCNT, on a system that saves the wide registers
  sha = 2    ///< SHA, SSSE3 and SSE4.1 on x86-64, and SHA-1 on AArch64
};

#if defined(__x86_64__) && defined(__GNUC__)

struct cpuid_answer {
  unsigned eax, ebx, ecx, edx;
};

inline cpuid_answer ask_cpuid(unsigned leaf) noexcept {
  cpuid_answer is;
  __asm__("cpuid" : "=a"(is.eax), "=b"(is.ebx), "=c"(is.ecx), "=d"(is.edx) : "a"(leaf), "c"(0U));
  return is;
}

/// True if the system saves registers of 32 octets when it switches threads.
inline bool keeps_wide_registers() noexcept {
  unsigned low;
  unsigned high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0U));
  return (low & 6U) == 6U;
}

/// The sets that the processor has.
inline unsigned found_instructions() noexcept {
  const auto has = [](unsigned bits, unsigned wanted) { return (bits & wanted) == wanted; };
  constexpr unsigned ssse3_and_sse41 = 1U << 9 | 1U << 19;
  constexpr unsigned osxsave_avx_and_popcnt = 1U << 27 | 1U << 28 | 1U << 23;
  constexpr unsigned avx2_and_bmi = 1U << 5 | 1U << 3 | 1U << 8;
  constexpr unsigned sha = 1U << 29;

  const unsigned old = ask_cpuid(1).ecx;
  const unsigned extended = ask_cpuid(0).eax >= 7 ? ask_cpuid(7).ebx : 0;
  unsigned found = 0;
  if (has(old, osxsave_avx_and_popcnt) && keeps_wide_registers() && has(extended, avx2_and_bmi))
    found |= static_cast<unsigned>(instructions::avx2);
  if (has(old, ssse3_and_sse41) && has(extended, sha))
    found |= static_cast<unsigned>(instructions::sha);
  return found;
}

#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__linux__)

/// getauxval() of the C library. Its header <sys/auxv.h> would add three thousand macros.
unsigned long ask_linux(unsigned long type) noexcept __asm__("getauxval");

/// The sets that the processor has.
inline unsigned found_instructions() noexcept {
  constexpr unsigned long at_hwcap = 16;
  constexpr unsigned long hwcap_sha1 = 1UL << 5;
  const bool sha = (ask_linux(at_hwcap) & hwcap_sha1) != 0;
  return sha ? static_cast<unsigned>(instructions::sha) : 0;
}

#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__APPLE__)

/// The sets that all of Apple's processors have.
inline unsigned found_instructions() noexcept { return static_cast<unsigned>(instructions::sha); }

#elif defined(__GNUC__)

/// Nothing is known about other processors and systems.
inline unsigned found_instructions() noexcept { return 0; }

#endif

#if defined(__GNUC__)

/// Zero until ask_processor() has run. Each shared object has its own copy, so that it can be
/// unloaded.
#if defined(__ELF__) || defined(__APPLE__)  // elsewhere that is always so
[[gnu::visibility("hidden")]]
#endif
inline constinit unsigned processor = 0;

/// Asks the processor and stores the answer.
[[gnu::cold, gnu::noinline]] inline unsigned ask_processor() noexcept {
  constexpr unsigned looked_up = 1U << 31;
  const unsigned found = found_instructions() | looked_up;
  __atomic_store_n(&processor, found, __ATOMIC_RELAXED);
  return found;
}

/// True if this processor has these instructions.
///
/// Never a constant expression: `const bool has = ...` would be evaluated at compile time, to
/// false.
///
/// Returns   false in a program that is optimized for size, which has only one kernel
/// Costs     a load and a test; the first time, some hundred cycles
inline bool processor_has(instructions wanted) noexcept {
  if (optimized_for_size) return false;
  unsigned found = __atomic_load_n(&processor, __ATOMIC_RELAXED);
  if (found == 0) found = ask_processor();
  return (found & static_cast<unsigned>(wanted)) != 0;
}

#else

/// False, since other compilers can't tell.
inline bool processor_has(instructions) noexcept { return false; }

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
