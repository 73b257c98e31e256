// Comma-separated lists, RFC 9110 section 5.6.1: checked first, then read without failures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// The default limit of elements in a list, which counts empty ones too.
inline constexpr std::size_t default_list_elements = 64;

namespace detail {

/// Finds the elements of a list, one after the other, and checks what is between them. It is what
/// all lists share, and not a template, so that it is compiled once.
class element_places {
 public:
  /// After the last element.
  constexpr element_places() = default;
  /// Before the first element.
  ///
  /// Takes     max_elements: counts empty ones too; malformed: the code of all other failures; with
  ///           errc::none each has its own
  constexpr explicit element_places(const value_lines& lines, std::size_t max_elements = SIZE_MAX,
                                    errc malformed = errc::none) noexcept
      : lines_{lines}, rest_{lines.first()}, left_{max_elements}, malformed_{malformed} {}

  /// Goes to the next element. Returns the octets from there to the end of its line; nothing after
  /// the last element, and after a failure.
  constexpr std::string_view find() noexcept {
    for (; !lines_.empty(); passed_ += lines_.second(), lines_.next(), rest_ = lines_.first())
      for (skip(0); !rest_.empty(); skip(1)) {
        at_ = rest_.data();
        offset_ = passed_ + lines_.first().size() - rest_.size();
        if (left_-- == 0) return stop({errc::too_many_elements, offset_});
        if (rest_.front() != ',') return rest_;
      }
    at_ = nullptr;
    offset_ = 0;
    return {};
  }

  /// Takes the element at the place that find() found. Returns false if there is none.
  ///
  /// Takes     element: why there is no element there; errc::none if it has `size` octets
  constexpr bool take(const failure& element, std::size_t size) noexcept {
    if (element) return malformed(element.code, offset_ + element.at);
    ++taken_;
    skip(size);
    if (rest_.empty()) return true;
    if (rest_.front() != ',')
      return malformed(errc::bad_list, passed_ + lines_.first().size() - rest_.size());
    skip(1);
    return true;
  }

  /// How many elements were taken.
  constexpr std::size_t taken() const noexcept { return taken_; }

  /// What is wrong with the list, after its end.
  constexpr failure why(std::size_t minimum = 0) noexcept {
    if (!why_ && taken_ < minimum) malformed(errc::empty_list, passed_ == 0 ? 0 : passed_ - 1);
    return why_;
  }

  /// Where the element begins: an offset that continues from one line to the next, as `at` of a
  /// failure does.
  constexpr std::size_t offset() const noexcept { return offset_; }

  /// True if both are at the same element of the same list, or at the end.
  constexpr bool operator==(const element_places& other) const noexcept {
    return offset_ == other.offset_ && at_ == other.at_;
  }

 private:
  /// Skips octets, and the whitespace after them.
  constexpr void skip(std::size_t size) noexcept {
    rest_.remove_prefix(size);
    rest_.remove_prefix(ows_size(rest_));
  }

  constexpr bool malformed(errc code, std::size_t at) noexcept {
    stop({malformed_ == errc::none ? code : malformed_, at});
    return false;
  }

  constexpr std::string_view stop(const failure& why) noexcept {
    *this = element_places{};
    why_ = why;
    return {};
  }

  value_lines lines_;
  std::string_view rest_;
  const char* at_ = nullptr;
  std::size_t offset_ = 0;
  std::size_t passed_ = 0;  // octets of the previous lines, with their ends
  std::size_t left_ = 0;
  std::size_t taken_ = 0;
  failure why_;
  errc malformed_ = errc::none;
};

}  // namespace detail

/// A list of `Element`s in one or several field lines, known to be well-formed.
///
/// Grammar   #element, or 1#element where `Minimum` is 1, RFC 9110 section 5.6.1; empty elements
///           are skipped (section 5.6.1.2) and never written (section 5.6.1.1)
/// Takes     `Element`: has `parse_prefix(octets) -> result<parsed_prefix<Element>>`, which takes
///           one element from the front of octets and is noexcept, and `put(writer&)`; `Malformed`:
///           the code for a malformed list; with errc::none, the list fails with the code of the
///           element at fault
/// Borrows   the field lines' octets, and the array of lines if there are several
///
/// ```cpp
/// const auto list = turnout::field::upgrade::parse("a/1, , b");
/// assert(list && list->size() == 2 && (*list->begin()).version == "1");
/// assert(turnout::field::upgrade::parse("a b").error().at == 2);  // a comma is missing
/// ```
template <class Element, std::size_t Minimum = 0, errc Malformed = errc::none>
class list {
 public:
  /// Finds the elements in order.
  class reader : public detail::element_places {
   public:
    using value_type = Element;

    /// After the last element.
    constexpr reader() = default;
    /// Before the first element of checked lines.
    constexpr explicit reader(const value_lines& lines) noexcept : element_places{lines} {}

    /// The current element.
    constexpr const Element& here() const noexcept { return element_; }

    /// Goes to the next element.
    constexpr void next() noexcept {
      const std::string_view rest = find();
      if (rest.empty()) return;
      const auto element = Element::parse_prefix(rest);
      element_ = element->value;
      take({}, element->size);
    }

   private:
    Element element_{};
  };

  /// Iterates over the elements in order; a forward iterator that also has offset().
  using iterator = turnout::detail::walk<reader>;

  /// The empty list.
  constexpr list() = default;

  /// Checks that `lines` are one list.
  ///
  /// Grammar   #element or 1#element, RFC 9110 section 5.6.1
  /// Takes     lines: the values of the field's lines; max_elements: counts empty ones too
  /// Fails     too_many_elements; `Malformed`, or else bad_list where an element is not followed by
  ///           a comma, empty_list if there is no element but one is required, or the failure of an
  ///           element. `at` continues from one line to the next: see value_lines::from()
  /// Borrows   `lines`
  /// Costs     one pass
  static constexpr result<list> parse(value_lines lines,
                                      std::size_t max_elements = default_list_elements) noexcept {
    detail::element_places places{lines, max_elements, Malformed};
    for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
      const auto element = Element::parse_prefix(rest);
      places.take(element.error(), element->size);
    }
    const failure why = places.why(Minimum);
    if (why) return why;
    return list{lines, places.taken()};
  }

  /// Checks that `lines` are one list, and passes each element to `see` as it finds it.
  ///
  /// Grammar   #element or 1#element, RFC 9110 section 5.6.1
  /// Takes     lines, max_elements: as parse(); see: called as see(element) for each element in
  ///           order. If the call fails, discard what it saw
  /// Fails     as parse()
  /// Borrows   from `lines`
  /// Costs     one pass
  template <class See>
  static constexpr failure each(
      value_lines lines, std::size_t max_elements,
      const See& see) noexcept(turnout::detail::never_throws<const See&, const Element&>) {
    static_assert(noexcept(Element::parse_prefix(std::string_view{})));
    detail::element_places places{lines, max_elements, Malformed};
    for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
      const auto element = Element::parse_prefix(rest);
      if (places.take(element.error(), element->size)) see(element->value);
    }
    return places.why(Minimum);
  }

  /// The list in a value that is known to be well-formed: it is not checked.
  ///
  /// Takes     value: a value that parse() accepts; size: how many elements it has
  /// Borrows   `value`
  static constexpr list known(std::string_view value, std::size_t size) noexcept {
    return {value, size};
  }

  /// At the first element.
  constexpr iterator begin() const noexcept { return iterator{reader{lines_}}; }
  /// After the last element.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// How many elements there are.
  constexpr std::size_t size() const noexcept { return size_; }
  /// True if there is no element.
  constexpr bool empty() const noexcept { return size_ == 0; }

  /// True if an element equals `wanted`.
  ///
  /// Costs     one pass
  constexpr bool contains(const Element& wanted) const noexcept {
    for (const Element& one : *this)
      if (one == wanted) return true;
    return false;
  }

  /// Puts the elements on one line, separated by a comma and a space.
  constexpr void put(writer& to) const noexcept {
    turnout::detail::separated elements{to};
    for (const Element& element : *this) element.put(elements.next());
  }

  /// True if both have equal elements in the same order.
  friend constexpr bool operator==(const list& one, const list& other) noexcept {
    if (one.size_ != other.size_) return false;
    auto there = other.begin();
    for (const Element& element : one)
      if (!(element == *there++)) return false;
    return true;
  }

 private:
  constexpr list(value_lines lines, std::size_t size) noexcept : lines_{lines}, size_{size} {}

  value_lines lines_;
  std::size_t size_ = 0;
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
