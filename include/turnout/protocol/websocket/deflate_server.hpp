// The server's side of permessage-deflate: which offer it accepts, RFC 7692 sections 5 and 7.1.
#pragma once

#include <cstdint>

#include "turnout/core/result.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/protocol/websocket/deflate.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket::permessage_deflate {

/// The server's preferences, and the limits of its compressor. Decompression also works with a
/// larger window than the client's, so it needs no smallest one.
struct settings {
  bool server_no_context_takeover = false;  ///< announce that the server takes over no context
  bool client_no_context_takeover = false;  ///< require it of the client
  /// The largest window to compress with, 8 to 15.
  std::uint8_t server_max_window_bits = 15;
  /// The largest window to decompress with, 8 to 15: if it is less than 15, an offer without
  /// client_max_window_bits is declined.
  std::uint8_t client_max_window_bits = 15;
  /// The smallest window to compress with: an offer that requires a smaller one is declined. Use 15
  /// if the compressor can't choose its window, 8 if it really supports 8 bits.
  std::uint8_t smallest_window_bits = zlib_window;

  friend constexpr bool operator==(const settings&, const settings&) = default;
};

/// The response to one offer. A server repeats the client's hints, so that both sides know them.
///
/// Rule      RFC 7692 section 7.1: server_no_context_takeover and server_max_window_bits must be
///           answered if they were offered, client_max_window_bits may be answered only then; no
///           window is larger than offered
/// Fails     unsupported_window if the offer must be declined
constexpr result<response> accept(const offer& offered, const settings& own = {}) noexcept {
  using detail::limit, detail::smaller;
  const auto server =
      detail::smaller(detail::limit(offered.server_max_window_bits), own.server_max_window_bits);
  if (server < own.smallest_window_bits) return failure{errc::unsupported_window, 0};
  const auto client =
      detail::smaller(detail::limit(offered.client_max_window_bits), own.client_max_window_bits);
  if (offered.client_max_window_bits == 0 && client < 15)
    return failure{errc::unsupported_window, 0};

  response given;
  given.server_no_context_takeover =
      offered.server_no_context_takeover || own.server_no_context_takeover;
  given.client_no_context_takeover =
      offered.client_no_context_takeover || own.client_no_context_takeover;
  if (offered.server_max_window_bits != 0 || server < 15) given.server_max_window_bits = server;
  if (client < 15) given.client_max_window_bits = client;
  return given;
}

/// Accepts the first offer that is well-formed and that the server can fulfil; declines the others.
///
/// Rule      RFC 7692 sections 5 and 7: offers are in the client's order of preference, and
///           declining one is not a failure
/// Takes     offered: the request's extensions; those with other names are skipped
/// Costs     one pass
///
/// ```cpp
/// const auto offered = turnout::field::sec_websocket_extensions::parse(
///     "permessage-deflate; client_max_window_bits");
/// const auto answer =
///     turnout::websocket::permessage_deflate::choose(*offered, {.client_max_window_bits = 10});
/// assert(answer.terms.in_use && answer.terms.client_window_bits == 10);
/// std::array<char, 128> out;
/// assert(*turnout::write(answer.element, out) ==
///        "permessage-deflate; client_max_window_bits=10");
/// ```
constexpr answer choose(const field::sec_websocket_extensions& offered,
                        const settings& own = {}) noexcept {
  for (const field::extension& one : offered) {
    const auto wanted = offer::read(one);
    if (!wanted) continue;
    const auto given = accept(*wanted, own);
    if (given) return {*given, settle(*wanted, *given)};
  }
  return {};
}

}  // namespace websocket::permessage_deflate
}  // namespace v0
}  // namespace turnout
