// Items of structured fields, a bare item and its parameters: RFC 9651 section 3.3.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/bare_item.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

/// How many octets the key of a parameter takes; 0 if there is none: section 4.2.3.3.
constexpr std::size_t key_size(std::string_view octets) noexcept {
  const auto is_lower = [](char octet) { return octet >= 'a' && octet <= 'z'; };
  if (octets.empty() || !(is_lower(octets[0]) || octets[0] == '*')) return 0;
  constexpr std::string_view others = "_-.*";
  std::size_t size = 1;
  while (size < octets.size() && (is_lower(octets[size]) || is_digit(octets[size]) ||
                                  others.find(octets[size]) != others.npos))
    ++size;
  return size;
}

/// How many SP `octets` begin with. A line fold counts as SP, together with all whitespace around
/// it (only responses may have one: RFC 9112 section 5.2).
constexpr std::size_t space_size(std::string_view octets) noexcept {
  const std::string_view space = turnout::detail::front_of(octets, ows_size(octets));
  const std::size_t tab = space.find('\t');
  return space.find('\r') != space.npos || tab == space.npos ? space.size() : tab;
}

}  // namespace detail

/// How many octets the parameters at the front of `octets` take; there may be none.
///
/// Grammar   parameters = *( ";" *SP key [ "=" bare-item ] ), RFC 9651 section 3.1.2; a key may
///           repeat (section 4.2.3.2)
/// Fails     bad_structured_item at the octet at fault
constexpr result<std::size_t> item_parameters_size(std::string_view octets) noexcept {
  std::size_t at = 0;
  while (at < octets.size() && octets[at] == ';') {
    ++at;
    at += detail::space_size(turnout::detail::rest_of(octets, at));
    const std::size_t key = detail::key_size(turnout::detail::rest_of(octets, at));
    if (key == 0) return detail::bad_item(at);
    at += key;
    if (at == octets.size() || octets[at] != '=') continue;
    ++at;
    const auto value = parse_bare_item_prefix(turnout::detail::rest_of(octets, at));
    if (!value) return detail::bad_item(at + value.error().at);
    at += value->size;
  }
  return at;
}

/// An item: a bare item and its parameters, known to be well-formed.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto item = turnout::grammar::structured_item::parse("edge; error=dns_timeout");
/// assert(item && item->value == "edge" && item->parameter("error") == "dns_timeout");
/// ```
struct structured_item {
  bare_item type = bare_item::boolean;
  std::string_view value{};       ///< the bare item as it was written: `?1`
  std::string_view parameters{};  ///< as they were written, each with its semicolon; may be empty

  /// Reads the item at the front of `octets`.
  ///
  /// Grammar   sf-item, RFC 9651 sections 3.3 and 4.2.3
  /// Returns   the item and how many octets it took
  /// Fails     bad_structured_item at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<parsed_prefix<structured_item>> parse_prefix(
      std::string_view octets) noexcept {
    const auto item = parse_bare_item_prefix(octets);
    if (!item) return item.error();
    const auto parameters = item_parameters_size(turnout::detail::rest_of(octets, item->size));
    if (!parameters) return detail::bad_item(item->size + parameters.error().at);
    const std::size_t end = item->size + *parameters;
    return parsed_prefix<structured_item>{
        {item->value, turnout::detail::front_of(octets, item->size),
         turnout::detail::part_of(octets, item->size, end)},
        end};
  }

  /// Reads a whole field value.
  ///
  /// Grammar   sf-item, RFC 9651 sections 3.3 and 4.2; SP around it is not part of it
  /// Fails     bad_structured_item at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<structured_item> parse(std::string_view octets) noexcept {
    const std::size_t begin = detail::space_size(octets);
    const auto item = parse_prefix(turnout::detail::rest_of(octets, begin));
    if (!item) return detail::bad_item(begin + item.error().at);
    const std::size_t end = begin + item->size;
    const std::size_t after = end + detail::space_size(turnout::detail::rest_of(octets, end));
    if (after != octets.size()) return detail::bad_item(after);
    return item->value;
  }

  /// The value of a parameter as it was written; `?1` if it has a key alone, empty if there is no
  /// such parameter.
  ///
  /// Rule      RFC 9651 section 4.2.3.2: of parameters with the same key the last one counts
  constexpr std::string_view parameter(std::string_view key) const noexcept {
    std::string_view found;
    for (std::string_view rest = parameters; !rest.empty();) {
      rest.remove_prefix(1);
      rest.remove_prefix(detail::space_size(rest));
      const std::string_view name = turnout::detail::front_of(rest, detail::key_size(rest));
      rest.remove_prefix(name.size());
      std::string_view given = "?1";
      if (rest.starts_with('=')) {
        rest.remove_prefix(1);
        given = turnout::detail::front_of(rest, parse_bare_item_prefix(rest)->size);
        rest.remove_prefix(given.size());
      }
      if (name == key) found = given;
    }
    return found;
  }
};

/// True if a field has one line, and its value is the boolean `?1`, with any parameters. Any other
/// value counts as an absent field.
///
/// Grammar   sf-item that is a boolean, RFC 9651 section 3.3.6
constexpr bool is_true(const value_lines& lines) noexcept {
  if (lines.empty() || lines.has_second()) return false;
  const auto item = structured_item::parse(lines.first());
  return item && item->type == bare_item::boolean && item->value == "?1";
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
