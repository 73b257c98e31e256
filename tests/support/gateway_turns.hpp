// A gateway's program that drives its stream and its connection as connection/gateway/turn.hpp
// says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/turns.hpp"
#include "turnout/connection/gateway.hpp"
#include "turnout/core/errc_name.hpp"
#include "turnout/protocol.hpp"

namespace turns {

using namespace turnout;
using header_list = std::vector<field_line>;

inline constexpr std::array<std::uint8_t, 16> gateway_nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                            'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};

/// A program between streams and a connection. What goes to the server is told after `>`, and what
/// goes to the client after `<`.
template <class Gateway>
class gateway_program {
  static constexpr bool down = std::is_same_v<Gateway, turnout::gateway::to_http_1>;
  static constexpr turnout::gateway::side stream = turnout::gateway::side::stream;
  static constexpr turnout::gateway::side connection = turnout::gateway::side::connection;
  static constexpr turnout::gateway::side client = down ? stream : connection;
  static constexpr turnout::gateway::side server = down ? connection : stream;
  static constexpr const char* to_stream = down ? "< " : "> ";
  static constexpr const char* to_connection = down ? "> " : "< ";

 public:
  explicit gateway_program(lasting_span<const profile> spoken,
                           const turnout::gateway::options& options = {})
      : gateway{spoken, options} {
    (void)allowed.see(extended_connect::enable_connect_protocol::identifier, 1);
  }

  /// Takes a header list that came on the stream.
  void receive(const header_list& list) {
    list_ = list;
    const turnout::gateway::turn now = gateway.receive(list_, space());
    act(now, server);
    if constexpr (down) forward(now);
    pump();
  }
  /// Takes octets that came from a side.
  void take(turnout::gateway::side from, std::string_view octets) {
    input(from) += octets;
    pump();
  }
  /// Says that a side sends no more.
  void end(turnout::gateway::side from) {
    ended_[static_cast<std::size_t>(from)] = true;
    pump();
  }
  /// Says that a side was reset.
  void reset(turnout::gateway::side from) {
    act(gateway.reset(from, space()), server);
    pump();
  }
  /// Says that what is waited for did not come in time.
  void time_out() {
    if constexpr (down)
      act(gateway.time_out(space()), server);
    else
      act(gateway.time_out(input(connection), space()), server);
    pump();
  }
  /// Answers in place of a server.
  void refuse(const refusal& answer) { act(gateway.refuse(answer, space()), server); }

  /// What happened, and what is still held of the client's octets after the request.
  std::string story() {
    std::string_view held = input(client);
    const std::size_t head = down ? held.npos : held.find("\r\n\r\n");
    if (head != held.npos) held.remove_prefix(head + 4);
    return told_.text() + shown(held, "held back: ");
  }

  Gateway gateway;
  extended_connect::enable_connect_protocol allowed;  ///< of the server, upwards
  bool forwards = true;                               ///< whether there is a server
  std::size_t early = 0;     ///< how many octets of the client went on before the answer
  std::size_t sent_on = 0;   ///< how many octets of the client went on
  std::size_t requests = 0;  ///< how many requests went up
  std::size_t finals = 0;    ///< how many final header lists the client got
  std::size_t ends = 0;      ///< how often a stream was ended or reset
  bool closed = false;       ///< whether there is nothing left to do

 private:
  std::string& input(turnout::gateway::side from) { return input_[static_cast<std::size_t>(from)]; }
  extended_connect::list_space space() { return {lines_, octets_}; }

  void pump() {
    for (bool more = true; more && !closed;) {
      more = step(client);
      more = (!closed && step(server)) || more;
    }
  }

  /// Returns false if there was nothing to do.
  bool step(turnout::gateway::side from) {
    const turnout::gateway::state before = gateway.state();
    std::string& unread = input(from);
    const bool ended = ended_[static_cast<std::size_t>(from)];
    const turnout::gateway::turn now = ended ? gateway.end_of_input(from, unread, space())
                                             : gateway.advance(from, unread, space());
    act(now, from);
    unread.erase(0, now.used);
    if constexpr (!down) forward(now);
    if (now.need == turnout::gateway::need::response) refuse({.status = 404});
    return !now.is_idle() || before != gateway.state();
  }

  void act(const turnout::gateway::turn& now, turnout::gateway::side from) {
    if (!down && !now.list.empty()) ++requests;
    for (const field_line& line : now.list) {
      told_.say(to_stream + std::string{line.name} + ": " + std::string{line.value} + "\n");
      if (line.name == ":status" && line.value.front() != '1') ++finals;
    }
    if (!now.data.empty()) told_.pass(to_stream, now.data);
    for (const std::string_view part : now.octets) told_.pass(to_connection, part);
    if (from == client) count_passed(now);
    tell_ends(now);
    if (now.why) told_.say("why " + std::string{turnout::name_of(now.why.code)} + "\n");
    tell_need(now);
  }

  void count_passed(const turnout::gateway::turn& now) {
    std::size_t passed = down ? 0 : now.data.size();
    if (down)
      for (const std::string_view part : now.octets) passed += part.size();
    sent_on += passed;
    const bool ends_now = down ? now.end_connection : now.end_stream;
    if (!gateway.is_open() && !ends_now) early += passed;
  }

  void tell_ends(const turnout::gateway::turn& now) {
    const std::string stream_line{to_stream};
    const std::string connection_line{to_connection};
    if (now.end_stream) told_.say(stream_line + "END_STREAM\n"), ++ends;
    if (now.reset_stream != turnout::gateway::stream_error::none)
      told_.say(stream_line + "RST_STREAM " + std::string{name_of(now.reset_stream)} + "\n"),
          ++ends;
    if (now.end_connection) told_.say(connection_line + "FIN\n");
    if (now.reset_connection) told_.say(connection_line + "RST\n");
  }

  void tell_need(const turnout::gateway::turn& now) {
    using enum turnout::gateway::need;
    closed = now.need == close || (down && now.need == ordinary);
    if (now.need == close) told_.say("close\n");
    if (now.need == ordinary) told_.say("ordinary\n");
    if (now.need == content) told_.say("content " + std::string{now.content} + "\n");
  }

  /// Forwards a request, if the turn asks for that.
  void forward(const turnout::gateway::turn& now) {
    if (now.need != turnout::gateway::need::request && now.need != turnout::gateway::need::connect)
      return;
    if constexpr (down) {
      const bool tunnel = now.protocol == nullptr;
      told_.say(std::string{name_of(now.need)} + " " +
                std::string{tunnel ? now.request.authority : now.protocol->token.name} + "\n");
      if (forwards) act(gateway.forward(list_, gateway_nonce, space()), server);
    } else {
      input(stream).clear();
      ended_[static_cast<std::size_t>(stream)] = false;
      act(gateway.forward(input(connection), "https", allowed, space()), server);
    }
  }

  transcript told_;
  header_list list_;
  std::string input_[2];
  bool ended_[2]{};
  std::array<field_line, 110> lines_{};
  std::array<char, 33000> octets_{};
};

using down_program = gateway_program<gateway::to_http_1>;
using up_program = gateway_program<gateway::from_http_1>;

}  // namespace turns
