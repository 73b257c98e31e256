// What a client does next on a connection: RFC 9110 sections 7.8, 9.3.6 and 15.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/handshake/client_received.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The options of a client besides its proposal.
struct client_options {
  turnout::limits limits{};              ///< limits::for_buffer() fits them to the input buffer
  lasting_span<const profile> spoken{};  ///< protocols to retry with if a 426 requires one of them
};

/// What the caller does in a turn, after it has sent the turn's output.
enum class client_need : std::uint8_t {
  more,          ///< read more, then advance() again; if no more comes, end_of_input()
  send_content,  ///< send the request's content, or the remaining part, and call content_sent()
  interim,   ///< use `response`, an interim one, such as 103; the final response is still to come
  response,  ///< use `response`, which declines the switch; its content follows
  retry,     ///< the same; it requires the protocol `required`: ask() for it after the response
  content,   ///< use `content`, the next octets of the response's content
  done,      ///< the response is complete: ask() again if keeps_alive(), or close
  switched,  ///< speak the new protocol, whose first octets are `rest`
  close      ///< close the connection
};

/// The need's name.
constexpr std::string_view name_of(client_need need) noexcept {
  constexpr const char* names[] = {"more",    "send_content", "interim",  "response", "retry",
                                   "content", "done",         "switched", "close"};
  return names[static_cast<std::size_t>(need)];
}

/// One turn of a client_connection: **send** `output`, **do** what `need` says, **drop** `used`
/// octets. Dropping comes last, since everything here views the octets that were passed in.
///
/// Borrows   the octets passed to advance(), its output, and the lists of profiles
class client_turn : private client_received {
 public:
  client_need need = client_need::more;  ///< what to do
  std::string_view output;               ///< what to send first: the request, in the first turn
  std::size_t used = 0;                  ///< how many octets of the input to drop at the end
  /// With retry: the first protocol that a 426 names and that the client speaks.
  const profile* required = nullptr;

  using client_received::content;   ///< with content: never empty
  using client_received::facts;     ///< with a head: its facts
  using client_received::framing;   ///< with response and retry: where its content ends
  using client_received::response;  ///< with interim, response, retry and switched: the head
  using client_received::rest;  ///< the octets after the used ones; the new protocol's if switched
  /// With close: what is wrong; `at` is an offset in the input. With no_space, nothing has changed:
  /// advance() again with an output buffer of `why.at` octets.
  using client_received::why;

  using client_received::switched;

 private:
  template <class>
  friend class client_connection;
};

}  // namespace v0
}  // namespace turnout
