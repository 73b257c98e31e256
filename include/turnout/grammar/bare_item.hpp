// Bare items, the values that structured fields are made of: RFC 9651 section 3.3. Reading an item
// finds its type; numbers and strings are checked, not converted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/base64.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/grammar/percent.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/utf8.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// The types of bare items, RFC 9651 section 3.3.
enum class bare_item : std::uint8_t {
  integer,
  decimal,
  string,
  token,
  byte_sequence,
  boolean,
  date,
  display_string
};

namespace detail {

using parsed_item = result<parsed_prefix<bare_item>>;

constexpr failure bad_item(std::size_t at) noexcept { return {errc::bad_structured_item, at}; }

constexpr bool is_printable(char octet) noexcept { return octet >= ' ' && octet <= '~'; }

constexpr std::size_t digits_size(std::string_view octets) noexcept {
  std::size_t size = 0;
  while (size < octets.size() && is_digit(octets[size])) ++size;
  return size;
}

/// Reads an integer of up to 15 digits, or a decimal of up to 12 and 3: section 4.2.4.
constexpr parsed_item parse_number(std::string_view octets) noexcept {
  std::size_t at = octets.starts_with('-') ? 1 : 0;
  const std::size_t digits = digits_size(turnout::detail::rest_of(octets, at));
  const std::size_t end = at + digits;
  const bool decimal = end < octets.size() && octets[end] == '.';
  const std::size_t most = decimal ? 12 : 15;
  if (digits == 0) return bad_item(at);
  if (digits > most) return bad_item(at + most);
  if (!decimal) return parsed_prefix<bare_item>{bare_item::integer, end};
  at = end + 1;
  const std::size_t fraction = digits_size(turnout::detail::rest_of(octets, at));
  if (fraction == 0) return bad_item(at);
  if (fraction > 3) return bad_item(at + 3);
  return parsed_prefix<bare_item>{bare_item::decimal, at + fraction};
}

/// Reads `"..."`, in which a backslash may only precede quotes and backslashes: section 4.2.5.
constexpr parsed_item parse_string(std::string_view octets) noexcept {
  for (std::size_t at = 1; at < octets.size(); ++at) {
    if (octets[at] == '"') return parsed_prefix<bare_item>{bare_item::string, at + 1};
    if (octets[at] != '\\') {
      if (!is_printable(octets[at])) return bad_item(at);
      continue;
    }
    if (++at == octets.size()) break;
    if (octets[at] != '"' && octets[at] != '\\') return bad_item(at);
  }
  return bad_item(octets.size());
}

/// Reads a token, which allows more octets than the token of RFC 9110: section 4.2.6.
constexpr parsed_item parse_item_token(std::string_view octets) noexcept {
  std::size_t size = 1;
  while (size < octets.size() &&
         (is_tchar(octets[size]) || octets[size] == ':' || octets[size] == '/'))
    ++size;
  return parsed_prefix<bare_item>{bare_item::token, size};
}

/// Reads base64 between colons, section 4.2.7: padding may be left out.
constexpr parsed_item parse_byte_sequence(std::string_view octets) noexcept {
  const std::size_t end = octets.find(':', 1);
  const std::size_t size = end == octets.npos ? octets.size() : end;
  const auto content =
      check_base64(turnout::detail::part_of(octets, 1, size), base64::padding_optional);
  if (!content) return bad_item(1 + content.error().at);
  if (end == octets.npos) return bad_item(size);
  return parsed_prefix<bare_item>{bare_item::byte_sequence, size + 1};
}

/// Reads `?0` or `?1`: section 4.2.8.
constexpr parsed_item parse_boolean(std::string_view octets) noexcept {
  if (octets.size() < 2 || (octets[1] != '0' && octets[1] != '1')) return bad_item(1);
  return parsed_prefix<bare_item>{bare_item::boolean, 2};
}

/// Reads "@" and an integer: section 4.2.9.
constexpr parsed_item parse_date(std::string_view octets) noexcept {
  const auto number = parse_number(turnout::detail::rest_of(octets, 1));
  if (!number) return bad_item(1 + number.error().at);
  if (number->value == bare_item::decimal) return bad_item(octets.find('.'));
  return parsed_prefix<bare_item>{bare_item::date, 1 + number->size};
}

/// Reads `%"..."`, which is UTF-8 after percent-decoding: section 4.2.10.
constexpr parsed_item parse_display_string(std::string_view octets) noexcept {
  if (octets.size() < 2 || octets[1] != '"') return bad_item(1);
  utf8_checker text;
  for (std::size_t at = 2; at < octets.size(); ++at) {
    if (octets[at] == '"') {
      if (!text.is_whole()) return bad_item(at);
      return parsed_prefix<bare_item>{bare_item::display_string, at + 1};
    }
    if (!is_printable(octets[at])) return bad_item(at);
    if (octets[at] != '%') {
      if (!text.take(to_number(octets[at]))) return bad_item(at);
      continue;
    }
    const auto octet =
        parse_percent_encoded(turnout::detail::rest_of(octets, at), lower_case_digits);
    if (!octet) return bad_item(at + octet.error().at);
    if (!text.take(*octet)) return bad_item(at);
    at += percent_encoded_size - 1;
  }
  return bad_item(octets.size());
}

}  // namespace detail

/// Reads the bare item at the front of `octets`.
///
/// Grammar   bare-item, RFC 9651 section 4.2.3.1
/// Returns   its type and how many octets it took
/// Fails     bad_structured_item at the octet at fault
constexpr result<parsed_prefix<bare_item>> parse_bare_item_prefix(
    std::string_view octets) noexcept {
  if (octets.empty()) return detail::bad_item(0);
  const char first = octets.front();
  if (first == '-' || is_digit(first)) return detail::parse_number(octets);
  if (first == '*' || is_alpha(first)) return detail::parse_item_token(octets);
  switch (first) {
    case '"':
      return detail::parse_string(octets);
    case ':':
      return detail::parse_byte_sequence(octets);
    case '?':
      return detail::parse_boolean(octets);
    case '@':
      return detail::parse_date(octets);
    case '%':
      return detail::parse_display_string(octets);
    default:
      return detail::bad_item(0);
  }
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
