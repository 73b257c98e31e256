// What compilers spell differently, decided in one place. The macros are attributes, since C++ has
// no alias for one: they change speed or warnings, and nothing else.
#pragma once

#include "turnout/version.hpp"

#if defined(__GNUC__)
#define TURNOUT_INLINE [[gnu::always_inline]]
#define TURNOUT_NOINLINE [[gnu::noinline]]
#else
#define TURNOUT_INLINE
#define TURNOUT_NOINLINE
#endif

// For what is short and often used: in line where the program is built for speed, and left to the
// compiler where it is built for size.
#if defined(__OPTIMIZE_SIZE__)
#define TURNOUT_INLINE_FOR_SPEED
#else
#define TURNOUT_INLINE_FOR_SPEED TURNOUT_INLINE
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
