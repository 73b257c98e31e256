// The negotiation of the extension permessage-deflate: RFC 7692 section 7.1. The server's side is
// in protocol/websocket/deflate_server.hpp, the client's in protocol/websocket/deflate_client.hpp;
// the caller compresses and decompresses.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/protocol/websocket/deflate_parameters.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket::permessage_deflate {

namespace detail {

constexpr std::uint8_t smaller(std::uint8_t one, std::uint8_t other) noexcept {
  return one < other ? one : other;
}

/// The window size that a parameter allows: 15 if it has no value.
constexpr std::uint8_t limit(std::uint8_t bits) noexcept {
  return bits > bare ? bits : std::uint8_t{15};
}

}  // namespace detail

/// The parameters that follow from an offer and its response. The client keeps its hints even if
/// the response does not mention them.
///
/// Rule      RFC 7692 sections 7.1.1 and 7.1.2
///
/// ```cpp
/// namespace deflate = turnout::websocket::permessage_deflate;
/// const deflate::agreed terms = deflate::settle({.client_max_window_bits = deflate::bare},
///                                               {.client_max_window_bits = 10});
/// assert(terms.in_use && terms.client_window_bits == 10 && terms.server_window_bits == 15);
/// ```
constexpr agreed settle(const offer& offered, const response& given) noexcept {
  agreed all;
  all.in_use = true;
  all.server_no_context_takeover = given.server_no_context_takeover;
  all.client_no_context_takeover =
      given.client_no_context_takeover || offered.client_no_context_takeover;
  all.server_window_bits = detail::limit(given.server_max_window_bits);
  all.client_window_bits = detail::smaller(detail::limit(offered.client_max_window_bits),
                                           detail::limit(given.client_max_window_bits));
  return all;
}

/// Checks that at most one of some extensions uses the bit RSV1, as permessage-deflate does.
///
/// Rule      RFC 7692 section 6
/// Takes     chosen: the server's answer, before it is sent or after it was received; others: names
///           of the other extensions that use RSV1 on this side
/// Fails     conflicting_extensions with the offset of the second one that uses it
constexpr result<void> check_rsv1(const field::sec_websocket_extensions& chosen,
                                  span<const std::string_view> others = {}) noexcept {
  bool taken = false;
  for (auto one = chosen.begin(); one != chosen.end(); ++one) {
    bool uses = one->name == name;
    for (const std::string_view other : others) uses = uses || one->name == other;
    if (uses && taken) return failure{errc::conflicting_extensions, one.offset()};
    taken = taken || uses;
  }
  return {};
}

}  // namespace websocket::permessage_deflate
}  // namespace v0
}  // namespace turnout
