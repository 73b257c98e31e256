// What an intermediary does next between its two connections: RFC 9110 sections 7.6, 7.8, 9.3.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/octet_parts.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/span.hpp"
#include "turnout/handshake/relay_received.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The options of an intermediary besides its policy.
struct relay_options {
  turnout::limits limits{};  ///< limits::for_buffer() fits them to the input buffers
  bool allow_connect =
      false;  ///< whether CONNECT is a turn with relay_need::connect, or is refused
  /// Returns the content of a refusal for its failure. With nullptr, refusals have no content, and
  /// the sentences of explain() are not linked.
  std::string_view (*refusal_text)(errc) noexcept = detail::text_of;
  /// Returns more field lines for a refusal, by its failure and its status; nullptr for none.
  /// forwarding::status_fields writes Proxy-Status (RFC 9209).
  lasting_span<const field_line> (*refusal_fields)(errc, std::uint16_t) noexcept = nullptr;
};

/// The two sides of an intermediary.
enum class relay_side : std::uint8_t { client, server };

/// The name of the enumerator.
constexpr std::string_view name_of(relay_side one) noexcept {
  constexpr const char* names[] = {"client", "server"};
  return names[static_cast<std::size_t>(one)];
}

/// What the caller does in a turn, after it has sent the turn's output.
enum class relay_need : std::uint8_t {
  more,          ///< advance() this side again; if the turn is_idle(), read more first
  wait,          ///< advance() the other side before this one
  request,       ///< forward() it to a server, or refuse(); until then it comes again
  connect,       ///< a CONNECT: open_tunnel(), or forward() to the next proxy, or refuse()
  close_server,  ///< close the server's connection and discard its octets; keep the client's
  end_output,    ///< this side of a tunnel has ended: end the output to the other one, and continue
                 ///< with it; or close both, if the protocol lets no side end alone
  close          ///< close both connections
};

/// The need's name.
constexpr std::string_view name_of(relay_need need) noexcept {
  constexpr const char* names[] = {"more",         "wait",       "request", "connect",
                                   "close_server", "end_output", "close"};
  return names[static_cast<std::size_t>(need)];
}

/// One turn of a relay_connection: **send** `to_client` and `to_server`, **do** what `need` says,
/// **drop** `used` octets of the side whose turn it was. Dropping comes last, since everything here
/// views the octets that were passed in.
///
/// Borrows   the octets passed to advance(), its output, and the policy
class relay_turn : private relayed_request {
 public:
  relay_need need = relay_need::more;  ///< what to do
  detail::octet_parts to_client;       ///< what to send to the client
  detail::octet_parts to_server;       ///< what to send to the server
  std::size_t used = 0;                ///< how many octets of this side's input to drop at the end

  using relayed_request::facts;    ///< with a head: its facts
  using relayed_request::framing;  ///< with request and connect: where the content of the request
                                   ///< ends
  using relayed_request::request;  ///< with request and connect: the head
  /// With close: what is wrong; `at` is an offset in the input; errc::none if nothing is wrong.
  /// With no_space, nothing has changed: advance() again with an output buffer of `why.at` octets.
  /// With request and connect: why no offer is forwarded.
  using relayed_request::why;
  response_head response;  ///< in a turn of the server's side: the head that was forwarded, if any
  /// With a forwarded head: the protocol of both connections after it, if they switch.
  const profile* protocol = nullptr;

  using relayed_request::offer;

  /// True if nothing was done, and only more octets of this side or the other one are needed.
  constexpr bool is_idle() const noexcept {
    const bool reads = need == relay_need::more || need == relay_need::wait;
    return reads && used == 0 && to_client.empty() && to_server.empty();
  }

 private:
  friend class relay_connection;
  friend class detail::relay_driver;

  /// Keeps the head that was read last in the input until the caller decides.
  constexpr void hold(relay_need wanted, std::size_t head) noexcept {
    need = wanted;
    rest = {rest.data() - head, rest.size() + head};
  }

  /// Drops the server's connection, and all octets from it.
  constexpr void close_server() noexcept {
    need = relay_need::close_server;
    rest.remove_prefix(rest.size());
  }

  constexpr void close_for(failure wrong) noexcept {
    need = relay_need::close;
    why = wrong;
  }
};

}  // namespace v0
}  // namespace turnout
