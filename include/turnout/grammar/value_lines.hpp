// The values of one field's lines: several lines of a list field are one list, in the order in
// which they came (RFC 9110 section 5.3). They are read one after the other, without a copy that
// joins them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

class value_reader;

/// What a value_lines views.
enum class lines_kind : std::uint8_t { none, one, several };

/// Packs the size of the octets, or the number of values, into 48 bits; then the kind and the tag.
/// It is one word, since compilers keep no bit-fields in registers.
constexpr std::uint64_t about_lines(std::size_t size, lines_kind kind, std::uint8_t tag) noexcept {
  return size | std::uint64_t{static_cast<std::uint8_t>(kind)} << 48 | std::uint64_t{tag} << 56;
}

constexpr std::size_t size_in(std::uint64_t about) noexcept {
  return static_cast<std::size_t>(about << 16 >> 16);
}

constexpr lines_kind kind_in(std::uint64_t about) noexcept {
  return static_cast<lines_kind>(about >> 48 & 0xFF);
}

constexpr std::uint8_t tag_in(std::uint64_t about) noexcept {
  return static_cast<std::uint8_t>(about >> 56);
}

}  // namespace detail

/// A field value and a number that says which field it belongs to.
///
/// Borrows   the value
class tagged_value {
 public:
  /// Uninitialized until it is assigned to.
  tagged_value() = default;
  /// Takes     value: fewer than 2^48 octets, without the whitespace around it; tag: which field
  constexpr tagged_value(std::string_view value, std::uint8_t tag) noexcept
      : octets_{value.data()},
        about_{detail::about_lines(value.size(), detail::lines_kind::one, tag)} {}

  /// The value.
  constexpr std::string_view value() const noexcept { return {octets_, detail::size_in(about_)}; }
  /// Which field.
  constexpr std::uint8_t tag() const noexcept { return detail::tag_in(about_); }

 private:
  friend class value_lines;

  const char* octets_;
  turnout::detail::pointer_aligned_word about_;
};

/// The values of all lines of one field, as a forward range of views. It is no larger than a view,
/// so that it is passed in registers.
///
/// ```cpp
/// turnout::facts seen{turnout::method::get, turnout::http_1_1};
/// seen.see("Upgrade", "a");
/// seen.see("Upgrade", "b, c");
/// const turnout::grammar::value_lines lines = seen.lines("Upgrade");
/// assert(lines.count() == 2 && lines.first() == "a");
/// for (const std::string_view value : lines) assert(value == "a" || value == "b, c");
/// ```
class value_lines {
 public:
  /// Iterates over the values in order; a forward iterator.
  using iterator = turnout::detail::walk<detail::value_reader>;

  /// No line at all.
  constexpr value_lines() = default;

  /// One line: a view, a literal, or anything else that converts to a view.
  ///
  /// Takes     value: fewer than 2^48 octets
  /// Borrows   `value`
  template <class Text>
  requires requires(const Text& value, std::string_view view) { view = value; }
  constexpr value_lines(const Text& value) noexcept(noexcept(std::string_view{value}))
      : value_lines{tagged_value{std::string_view{value}, 0}} {}

  /// One line. It has the same layout as a tagged_value.
  constexpr explicit value_lines(const tagged_value& one) noexcept
      : octets_{one.octets_}, about_{one.about_} {}

  /// The values with this `tag`, in order.
  ///
  /// Borrows   `values` and the octets they view
  constexpr value_lines(span<const tagged_value> values, std::uint8_t tag) noexcept
      : values_{values.data()}, about_{detail::about_lines(values.size(), kind::several, tag)} {
    find();
  }

  /// True if there is no line.
  constexpr bool empty() const noexcept { return what() == kind::none; }

  /// The first line's value; empty if there is none.
  constexpr std::string_view first() const noexcept {
    if (what() == kind::several) return values_->value();
    return {octets_, size()};
  }

  /// The value of a field that was seen on one line; empty for any other.
  constexpr std::string_view only() const noexcept {
    if (what() != kind::one) return {};
    return {octets_, size()};
  }

  /// How many lines there are.
  constexpr std::size_t count() const noexcept {
    std::size_t lines = 0;
    for (value_lines left = *this; !left.empty(); left.next()) ++lines;
    return lines;
  }

  /// At the first line's value.
  constexpr iterator begin() const noexcept;
  /// After the last one.
  constexpr iterator end() const noexcept;

  /// True if there is more than one line.
  constexpr bool has_second() const noexcept { return what() == kind::several && count() > 1; }

  /// Skips the first line.
  constexpr void next() noexcept {
    if (what() != kind::several)
      *this = {};
    else
      next_of_several();
  }

  /// The offset of the second line. Offsets continue from one line to the next, and the end of each
  /// line counts as one octet, so that it differs from the beginning of the next line.
  constexpr std::size_t second() const noexcept { return first().size() + 1; }

  /// The octets that `at` of a failure points to, which is an offset as in second().
  ///
  /// Takes     at: at most the size of all lines together with their ends
  /// Returns   the octets from there to the end of the line in which it lies
  constexpr std::string_view from(std::size_t at) const noexcept {
    value_lines here = *this;
    for (value_lines after = here; at > here.first().size(); here = after) {
      after.next();
      if (after.empty()) break;
      at -= here.second();
    }
    return turnout::detail::rest_of(here.first(),
                                    at < here.first().size() ? at : here.first().size());
  }

 private:
  friend class detail::value_reader;
  using kind = detail::lines_kind;

  constexpr std::size_t size() const noexcept { return detail::size_in(about_); }
  constexpr kind what() const noexcept { return detail::kind_in(about_); }

  constexpr void next_of_several() noexcept {
    ++values_;
    --about_;
    find();
  }

  /// True if both are the same lines, and not only lines with the same values.
  constexpr bool are_those_of(const value_lines& other) const noexcept {
    if (about_ != other.about_) return false;
    return what() == kind::several ? values_ == other.values_ : octets_ == other.octets_;
  }

  /// Goes to the first value with the tag.
  constexpr void find() noexcept {
    for (; size() != 0; ++values_, --about_)
      if (values_->tag() == detail::tag_in(about_)) return;
    *this = {};
  }

  union {
    const char* octets_ = nullptr;
    const tagged_value* values_;  // with kind::several: the first of them has the tag
  };
  turnout::detail::pointer_aligned_word about_ = 0;
};

static_assert(sizeof(void*) != 8 || sizeof(value_lines) == 16);

namespace detail {

/// Finds the values of lines in order.
class value_reader {
 public:
  using value_type = std::string_view;

  /// After the last value.
  constexpr value_reader() = default;
  /// Before the first value.
  constexpr explicit value_reader(const value_lines& lines) noexcept : rest_{lines} {}

  /// The current value.
  constexpr const std::string_view& here() const noexcept { return here_; }

  /// Goes to the next value.
  constexpr void next() noexcept {
    if (begun_) rest_.next();
    begun_ = true;
    here_ = rest_.first();
  }

  /// True if both are at the same line, or at the end.
  constexpr bool operator==(const value_reader& other) const noexcept {
    return rest_.are_those_of(other.rest_);
  }

 private:
  value_lines rest_;  // from the current value on
  std::string_view here_;
  bool begun_ = false;
};

}  // namespace detail

constexpr value_lines::iterator value_lines::begin() const noexcept {
  return iterator{detail::value_reader{*this}};
}
constexpr value_lines::iterator value_lines::end() const noexcept { return iterator{}; }

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
