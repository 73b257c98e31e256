// What receive() tells a client about octets: RFC 9110 sections 7.8, 9.3.6 and 15.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// What the caller does next. Whatever it is, the octets to show next time begin with `rest`.
enum class client_step : std::uint8_t {
  need_more,         ///< reads more, then calls again with `rest` followed by the new octets
  interim_response,  ///< passes `rest`: the answer is still to come
  send_content,      ///< sends the content, or what is left of it, and calls content_sent()
  switched,          ///< speaks the new protocol, beginning with switched()->octets()
  declined,          ///< takes `response` as HTTP/1.1, and passes `rest` for its content
  content,           ///< uses `content`, and passes `rest`
  content_ended,     ///< knows that the response was read whole; asks is_reusable()
  failed             ///< closes the connection
};

/// The name of an enumerator.
constexpr std::string_view name_of(client_step one) noexcept {
  constexpr const char* names[] = {"need_more", "interim_response", "send_content",  "switched",
                                   "declined",  "content",          "content_ended", "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// What client_handshake::receive() found.
///
/// Borrows   the octets that were passed, and the proposal's list of profiles
class client_received {
 public:
  client_step what = client_step::need_more;  ///< what to do next
  failure why;  ///< with failed: what is wrong, at which octet of those shown
  /// What was read in this call, if a whole head was: interim, final, or the 101.
  response_head response;
  turnout::facts facts;      ///< those of `response`
  turnout::framing framing;  ///< with declined: where the content of the response ends
  std::string_view content;  ///< with content: octets of it, never none
  std::string_view rest;     ///< the octets shown that were not used

  /// With switched: the evidence; else nullptr. It borrows from this object.
  constexpr const turnout::switched* switched() const noexcept TURNOUT_LIFETIMEBOUND {
    return what == client_step::switched ? &switched_ : nullptr;
  }

 private:
  template <class>
  friend class client_handshake;

  constexpr void set_switched(const profile& protocol) noexcept {
    what = client_step::switched;
    switched_ = {protocol, rest};
  }

  turnout::switched switched_;
};

}  // namespace v0
}  // namespace turnout
