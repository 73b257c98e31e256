// The capsules of connect-tcp: the octets of a TCP connection, and its end.
// draft-ietf-httpbis-connect-tcp-12, not an RFC yet: the types of its capsules are provisional.
// Drafts 08 to 11 had 0x2028D7F0 and 0x2028D7F1.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/protocol/tunnel/capsule.hpp"

namespace turnout {
inline namespace v0 {
namespace connect_tcp {

/// The capsules that payload_reader returns; it skips all others.
inline constexpr capsule::known payload_capsules[] = {
    {capsule::type::data, 0, capsule::delivery::in_pieces},
    {capsule::type::final_data, 0, capsule::delivery::in_pieces},
    {capsule::type::wrap_up, 0, capsule::delivery::whole_or_fail}};

/// Reads one direction of a TCP connection. It keeps no octets.
class payload_reader {
 public:
  /// The next octets: a piece with the type of its capsule; or WRAP_UP as a whole capsule, with
  /// which a proxy asks a client to end soon.
  ///
  /// Rule      the draft's section on capsules: nothing follows FINAL_DATA, which means FIN: see
  ///           ended(). draft-ietf-httpbis-wrap-up: WRAP_UP is empty, and comes once at most
  /// Takes     unread: the octets after those that were used
  /// Fails     as capsule::reader::next(); content_not_allowed for octets after FINAL_DATA and for
  ///           another WRAP_UP
  /// Borrows   from `unread`
  constexpr capsule::received next(std::string_view unread) noexcept {
    capsule::received now = reader_.next(unread);
    const bool wraps_up = now.what == capsule::step::capsule;
    const bool again = wraps_up ? wrapping_up_ : now.what == capsule::step::piece && ended_;
    if (again) return {capsule::step::failed, 0, {}, false, unread, {errc::content_not_allowed, 0}};
    wrapping_up_ = wrapping_up_ || wraps_up;
    ended_ = ended_ || (now.type == capsule::type::final_data && now.last);
    return now;
  }

  /// True after FINAL_DATA: send FIN.
  constexpr bool ended() const noexcept { return ended_; }

  /// Tells the reader that the peer sends no more.
  ///
  /// Rule      the draft's section on closing connections: without FINAL_DATA, the connection ended
  ///           with an error: send RST
  /// Fails     incomplete, at the size of `unread`
  constexpr result<void> input_ended(std::string_view unread) const noexcept {
    if (!ended_) return failure{errc::incomplete, unread.size()};
    return reader_.input_ended(unread);
  }

 private:
  capsule::reader reader_{payload_capsules};
  bool ended_ = false;
  bool wrapping_up_ = false;
};

}  // namespace connect_tcp
}  // namespace v0
}  // namespace turnout
