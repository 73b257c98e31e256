// Translates the input of a stream of HTTP/2 or HTTP/3, and of a server of HTTP/1.1, into turns of
// a gateway: RFC 8441 section 5, RFC 9110 sections 7.8 and 9.3.6.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/gateway/forwarded_request.hpp"
#include "turnout/connection/gateway/position.hpp"
#include "turnout/connection/gateway/turn.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/read_facts.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/negotiation/tunnel.hpp"
#include "turnout/protocol/extended_connect/from_http_1.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/refusal.hpp"
#include "turnout/protocol/extended_connect/request.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// Translates input into turns, for to_http_1, which has the public calls.
class to_http_1_driver {
 public:
  using event = machine::gateway_event;

  constexpr to_http_1_driver(span<const profile> spoken, const options& options) noexcept
      : spoken_{spoken.data()}, spoken_size_{spoken.size()}, options_{options} {}

  constexpr gateway::state state() const noexcept { return at_.state(); }
  constexpr bool takes(event on) const noexcept { return at_.takes(on); }

  /// Takes a turn; nothing changes if the space is too small.
  template <class Step>
  constexpr turn in_turn(const Step& step) noexcept {
    const to_http_1_driver before = *this;
    turn now;
    step(now);
    if (now.why.code != errc::no_space) return now;
    *this = before;
    return out_of_space(now);
  }

  /// Takes a header list of the stream: the request.
  constexpr void take_request(turn& now, span<const field_line> list,
                              const extended_connect::list_space& space) noexcept {
    if (!at_.takes(event::request))
      return at_.break_off(now, {errc::content_not_allowed, 0}, stream_error::malformed);
    const auto asked = extended_connect::request::read(list);
    if (!asked) return at_.break_off(now, asked.error(), stream_error::malformed);
    now.request = *asked;
    now.need = need::ordinary;
    if (!asked->is_extended() && !asked->is_tunnel()) return (void)at_.take(event::reset);
    at_.take(event::request);
    asked->is_tunnel() ? judge_tunnel(now, space) : judge(now, space);
  }

  /// Writes the request.
  constexpr void forward(turn& now, span<const field_line> list,
                         const std::array<std::uint8_t, 16>& nonce,
                         lasting_span<const field_line> fields, span<char> out) noexcept {
    const auto asked = extended_connect::request::read(list);
    if (!asked) return close_for(now, asked.error());
    if (deliver(now, request_.write(*asked, nonce, fields, out))) at_.take(event::forward);
  }

  /// The next turn of a side.
  constexpr void advance(turn& now, side from, std::string_view unread,
                         const extended_connect::list_space& space) noexcept {
    if (from == side::stream)
      take_data(now, unread);
    else
      take_octets(now, unread, space);
  }

  /// The next turn of a side that sends no more after `unread`.
  constexpr void end(turn& now, side from, std::string_view unread,
                     const extended_connect::list_space& space) noexcept {
    advance(now, from, unread, space);
    if (at_.is_open() && now.need == need::more) return at_.end_tunnel(now, from, side::stream);
    if (!now.is_idle()) return;
    if (from == side::connection && state() != state::server_ended)
      return end_answer(now, {errc::incomplete, unread.size()}, space);
    if (state() == state::reading_request)
      at_.break_off(now, {errc::incomplete, 0}, stream_error::malformed);
  }

  /// The connection has ended: a 502 or 504 if the client waits for a response.
  constexpr void end_answer(turn& now, failure why,
                            const extended_connect::list_space& space) noexcept {
    const bool may_end = state() == state::responding && why.code == errc::incomplete;
    if (at_.takes(event::answer)) return fail(now, why, space);
    if (may_end && content_.input_ended()) {
      persistent_ = false;
      return end_response(now, {});
    }
    if (state() == state::responding) return at_.break_off(now, why, stream_error::internal);
    if (at_.is_open())
      return at_.break_off(now, why,
                           request_.is_tunnel() ? stream_error::connect : stream_error::cancelled);
    now.need = need::close;
    at_.take(event::reset);
  }

  /// The stream was reset. What it sent before its end still reaches the server.
  constexpr void end_stream(turn& now) noexcept {
    now.need = need::close;
    now.reset_connection = at_.is_under_way();
    at_.take(event::reset);
  }

  /// Writes the gateway's own final response.
  constexpr void respond(turn& now, const refusal& answer,
                         const extended_connect::list_space& space) noexcept {
    if (!detail::deliver(now, extended_connect::write_response(answer, space), space)) return;
    now.data = answer.content;
    now.end_stream = true;
    now.need = need::close;
    at_.take(event::answer);
  }

  /// True if the connection can carry another request.
  constexpr bool is_reusable() const noexcept { return state() == state::answered && persistent_; }

  constexpr bool is_open() const noexcept { return at_.is_open(); }

  friend constexpr bool operator==(const to_http_1_driver&, const to_http_1_driver&) = default;

 private:
  constexpr void judge_tunnel(turn& now, const extended_connect::list_space& space) noexcept {
    request_ = detail::forwarded_request{tunnel};
    now.need = need::connect;
    if (!options_.allow_connect) refuse_for(now, {errc::connect_not_allowed, 0}, space);
  }

  constexpr void judge(turn& now, const extended_connect::list_space& space) noexcept {
    const lasting_span<const profile> spoken{spoken_, spoken_size_};
    for (const profile& one : spoken)
      if (!one.by_upgrade && extended_connect::names(now.request.protocol, one))
        return refuse_for(now, {errc::not_in_http_1, 0}, space);
    const facts seen = extended_connect::facts_of(now.request);
    const verdict judged =
        extended_connect::examine_request(now.request, seen, spoken, options_.limits.list_elements);
    if (judged.what != verdict::kind::offer) return refuse_for(now, judged.found.why, space);
    now.protocol = judged.offer.choose(preference::server);
    now.need = need::request;
    request_ = detail::forwarded_request{*now.protocol};
  }

  constexpr void take_data(turn& now, std::string_view unread) const noexcept {
    if (state() == state::answered || state() == state::closed) now.need = need::close;
    if (state() < state::open || state() == state::client_ended)
      return (void)(now.need = need::wait);
    if (state() == state::open || state() == state::server_ended) now.octets.add(unread);
    now.used = unread.size();
  }

  constexpr void take_octets(turn& now, std::string_view unread,
                             const extended_connect::list_space& space) noexcept {
    switch (state()) {
      case state::reading_request:
      case state::server_ended:
        now.need = need::wait;
        return;
      case state::deciding:
        if (!unread.empty()) return fail(now, {errc::unsolicited_response, 0}, space);
        now.need = need::wait;
        return;
      case state::waiting:
        return read_answer(now, unread, space);
      case state::responding:
        return read_content(now, unread);
      case state::open:
      case state::client_ended:
        now.data = unread;
        now.used = unread.size();
        return;
      case state::answered:
      case state::closed:
        now.need = need::close;
        return;
    }
  }

  constexpr void read_answer(turn& now, std::string_view unread,
                             const extended_connect::list_space& space) noexcept {
    response_head head;
    facts seen;
    const head_outcome found = read_facts(head, seen, unread, options_.limits, mark_);
    if (found.what == head_step::need_more) return;
    if (found.what == head_step::failed) return fail(now, found.why, space);
    turnout::detail::note_own_fields(seen, {&request_.wanted(), 1}, head.fields);
    const response_verdict judged = request_.examine(seen, options_.limits.list_elements);
    if (judged.what == response_verdict::kind::broken)
      return fail(now, rules::located(judged.found, seen, head.octets), space);
    const bool interim = judged.what == response_verdict::kind::interim;
    if (interim && interim_++ == options_.limits.interim_responses)
      return fail(now, {errc::too_many_interim_responses, 0}, space);
    const bool opens = judged.what == response_verdict::kind::switched;
    if (opens) head.status = 101;  // a 2xx to CONNECT is forwarded like a 101
    const auto written =
        extended_connect::write_response(head, opens ? &request_.wanted() : nullptr, space);
    if (!written && written.why.code != errc::no_space) return fail(now, written.why, space);
    if (!detail::deliver(now, written, space)) return;
    now.used = unread.size() - found.rest.size();
    take_verdict(now, judged, found.rest);
  }

  constexpr void take_verdict(turn& now, const response_verdict& judged,
                              std::string_view rest) noexcept {
    using kind = response_verdict::kind;
    if (judged.what == kind::interim) return (void)at_.take(event::interim_response);
    if (judged.what == kind::switched) return (void)at_.take(event::agreement);
    content_ = {judged.content, turnout::detail::message_kind::response};
    persistent_ = judged.persistent;
    at_.take(event::final_response);
    if (content_.ended()) end_response(now, rest);
  }

  constexpr void read_content(turn& now, std::string_view unread) noexcept {
    const content_piece piece = content_.next(unread, options_.limits, mark_);
    if (piece.what == content_step::failed)
      return at_.break_off(now, piece.why, stream_error::internal);
    now.data = piece.octets;
    now.used = unread.size() - piece.rest.size();
    if (content_.ended()) end_response(now, piece.rest);
  }

  /// Octets after a complete response belong to no request (RFC 9112 section 9.2).
  constexpr void end_response(turn& now, std::string_view rest) noexcept {
    at_.take(event::response_ended);
    persistent_ = persistent_ && rest.empty();
    now.end_stream = true;
    now.need = need::close;
  }

  /// Answers in place of the server.
  constexpr void fail(turn& now, failure why, const extended_connect::list_space& space) noexcept {
    answer_for(now, why, why.code == errc::timed_out ? 504 : 502, space);
  }

  /// Answers a request that is not forwarded.
  constexpr void refuse_for(turn& now, failure why,
                            const extended_connect::list_space& space) noexcept {
    answer_for(now, why, refusal_for(why.code, {}).status, space);
  }

  constexpr void answer_for(turn& now, failure why, std::uint16_t status,
                            const extended_connect::list_space& space) noexcept {
    now.why = why;
    const refusal answer{.status = status};
    const turnout::detail::refusal_additions additions{options_.refusal_text,
                                                       options_.refusal_fields};
    respond(now, additions.add_to(answer, why.code), space);
  }

  const profile* spoken_;
  std::size_t spoken_size_;
  options options_;
  resume_mark mark_;
  content_reader content_;
  detail::forwarded_request request_;
  position at_;
  bool persistent_ = false;
  std::uint16_t interim_ = 0;
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
