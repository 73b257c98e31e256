// Subprotocols of Kubernetes' WebSockets, which have a slash, so they are not tokens.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/protocol/websocket/client.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace turnout {
inline namespace v0 {
namespace kubernetes {

/// A subprotocol of Kubernetes' WebSockets: `SPDY/3.1+portforward.k8s.io` has a slash, which tokens
/// may not have.
///
/// Borrows   the octets it was read from
struct slashed_subprotocol {
  std::string_view text{};  ///< visible octets except comma and quote, compared octet for octet

  /// Reads the subprotocol at the front of `octets`.
  ///
  /// Fails     bad_token at 0
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<slashed_subprotocol>> parse_prefix(
      std::string_view octets) noexcept {
    std::size_t size = 0;
    while (size < octets.size() && is_allowed(octets[size])) ++size;
    if (size == 0) return failure{errc::bad_token, 0};
    return grammar::parsed_prefix<slashed_subprotocol>{{turnout::detail::front_of(octets, size)},
                                                       size};
  }

  /// Puts the subprotocol as it came; fails with unwritable if it is not one.
  constexpr void put(writer& to) const noexcept {
    const auto whole = parse_prefix(text);
    if (!whole || whole->size != text.size()) to.fail({errc::unwritable, whole->size});
    to.put(text);
  }

  friend constexpr bool operator==(const slashed_subprotocol&,
                                   const slashed_subprotocol&) = default;

 private:
  static constexpr bool is_allowed(char octet) noexcept {
    return octet > ' ' && octet < 0x7F && octet != ',' && octet != '"';
  }
};

/// The value of Sec-WebSocket-Protocol in Kubernetes' WebSockets.
using slashed_subprotocols = grammar::list<slashed_subprotocol, 1, errc::bad_websocket_protocol>;
/// A request for such a WebSocket, for servers.
using websocket_offer = websocket::basic_offer<slashed_subprotocols>;
/// The parts of a client's request for one.
using websocket_request = websocket::basic_request<slashed_subprotocols>;
/// A client's request for one.
using websocket_proposal = websocket::basic_proposal<slashed_subprotocols>;

}  // namespace kubernetes
}  // namespace v0
}  // namespace turnout
