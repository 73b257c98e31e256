// Quoted strings, RFC 9110 section 5.6.4; and values that may be a token or a quoted-string, which
// mean the same (section 5.6.6).
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// How many octets the quoted-string at the front of `octets` takes, both quotes included.
///
/// Grammar   quoted-string, RFC 9110 section 5.6.4
/// Takes     octets: begin with a quote
/// Fails     bad_quoted_string at the octet that is not allowed there, or at the size of `octets`
///           if the closing quote is missing
constexpr result<std::size_t> quoted_string_size(std::string_view octets) noexcept {
  if (octets.empty() || octets.front() != '"') return failure{errc::bad_quoted_string, 0};
  for (std::size_t at = 1; at < octets.size(); ++at) {
    if (octets[at] == '"') return at + 1;
    if (octets[at] == '\\' && ++at == octets.size()) break;
    // Apart from quotes and backslashes, qdtext and quoted-pair allow the same octets as field
    // values.
    if (!octet_class::field.contains(octets[at])) return failure{errc::bad_quoted_string, at};
  }
  return failure{errc::bad_quoted_string, octets.size()};
}

/// A token, or the unescaped text of a quoted-string.
///
/// Borrows   the octets it was read from, quotes included
///
/// ```cpp
/// const auto read =
///     turnout::grammar::token_or_quoted_string::parse_prefix("\"a \\\"b\\\"\"; c");
/// std::array<char, 16> out;
/// turnout::writer to{out};
/// read->value.put_text(to);
/// assert(std::string_view(out.data(), to.size()) == "a \"b\"");
/// ```
class token_or_quoted_string {
 public:
  /// The empty text, which is not a token.
  constexpr token_or_quoted_string() = default;

  /// Reads the token or quoted-string at the front of `octets`.
  ///
  /// Grammar   token / quoted-string, RFC 9110 sections 5.6.2 and 5.6.4
  /// Returns   the text and how many octets it took
  /// Fails     bad_token at 0; bad_quoted_string
  /// Borrows   from `octets`
  static constexpr result<parsed_prefix<token_or_quoted_string>> parse_prefix(
      std::string_view octets) noexcept {
    const bool quoted = !octets.empty() && octets.front() == '"';
    if (quoted) {
      const auto size = quoted_string_size(octets);
      if (!size) return size.error();
      return parsed_prefix<token_or_quoted_string>{
          token_or_quoted_string{turnout::detail::part_of(octets, 1, *size - 1)}, *size};
    }
    const std::size_t size = token_size(octets);
    if (size == 0) return failure{errc::bad_token, 0};
    return parsed_prefix<token_or_quoted_string>{
        token_or_quoted_string{turnout::detail::front_of(octets, size)}, size};
  }

  /// How many octets the text has.
  constexpr std::size_t size() const noexcept {
    std::size_t octets = 0;
    for (std::size_t at = 0; at < escaped_.size(); ++octets) (void)take(at);
    return octets;
  }

  /// True if the text is a token, whether it was quoted or not.
  constexpr bool is_token() const noexcept {
    for (std::size_t at = 0; at < escaped_.size();)
      if (!is_tchar(take(at))) return false;
    return !escaped_.empty();
  }

  /// Puts the text itself, without quotes and backslashes.
  constexpr void put_text(writer& to) const noexcept {
    for (std::size_t at = 0; at < escaped_.size();) to.put(take(at));
  }

  /// Puts the text as a token if it is one, else as a quoted-string.
  constexpr void put(writer& to) const noexcept {
    if (is_token()) return put_text(to);
    to.put('"');
    for (std::size_t at = 0; at < escaped_.size();) {
      const char octet = take(at);
      if (octet == '"' || octet == '\\') to.put('\\');
      to.put(octet);
    }
    to.put('"');
  }

  /// True if the text is `text`, octet for octet.
  friend constexpr bool operator==(const token_or_quoted_string& one,
                                   std::string_view text) noexcept {
    std::size_t at = 0;
    for (const char octet : text)
      if (at == one.escaped_.size() || one.take(at) != octet) return false;
    return at == one.escaped_.size();
  }

  /// True if both have the same text, whether it was quoted or not.
  friend constexpr bool operator==(const token_or_quoted_string& one,
                                   const token_or_quoted_string& other) noexcept {
    std::size_t here = 0;
    std::size_t there = 0;
    while (here < one.escaped_.size() && there < other.escaped_.size())
      if (one.take(here) != other.take(there)) return false;
    return here == one.escaped_.size() && there == other.escaped_.size();
  }

 private:
  constexpr explicit token_or_quoted_string(std::string_view escaped) noexcept
      : escaped_{escaped} {}

  /// The octet of the text that begins at `at`; moves `at` after it.
  constexpr char take(std::size_t& at) const noexcept {
    if (escaped_[at] == '\\') ++at;
    return escaped_[at++];
  }

  std::string_view escaped_;  // a token, or the inside of a quoted-string with its backslashes
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
