// Fields for all recipients that Connection may not list, since an intermediary would remove fields
// that the next server trusts: RFC 9110 section 7.6.1, decision D20.
#pragma once

#include <string_view>

#include "turnout/core/view.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/ascii.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

// Literals with a size: no strlen in constant evaluation.
using namespace std::string_view_literals;

/// Names of fields that Connection may not list.
inline constexpr std::string_view protected_names[] = {
    // Fields of RFC 9110 and RFC 9111 that all recipients need.
    "Cache-Control"sv, "Range"sv, "Referer"sv, "Vary"sv, "Via"sv,
    // Who the client is: RFC 9110 section 11.6, RFC 6265; the client's certificate, as named by a
    // proxy that ends TLS, RFC 9440 and older fields; tokens that replace a login.
    "Authentication-Info"sv, "Authorization"sv, "Cookie"sv, "Set-Cookie"sv, "WWW-Authenticate"sv,
    "Client-Cert"sv, "Client-Cert-Chain"sv, "Remote-User"sv, "X-API-Key"sv, "X-CSRF-Token"sv,
    "X-F5-Auth-Token"sv, "X-XSRF-Token"sv,
    // The client that a proxy forwards for: RFC 7239 and older fields.
    "Client-IP"sv, "Fastly-Client-IP"sv, "Fly-Client-IP"sv, "Forwarded"sv, "True-Client-IP"sv,
    "X-Client-IP"sv, "X-Cluster-Client-IP"sv, "X-ProxyUser-IP"sv, "X-Real-IP"sv, "X-Rewrite-URL"sv,
    // Policies that a response makes browsers enforce.
    "Strict-Transport-Security"sv, "X-Frame-Options"sv};

/// Prefixes of more such names.
inline constexpr std::string_view protected_beginnings[] = {
    "Access-Control-"sv,   // CORS
    "CF-"sv,               // Cloudflare: CF-Connecting-IP, CF-Access-Jwt-Assertion
    "Content-"sv,          // RFC 9110 section 8: what describes the content
    "If-"sv,               // RFC 9110 section 13: preconditions
    "Impersonate-"sv,      // Kubernetes
    "Sec-"sv,              // fields that scripts in browsers can't set: Sec-Fetch-Site
    "SSL-Client-"sv,       // the client's certificate
    "X-Amz-"sv,            // AWS: signatures
    "X-Amzn-"sv,           // AWS: X-Amzn-Oidc-Identity, X-Amzn-Mtls-Clientcert
    "X-Appengine-"sv,      // Google: X-Appengine-User-IP
    "X-Auth-"sv,           // oauth2-proxy and others: X-Auth-Request-User
    "X-Authenticated-"sv,  // X-Authenticated-User
    "X-Azure-"sv,          // Azure: X-Azure-ClientIP
    "X-Client-Cert"sv,     // the client's certificate
    "X-Envoy-"sv,          // Envoy: X-Envoy-External-Address
    "X-Forwarded-"sv,      // RFC 7239 section 7.4
    "X-Goog-"sv,           // Google: X-Goog-IAP-JWT-Assertion
    "X-MS-"sv,             // Azure: X-MS-Client-Principal
    "X-Original-"sv,       // X-Original-URL, X-Original-Host
    "X-Remote-"sv,         // Kubernetes: X-Remote-User, X-Remote-Group
    "X-SSL-"sv,            // the client's certificate
    "X-WebAuth-"sv         // Grafana: X-WebAuth-User
};

}  // namespace detail

/// True for a field that carries identity, addresses, permissions or caching from one side to the
/// other, by RFC or by wide use: no Connection may remove it.
///
/// Rule      RFC 9110 section 7.6.1: Connection lists no field that is meant for all recipients.
///           Known attacks make a proxy remove X-Real-IP, X-Forwarded-For or X-F5-Auth-Token from
///           requests to a server that trusts these fields, or their absence
/// Takes     name: any, except those in field/name.hpp, which are not compared here
constexpr bool is_protected(std::string_view name) noexcept {
  for (const std::string_view one : detail::protected_names)
    if (grammar::equal_ignoring_case(name, one)) return true;
  for (const std::string_view one : detail::protected_beginnings)
    if (name.size() >= one.size() &&
        grammar::equal_ignoring_case(turnout::detail::front_of(name, one.size()), one))
      return true;
  return false;
}

}  // namespace forwarding

namespace rules {

/// True if Connection may list `name` as a field for this hop only.
///
/// Rule      a field that is meant for all recipients must not be listed, RFC 9110 section 7.6.1: a
///           proxy would remove it
/// Returns   false for `close`, for fields that frame, route or authenticate the message, for all
///           fields of a WebSocket, and if is_protected(); true for any other name
constexpr bool may_be_nominated(std::string_view name) noexcept {
  const field_name known = field::known_field(name);
  if (known == field_name::other) return !forwarding::is_protected(name);
  return known == field_name::te || known == field_name::keep_alive ||
         known == field_name::http2_settings;
}

}  // namespace rules
}  // namespace v0
}  // namespace turnout
