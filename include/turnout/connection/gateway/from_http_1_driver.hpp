// Translates the input of a client of HTTP/1.1, and of a stream of HTTP/2 or HTTP/3, into turns of
// a gateway: RFC 8441 section 5, RFC 9110 sections 7.8 and 9.3.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/connection/explained.hpp"
#include "turnout/connection/gateway/framed_content.hpp"
#include "turnout/connection/gateway/position.hpp"
#include "turnout/connection/gateway/turn.hpp"
#include "turnout/connection/gateway/upgrade.hpp"
#include "turnout/connection/server.hpp"
#include "turnout/connection/server_turn.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/machine/gateway.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/advertisement.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/response.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/extended_connect/to_http_1_response.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// Translates input into turns, for from_http_1, which has the public calls.
class from_http_1_driver {
 public:
  using event = machine::gateway_event;
  using list_space = extended_connect::list_space;

  constexpr from_http_1_driver(span<const profile> spoken, const options& options) noexcept
      : server{{spoken.data(), spoken.size()},
               {options.limits, options.allow_connect, options.refusal_text}},
        spoken_{spoken.data()},
        spoken_size_{spoken.size()},
        limits_{options.limits},
        additions_{options.refusal_text, options.refusal_fields} {}

  constexpr gateway::state state() const noexcept { return at_.state(); }
  constexpr bool takes(event on) const noexcept { return at_.takes(on); }
  constexpr lasting_span<const profile> spoken() const noexcept { return {spoken_, spoken_size_}; }
  constexpr bool is_open() const noexcept { return at_.is_open(); }

  /// Takes a turn; nothing changes if the space is too small.
  template <class Step>
  constexpr turn in_turn(const Step& step) noexcept {
    const from_http_1_driver before = *this;
    turn now;
    step(now);
    if (now.why.code != errc::no_space) return now;
    *this = before;
    return out_of_space(now);
  }

  /// Writes the request, or answers it if it can't be written.
  constexpr void forward(turn& now, std::string_view unread, std::string_view scheme,
                         const extended_connect::enable_connect_protocol& allowed,
                         const list_space& space) noexcept {
    const auto written = upgrade_.write(unread, spoken(), limits_, scheme, allowed, space);
    if (written.why.code == errc::foreign_agreement) return close_for(now, written.why);
    if (!written && written.why.code != errc::no_space) return refuse_for(now, written.why, space);
    if (deliver(now, written, space)) at_.take(event::forward);
  }

  /// The next turn of a side.
  constexpr void advance(turn& now, side from, std::string_view unread,
                         const list_space& space) noexcept {
    if (from == side::stream) return take_data(now, unread, space);
    if (state() == state::open || state() == state::server_ended) return pass_on(now, unread);
    if (state() == state::closed) return (void)(now.need = need::close);
    if (state() != state::answered && state() != state::reading_request)
      return (void)(now.need = need::wait);
    if (at_.take(event::start_over)) interim_ = 0;
    take_turn(now, server.advance(unread, space.octets), unread, space);
  }

  /// The next turn of a side that sends no more after `unread`.
  constexpr void end(turn& now, side from, std::string_view unread,
                     const list_space& space) noexcept {
    advance(now, from, unread, space);
    if (at_.is_open() && now.need == need::more) return at_.end_tunnel(now, from, side::connection);
    if (!now.is_idle()) return;
    if (from == side::stream) return end_answer(now, space);
    if (state() == state::reading_request)
      take_turn(now, server.end_of_input(unread, space.octets), unread, space);
  }

  /// The stream has ended, or is abandoned: a 502 or 504 if the client waits for a response.
  ///
  /// Takes     how: why to reset the stream, if it is still open
  constexpr void give_up(turn& now, failure why, stream_error how,
                         const list_space& space) noexcept {
    if (at_.takes(event::answer)) return fail(now, why, how, space);
    now.need = need::wait;
    if (state() == state::responding || at_.is_open()) at_.break_off(now, why, how);
  }

  /// The client's connection was reset.
  constexpr void end_connection(turn& now) noexcept {
    now.need = need::close;
    if (at_.is_under_way()) now.reset_stream = stream_error::cancelled;
    at_.take(event::reset);
  }

  /// The client is late with a request.
  constexpr void time_out(turn& now, std::string_view unread, const list_space& space) noexcept {
    if (at_.take(event::start_over)) interim_ = 0;
    if (state() == state::reading_request)
      return take_turn(now, server.time_out(unread, space.octets), unread, space);
    give_up(now, {errc::timed_out, 0}, stream_error::cancelled, space);
  }

  /// Takes a header list of the stream.
  constexpr void take_list(turn& now, span<const field_line> list,
                           const list_space& space) noexcept {
    if (state() == state::responding) {  // trailers, which are dropped as in HTTP/1.1
      if (const auto checked = extended_connect::check_fields(list); !checked)
        at_.break_off(now, checked.error(), stream_error::malformed);
      return;
    }
    if (state() != state::waiting)
      return give_up(now, {errc::unsolicited_response, 0}, stream_error::malformed, space);
    const auto answer = extended_connect::response::read(list);
    if (!answer) return fail(now, answer.error(), stream_error::malformed, space);
    const auto opens = upgrade_.opened_by(*answer);
    if (!opens) return fail(now, opens.error(), stream_error::malformed, space);
    if (answer->is_interim()) return take_interim(now, *answer, space);
    *opens ? open(now, *answer, space) : decline(now, *answer, space);
  }

  /// Writes the gateway's own final response.
  constexpr void respond(turn& now, const refusal& answer, stream_error how,
                         const list_space& space) noexcept {
    if (!deliver(now, server.refuse(answer, space.octets))) return;
    if (state() == state::waiting) now.reset_stream = how;
    now.need = need::more;
    at_.take(event::answer);
  }

  friend constexpr bool operator==(const from_http_1_driver&, const from_http_1_driver&) = default;

  server_connection server;

 private:
  constexpr bool is_tunnel() const noexcept { return upgrade_.is_tunnel(); }

  /// Takes a turn of the server's side, which reads requests.
  constexpr void take_turn(turn& now, server_turn found, std::string_view unread,
                           const list_space& space) noexcept {
    failure why;
    if (found.need == server_need::decision) why = upgrade_.take(found.offer());
    now.used = found.used;
    if (why.code == errc::no_protocol) {  // none that a stream can speak: an ordinary request
      found = server.advance(unread.substr(now.used), space.octets);
      now.used += found.used;
    }
    now.why = found.why;
    now.head = found.request;
    now.content = found.content;
    now.needed = {found.why, 0, found.why.at};
    now.octets.add(found.output);
    switch (found.need) {
      case server_need::more:
        return;
      case server_need::request:
        return (void)(now.need = need::ordinary);
      case server_need::content:
        return (void)(now.need = need::content);
      case server_need::response:
        return (void)(now.need = need::response);
      case server_need::decision:
        return take_offer(now, why, space);
      case server_need::connect:
        upgrade_ = upgrade{found.request};
        at_.take(event::request);
        now.need = need::connect;
        return;
      case server_need::switched:
      case server_need::close:
        now.need = need::close;
        at_.take(event::reset);
        return;
    }
  }

  constexpr void take_offer(turn& now, failure why, const list_space& space) noexcept {
    at_.take(event::request);
    if (why) return refuse_for(now, why, space);
    now.protocol = upgrade_.wanted();
    now.need = need::request;
  }

  /// Forwards what the client sends into the tunnel, after its request.
  constexpr void pass_on(turn& now, std::string_view unread) noexcept {
    const server_turn found = server.advance(unread, {});
    now.data = found.rest;
    now.used = unread.size();
  }

  constexpr void take_data(turn& now, std::string_view unread, const list_space& space) noexcept {
    if (state() == state::responding) return forward_content(now, unread, space);
    if (state() == state::open || state() == state::client_ended)
      now.octets.add(unread);
    else
      now.need = need::wait;
    if (state() != state::waiting) now.used = unread.size();
  }

  constexpr void forward_content(turn& now, std::string_view unread,
                                 const list_space& space) noexcept {
    if (space.octets.size() < framed_content::room)
      return (void)deliver(now, failure{errc::no_space, framed_content::room});
    const failure why = content_.add(now.octets, unread, space.octets);
    if (why) return at_.break_off(now, why, stream_error::malformed);
    now.used = unread.size();
    if (content_.ended()) at_.take(event::response_ended);
  }

  /// Ends the response of the stream.
  constexpr void end_answer(turn& now, const list_space& space) noexcept {
    if (state() == state::waiting)
      return fail(now, {errc::incomplete, 0}, stream_error::none, space);
    if (state() != state::responding) return;
    const failure why = content_.end(now.octets);
    if (why) return at_.break_off(now, why, stream_error::none);
    at_.take(event::response_ended);
  }

  constexpr void take_interim(turn& now, const extended_connect::response& answer,
                              const list_space& space) noexcept {
    if (interim_++ == limits_.interim_responses)
      return fail(now, {errc::too_many_interim_responses, 0}, stream_error::cancelled, space);
    if (!upgrade_.is_in_http_1_0() &&
        !deliver(now, extended_connect::write_response(answer, {}, space.octets)))
      return;
    at_.take(event::interim_response);
  }

  constexpr void open(turn& now, const extended_connect::response& answer,
                      const list_space& space) noexcept {
    const auto written = is_tunnel() ? server.open_tunnel(space.octets)
                                     : server.answer(upgrade_.agreement(answer), space.octets);
    if (deliver(now, written)) at_.take(event::agreement);
  }

  /// Forwards another final response. An HTTP/1.0 client, which has no chunks, gets only its
  /// status, or a 502 for one that means nothing without fields.
  constexpr void decline(turn& now, const extended_connect::response& answer,
                         const list_space& space) noexcept {
    const bool bare = answer.status != 304 && answer.status != 426;
    if (upgrade_.is_in_http_1_0())
      return respond(now, {.status = bare ? answer.status : std::uint16_t{502}},
                     stream_error::cancelled, space);
    const bool close = server.connection_line() == "Connection: close\r\n";
    const auto named = answer.status == 426 ? spoken() : lasting_span<const profile>{};
    const auto written = extended_connect::write_response(answer, {named, close}, space.octets);
    if (!written && written.error().code != errc::no_space)
      return fail(now, written.error(), stream_error::malformed, space);
    if (!deliver(now, written)) return;
    (void)server.responded(close);
    content_ = framed_content{*extended_connect::content_of(answer)};
    at_.take(event::final_response);
    if (content_.ended()) at_.take(event::response_ended);
  }

  /// Answers in place of the server.
  constexpr void fail(turn& now, failure why, stream_error how, const list_space& space) noexcept {
    const std::uint16_t status = why.code == errc::timed_out ? 504 : 502;
    const refusal answer{.status = status};
    answer_for(now, why, answer, how, space);
  }

  /// Answers a request that is not forwarded.
  constexpr void refuse_for(turn& now, failure why, const list_space& space) noexcept {
    refusal answer = refusal_for(why.code, spoken());
    if (rules::fault_of(why.code) == fault::caller) answer.status = 502;
    answer_for(now, why, answer, stream_error::none, space);
  }

  constexpr void answer_for(turn& now, failure why, const refusal& answer, stream_error how,
                            const list_space& space) noexcept {
    now.why = why;
    respond(now, additions_.add_to(answer, why.code), how, space);
  }

  const profile* spoken_;
  std::size_t spoken_size_;
  limits limits_;
  turnout::detail::refusal_additions additions_;
  detail::upgrade upgrade_;
  framed_content content_;
  position at_;
  std::uint16_t interim_ = 0;
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
