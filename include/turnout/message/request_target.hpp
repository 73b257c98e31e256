// The four forms of a request target: RFC 9112 section 3.2. Any octet of a URI may be in any part
// of it (decision D11).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/method.hpp"

namespace turnout {
inline namespace v0 {

/// Which of the four forms a request target has.
enum class target_form : std::uint8_t {
  origin,     ///< `/path?query`: RFC 9112 section 3.2.1
  absolute,   ///< `scheme://authority/path?query`: section 3.2.2
  authority,  ///< `host:port`, only with CONNECT: section 3.2.3
  asterisk    ///< `*`, only with OPTIONS: section 3.2.4
};

/// The name of the enumerator.
constexpr std::string_view name_of(target_form one) noexcept {
  constexpr const char* names[] = {"origin", "absolute", "authority", "asterisk"};
  return names[static_cast<std::size_t>(one)];
}

/// A request target in its parts. Percent-encoding stays as it is.
///
/// Borrows   the octets it was read from
struct request_target {
  target_form form = target_form::origin;
  std::string_view octets;       ///< all of it
  std::string_view scheme;       ///< absolute-form only
  grammar::authority authority;  ///< absolute-form, where it overrides Host, and authority-form
  std::string_view path;         ///< in origin-form and absolute-form; empty means "/"
  std::string_view query;        ///< everything after the first "?"

  /// Reads all of `octets`.
  ///
  /// Grammar   request-target, RFC 9112 section 3.2; absolute-form needs "//" and an authority
  ///           that is not empty, and has no userinfo (RFC 9110 section 4.2.4)
  /// Takes     used: the request's method, since two of the forms are for one method only
  /// Fails     bad_target at the octet at fault
  /// Borrows   from `octets`
  ///
  /// ```cpp
  /// const auto target = turnout::request_target::parse(turnout::method::get, "http://a:80/x?y=1");
  /// assert(target && target->form == turnout::target_form::absolute);
  /// assert(target->authority.host == "a" && target->path == "/x" && target->query == "y=1");
  /// ```
  static constexpr result<request_target> parse(method used, std::string_view octets) noexcept {
    request_target target;
    const failure why = target.assign(used, octets);
    if (why.code != errc::none) return why;
    return target;
  }

  /// The path and the query as they came.
  ///
  /// Returns   the target in origin-form, RFC 9112 section 3.2.1, but without the "/" that replaces
  ///           an empty path; empty in the two other forms
  /// Borrows   the octets it was read from
  constexpr std::string_view path_and_query() const noexcept {
    if (form == target_form::origin) return octets;
    if (form != target_form::absolute) return {};
    const std::size_t at = octets.find_first_of("/?", scheme.size() + 3);
    return at == octets.npos ? std::string_view{} : detail::rest_of(octets, at);
  }

  /// Reads all of `all` as parse() does, in place.
  ///
  /// Fails     as parse(); the value is then unspecified
  constexpr failure assign(method used, std::string_view all) noexcept {
    const std::size_t end = grammar::find_not_in_target(all);
    if (end < all.size() || all.empty()) return {errc::bad_target, end};
    octets = all;
    if (used == method::connect) return parse_authority_form();
    if (all.front() == '/') return split_path(0);
    if (all != "*") return parse_absolute_form();
    form = target_form::asterisk;
    return used == method::options ? failure{} : failure{errc::bad_target, 0};
  }

  friend constexpr bool operator==(const request_target&, const request_target&) = default;

 private:
  friend struct request_line;

  /// Reads a target in origin-form like nearly all, in place: a path, and perhaps a query, of the
  /// octets that nearly all are made of.
  ///
  /// Takes     line: has a space at `end`; begin, end: where the target is in it
  /// Returns   false for any other target: the value is then unspecified
  TURNOUT_INLINE constexpr bool assign_plain(std::string_view line, std::size_t begin,
                                             std::size_t end) noexcept {
    if (line[begin] != '/') return false;
    const std::size_t mark = grammar::detail::skip_plain_in_target(line, begin);
    octets = detail::part_of(line, begin, end);
    path = detail::part_of(line, begin, mark);
    if (mark == end) return true;
    if (line[mark] != '?' || grammar::detail::skip_plain_in_target(line, mark + 1) != end)
      return false;
    query = detail::part_of(line, mark + 1, end);
    return true;
  }

  constexpr failure parse_authority_form() noexcept {
    form = target_form::authority;
    const auto parsed = grammar::authority::parse(octets);
    if (!parsed) return {errc::bad_target, parsed.error().at};
    if (parsed->host.empty()) return {errc::bad_target, 0};
    if (parsed->port.empty()) return {errc::bad_target, octets.size()};
    authority = *parsed;
    return {};
  }

  constexpr failure parse_absolute_form() noexcept {
    form = target_form::absolute;
    std::size_t at = 0;
    while (at < octets.size() && is_scheme_octet(octets[at])) ++at;
    if (at == 0 || !grammar::is_alpha(octets.front())) return {errc::bad_target, 0};
    if (!detail::rest_of(octets, at).starts_with("://")) return {errc::bad_target, at};
    scheme = detail::front_of(octets, at);
    at += 3;
    std::size_t end = octets.find_first_of("/?", at);
    if (end == octets.npos) end = octets.size();
    const auto parsed = grammar::authority::parse(detail::part_of(octets, at, end));
    if (!parsed) return {errc::bad_target, at + parsed.error().at};
    if (parsed->host.empty()) return {errc::bad_target, at};
    authority = *parsed;
    return split_path(end);
  }

  static constexpr bool is_scheme_octet(char octet) noexcept {
    return grammar::is_alpha(octet) || grammar::is_digit(octet) || octet == '+' || octet == '-' ||
           octet == '.';
  }

  constexpr failure split_path(std::size_t from) noexcept {
    const std::size_t mark = octets.find('?', from);
    path = detail::part_of(octets, from, mark == octets.npos ? octets.size() : mark);
    if (mark != octets.npos) query = detail::rest_of(octets, mark + 1);
    return {};
  }
};

}  // namespace v0
}  // namespace turnout
