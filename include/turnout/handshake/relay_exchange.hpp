// One exchange at an intermediary: a request of the client, the response of the server, and how far
// both have been read. RFC 9110 sections 7.6, 7.8 and 9.3.6; machine/relay.hpp has the states.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/handshake/relay_direction.hpp"
#include "turnout/handshake/relay_received.hpp"
#include "turnout/machine/relay.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/persistence.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/relay/response_forwarding.hpp"
#include "turnout/negotiation/tunnel.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// What relay_handshake remembers of a request and its response. The handshake writes messages;
/// this class reads them and tracks the state.
class relay_exchange {
 public:
  /// Reads what the client sent, as relay_handshake::receive_request().
  ///
  /// Takes     now: `rest` has the unused octets
  constexpr void read_request(relayed_request& now, const relay_policy& policy,
                              const limits& limits) noexcept {
    if (state() == relay_state::reading_head)
      read_request_head(now, policy, limits);
    else if (forwards_content())
      read_request_content(now, limits);
    else
      report_state(now, is_persistent());
  }

  /// Reads what the server sent, as relay_handshake::receive_response().
  ///
  /// Takes     now: `rest` has the unused octets
  constexpr void read_response(relayed_response& now, const relay_policy& policy,
                               const limits& limits) noexcept {
    const bool any = !now.rest.empty();
    if (state() == relay_state::waiting)
      read_response_head(now, policy, limits);
    else if (state() == relay_state::responding)
      read_response_content(now, limits);
    else
      report_state(now, true);
    if (!was_forwarded() && any) {
      now.what = relay_step::failed;
      now.why = {errc::unsolicited_response, 0};
    }
    if (state() == relay_state::answered && !now.rest.empty()) response_.close();
  }

  /// The state, as in machine/relay.hpp.
  constexpr relay_state state() const noexcept { return at_.state(); }
  /// True if an event is allowed in it.
  constexpr bool takes(machine::relay_event on) const noexcept { return at_.takes(on); }
  /// Follows the row for an event that has one.
  constexpr void take(machine::relay_event on) noexcept { at_.take(on); }

  /// Why it failed; errc::none if it did not.
  constexpr failure why() const noexcept { return why_; }
  /// True if it failed because of the server.
  constexpr bool is_servers_fault() const noexcept { return server_failed_; }
  /// The method of the request.
  constexpr turnout::method method() const noexcept { return method_; }
  /// The client's direction.
  constexpr const relay_direction& request() const noexcept { return request_; }
  /// The server's direction.
  constexpr const relay_direction& response() const noexcept { return response_; }

  /// True if another request may follow on the client's connection.
  constexpr bool is_persistent() const noexcept {
    return request_.is_persistent() && !content_due_;
  }
  /// True if the connection to the server can carry another request.
  constexpr bool is_reusable() const noexcept {
    return response_.is_persistent() &&
           (state() == relay_state::answered || state() == relay_state::closed);
  }
  /// True if the request was forwarded, or can't be forwarded any more.
  constexpr bool was_forwarded() const noexcept { return state() > relay_state::deciding_tunnel; }

  /// What is needed of the forwarded request to examine the response.
  constexpr forwarding::relayed_proposal sent_on(const relay_policy& policy) const noexcept {
    return {method_, version_, {policy.allowed, offered_}, is_persistent()};
  }

  /// Notes that the head of a response was forwarded.
  ///
  /// Takes     judged: its verdict; to: sent_on()
  constexpr void response_sent_on(const response_verdict& judged,
                                  const forwarding::relayed_proposal& to) noexcept {
    if (state() == relay_state::agreed) {
      request_.close();
      return take(content_due_ ? machine::relay_event::forward_early
                               : machine::relay_event::forward);
    }
    if (state() == relay_state::declined) {
      const framing as = forwarding::forwarded_framing(judged.content, version_);
      if (forwarding::ends_connection(judged, to)) request_.close();
      response_.begin_content(judged.content, message_kind::response, as.kind,
                              judged.persistent && !content_due_);
    }
    take(machine::relay_event::forward);
  }

  /// Notes that the intermediary itself opened the tunnel that the request asks for.
  constexpr void tunnel_opened() noexcept {
    agreed_ = &tunnel;
    request_.close();
    take(machine::relay_event::open_tunnel);
  }

  /// Notes that the client sends no more, as relay_handshake::client_ended().
  ///
  /// Takes     why: incomplete, or timed_out if it is only late
  constexpr result<void> client_ended(std::string_view unread, errc why) noexcept {
    if (state() == relay_state::switched) return end_tunnel(unread);
    if (state() == relay_state::closed) return failure{errc::out_of_turn, 0};
    request_.close();
    const bool whole =
        state() == relay_state::reading_head ? unread.empty() : request_.content_ended();
    if (!whole && takes(machine::relay_event::broken)) {
      break_off({why, unread.size()}, false);
      return why_;
    }
    take(machine::relay_event::input_ended);
    return {};
  }

  /// Notes that the server sends no more, as relay_handshake::server_ended().
  ///
  /// Takes     why: incomplete, or timed_out if it is only late
  constexpr result<void> server_ended(std::string_view unread, errc why) noexcept {
    if (state() == relay_state::switched) return end_tunnel(unread);
    const bool responding = state() == relay_state::responding;
    const bool may_end = responding && why == errc::incomplete;
    if (may_end && (unread.empty() || response_.content_ended()) && response_.input_ended())
      return {};
    if (!responding && state() != relay_state::waiting && state() != relay_state::accepted)
      return failure{errc::out_of_turn, 0};
    break_off({why, unread.size()}, true);
    return why_;
  }

  friend constexpr bool operator==(const relay_exchange&, const relay_exchange&) = default;

 private:
  /// True while content of the request may be forwarded: at most until the response ends.
  constexpr bool forwards_content() const noexcept {
    return content_due_ && was_forwarded() && state() <= relay_state::responding;
  }

  constexpr void read_request_head(relayed_request& now, const relay_policy& policy,
                                   const limits& limits) noexcept {
    const head_step reading = now.read_head(policy, limits, request_.mark());
    if (reading == head_step::need_more) return;
    method_ = now.request.method;
    if (reading == head_step::failed) return fail(now, false);
    version_ = now.request.version;
    offered_ = now.judged_.offer.offered();
    request_.begin_content(
        now.framing, message_kind::request, now.framing.kind,
        version_ >= http_1_1 && rules::is_persistent(now.facts, limits.list_elements));
    content_due_ = !request_.content_ended();
    if (now.judged_.what == forwarding::verdict::kind::connect) {
      now.what = relay_step::tunnel_requested;
      return take(machine::relay_event::connect_request);
    }
    const bool last = now.judged_.what == forwarding::verdict::kind::respond;
    now.what = last ? relay_step::last_recipient : relay_step::request;
    take(machine::relay_event::request);
  }

  constexpr void read_request_content(relayed_request& now, const limits& limits) noexcept {
    const content_step reading = request_.read_content(now, limits);
    if (reading == content_step::failed) return fail(now, false);
    if (reading != content_step::ended) return;
    content_due_ = false;
    take(machine::relay_event::content_ended);
  }

  constexpr void read_response_head(relayed_response& now, const relay_policy& policy,
                                    const limits& limits) noexcept {
    const char* const shown = now.rest.data();
    const auto place = [shown](const char* at) { return static_cast<std::size_t>(at - shown); };
    for (;;) {
      const head_step reading = now.read_head(sent_on(policy), policy, limits, response_.mark());
      if (reading == head_step::need_more) return;
      now.why.at += place(now.rest.data());
      if (reading == head_step::failed) return fail(now, true);
      const bool interim = now.judged_.what == response_verdict::kind::interim;
      if (interim && interim_++ == limits.interim_responses) {
        now.why = {errc::too_many_interim_responses, place(now.response.octets.data())};
        return fail(now, true);
      }
      if (!interim || version_ >= http_1_1) return wait_for_forward(now);
      now.facts = {};
      now.judged_ = {};
    }
  }

  constexpr void wait_for_forward(relayed_response& now) noexcept {
    using kind = response_verdict::kind;
    now.what = relay_step::response;
    agreed_ = now.judged_.protocol;
    if (now.judged_.what == kind::interim) return take(machine::relay_event::interim_response);
    take(now.judged_.what == kind::switched ? machine::relay_event::agreement
                                            : machine::relay_event::final_response);
  }

  constexpr void read_response_content(relayed_response& now, const limits& limits) noexcept {
    const content_step reading = response_.read_content(now, limits);
    if (reading == content_step::failed) return fail(now, true);
    if (reading == content_step::ended) take(machine::relay_event::response_ended);
  }

  constexpr void fail(relay_received& now, bool of_server) noexcept {
    break_off(now.why, of_server);
    now.what = state() == relay_state::failed ? relay_step::failed : relay_step::close;
  }

  /// Follows the row for a message of one side that can't be forwarded.
  constexpr void break_off(failure why, bool of_server) noexcept {
    why_ = why;
    server_failed_ = of_server;
    response_.close();
    take(machine::relay_event::broken);
  }

  constexpr result<void> end_tunnel(std::string_view unread) noexcept {
    if (!unread.empty()) return failure{errc::out_of_turn, 0};
    take(machine::relay_event::input_ended);
    return {};
  }

  /// Reports the state if there is nothing to read.
  ///
  /// Takes     open: whether that side's connection stays open after the response
  constexpr void report_state(relay_received& now, bool open) const noexcept {
    now.why = why_;
    now.what = relay_step::wait;
    if (state() == relay_state::switched) now.set_switched(*agreed_);
    if (state() == relay_state::failed) now.what = relay_step::failed;
    const bool over = state() == relay_state::answered && !open;
    if (over || state() == relay_state::closed) now.what = relay_step::close;
  }

  relay_direction request_;
  relay_direction response_;
  failure why_;
  const profile* agreed_ = nullptr;
  std::uint64_t offered_ = 0;
  machine::position<machine::relay_rows, machine::relay_begins> at_;
  turnout::method method_ = turnout::method::get;
  http_version version_;        // of the client
  bool content_due_ = false;    // some of the request's content was not forwarded yet
  bool server_failed_ = false;  // whether the server is at fault
  std::uint16_t interim_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
