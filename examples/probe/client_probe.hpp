// Plays the server of each case to a client, which is started for it.
#pragma once

#include <fmt/core.h>

#include <asio.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "adapt.hpp"
#include "case.hpp"
#include "channel.hpp"
#include "child.hpp"
#include "client_judge.hpp"
#include "frame.hpp"
#include "listener.hpp"
#include "pace.hpp"
#include "result.hpp"
#include "settings.hpp"
#include "wire.hpp"

namespace probe {

/// The client under test: how it is started.
class client_under_test {
 public:
  /// Takes     command: its words; {url} and {port} in them say where to connect
  client_under_test(std::vector<std::string> command, std::uint16_t port) : command_{command} {
    const std::string number = std::to_string(port);
    for (std::string& word : command_) {
      adapt_detail::replace_all(word, "{url}", "ws://127.0.0.1:" + number + "/");
      adapt_detail::replace_all(word, "{port}", number);
    }
  }

  const std::vector<std::string>& command() const { return command_; }

 private:
  std::vector<std::string> command_;
};

namespace client_probe_detail {

inline constexpr milliseconds time_to_start{10'000};

/// Drops the connections that earlier clients have left.
inline void drop_earlier(listener& at) {
  for (channel left; left.accept_from(at.acceptor(), milliseconds{0});) left.close();
}

/// Waits for the connection of a client that may end without one.
inline void accept(channel& with, listener& at, const child& client) {
  for (milliseconds waited{0}; waited < time_to_start; waited += milliseconds{50}) {
    if (with.accept_from(at.acceptor(), milliseconds{50})) return;
    if (client.has_ended()) throw std::runtime_error{"the command ended without a connection"};
  }
  throw std::runtime_error{"the command made no connection"};
}

/// Reads the head of a client's request.
inline std::string read_request(channel& with, milliseconds time) {
  for (;;) {
    const inspected_request read{with.unread()};
    if (read.is_complete()) {
      const std::string head{read.head.octets};
      with.drop(head.size());
      return head;
    }
    if (with.read_more(time) != channel::event::octets)
      throw std::runtime_error{"the client sent no whole request"};
  }
}

/// Reads what a client sends until it is clear what it makes of the response.
inline void watch(channel& with, const scenario& one, bool pinged, milliseconds time,
                  client_talk& seen) {
  for (;;) {
    seen.then = with.unread();
    const reaction what = reaction_of(seen);
    const bool waits_for_pong = what == reaction::took && pinged && !has_pong_or_close(seen);
    if (what != reaction::silent && !waits_for_pong) return;
    const bool knows_soon = !one.allows("switched") && !one.allows("failed");
    const auto event = with.read_more(knows_soon ? time / 4 : time);
    if (event == channel::event::late) return;
    seen.ended = event == channel::event::end;
  }
}

inline client_talk talk(channel& with, const scenario& one, const attempt& how, bool& pinged,
                        bool& fits) {
  client_talk seen;
  seen.asked = read_request(with, how.told.patience);
  seen.answered = response_for(one, seen.asked);
  fits = applies(one, seen);
  if (!fits) return seen;
  pinged = one.demands("switched") && !one.ends;
  std::string octets = seen.answered;
  if (pinged && one.expected.front().leftover == 0)
    octets += server_frame(opcode::ping, ping_payload);
  std::minstd_rand random{how.seed()};
  (void)send_in_pieces(with, octets, how.sent_as, random, how.told.patience);
  if (one.ends) with.end_output();
  watch(with, one, pinged, how.told.patience, seen);
  return seen;
}

}  // namespace client_probe_detail

/// Tries one case on a client that is started for it.
inline result try_client(const scenario& one, const attempt& how, listener& at,
                         const client_under_test& client) {
  using namespace client_probe_detail;
  result made{.of = &one, .how = how.sent_as};
  try {
    drop_earlier(at);
    const child running{client.command()};
    channel with;
    accept(with, at, running);
    bool pinged = false;
    bool fits = false;
    const client_talk seen = talk(with, one, how, pinged, fits);
    made.judged = fits ? judge_client(one, seen, pinged)
                       : verdict{verdict::kind::skipped, "this client sends another request"};
    if (fits) made.saw = seen_of(seen);
    made.sent = seen.answered;
    made.received = seen.asked + seen.then;
    if (made.has_failed()) made.explanation = explain_client(seen, how.told.is_colored);
  } catch (const std::exception& gone) {
    made.judged = unreachable(gone);
  }
  return made;
}

}  // namespace probe
