// Detects the proxy that forwarded a message by its fields, and knows its settings for upgrades.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"

/// A proxy.
struct forwarder {
  std::string_view name;
  std::string_view setting;  ///< the setting for upgrades; "{}" is the protocol
};

namespace forwarders_detail {

inline constexpr forwarder nginx{
    "nginx",
    "map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }} and, in the location, "
    "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "
    "$connection_upgrade;"};
inline constexpr forwarder apache{"Apache", "ProxyPass ... upgrade={} (2.4.47 or later)"};
inline constexpr forwarder envoy{"Envoy",
                                 "upgrade_configs: [{{upgrade_type: {}}}]; if HTTP/2 comes in, "
                                 "allow_connect: true as well"};
inline constexpr forwarder cloudflare{"Cloudflare", "Network > WebSockets: on"};
inline constexpr forwarder cloudfront{
    "CloudFront", "forward the Sec-WebSocket-* fields (origin request policy AllViewer)"};
inline constexpr forwarder amazon{
    "AWS", "an Application Load Balancer passes WebSocket; a Classic one needs a TCP listener"};
inline constexpr forwarder varnish{
    "Varnish",
    "vcl_recv: return (pipe); vcl_pipe: set bereq.http.upgrade and bereq.http.connection"};
inline constexpr forwarder iis{"IIS", "install its WebSocket Protocol feature"};
inline constexpr forwarder unknown{"", ""};

/// A field, or a part of its value, that reveals a proxy.
struct mark {
  std::string_view field;  ///< or how it begins, if it ends with a hyphen
  std::string_view says;   ///< in lower case, somewhere in the value; empty for anything
  const forwarder* who;
};

/// The first match counts: the most specific ones come first.
inline constexpr mark marks[] = {
    {"X-Envoy-", "", &envoy},
    {"Server", "envoy", &envoy},
    {"CF-", "", &cloudflare},
    {"Server", "cloudflare", &cloudflare},
    {"X-Amz-Cf-", "", &cloudfront},
    {"Via", "cloudfront", &cloudfront},
    {"X-Amzn-", "", &amazon},
    {"Server", "awselb", &amazon},
    {"X-Varnish", "", &varnish},
    {"Via", "varnish", &varnish},
    {"X-ARR-", "", &iis},
    {"Server", "nginx", &nginx},
    {"Server", "openresty", &nginx},
    {"X-Forwarded-Server", "", &unknown},  // Apache and Traefik
    {"X-Real-IP", "", &nginx},
    {"Via", "", &unknown},
    {"Forwarded", "", &unknown},
    {"X-Forwarded-", "", &unknown},
};

inline bool begins_with(std::string_view text, std::string_view with) {
  return turnout::grammar::equal_ignoring_case(text.substr(0, with.size()), with);
}

inline bool fits(const mark& one, const turnout::field_line& line) {
  const bool is_prefix = one.field.ends_with('-');
  if (!begins_with(line.name, one.field)) return false;
  if (!is_prefix && line.name.size() != one.field.size()) return false;
  return lowered(line.value).find(one.says) != std::string::npos;
}

/// A setting for a protocol.
inline std::string setting_for(const forwarder& who, std::string_view protocol) {
  return fmt::format(fmt::runtime(who.setting), protocol);
}

}  // namespace forwarders_detail

/// The proxy that forwarded a message, without a name if it is unknown; nullptr if the message was
/// not forwarded.
template <class StartLine>
const forwarder* forwarder_of(const turnout::head<StartLine>& head) {
  for (const auto& mark : forwarders_detail::marks)
    for (const turnout::field_line& line : head.fields)
      if (forwarders_detail::fits(mark, line)) return mark.who;
  return nullptr;
}

/// How to make a proxy forward an upgrade.
///
/// Takes     who: nullptr or without a name if nobody knows; protocol: as Upgrade spells it
inline std::string advice_for(const forwarder* who, std::string_view protocol) {
  using namespace forwarders_detail;
  if (who != nullptr && !who->name.empty())
    return fmt::format("{}: {}", who->name, setting_for(*who, protocol));
  return fmt::format("nginx: {} Apache: {}. Envoy: {}", setting_for(nginx, protocol),
                     setting_for(apache, protocol), setting_for(envoy, protocol));
}
