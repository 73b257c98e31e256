// What a server does next on a connection: RFC 9110 sections 7.8 and 9.3.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/handshake/server_received.hpp"
#include "turnout/message/limits.hpp"

namespace turnout {
inline namespace v0 {

/// The options of a server besides the protocols that it speaks.
struct server_options {
  turnout::limits limits{};  ///< limits::for_buffer() fits them to the input buffer
  /// Whether a CONNECT is a turn with server_need::connect; otherwise it is refused (decision D8).
  bool allow_connect = false;
  /// Returns the content of a refusal for its failure. With nullptr, refusals have no content, and
  /// the sentences of explain() are not linked.
  std::string_view (*refusal_text)(errc) noexcept = detail::text_of;
};

/// What the caller does in a turn, after it has sent the turn's output.
enum class server_need : std::uint8_t {
  more,      ///< read more, then advance() again; if no more comes, end_of_input()
  request,   ///< use `request`; answer it now, or advance() to get its content first
  decision,  ///< answer(), require(), refuse() or defer() the offer; otherwise it is declined
  connect,   ///< open_tunnel() or refuse(); if none is called, it is refused
  content,   ///< use `content`, the next octets of the request's content
  response,  ///< the request is complete: send a response and call responded(), or refuse()
  switched,  ///< speak the new protocol, whose first octets are `rest`
  close      ///< close the connection
};

/// The need's name.
constexpr std::string_view name_of(server_need need) noexcept {
  constexpr const char* names[] = {"more",    "request",  "decision", "connect",
                                   "content", "response", "switched", "close"};
  return names[static_cast<std::size_t>(need)];
}

/// One turn of a server_connection: **send** `output`, **do** what `need` says, **drop** `used`
/// octets. Dropping comes last, since everything here views the octets that were passed in.
///
/// Borrows   the octets passed to advance(), its output, and the list of profiles
class server_turn : private server_received {
 public:
  server_need need = server_need::more;  ///< what to do
  std::string_view output;               ///< what to send first; often empty
  std::size_t used = 0;                  ///< how many octets of the input to drop at the end
  /// With decision: true after defer(). The content is complete, and the head and its offer are
  /// gone: answer() with an agreement that you kept.
  bool deferred = false;

  using server_received::content;  ///< with content: never empty
  using server_received::facts;    ///< with a head: its facts
  using server_received::framing;  ///< with request, decision and connect: where the content ends
  using server_received::request;  ///< with request, decision and connect: the head
  /// The octets after the ones that were read: with decision, after the head; with switched, those
  /// of the new protocol.
  using server_received::rest;
  /// With close: what is wrong; `at` is an offset in the input; errc::none if nothing is wrong.
  /// With no_space, nothing has changed: advance() again with an output buffer of `why.at` octets.
  /// With request and connect: why there is no usable offer.
  using server_received::why;

  using server_received::early_data;
  using server_received::offer;
  using server_received::switched;

 private:
  friend class detail::server_driver;
};

}  // namespace v0
}  // namespace turnout
