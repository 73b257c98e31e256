// The first line of a response: RFC 9112 section 4. The space after the status code may be missing
// (decision D11).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"

namespace turnout {
inline namespace v0 {

/// The start line of a response.
///
/// Borrows   the octets it was read from
struct status_line {
  /// The kind of message that begins with this line.
  static constexpr detail::message_kind kind = detail::message_kind::response;

  http_version version;        ///< the version that the server speaks
  std::uint16_t status = 200;  ///< the status code: three digits, also outside 100 to 599
  std::string_view reason;     ///< the reason phrase, which has no meaning; may be empty

  /// Reads a line.
  ///
  /// Grammar   status-line = HTTP-version SP 3DIGIT SP [ reason-phrase ], RFC 9112 section 4; the
  ///           last SP may be missing if there is no reason phrase, as many servers omit it
  /// Takes     line: without its CRLF
  /// Fails     bad_http_version, unsupported_http_version, bad_status_line, bad_reason_phrase at
  ///           the octet at fault
  /// Borrows   from `line`
  ///
  /// ```cpp
  /// const auto line = turnout::status_line::parse("HTTP/1.1 101 Switching Protocols");
  /// assert(line && line->status == 101 && line->reason == "Switching Protocols");
  /// ```
  static constexpr result<status_line> parse(std::string_view line) noexcept {
    status_line parsed;
    const failure why = parsed.assign(line);
    if (why.code != errc::none) return why;
    const std::size_t bad = grammar::stop_scanner{parsed.reason, 0}.next();
    if (bad < parsed.reason.size())
      return failure{errc::bad_reason_phrase, line.size() - parsed.reason.size() + bad};
    return parsed;
  }

  /// Reads a line as parse() does, in place.
  ///
  /// Takes     line: without control octets other than HTAB, as are all lines of a head
  /// Fails     as parse(); the value is then unspecified
  TURNOUT_INLINE constexpr failure assign(std::string_view line) noexcept {
    if constexpr (detail::optimized_for_size) return assign_any(line);
    constexpr std::size_t after = version_size + 4;
    if (line.size() > after && line[version_size] == ' ' && line[after] == ' ' &&
        detail::load_word(line.data()) == detail::load_word("HTTP/1.1")) {
      unsigned code = 0;
      bool digits = true;
      for (std::size_t i = version_size + 1; i < after; ++i) {
        digits = digits && grammar::is_digit(line[i]);
        code = code * 10 + static_cast<unsigned>(line[i] - '0');
      }
      version = http_1_1;
      status = static_cast<std::uint16_t>(code);
      reason = detail::rest_of(line, after + 1);
      if (digits) return {};
    }
    return assign_any(line);
  }

  /// True for 100 to 199: a response that another one follows (RFC 9110 section 15.2).
  constexpr bool is_interim() const noexcept { return status >= 100 && status < 200; }

  /// Puts the line and its CRLF, always with the space before the reason phrase. Fails with
  /// bad_status_to_write for a code without three digits, and with unwritable at the octet of the
  /// reason phrase that is not allowed.
  constexpr void put(writer& to) const noexcept {
    const std::size_t bad = grammar::stop_scanner{reason, 0}.next();
    if (bad < reason.size()) to.fail({errc::unwritable, bad});
    if (status < 100 || status > 999) to.fail({errc::bad_status_to_write, 0});
    version.put(to);
    to.put(' ');
    to.put_number(status);
    to.put(' ');
    to.put(reason);
    to.put("\r\n");
  }

  friend constexpr bool operator==(const status_line&, const status_line&) = default;

 private:
  static constexpr std::size_t version_size = 8;

  /// Reads any line as assign() does.
  TURNOUT_OUT_OF_LINE constexpr failure assign_any(std::string_view line) noexcept {
    const std::size_t end = detail::before(line, ' ').size();
    const auto spoken = http_version::parse(detail::front_of(line, end));
    if (!spoken) return spoken.error();
    if (end == line.size()) return {errc::bad_status_line, end};
    const std::size_t code = version_size + 1;
    for (std::size_t i = code; i < code + 3; ++i)
      if (i >= line.size() || !grammar::is_digit(line[i])) return {errc::bad_status_line, i};
    const std::size_t after = code + 3;
    if (after < line.size() && line[after] != ' ') return {errc::bad_status_line, after};

    version = *spoken;
    status =
        static_cast<std::uint16_t>(*grammar::parse_decimal(detail::part_of(line, code, after)));
    reason = after < line.size() ? detail::rest_of(line, after + 1) : std::string_view{};
    return {};
  }
};

}  // namespace v0
}  // namespace turnout
