// connect-ip, a tunnel for IP packets: RFC 9484.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/binary_ip_address.hpp"
#include "turnout/grammar/ip_address.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/uri_template.hpp"
#include "turnout/grammar/uri_variable.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"

namespace turnout {
inline namespace v0 {
namespace connect_ip {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `connect-ip`: a GET without content, whose path says which packets the tunnel carries.
///
/// Rule      RFC 9484 section 4: the caller makes sure that it runs only over TLS, QUIC
///           or equivalent encryption. protocol/tunnel/ip_capsules.hpp reads the addresses and
///           routes
inline constexpr turnout::profile profile = masque::profile_named("connect-ip"sv);

/// Checks a scope that is not encoded.
///
/// Grammar   target = IPv6prefix / IPv4prefix / reg-name / "*", RFC 9484 section 4.6: a prefix is
///           an address, or an address with a slash and a length, after which no bit is set
/// Fails     bad_authority, at the length if that is wrong
constexpr result<void> check_scope(std::string_view scope) noexcept {
  if (scope == "*") return {};
  const std::size_t slash = scope.find('/');
  if (slash == scope.npos) return masque::check_host(scope);
  const std::string_view text = turnout::detail::front_of(scope, slash);
  const bool four = grammar::detail::is_ipv4_address(text);
  if (!four && !grammar::detail::is_ipv6_address(text)) return failure{errc::bad_authority, 0};
  const grammar::detail::ip_address prefix =
      four ? grammar::detail::parse_ipv4(text) : grammar::detail::parse_ipv6(text);
  const std::string_view digits = turnout::detail::rest_of(scope, slash + 1);
  const auto length = grammar::parse_decimal(digits, prefix.bits);
  const bool plain = digits.size() == 1 || !digits.starts_with('0');
  if (!length || !plain ||
      !grammar::detail::has_no_host_bits(prefix, static_cast<std::size_t>(*length)))
    return failure{errc::bad_authority, slash + 1};
  return {};
}

/// The packets that the tunnel carries.
///
/// ```cpp
/// const auto wanted = turnout::connect_ip::target::of("192.0.2.0/24", 17);
/// std::array<char, 128> path;
/// const auto written = turnout::write(*wanted, path);
/// assert(*written == "/.well-known/masque/ip/192.0.2.0%2F24/17/");
/// assert(*turnout::connect_ip::target::parse(*written) == *wanted);
/// ```
struct target {
  masque::variable scope;      ///< their other end: a prefix, a registered name, or "*" for all
  std::int16_t protocol = -1;  ///< the number of the IP protocol, 0 to 255; -1 for all

  /// The protocol of this target.
  static constexpr const turnout::profile& profile = connect_ip::profile;
  /// Its default template.
  static constexpr grammar::uri_template default_template =
      *grammar::uri_template::parse("/.well-known/masque/ip/{target}/{ipproto}/"sv);

  /// Makes a target from its parts.
  ///
  /// Takes     scope: not encoded, at most 255 octets; protocol: -1 to 255
  /// Fails     bad_authority at the octet at fault; bad_number for the protocol
  static constexpr result<target> of(std::string_view scope, std::int16_t protocol = -1) noexcept {
    if (const auto checked = check_scope(scope); !checked) return checked.error();
    const auto text = masque::variable::of(scope);
    if (!text) return failure{errc::bad_authority, text.error().at};
    if (protocol < -1 || protocol > 255) return failure{errc::bad_number, 0};
    return target{*text, protocol};
  }

  /// Reads the path of a request, with its query if it has one.
  ///
  /// Rule      RFC 9484 section 3
  /// Takes     form: the proxy's template
  /// Fails     bad_target, bad_percent_encoding, bad_authority or bad_number, at the octet at fault
  ///           or where the variable at fault begins
  static constexpr result<target> parse(
      std::string_view path, const grammar::uri_template& form = default_template) noexcept {
    const auto found = masque::path_variables::read(path, form, names);
    if (!found) return found.error();
    if (!check_scope(found->first.text())) return failure{errc::bad_authority, found->first_at};
    if (found->second.text() == "*") return target{found->first, -1};
    const auto number = grammar::parse_decimal(found->second.text(), 255);
    if (!number) return failure{errc::bad_number, found->second_at};
    return target{found->first, static_cast<std::int16_t>(*number)};
  }

  /// Puts the path by the default template.
  ///
  /// Rule      RFC 9484 section 4.6: colons and the slash of a prefix are percent-encoded, "*" is
  ///           not
  constexpr void put(writer& to) const noexcept {
    to.put("/.well-known/masque/ip/");
    scope.text() == "*" ? to.put('*') : grammar::put_uri_variable(to, scope.text());
    to.put('/');
    protocol < 0 ? to.put('*') : to.put_number(static_cast<std::uint64_t>(protocol));
    to.put('/');
  }

  /// The path by a proxy's own template, for write().
  ///
  /// Takes     form: has both variables
  /// Borrows   this target and what `form` views
  constexpr masque::expanded_target by(const grammar::uri_template& form) const noexcept
      TURNOUT_LIFETIMEBOUND {
    return {form, names, scope.text(), protocol};
  }

  friend constexpr bool operator==(const target&, const target&) = default;

 private:
  static constexpr std::string_view names[] = {"target"sv, "ipproto"sv};
};

/// A request for it, for servers.
using offer = masque::offer<target>;
/// An agreement on it.
using agreement = masque::agreement<target>;
/// A client's request for it.
using proposal = masque::proposal<target>;

/// Reads a request, and agrees to it.
inline constexpr masque::agree_to<target> agree{};

}  // namespace connect_ip
}  // namespace v0
}  // namespace turnout
