// The four forms of a request target: RFC 9112 section 3.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/ascii.hpp"
#include "turnout/core/result.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/message/method.hpp"

namespace turnout::inline v0 {

/// Which of the four forms a request target has.
enum class target_form : std::uint8_t {
  origin,     ///< `/path?query`: RFC 9112 section 3.2.1
  absolute,   ///< `scheme://authority/path?query`: section 3.2.2
  authority,  ///< `host:port`, of CONNECT alone: section 3.2.3
  asterisk    ///< `*`, of OPTIONS alone: section 3.2.4
};

/// A request target in its parts. Percent-encoding stays as it is.
///
/// Borrows   the octets it was read from
struct request_target {
  target_form form = target_form::origin;
  std::string_view octets;       ///< all of it
  std::string_view scheme;       ///< absolute-form only
  turnout::authority authority;  ///< absolute-form, where it overrides Host, and authority-form
  std::string_view path;         ///< origin-form and absolute-form; empty there means "/"
  std::string_view query;        ///< what follows the first "?"

  /// Reads all of `octets`.
  ///
  /// Grammar   request-target, RFC 9112 section 3.2; absolute-form needs "//" and an authority
  ///           that is not empty, and has no userinfo (RFC 9110 section 4.2.4)
  /// Takes     of: the request's method, since two of the forms belong to one method alone
  /// Fails     bad_target at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<request_target> parse(method of, std::string_view octets) noexcept {
    const std::size_t end = find_not(octet_class::target, octets);
    if (end < octets.size() || octets.empty()) return failure{errc::bad_target, end};
    if (of == method::connect) return parse_authority_form(octets);
    request_target target;
    target.octets = octets;
    if (octets == "*") {
      target.form = target_form::asterisk;
      if (of != method::options) return failure{errc::bad_target, 0};
      return target;
    }
    if (octets.front() != '/') return parse_absolute_form(octets);
    target.split_path(octets);
    return target;
  }

  /// The path and the query as they came.
  ///
  /// Returns   what origin-form has of the target, RFC 9112 section 3.2.1, but for the "/" that
  ///           stands there in place of an empty path; empty in the two other forms
  /// Borrows   the octets it was read from
  constexpr std::string_view path_and_query() const noexcept {
    if (form == target_form::origin) return octets;
    if (form != target_form::absolute) return {};
    const std::size_t at = octets.find_first_of("/?", scheme.size() + 3);
    return at == octets.npos ? std::string_view{} : octets.substr(at);
  }

  friend constexpr bool operator==(const request_target&, const request_target&) = default;

 private:
  static constexpr result<request_target> parse_authority_form(std::string_view octets) noexcept {
    request_target target;
    target.form = target_form::authority;
    target.octets = octets;
    const auto parsed = parse_authority(octets);
    if (!parsed) return failure{errc::bad_target, parsed.error().at};
    if (parsed->host.empty()) return failure{errc::bad_target, 0};
    if (parsed->port.empty()) return failure{errc::bad_target, octets.size()};
    target.authority = *parsed;
    return target;
  }

  static constexpr result<request_target> parse_absolute_form(std::string_view octets) noexcept {
    request_target target;
    target.form = target_form::absolute;
    target.octets = octets;
    std::size_t at = 0;
    while (at < octets.size() && is_scheme_octet(octets[at])) ++at;
    if (at == 0 || !is_alpha(octets.front())) return failure{errc::bad_target, 0};
    if (octets.substr(at, 3) != "://") return failure{errc::bad_target, at};
    target.scheme = octets.substr(0, at);
    at += 3;
    std::size_t end = octets.find_first_of("/?", at);
    if (end == octets.npos) end = octets.size();
    const auto parsed = parse_authority(octets.substr(at, end - at));
    if (!parsed) return failure{errc::bad_target, at + parsed.error().at};
    if (parsed->host.empty()) return failure{errc::bad_target, at};
    target.authority = *parsed;
    target.split_path(octets.substr(end));
    return target;
  }

  static constexpr bool is_scheme_octet(char octet) noexcept {
    return is_alpha(octet) || is_digit(octet) || octet == '+' || octet == '-' || octet == '.';
  }

  constexpr void split_path(std::string_view path_and_query) noexcept {
    const std::size_t mark = path_and_query.find('?');
    path = path_and_query.substr(0, mark);
    if (mark != path_and_query.npos) query = path_and_query.substr(mark + 1);
  }
};

}  // namespace turnout::inline v0
