// What compilers spell differently, decided in one place. The macros are attributes, since C++ has
// no alias for one: they change speed or warnings, and nothing else (decision D33).
#pragma once

#include <cstdint>

#include "turnout/version.hpp"

// The fast path of a rule, which nearly all messages take, is inlined. The rest is a call, so that
// it uses no registers and does not separate the code of the fast path. In a program that is
// optimized for size, the compiler decides.
#if defined(__GNUC__) && !defined(__OPTIMIZE_SIZE__)
#define TURNOUT_INLINE [[gnu::always_inline]]
#define TURNOUT_OUT_OF_LINE [[gnu::noinline]]
#else
#define TURNOUT_INLINE
#define TURNOUT_OUT_OF_LINE
#endif

// Never inlined, so that it has its own stack frame.
#if defined(__GNUC__)
#define TURNOUT_NOINLINE [[gnu::noinline]]
#else
#define TURNOUT_NOINLINE
#endif

// Marks a parameter that the result views; after a member function, it marks the object.
#if defined(__clang__)
#define TURNOUT_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define TURNOUT_LIFETIMEBOUND
#endif

namespace turnout {
inline namespace v0 {
namespace detail {

/// True in a program that is optimized for size (-Os, -Oz): it leaves out code that only saves
/// time. Functions return the same with and without it, so that one program may mix both.
#if defined(__OPTIMIZE_SIZE__)
inline constexpr bool optimized_for_size = true;
#else
inline constexpr bool optimized_for_size = false;
#endif

/// 64 bits, aligned as a pointer is: a pointer and these take 12 octets on 32-bit machines, not 16.
#if defined(__GNUC__)
using pointer_aligned_word [[gnu::aligned(alignof(void*))]] = std::uint64_t;
#else
using pointer_aligned_word = std::uint64_t;
#endif

/// `what`, which is nearly always true: compilers place the code for that case first.
TURNOUT_INLINE constexpr bool likely(bool what) noexcept {
#if defined(__GNUC__)
  return __builtin_expect(what, true) != 0;
#else
  return what;
#endif
}

#if defined(__GNUC__)

/// Picks elements of two vectors by number; the numbers of `other` follow those of `one`.
///
/// Takes     `From`: a number for each element of the result; -1 if any element will do
template <int... From, class Vector>
TURNOUT_INLINE inline Vector shuffle(Vector one, Vector other) noexcept {
#if __has_builtin(__builtin_shufflevector)
  return __builtin_shufflevector(one, other, From...);
#else  // GCC 11
  using numbers = decltype(one == other);
  return __builtin_shuffle(one, other, numbers{From...});
#endif
}

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
