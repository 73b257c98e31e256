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

/// The values of all lines of one field, as a forward range of views. It is no larger than a view,
/// so that it is handed on in registers.
class value_lines {
 public:
  /// No line at all.
  constexpr value_lines() = default;

  /// One line: a view, a literal, or whatever else a view can be made of.
  ///
  /// Takes     value: fewer than 2^48 octets
  /// Borrows   `value`
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view>
  constexpr value_lines(const Text& value) noexcept
      : value_lines{std::string_view{value}, kind::one} {}

  /// Those of `values` that carry `tag`, in order.
  ///
  /// Borrows   `values` and the octets they view
  constexpr value_lines(std::span<const tagged_value> values, std::uint8_t tag) noexcept
      : value_lines{values.data(), values.size(), tag} {}

  /// The same of `count` values from `values` on: to make a span of them costs every translation
  /// unit much.
  constexpr value_lines(const tagged_value* values, std::size_t count, std::uint8_t tag) noexcept
      : values_{values}, size_{count & most}, kind_{kind::several}, tag_{tag} {
    find();
  }

  /// True if there is no line.
  constexpr bool empty() const noexcept { return kind_ == kind::none; }

  /// The first line's value; empty if there is none.
  constexpr std::string_view first() const noexcept {
    if (kind_ == kind::several) return values_->value;
    return {octets_, static_cast<std::size_t>(size_)};
  }

  /// How many lines there are.
  constexpr std::size_t count() const noexcept {
    std::size_t lines = 0;
    for (value_lines left = *this; !left.empty(); left.next()) ++lines;
    return lines;
  }

  /// Leaves out the first line.
  constexpr void next() noexcept {
    if (kind_ != kind::several) {
      *this = {};
      return;
    }
    ++values_;
    size_ = (size_ - 1) & most;
    find();
  }

  /// The offset of the second line, where offsets go on from one line to the next: each line's end
  /// counts for one octet, so that it is told apart from the next line's beginning.
  constexpr std::size_t second() const noexcept { return first().size() + 1; }

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
  enum class kind : std::uint8_t { none, one, several };
  static constexpr std::uint64_t most = (std::uint64_t{1} << 48) - 1;

  constexpr value_lines(std::string_view value, kind how) noexcept
      : octets_{value.data()}, size_{value.size() & most}, kind_{how}, tag_{0} {}

  /// Goes to the first value that carries the tag.
  constexpr void find() noexcept {
    for (; size_ != 0; ++values_, size_ = (size_ - 1) & most)
      if (values_->tag == tag_) return;
    *this = {};
  }

  union {
    const char* octets_ = nullptr;
    const tagged_value* values_;  // with kind::several: the first of them carries the tag
  };
  std::uint64_t size_ : 48 = 0;  // of the octets, or how many values there are
  kind kind_ : 8 = kind::none;
  std::uint8_t tag_ : 8 = 0;
};

static_assert(sizeof(void*) != 8 || sizeof(value_lines) == 16);

}  // namespace turnout::inline v0
