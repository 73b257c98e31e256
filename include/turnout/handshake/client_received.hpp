// What receive() returns to a client: RFC 9110 sections 7.8, 9.3.6 and 15.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// What the caller does next. The octets for the next call begin with `rest` in each case.
enum class client_step : std::uint8_t {
  need_more,         ///< reads more, then calls again with `rest` followed by the new octets
  interim_response,  ///< calls again with `rest`: the final response is still to come
  send_content,      ///< sends the content, or the remaining part, and calls content_sent()
  switched,          ///< speaks the new protocol, beginning with switched()->octets()
  declined,          ///< uses `response` as HTTP/1.1, and calls again with `rest` for its content
  content,           ///< uses `content`, and calls again with `rest`
  content_ended,     ///< has the complete response; checks is_reusable()
  failed             ///< closes the connection
};

/// The name of the enumerator.
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
  failure why;  ///< with failed: what is wrong; `at` is an offset in the octets passed in
  /// The head, if this call completed one: interim, final, or the 101.
  response_head response;
  turnout::facts facts;      ///< the facts of `response`
  turnout::framing framing;  ///< with declined: where the content of the response ends
  std::string_view content;  ///< with content: some of its octets, never empty
  std::string_view rest;     ///< the octets passed in that were not used

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
