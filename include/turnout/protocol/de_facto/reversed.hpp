// Protocols in which both sides change places: after the 101, the server sends the requests.
#pragma once

#include <string_view>

#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace reversed {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `PTTH/1.0`: HTTP/1.1 from the server to the client, in AirPlay (`POST /reverse`), Yaler and
/// Second Life. Some AirPlay senders leave Host out, and get a 400 (RFC 9112 section 3.2).
inline constexpr profile ptth{.token = {"PTTH"sv, "1.0"sv}, .methods = method::post};

/// `reverse`: a tunnel in which the client accepts what the server would connect to. ALPN says
/// which protocol it carries. Answer a request without the token with a 426.
///
/// Rule      draft-kazuho-httpbis-reverse-tunnel
inline constexpr profile reverse{.token = {"reverse"sv, {}}, .needs_host = true};

/// `reverse-tunnel`: the same between two Envoys.
inline constexpr profile reverse_tunnel{.token = {"reverse-tunnel"sv, {}}};

}  // namespace reversed
}  // namespace v0
}  // namespace turnout
