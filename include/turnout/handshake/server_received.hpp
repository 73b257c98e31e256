// What receive() returns to a server: RFC 9110 sections 7.8 and 9.3.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

class server_driver;

}  // namespace detail

/// What the caller does next. The octets for the next call begin with `rest` in each case.
enum class server_step : std::uint8_t {
  need_more,          ///< reads more, then calls again with `rest` followed by the new octets
  ordinary_request,   ///< lets its HTTP code serve `request`
  upgrade_offered,    ///< calls accept(), decline(), require() or refuse(), now or after content
  tunnel_requested,   ///< calls open_tunnel() or refuse()
  continue_expected,  ///< calls write_continue() to get the content, or answers without it
  content,            ///< uses `content`, and calls again with `rest`
  content_ended,      ///< has the complete content
  switched,           ///< speaks the new protocol, beginning with switched()->octets()
  failed              ///< sends refuse(refusal_for(why.code, supported), out), and closes
};

/// The name of the enumerator.
constexpr std::string_view name_of(server_step one) noexcept {
  constexpr const char* names[] = {"need_more",        "ordinary_request",  "upgrade_offered",
                                   "tunnel_requested", "continue_expected", "content",
                                   "content_ended",    "switched",          "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// What server_handshake::receive() found.
///
/// Borrows   the octets that were passed, and the handshake's list of profiles
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {{.token = {"example", "1"}}};
/// turnout::server_handshake handshake{spoken};
/// const auto now = handshake.receive(
///     "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: example/1\r\n\r\nfirst");
/// assert(now.what == turnout::server_step::upgrade_offered);
/// std::array<char, 512> out;
/// assert(handshake.accept(now.offer().agree({"example", "1"}), out)->starts_with("HTTP/1.1 101"));
/// assert(handshake.receive(now.rest).switched()->octets() == "first");
/// ```
class server_received {
 public:
  server_step what = server_step::need_more;  ///< what to do next
  /// With failed: what is wrong; `at` is an offset in the octets passed in. With ordinary_request
  /// and tunnel_requested: why there is no usable offer.
  failure why;
  request_head request;      ///< with ordinary_request, upgrade_offered and tunnel_requested
  turnout::facts facts;      ///< with the same
  turnout::framing framing;  ///< with the same: where the content of the request ends
  std::string_view content;  ///< with content: some of its octets, never empty
  std::string_view rest;     ///< the octets passed in that were not used

  /// With upgrade_offered: the offer. It borrows from this object, and both are valid only while
  /// the octets of the head stay in the buffer: make the agreement before you read content.
  constexpr turnout::offer offer() const& noexcept { return offer_.moved_to(facts); }
  /// Deleted, since an offer of a temporary would dangle: keep the result of receive().
  turnout::offer offer() const&& = delete;

  /// Octets that came after the complete request, before its response. They belong to the new
  /// protocol if the connection switches, and to the next request if not.
  ///
  /// Rule      few protocols allow a client to send them (RFC 9931 sections 3 and 4): the caller
  ///           decides what to do, and may refuse with `close`
  /// Returns   `rest` with upgrade_offered and tunnel_requested, if no content is due, and with
  ///           content_ended; otherwise nothing
  constexpr std::string_view early_data() const noexcept {
    const bool decides =
        what == server_step::upgrade_offered || what == server_step::tunnel_requested;
    const bool whole = decides ? framing.ends_at_once() : what == server_step::content_ended;
    return whole ? rest : std::string_view{};
  }

  /// With switched: the evidence; else nullptr. It borrows from this object.
  constexpr const turnout::switched* switched() const noexcept TURNOUT_LIFETIMEBOUND {
    return what == server_step::switched ? &switched_ : nullptr;
  }

 private:
  friend class server_handshake;

  constexpr void set_switched(const profile& protocol) noexcept {
    what = server_step::switched;
    switched_ = {protocol, rest};
  }

  turnout::offer offer_;
  turnout::switched switched_;
};

}  // namespace v0
}  // namespace turnout
