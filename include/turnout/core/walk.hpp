// One forward iterator for all ranges that find their elements one after the other.
#pragma once

#include <cstddef>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Iterates over the elements that a reader finds, in order; a forward iterator.
///
/// Takes     `Reader`: has a `value_type`; next(), which goes to the next element, at first from
///           before the first one and at last to after the last one; here(), the current element;
///           and ==, which is true for the same element and for two readers after the last. A
///           default-constructed reader is after the last element
template <class Reader>
class walk : public Reader {
 public:
  using difference_type = std::ptrdiff_t;

  /// After the last element.
  constexpr walk() = default;
  /// At the first element that `from` finds.
  constexpr explicit walk(const Reader& from) noexcept : Reader{from} { this->next(); }

  /// The current element.
  constexpr const auto& operator*() const& noexcept { return this->here(); }
  /// A copy of the element, which outlives a temporary iterator: `const auto& one = *list.begin()`
  /// is safe.
  constexpr auto operator*() const&& noexcept { return this->here(); }
  /// A member of the current element.
  constexpr const auto* operator->() const noexcept { return &this->here(); }
  /// Goes to the next element.
  constexpr walk& operator++() noexcept {
    this->next();
    return *this;
  }
  /// Goes to the next element; returns the old position.
  constexpr walk operator++(int) noexcept {
    const walk before = *this;
    this->next();
    return before;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
