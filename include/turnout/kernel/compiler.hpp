// What compilers spell differently, decided in one place. The macros are attributes, since C++ has
// no alias for one: they change speed or warnings, and nothing else (decision D33).
#pragma once

#include <cstdint>

#include "turnout/version.hpp"

// A rule takes what nearly all messages say at a glance, in line; what else there may be is out of
// line, so that it neither takes registers nor lies between. In a program that is to be small, the
// compiler decides.
#if defined(__GNUC__) && !defined(__OPTIMIZE_SIZE__)
#define TURNOUT_INLINE [[gnu::always_inline]]
#define TURNOUT_OUT_OF_LINE [[gnu::noinline]]
#else
#define TURNOUT_INLINE
#define TURNOUT_OUT_OF_LINE
#endif

// Never in line: to have a stack frame of its own.
#if defined(__GNUC__)
#define TURNOUT_NOINLINE [[gnu::noinline]]
#else
#define TURNOUT_NOINLINE
#endif

// Marks a parameter that the result views; after a member function, the object.
#if defined(__clang__)
#define TURNOUT_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define TURNOUT_LIFETIMEBOUND
#endif

namespace turnout {
inline namespace v0 {
namespace detail {

/// True in a program that is to be small rather than fast (-Os, -Oz): what only saves time is left
/// out. Functions return the same with and without it, so that a program may have both.
#if defined(__OPTIMIZE_SIZE__)
inline constexpr bool optimized_for_size = true;
#else
inline constexpr bool optimized_for_size = false;
#endif

/// 64 bits, aligned as a pointer is: beside one they take 12 octets on machines of 32 bits, not 16.
#if defined(__GNUC__)
using pointer_aligned_word [[gnu::aligned(alignof(void*))]] = std::uint64_t;
#else
using pointer_aligned_word = std::uint64_t;
#endif

/// `what`, which is nearly always true: compilers put what follows from it next.
TURNOUT_INLINE constexpr bool likely(bool what) noexcept {
#if defined(__GNUC__)
  return __builtin_expect(what, true) != 0;
#else
  return what;
#endif
}

#if defined(__GNUC__)

/// A vector of the elements of two, picked by number: those of `other` count on from those of
/// `one`.
///
/// Takes     From: a number for each element of the result; -1 picks any
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
