// The server's side of a handshake: request heads in, a 101 or a refusal out.
// RFC 9110 section 7.8. The states and what leads from one to the next are in machine/server.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/machine/server.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/examine.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/request_rules.hpp"
#include "turnout/negotiation/switching.hpp"

namespace turnout::inline v0 {

/// What the caller does next.
enum class server_step : std::uint8_t {
  need_more,         ///< shows the same octets again, and more
  ordinary_request,  ///< lets its HTTP code serve `request`
  upgrade_offered,   ///< calls accept(), decline(), require() or refuse()
  switched,          ///< speaks the new protocol, beginning with switched()->octets()
  failed             ///< calls refuse(why), sends what it wrote, and closes the connection
};

/// What server_handshake::receive() found.
///
/// Borrows   the octets that were shown, and the handshake's list of profiles
class server_received {
 public:
  server_step what = server_step::need_more;  ///< what to do next
  /// With failed: what is wrong, at which octet of those shown. With ordinary_request: why there
  /// is no usable offer.
  failure why;
  request_head request;   ///< with ordinary_request and upgrade_offered
  turnout::facts facts;   ///< with ordinary_request and upgrade_offered
  std::string_view rest;  ///< the octets shown that are not the library's

  /// With upgrade_offered: what is offered. It borrows from this object.
  constexpr turnout::offer offer() const noexcept { return offer_.of(facts); }

  /// With switched: the evidence; else nullptr. It borrows from this object.
  constexpr const turnout::switched* switched() const noexcept {
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

/// One connection on the server's side, up to the switch.
///
/// It keeps no view of octets: the caller shows receive() all octets of the connection that are
/// not yet used, and goes on with `rest` where there is one.
///
/// Borrows   the list of profiles, for as long as it lives
class server_handshake {
 public:
  /// Takes     supported: the protocols that the server speaks, most preferred first, at most
  ///           max_profiles
  constexpr explicit server_handshake(std::span<const profile> supported,
                                      const limits& bounds = {}) noexcept
      : supported_{supported}, limits_{bounds} {}

  /// Reads one request head, once all of it is there, and judges it.
  ///
  /// Rule      RFC 9112 sections 2 to 6, RFC 9110 sections 7.6.1 and 7.8
  /// Takes     unread: all octets of the connection that are not yet used, from the same one on
  ///           until the outcome is another one than need_more
  /// Returns   need_more; ordinary_request or upgrade_offered with the head; failed, again and
  ///           again; after accept(), switched, again and again, with all of `unread` as its octets
  /// Fails     why: whatever message/head.hpp, check_request() and check_profile() find, at the
  ///           octet in `unread`; out_of_turn, with the handshake unchanged, while an answer is due
  ///           or a request is the caller's
  /// Borrows   from `unread`
  /// Changes   nothing after the head was read
  /// Costs     one pass over a head that is shown whole; two over one that came in pieces
  constexpr server_received receive(std::string_view unread) noexcept {
    server_received now;
    now.rest = unread;
    switch (state_) {
      case server_state::reading_head:
        read(now, unread);
        return now;
      case server_state::switched:
        now.set_switched(*agreed_);
        return now;
      case server_state::failed:
        now.what = server_step::failed;
        now.why = why_;
        return now;
      case server_state::deciding:
      case server_state::ordinary:
      case server_state::answered:
      case server_state::closed:
        now.what = server_step::failed;
        now.why = {errc::out_of_turn, 0};
        return now;
    }
    return now;
  }

  /// Agrees, and writes the 101; before it a 100 (Continue) if the request waits for one.
  ///
  /// Rule      RFC 9110 sections 7.8 and 15.2.2
  /// Takes     agreed: made out of this request's offer by offer::agree(), or by the protocol's own
  ///           header: one of another request for the same protocol is not told apart; out: where
  ///           to write; fields: more field lines
  /// Returns   how many octets to send; receive() then gives the new protocol's
  /// Fails     out_of_turn unless an offer waits; foreign_agreement; as write_switch()
  /// Changes   nothing when it fails
  template <class Agreement>
  constexpr result<std::size_t> accept(const Agreement& agreed, std::span<char> out,
                                       std::span<const field_line> fields = {}) noexcept {
    if (!takes(server_event::accept)) return failure{errc::out_of_turn, 0};
    if (!offers(agreed.protocol())) return failure{errc::foreign_agreement, 0};
    const auto size = write_switch(agreed, continue_first_, fields, out);
    if (!size) return size;
    agreed_ = agreed.protocol();
    happen(server_event::accept);
    return size;
  }

  /// Lets the request be an ordinary one, which the caller's HTTP code serves.
  ///
  /// Rule      a server may ignore Upgrade, RFC 9110 section 7.8
  /// Fails     out_of_turn unless an offer waits
  constexpr result<void> decline() noexcept { return turn(server_event::decline); }

  /// Writes a 426 (Upgrade Required) that names the protocols of the handshake's list.
  ///
  /// Rule      RFC 9110 section 15.5.22
  /// Takes     out: where to write; fields: more field lines, Date among them
  /// Returns   how many octets to send
  /// Fails     as refuse()
  /// Changes   nothing when it fails
  constexpr result<std::size_t> require(std::span<char> out,
                                        std::span<const field_line> fields = {}) noexcept {
    return refuse({426, supported_, {}, fields, {}, false}, out);
  }

  /// Writes a final response instead of a switch. After a failure it says `close` whatever
  /// `answer` says: where the next request begins is not known.
  ///
  /// Rule      RFC 9110 sections 15.4 to 15.6, RFC 9112 sections 2.2 and 9.6
  /// Returns   how many octets to send
  /// Fails     out_of_turn if no request waits for an answer; as refusal::put()
  /// Changes   nothing when it fails
  constexpr result<std::size_t> refuse(refusal answer, std::span<char> out) noexcept {
    answer.close = answer.close || state_ == server_state::failed;
    const server_event event = answer.close ? server_event::answer_and_close : server_event::answer;
    if (!takes(event)) return failure{errc::out_of_turn, 0};
    const auto size = write(answer, out);
    if (size) happen(event);
    return size;
  }

  /// Makes ready for the next request on the connection.
  ///
  /// Fails     out_of_turn unless the request was an ordinary one or was answered
  constexpr result<void> start_over() noexcept {
    if (!takes(server_event::start_over)) return failure{errc::out_of_turn, 0};
    *this = server_handshake{supported_, limits_};
    return {};
  }

  /// Says that the client sends no more. It is never said by showing no octets.
  ///
  /// Rule      RFC 9112 section 8
  /// Takes     unread: the octets that are left, as for receive()
  /// Fails     incomplete, at the size of `unread`, if they are the beginning of a head;
  ///           out_of_turn where HTTP/1.1 is over or the connection was closed
  constexpr result<void> input_ended(std::string_view unread) noexcept {
    if (state_ != server_state::reading_head || unread.empty())
      return turn(server_event::input_ended);
    why_ = {errc::incomplete, unread.size()};
    happen(server_event::broken);
    return why_;
  }

  /// The state, as in machine/server.hpp.
  constexpr server_state state() const noexcept { return state_; }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }

  friend constexpr bool operator==(const server_handshake& one,
                                   const server_handshake& other) noexcept {
    return one.supported_.data() == other.supported_.data() &&
           one.supported_.size() == other.supported_.size() && one.limits_ == other.limits_ &&
           one.mark_ == other.mark_ && one.why_ == other.why_ && one.agreed_ == other.agreed_ &&
           one.offered_ == other.offered_ && one.state_ == other.state_ &&
           one.continue_first_ == other.continue_first_;
  }

 private:
  constexpr void read(server_received& now, std::string_view unread) noexcept {
    const auto reading = read_head<request_line>(
        unread, limits_, mark_,
        [&now](std::string_view name, std::string_view value) { now.facts.see(name, value); });
    if (reading.what == head_step::need_more) return;
    if (reading.what == head_step::failed) return fail(now, reading.why);
    now.request = reading.head;
    now.facts.set_start(reading.head.method, reading.head.version);
    judge(now, reading.rest);
  }

  constexpr void judge(server_received& now, std::string_view rest) noexcept {
    const verdict judged = examine(now.facts, supported_, limits_.list_elements);
    const failure why = located(judged.found, now.facts, now.request.octets);
    if (judged.what == verdict::kind::refuse) return fail(now, why);
    now.rest = rest;
    now.why = why;
    const bool ordinary = judged.what == verdict::kind::ignore || has_content(now.facts);
    if (ordinary) {
      if (judged.what == verdict::kind::offer)
        now.why = {errc::content_before_switch, now.request.octets.size()};
      now.what = server_step::ordinary_request;
      happen(server_event::ordinary_request);
      return;
    }
    now.what = server_step::upgrade_offered;
    now.offer_ = judged.offer;
    offered_ = judged.offer.offered();
    continue_first_ = expects_continue(now.facts);
    happen(server_event::offer);
  }

  constexpr void fail(server_received& now, failure why) noexcept {
    now.what = server_step::failed;
    now.why = why_ = why;
    happen(server_event::broken);
  }

  constexpr bool offers(const profile* protocol) const noexcept {
    for (std::size_t i = 0; i < supported_.size(); ++i)
      if (&supported_[i] == protocol) return (offered_ >> i & 1) != 0;
    return false;
  }

  constexpr bool takes(server_event event) const noexcept {
    return has_row(server_table, state_, event);
  }

  /// Takes the row for an event, if there is one.
  constexpr bool happen(server_event event) noexcept {
    if (!takes(event)) return false;
    state_ = find_row(server_table, state_, event)->to;
    return true;
  }

  /// The same for a call that does nothing else.
  constexpr result<void> turn(server_event event) noexcept {
    if (!happen(event)) return failure{errc::out_of_turn, 0};
    return {};
  }

  std::span<const profile> supported_;
  limits limits_;
  resume_mark mark_;
  failure why_;
  const profile* agreed_ = nullptr;
  std::uint64_t offered_ = 0;
  server_state state_ = server_begins;
  bool continue_first_ = false;
};

}  // namespace turnout::inline v0
