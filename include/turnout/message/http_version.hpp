// The version of HTTP that a message names: RFC 9112 section 2.3.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {

/// A version of HTTP: two numbers of one digit. Its major number is 1 in every message that the
/// library accepts; a minor number above 1 is handled like 1 (RFC 9110 section 6.2).
///
/// ```cpp
/// assert(turnout::http_version::parse("HTTP/1.0")->minor == 0);
/// assert(*turnout::http_version::parse("HTTP/1.0") < turnout::http_1_1);
/// ```
struct http_version {
  std::uint8_t major = 1;  ///< 0 to 9
  std::uint8_t minor = 1;  ///< 0 to 9

  /// Reads all of `octets`.
  ///
  /// Grammar   HTTP-version = "HTTP/" DIGIT "." DIGIT, case-sensitive, RFC 9112 section 2.3
  /// Fails     bad_http_version at the octet at fault; unsupported_http_version at the major
  ///           number if it is not 1
  static constexpr result<http_version> parse(std::string_view octets) noexcept {
    if (octets == "HTTP/1.1") return http_version{1, 1};
    constexpr std::string_view pattern = "HTTP/d.d";
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const bool there = i < octets.size();
      const bool fits =
          there && (pattern[i] == 'd' ? grammar::is_digit(octets[i]) : pattern[i] == octets[i]);
      if (!fits) return failure{errc::bad_http_version, i};
    }
    if (octets.size() > pattern.size()) return failure{errc::bad_http_version, pattern.size()};
    if (octets[5] != '1') return failure{errc::unsupported_http_version, 5};
    return http_version{1, static_cast<std::uint8_t>(octets[7] - '0')};
  }

  /// Puts the version.
  constexpr void put(writer& to) const noexcept {
    to.put("HTTP/");
    put_number(to);
  }
  /// Puts the version without the name of the protocol.
  constexpr void put_number(writer& to) const noexcept {
    const char octets[] = {static_cast<char>('0' + major), '.', static_cast<char>('0' + minor)};
    to.put(std::string_view{octets, sizeof octets});
  }

  friend constexpr bool operator==(const http_version&, const http_version&) = default;
  /// The major number decides before the minor one.
  friend constexpr auto operator<=>(const http_version& one, const http_version& other) noexcept {
    return one.number() <=> other.number();
  }

 private:
  constexpr int number() const noexcept { return major << 8 | minor; }
};

/// The version that the library speaks, and the first one with interim responses and Upgrade.
inline constexpr http_version http_1_1{1, 1};

}  // namespace v0
}  // namespace turnout
