// Computes Sec-WebSocket-Accept from Sec-WebSocket-Key: RFC 6455 section 4.2.2, item 5.4.
#pragma once

#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/kernel/accept_digest.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/protocol/websocket/begun_accept.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// The accept value for a key.
///
/// Rule      base64 of the SHA-1 of the key's text, not of the octets that it encodes, followed by
///           a fixed GUID: RFC 6455 section 4.2.2, item 5.4
/// Takes     guid: the GUID, for protocols that have another one
/// Costs     two blocks of SHA-1, with the processor's instructions for it if there are any
///
/// ```cpp
/// const auto key = turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ==");
/// assert(turnout::websocket::accept_for(*key).text() == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
/// ```
constexpr field::sec_websocket_accept accept_for(
    const field::sec_websocket_key& key, const accept_guid& guid = websocket_guid) noexcept {
  detail::begun_accept made;
  made.begin(key, guid);
  char text[32]{};
  made.write(text);
  return field::sec_websocket_accept{text};
}

/// Checks that a 101 has the accept value for a key.
///
/// Rule      RFC 6455 section 4.1, item 4 of what a client validates
/// Takes     response: facts of the 101
/// Fails     missing_websocket_accept, repeated_websocket_accept, wrong_websocket_accept
constexpr finding check_accept(const facts& response,
                               const field::sec_websocket_key& key) noexcept {
  constexpr field_name field = field_name::sec_websocket_accept;
  const grammar::value_lines lines = response.lines(field);
  if (lines.empty()) return {{errc::missing_websocket_accept, 0}, field};
  if (lines.has_second()) return {{errc::repeated_websocket_accept, lines.second()}, field};
  if (!(accept_for(key) == lines.first())) return {{errc::wrong_websocket_accept, 0}, field};
  return {};
}

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
