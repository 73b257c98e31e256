// Finds out whether a call of the caller's code can throw, without the class templates of
// <type_traits>.
#pragma once

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// std::declval, but cheaper to compile: a value for unevaluated operands.
template <class T>
T&& declared() noexcept;

/// True if a call with these arguments does not throw.
template <class Call, class... Arguments>
inline constexpr bool never_throws = noexcept(declared<Call>()(declared<Arguments>()...));

}  // namespace detail
}  // namespace v0
}  // namespace turnout
