// Tailscale's protocols: its clients' connection to the control server, and its relays.
#pragma once

#include <string_view>

#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace tailscale {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr own_field first_message[] = {
    {.name = "X-Tailscale-Handshake"sv, .in_request = true}};
inline constexpr own_field derp_fields[] = {
    {.name = "Derp-Fast-Start"sv}, {.name = "Derp-Version"sv}, {.name = "Derp-Public-Key"sv}};

}  // namespace detail

/// `tailscale-control-protocol`: a POST to `/ts2021` without content, with the first message of a
/// Noise handshake in X-Tailscale-Handshake, in base64: `facts.lines("X-Tailscale-Handshake")`.
inline constexpr profile control{.token = {"tailscale-control-protocol"sv, {}},
                                 .methods = method::post,
                                 .needs_host = true,
                                 .fields = detail::first_message};

/// `DERP`: relayed WireGuard packets. A server names its version and its key in Derp-Version and
/// Derp-Public-Key of the 101, which the caller adds.
///
/// With `Derp-Fast-Start: 1` a client asks a server to send no 101 at all, which breaks RFC 9110
/// section 7.8. Ignore it: those clients also accept a 101.
inline constexpr profile derp{.token = {"DERP"sv, {}}, .fields = detail::derp_fields};

}  // namespace tailscale
}  // namespace v0
}  // namespace turnout
