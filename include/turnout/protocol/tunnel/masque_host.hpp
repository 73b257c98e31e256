// Targets with a host and a port in the path of a request, as in connect-udp and connect-tcp: RFC
// 9298 sections 2 and 3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/ip_address.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/uri_variable.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"

namespace turnout {
inline namespace v0 {
namespace masque {

/// How protocols with such targets differ.
struct host_protocol {
  turnout::profile profile;  ///< the protocol
  std::string_view path;     ///< its default template up to the first variable
};

/// Checks a host that is not encoded.
///
/// Rule      RFC 9298 section 3: an IPv6 address without brackets and zone, an IPv4 address or a
///           registered name, not empty
/// Fails     bad_authority at the octet at fault
constexpr result<void> check_host(std::string_view host) noexcept {
  if (host.empty()) return failure{errc::bad_authority, 0};
  if (grammar::detail::is_ipv6_address(host)) return {};
  const std::size_t at = grammar::find_not<grammar::octet_class::reg_name>(host);
  return at == host.size() ? result<void>{} : failure{errc::bad_authority, at};
}

/// A host and a port.
///
/// Takes     `Protocol`: the protocol of this target
template <const host_protocol& Protocol>
struct host_target {
  variable host;           ///< an address without brackets, or a registered name
  std::uint16_t port = 0;  ///< 1 to 65535

  /// The protocol of this target.
  static constexpr const turnout::profile& profile = Protocol.profile;

  /// Makes a target from its parts.
  ///
  /// Takes     host: not encoded, at most 255 octets; port: not 0
  /// Fails     bad_authority at the octet at fault; bad_port
  static constexpr result<host_target> of(std::string_view host, std::uint16_t port) noexcept {
    const auto checked = check_host(host);
    if (!checked) return checked.error();
    if (port == 0) return failure{errc::bad_port, 0};
    const auto text = variable::of(host);
    if (!text) return failure{errc::bad_authority, text.error().at};
    return host_target{*text, port};
  }

  /// Reads the path of a request.
  ///
  /// Grammar   the default template, RFC 9298 section 2
  /// Fails     bad_target, bad_percent_encoding, bad_authority or bad_port, at the octet at fault
  ///           or where the variable at fault begins
  static constexpr result<host_target> parse(std::string_view path) noexcept {
    const auto found = path_variables::read(path, Protocol.path);
    if (!found) return found.error();
    if (!check_host(found->first.text())) return failure{errc::bad_authority, found->first_at};
    const auto port = grammar::parse_decimal(found->second.text(), 65535);
    if (!port || *port == 0) return failure{errc::bad_port, found->second_at};
    return host_target{found->first, static_cast<std::uint16_t>(*port)};
  }

  /// Puts the path by the default template.
  ///
  /// Rule      RFC 9298 section 3: octets that are not unreserved are percent-encoded, even colons
  constexpr void put(writer& to) const noexcept {
    to.put(Protocol.path);
    grammar::put_uri_variable(to, host.text());
    to.put('/');
    to.put_number(port);
    to.put('/');
  }

  friend constexpr bool operator==(const host_target&, const host_target&) = default;
};

}  // namespace masque
}  // namespace v0
}  // namespace turnout
