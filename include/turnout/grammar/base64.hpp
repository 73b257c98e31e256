// Base64 and base64url, RFC 4648 sections 4 and 5.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"

namespace turnout::inline v0 {

/// Which 64 octets, and whether "=" pads the end.
enum class base64 : std::uint8_t {
  padded,            ///< "+" and "/", with padding: RFC 4648 section 4
  padding_optional,  ///< as padded, but read without padding too: RFC 9651 section 4.2.7
  url_unpadded       ///< "-" and "_", without padding: RFC 4648 section 5, as HTTP2-Settings has it
};

namespace detail {

inline constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

inline constexpr std::uint8_t no_digit = 64;

constexpr std::array<std::uint8_t, 256> base64_digits(std::string_view alphabet) noexcept {
  std::array<std::uint8_t, 256> digits{};
  for (std::uint8_t& digit : digits) digit = no_digit;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    digits[to_number(alphabet[i])] = static_cast<std::uint8_t>(i);
  return digits;
}

inline constexpr auto base64_values = base64_digits(base64_alphabet);
inline constexpr auto base64url_values = base64_digits(base64url_alphabet);

constexpr const std::array<std::uint8_t, 256>& base64_values_of(base64 variant) noexcept {
  return variant == base64::url_unpadded ? base64url_values : base64_values;
}

/// The eight digits of the lower 48 bits of `bits`, all at once.
constexpr std::array<char, 8> base64_text(std::uint64_t bits, base64 variant) noexcept {
  constexpr std::uint64_t in_every_octet = 0x0101010101010101;
  std::uint64_t digits = (bits >> 24 & 0xFFFFFF) << 32 | (bits & 0xFFFFFF);
  digits = (digits & 0x00FFF00000FFF000) << 4 | (digits & 0x00000FFF00000FFF);
  digits = (digits & 0x0FC00FC00FC00FC0) << 2 | (digits & 0x003F003F003F003F);

  // From A on, each run of the alphabet moves all digits behind it.
  const auto from = [digits](unsigned digit, int moved_by) {
    const std::uint64_t behind = digits + (128 - digit) * in_every_octet;
    return (behind >> 7 & in_every_octet) * static_cast<std::uint64_t>(moved_by);
  };
  const bool url = variant == base64::url_unpadded;
  const std::uint64_t text = digits + 'A' * in_every_octet + from(26, 'a' - 'Z' - 1) +
                             from(52, '0' - 'z' - 1) + from(62, (url ? '-' : '+') - '9' - 1) +
                             from(63, url ? '_' - '-' - 1 : '/' - '+' - 1);
  const auto octet = [text](int i) { return static_cast<char>(text >> (56 - 8 * i)); };
  return {octet(0), octet(1), octet(2), octet(3), octet(4), octet(5), octet(6), octet(7)};
}

}  // namespace detail

/// How many octets of text `size` octets become.
constexpr std::size_t base64_size(std::size_t size, base64 variant = base64::padded) noexcept {
  if (variant != base64::url_unpadded) return (size + 2) / 3 * 4;
  return size / 3 * 4 + (size % 3 == 0 ? 0 : size % 3 + 1);
}

/// Writes `octets` as text.
///
/// Rule      RFC 4648 sections 4 and 5
/// Returns   how many octets were written at the front of `out`: base64_size(octets.size())
/// Fails     no_space with the size needed
/// Changes   nothing when it fails
constexpr result<std::size_t> encode_base64(std::span<const std::uint8_t> octets,
                                            std::span<char> out,
                                            base64 variant = base64::padded) noexcept {
  const std::size_t needed = base64_size(octets.size(), variant);
  if (needed > out.size()) return failure{errc::no_space, needed};
  const std::size_t digits = base64_size(octets.size(), base64::url_unpadded);
  for (std::size_t from = 0, to = 0; to < needed; from += 6, to += 8) {
    std::uint64_t bits = 0;
    for (std::size_t i = from; i < from + 6; ++i)
      bits = bits << 8 | (i < octets.size() ? octets[i] : 0);
    const auto text = detail::base64_text(bits, variant);
    for (std::size_t i = to; i < to + 8 && i < needed; ++i)
      out[i] = i < digits ? text[i - to] : '=';
  }
  return needed;
}

/// Checks that all of `text` can be read back.
///
/// Rule      RFC 4648 sections 3.3, 4 and 5: no line breaks, no octet outside the alphabet, padding
///           exactly where it is due. Bits left over are not looked at: the example key of RFC 6455
///           section 4.1 has some that are not zero.
/// Returns   how many octets the text stands for
/// Fails     bad_base64 at the octet at fault, or at the size of `text` if octets are missing
constexpr result<std::size_t> check_base64(std::string_view text,
                                           base64 variant = base64::padded) noexcept {
  const auto& values = detail::base64_values_of(variant);
  std::size_t digits = 0;
  while (digits < text.size() && values[to_number(text[digits])] != detail::no_digit) ++digits;

  std::size_t end = digits;
  if (variant != base64::url_unpadded && digits % 4 > 1)
    while (end < text.size() && end % 4 != 0 && text[end] == '=') ++end;
  const bool padding_is_due = variant == base64::padded && end % 4 != 0;
  if (end != text.size() || digits % 4 == 1 || padding_is_due)
    return failure{errc::bad_base64, end};
  return digits * 6 / 8;
}

/// Reads text back.
///
/// Returns   how many octets were written at the front of `out`
/// Fails     as check_base64() does; no_space with the size needed
/// Changes   nothing when it fails
constexpr result<std::size_t> decode_base64(std::string_view text, std::span<std::uint8_t> out,
                                            base64 variant = base64::padded) noexcept {
  const auto needed = check_base64(text, variant);
  if (!needed) return needed;
  if (*needed > out.size()) return failure{errc::no_space, *needed};
  const auto& values = detail::base64_values_of(variant);
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t size = 0;
  for (const char digit : text.substr(0, base64_size(*needed, base64::url_unpadded))) {
    bits = (bits << 6) | values[to_number(digit)];
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[size++] = static_cast<std::uint8_t>(bits >> held);
  }
  return size;
}

}  // namespace turnout::inline v0
