// What every gateway keeps to: the same story however octets come, only rows of its table, and no
// DATA before an agreement.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/gateway_messages.hpp"
#include "support/gateway_turns.hpp"
#include "support/turns.hpp"
#include "turnout/machine/laws.hpp"

namespace gateway_laws {

using namespace turnout;
using gateway::need, gateway::side, gateway::turn;
using gateway_messages::header_list, gateway_messages::spoken;

/// Gives octets to a program in pieces.
template <class Program>
void send(Program& program, side from, std::string_view octets, turns::pieces come) {
  turns::input in{octets, come};
  for (bool more = true; more; more = in.read_more()) {
    program.take(from, in.unread());
    in.drop(in.unread().size());
  }
}

/// What becomes of an answer, after DATA that came early.
inline turns::down_program went_down(const header_list& list, std::string_view answer,
                                     turns::pieces come, const limits& bounds) {
  turns::down_program program{spoken, {.limits = bounds, .allow_connect = true}};
  program.receive(list);
  program.take(side::stream, "early");
  send(program, side::connection, answer, come);
  program.end(side::connection);
  program.end(side::stream);
  return program;
}

/// The server's octets tell the same story in all pieces, and let no DATA pass early.
inline std::string same_down(const header_list& list, std::string_view answer, turns::pieces come,
                             const limits& bounds = {}) {
  turns::down_program whole = went_down(list, answer, {}, bounds);
  for (const turns::pieces cut : {come, turns::pieces{0, 1}}) {
    turns::down_program program = went_down(list, answer, cut, bounds);
    if (program.early != 0) return "DATA passed before the answer";
    if (program.finals > 1) return "there are two answers";
    if (program.ends > 1) return "the stream ended twice";
    const std::string story = whole.story();
    if (const std::string told = program.story(); told != story)
      return "[" + told + "], not [" + story + "]";
  }
  return {};
}

/// What becomes of a client's octets, if the stream answers the first request so.
inline turns::up_program went_up(std::string_view octets, const header_list& answer,
                                 turns::pieces come, const limits& bounds) {
  turns::up_program program{spoken, {.limits = bounds, .allow_connect = true}};
  send(program, side::connection, octets, come);
  if (program.closed) return program;
  program.receive(answer);
  program.take(side::stream, "back");
  program.end(side::stream);
  program.end(side::connection);
  return program;
}

/// The client's octets tell the same story in all pieces, and none passes early.
inline std::string same_up(std::string_view octets, const header_list& answer, turns::pieces come,
                           const limits& bounds = {}) {
  turns::up_program whole = went_up(octets, answer, {}, bounds);
  for (const turns::pieces cut : {come, turns::pieces{0, 1}}) {
    turns::up_program program = went_up(octets, answer, cut, bounds);
    if (program.early != 0) return "octets passed before the answer";
    if (program.requests != whole.requests) return "other requests went up";
    if (program.gateway.state() != whole.gateway.state()) return "it ended in another state";
  }
  return {};
}

/// True if rows of the table lead from one state to another.
inline bool leads(gateway::state from, gateway::state to) {
  return (machine::reachable_from(machine::gateway_table, from) >> static_cast<unsigned>(to) & 1) !=
         0;
}

/// What a stream and a connection have seen so far.
struct seen {
  std::size_t finals = 0;  ///< final header lists, or final heads, that the client got
  bool ended = false;      ///< whether END_STREAM was sent
  bool reset = false;      ///< whether RST_STREAM was sent

  friend bool operator==(const seen&, const seen&) = default;
};

/// Says what is wrong with one call's turn.
///
/// Takes     before, after: the state; came: on which side octets came, none for other calls
template <bool Down>
std::string wrong_with(const turn& now, gateway::state before, gateway::state after,
                       const side* came, seen& so_far) {
  const auto opened = [](gateway::state one) {
    return one == gateway::state::open || one == gateway::state::client_ended ||
           one == gateway::state::server_ended;
  };
  constexpr side client = Down ? side::stream : side::connection;
  const bool passed = Down ? !now.octets.empty() : !now.data.empty();
  if (came != nullptr && *came == client && passed && !opened(before))
    return "octets of the client passed in " + std::string{name_of(before)};
  if (!leads(before, after))
    return std::string{name_of(before)} + " does not lead to " + std::string{name_of(after)};
  if (now.why.code == errc::no_space && (before != after || now.used != 0))
    return "too little space changed something";
  if constexpr (Down) {
    // RST_STREAM may follow END_STREAM, as long as the client still sends, and nothing RST_STREAM.
    const bool sends = !now.list.empty() || !now.data.empty() || now.end_stream;
    const bool resets = now.reset_stream != gateway::stream_error::none;
    if ((so_far.ended || so_far.reset) && sends) return "something was sent after the end";
    if (so_far.reset && resets) return "a stream was reset twice";
    if (!now.list.empty() && now.list.front().value.front() != '1' && so_far.finals++ != 0)
      return "there are two answers";
    so_far.ended = so_far.ended || now.end_stream;
    so_far.reset = so_far.reset || resets;
  }
  if (before == gateway::state::closed && now.need != need::close && now.need != need::wait)
    return "something is asked for after the end";
  return {};
}

}  // namespace gateway_laws
