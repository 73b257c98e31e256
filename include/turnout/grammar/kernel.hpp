// The functions of a kernel, which look at many octets at once, and which kernel runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "turnout/grammar/kernel_vector.hpp"
#include "turnout/grammar/kernel_words.hpp"

namespace turnout::inline v0::detail {

/// What a kernel can do. All kernels give the same, and read no more than they are told to.
struct kernel {
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__AARCH64EL__))
  using baseline = vector_kernel;
#else
  using baseline = words_kernel;
#endif

  /// Finds the control octets, HTAB among them, in `blocks` times 64 octets: puts one number for
  /// each block, with one bit for each octet, the lowest for the first.
  static constexpr void controls(const char* octets, std::size_t blocks,
                                 std::uint64_t* bits) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::controls(octets, blocks, bits);
    baseline::controls(octets, blocks, bits);
  }

  /// Finds those of 32 octets that nearly all field names are made of: letters, digits, hyphens.
  static constexpr std::uint32_t plain_in_name(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::plain_in_name(octets);
    return baseline::plain_in_name(octets);
  }

  /// True if 16 octets are all of those that nearly all request targets are made of.
  static constexpr bool are_plain_in_target(const char* octets) noexcept {
    if (std::is_constant_evaluated()) return words_kernel::are_plain_in_target(octets);
    return baseline::are_plain_in_target(octets);
  }
};

}  // namespace turnout::inline v0::detail
