// The value of a DATAGRAM capsule in connect-udp and connect-ip: RFC 9298 sections 4 and 5, RFC
// 9484 sections 5 and 6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/protocol/tunnel/capsule.hpp"
#include "turnout/protocol/tunnel/varint.hpp"

namespace turnout {
inline namespace v0 {
namespace capsule {

/// A packet and its context.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// std::array<char, 64> out;
/// const auto written = turnout::write(turnout::capsule::datagram{0, "packet"}, out);
/// assert(written->size() == 9);  // type, length, context, and six octets
/// ```
struct datagram {
  /// How many octets a UDP payload may have: RFC 9298 section 5.
  static constexpr std::size_t longest_udp_payload = 65527;

  /// The context: 0 for a plain UDP payload or IP packet. Drop a datagram with a context that was
  /// not agreed on. The client assigns even contexts, the proxy odd ones.
  std::uint64_t context = 0;
  std::string_view payload;

  /// Reads the value of a DATAGRAM capsule, or of a QUIC DATAGRAM frame after its stream.
  ///
  /// Fails     bad_capsule, at the size of `value`, if it ends within the context
  /// Borrows   from `value`
  static constexpr result<datagram> parse(std::string_view value) noexcept {
    const auto context = varint::parse_prefix(value);
    if (context.size == 0) return failure{errc::bad_capsule, value.size()};
    return datagram{context.value, turnout::detail::rest_of(value, context.size)};
  }

  /// Reads the value of a DATAGRAM capsule in connect-udp.
  ///
  /// Rule      RFC 9298 section 5: a UDP payload that is too long ends the tunnel
  /// Fails     as parse(); bad_capsule at the first octet that is too many
  /// Borrows   from `value`
  static constexpr result<datagram> parse_udp(std::string_view value) noexcept {
    const auto read = parse(value);
    if (!read) return read;
    const std::size_t before = value.size() - read->payload.size();
    if (read->context == 0 && read->payload.size() > longest_udp_payload)
      return failure{errc::bad_capsule, before + longest_udp_payload};
    return read;
  }

  /// Puts the capsule: type, length, context and payload.
  ///
  /// Fails     unwritable at 0 for a context that is too large
  constexpr void put(writer& to) const noexcept {
    put_header(to);
    to.put(payload);
  }

  /// Puts everything except the payload, for callers that send the payload without copying it.
  ///
  /// Fails     as put()
  constexpr void put_header(writer& to) const noexcept {
    if (context > varint::greatest) return to.fail({errc::unwritable, 0});
    header{type::datagram, varint{context}.written_size() + payload.size()}.put(to);
    varint{context}.put(to);
  }
};

/// The known capsule for a reader of connect-udp: a datagram that is longer than UDP allows is an
/// error.
inline constexpr known udp_datagrams{type::datagram, datagram::longest_udp_payload + 8,
                                     delivery::whole_or_fail};

}  // namespace capsule
}  // namespace v0
}  // namespace turnout
