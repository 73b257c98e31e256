// One line of a header section, and the fields of a head as a range: RFC 9112 section 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {

/// A field name and a field value.
///
/// Borrows   the octets it was read from
struct field_line {
  std::string_view name{};   ///< a token; any case is the same name
  std::string_view value{};  ///< without the whitespace around it; may contain folds in a response

  /// Reads a line from message/head_lines.hpp, which has checked that HTAB and, in a response, line
  /// folds are its only control octets.
  ///
  /// Grammar   field-line = field-name ":" OWS field-value OWS, RFC 9112 section 5; no whitespace
  ///           before the colon (section 5.1), no fold in a request (section 5.2)
  /// Takes     line: without its CRLF, not empty
  /// Fails     folded_field_line, missing_colon, space_before_colon, bad_field_name at the octet
  ///           at fault
  /// Borrows   from `line`
  static constexpr result<field_line> parse(std::string_view line) noexcept {
    if (line.empty()) return failure{errc::missing_colon, 0};
    if (grammar::is_ows(line.front())) return failure{errc::folded_field_line, 0};
    const std::size_t end = grammar::find_not<grammar::octet_class::tchar>(line);
    if (end == line.size()) return failure{errc::missing_colon, end};
    if (line[end] != ':' || end == 0) return failure{wrong_name(line, end), end};
    return field_line{detail::front_of(line, end), grammar::trim(detail::rest_of(line, end + 1))};
  }

  /// Checks that the line can be written.
  ///
  /// Rule      RFC 9110 section 5.5, RFC 9112 section 11.1: no value from the caller may end a line
  /// Fails     unwritable, at the octet of the name that is not a tchar, or at the octet of the
  ///           value that is a control octet other than HTAB, such as CR, LF or NUL
  constexpr result<void> check_writable() const noexcept {
    const std::size_t name_end = grammar::find_not<grammar::octet_class::tchar>(name);
    if (name_end < name.size() || name.empty()) return failure{errc::unwritable, name_end};
    const std::size_t value_end = grammar::find_not<grammar::octet_class::field>(value);
    if (value_end < value.size()) return failure{errc::unwritable, value_end};
    return {};
  }

  /// Puts the line and its CRLF; fails as check_writable().
  constexpr void put(writer& to) const noexcept {
    if (const auto checked = check_writable(); !checked) to.fail(checked.error());
    put_unchecked(to);
  }

  /// Puts the line and its CRLF; the line is known to be writable.
  constexpr void put_unchecked(writer& to) const noexcept {
    to.put(name);
    to.put(": ");
    to.put(value);
    to.put("\r\n");
  }

  /// True if put() writes the line as it came, apart from its CRLF.
  ///
  /// Takes     line: the line that parse() read
  constexpr bool is_written_as(std::string_view line) const noexcept {
    const std::size_t separator = line.size() - name.size() - value.size();
    return separator == 2 && line[name.size() + 1] == ' ' && value.find('\r') == value.npos;
  }

  friend constexpr bool operator==(const field_line&, const field_line&) = default;

 private:
  static constexpr errc wrong_name(std::string_view line, std::size_t end) noexcept {
    const std::size_t after = end + grammar::ows_size(detail::rest_of(line, end));
    const bool spaced = end > 0 && after < line.size() && line[after] == ':';
    return spaced ? errc::space_before_colon : errc::bad_field_name;
  }
};

namespace detail {

/// How many lines a head has, if each was read as field_line::put() writes it.
struct plain_lines {
  std::uint32_t count = 0;  ///< 0 also for any other lines
};

/// True for a line in the form of nearly all lines: a name of at most 32 letters, digits and
/// hyphens, a colon, a space, and a value without whitespace at its beginning and end.
///
/// Takes     line: without its CRLF, which follows it; name: the plain_name_size() of its beginning
/// Returns   false for a line that field_line::parse() has to read
/// Costs     a few comparisons
TURNOUT_INLINE constexpr bool is_common(std::string_view line, std::size_t name) noexcept {
  const char* const octets = line.data();
  // If the value is empty, CR follows the colon and the space.
  return name != 0 && detail::are_octets(octets + name, ':', ' ') &&
         grammar::to_number(octets[name + 2]) > ' ' &&
         grammar::to_number(octets[line.size() - 1]) > ' ';
}

}  // namespace detail

/// The field lines of a checked head: a forward range that finds each line when it is needed.
///
/// Borrows   the head's octets
/// Costs     two searches for each line, each time. To keep all lines, it is cheaper to collect
///           them while read_head() passes over them
///
/// ```cpp
/// const turnout::field_lines lines{"Host: a\r\nAccept: b\r\n"};
/// assert((*lines.find("accept")).value == "b" && lines.find("Cookie") == lines.end());
/// ```
class field_lines {
 public:
  /// Finds the lines in order.
  class reader {
   public:
    using value_type = field_line;

    /// After the last line.
    constexpr reader() = default;
    /// Before the first line in checked octets.
    constexpr explicit reader(std::string_view octets) noexcept : rest_{octets} {}

    /// The current line; an empty one after the last line.
    constexpr const field_line& here() const noexcept { return here_; }

    /// Goes to the next line. The lines were checked: the first colon is after the name, and a CR
    /// ends the line or folds it.
    constexpr void next() noexcept {
      here_ = {};
      if (rest_.empty()) return;
      const std::size_t colon = rest_.find(':');
      std::size_t end = rest_.find('\r', colon);
      while (end + 2 < rest_.size() && grammar::is_ows(rest_[end + 2]))
        end = rest_.find('\r', end + 1);
      here_ = {detail::front_of(rest_, colon),
               grammar::trim(detail::part_of(rest_, colon + 1, end))};
      rest_.remove_prefix(end + 2);
    }

    /// True if both are at the same line, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.here_.name.data() == other.here_.name.data();
    }

   private:
    std::string_view rest_;
    field_line here_{};
  };

  /// Iterates over the lines in order; a forward iterator.
  using iterator = detail::walk<reader>;

  /// No lines.
  constexpr field_lines() = default;
  /// The lines in checked `octets`, each with its CRLF.
  ///
  /// Borrows   `octets`
  constexpr explicit field_lines(std::string_view octets) noexcept : octets_{octets} {}
  /// The same, for a caller that has read the lines.
  ///
  /// Borrows   `octets`
  constexpr field_lines(std::string_view octets, detail::plain_lines plain) noexcept
      : octets_{octets}, plain_{plain} {}

  /// At the first line.
  constexpr iterator begin() const noexcept { return iterator{reader{octets_}}; }
  /// After the last line.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// The first line with this name; end() if there is none: `find("Cookie")->value` is then empty.
  ///
  /// Takes     name: in any case
  /// Costs     a walk over the lines before it
  constexpr iterator find(std::string_view name) const noexcept {
    iterator line = begin();
    while (line != end() && !grammar::equal_ignoring_case(line->name, name)) ++line;
    return line;
  }
  /// True if there is no line.
  constexpr bool empty() const noexcept { return octets_.empty(); }
  /// All lines as they came, each with its CRLF.
  constexpr std::string_view octets() const noexcept { return octets_; }

  /// How many lines there are, if that is known.
  constexpr detail::plain_lines plain() const noexcept { return plain_; }

  /// True if both have the same octets.
  friend constexpr bool operator==(const field_lines& one, const field_lines& other) noexcept {
    return one.octets_ == other.octets_;
  }

 private:
  std::string_view octets_;
  detail::plain_lines plain_{};
};

}  // namespace v0
}  // namespace turnout
