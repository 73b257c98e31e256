// The URI template that a client is configured with for a proxy: RFC 9298 section 2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/uri_template.hpp"

namespace turnout {
inline namespace v0 {
namespace masque {

/// A template in absolute form: where the proxy is, and the template of the requests to it.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto proxy = turnout::masque::proxy_template::parse(
///     "https://proxy.example/masque{?target_host,target_port}");
/// assert(proxy && proxy->is_https && proxy->authority == "proxy.example");
/// const auto target = turnout::connect_udp::target::of("192.0.2.7", 53);
/// std::array<char, 128> path;
/// assert(*turnout::write(target->by(proxy->path), path) ==
///        "/masque?target_host=192.0.2.7&target_port=53");
/// ```
struct proxy_template {
  bool is_https = true;          ///< whether the scheme is `https`; else it is `http`
  std::string_view authority{};  ///< the value of Host
  grammar::uri_template path{};  ///< the template of the path and the query

  /// Reads a template.
  ///
  /// Rule      RFC 9298 section 2: absolute form; scheme, authority and path are not empty, and
  ///           variables are only in the path and the query; level 3 or lower; no reserved,
  ///           fragment, label, path segment and path-style expansion
  /// Fails     bad_target at the octet at fault, which may be in the scheme; bad_authority
  /// Borrows   from `octets`
  static constexpr result<proxy_template> parse(std::string_view octets) noexcept {
    const std::size_t scheme = octets.find("://");
    if (scheme == octets.npos) return failure{errc::bad_target, 0};
    const std::string_view name = turnout::detail::front_of(octets, scheme);
    proxy_template checked;
    checked.is_https = grammar::equal_ignoring_case(name, "https");
    if (!checked.is_https && !grammar::equal_ignoring_case(name, "http"))
      return failure{errc::bad_target, 0};
    const std::size_t host = scheme + 3;
    const std::size_t slash = octets.find('/', host);
    const std::size_t end = slash == octets.npos ? octets.size() : slash;
    checked.authority = turnout::detail::part_of(octets, host, end);
    const auto named = grammar::authority::parse(checked.authority);
    if (!named) return failure{errc::bad_authority, host + named.error().at};
    if (named->host.empty()) return failure{errc::bad_authority, host};
    const auto path = grammar::uri_template::parse(turnout::detail::rest_of(octets, end));
    if (!path) return failure{errc::bad_target, end + path.error().at};
    checked.path = *path;
    return checked;
  }
};

}  // namespace masque
}  // namespace v0
}  // namespace turnout
