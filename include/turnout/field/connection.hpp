// Connection, the control options of one hop: RFC 9110 section 7.6.1.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/field/name_set.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One connection option: often the name of a field that is meant for this hop alone.
///
/// Borrows   the octets it was read from
struct connection_option {
  std::string_view text{};  ///< a token; any case is the same option

  /// Reads the option at the front of `octets`.
  ///
  /// Grammar   connection-option = token, RFC 9110 section 7.6.1
  /// Fails     bad_token at 0
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<connection_option>> parse_prefix(
      std::string_view octets) noexcept {
    const std::size_t size = grammar::token_size(octets);
    if (size == 0) return failure{errc::bad_token, 0};
    return grammar::parsed_prefix<connection_option>{{turnout::detail::front_of(octets, size)},
                                                     size};
  }

  /// Puts the option as it came; fails with unwritable if it is not a token.
  constexpr void put(writer& to) const noexcept { grammar::put_token(to, text); }

  /// True if both are the same in any case.
  friend constexpr bool operator==(connection_option one, connection_option other) noexcept {
    return grammar::equal_ignoring_case(one.text, other.text);
  }
};

/// The value of Connection: options in any order.
///
/// Grammar   Connection = #connection-option, RFC 9110 section 7.6.1
///
/// ```cpp
/// const auto options = turnout::field::connection::parse("keep-alive, Upgrade");
/// assert(options && options->contains({"upgrade"}) && !options->contains({"close"}));
/// ```
using connection = grammar::list<connection_option, 0, errc::bad_connection>;

namespace detail {

/// The options that the lines of Connection list. Sets `why` to what is wrong with them, as in
/// connection::parse().
constexpr name_set listed_in(grammar::value_lines lines, std::size_t max_elements,
                             failure& why) noexcept {
  name_set listed;
  grammar::detail::element_places places{lines, max_elements, errc::bad_connection};
  for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
    const auto option = connection_option::parse_prefix(rest);
    if (places.take(option.error(), option->size))
      listed = listed | known_field(option->value.text);
  }
  why = places.why();
  return listed;
}

/// True if well-formed lines list an option.
constexpr bool lists(grammar::value_lines lines, std::string_view option) noexcept {
  grammar::detail::element_places places{lines};
  for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
    const std::size_t size = grammar::token_size(rest);
    if (grammar::equal_ignoring_case(turnout::detail::front_of(rest, size), option)) return true;
    places.take({}, size);
  }
  return false;
}

}  // namespace detail

/// What Connection lists, found in one pass.
struct connection_summary {
  failure why;              ///< as in connection::parse(); errc::none if it is well-formed
  detail::name_set listed;  ///< the options; field_name::other for any that it doesn't name

  /// True if it lists `option`.
  constexpr bool lists(field_name option) const noexcept { return listed.has(option); }

  /// Reads all lines of the field.
  ///
  /// Fails     why: as connection::parse()
  TURNOUT_INLINE static constexpr connection_summary read(grammar::value_lines lines,
                                                          std::size_t max_elements) noexcept {
    // Most upgrade requests list nothing else.
    if (grammar::are_letters(lines.only(), "upgrade") && max_elements > 0)
      return {{}, field_name::upgrade};
    return read_any(lines, max_elements);
  }

 private:
  TURNOUT_OUT_OF_LINE static constexpr connection_summary read_any(
      grammar::value_lines lines, std::size_t max_elements) noexcept {
    // Firefox sends this.
    if (!turnout::detail::optimized_for_size && max_elements >= 2 &&
        grammar::equal_ignoring_case(lines.only(), "keep-alive, Upgrade"))
      return {{}, detail::name_set{field_name::keep_alive} | field_name::upgrade};
    connection_summary found;
    found.listed = detail::listed_in(lines, max_elements, found.why);
    return found;
  }
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
