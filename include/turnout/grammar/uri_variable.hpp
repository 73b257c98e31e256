// The value of a variable in a URI template, in its encoded form: RFC 6570 section 3.2.2, RFC 3986
// section 2.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/percent.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// True for the octets that stay as they are.
///
/// Grammar   unreserved, RFC 3986 section 2.3
constexpr bool is_unreserved(char octet) noexcept {
  return is_alpha(octet) || is_digit(octet) || octet == '-' || octet == '.' || octet == '_' ||
         octet == '~';
}

/// Puts a variable: percent-encodes all octets except the unreserved ones.
///
/// Grammar   simple string expansion, RFC 6570 section 3.2.2; unreserved, RFC 3986 section 2.3
constexpr void put_uri_variable(writer& to, std::string_view octets) noexcept {
  for (const char octet : octets) {
    if (is_unreserved(octet))
      to.put(octet);
    else
      put_percent_encoded(to, octet, upper_case_digits);
  }
}

/// Decodes a variable.
///
/// Grammar   pct-encoded, RFC 3986 section 2.1, with digits of any case
/// Takes     out: where to write: as many octets as `octets` has are always enough
/// Returns   how many octets were written at the front of `out`
/// Fails     bad_percent_encoding at the "%" that is not followed by two digits; no_space at the
///           first octet that does not fit
///
/// ```cpp
/// std::array<char, 16> out;
/// const auto size = turnout::grammar::decode_uri_variable("2001%3Adb8%3a%3A1", out);
/// assert(std::string_view(out.data(), *size) == "2001:db8::1");
/// ```
constexpr result<std::size_t> decode_uri_variable(std::string_view octets,
                                                  span<char> out) noexcept {
  std::size_t size = 0;
  for (std::size_t at = 0; at < octets.size(); ++at, ++size) {
    if (size == out.size()) return failure{errc::no_space, at};
    out[size] = octets[at];
    if (octets[at] != '%') continue;
    if (octets.size() - at < percent_encoded_size) return failure{errc::bad_percent_encoding, at};
    const auto value = parse_hexadecimal_prefix(
        turnout::detail::part_of(octets, at + 1, at + percent_encoded_size));
    if (!value || value->size != 2) return failure{errc::bad_percent_encoding, at};
    out[size] = static_cast<char>(value->value);
    at += 2;
  }
  return size;
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
