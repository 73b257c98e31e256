// Where a gateway is in its table, and how the two directions of its tunnel end: RFC 8441 section
// 5.
#pragma once

#include "turnout/connection/gateway/turn.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/machine/transition.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// A place in the gateway's table.
class position {
 public:
  using event = machine::gateway_event;

  /// The present state.
  constexpr gateway::state state() const noexcept { return at_.state(); }
  /// True if an event has a meaning in it.
  constexpr bool takes(event on) const noexcept { return at_.takes(on); }
  /// Takes the row for an event. Returns false, and changes nothing, if there is none.
  constexpr bool take(event on) noexcept { return at_.take(on); }

  /// True while the stream and the connection are one tunnel.
  constexpr bool is_open() const noexcept {
    return state() == state::open || state() == state::client_ended ||
           state() == state::server_ended;
  }

  /// Ends one direction of the tunnel, and all of it with the second one.
  ///
  /// Takes     from: which side has ended; client: on which side the client is
  constexpr void end_tunnel(turn& now, side from, side client) noexcept {
    take(from == client ? event::client_ended : event::server_ended);
    now.end_stream = from == side::connection;
    now.end_connection = from == side::stream;
    now.need = state() == state::closed ? need::close : need::wait;
  }

  /// Resets both sides, where no response can say what is wrong. Once the answer is whole there is
  /// nothing left to reset.
  ///
  /// Takes     how: why to reset the stream, if it is still there
  constexpr void break_off(turn& now, failure why, stream_error how) noexcept {
    close_for(now, why);
    if (state() == state::answered || state() == state::closed) return;
    now.reset_stream = how;
    now.reset_connection = state() > state::deciding;
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
