// What a gateway keeps of an HTTP/1.1 client's request until the stream's response: RFC 8441
// section 5, RFC 6455 section 4.2.2.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/grammar/value_lines.hpp"
#include "turnout/handshake/server.hpp"
#include "turnout/handshake/server_received.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/extended_connect/connect.hpp"
#include "turnout/protocol/extended_connect/from_http_1.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/response.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/extended_connect/to_http_1_response.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// A request for a protocol or a tunnel, without its octets.
class upgrade {
 public:
  /// No request.
  constexpr upgrade() = default;
  /// A CONNECT.
  constexpr explicit upgrade(const request_head& head) noexcept
      : tunnel_{true}, http_1_0_{head.version < http_1_1} {}

  /// Chooses the first protocol of an offer that a stream can speak: none without Connection, which
  /// only the last recipient may tolerate.
  ///
  /// Fails     no_protocol if there is none; missing_websocket_key, repeated_websocket_key and
  ///           bad_websocket_key
  constexpr failure take(const offer& offered) noexcept {
    if (!offered.request()->has(field_name::connection)) return {errc::no_protocol, 0};
    const profile* first = nullptr;
    offered.for_each([&first](const profile& one) {
      if (first == nullptr && extended_connect::is_connectable(one)) first = &one;
    });
    if (first == nullptr) return {errc::no_protocol, 0};
    *this = {};
    agreed_ = *offered.agree(first->token);
    if (!first->websocket_key) return {};
    const grammar::value_lines keys = offered.request()->lines(field_name::sec_websocket_key);
    if (keys.empty()) return {errc::missing_websocket_key, 0};
    if (keys.has_second()) return {errc::repeated_websocket_key, 0};
    return key_.assign(keys.first());
  }

  /// The protocol that it asks for; nullptr for a CONNECT.
  constexpr const profile* wanted() const noexcept { return agreed_.protocol(); }
  /// True for a CONNECT.
  constexpr bool is_tunnel() const noexcept { return tunnel_; }
  /// True if the client speaks HTTP/1.0, which can only be a CONNECT.
  constexpr bool is_in_http_1_0() const noexcept { return http_1_0_; }

  /// Writes the header list, from the octets of the same request.
  ///
  /// Fails     foreign_agreement for another request
  constexpr extended_connect::list_size write(
      std::string_view unread, lasting_span<const profile> spoken, const limits& limits,
      std::string_view scheme, const extended_connect::enable_connect_protocol& allowed,
      const extended_connect::list_space& space) const noexcept {
    server_handshake again{spoken, limits};
    const server_received now = again.receive(unread);
    const auto expected =
        is_tunnel() ? server_step::tunnel_requested : server_step::upgrade_offered;
    if (now.what != expected) return {{errc::foreign_agreement, 0}, 0, 0};
    if (is_tunnel()) return extended_connect::write_connect(now.request, space);
    return extended_connect::write_request(
        {now.request, now.offer(), wanted()->token, scheme, allowed}, space);
  }

  /// True if a response of the stream opens the tunnel.
  ///
  /// Fails     as extended_connect::opens()
  constexpr result<bool> opened_by(const extended_connect::response& answer) const noexcept {
    if (is_tunnel()) return answer.status / 100 == 2;
    return extended_connect::opens(answer, *wanted());
  }

  /// The agreement for the 101.
  constexpr extended_connect::agreement agreement(
      const extended_connect::response& answer) const noexcept {
    return extended_connect::agreement::keep(agreed_, key_, answer);
  }

  friend constexpr bool operator==(const upgrade& one, const upgrade& other) noexcept {
    return one.wanted() == other.wanted() && one.key_ == other.key_ &&
           one.tunnel_ == other.tunnel_ && one.http_1_0_ == other.http_1_0_;
  }

 private:
  turnout::agreement agreed_;
  field::sec_websocket_key key_;
  bool tunnel_ = false;
  bool http_1_0_ = false;
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
