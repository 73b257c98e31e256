// What a gateway does next between a stream and a connection: RFC 8441 section 5, RFC 9113 section
// 8.5, RFC 9114 section 4.4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/octet_parts.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/span.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/request.hpp"

namespace turnout {
inline namespace v0 {

/// Gateways between HTTP/1.1 and HTTP/2 or HTTP/3.
namespace gateway {

using state = machine::gateway_state;
using machine::name_of;

/// The options of a gateway besides the protocols that it forwards.
struct options {
  turnout::limits limits{};    ///< of the HTTP/1.1 side
  bool allow_connect = false;  ///< whether CONNECT is a turn with need::connect, or is refused
  /// Returns the content of a refusal for its failure. With nullptr, refusals have no content, and
  /// the sentences of explain() are not linked.
  std::string_view (*refusal_text)(errc) noexcept = turnout::detail::text_of;
  /// Returns more field lines for a refusal, by its failure and its status; nullptr for none.
  /// forwarding::status_fields writes Proxy-Status (RFC 9209).
  lasting_span<const field_line> (*refusal_fields)(errc, std::uint16_t) noexcept = nullptr;

  friend constexpr bool operator==(const options&, const options&) = default;
};

/// The two sides of a gateway.
enum class side : std::uint8_t {
  stream,     ///< one stream of HTTP/2 or HTTP/3
  connection  ///< one connection of HTTP/1.1
};

/// The name of the enumerator.
constexpr std::string_view name_of(side one) noexcept {
  constexpr const char* names[] = {"stream", "connection"};
  return names[static_cast<std::size_t>(one)];
}

/// What the caller does in a turn, after it has sent the turn's output.
enum class need : std::uint8_t {
  more,      ///< advance() this side again; if the turn is_idle(), read more first
  wait,      ///< advance() the other side before this one
  request,   ///< open the other side for `protocol`, and forward(); or refuse()
  connect,   ///< the same for a CONNECT: only to targets that clients may reach
  ordinary,  ///< an ordinary request: the caller's HTTP code answers it
  content,   ///< use `content`, the next octets of the content of an ordinary request
  response,  ///< that request is complete: send a response and call responded(), or refuse()
  close      ///< close the connection; the stream has ended, or is reset
};

/// The need's name.
constexpr std::string_view name_of(need one) noexcept {
  constexpr const char* names[] = {"more",     "wait",    "request",  "connect",
                                   "ordinary", "content", "response", "close"};
  return names[static_cast<std::size_t>(one)];
}

/// Why a stream is reset.
enum class stream_error : std::uint8_t {
  none,       ///< it is not reset
  malformed,  ///< its input breaks a rule
  cancelled,  ///< the protocol's connection was reset
  connect,    ///< the connection of a CONNECT was reset
  internal    ///< the server's response ends too early, after its head was forwarded
};

/// The name of the enumerator.
constexpr std::string_view name_of(stream_error one) noexcept {
  constexpr const char* names[] = {"none", "malformed", "cancelled", "connect", "internal"};
  return names[static_cast<std::size_t>(one)];
}

/// The error code of a RST_STREAM frame.
///
/// Rule      RFC 9113 sections 7, 8.1.1 and 8.5; RFC 8441 section 5: a RST is CANCEL
constexpr std::uint32_t http_2_code(stream_error one) noexcept {
  constexpr std::uint32_t codes[] = {0x0, 0x1, 0x8, 0xa, 0x2};
  return codes[static_cast<std::size_t>(one)];
}

/// The error code that resets a stream of HTTP/3.
///
/// Rule      RFC 9114 sections 4.1.2, 4.4 and 8.1; RFC 9220 section 3: a RST is
///           H3_REQUEST_CANCELLED
constexpr std::uint64_t http_3_code(stream_error one) noexcept {
  constexpr std::uint64_t codes[] = {0x100, 0x10e, 0x10c, 0x10f, 0x102};
  return codes[static_cast<std::size_t>(one)];
}

/// One turn of a gateway: **send** `list`, `data` and the end to the stream, `octets` and the end
/// to the connection; **do** what `need` says; **drop** `used` octets of the side whose turn it
/// was. Dropping comes last, since everything here views the octets that were passed in.
///
/// Borrows   the input, its space, and the list of profiles
struct turn {
  gateway::need need = gateway::need::more;  ///< what to do
  std::size_t used = 0;                      ///< how many octets of this side to drop at the end

  span<const field_line> list{};  ///< what to send to the stream: a header list, if it has lines
  std::string_view data{};        ///< after it: octets of DATA, if there are any
  bool end_stream = false;        ///< after these: whether the stream ends, with END_STREAM or FIN
  stream_error reset_stream = stream_error::none;  ///< instead of its end: why to reset it

  turnout::detail::octet_parts octets{};  ///< what to send to the connection
  bool end_connection = false;            ///< after these: whether to end its output, with FIN
  bool reset_connection = false;          ///< instead of its end: whether to reset it, with RST

  std::string_view content{};  ///< with content: never empty

  /// What is wrong, if anything; `at` is an offset in the octets of HTTP/1.1, or the index of a
  /// line in a header list. With no_space, nothing has changed: call again with as much space as
  /// `needed` says.
  failure why{};
  extended_connect::list_size needed{};  ///< with no_space: how many lines and octets

  extended_connect::request request{};  ///< of to_http_1, with request, connect and ordinary
  request_head head{};                  ///< of from_http_1, with the same
  const profile* protocol = nullptr;    ///< with request: the protocol that it asks for

  /// True if nothing was done, and only more octets of this side or the other one are needed.
  constexpr bool is_idle() const noexcept {
    const bool reads = need == gateway::need::more || need == gateway::need::wait;
    return reads && used == 0 && list.empty() && data.empty() && !end_stream && octets.empty() &&
           !end_connection;
  }
};

namespace detail {

/// Closes with the reason why nothing could be written.
constexpr void close_for(turn& now, failure why) noexcept {
  now.need = need::close;
  now.why = why;
}

/// The turn for too little space: it sends nothing.
constexpr turn out_of_space(const turn& found) noexcept {
  turn now;
  now.needed = found.needed;
  close_for(now, found.why);
  return now;
}

/// Sets the header list, or how much space it needs if it does not fit.
constexpr bool deliver(turn& now, const extended_connect::list_size& written,
                       const extended_connect::list_space& space) noexcept {
  if (written) {
    now.list = {space.lines.data(), written.lines};
    return true;
  }
  now.needed = written;
  close_for(now, written.why);
  return false;
}

/// Sets the octets of HTTP/1.1, or how much space they need if they do not fit.
constexpr bool deliver(turn& now, const result<std::string_view>& written) noexcept {
  if (written) {
    now.octets.add(*written);
    return true;
  }
  now.needed = {written.error(), 0, written.error().at};
  close_for(now, written.error());
  return false;
}

}  // namespace detail

}  // namespace gateway
}  // namespace v0
}  // namespace turnout
