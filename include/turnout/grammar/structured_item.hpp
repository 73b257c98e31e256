// Items of structured fields, a bare item and its parameters: RFC 9651 section 3.3.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/bare_item.hpp"
#include "turnout/grammar/token.hpp"

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
struct structured_item {
  bare_item type = bare_item::boolean;
  std::string_view value{};       ///< the bare item as it was written: `?1`
  std::string_view parameters{};  ///< as they were written, each with its semicolon; may be empty

  /// Reads a whole field value.
  ///
  /// Grammar   sf-item, RFC 9651 sections 3.3 and 4.2; SP around it is not part of it
  /// Fails     bad_structured_item at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<structured_item> parse(std::string_view octets) noexcept {
    const std::size_t begin = detail::space_size(octets);
    const auto item = parse_bare_item_prefix(turnout::detail::rest_of(octets, begin));
    if (!item) return detail::bad_item(begin + item.error().at);
    const std::size_t middle = begin + item->size;
    const auto parameters = item_parameters_size(turnout::detail::rest_of(octets, middle));
    if (!parameters) return detail::bad_item(middle + parameters.error().at);
    const std::size_t end = middle + *parameters;
    const std::size_t after = end + detail::space_size(turnout::detail::rest_of(octets, end));
    if (after != octets.size()) return detail::bad_item(after);
    return structured_item{item->value, turnout::detail::part_of(octets, begin, middle),
                           turnout::detail::part_of(octets, middle, end)};
  }
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
