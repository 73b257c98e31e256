// Teleport's connection upgrade, for load balancers that do not forward TLS as it is.
#pragma once

#include <string_view>

#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace teleport {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr own_field copies[] = {{.name = "X-Teleport-Upgrade"sv}};

}  // namespace detail

/// `alpn`: TLS with Teleport's own names for ALPN. A client offers `alpn-ping` too, on another
/// Upgrade line, and repeats both in X-Teleport-Upgrade, since some load balancers drop Upgrade.
/// That copy is not an offer: since version 15.1, clients try `websocket` first.
inline constexpr profile alpn{.token = {"alpn"sv, {}}, .fields = detail::copies};

/// `alpn-ping`: the same, with pings outside of TLS.
inline constexpr profile alpn_ping{.token = {"alpn-ping"sv, {}}};

}  // namespace teleport
}  // namespace v0
}  // namespace turnout
