// A value, or a failure that says why there is none.
// This is the library's own type in every language mode: an alias of std::expected would change
// return types between translation units (decision D1).
#pragma once

#include "turnout/core/errc.hpp"
#include "turnout/core/nothrow.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {

/// A value of type `T`, or a failure.
///
/// Takes     `T`: trivially copyable and default constructible, so that no union is needed
/// Costs     a copy of `T` and two words; never throws; usable in constant expressions
///
/// ```cpp
/// const auto sound = turnout::field::content_length::parse("12");
/// assert(sound && sound->octets == 12);
/// const auto wrong = turnout::field::content_length::parse("1,2");
/// assert(!wrong && wrong.error().code == turnout::errc::bad_content_length);
/// assert(wrong.error().at == 1);  // the offset of the octet at fault
/// ```
template <class T>
class [[nodiscard]] result {
  // The compiler's own trait: the one of <type_traits> costs every translation unit a dozen class
  // templates for each `T`.
  static_assert(__is_trivially_copyable(T));

 public:
  /// Holds a default value, as after success.
  constexpr result() = default;
  /// Holds `value`.
  constexpr result(const T& value) noexcept : value_{value} {}
  /// Holds `why`, whose code is not errc::none.
  constexpr result(failure why) noexcept : why_{why} {}

  /// Holds the value that `fill` completes in place, without a copy.
  ///
  /// Takes     fill: called as fill(value) with a default value; it returns why there is no value,
  ///           or errc::none
  template <class Fill>
  static constexpr result filled(const Fill& fill) noexcept(
      turnout::detail::never_throws<const Fill&, T&>) {
    result made;
    made.why_ = fill(made.value_);
    if (!made) made.value_ = T{};
    return made;
  }

  /// True if there is a value.
  constexpr explicit operator bool() const noexcept {
    return turnout::detail::likely(why_.code == errc::none);
  }
  /// The value; a default one after a failure.
  constexpr const T& operator*() const& noexcept { return value_; }
  /// A copy of the value, which outlives a temporary result: `for (x : *parse(value))` is safe.
  constexpr T operator*() const&& noexcept { return value_; }
  /// A member of the value; of a default one after a failure.
  constexpr const T* operator->() const noexcept { return &value_; }
  /// Why there is no value; errc::none if there is one.
  constexpr failure error() const noexcept { return why_; }

  friend constexpr bool operator==(const result&, const result&) = default;

 private:
  T value_{};
  failure why_{};
};

/// Success, or a failure.
template <>
class [[nodiscard]] result<void> {
 public:
  /// Success.
  constexpr result() = default;
  /// Holds `why`.
  constexpr result(failure why) noexcept : why_{why} {}

  /// True after success.
  constexpr explicit operator bool() const noexcept {
    return turnout::detail::likely(why_.code == errc::none);
  }
  /// What is wrong; errc::none after success.
  constexpr failure error() const noexcept { return why_; }

  friend constexpr bool operator==(const result&, const result&) = default;

 private:
  failure why_{};
};

}  // namespace v0
}  // namespace turnout
