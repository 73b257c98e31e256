// Tokens and the whitespace around them: RFC 9110 sections 5.6.2 and 5.6.3.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/scan.hpp"

namespace turnout::inline v0 {

/// Something read from the front of octets, and how many of them it took.
template <class Value>
struct front {
  Value value{};         ///< what was read
  std::size_t size = 0;  ///< how many octets it took
};

/// True if all of `octets` are one token.
///
/// Grammar   token = 1*tchar, RFC 9110 section 5.6.2
constexpr bool is_token(std::string_view octets) noexcept {
  return !octets.empty() && find_not(octet_class::tchar, octets) == octets.size();
}

namespace detail {

/// The top bit of each octet of `word` that is no letter and no hyphen.
constexpr std::uint64_t tops_of_others(std::uint64_t word) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;  // sums of 7-bit numbers never carry into a neighbour
  const std::uint64_t upper = to_upper_letters(low);
  const std::uint64_t before_a = ~(upper + in_every_octet(0x80 - 'A'));
  const std::uint64_t behind_z = upper + in_every_octet(0x7F - 'Z');
  const std::uint64_t no_hyphen = (low ^ in_every_octet('-')) + in_every_octet(0x7F);
  return (((before_a | behind_z) & no_hyphen) | word) & top;
}

}  // namespace detail

/// The size of the token at the front of `octets`; 0 if there is none.
///
/// Grammar   token = 1*tchar, RFC 9110 section 5.6.2
constexpr std::size_t token_size(std::string_view octets) noexcept {
  // Most tokens are short, and of letters and hyphens: eight octets at a time.
  std::size_t at = 0;
  for (std::size_t plain = 8; plain == 8; at += plain) {
    const std::uint64_t word = detail::load_front(octets.data() + at, octets.size() - at);
    const std::uint64_t others = detail::tops_of_others(word);
    plain = static_cast<std::size_t>(std::countr_zero(others)) / 8;
  }
  return find_not(octet_class::tchar, octets, at);
}

/// Reads the token at the front of `octets`.
///
/// Grammar   token = 1*tchar, RFC 9110 section 5.6.2
/// Returns   the token and its size
/// Fails     bad_token at 0 if `octets` do not begin with a tchar
/// Borrows   from `octets`
constexpr result<front<std::string_view>> read_token(std::string_view octets) noexcept {
  const std::size_t size = token_size(octets);
  if (size == 0) return failure{errc::bad_token, 0};
  return front<std::string_view>{octets.substr(0, size), size};
}

/// Puts a token; fails with unwritable at the octet that no token has, or at 0 if there is none.
constexpr void put_token(writer& to, std::string_view token) noexcept {
  if (!is_token(token)) to.fail({errc::unwritable, find_not(octet_class::tchar, token)});
  to.put(token);
}

/// How much whitespace `octets` begin with: SP, HTAB, and line folds, which are whitespace to a
/// list (only a response can hold one: RFC 9112 section 5.2).
///
/// Grammar   OWS, RFC 9110 section 5.6.3; obs-fold, RFC 9112 section 5.2
/// Returns   the number of octets
constexpr std::size_t ows_size(std::string_view octets) noexcept {
  std::size_t size = 0;
  if (octets.empty() || to_number(octets.front()) > ' ') return size;  // as it is most often
  while (size < octets.size()) {
    if (is_ows(octets[size])) {
      ++size;
    } else if (octets.size() - size > 2 && octets[size] == '\r' && octets[size + 1] == '\n' &&
               is_ows(octets[size + 2])) {
      size += 3;
    } else {
      break;
    }
  }
  return size;
}

/// The octets without the whitespace before and after them.
///
/// Rule      OWS around a field value is not part of it, RFC 9112 section 5.1
/// Borrows   from `octets`
constexpr std::string_view trim(std::string_view octets) noexcept {
  const bool bare = !octets.empty() && to_number(octets.front()) > ' ' && !is_ows(octets.back());
  if (bare) return octets;
  octets.remove_prefix(ows_size(octets));
  while (!octets.empty() && is_ows(octets.back())) {
    octets.remove_suffix(1);
    if (octets.size() >= 2 && octets.substr(octets.size() - 2) == "\r\n") octets.remove_suffix(2);
  }
  return octets;
}

}  // namespace turnout::inline v0
