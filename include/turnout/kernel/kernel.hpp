// The functions of a kernel, which look at many octets at once, and which kernel runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "turnout/kernel/avx2.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/processor.hpp"
#include "turnout/kernel/vector.hpp"
#include "turnout/kernel/words.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// The functions of a kernel. All kernels return the same, and none reads past the octets given.
/// Where a function returns one bit for each octet, the lowest bit is for the first octet.
///
///   controls(octets)             one bit for each of 64 octets: control octets, HTAB among them
///   first(bits)                  the number of the lowest bit that is set; any below 65 for none
///   count(bits)                  how many bits are set
///   stops(octets)                one bit for each of 16 octets: control octets other than HTAB
///   plain_in_name(octets)        one bit for each of 32 octets: letters, digits and hyphens, which
///                                nearly all field names are made of
///   plain_in_target(octets)      one bit for each of 16 octets: those that nearly all paths and
///                                queries are made of
///   unreserved(one, other)       one bit for each of 8 octets at `one` and 8 at `other`: those
///                                that are unreserved in URIs (RFC 3986 section 2.3), as nearly
///                                all octets of tokens and hosts are
///   are_base64(octets)           true if 16 octets are all digits of base64
///   agree(one, other,            true if 16 octets at `one`, and 16 at `other`, equal the 32 at
///         with, bits)            `with` in the bits that are set in 16 octets at `bits`
struct kernel {
  /// Calls task.with<Kernel>() with the kernel that suits best, which has all of the above but
  /// those for 16 octets. It is faster from a few blocks on.
  template <class Task>
  static constexpr void run(Task& task) noexcept {
    if (std::is_constant_evaluated()) return task.template with<words_kernel>();
#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
    if (processor_has(instructions::avx2)) return run_avx2(task);
#endif
    run_baseline(task);
  }

  static constexpr std::uint64_t stops(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::stops(octets);
    return baseline_kernel::stops(octets);
  }

  static constexpr std::uint32_t plain_in_name(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::plain_in_name(octets);
    return baseline_kernel::plain_in_name(octets);
  }

  TURNOUT_INLINE static constexpr std::uint32_t plain_in_target(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::plain_in_target(octets);
    return baseline_kernel::plain_in_target(octets);
  }

  static constexpr bool are_base64(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::are_base64(octets);
    return baseline_kernel::are_base64(octets);
  }

  TURNOUT_INLINE static constexpr std::uint32_t unreserved(const char* one,
                                                           const char* other) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::unreserved(one, other);
    return baseline_kernel::unreserved(one, other);
  }

  TURNOUT_INLINE static constexpr bool agree(const char* one, const char* other, const char* with,
                                             const char* bits) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::agree(one, other, with, bits);
    return baseline_kernel::agree(one, other, with, bits);
  }

 private:
  template <class Task>
  TURNOUT_NOINLINE static void run_baseline(Task& task) noexcept {
    task.template with<baseline_kernel>();
  }

#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
  template <class Task>
  [[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten, gnu::noinline]] static void run_avx2(
      Task& task) noexcept {
    task.template with<avx2_kernel>();
  }
#endif
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
