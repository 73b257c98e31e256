// Lists of structured fields, whose members are items: RFC 9651 section 3.1. They are stricter than
// the lists of RFC 9110: no member is empty, and none is an inner list here.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/structured_item.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// A list of items in one or several field lines, known to be well-formed.
///
/// Borrows   the field lines' octets, and the array of lines if there are several
///
/// ```cpp
/// const auto list = turnout::grammar::structured_list::parse("edge; error=dns_error, \"b c\"");
/// assert(list && (*list->begin()).value == "edge");
/// ```
class structured_list {
 public:
  /// Finds the items in order.
  class reader {
   public:
    using value_type = structured_item;

    /// After the last item.
    constexpr reader() = default;
    /// Before the first item of checked lines.
    constexpr explicit reader(const value_lines& lines) noexcept
        : lines_{lines}, rest_{lines.first()} {}

    /// The current item.
    constexpr const structured_item& here() const noexcept { return here_; }

    /// Goes to the next item.
    constexpr void next() noexcept {
      here_ = {};
      if (rest_.empty() && !lines_.empty()) {
        lines_.next();
        rest_ = lines_.first();
      }
      if (lines_.empty()) return;
      const auto item = structured_item::parse_prefix(rest_);
      here_ = item->value;
      rest_.remove_prefix(item->size + separator_size(turnout::detail::rest_of(rest_, item->size)));
    }

    /// True if both are at the same item of the same list, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.here_.value.data() == other.here_.value.data();
    }

   private:
    value_lines lines_;
    std::string_view rest_;
    structured_item here_{};
  };

  /// Iterates over the items in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// The empty list.
  constexpr structured_list() = default;

  /// Checks that `lines` are one list; no lines are the empty list, and so is one empty line.
  ///
  /// Grammar   sf-list, RFC 9651 sections 3.1 and 4.2.1, whose members are items
  /// Takes     lines: the values of the field's lines; max_items: how many there may be
  /// Fails     bad_structured_item, too_many_elements. `at` continues from one line to the next:
  ///           see value_lines::from()
  /// Borrows   `lines`
  static constexpr result<structured_list> parse(
      const value_lines& lines, std::size_t max_items = default_list_elements) noexcept {
    if (lines.first().empty() && !lines.has_second()) return structured_list{};
    std::size_t left = max_items;
    std::size_t passed = 0;
    for (const std::string_view line : lines) {
      const failure why = check_line(line, left);
      if (why.code != errc::none) return failure{why.code, passed + why.at};
      passed += line.size() + 1;
    }
    structured_list checked;
    checked.lines_ = lines;
    return checked;
  }

  /// At the first item.
  constexpr iterator begin() const noexcept { return iterator{reader{lines_}}; }
  /// After the last item.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// True if there are no items.
  constexpr bool empty() const noexcept { return lines_.empty(); }

 private:
  /// How many octets there are between two items: a comma, with whitespace around it.
  static constexpr std::size_t separator_size(std::string_view octets) noexcept {
    const std::size_t before = ows_size(octets);
    if (before == octets.size()) return before;
    return before + 1 + ows_size(turnout::detail::rest_of(octets, before + 1));
  }

  static constexpr failure check_line(std::string_view line, std::size_t& left) noexcept {
    for (std::size_t at = 0;;) {
      const auto item = structured_item::parse_prefix(turnout::detail::rest_of(line, at));
      if (!item) return {item.error().code, at + item.error().at};
      if (left-- == 0) return {errc::too_many_elements, at};
      at += item->size;
      const std::size_t space = ows_size(turnout::detail::rest_of(line, at));
      if (at + space == line.size()) return {};
      if (line[at + space] != ',') return {errc::bad_structured_item, at + space};
      at += separator_size(turnout::detail::rest_of(line, at));
    }
  }

  value_lines lines_;
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
