// Targets with a host and a port in the path of a request, as in connect-udp and connect-tcp: RFC
// 9298 sections 2 and 3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/ip_address.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/uri_template.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"

namespace turnout {
inline namespace v0 {
namespace masque {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// How protocols with such targets differ.
struct host_protocol {
  turnout::profile profile;              ///< the protocol
  grammar::uri_template usual_template;  ///< its default template
};

/// The names of both variables in templates.
inline constexpr std::string_view host_variables[] = {"target_host"sv, "target_port"sv};

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

/// A template with a target and a number in it, for write().
///
/// Borrows   what it views
struct expanded_target {
  grammar::uri_template form{};                ///< has both variables
  lasting_span<const std::string_view> names;  ///< of both variables
  std::string_view text{};                     ///< the target, not encoded
  std::int32_t number = 0;                     ///< a port or a protocol; -1 for all: `%2A`

  /// Puts the path.
  ///
  /// Rule      RFC 9298 section 3, RFC 6570 section 3.2.2: only unreserved octets are not encoded
  /// Fails     bad_target, at 0, if the template lacks one of the variables
  constexpr void put(writer& to) const noexcept {
    if (!form.has(names[0]) || !form.has(names[1])) to.fail({errc::bad_target, 0});
    char digits[10]{};
    writer in_digits{digits};
    number < 0 ? in_digits.put('*') : in_digits.put_number(static_cast<std::uint64_t>(number));
    const grammar::template_variable values[] = {
        {names[0], text}, {names[1], turnout::detail::octets_at(digits, in_digits.size())}};
    form.put(to, values);
  }
};

/// A host and a port.
///
/// Takes     `Protocol`: the protocol of this target
template <const host_protocol& Protocol>
struct host_target {
  variable host;           ///< an address without brackets, or a registered name
  std::uint16_t port = 0;  ///< 1 to 65535

  /// The protocol of this target.
  static constexpr const turnout::profile& profile = Protocol.profile;
  /// Its default template.
  static constexpr const grammar::uri_template& default_template = Protocol.usual_template;

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

  /// Reads the path of a request, with its query if it has one.
  ///
  /// Rule      RFC 9298 sections 2 and 3
  /// Takes     form: the proxy's template
  /// Fails     bad_target, bad_percent_encoding, bad_authority or bad_port, at the octet at fault
  ///           or where the variable at fault begins
  static constexpr result<host_target> parse(
      std::string_view path, const grammar::uri_template& form = default_template) noexcept {
    const auto found = path_variables::read(path, form, host_variables);
    if (!found) return found.error();
    if (!check_host(found->first.text())) return failure{errc::bad_authority, found->first_at};
    const auto port = grammar::parse_decimal(found->second.text(), 65535);
    if (!port || *port == 0) return failure{errc::bad_port, found->second_at};
    return host_target{found->first, static_cast<std::uint16_t>(*port)};
  }

  /// Puts the path by the default template.
  ///
  /// Rule      RFC 9298 section 3: octets that are not unreserved are percent-encoded, even colons
  constexpr void put(writer& to) const noexcept { by(default_template).put(to); }

  /// The path by a proxy's own template, for write().
  ///
  /// Takes     form: has both variables
  /// Borrows   this target and what `form` views
  constexpr expanded_target by(const grammar::uri_template& form) const noexcept
      TURNOUT_LIFETIMEBOUND {
    return {form, host_variables, host.text(), port};
  }

  friend constexpr bool operator==(const host_target&, const host_target&) = default;
};

}  // namespace masque
}  // namespace v0
}  // namespace turnout
