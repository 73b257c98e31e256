// One forward iterator, for all ranges whose elements are found one after the other.
#pragma once

#include <cstddef>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Iterates over what a reader finds, in order; a forward iterator.
///
/// Takes     `Reader`: has a `value_type`; next(), which goes from before the first element to it,
///           from each one to the next and from the last one after it; here(), the element where it
///           is; and ==, which is true for the same element and for two that are after the last.
///           One that is default-made is after the last
template <class Reader>
class walk : public Reader {
 public:
  using difference_type = std::ptrdiff_t;

  /// After the last element.
  constexpr walk() = default;
  /// At the first element that `from` finds.
  constexpr explicit walk(const Reader& from) noexcept : Reader{from} { this->next(); }

  /// The element here.
  constexpr const auto& operator*() const noexcept { return this->here(); }
  /// A member of the element here.
  constexpr const auto* operator->() const noexcept { return &this->here(); }
  /// To the next element.
  constexpr walk& operator++() noexcept {
    this->next();
    return *this;
  }
  /// To the next element; returns where it was.
  constexpr walk operator++(int) noexcept {
    const walk before = *this;
    this->next();
    return before;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
