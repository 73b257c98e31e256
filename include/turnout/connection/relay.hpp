// An intermediary between a client's connection and a server's, in three steps a turn:
//
// **Send** what is due. **Do** what is asked. **Drop** what was used.
//
// It forwards responses and content, answers where the server can't, and joins both connections to
// a tunnel once a 101 that was checked, or a 2xx to CONNECT, has gone to the client.
// handshake/relay.hpp has each step by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/relay_driver.hpp"
#include "turnout/connection/relay_turn.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/relay.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/forwarded_content.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {

/// A client's connection at an intermediary, and for each request on it the connection to a server.
///
/// It does no input or output and keeps no octets: the caller passes all octets of one side that it
/// has read and not dropped, first to last, and a buffer for heads. Octets that the client sends
/// after its request stay in the caller's buffer until a matching 101 has been forwarded (RFC 9931
/// section 4.1).
///
/// Borrows   the policy, for as long as it lives
class relay_connection {
 public:
  /// Borrows   `policy`
  constexpr explicit relay_connection(const relay_policy& policy,
                                      const relay_options& options = {}) noexcept
      : driver_{policy, options} {}

  /// A temporary policy would be gone before the connection.
  explicit relay_connection(const relay_policy&& policy,
                            const relay_options& options = {}) = delete;

  /// Takes one step of one side, from the octets that are there.
  ///
  /// Rule      RFC 9112 sections 2 to 7 and 9, RFC 9110 sections 7.6, 7.8, 9.3.6 and 15.2
  /// Takes     side: whose turn it is; unread: all octets of that side that were not dropped; out:
  ///           turnout::room() octets are enough for any head within the limits
  /// Returns   the turn: send its output, do what it needs, drop what it used, in this order
  /// Fails     need is close: with what the client or the server did wrong; connect_not_allowed;
  ///           no_space, with nothing changed, if `out` is too small: advance() again with more
  /// Borrows   from `unread` and `out`
  constexpr relay_turn advance(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                               span<char> out) noexcept {
    return driver_.advance(side, unread, out);
  }

  /// Writes the head of the forwarded request, for a server that is connected.
  ///
  /// Rule      RFC 9110 section 7.6; on a connection that was used before, not until advance() has
  ///           left nothing unread of the server's side
  /// Takes     turn: the turn that needs it, whose octets were not dropped; fields: the field lines
  ///           to forward, if not all of the head
  /// Returns   what to send to the server
  /// Fails     out_of_turn unless a request or a CONNECT waits; as write_forwarded()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Fields>
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out,
                                             const Fields& fields) {
    return driver_.handshake.forward(turn, out, fields);
  }
  /// The same with all field lines of the head.
  constexpr result<std::string_view> forward(const relay_turn& turn, span<char> out) noexcept {
    return driver_.handshake.forward(turn, out);
  }

  /// Agrees to a CONNECT as the last proxy, and writes the 200 (OK): call it once the connection to
  /// the target is open, and only for targets that are meant to be reached.
  ///
  /// Rule      RFC 9110 section 9.3.6
  /// Takes     out: where to write; fields: more field lines
  /// Returns   what to send to the client
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    return driver_.handshake.open_tunnel(out, fields);
  }

  /// Writes a final response of the intermediary's own, as long as the client has none: a 502 where
  /// no server can be reached, a 403 where that is not allowed.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send to the client
  /// Fails     out_of_turn if no response is due; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> refuse(const refusal& answer, span<char> out) noexcept {
    return driver_.handshake.refuse(answer, out);
  }

  /// True if another request may follow on the client's connection (RFC 9112 sections 9.3, 9.6).
  constexpr bool keeps_alive() const noexcept {
    return state() == relay_state::reading_head || driver_.handshake.is_persistent();
  }

  /// True once both connections are one tunnel: every turn passes on what either side sends.
  constexpr bool is_tunnel() const noexcept { return driver_.is_tunnel(); }

  /// Says that one side sends no more, once its turn is_idle(). A server that ends before its
  /// answer is complete, or that can't be written to, is answered for with a 502. In a tunnel, the
  /// other side may stay open: call this instead of advance() for a side that has ended.
  ///
  /// Rule      RFC 9112 sections 6.3 and 8; RFC 9110 section 9.3.6: a tunnel ends once a side has
  ///           closed its connection and what it sent has gone on
  /// Takes     side, unread, out: as for advance()
  /// Returns   a turn whose need is close, close_server or end_output, or wait where the other side
  ///           goes on; or any other that the octets still allow, after which it is called again
  /// Fails     incomplete, in `why`, at the size of `unread`; no_space as advance()
  /// Borrows   from `unread` and `out`
  constexpr relay_turn end_of_input(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                                    span<char> out) noexcept {
    return driver_.end(side, unread, out, errc::incomplete);
  }

  /// Says that one side is late, once its turn is_idle(): a client that does not finish its request
  /// is answered with 408; where a server does not answer, the client gets a 504. A connection on
  /// which no request has begun is closed, and so is a tunnel.
  ///
  /// Rule      RFC 9110 sections 15.5.9 and 15.6.5, RFC 9112 section 9.5
  /// Takes     side, unread, out: as for advance()
  /// Returns   as end_of_input(); a turn whose need is wait if nothing is due from that side
  /// Fails     timed_out, in `why`; no_space as advance()
  /// Borrows   from `unread` and `out`
  constexpr relay_turn time_out(relay_side side, std::string_view unread TURNOUT_LIFETIMEBOUND,
                                span<char> out) noexcept {
    return driver_.end(side, unread, out, errc::timed_out);
  }

  /// Where the handshake is, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return driver_.handshake.state(); }

  friend constexpr bool operator==(const relay_connection&, const relay_connection&) = default;

 private:
  detail::relay_driver driver_;
};

}  // namespace v0
}  // namespace turnout
