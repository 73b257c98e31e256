// The first line of a request: RFC 9112 section 3.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_target.hpp"

namespace turnout::inline v0 {

/// The start line of a request.
///
/// Borrows   the octets it was read from
struct request_line {
  /// Which kind of message begins with this line.
  static constexpr message_kind kind = message_kind::request;

  turnout::method method = turnout::method::get;  ///< the method, if it is a known one
  std::string_view method_name = "GET";           ///< its name as it came: case matters
  request_target target;                          ///< what is asked for
  http_version version;                           ///< what the client speaks

  /// Reads a line.
  ///
  /// Grammar   request-line = method SP request-target SP HTTP-version, RFC 9112 section 3, each
  ///           SP exactly one space
  /// Takes     line: without its CRLF
  /// Fails     bad_method, bad_target, bad_http_version, unsupported_http_version at the octet at
  ///           fault; bad_request_line where a part or the space before it is missing
  /// Borrows   from `line`
  static constexpr result<request_line> parse(std::string_view line) noexcept {
    request_line parsed;
    const auto token = read_token(line);
    if (!token) return failure{errc::bad_method, 0};
    std::size_t at = token->size;
    if (at == line.size()) return failure{errc::bad_request_line, at};
    if (line[at] != ' ') return failure{errc::bad_method, at};
    parsed.method_name = token->value;
    parsed.method = method_named(token->value);

    ++at;
    const std::size_t end = line.find(' ', at);
    if (end == at || at == line.size()) return failure{errc::bad_request_line, at};
    const auto target = request_target::parse(parsed.method, line.substr(at, end - at));
    if (!target) return failure{target.error().code, at + target.error().at};
    if (end == line.npos) return failure{errc::bad_request_line, line.size()};
    parsed.target = *target;

    at = end + 1;
    if (at == line.size()) return failure{errc::bad_request_line, at};
    const auto version = http_version::parse(line.substr(at));
    if (!version) return failure{version.error().code, at + version.error().at};
    parsed.version = *version;
    return parsed;
  }

  /// Puts the line and its CRLF; fails with unwritable at the octet in the method or the target
  /// that can't stand there.
  constexpr void put(writer& to) const noexcept {
    const std::size_t name_end = find_not(octet_class::tchar, method_name);
    const std::size_t target_end = find_not(octet_class::target, target.octets);
    if (name_end < method_name.size() || name_end == 0) to.fail({errc::unwritable, name_end});
    if (target_end < target.octets.size() || target_end == 0)
      to.fail({errc::unwritable, target_end});
    to.put(method_name);
    to.put(' ');
    to.put(target.octets);
    to.put(' ');
    version.put(to);
    to.put("\r\n");
  }

  friend constexpr bool operator==(const request_line&, const request_line&) = default;
};

}  // namespace turnout::inline v0
