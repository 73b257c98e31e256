// What a gateway keeps of a request that it has forwarded to HTTP/1.1, to examine the response.
// RFC 8441 section 5, RFC 6455 section 4.1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/tunnel.hpp"
#include "turnout/negotiation/tunnel_request.hpp"
#include "turnout/protocol/extended_connect/connect.hpp"
#include "turnout/protocol/extended_connect/request.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/extended_connect/to_http_1_request.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// A request for a protocol or a tunnel.
class forwarded_request {
 public:
  /// No request.
  constexpr forwarded_request() = default;
  /// A request for a protocol, or for turnout::tunnel.
  constexpr explicit forwarded_request(const profile& wanted) noexcept : wanted_{&wanted} {}

  /// The protocol that it asks for.
  constexpr const profile& wanted() const noexcept { return *wanted_; }
  /// True for a CONNECT.
  constexpr bool is_tunnel() const noexcept { return wanted_ == &tunnel; }

  /// Writes the request.
  ///
  /// Fails     foreign_agreement if `asked` asks for another protocol
  constexpr result<std::string_view> write(const extended_connect::request& asked,
                                           const std::array<std::uint8_t, 16>& nonce,
                                           lasting_span<const field_line> fields,
                                           span<char> out) noexcept {
    const bool same =
        is_tunnel() ? asked.is_tunnel() : extended_connect::names(asked.protocol, *wanted_);
    if (!same) return failure{errc::foreign_agreement, 0};
    const auto written = is_tunnel() ? extended_connect::write_connect(asked, fields, out)
                                     : write_upgrade(asked, nonce, fields, out);
    if (written) nonce_ = nonce;
    return written;
  }

  /// Examines a response to it.
  constexpr response_verdict examine(const facts& response,
                                     std::size_t max_elements) const noexcept {
    if (is_tunnel()) return examine_response(response, tunnel_request{}, max_elements);
    const extended_connect::proposal sent{{}, *wanted_, nonce_};
    return examine_response(response, sent, max_elements);
  }

  friend constexpr bool operator==(const forwarded_request&, const forwarded_request&) = default;

 private:
  constexpr result<std::string_view> write_upgrade(const extended_connect::request& asked,
                                                   const std::array<std::uint8_t, 16>& nonce,
                                                   lasting_span<const field_line> fields,
                                                   span<char> out) const noexcept {
    extended_connect::proposal proposed{asked, *wanted_, nonce};
    proposed.fields = fields;
    return write_request(proposed, out);
  }

  const profile* wanted_ = nullptr;
  std::array<std::uint8_t, 16> nonce_{};
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
