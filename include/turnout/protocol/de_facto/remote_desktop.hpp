// WebSocket as Microsoft's RD Gateway speaks it: with methods of its own. No RFC defines them: this
// follows [MS-TSGU] and FreeRDP.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/websocket/client.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace turnout {
inline namespace v0 {
namespace remote_desktop {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr std::string_view methods[] = {"RDG_OUT_DATA"sv, "RDG_IN_DATA"sv};
inline constexpr own_field fields[] = {{.name = "RDG-Connection-Id"sv}};

}  // namespace detail

/// `websocket` after `RDG_OUT_DATA` or `RDG_IN_DATA`, to `/remoteDesktopGateway/`: all else is as
/// in RFC 6455, and websocket::agree() agrees to it. A server may speak websocket::profile too: the
/// method tells them apart. A client without WebSocket sends the same methods without Upgrade,
/// which are ordinary requests.
inline constexpr turnout::profile profile{.token = {"websocket"sv, {}},
                                          .methods = {},
                                          .own_agreement = true,
                                          .needs_host = true,
                                          .by_extended_connect = false,
                                          .websocket_key = true,
                                          .method_names = detail::methods,
                                          .fields = detail::fields};

/// A client's request, whose response is checked as for a WebSocket.
///
/// ```cpp
/// const turnout::field_line fields[] = {{"RDG-Connection-Id", "{0123}"}};
/// const turnout::remote_desktop::proposal asked{
///     {}, {.target = "/remoteDesktopGateway/", .host = "a", .fields = fields}};
/// std::array<char, 512> out;
/// assert(turnout::write_request(asked, out)->starts_with("RDG_OUT_DATA /remoteDesktopGateway/"));
/// ```
class proposal : public websocket::proposal {
 public:
  /// Takes     nonce: 16 octets of good randomness, new for each connection; wanted: the parts of
  ///           the request, with RDG-Connection-Id in its field lines
  /// Borrows   what `wanted` views
  constexpr proposal(const std::array<std::uint8_t, 16>& nonce,
                     const websocket::request& wanted) noexcept
      : websocket::proposal{nonce, wanted} {
    method = turnout::method::other;
    method_name = detail::methods[0];
    protocols = {&profile, 1};
  }
};

}  // namespace remote_desktop
}  // namespace v0
}  // namespace turnout
