// connect-ethernet, a tunnel for Ethernet frames: draft-ietf-masque-connect-ethernet, not an RFC
// yet.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/uri_template.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"

namespace turnout {
inline namespace v0 {
namespace connect_ethernet {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `connect-ethernet`: a GET without content, whose path names the segment by itself.
///
/// Rule      the draft's section on tunnelling: the caller makes sure that it runs only over TLS,
///           QUIC or equivalent encryption. Frames are in datagrams with the
///           context 0: capsule::datagram
inline constexpr turnout::profile profile = masque::profile_named("connect-ethernet"sv);

/// The Ethernet segment of the proxy: its template needs no variables, and may have some that only
/// the proxy knows, such as a VLAN.
struct target {
  /// The protocol of this target.
  static constexpr const turnout::profile& profile = connect_ethernet::profile;
  /// Its default template.
  static constexpr grammar::uri_template default_template =
      *grammar::uri_template::parse("/.well-known/masque/ethernet/"sv);

  /// Reads the path of a request, with its query if it has one.
  ///
  /// Takes     form: the proxy's template; the caller matches its variables
  /// Fails     bad_target at the first octet that differs from the template
  static constexpr result<target> parse(
      std::string_view path, const grammar::uri_template& form = default_template) noexcept {
    const auto matched = form.match(path, {});
    if (!matched) return matched.error();
    return target{};
  }

  /// Puts the path by the default template.
  constexpr void put(writer& to) const noexcept { to.put(default_template.text()); }

  friend constexpr bool operator==(const target&, const target&) = default;
};

/// A request for it, for servers.
using offer = masque::offer<target>;
/// An agreement on it.
using agreement = masque::agreement<target>;
/// A client's request for it.
///
/// ```cpp
/// std::array<char, 128> path;
/// const auto written = turnout::write(turnout::connect_ethernet::target{}, path);
/// const turnout::connect_ethernet::proposal asked{*written, "proxy.example"};
/// std::array<char, 512> out;
/// assert(turnout::write_request(asked, out)->starts_with(
///     "GET /.well-known/masque/ethernet/ HTTP/1.1\r\nHost: proxy.example\r\n"));
/// ```
using proposal = masque::proposal<target>;

/// Reads a request, and agrees to it.
inline constexpr masque::agree_to<target> agree{};

}  // namespace connect_ethernet
}  // namespace v0
}  // namespace turnout
