// The values of one field's lines: several lines of a list field are one list, in the order in
// which they came (RFC 9110 section 5.3). No copy joins them; they are walked one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace turnout::inline v0 {

/// A field value and a number that says which field it belongs to.
struct tagged_value {
  std::string_view value{};  ///< without the whitespace around it
  std::uint8_t tag = 0;      ///< which field
};

/// The values of all lines of one field, as a forward range of views.
class value_lines {
 public:
  /// No line at all.
  constexpr value_lines() = default;

  /// One line: a view, a literal, or whatever else a view can be made of.
  ///
  /// Borrows   `value`
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view>
  constexpr value_lines(const Text& value) noexcept : value_{value}, any_{true} {}

  /// Those of `values` that carry `tag`, in order.
  ///
  /// Borrows   `values` and the octets they view
  constexpr value_lines(std::span<const tagged_value> values, std::uint8_t tag) noexcept
      : rest_{values}, tag_{tag} {
    next();
  }

  /// True if there is no line.
  constexpr bool empty() const noexcept { return !any_; }

  /// The first line's value; empty if there is none.
  constexpr std::string_view first() const noexcept { return value_; }

  /// How many lines there are.
  constexpr std::size_t count() const noexcept {
    std::size_t lines = 0;
    for (value_lines left = *this; !left.empty(); left.next()) ++lines;
    return lines;
  }

  /// Leaves out the first line.
  constexpr void next() noexcept {
    value_ = {};
    any_ = false;
    while (!rest_.empty() && !any_) {
      any_ = rest_.front().tag == tag_;
      if (any_) value_ = rest_.front().value;
      rest_ = rest_.subspan(1);
    }
  }

  /// The offset of the second line, where offsets go on from one line to the next: each line's end
  /// counts for one octet, so that it is told apart from the next line's beginning.
  constexpr std::size_t second() const noexcept { return value_.size() + 1; }

  /// The octet that a failure's `at` means: an offset as in second().
  ///
  /// Takes     at: at most the size of all lines together with their ends
  /// Returns   the octets from there to the end of the line in which it lies
  constexpr std::string_view from(std::size_t at) const noexcept {
    value_lines here = *this;
    for (value_lines behind = here; at > here.first().size(); here = behind) {
      behind.next();
      if (behind.empty()) break;
      at -= here.second();
    }
    return here.first().substr(at < here.first().size() ? at : here.first().size());
  }

 private:
  std::string_view value_;
  std::span<const tagged_value> rest_;
  std::uint8_t tag_ = 0;
  bool any_ = false;
};

}  // namespace turnout::inline v0
