// Sets of fields that the library knows.
#pragma once

#include <bit>
#include <cstdint>

#include "turnout/field/name.hpp"

namespace turnout {
inline namespace v0 {
namespace field::detail {

/// A set of fields, which may include the protocols' own fields: facts give each of them a number.
class name_set {
 public:
  /// No field.
  constexpr name_set() = default;
  /// The fields whose bits are set, the lowest for field_name::other.
  constexpr explicit name_set(std::uint32_t bits) noexcept : bits_{bits} {}
  /// One field.
  constexpr name_set(field_name one) noexcept
      : bits_{std::uint32_t{1} << static_cast<unsigned>(one)} {}

  /// True if there is no field.
  constexpr bool empty() const noexcept { return bits_ == 0; }
  /// True if `one` is among them.
  constexpr bool has(field_name one) const noexcept { return (bits_ & name_set{one}.bits_) != 0; }
  /// The first one, in the order of field_name.
  constexpr field_name first() const noexcept {
    return static_cast<field_name>(std::countr_zero(bits_));
  }

  /// All but the first one.
  constexpr name_set rest() const noexcept { return name_set{bits_ & (bits_ - 1)}; }

  /// The fields of either set.
  friend constexpr name_set operator|(name_set one, name_set other) noexcept {
    return name_set{one.bits_ | other.bits_};
  }
  /// The fields of both sets.
  friend constexpr name_set operator&(name_set one, name_set other) noexcept {
    return name_set{one.bits_ & other.bits_};
  }
  /// The fields of `one` that are not in `other`.
  friend constexpr name_set operator-(name_set one, name_set other) noexcept {
    return name_set{one.bits_ & ~other.bits_};
  }

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace field::detail
}  // namespace v0
}  // namespace turnout
