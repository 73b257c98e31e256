// The position of a gateway in its table, and the end of both directions of its tunnel: RFC 8441
// section 5.
#pragma once

#include "turnout/connection/gateway/turn.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// A position in the gateway's table.
class position {
 public:
  using event = machine::gateway_event;

  /// The current state.
  constexpr gateway::state state() const noexcept { return at_.state(); }
  /// True if an event is allowed in it.
  constexpr bool takes(event on) const noexcept { return at_.takes(on); }
  /// Follows the row for an event. Returns false, and changes nothing, if there is none.
  constexpr bool take(event on) noexcept { return at_.take(on); }

  /// True while the stream and the connection are one tunnel.
  constexpr bool is_open() const noexcept {
    return state() == state::open || state() == state::client_ended ||
           state() == state::server_ended;
  }

  /// True from when the request was forwarded until its response or tunnel has ended.
  constexpr bool is_under_way() const noexcept {
    return state() > state::deciding && state() < state::answered;
  }

  /// Ends one direction of the tunnel, and all of it with the second one.
  ///
  /// Takes     from: the side that has ended; client: the side of the client
  constexpr void end_tunnel(turn& now, side from, side client) noexcept {
    take(from == client ? event::client_ended : event::server_ended);
    now.end_stream = from == side::connection;
    now.end_connection = from == side::stream;
    now.need = state() == state::closed ? need::close : need::wait;
  }

  /// Resets both sides, if no response can report the failure. After a complete response there is
  /// nothing left to reset.
  ///
  /// Takes     how: why to reset the stream, if it is still open
  constexpr void break_off(turn& now, failure why, stream_error how) noexcept {
    close_for(now, why);
    if (state() == state::answered || state() == state::closed) return;
    now.reset_stream = how;
    now.reset_connection = is_under_way();
    take(event::reset);
  }

  friend constexpr bool operator==(const position&, const position&) = default;

 private:
  machine::position<machine::gateway_rows, machine::gateway_begins> at_;
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
