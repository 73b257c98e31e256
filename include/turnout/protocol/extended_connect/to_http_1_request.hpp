// From HTTP/2 and HTTP/3 to HTTP/1.1: an extended CONNECT as a request that offers to switch.
// RFC 8441 section 5, RFC 9113 sections 8.2.3 and 8.3.1, RFC 9110 section 7.8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/written_fields.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/request.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/websocket/accept.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// An extended CONNECT as the HTTP/1.1 request that means the same: for write_request(), and for a
/// client_handshake, which checks the response. More field lines, such as Via, go into `fields`.
///
/// The caller keeps the data of the stream until it has read a 101, and drops the data if none
/// comes (RFC 9484 section 11, RFC 9931 section 4.1): gateway::to_http_1 does that.
///
/// Rule      Host is `:authority` (RFC 9113 section 8.3.1); the library writes Connection and
///           Upgrade; a WebSocket gets a new key, and a version if it has none; the other fields
///           are forwarded in order, Cookie on one line
/// Borrows   what the request views, and the profile
///
/// ```cpp
/// const turnout::field_line list[] = {{":method", "CONNECT"}, {":protocol", "websocket"},
///                                     {":scheme", "https"},   {":path", "/chat"},
///                                     {":authority", "a"},    {"origin", "https://a"}};
/// const auto request = turnout::extended_connect::request::read(list);
/// const std::array<std::uint8_t, 16> nonce{};  // here 16 random octets, for each connection
/// const turnout::extended_connect::proposal down{*request, turnout::websocket::profile, nonce};
/// std::array<char, 512> out;
/// assert(turnout::write_request(down, out)->ends_with("origin: https://a\r\n\r\n"));
/// ```
class proposal : public turnout::proposal {
 public:
  /// The 101 must have Connection, whatever the profile tolerates.
  static constexpr bool is_forwarded = true;

  /// Takes     request: an extended CONNECT; wanted: a profile of its offer; nonce: 16 octets of
  ///           good randomness, new for each connection; only a WebSocket uses them
  constexpr proposal(const request& request, const profile& wanted,
                     const std::array<std::uint8_t, 16>& nonce) noexcept
      : turnout::proposal{.target = request.path,
                          .host = request.authority,
                          .protocols = {&wanted, 1}},
        request_{request},
        key_{nonce} {}

  /// The key that is sent for a WebSocket.
  constexpr const field::sec_websocket_key& key() const noexcept { return key_; }

  /// Puts the key and the version of a WebSocket, and the forwarded fields.
  ///
  /// Fails     foreign_agreement if the request asks for another protocol; unwritable at 0 if it
  ///           has no authority, or with the index in its fields
  constexpr void put_fields(writer& to) const noexcept {
    if (request_.authority.empty()) to.fail({errc::unwritable, 0});
    if (!names(request_.protocol, protocols.front())) to.fail({errc::foreign_agreement, 0});
    if (protocols.front().websocket_key) {
      field_line{"Sec-WebSocket-Key", key_.text()}.put(to);
      if (!rules::has_field(request_.fields, field_name::sec_websocket_version))
        to.put("Sec-WebSocket-Version: 13\r\n");
    }
    detail::put_crossing(to, request_.fields);
  }

  /// Returns why this request can't follow `before` on the same connection.
  ///
  /// Rule      a nonce is for one handshake, RFC 6455 section 4.1, item 7
  /// Fails     repeated_nonce
  constexpr failure check_after(const proposal& before) const noexcept {
    const bool both = protocols.front().websocket_key && before.protocols.front().websocket_key;
    return {both && key_ == before.key_ ? errc::repeated_nonce : errc::none, 0};
  }

  /// Checks the accept value of a WebSocket, and that the 101 has no content if capsules follow.
  /// The client itself checks what the server chose.
  ///
  /// Rule      RFC 6455 section 4.1, RFC 9297 section 3.2
  /// Fails     as websocket::check_accept(); content_not_allowed
  constexpr finding check_switch(const facts& response, const turnout::profile& agreed,
                                 std::size_t) const noexcept {
    if (agreed.websocket_key) return websocket::check_accept(response, key_);
    return agreed.capsules ? masque::check_no_content(response) : finding{};
  }

 private:
  request request_;
  field::sec_websocket_key key_;
};

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
