// The protocol of eduVPN's ProxyGuard, which tunnels WireGuard.
#pragma once

#include <string_view>

#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace proxyguard {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `UoTLV/1`: UDP packets in a TCP connection, each after its length in two octets.
inline constexpr profile uotlv{.token = {"UoTLV"sv, "1"sv}};

}  // namespace proxyguard
}  // namespace v0
}  // namespace turnout
