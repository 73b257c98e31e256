// The first line of a request: RFC 9112 section 3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_target.hpp"

namespace turnout {
inline namespace v0 {

/// The start line of a request.
///
/// Borrows   the octets it was read from
struct request_line {
  /// The kind of message that begins with this line.
  static constexpr detail::message_kind kind = detail::message_kind::request;

  turnout::method method = turnout::method::get;  ///< the method, if it is a known one
  std::string_view method_name = "GET";           ///< its name as it came: case matters
  request_target target;                          ///< the resource that is asked for
  http_version version;                           ///< the version that the client speaks

  /// Reads a line.
  ///
  /// Grammar   request-line = method SP request-target SP HTTP-version, RFC 9112 section 3, each
  ///           SP exactly one space
  /// Takes     line: without its CRLF
  /// Fails     bad_method, bad_target, bad_http_version, unsupported_http_version at the octet at
  ///           fault; bad_request_line where a part or the space before it is missing
  /// Borrows   from `line`
  ///
  /// ```cpp
  /// const auto line = turnout::request_line::parse("GET /chat HTTP/1.1");
  /// assert(line && line->method == turnout::method::get && line->target.path == "/chat");
  /// assert(!turnout::request_line::parse("GET  /chat HTTP/1.1"));
  /// ```
  static constexpr result<request_line> parse(std::string_view line) noexcept {
    request_line parsed;
    const failure why = parsed.assign(line);
    if (why.code != errc::none) return why;
    return parsed;
  }

  /// Reads a line as parse() does, in place.
  ///
  /// Fails     as parse(); the value is then unspecified
  TURNOUT_INLINE constexpr failure assign(std::string_view line) noexcept {
    if constexpr (detail::optimized_for_size) return assign_any(line);
    constexpr std::string_view front = "GET ", back = "HTTP/1.1";
    const std::size_t around = front.size() + back.size() + 1;
    const std::size_t end = line.size() - back.size() - 1;
    if (line.size() > around &&
        detail::load<std::uint32_t>(line.data()) == detail::load<std::uint32_t>(front.data()) &&
        detail::load_word(line.data() + end + 1) == detail::load_word(back.data()) &&
        line[end] == ' ' && target.assign_plain(line, front.size(), end)) {
      method = method::get;
      method_name = {line.data(), front.size() - 1};
      version = http_1_1;
      return {};
    }
    return assign_any(line);
  }

  /// Checks that the line can be written.
  ///
  /// Fails     unwritable at the octet of the method or the target that is not allowed there
  constexpr result<void> check_writable() const noexcept {
    const std::size_t name_end = grammar::find_not<grammar::octet_class::tchar>(method_name);
    if (name_end < method_name.size() || name_end == 0) return failure{errc::unwritable, name_end};
    const std::size_t target_end = grammar::find_not_in_target(target.octets);
    if (target_end < target.octets.size() || target_end == 0)
      return failure{errc::unwritable, target_end};
    return {};
  }

  /// Puts the line and its CRLF; fails as check_writable().
  constexpr void put(writer& to) const noexcept {
    if (const auto checked = check_writable(); !checked) to.fail(checked.error());
    to.put(method_name);
    to.put(' ');
    to.put(target.octets);
    to.put(' ');
    version.put(to);
    to.put("\r\n");
  }

  friend constexpr bool operator==(const request_line&, const request_line&) = default;

 private:
  /// Reads any line as assign() does.
  TURNOUT_OUT_OF_LINE constexpr failure assign_any(std::string_view line) noexcept {
    const std::size_t name_size = grammar::find_not<grammar::octet_class::tchar>(line);
    if (name_size == 0) return {errc::bad_method, 0};
    if (name_size == line.size()) return {errc::bad_request_line, name_size};
    if (line[name_size] != ' ') return {errc::bad_method, name_size};
    method_name = detail::front_of(line, name_size);
    method = method_named(method_name);

    const std::size_t at = name_size + 1;
    const std::size_t space = line.find(' ', at);
    const std::size_t end = space == line.npos ? line.size() : space;
    if (end == at) return {errc::bad_request_line, at};
    const failure why = target.assign(method, detail::part_of(line, at, end));
    if (why.code != errc::none) return {why.code, at + why.at};
    if (end == line.size()) return {errc::bad_request_line, end};

    const std::size_t after = end + 1;
    if (after == line.size()) return {errc::bad_request_line, after};
    const auto spoken = http_version::parse(detail::rest_of(line, after));
    if (!spoken) return {spoken.error().code, after + spoken.error().at};
    version = *spoken;
    return {};
  }
};

}  // namespace v0
}  // namespace turnout
