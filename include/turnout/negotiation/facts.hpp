// The facts of one head, which decide everything about a switch. Any HTTP parser can pass its field
// lines here; the rules need nothing else (decision D10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/value_lines.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The parts of one head that matter for a switch.
///
/// Borrows   the field values passed to see()
///
/// ```cpp
/// turnout::facts seen{turnout::method::get, turnout::http_1_1};
/// seen.see("Connection", "keep-alive");
/// seen.see("Cookie", "a=b");  // does not matter to a switch
/// seen.see("connection", " Upgrade ");
/// assert(seen.has(turnout::field_name::connection) && !seen.has(turnout::field_name::upgrade));
/// assert(seen.lines("Connection").first() == "keep-alive");
/// assert(seen.lines("Connection").has_second() && seen.lines("Cookie").empty());
/// ```
class facts {
 public:
  /// How many lines facts keep of fields that matter and have more than one. With more lines, the
  /// facts are incomplete, and every rule reports that.
  static constexpr std::size_t max_lines = 24;
  /// How many own fields the protocols may have, besides those that the library knows.
  static constexpr std::size_t max_own_fields = 32 - std::size(field::detail::field_spellings);
  /// The most values that facts keep.
  static constexpr std::size_t max_values = std::size(field::detail::field_spellings) + max_lines;

  /// Empty facts, until they are assigned to.
  constexpr facts() noexcept {
    // At run time, the lines stay uninitialized until they are used.
    if (std::is_constant_evaluated())
      for (std::size_t i = 0; i < max_values; ++i) lines_[i] = grammar::tagged_value{{}, 0};
  }
  /// Facts of a request.
  ///
  /// Takes     method_name: the name, with method::other
  /// Borrows   `method_name`
  constexpr facts(turnout::method method, http_version version,
                  std::string_view method_name = {}) noexcept
      : facts{} {
    set_start(method, version, method_name);
  }
  /// Facts of a response.
  constexpr facts(std::uint16_t status, http_version version) noexcept : facts{} {
    set_start(status, version);
  }

  /// Also keeps the protocols' own fields. Call it before see().
  ///
  /// Borrows   `protocols` and the names of their fields
  constexpr void keep_for(lasting_span<const profile> protocols) noexcept {
    owners_ = protocols;
    std::size_t fields = 0;
    for (const profile& one : protocols)
      for (const own_field& field : one.fields)
        if (is_unknown(field.name)) ++fields;
    if (fields > max_own_fields) left_out_ = too_many_fields;
  }

  /// Notes one field line. Call it for each line, in order.
  ///
  /// Takes     name, value: as they came; the value may have whitespace around it
  /// Borrows   `value`, if the field matters
  constexpr void see(std::string_view name, std::string_view value) noexcept {
    const field_name field = field::known_field(name);
    if (field == field_name::other && !owners_.empty()) return see_own(name, value);
    keep(field, grammar::trim(value));
  }
  /// Deleted, since a temporary value would be destroyed at once: give it a name.
  template <detail::owns_elements Text>
  void see(std::string_view name, const Text&& value) = delete;

  /// Notes one field line if its field is one of the protocols' own fields, which keep_for() set.
  ///
  /// Takes     name, value: as for see()
  /// Borrows   `value`, if the field is one of those
  constexpr void see_own(std::string_view name, std::string_view value) noexcept {
    const field_name field = own_field_named(name);
    if (field == field_name::other) return;
    append(field, {grammar::trim(value), static_cast<std::uint8_t>(field)});
  }

  /// Notes one line of a known field, as see() does.
  ///
  /// Takes     field: a member of field_name; value: without whitespace around it
  /// Borrows   `value`, unless the field is field_name::other
  TURNOUT_INLINE constexpr void keep(field_name field, std::string_view value) noexcept {
    const auto number = static_cast<std::size_t>(field);
    const std::uint32_t before = seen_ & ~bit(field_name::other);
    if ((before >> number & 1) != 0) [[unlikely]]
      return repeat(field, value);
    seen_ = before | bit(field);
    // Other fields have a place of their own. One line needs no tag.
    lines_[number] = {value, 0};
  }

  /// Sets the start line of a request after the field lines were seen.
  ///
  /// Takes     method_name: the name, with method::other
  /// Borrows   `method_name`
  constexpr void set_start(turnout::method method, http_version version,
                           std::string_view method_name = {}) noexcept {
    method_ = method;
    method_name_ = method_name;
    version_ = version;
  }

  /// Sets the start line of a response after the field lines were seen.
  constexpr void set_start(std::uint16_t status, http_version version) noexcept {
    status_ = status;
    version_ = version;
  }

  /// The values of all lines of a field that the library knows.
  ///
  /// Borrows   from this object and from the values passed to see()
  TURNOUT_INLINE constexpr grammar::value_lines lines(field_name field) const noexcept {
    if (!has(field)) return {};
    const auto index = static_cast<std::uint8_t>(field);
    if ((repeated_ & bit(field)) == 0) [[likely]]
      return grammar::value_lines{lines_[index]};
    return {{lines_ + known_fields, repeats_}, index};
  }

  /// The values of all lines of a field that the library knows, or of a protocol's own field.
  ///
  /// Takes     name: in any case
  /// Returns   no lines for any other field
  /// Borrows   as above
  constexpr grammar::value_lines lines(std::string_view name) const noexcept {
    return lines(field_named(name));
  }

  /// Which field `name` is: for a protocol's own field, a number that works with lines(), has() and
  /// the findings of these facts like the other fields; field_name::other for any other field.
  constexpr field_name field_named(std::string_view name) const noexcept {
    const field_name known = field::known_field(name);
    return known == field_name::other ? own_field_named(name) : known;
  }

  /// The value of a field that the library knows and that has one line.
  ///
  /// Takes     field: one of single_fields()
  /// Borrows   from the values passed to see()
  constexpr std::string_view only_line(field_name field) const noexcept {
    return lines_[static_cast<std::uint8_t>(field)].value();
  }

  /// The fields that have one line.
  constexpr field::detail::name_set single_fields() const noexcept {
    return field::detail::name_set{seen_ & ~repeated_ & ~bit(field_name::other)};
  }

  /// All fields that were seen.
  constexpr field::detail::name_set fields() const noexcept {
    return field::detail::name_set{seen_ & ~bit(field_name::other)};
  }

  /// True if one of the fields was seen.
  constexpr bool has_any(field::detail::name_set wanted) const noexcept {
    return !(fields() & wanted).empty();
  }
  /// True if the field was seen.
  constexpr bool has(field_name field) const noexcept {
    return (seen_ & ~bit(field_name::other) & bit(field)) != 0;
  }

  /// True if all lines are kept, each field that matters has one at most, those of `wanted` are
  /// there and those of `barred` are not.
  constexpr bool are_plain(field::detail::name_set wanted,
                           field::detail::name_set barred) const noexcept {
    return (wanted - fields()).empty() && !has_any(barred) && repeated_ == 0 &&
           left_out_ == field_name::other;
  }

  /// The method; method::other in a response.
  constexpr turnout::method method() const noexcept { return method_; }
  /// The name of the method, if it is known.
  constexpr std::string_view method_name() const noexcept {
    return method_ == turnout::method::other ? method_name_ : name_of(method_);
  }
  /// The status code; 0 in a request.
  constexpr std::uint16_t status() const noexcept { return status_; }
  /// The version of the message.
  constexpr http_version version() const noexcept { return version_; }

  /// Checks that every line that matters was kept.
  ///
  /// Fails     too_many_kept_lines, at the end of the field's lines that were kept, or at 0;
  ///           too_many_own_fields
  TURNOUT_INLINE constexpr finding check_complete() const noexcept {
    return left_out_ == field_name::other ? finding{} : find_left_out();
  }

 private:
  TURNOUT_OUT_OF_LINE constexpr finding find_left_out() const noexcept {
    if (left_out_ == too_many_fields)
      return {{errc::too_many_own_fields, max_own_fields}, field_name::other};
    std::size_t kept = 0;
    for (const std::string_view value : lines(left_out_)) kept += value.size() + 1;
    return {{errc::too_many_kept_lines, kept == 0 ? 0 : kept - 1}, left_out_};
  }

  static constexpr std::size_t known_fields = std::size(field::detail::field_spellings);
  static constexpr field_name too_many_fields{0xFF};

  static constexpr bool is_unknown(std::string_view name) noexcept {
    return field::known_field(name) == field_name::other;
  }

  /// The numbers of the protocols' own fields follow those of the known fields, in order.
  constexpr field_name own_field_named(std::string_view name) const noexcept {
    std::size_t number = known_fields;
    for (const profile& one : owners_)
      for (const own_field& field : one.fields) {
        if (!is_unknown(field.name)) continue;
        if (number == known_fields + max_own_fields) return field_name::other;
        if (grammar::equal_ignoring_case(field.name, name)) return static_cast<field_name>(number);
        ++number;
      }
    return field_name::other;
  }

  static constexpr std::uint32_t bit(field_name field) noexcept {
    return std::uint32_t{1} << static_cast<unsigned>(field);
  }

  TURNOUT_NOINLINE constexpr void repeat(field_name field, std::string_view value) noexcept {
    const auto index = static_cast<std::uint8_t>(field);
    if ((repeated_ & bit(field)) == 0) append(field, {lines_[index].value(), index});
    append(field, {value, index});
  }

  constexpr void append(field_name field, const grammar::tagged_value& line) noexcept {
    if (repeats_ == max_lines) {
      left_out_ = field;
      return;
    }
    seen_ |= bit(field);
    repeated_ |= bit(field);
    lines_[known_fields + repeats_++] = line;
  }

  // The line of each field; after them, in order, all lines of fields that have several. The
  // members below say which of them are set. A union can be copied even if some are not.
  union {
    grammar::tagged_value lines_[max_values];
  };
  span<const profile> owners_{};    // the protocols whose own fields are kept
  std::string_view method_name_{};  // with method::other
  std::uint32_t seen_ = 0;          // one bit for each field that was seen; any for `other`
  std::uint32_t repeated_ = 0;      // the fields with several lines
  std::uint8_t repeats_ = 0;        // how many lines those have
  field_name left_out_ = field_name::other;
  http_version version_;
  turnout::method method_ = turnout::method::other;
  std::uint16_t status_ = 0;
};

namespace rules {

/// Where a finding is in the head.
///
/// Takes     found: what a rule found in `seen`; octets: the head that `seen` describes
/// Returns   the code, and the offset in `octets`: of the octet at fault in a field, of the last
///           empty line if a field is missing, 0 for the start line
constexpr failure located(const finding& found, const facts& seen,
                          std::string_view octets) noexcept {
  if (!found || found.field == field_name::other) return {found.why.code, 0};
  const grammar::value_lines lines = seen.lines(found.field);
  if (lines.empty()) return {found.why.code, octets.size() - 2};
  const char* const at = lines.from(found.why.at).data();
  return {found.why.code, static_cast<std::size_t>(at - octets.data())};
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
