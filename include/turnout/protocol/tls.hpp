// Upgrade to TLS within HTTP/1.1: RFC 2817.
//
// Printers (IPP with CUPS) and Icecast speak it, and Apache HttpClient offers it with each request
// in clear text. No browser asks for it, and an attacker in the middle can remove the offer. A 101
// may name several versions (decision D17). The library offers or accepts it only if the program
// lists it.
#pragma once

#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"

namespace turnout {
inline namespace v0 {
namespace tls {

/// The profile of one version of TLS. A program that listens on TLS, or after a proxy that does,
/// does not list it (RFC 2817 section 8).
///
/// Rule      RFC 2817 section 3.3: HTTP/1.1 continues inside TLS, as the 101 says, and the request
///           is answered there; if the TLS handshake fails, the connection is closed and never
///           falls back to clear text. The client begins the TLS handshake after the 101: the
///           server sends nothing before it. A 101 may name several of the versions that were
///           offered, and its Connection need not list upgrade, as with cupsd: the TLS handshake
///           chooses the version, and fails if only one side has switched. A request that does not
///           fit is an ordinary one (RFC 9110 section 7.8)
/// Takes     version: digit, dot, digit, as in the registry: "1.2"
constexpr profile version(std::string_view version) noexcept {
  return {.token = {"TLS", version},
          .methods = method::get | method::head | method::options | method::post | method::put |
                     method::delete_ | method::patch | method::query,
          .content = true,
          .upper = {"HTTP", "1.1"},
          .opportunistic = true,
          .self_confirming = true};
}

/// TLS 1.2 (RFC 5246).
inline constexpr profile v1_2 = version("1.2");
/// TLS 1.3 (RFC 8446).
inline constexpr profile v1_3 = version("1.3");

/// The request of a client that requires TLS before anything else.
///
/// Rule      RFC 2817 section 3.2: OPTIONS comes first, and the real request is sent inside TLS;
///           without a switch, it is not sent. Through a proxy, this secures the hop to the proxy
///           alone (section 5): open a tunnel first
/// Takes     host: the value of Host; offered: versions, most preferred first
/// Borrows   both
///
/// ```cpp
/// static constexpr turnout::profile offered[] = {turnout::tls::v1_3, turnout::tls::v1_2};
/// std::array<char, 256> out;
/// assert(*turnout::write_request(turnout::tls::mandatory("example.com", offered), out) ==
///        "OPTIONS * HTTP/1.1\r\nHost: example.com\r\n"
///        "Connection: Upgrade\r\nUpgrade: TLS/1.3, TLS/1.2\r\n\r\n");
/// ```
constexpr proposal mandatory(std::string_view host, lasting_span<const profile> offered) noexcept {
  return {.method = method::options, .target = "*", .host = host, .protocols = offered};
}

}  // namespace tls
}  // namespace v0
}  // namespace turnout
