// An intermediary's program on a relay_connection, which takes turns of both sides in any order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "explore/party.hpp"
#include "explore/witness.hpp"

namespace explore {

inline constexpr relay_policy policy{.allowed = spoken, .name = "p"};

class relay {
 public:
  static constexpr std::string_view name = "relay";

  /// One that nobody has connected to.
  static relay absent() {
    relay none;
    none.closed_ = true;
    return none;
  }

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    read(may, shown, left, false, tell);
    if (shown[left].ended) read(may, shown, left, true, tell);
    if (connected_) read(may, shown, right, false, tell);
    if (connected_ && shown[right].ended) read(may, shown, right, true, tell);
    refuse(shown, tell);
    if (state() != relay_state::deciding_tunnel) call_out_of_turn(shown, tell);
  }

  bool is_done() const { return closed_; }

  std::size_t hash() const {
    return mix(past_.hash(), static_cast<std::size_t>(state()) * 8 +
                                 connection_.keeps_alive() * 4U + connected_ * 2U + closed_);
  }
  friend bool operator==(const relay&, const relay&) = default;

 private:
  using next = move<relay>;

  relay_state state() const { return connection_.state(); }

  next begin(const inputs& shown, std::string_view does) const {
    return {*this, std::string{does}, shown};
  }

  static void end(next& then) {
    then.party = absent();
    then.close(left);
    then.close(right);
  }

  /// Lets one side continue after the other has ended.
  static next end_output(next then, side to) {
    then.does += ", forwards the end";
    then.out[to].ended = true;
    return then;
  }

  template <class Tell>
  void read(const scope& may, const inputs& shown, side of, bool ended, const Tell& tell) const {
    next then = begin(shown, of == left ? "reads from the client" : "reads from the server");
    if (ended) then.does += ", which has ended";
    const window unread{shown[of]};
    room out{};
    relay& now = then.party;
    const auto from = of == left ? relay_side::client : relay_side::server;
    const relay_turn turn = ended ? now.connection_.end_of_input(from, unread.octets(), out)
                                  : now.connection_.advance(from, unread.octets(), out);
    then.call(state(), now.state());
    then.does += ": " + std::string{name_of(turn.need)};
    then.in[of] = unread.without(turn.used);
    if (of == left)
      now.act_on_client(turn, unread, connection_.is_tunnel(), then);
    else
      now.act_on_server(turn, unread, connection_.is_tunnel(), then);
    if (now.connection_.is_tunnel() || now.state() == relay_state::accepted)
      now.past_.check_tunnel(then.broken);
    const bool ends = turn.need == relay_need::close || turn.need == relay_need::end_output;
    if (ends && connection_.is_tunnel() && !then.in[of].pieces.empty())
      then.breaks(theorem::in_order, "a tunnel ends before all that was sent has gone on");
    if (turn.need == relay_need::end_output) tell(end_output(then, of == left ? right : left));
    if (ends) end(then);
    tell(then);
    if (turn.need == relay_need::request || turn.need == relay_need::connect)
      decide(may, turn, then, tell);
  }

  void act_on_client(const relay_turn& turn, const window& unread, bool tunnel, next& then) {
    const parts passed = of_input(turn.to_server, unread);
    then.out[right].pieces = past_.to_server(unread, passed, turn.used, tunnel, then.broken);
    if (!passed.empty()) then.does += ", forwards " + told(then.out[right].pieces);
    if (turn.need == relay_need::request || turn.need == relay_need::connect)
      past_.reads_request(unread.pieces(turn.request.octets), turn.request.octets.size(),
                          then.broken);
    write_answer(turn, unread, then);
  }

  void act_on_server(const relay_turn& turn, const window& unread, bool tunnel, next& then) {
    const std::string_view head = turn.response.octets;
    if (unread.has(head)) {
      then.does += ", forwards " + std::to_string(turn.response.status);
      past_.answers(unread.pieces(head), head, then.broken);
    }
    write_answer(turn, unread, then);
    const bool replaces =
        !turn.to_client.empty() && !unread.has(head) && !unread.has(*turn.to_client.begin());
    if (replaces) past_.check_unanswered(unread.pieces(unread.octets()), then.broken);
    const bool closes = turn.need == relay_need::close_server;
    const std::vector<piece> passed =
        past_.to_client(unread, of_input(turn.to_client, unread), head.size(), turn.used, tunnel,
                        closes, then.broken);
    if (!passed.empty()) then.does += ", forwards " + told(passed);
    then.out[left].pieces.insert(then.out[left].pieces.end(), passed.begin(), passed.end());
    if (!closes) return;
    connected_ = false;
    then.close(right);
  }

  /// Sends the client what the intermediary has written: a head of the server's, or its own answer.
  void write_answer(const relay_turn& turn, const window& unread, next& then) {
    for (const std::string_view part : turn.to_client) {
      if (unread.has(part)) continue;
      add_messages(then.out[left].pieces, part, past_.answer());
      if (!unread.has(turn.response.octets)) past_.refuses();
    }
  }

  template <class Parts>
  static parts of_input(const Parts& all, const window& unread) {
    parts found;
    for (const std::string_view part : all)
      if (unread.has(part)) found.push_back(part);
    return found;
  }

  template <class Tell>
  static void decide(const scope& may, const relay_turn& turn, const next& asked,
                     const Tell& tell) {
    const bool tunnel = turn.need == relay_need::connect;
    const bool unread = asked.party.connected_ && !asked.in[right].pieces.empty();
    if (may.last_proxy && tunnel) tell(open_tunnel(asked));
    if (may.last_proxy || (unread && !may.forwards_over_unread)) return;
    tell(forward(turn, asked));
  }

  /// Sends a request on, on the connection that there is or on a new one.
  static next forward(const relay_turn& turn, const next& asked) {
    next then = asked;
    relay& now = then.party;
    room out{};
    const auto written = now.connection_.forward(turn, out);
    then.call(asked.party.state(), now.state());
    if (!written) then.breaks(theorem::ends, "a request that waits can't go on");
    then.does += ", forwards it";
    connect(then);
    then.send(right, now.past_.forwards(*written, then.broken));
    return then;
  }

  static next open_tunnel(const next& asked) {
    next then = asked;
    relay& now = then.party;
    room out{};
    const auto written = now.connection_.open_tunnel(out);
    then.call(asked.party.state(), now.state());
    if (!written) then.breaks(theorem::ends, "a tunnel that is asked for can't be opened");
    then.does += ", opens it";
    connect(then);
    add_messages(then.out[left].pieces, *written, now.past_.answer());
    now.past_.opens_tunnel();
    return then;
  }

  static void connect(next& then) {
    if (then.party.connected_) return;
    then.party.connected_ = then.connects = true;
    then.in[right] = {};
  }

  /// Refuses, whether it can't reach a server or does not want to.
  template <class Tell>
  void refuse(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "refuses");
    room out{};
    const auto written = then.party.connection_.refuse({.status = 502}, out);
    if (!written && then.party == *this) return;
    if (!written) then.breaks(theorem::unchanged, "a call that is refused changes the relay");
    then.call(state(), then.party.state());
    add_messages(then.out[left].pieces, *written, past_.answer());
    then.party.past_.refuses();
    tell(then);
  }

  template <class Tell>
  void call_out_of_turn(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "calls out of turn");
    room out{};
    if (!then.party.connection_.open_tunnel(out) && then.party == *this) return;
    then.breaks(theorem::unchanged, "a call in the wrong state changes the relay");
    tell(then);
  }

  relay_connection connection_{policy, {.allow_connect = true}};
  witness past_;
  bool connected_ = false;  // to a server
  bool closed_ = false;
};

}  // namespace explore
