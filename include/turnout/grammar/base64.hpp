// Base64 and base64url, RFC 4648 sections 4 and 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/base64_alphabet.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// Which alphabet, and whether "=" pads the end.
enum class base64 : std::uint8_t {
  padded,            ///< "+" and "/", with padding: RFC 4648 section 4
  padding_optional,  ///< as padded, but read with less padding or none: RFC 9651 section 4.2.7
  url_unpadded       ///< "-" and "_", without padding: RFC 4648 section 5, as HTTP2-Settings has it
};

namespace detail {

/// The value of each octet as a digit. It uses a C array and indexes, since anything else is slow
/// in constant evaluation.
class base64_digits {
 public:
  constexpr explicit base64_digits(const char* alphabet) noexcept {
    for (std::uint8_t i = 0; i < 64; ++i)
      above_[to_number(alphabet[i])] = static_cast<std::uint8_t>(i + 1);
  }

  /// True if `octet` is a digit.
  constexpr bool contains(char octet) const noexcept { return above_[to_number(octet)] != 0; }
  /// The value of a digit.
  constexpr std::uint32_t value(char digit) const noexcept {
    return above_[to_number(digit)] - std::uint32_t{1};
  }

 private:
  std::uint8_t above_[256]{};  // the value plus 1; 0 if it is not a digit
};

inline constexpr base64_digits base64_values{base64_alphabet.data()};
inline constexpr base64_digits base64url_values{base64url_alphabet.data()};

constexpr const base64_digits& base64_values_of(base64 variant) noexcept {
  return variant == base64::url_unpadded ? base64url_values : base64_values;
}

constexpr std::string_view base64_alphabet_of(base64 variant) noexcept {
  return variant == base64::url_unpadded ? base64url_alphabet : base64_alphabet;
}

}  // namespace detail

/// How many octets of text `size` octets become.
constexpr std::size_t base64_size(std::size_t size, base64 variant = base64::padded) noexcept {
  if (variant != base64::url_unpadded) return (size + 2) / 3 * 4;
  return size / 3 * 4 + (size % 3 == 0 ? 0 : size % 3 + 1);
}

/// Encodes `octets` as text.
///
/// Rule      RFC 4648 sections 4 and 5
/// Returns   how many octets were written at the front of `out`: base64_size(octets.size())
/// Fails     no_space with the size needed
/// Changes   nothing when it fails
///
/// ```cpp
/// const std::uint8_t octets[] = {0xFB, 0xFF};
/// std::array<char, 8> out;
/// const auto size = turnout::grammar::encode_base64(octets, out);
/// assert(size && std::string_view(out.data(), *size) == "+/8=");
/// ```
constexpr result<std::size_t> encode_base64(span<const std::uint8_t> octets, span<char> out,
                                            base64 variant = base64::padded) noexcept {
  const std::size_t needed = base64_size(octets.size(), variant);
  if (needed > out.size()) return failure{errc::no_space, needed};
  const std::string_view alphabet = detail::base64_alphabet_of(variant);
  const auto octet = [octets](std::size_t i) -> std::uint32_t {
    return i < octets.size() ? octets[i] : 0;
  };
  std::size_t to = 0;
  std::size_t from = 0;
  for (; from + 3 <= octets.size(); from += 3, to += 4)
    detail::put_base64_group(&out[to], octet(from) << 16 | octet(from + 1) << 8 | octet(from + 2),
                             alphabet);
  char last[4]{};
  detail::put_base64_group(last, octet(from) << 16 | octet(from + 1) << 8, alphabet);
  for (std::size_t i = 0; to < needed; ++i, ++to)
    out[to] = from + i <= octets.size() ? last[i] : '=';
  return needed;
}

/// Checks that all of `text` can be decoded.
///
/// Rule      RFC 4648 sections 3.3, 4 and 5: no line breaks, no octet outside the alphabet, padding
///           exactly where it is needed. Leftover bits are not checked: in the example key of RFC
///           6455 section 4.1 they are not zero.
/// Returns   how many octets the text encodes
/// Fails     bad_base64 at the octet at fault, or at the size of `text` if octets are missing
constexpr result<std::size_t> check_base64(std::string_view text,
                                           base64 variant = base64::padded) noexcept {
  const auto& values = detail::base64_values_of(variant);
  std::size_t digits = 0;
  while (digits < text.size() && values.contains(text[digits])) ++digits;

  std::size_t end = digits;
  if (variant != base64::url_unpadded && digits % 4 > 1)
    while (end < text.size() && end % 4 != 0 && text[end] == '=') ++end;
  const bool padding_is_due = variant == base64::padded && end % 4 != 0;
  if (end != text.size() || digits % 4 == 1 || padding_is_due)
    return failure{errc::bad_base64, end};
  return digits * 6 / 8;
}

/// Decodes text.
///
/// Returns   how many octets were written at the front of `out`
/// Fails     as check_base64() does; no_space with the size needed
/// Changes   nothing when it fails
///
/// ```cpp
/// std::array<std::uint8_t, 4> out;
/// const auto size = turnout::grammar::decode_base64("+/8=", out);
/// assert(size && *size == 2 && out[0] == 0xFB && out[1] == 0xFF);
/// ```
constexpr result<std::size_t> decode_base64(std::string_view text, span<std::uint8_t> out,
                                            base64 variant = base64::padded) noexcept {
  const auto needed = check_base64(text, variant);
  if (!needed) return needed;
  if (*needed > out.size()) return failure{errc::no_space, *needed};
  const auto& values = detail::base64_values_of(variant);
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t size = 0;
  for (const char digit :
       turnout::detail::front_of(text, base64_size(*needed, base64::url_unpadded))) {
    bits = (bits << 6) | values.value(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[size++] = static_cast<std::uint8_t>(bits >> held);
  }
  return size;
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
