// The client's side of a handshake: writes a request and reads the responses.
// RFC 9110 sections 7.8, 9.3.6 and 15.2. machine/client.hpp has the states and transitions.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/handshake/client_received.hpp"
#include "turnout/machine/client.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/negotiation/read_facts.hpp"
#include "turnout/negotiation/tunnel_request.hpp"

namespace turnout {
inline namespace v0 {

/// One connection on the client's side, up to the switch.
///
/// It keeps no view of octets: the caller passes all unused octets of the connection to receive(),
/// and begins with `rest` at the next call. Octets of the new protocol can't be sent before the
/// switch is confirmed (RFC 9931 section 3). The caller begins after it has read all responses to
/// earlier requests on the connection: they come in the order of the requests (RFC 9112 section
/// 9.2).
///
/// Takes     `Proposal`: turnout::proposal, or a type derived from it, or tunnel_request
/// Borrows   the proposal, during its whole lifetime
///
/// ```cpp
/// static constexpr turnout::profile wanted[] = {{.token = {"example", "1"}}};
/// const turnout::proposal asked{turnout::method::get, "/", "a", wanted};
/// turnout::client_handshake handshake{asked};
/// std::array<char, 512> out;
/// assert(handshake.write_request(out)->ends_with("Upgrade: example/1\r\n\r\n"));
/// const auto now = handshake.receive(
///     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
///     "Upgrade: example/1\r\n\r\nfirst");
/// assert(now.what == turnout::client_step::switched && now.switched()->octets() == "first");
/// ```
template <class Proposal>
class client_handshake {
 public:
  /// Borrows   `proposal`
  constexpr explicit client_handshake(const Proposal& proposal, limits bounds = {}) noexcept
      : proposal_{&proposal}, limits_{bounds} {}

  /// Deleted: a temporary proposal would be destroyed before the handshake.
  explicit client_handshake(const Proposal&& proposal, limits bounds = {}) = delete;

  /// Writes the request, or its head if the proposal has content, which the caller sends after it:
  /// at once, or, if it expects 100-continue, after receive() or stop_waiting() allows it.
  ///
  /// Rule      RFC 9110 sections 7.8 and 10.1.1, RFC 9112 section 3
  /// Returns   what to send
  /// Fails     out_of_turn if the request was written before, since it is never sent twice; as
  ///           turnout::write_request()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> write_request(span<char> out) noexcept(
      noexcept(turnout::write_request(*proposal_, out))) {
    if (!at_.takes(machine::client_event::request_written)) return failure{errc::out_of_turn, 0};
    const auto written = turnout::write_request(*proposal_, out);
    if (!written) return written;
    if (proposal_->content.ends_at_once())
      at_.take(machine::client_event::request_written);
    else
      at_.take(proposal_->expect_continue ? machine::client_event::expect_written
                                          : machine::client_event::head_written);
    return written;
  }

  /// Tells the handshake that the caller sends its content without a 100 (Continue), which did not
  /// come in time.
  ///
  /// Rule      RFC 9110 section 10.1.1: a client does not wait forever
  /// Fails     out_of_turn unless the content waits for a 100
  constexpr result<void> stop_waiting() noexcept {
    if (state() != client_state::expecting) return failure{errc::out_of_turn, 0};
    at_.take(machine::client_event::continue_sending);
    return {};
  }

  /// Tells the handshake that all of the content was sent.
  ///
  /// Rule      RFC 9110 section 7.8: no octet of the new protocol is sent before it
  /// Fails     out_of_turn unless content is being sent
  constexpr result<void> content_sent() noexcept {
    return at_.call(machine::client_event::content_sent);
  }

  /// Reads and examines the head of a response as soon as it is complete; then, if the response
  /// declines, its content.
  ///
  /// Rule      RFC 9112 sections 2 and 4 to 7, RFC 9110 sections 7.8, 9.3.6 and 15.2: interim
  ///           responses come before the final one, and their fields say nothing about it
  /// Takes     unread: all unused octets of the connection
  /// Returns   need_more; interim_response; send_content for the 100 that the content waits for,
  ///           and while content remains to be sent after a 101; declined, then content, and
  ///           content_ended; switched; failed. The last three then come again at each call
  /// Fails     why: the failures of message/head.hpp, examine_response() and message/content.hpp,
  ///           at the octet in `unread`; too_many_interim_responses; before the request was
  ///           written, unsolicited_response for octets, and out_of_turn without octets, which
  ///           leaves the handshake unchanged
  /// Borrows   from `unread`
  /// Costs     one pass over a head in one piece; two over a head in pieces; for content, as
  ///           content_reader::next()
  constexpr client_received receive(std::string_view unread) noexcept(judges_nothrow) {
    client_received now;
    receive(now, unread);
    return now;
  }

  /// Prepares for the next request on the connection, such as one for the protocol that a 426
  /// requires.
  ///
  /// Takes     next: borrowed instead of the previous proposal; it may be the same unless its
  ///           protocol forbids that
  /// Fails     out_of_turn unless a declined response was read completely; not_persistent if
  ///           is_reusable() is false; repeated_nonce for a WebSocket proposal with the same key
  constexpr result<void> start_over(const Proposal& next) noexcept(
      noexcept(next.check_after(next))) {
    if (!at_.takes(machine::client_event::start_over) || !content_.ended())
      return failure{errc::out_of_turn, 0};
    if (!persistent_) return failure{errc::not_persistent, 0};
    const failure why = next.check_after(*proposal_);
    if (why.code != errc::none) return why;
    *this = client_handshake{next, limits_};
    return {};
  }

  /// Deleted: a temporary proposal would be destroyed before the handshake.
  result<void> start_over(const Proposal&& next) = delete;

  /// Tells the handshake that the server sends no more. Passing no octets to receive() does not
  /// mean that.
  ///
  /// Rule      RFC 9112 section 8; section 6.3 item 8: content may end there
  /// Takes     unread: the remaining octets, as for receive()
  /// Fails     incomplete, at the size of `unread`, if the response or its content is incomplete;
  ///           out_of_turn after the connection switched or failed
  constexpr result<void> input_ended(std::string_view unread) noexcept {
    if (state() == client_state::declined && (unread.empty() || content_.ended())) {
      persistent_ = false;
      if (content_.input_ended()) return {};
    }
    return break_off({errc::incomplete, unread.size()});
  }

  /// The state, as in machine/client.hpp.
  constexpr client_state state() const noexcept { return at_.state(); }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }
  /// True after a declined response was read completely, if the connection can carry the next
  /// request.
  ///
  /// Rule      RFC 9112 sections 9.3 and 9.6: not after `close`, after content that ends with the
  ///           connection, or if the request was not sent completely; not if more octets than the
  ///           response came (section 9.2), nor after a refused CONNECT (RFC 9931 section 8) or
  ///           refused capsules with Upgrade (section 6.3)
  constexpr bool is_reusable() const noexcept {
    return state() == client_state::declined && content_.ended() && persistent_;
  }

  friend constexpr bool operator==(const client_handshake&, const client_handshake&) = default;

 private:
  template <class>
  friend class client_connection;

  /// True unless the proposal's check_switch() may throw.
  static constexpr bool judges_nothrow = requires(const facts& seen, const Proposal& proposal) {
    requires noexcept(examine_response(seen, proposal));
  };

  /// As receive() above, in place.
  constexpr void receive(client_received& now, std::string_view unread) noexcept(judges_nothrow) {
    now.what = client_step::need_more;
    now.rest = unread;
    switch (state()) {
      case client_state::asking:
        if (!unread.empty()) return fail(now, {errc::unsolicited_response, 0});
        now.what = client_step::failed;
        now.why = {errc::out_of_turn, 0};
        return;
      case client_state::expecting:
      case client_state::sending:
      case client_state::waiting:
        return read_head(now, unread);
      case client_state::agreed:
        now.what = client_step::send_content;
        return;
      case client_state::switched:
        return now.set_switched(*agreed_);
      case client_state::declined:
        return read_content(now, unread);
      case client_state::failed:
        now.what = client_step::failed;
        now.why = why_;
    }
  }

  constexpr void read_head(client_received& now, std::string_view unread) noexcept(judges_nothrow) {
    const head_outcome found = read_facts(now.response, now.facts, unread, limits_, mark_);
    if (found.what == head_step::need_more) return;
    if (found.what == head_step::failed) return fail(now, found.why);
    detail::note_own_fields(now.facts, proposal_->protocols, now.response.fields);
    const auto judged = examine_response(now.facts, *proposal_, limits_.list_elements);
    if (judged.what == response_verdict::kind::broken)
      return fail(now, rules::located(judged.found, now.facts, now.response.octets));
    if (judged.what == response_verdict::kind::interim && interim_++ == limits_.interim_responses)
      return fail(now, {errc::too_many_interim_responses, 0});
    now.rest = found.rest;
    take_verdict(now, judged);
  }

  constexpr void take_verdict(client_received& now, const response_verdict& judged) noexcept {
    if (judged.what == response_verdict::kind::interim) {
      const bool goes = state() == client_state::expecting && now.response.status == 100;
      now.what = goes ? client_step::send_content : client_step::interim_response;
      at_.take(goes ? machine::client_event::continue_sending
                    : machine::client_event::interim_response);
      return;
    }
    if (judged.what == response_verdict::kind::switched) {
      agreed_ = judged.protocol;
      at_.take(machine::client_event::agreement);
      now.what = client_step::send_content;
      if (state() == client_state::switched) now.set_switched(*agreed_);
      return;
    }
    persistent_ = judged.persistent && state() == client_state::waiting;
    content_ = {judged.content, detail::message_kind::response};
    now.framing = judged.content;
    now.what = client_step::declined;
    check_rest(now);
    at_.take(machine::client_event::final_response);
  }

  constexpr void read_content(client_received& now, std::string_view unread) noexcept {
    const content_piece piece = content_.next(unread, limits_, mark_);
    if (piece.what == content_step::failed) return fail(now, piece.why);
    now.rest = piece.rest;
    now.content = piece.octets;
    if (piece.what == content_step::octets) now.what = client_step::content;
    if (piece.what == content_step::ended) now.what = client_step::content_ended;
    check_rest(now);
  }

  /// Octets after a complete response belong to no request (RFC 9112 section 9.2).
  constexpr void check_rest(const client_received& now) noexcept {
    if (content_.ended() && !now.rest.empty()) persistent_ = false;
  }

  constexpr result<void> break_off(failure why) noexcept {
    if (!at_.take(machine::client_event::broken)) return failure{errc::out_of_turn, 0};
    why_ = why;
    return why_;
  }

  constexpr void fail(client_received& now, failure why) noexcept {
    now.what = client_step::failed;
    now.why = why_ = why;
    at_.take(machine::client_event::broken);
  }

  const Proposal* proposal_;
  limits limits_;
  resume_mark mark_;
  failure why_;
  const profile* agreed_ = nullptr;
  content_reader content_;
  machine::position<machine::client_rows, machine::client_begins> at_;
  bool persistent_ = false;  // if both messages allow it
  std::uint16_t interim_ = 0;
};

}  // namespace v0
}  // namespace turnout
