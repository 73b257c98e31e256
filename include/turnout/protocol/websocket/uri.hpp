// ws and wss URIs, and what a request makes of them: RFC 6455 sections 3 and 4.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// Where a WebSocket is, as parts of a URI.
///
/// Borrows   the octets it was read from
struct uri {
  bool secure = false;         ///< wss: the connection has to speak TLS before the handshake
  std::uint16_t port = 80;     ///< where to connect: 80 or 443 where the URI does not say
  std::string_view address{};  ///< whom to connect to: the host, without a port
  std::string_view host{};     ///< for Host: with the port unless it is the scheme's default
  std::string_view target{};   ///< for the request target: path, and query behind "?" unless empty

  /// Reads all of `octets`.
  ///
  /// Grammar   ws-URI and wss-URI, RFC 6455 section 3: no fragment, no userinfo, a host that is not
  ///           empty; the scheme in any case
  /// Fails     bad_websocket_uri at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<uri> parse(std::string_view octets) noexcept {
    const std::size_t bad = grammar::find_not<grammar::octet_class::target>(octets);
    if (bad < octets.size()) return failure{errc::bad_websocket_uri, bad};
    uri parsed;
    parsed.secure = grammar::equal_ignoring_case(octets.substr(0, 6), "wss://");
    if (!parsed.secure && !grammar::equal_ignoring_case(octets.substr(0, 5), "ws://"))
      return failure{errc::bad_websocket_uri, 0};

    const std::size_t begin = parsed.secure ? 6 : 5;
    std::size_t end = octets.find_first_of("/?", begin);
    if (end == octets.npos) end = octets.size();
    const std::string_view where = octets.substr(begin, end - begin);
    const auto read = grammar::authority::parse(where);
    if (!read) return failure{errc::bad_websocket_uri, begin + read.error().at};
    if (read->host.empty()) return failure{errc::bad_websocket_uri, begin};
    const std::uint16_t usual = parsed.secure ? 443 : 80;
    parsed.port = read->port.empty()
                      ? usual
                      : static_cast<std::uint16_t>(*grammar::parse_decimal(read->port));
    parsed.address = read->host;
    parsed.host = parsed.port == usual ? read->host : where;
    parsed.target = octets.substr(end);
    if (octets.find('?', end) == octets.size() - 1) parsed.target.remove_suffix(1);
    return parsed;
  }

  friend constexpr bool operator==(const uri&, const uri&) = default;
};

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
