// Plays the client of each case to a server.
#pragma once

#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapt.hpp"
#include "case.hpp"
#include "channel.hpp"
#include "frame.hpp"
#include "handshake.hpp"
#include "pace.hpp"
#include "result.hpp"
#include "server_judge.hpp"
#include "settings.hpp"
#include "wire.hpp"

namespace probe {

/// One connection to the server under test.
class server_conversation {
 public:
  server_conversation(const settings& how, const url& to) : how_{how}, to_{to} {
    channel_.open(to, how.trusts_any, how.patience);
  }

  /// Sends the request of a case, and sees what becomes of it.
  server_talk hold(const scenario& one, way sent_as, std::minstd_rand& random) {
    server_talk seen;
    const adapted_request made = request_for(one, to_, how_.lines);
    seen.offers_websocket = made.became_websocket || one.profile == "websocket";
    seen.sent = made.octets;
    (void)send_in_pieces(channel_, seen.sent, sent_as, random, how_.patience);
    if (one.ends) channel_.end_output();
    const bool waits = one.demands("incomplete") && !one.ends;
    const milliseconds time = waits ? how_.quiet : how_.patience;
    std::string_view unanswered = seen.sent;
    for (std::size_t before = one.expected.front().before; before > 0; --before) {
      const auto earlier = read_answer_of(unanswered, time);
      if (!earlier || earlier->what != wire::answer::kind::refused) break;
      channel_.drop(earlier->end);
      seen.closed_before = !earlier->is_persistent;
      unanswered = after_request(unanswered);
    }
    seen.answered = read_answer_of(unanswered, time);
    seen.sent = std::string{unanswered};
    seen.received = channel_.unread();
    seen.ended = ended_;
    go_on(one, sent_as, seen);
    return seen;
  }

 private:
  /// What comes after the first request of some octets.
  static std::string_view after_request(std::string_view octets) {
    return octets.substr(wire::size_of_request(octets).value_or(octets.size()));
  }

  std::optional<wire::answer> read_answer_of(std::string_view request, milliseconds time) {
    const inspected_request asked{request};
    const auto method = asked.is_complete() ? asked.head.method : turnout::method::get;
    const countdown all{time};  // The content of an answer may have no end.
    for (;;) {
      const auto read = wire::read_answer(channel_.unread(), method, ended_);
      if (read || ended_) return read;
      const channel::event event = channel_.read_more(all.left());
      if (event == channel::event::late) return {};
      ended_ = event == channel::event::end;
    }
  }

  /// Shows that the server reads on at the right octet. After a request without its content, or
  /// after what might become a tunnel, nobody knows where that is.
  void go_on(const scenario& one, way sent_as, server_talk& seen) {
    if (!seen.answered || one.ends) return;
    const bool is_pinged = one.expected.front().leftover > 0;
    if (seen.answered->what == wire::answer::kind::switched && seen.offers_websocket)
      seen.pong = answers_ping(seen.answered->end, is_pinged);
    const bool goes_on = seen.answered->what == wire::answer::kind::refused &&
                         seen.answered->is_persistent && !one.allows("incomplete");
    const bool is_next_clear = wire::size_of_request(seen.sent) == seen.sent.size() &&
                               !std::string_view{seen.sent}.starts_with("CONNECT ");
    if (goes_on && is_next_clear && sent_as == way::whole)
      seen.next_is_read = reads_next(*seen.answered);
  }

  /// True if a ping comes back, between whatever else the server says.
  ///
  /// Takes     head: the size of the 101; is_pinged: whether the ping came with the request
  bool answers_ping(std::size_t head, bool is_pinged) {
    channel_.drop(head);
    if (!is_pinged) (void)channel_.write(client_frame(opcode::ping, ping_payload), how_.patience);
    const countdown time{how_.patience};
    for (;;) {
      while (const auto read = read_frame(channel_.unread())) {
        if (read->code == opcode::pong && read->payload == ping_payload) return true;
        if (read->code == opcode::close || !read->is_sound) return false;
        channel_.drop(read->size);
      }
      if (channel_.read_more(time.left()) != channel::event::octets) return false;
    }
  }

  /// False if the next request is not answered as it should. A server may close meanwhile.
  std::optional<bool> reads_next(const wire::answer& before) {
    channel_.drop(before.end);
    const std::string next = handshake_for(to_, how_.lines);
    (void)channel_.write(next, how_.patience);
    const auto answered = read_answer_of(next, how_.patience);
    if (!answered) return ended_ && channel_.unread().empty() ? std::nullopt : std::optional{false};
    const bool is_authorized = answered->status != 401 && answered->status != 403;
    if (to_.is_websocket && is_authorized) return answered->what == wire::answer::kind::switched;
    return answered->what != wire::answer::kind::broken && answered->status != 400;
  }

  const settings& how_;
  const url& to_;
  channel channel_;
  bool ended_ = false;
};

/// Tries one case on a connection of its own.
///
/// Takes     switches: whether the server takes a faultless offer
inline result try_server(const scenario& one, const attempt& how, const url& to, bool switches) {
  result made{.of = &one, .how = how.sent_as};
  std::minstd_rand random{how.seed()};
  try {
    server_conversation with{how.told, to};
    const server_talk seen = with.hold(one, how.sent_as, random);
    made.judged = judge_server(one, seen, to, switches);
    made.saw = seen_of(seen);
    made.sent = seen.sent;
    made.received = seen.received;
    if (made.has_failed()) made.explanation = explain_server(seen, how.told.is_colored);
  } catch (const asio::system_error& gone) {
    made.judged = unreachable(gone);
  }
  return made;
}

}  // namespace probe
