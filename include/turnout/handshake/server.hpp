// The server's side of a handshake: reads requests; writes a 101, a 2xx to CONNECT or a refusal
// (RFC 9110 sections 7.8 and 9.3.6). accept() only writes; receive() then returns the switch
// (decisions D5 and D6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/handshake/pending_request.hpp"
#include "turnout/handshake/server_received.hpp"
#include "turnout/machine/server.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/read_facts.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/request_rules.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/negotiation/tunnel.hpp"

namespace turnout {
inline namespace v0 {

/// One connection on the server's side, up to the switch. It keeps no view of octets: the caller
/// passes all unused octets to receive().
///
/// Borrows   the list of profiles, during its whole lifetime
class server_handshake {
 public:
  /// Takes     supported: the protocols that the server speaks, most preferred first
  constexpr explicit server_handshake(lasting_span<const profile> supported,
                                      limits bounds = {}) noexcept
      : supported_{supported.data()}, supported_size_{supported.size()}, limits_{bounds} {}

  /// Reads and examines the head of a request as soon as it is complete; then its content.
  ///
  /// Rule      RFC 9112 sections 2 to 7, RFC 9110 sections 7.6.1 and 7.8
  /// Takes     unread: all unused octets of the connection
  /// Returns   need_more; with the head, ordinary_request, upgrade_offered or tunnel_requested;
  ///           then content, continue_expected, and content_ended, or after accept() or
  ///           open_tunnel() switched; failed. The last three then come again at each call
  /// Fails     why: the failures of message/head.hpp, check_request(), check_profile() and
  ///           message/content.hpp, at the octet in `unread`; out_of_turn, with the handshake
  ///           unchanged, if the connection was closed
  /// Borrows   from `unread`
  /// Costs     one pass over a head in one piece; two over a head in pieces
  constexpr server_received receive(std::string_view unread) noexcept {
    server_received now;
    receive(now, unread);
    return now;
  }

  /// Writes the 100 (Continue) that the client waits for before it sends its content.
  ///
  /// Rule      RFC 9110 sections 10.1.1 and 7.8: never to HTTP/1.0, and before any other response
  /// Returns   what to send
  /// Fails     out_of_turn unless the client waits and nothing was answered; no_space
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> write_continue(span<char> out) noexcept {
    const bool open = state() == server_state::deciding || state() == server_state::ordinary;
    if (!open || !asked_.owes_continue) return failure{errc::out_of_turn, 0};
    const auto written = detail::write_continue(out);
    if (written) asked_.owes_continue = false;
    return written;
  }

  /// Agrees, and writes the 101, after a 100 (Continue) if one is due. If content is still to come,
  /// receive() returns it first, and then `switched`.
  ///
  /// Rule      RFC 9110 sections 7.8 and 15.2.2
  /// Takes     agreed: made from this request's offer by offer::agree() or by the protocol's
  ///           agree(); an agreement of another request is not detected; fields: more field lines
  /// Returns   what to send
  /// Fails     out_of_turn unless an offer waits; foreign_agreement; continue_first if the client
  ///           waits for a 100; as write_switch()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  template <class Agreement>
  constexpr result<std::string_view> accept(
      const Agreement& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    return result<std::string_view>::filled([&](std::string_view& written) {
      if (!at_.takes(event::accept)) return failure{errc::out_of_turn, 0};
      if (!asked_.offers(agreed.protocol(), supported()))
        return failure{errc::foreign_agreement, 0};
      if (asked_.waits()) return failure{errc::continue_first, 0};
      const failure why =
          detail::write_switch_into(written, agreed, asked_.owes_continue, fields, out);
      if (why.code != errc::none) return why;
      agreed_ = agreed.protocol();
      asked_.owes_continue = false;
      at_.take(asked_.content.ended() ? event::accept : event::accept_early);
      return failure{};
    });
  }

  /// Agrees as above if there is an agreement; else fails with its error.
  template <class Agreement>
  constexpr result<std::string_view> accept(
      const result<Agreement>& agreed, span<char> out,
      span<const field_line> fields = {}) noexcept(detail::puts_fields_nothrow<Agreement>) {
    if (!agreed) return agreed.error();
    return accept(*agreed, out, fields);
  }

  /// Agrees to a CONNECT, and writes the 200 (OK): call it once the tunnel exists.
  ///
  /// Rule      RFC 9110 section 9.3.6: all that the client sends after the request belongs to the
  ///           tunnel
  /// Takes     fields: more field lines
  /// Returns   what to send
  /// Fails     out_of_turn unless a CONNECT waits; as write_tunnel()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> open_tunnel(span<char> out,
                                                 span<const field_line> fields = {}) noexcept {
    if (!at_.takes(event::open_tunnel)) return failure{errc::out_of_turn, 0};
    const auto written = write_tunnel(fields, out);
    if (!written) return written;
    (void)at_.take(event::open_tunnel);
    agreed_ = &tunnel;
    return written;
  }

  /// Treats the request as an ordinary one: a server may ignore Upgrade (RFC 9110 section 7.8).
  ///
  /// Fails     out_of_turn unless an offer waits
  constexpr result<void> decline() noexcept { return at_.call(event::decline); }

  /// Writes a 426 (Upgrade Required) that names the protocols of the handshake's list (RFC 9110
  /// section 15.5.22), as refuse() does.
  ///
  /// Takes     fields: more field lines, such as Date
  constexpr result<std::string_view> require(span<char> out,
                                             span<const field_line> fields = {}) noexcept {
    return refuse({.status = 426, .protocols = supported(), .fields = fields}, out);
  }

  /// Writes a final response instead of a switch; without content if it answers HEAD. It adds
  /// `close` after a failure, to a CONNECT, and if is_persistent() is false.
  ///
  /// Rule      RFC 9110 section 15, RFC 9112 sections 2.2, 9.3 and 9.6, RFC 9931 section 8
  /// Returns   what to send; receive() still returns the rest of the content
  /// Fails     out_of_turn if no request waits for an answer; as refusal::put()
  /// Borrows   from `out`
  /// Changes   nothing when it fails
  constexpr result<std::string_view> refuse(refusal answer, span<char> out) noexcept {
    answer.to_head = answer.to_head || asked_.is_head;
    answer.keep_alive = asked_.in_http_1_0;
    const event on = answered(answer.close);
    if (!at_.takes(on)) return failure{errc::out_of_turn, 0};
    const auto written = write(answer, out);
    if (written) at_.take(on);
    return written;
  }

  /// Tells the handshake that the caller has sent its own final response.
  ///
  /// Rule      RFC 9110 section 15; section 10.1.1: no 100 (Continue) is sent after it
  /// Takes     close: whether the response had `close`, as it must if is_persistent() was false
  /// Fails     out_of_turn if no request waits for an answer
  constexpr result<void> responded(bool close = false) noexcept {
    return at_.call(answered(close));
  }

  /// Prepares for the next request on the connection.
  ///
  /// Rule      RFC 9112 section 9.3: only after all of this one was read
  /// Fails     out_of_turn unless the request was an ordinary one or was answered, and its content
  ///           has ended; not_persistent if the connection ends after the request
  constexpr result<void> start_over() noexcept {
    if (!at_.takes(event::start_over) || !asked_.content.ended())
      return failure{errc::out_of_turn, 0};
    if (!asked_.persistent) return failure{errc::not_persistent, 0};
    restart();
    return {};
  }

  /// Tells the handshake that the client sends no more. Passing no octets to receive() does not
  /// mean that.
  ///
  /// Rule      RFC 9112 section 8
  /// Takes     unread: the remaining octets, as for receive()
  /// Fails     incomplete, at the size of `unread`, in the middle of a request; out_of_turn if
  ///           HTTP/1.1 has ended or the connection was closed
  constexpr result<void> input_ended(std::string_view unread) noexcept {
    return end(unread, errc::incomplete);
  }

  /// The state, as in machine/server.hpp.
  constexpr server_state state() const noexcept { return at_.state(); }
  /// Why the handshake failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }
  /// True if another request may follow (RFC 9112 section 9.3): a final response to HTTP/1.0 then
  /// has `keep-alive`. If false, also because the client waits for a 100, it has `close`.
  constexpr bool is_persistent() const noexcept { return asked_.is_persistent(); }

  friend constexpr bool operator==(const server_handshake&, const server_handshake&) = default;

 private:
  friend class detail::server_driver;
  using event = machine::server_event;

  constexpr span<const profile> supported() const noexcept { return {supported_, supported_size_}; }
  constexpr void restart() noexcept { *this = server_handshake{supported(), limits_}; }

  /// As receive() above, in place.
  constexpr void receive(server_received& now, std::string_view unread) noexcept {
    now.what = server_step::need_more;
    now.rest = unread;
    if (state() == server_state::reading_head) return read_head(now, unread);
    if (state() == server_state::switched) return now.set_switched(*agreed_);
    if (state() != server_state::failed && state() != server_state::closed)
      return read_content(now, unread);
    now.what = server_step::failed;
    now.why = why_.code == errc::none ? failure{errc::out_of_turn, 0} : why_;
  }

  /// Ends the input; `why` is what is wrong in the middle of a request.
  constexpr result<void> end(std::string_view unread, errc why) noexcept {
    const bool whole =
        state() == server_state::reading_head ? unread.empty() : asked_.content.ended();
    if (whole || !at_.takes(event::broken)) return at_.call(event::input_ended);
    why_ = {why, unread.size()};
    at_.take(event::broken);
    return why_;
  }

  /// The event of a final response. `close` becomes true if no request can follow.
  constexpr event answered(bool& close) const noexcept {
    close = close || !is_persistent() || !at_.takes(event::answer);
    return close ? event::answer_and_close : event::answer;
  }

  TURNOUT_INLINE constexpr void read_head(server_received& now, std::string_view unread) noexcept {
    const head_outcome found = read_facts(now.request, now.facts, unread, limits_, mark_);
    if (found.what == head_step::need_more) return;
    if (found.what == head_step::failed) return fail(now, found.why);
    asked_ = detail::pending_request{now.request};
    detail::note_own_fields(now.facts, supported(), now.request.fields);
    judge(now, found.rest);
  }

  TURNOUT_INLINE constexpr void judge(server_received& now, std::string_view rest) noexcept {
    const verdict judged = examine_request(now.facts, supported(), limits_.list_elements);
    const failure why = rules::located(judged.found, now.facts, now.request.octets);
    if (judged.what == verdict::kind::refuse) return fail(now, why);
    now.why = why;
    now.rest = rest;
    now.framing = rules::framing_of(now.facts);
    asked_.take(now.facts, now.framing, judged.offer, limits_.list_elements);
    if (judged.what == verdict::kind::connect)
      return step(now, server_step::tunnel_requested, event::connect_request);
    if (judged.what == verdict::kind::ignore)
      return step(now, server_step::ordinary_request, event::ordinary_request);
    now.offer_ = judged.offer;
    step(now, server_step::upgrade_offered, event::offer);
  }

  TURNOUT_OUT_OF_LINE constexpr void read_content(server_received& now,
                                                  std::string_view unread) noexcept {
    if (unread.empty() && asked_.waits()) return (void)(now.what = server_step::continue_expected);
    const content_piece piece = asked_.content.next(unread, limits_, mark_);
    if (piece.what == content_step::failed) return fail(now, piece.why);
    now.rest = piece.rest;
    now.content = piece.octets;
    if (piece.what == content_step::octets) now.what = server_step::content;
    if (asked_.content.ended()) at_.take(event::content_ended);
    if (piece.what != content_step::ended) return;
    now.what = server_step::content_ended;
    if (state() == server_state::switched) now.set_switched(*agreed_);
  }

  constexpr void fail(server_received& now, failure why) noexcept {
    now.why = why_ = why;
    step(now, server_step::failed, event::broken);
  }

  constexpr void step(server_received& now, server_step what, event on) noexcept {
    now.what = what;
    at_.take(on);
  }

  const profile* supported_;
  std::size_t supported_size_;
  limits limits_;
  resume_mark mark_;
  failure why_;
  const profile* agreed_ = nullptr;
  detail::pending_request asked_;
  machine::position<machine::server_rows, machine::server_begins> at_;
};

}  // namespace v0
}  // namespace turnout
