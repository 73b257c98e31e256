// The client's side of a handshake: a request out, responses in.
// RFC 9110 sections 7.8 and 15.2. The states and what leads from one to the next are in
// machine/client.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/handshake/switched.hpp"
#include "turnout/machine/client.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/switching.hpp"

namespace turnout::inline v0 {

/// What the caller does next.
enum class client_step : std::uint8_t {
  need_more,         ///< shows the same octets again, and more
  interim_response,  ///< shows `rest`, and what follows it: the answer is still to come
  switched,          ///< speaks the new protocol, beginning with switched()->octets()
  declined,          ///< reads `response` and its content, which begins with `rest`, as HTTP/1.1
  failed             ///< closes the connection
};

/// What client_handshake::receive() found.
///
/// Borrows   the octets that were shown, and the proposal's list of profiles
class client_received {
 public:
  client_step what = client_step::need_more;  ///< what to do next
  failure why;             ///< with failed: what is wrong, at which octet of those shown
  response_head response;  ///< with interim_response, declined, and the 101 with switched
  turnout::facts facts;    ///< those of `response`
  std::string_view rest;   ///< the octets shown that are not the library's

  /// With switched: the evidence; else nullptr. It borrows from this object.
  constexpr const turnout::switched* switched() const noexcept {
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

/// One connection on the client's side, up to the switch.
///
/// It keeps no view of octets: the caller shows receive() all octets of the connection that are
/// not yet used. It gives no way to send octets of the new protocol before the switch is confirmed.
///
/// Takes     `Proposal`: turnout::proposal, or a type derived from it
/// Borrows   the proposal, for as long as it lives
template <class Proposal>
class client_handshake {
 public:
  /// Borrows   `asked`
  constexpr explicit client_handshake(const Proposal& asked, const limits& bounds = {}) noexcept
      : asked_{&asked}, limits_{bounds} {}

  /// A proposal that ends before the handshake is of no use.
  explicit client_handshake(const Proposal&& asked, const limits& bounds = {}) = delete;

  /// Writes the request.
  ///
  /// Rule      RFC 9110 section 7.8, RFC 9112 section 3
  /// Returns   how many octets to send
  /// Fails     out_of_turn if it was written before: a request is never sent twice; as
  ///           turnout::write_request()
  /// Changes   nothing when it fails
  constexpr result<std::size_t> write_request(std::span<char> out) noexcept {
    if (!has_row(client_table, state_, client_event::request_written))
      return failure{errc::out_of_turn, 0};
    const auto size = turnout::write_request(*asked_, out);
    if (size) happen(client_event::request_written);
    return size;
  }

  /// Reads one response head, once all of it is there, and judges it.
  ///
  /// Rule      RFC 9112 sections 2, 4 and 5, RFC 9110 sections 7.8 and 15.2: interim responses
  ///           come before the answer, and their fields say nothing about it
  /// Takes     unread: all octets of the connection that are not yet used, from the same one on
  ///           until the outcome is another one than need_more
  /// Returns   need_more; interim_response; switched, declined or failed, each of them again and
  ///           again, with all of `unread` as rest
  /// Fails     why: whatever message/head.hpp and check_switch() find, at the octet in `unread`;
  ///           too_many_interim_responses; out_of_turn, with the handshake unchanged, before the
  ///           request was written
  /// Borrows   from `unread`
  /// Changes   nothing after the answer was read
  /// Costs     one pass over a head that is shown whole; two over one that came in pieces
  constexpr client_received receive(std::string_view unread) noexcept {
    client_received now;
    now.rest = unread;
    switch (state_) {
      case client_state::waiting:
        read(now, unread);
        return now;
      case client_state::switched:
        now.set_switched(*agreed_);
        return now;
      case client_state::declined:
        now.what = client_step::declined;
        return now;
      case client_state::failed:
        now.what = client_step::failed;
        now.why = why_;
        return now;
      case client_state::asking:
        now.what = client_step::failed;
        now.why = {errc::out_of_turn, 0};
        return now;
    }
    return now;
  }

  /// Says that the server sends no more. It is never said by showing no octets.
  ///
  /// Rule      RFC 9112 section 8
  /// Takes     unread: the octets that are left, as for receive()
  /// Fails     incomplete, at the size of `unread`, if the answer did not come; out_of_turn after
  ///           it came
  constexpr result<void> input_ended(std::string_view unread) noexcept {
    if (!happen(client_event::broken)) return failure{errc::out_of_turn, 0};
    why_ = {errc::incomplete, unread.size()};
    return why_;
  }

  /// The state, as in machine/client.hpp.
  constexpr client_state state() const noexcept { return state_; }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }

  friend constexpr bool operator==(const client_handshake&, const client_handshake&) = default;

 private:
  constexpr void read(client_received& now, std::string_view unread) noexcept {
    const auto reading = read_head<status_line>(
        unread, limits_, mark_,
        [&now](std::string_view name, std::string_view value) { now.facts.see(name, value); });
    if (reading.what == head_step::need_more) return;
    if (reading.what == head_step::failed) return fail(now, reading.why);
    now.response = reading.head;
    now.facts.set_start(reading.head.status, reading.head.version);
    now.rest = reading.rest;
    judge(now);
    if (now.what == client_step::failed) now.rest = unread;
  }

  constexpr void judge(client_received& now) noexcept {
    if (now.response.status == 101) return judge_switch(now);
    if (!now.response.is_interim()) {
      now.what = client_step::declined;
      happen(client_event::final_response);
      return;
    }
    if (interim_++ == limits_.interim_responses)
      return fail(now, {errc::too_many_interim_responses, 0});
    now.what = client_step::interim_response;
    happen(client_event::interim_response);
  }

  constexpr void judge_switch(client_received& now) noexcept {
    const switch_check checked = check_switch(now.facts, *asked_, limits_.list_elements);
    if (checked.found) return fail(now, located(checked.found, now.facts, now.response.octets));
    agreed_ = checked.protocol;
    now.set_switched(*agreed_);
    happen(client_event::agreed);
  }

  constexpr void fail(client_received& now, failure why) noexcept {
    now.what = client_step::failed;
    now.why = why_ = why;
    happen(client_event::broken);
  }

  /// Takes the row for an event, if there is one.
  constexpr bool happen(client_event event) noexcept {
    if (!has_row(client_table, state_, event)) return false;
    state_ = find_row(client_table, state_, event)->to;
    return true;
  }

  const Proposal* asked_;
  limits limits_;
  resume_mark mark_;
  failure why_;
  const profile* agreed_ = nullptr;
  client_state state_ = client_begins;
  std::uint16_t interim_ = 0;
};

}  // namespace turnout::inline v0
