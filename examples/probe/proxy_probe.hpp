// Plays the client and the server of each case on both ends of an intermediary.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <asio.hpp>
#include <memory>
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
#include "listener.hpp"
#include "pace.hpp"
#include "proxy_judge.hpp"
#include "result.hpp"
#include "settings.hpp"
#include "wire.hpp"

namespace probe {

/// The connections of an intermediary to its server, which are all ours. It may make more than one,
/// and ask again on one that it has.
class origin {
 public:
  /// Takes     mark: what tells requests of this case from those that are tried again
  origin(listener& at, std::string mark) : at_{at}, mark_{std::move(mark)} {}

  /// An answer ends what the intermediary might try again later.
  ~origin() {
    for (const auto& one : all_) {
      constexpr std::string_view last =
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      if (one.get() != answering_) (void)one->write(last, milliseconds{100});
    }
  }
  origin(const origin&) = delete;
  origin& operator=(const origin&) = delete;

  /// The line that a request of this case has.
  std::string line() const { return "Probe-Case: " + mark_ + "\r\n"; }

  /// Waits a little for octets of this case; nothing if none came.
  channel* poll() {
    auto next = std::make_unique<channel>();
    if (next->accept_from(at_.acceptor(), milliseconds{0})) all_.push_back(std::move(next));
    for (const auto& one : all_)
      if (one->read_more(milliseconds{1}) == channel::event::octets && !is_of_another(*one))
        return one.get();
    return nullptr;
  }

  /// Says that a connection has its answer.
  void answered(const channel* one) { answering_ = one; }

 private:
  /// True for a request that was tried again, or came after the first one, of an earlier case.
  bool is_of_another(const channel& one) const {
    const std::string_view octets = one.unread();
    return octets.find("\r\n\r\n") != octets.npos && octets.find(mark_) == octets.npos;
  }

  listener& at_;
  std::string mark_;
  std::vector<std::unique_ptr<channel>> all_;
  const channel* answering_ = nullptr;
};

/// One case on both ends.
class proxy_conversation {
 public:
  proxy_conversation(const attempt& how, const url& to, listener& at)
      : how_{how}, to_{to}, origin_{at, fmt::format("{}-of-turnout-probe", how.number)} {
    client_.open(to, how.told.trusts_any, how.told.patience);
  }

  proxy_talk hold(const scenario& one) {
    proxy_talk seen;
    std::minstd_rand random{how_.seed()};
    const adapted_request made = request_for(one, to_, how_.told.lines + origin_.line());
    seen.sent = made.octets;
    seen.offers_websocket = made.became_websocket || one.profile == "websocket";
    (void)send_in_pieces(client_, seen.sent, how_.sent_as, random, how_.told.patience);
    if (one.ends && one.response.empty()) client_.end_output();
    wait_for_request(one, seen);
    if (server_ != nullptr && !one.response.empty()) respond(one, seen);
    read_response(seen);
    if (server_ != nullptr && seen.response) seen.tunnels = is_tunnel(one, seen);
    return seen;
  }

 private:
  using clock = std::chrono::steady_clock;

  /// Waits until the server has a whole head, or the client an answer; then a little longer.
  void wait_for_request(const scenario& one, proxy_talk& seen) {
    const bool is_due = one.allows("forward");
    const auto deadline = clock::now() + (is_due ? how_.told.patience : how_.told.quiet);
    while (clock::now() < deadline && !seen.reached) {
      if (channel* const read = origin_.poll()) server_ = read;
      seen.reached = server_ != nullptr && inspected_request{server_->unread()}.is_complete();
      const auto answered = client_.read_more(milliseconds{1});
      if (answered != channel::event::late && !seen.reached) break;
    }
    if (server_ == nullptr) return;
    const std::size_t request = wire::size_of_request(seen.sent).value_or(seen.sent.size());
    const bool has_more = request < seen.sent.size();
    (void)server_->read_more(has_more ? how_.told.quiet : milliseconds{5});
    seen.passed = server_->take_unread();
  }

  void respond(const scenario& one, proxy_talk& seen) {
    seen.answered = response_for(one, seen.passed);
    origin_.answered(server_);
    (void)server_->write(seen.answered, how_.told.patience);
    if (one.ends) server_->end_output();
  }

  void read_response(proxy_talk& seen) {
    const inspected_request asked{seen.sent};
    const auto method = asked.is_complete() ? asked.head.method : turnout::method::get;
    const bool is_due = !seen.answered.empty();
    if (seen.reached && !is_due) return;  // Nothing answers.
    const countdown time{is_due ? how_.told.patience : how_.told.quiet};
    bool ended = false;
    for (;;) {
      seen.received = client_.unread();
      seen.response = wire::read_answer(seen.received, method, ended);
      if (seen.response || ended) return;
      const auto event = client_.read_more(time.left());
      if (event == channel::event::late) return;
      ended = event == channel::event::end;
    }
  }

  /// True if octets of the new protocol pass.
  ///
  /// After another answer than a 101, those of a client that pass are one half of a tunnel already.
  bool is_tunnel(const scenario& one, const proxy_talk& seen) {
    const std::string up = client_frame(opcode::text, "up");
    if (seen.response->what != wire::answer::kind::switched)
      return may_be_no_tunnel(one) && passes(client_, *server_, up, how_.told.quiet);
    const std::string down = server_frame(opcode::text, "down");
    const milliseconds time = may_be_no_tunnel(one) ? how_.told.quiet : how_.told.patience;
    return has_rest_of_101(seen) && passes(client_, *server_, up, time) &&
           passes(*server_, client_, down, time);
  }

  static bool may_be_no_tunnel(const scenario& one) {
    return std::any_of(one.expected.begin(), one.expected.end(),
                       [](const outcome& wanted) { return wanted.tunnel == false; });
  }

  /// True if the client got what the server sent right after its 101.
  bool has_rest_of_101(const proxy_talk& seen) {
    const auto sent = wire::read_answer(seen.answered, turnout::method::get, false);
    const std::string rest = sent ? seen.answered.substr(sent->end) : "";
    while (client_.unread().find(rest) == std::string_view::npos)
      if (client_.read_more(how_.told.patience) != channel::event::octets) return false;
    return true;
  }

  bool passes(channel& from, channel& to, std::string_view octets, milliseconds time) {
    (void)from.write(octets, how_.told.patience);
    while (to.unread().find(octets) == std::string_view::npos)
      if (to.read_more(time) != channel::event::octets) return false;
    return true;
  }

  const attempt& how_;
  const url& to_;
  origin origin_;
  channel client_;
  channel* server_ = nullptr;
};

/// Tries one case. Only one at a time may be tried on a port.
inline result try_proxy(const scenario& one, const attempt& how, const url& to, listener& at) {
  result made{.of = &one, .how = how.sent_as};
  try {
    proxy_conversation between{how, to, at};
    const proxy_talk seen = between.hold(one);
    made.judged = judge_proxy(one, seen);
    made.saw = seen_of(seen);
    made.sent = seen.sent;
    made.received = seen.received;
    if (made.has_failed()) made.explanation = explain_proxy(seen, how.told.is_colored);
  } catch (const asio::system_error& gone) {
    made.judged = unreachable(gone);
  }
  return made;
}

}  // namespace probe
