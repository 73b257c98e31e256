// ws and wss URIs, and the parts of them that a request needs: RFC 6455 sections 3 and 4.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

namespace detail {

/// The beginning of a URI, and whether it means TLS.
struct uri_scheme {
  std::string_view begin;
  bool secure;
};

/// The schemes of WebSockets, and those that a redirect may have.
inline constexpr uri_scheme uri_schemes[] = {
    {"ws://", false}, {"wss://", true}, {"http://", false}, {"https://", true}};

}  // namespace detail

/// The parts of a WebSocket URI.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto uri = turnout::websocket::uri::parse("wss://example.com:8443/chat?room=1");
/// assert(uri && uri->secure && uri->port == 8443 && uri->address == "example.com");
/// assert(uri->host == "example.com:8443" && uri->target == "/chat?room=1");
/// assert(uri->moved("/other")->target == "/other");
/// ```
struct uri {
  bool secure = false;         ///< wss: begin TLS before the handshake
  std::uint16_t port = 80;     ///< the port to connect to: 80 or 443 by default
  std::string_view address{};  ///< the host to connect to, without a port
  std::string_view host{};  ///< the value of Host: with the port unless it is the scheme's default
  std::string_view target{};  ///< the request target: path and query

  /// Reads all of `octets`.
  ///
  /// Grammar   ws-URI and wss-URI, RFC 6455 section 3: no fragment, no userinfo, a host that is not
  ///           empty; the scheme in any case
  /// Fails     bad_websocket_uri at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<uri> parse(std::string_view octets) noexcept {
    return parse_with(octets, {detail::uri_schemes, 2});
  }

  /// The URI of a redirect: the Location of a response to a request for this one.
  ///
  /// Rule      RFC 9110 section 10.2.2: relative to this URI. It may lead from wss to ws, and to
  ///           other hosts: compare `secure` and `address` before you send anything secret
  /// Takes     location: an absolute URI of ws, wss, http or https, where http means ws; `//` and a
  ///           host; or an absolute path, whose dot segments are kept. The fragment is dropped
  /// Fails     bad_websocket_uri at the octet at fault; at 0 for any other reference
  /// Borrows   from `location`; if that is a path, also from the octets that this URI was read from
  constexpr result<uri> moved(std::string_view location) const noexcept {
    const std::string_view octets = turnout::detail::before(location, '#');
    if (!octets.starts_with('/')) return parse_with(octets, detail::uri_schemes);
    const std::size_t bad = grammar::find_not<grammar::octet_class::target>(octets);
    if (bad < octets.size()) return failure{errc::bad_websocket_uri, bad};
    if (octets.starts_with("//")) return parse_after(octets, 2, secure);
    uri other = *this;
    other.set_target(octets);
    return other;
  }

  friend constexpr bool operator==(const uri&, const uri&) = default;

 private:
  static constexpr result<uri> parse_with(std::string_view octets,
                                          span<const detail::uri_scheme> schemes) noexcept {
    const std::size_t bad = grammar::find_not<grammar::octet_class::target>(octets);
    if (bad < octets.size()) return failure{errc::bad_websocket_uri, bad};
    for (const detail::uri_scheme& one : schemes)
      if (octets.size() >= one.begin.size() &&
          grammar::equal_ignoring_case(turnout::detail::front_of(octets, one.begin.size()),
                                       one.begin))
        return parse_after(octets, one.begin.size(), one.secure);
    return failure{errc::bad_websocket_uri, 0};
  }

  /// Reads authority, path and query, which begin at `begin`.
  static constexpr result<uri> parse_after(std::string_view octets, std::size_t begin,
                                           bool secure) noexcept {
    std::size_t end = octets.find_first_of("/?", begin);
    if (end == octets.npos) end = octets.size();
    const std::string_view where = turnout::detail::part_of(octets, begin, end);
    const auto authority = grammar::authority::parse(where);
    if (!authority) return failure{errc::bad_websocket_uri, begin + authority.error().at};
    if (authority->host.empty()) return failure{errc::bad_websocket_uri, begin};
    uri parsed;
    parsed.secure = secure;
    const std::uint16_t default_port = secure ? 443 : 80;
    parsed.port = authority->port.empty()
                      ? default_port
                      : static_cast<std::uint16_t>(*grammar::parse_decimal(authority->port));
    parsed.address = authority->host;
    parsed.host = parsed.port == default_port ? authority->host : where;
    parsed.set_target(turnout::detail::rest_of(octets, end));
    return parsed;
  }

  constexpr void set_target(std::string_view path_and_query) noexcept {
    target = path_and_query;
    if (!target.empty() && target.find('?') == target.size() - 1) target.remove_suffix(1);
  }
};

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
