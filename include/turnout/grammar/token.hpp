// Tokens and the whitespace around them: RFC 9110 sections 5.6.2 and 5.6.3.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// Something read from the front of octets, and how many of them it took.
template <class Value>
struct parsed_prefix {
  Value value{};         ///< the value that was read
  std::size_t size = 0;  ///< how many octets it took
};

namespace detail {

TURNOUT_OUT_OF_LINE constexpr bool is_any_token(std::string_view octets) noexcept {
  return !octets.empty() && find_not<octet_class::tchar>(octets) == octets.size();
}

}  // namespace detail

/// True if all of `octets` are one token.
///
/// Grammar   token = 1*tchar, RFC 9110 section 5.6.2
TURNOUT_INLINE constexpr bool is_token(std::string_view octets) noexcept {
  if (!turnout::detail::optimized_for_size && are_plainly_unreserved(octets)) return true;
  return detail::is_any_token(octets);
}

/// The size of the token at the front of `octets`; 0 if there is none.
///
/// Grammar   token = 1*tchar, RFC 9110 section 5.6.2
constexpr std::size_t token_size(std::string_view octets) noexcept {
  return find_not<octet_class::tchar>(octets);
}

/// Puts a token; fails with unwritable at the octet that is not a tchar, or at 0 if the token is
/// empty.
TURNOUT_INLINE constexpr void put_token(writer& to, std::string_view token) noexcept {
  if (turnout::detail::writing::checks(to) && !is_token(token))
    to.fail({errc::unwritable, find_not<octet_class::tchar>(token)});
  to.put(token);
}

namespace detail {

constexpr std::size_t some_ows_size(std::string_view octets) noexcept {
  std::size_t size = 0;
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

}  // namespace detail

/// How much whitespace `octets` begin with: SP, HTAB, and line folds, which count as whitespace in
/// a list (only responses may have one: RFC 9112 section 5.2).
///
/// Grammar   OWS, RFC 9110 section 5.6.3; obs-fold, RFC 9112 section 5.2
/// Returns   the number of octets
TURNOUT_INLINE constexpr std::size_t ows_size(std::string_view octets) noexcept {
  if (octets.empty() || to_number(octets.front()) > ' ') [[likely]]
    return 0;
  return detail::some_ows_size(octets);
}

namespace detail {

constexpr std::string_view trimmed(std::string_view octets) noexcept {
  octets.remove_prefix(ows_size(octets));
  while (!octets.empty() && is_ows(octets.back())) {
    octets.remove_suffix(1);
    if (octets.ends_with("\r\n")) octets.remove_suffix(2);
  }
  return octets;
}

}  // namespace detail

/// The octets without the whitespace before and after them.
///
/// Rule      OWS around a field value is not part of it, RFC 9112 section 5.1
/// Borrows   from `octets`
TURNOUT_INLINE constexpr std::string_view trim(std::string_view octets) noexcept {
  const bool bare = !octets.empty() && to_number(octets.front()) > ' ' && !is_ows(octets.back());
  if (bare) [[likely]]
    return octets;
  return detail::trimmed(octets);
}

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
