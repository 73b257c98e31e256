// A gateway's program that drives its stream and its connection as connection/gateway/turn.hpp
// says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

/// A program between one stream and one connection. What goes to the server is told after `>`, and
/// what goes to the client after `<`.
class down_program {
 public:
  explicit down_program(lasting_span<const profile> spoken, const gateway::options& options = {})
      : gateway{spoken, options} {}

  /// Takes a header list that came on the stream.
  void receive(const header_list& list) {
    list_ = list;
    act(gateway.receive(list_, space()), gateway::side::connection);
    pump();
  }
  /// Takes octets that came from a side.
  void take(gateway::side from, std::string_view octets) {
    input(from) += octets;
    pump();
  }
  /// Says that a side sends no more.
  void end(gateway::side from) {
    ended_[static_cast<std::size_t>(from)] = true;
    pump();
  }
  /// Says that a side was reset.
  void reset(gateway::side from) { act(gateway.reset(from, space()), gateway::side::connection); }
  /// Says that an answer did not come in time.
  void time_out() { act(gateway.time_out(space()), gateway::side::connection); }
  /// Answers in place of a server.
  void refuse(const refusal& answer) {
    act(gateway.refuse(answer, space()), gateway::side::connection);
  }

  /// What happened, and what is still held of the client's DATA.
  std::string story() { return told_.text() + shown(input(gateway::side::stream), "held back: "); }

  gateway::to_http_1 gateway;
  bool forwards = true;      ///< whether there is a server
  std::size_t early = 0;     ///< how many octets of DATA went on before the answer
  std::size_t requests = 0;  ///< how many requests went up
  std::size_t sent_on = 0;   ///< how many octets of DATA went on
  std::size_t finals = 0;    ///< how many final header lists the client got
  std::size_t ends = 0;      ///< how often the stream ended or was reset
  bool closed = false;       ///< whether the last turn was to close

 private:
  std::string& input(gateway::side from) { return input_[static_cast<std::size_t>(from)]; }
  extended_connect::list_space space() { return {lines_, octets_}; }

  void pump() {
    for (bool more = true; more && !closed;) {
      more = step(gateway::side::stream);
      more = (!closed && step(gateway::side::connection)) || more;
    }
  }

  /// Returns false if there was nothing to do.
  bool step(gateway::side from) {
    const gateway::state before = gateway.state();
    std::string& unread = input(from);
    const bool ended = ended_[static_cast<std::size_t>(from)];
    const gateway::turn now = ended ? gateway.end_of_input(from, unread, space())
                                    : gateway.advance(from, unread, space());
    act(now, from);
    unread.erase(0, now.used);
    return !now.is_idle() || before != gateway.state();
  }

  void act(const gateway::turn& now, gateway::side from) {
    for (const field_line& line : now.list) {
      told_.say("< " + std::string{line.name} + ": " + std::string{line.value} + "\n");
      if (line.name == ":status" && line.value.front() != '1') ++finals;
    }
    if (!now.data.empty()) told_.pass("< ", now.data);
    for (const std::string_view part : now.octets) {
      told_.pass("> ", part);
      if (from == gateway::side::connection) continue;  // the request
      sent_on += part.size();
      if (!gateway.is_open() && !now.end_connection) early += part.size();
    }
    if (now.end_stream) told_.say("< END_STREAM\n"), ++ends;
    if (now.reset_stream != gateway::stream_error::none)
      told_.say("< RST_STREAM " + std::string{name_of(now.reset_stream)} + "\n"), ++ends;
    if (now.end_connection) told_.say("> FIN\n");
    if (now.reset_connection) told_.say("> RST\n");
    if (now.why) told_.say("why " + std::string{turnout::name_of(now.why.code)} + "\n");
    closed = now.need == gateway::need::close;
    if (closed) told_.say("close\n");
    if (now.need == gateway::need::ordinary) told_.say("ordinary\n"), closed = true;
    if (now.need == gateway::need::request || now.need == gateway::need::connect) forward(now);
  }

  void forward(const gateway::turn& now) {
    told_.say(
        std::string{name_of(now.need)} + " " +
        std::string{now.protocol == nullptr ? now.request.authority : now.protocol->token.name} +
        "\n");
    if (!forwards) return;
    act(gateway.forward(list_, gateway_nonce, space()), gateway::side::connection);
  }

  transcript told_;
  header_list list_;
  std::string input_[2];
  bool ended_[2]{};
  std::array<field_line, 110> lines_{};
  std::array<char, 33000> octets_{};
};

/// A program between a client's connection and the streams that answer it.
class up_program {
 public:
  explicit up_program(lasting_span<const profile> spoken, const gateway::options& options = {})
      : gateway{spoken, options} {
    (void)allowed.see(extended_connect::enable_connect_protocol::identifier, 1);
  }

  /// Takes a header list that came on the stream.
  void receive(const header_list& list) {
    act(gateway.receive(list, space()), gateway::side::stream);
    pump();
  }
  /// Takes octets that came from a side.
  void take(gateway::side from, std::string_view octets) {
    input(from) += octets;
    pump();
  }
  /// Says that a side sends no more.
  void end(gateway::side from) {
    ended_[static_cast<std::size_t>(from)] = true;
    pump();
  }
  /// Says that a side was reset.
  void reset(gateway::side from) {
    act(gateway.reset(from, space()), from);
    pump();
  }
  /// Says that what is waited for did not come in time.
  void time_out() {
    act(gateway.time_out(input(gateway::side::connection), space()), gateway::side::connection);
    pump();
  }

  /// What happened, and what is still held of the client's octets after the request.
  std::string story() {
    const std::string_view held = input(gateway::side::connection);
    const std::size_t head = held.find("\r\n\r\n");
    return told_.text() + shown(held.substr(head == held.npos ? 0 : head + 4), "held back: ");
  }

  gateway::from_http_1 gateway;
  extended_connect::enable_connect_protocol allowed;
  std::size_t early = 0;     ///< how many octets of DATA went on before the answer
  std::size_t requests = 0;  ///< how many requests went up
  std::size_t sent_on = 0;   ///< how many octets of DATA went on
  bool closed = false;       ///< whether the last turn was to close

 private:
  std::string& input(gateway::side from) { return input_[static_cast<std::size_t>(from)]; }
  extended_connect::list_space space() { return {lines_, octets_}; }

  void pump() {
    for (bool more = true; more && !closed;) {
      more = step(gateway::side::connection);
      more = (!closed && step(gateway::side::stream)) || more;
    }
  }

  /// Returns false if there was nothing to do.
  bool step(gateway::side from) {
    const gateway::state before = gateway.state();
    std::string& unread = input(from);
    const bool ended = ended_[static_cast<std::size_t>(from)];
    const gateway::turn now = ended ? gateway.end_of_input(from, unread, space())
                                    : gateway.advance(from, unread, space());
    act(now, from);
    unread.erase(0, now.used);
    if (now.need == gateway::need::request || now.need == gateway::need::connect) forward(unread);
    return !now.is_idle() || before != gateway.state();
  }

  void act(const gateway::turn& now, gateway::side from) {
    requests += now.list.empty() ? 0u : 1u;
    for (const field_line& line : now.list)
      told_.say("> " + std::string{line.name} + ": " + std::string{line.value} + "\n");
    if (!now.data.empty()) told_.pass("> ", now.data);
    sent_on += now.data.size();
    if (from == gateway::side::connection && !gateway.is_open() && !now.end_stream)
      early += now.data.size();
    for (const std::string_view part : now.octets) told_.pass("< ", part);
    if (now.end_stream) told_.say("> END_STREAM\n");
    if (now.reset_stream != gateway::stream_error::none)
      told_.say("> RST_STREAM " + std::string{name_of(now.reset_stream)} + "\n");
    if (now.end_connection) told_.say("< FIN\n");
    if (now.reset_connection) told_.say("< RST\n");
    if (now.why) told_.say("why " + std::string{turnout::name_of(now.why.code)} + "\n");
    closed = now.need == gateway::need::close;
    if (closed) told_.say("close\n");
    if (now.need == gateway::need::ordinary) told_.say("ordinary\n");
    if (now.need == gateway::need::content) told_.say("content " + std::string{now.content} + "\n");
    if (now.need == gateway::need::response) act(gateway.refuse({.status = 404}, space()), from);
  }

  void forward(std::string_view unread) {
    input(gateway::side::stream).clear();
    ended_[static_cast<std::size_t>(gateway::side::stream)] = false;
    act(gateway.forward(unread, "https", allowed, space()), gateway::side::connection);
  }

  transcript told_;
  std::string input_[2];
  bool ended_[2]{};
  std::array<field_line, 110> lines_{};
  std::array<char, 33000> octets_{};
};

}  // namespace turns
