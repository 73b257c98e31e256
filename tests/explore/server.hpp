// A server's program on a server_connection, which answers in every way that it can.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "explore/party.hpp"
#include "explore/serving.hpp"

namespace explore {

class server : public serving<server> {
 public:
  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    if (may.gives_up || shown[left].ended || state() == server_state::switched) tell(close(shown));
    if (content_due_) return tell(send_content(shown));
    read(shown, false, tell);
    if (shown[left].ended) read(shown, true, tell);
    if (owes_) answer(shown, tell);
    if (tunnel_ < may.tunnel && state() == server_state::switched) tell(send_tunnel(shown));
    call_out_of_turn(shown, tell);
  }

  std::size_t hash() const {
    return mix(hash_of_past(), static_cast<std::size_t>(state()) * 2 + connection_line().empty());
  }
  friend bool operator==(const server&, const server&) = default;

 private:
  friend class serving<server>;

  server_connection& calls() { return connection_; }
  const server_connection& calls() const { return connection_; }
  std::string_view connection_line() const { return connection_.connection_line(); }

  template <class Tell>
  void read(const inputs& shown, bool ended, const Tell& tell) const {
    next then = begin(shown, ended ? "is told that no more comes" : "reads");
    const window unread{shown[left]};
    room out{};
    const server_turn turn = ended ? then.party.connection_.end_of_input(unread.octets(), out)
                                   : then.party.connection_.advance(unread.octets(), out);
    then.call(state(), then.party.state());
    then.does += ": " + std::string{name_of(turn.need)};
    then.party.act(turn, unread, then);
    if (turn.need == server_need::close) end(then);
    tell(then);
    if (turn.need == server_need::decision) decide(turn, then, tell);
    if (turn.need == server_need::decision && !turn.deferred) tell(defer(turn, then));
    if (turn.need == server_need::connect) tell(open_tunnel(then));
  }

  void act(const server_turn& turn, const window& unread, next& then) {
    then.in[left] = unread.without(turn.used);
    note_used(turn.used, held_, then);
    if (turn.used > 0) held_ = 0;
    if (unread.has(turn.request.octets)) note_head(turn.request, unread, then);
    if (turn.need == server_need::decision || turn.need == server_need::connect)
      held_ = static_cast<std::uint16_t>(turn.request.octets.size());
    send_messages(then, turn.output);
    read_.read_rest(unread.pieces(turn.content), reading::content, then.broken);
    if (turn.need != server_need::switched) return;
    read_.read_rest(unread.pieces(turn.rest), reading::tunnel, then.broken);
    then.in[left].pieces.clear();
  }

  template <class Tell>
  static void decide(const server_turn& turn, const next& asked, const Tell& tell) {
    const server_state before = asked.party.state();
    room out{};
    next then = asked;
    const auto agreed =
        turn.deferred ? asked.party.kept_.is : *turn.offer().agree(preference::client);
    write_answer(then, "agrees", *then.party.connection_.answer(agreed, out), before);
    tell(then);
    then = asked;
    write_answer(then, "requires an upgrade", *then.party.connection_.require(out), before);
    tell(then);
  }

  /// Keeps an agreement, and lets the content come first.
  static next defer(const server_turn& turn, const next& asked) {
    next then = asked;
    then.does += ", puts it off";
    then.party.kept_.is = *turn.offer().agree(preference::client);
    if (!then.party.connection_.defer())
      then.breaks(theorem::ends, "a decision that is due can't be put off");
    return then;
  }

  static next open_tunnel(const next& asked) {
    room out{};
    next then = asked;
    write_answer(then, "opens it", *then.party.connection_.open_tunnel(out), asked.party.state());
    return then;
  }

  template <class Tell>
  void call_out_of_turn(const inputs& shown, const Tell& tell) const {
    room out{};
    const auto refuses = [&](const auto& call) {
      next then = begin(shown, "calls out of turn");
      if (call(then.party.connection_) || then.party == *this) return;
      then.breaks(theorem::unchanged, "a call that is refused changes the server");
      tell(then);
    };
    refuses([&](auto& one) { return bool{one.refuse({.status = 403}, out)}; });
    refuses([&](auto& one) { return bool{one.require(out)}; });
    refuses([&](auto& one) { return bool{one.open_tunnel(out)}; });
    refuses([&](auto& one) { return bool{one.responded()}; });
    refuses([&](auto& one) { return bool{one.defer()}; });
    refuses([&](auto& one) { return bool{one.answer(kept_.is, out)}; });
  }

  /// An agreement that is made with the head, for a decision that comes after the content.
  struct kept {
    agreement is;
    friend bool operator==(const kept& one, const kept& other) {
      return one.is.protocol() == other.is.protocol();
    }
  };

  kept kept_;
  server_connection connection_{spoken, {.allow_connect = true}};
  std::uint16_t held_ = 0;  // octets of a head that was read and stays in the input
};

}  // namespace explore
