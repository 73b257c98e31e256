// A server's program on a server_handshake, which takes each step by itself, and each answer at any
// time at which it is due.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "explore/party.hpp"
#include "explore/serving.hpp"

namespace explore {

class server_by_steps : public serving<server_by_steps> {
 public:
  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    if (may.gives_up || shown[left].ended || state() == server_state::switched) tell(close(shown));
    if (content_due_) return tell(send_content(shown));
    if (state() == server_state::closed) return;
    tell(read(shown));
    if (owes_) answer(shown, tell);
    if (!owes_) tell(start_over(shown));
    write(shown, "sends 100", false, tell,
          [](auto& one, auto& out) { return one.write_continue(out); });
    write(shown, "agrees", true, tell,
          [this](auto& one, auto& out) { return one.accept(agreed_.made, out); });
    write(shown, "requires an upgrade", true, tell,
          [](auto& one, auto& out) { return one.require(out); });
    write(shown, "opens the tunnel", true, tell,
          [](auto& one, auto& out) { return one.open_tunnel(out); });
    decline(shown, tell);
    if (tunnel_ < may.tunnel && state() == server_state::switched) tell(send_tunnel(shown));
  }

  std::size_t hash() const {
    return mix(hash_of_past(), static_cast<std::size_t>(state()) * 2 + handshake_.is_persistent());
  }
  friend bool operator==(const server_by_steps&, const server_by_steps&) = default;

 private:
  friend class serving<server_by_steps>;

  /// An agreement that is kept until it is used.
  struct kept {
    agreement made{};
    friend bool operator==(const kept& one, const kept& other) {
      return one.made.protocol() == other.made.protocol();
    }
  };

  server_handshake& calls() { return handshake_; }
  const server_handshake& calls() const { return handshake_; }
  std::string_view connection_line() const {
    return handshake_.is_persistent() ? "" : "Connection: close\r\n";
  }

  next read(const inputs& shown) const {
    next then = begin(shown, "reads");
    const window unread{shown[left]};
    const server_received now = then.party.handshake_.receive(unread.octets());
    then.call(state(), then.party.state());
    then.does += ": " + std::string{name_of(now.what)};
    then.party.act(now, unread, then);
    const bool idle = then.in[left] == shown[left] && now.what != server_step::failed;
    if (shown[left].ended && idle) end_of_input(then, unread.octets());
    if (then.party.state() == server_state::failed) write_refusal(then);
    if (then.party.state() == server_state::closed) end(then);
    return then;
  }

  void act(const server_received& now, const window& unread, next& then) {
    const std::size_t used = unread.octets().size() - now.rest.size();
    then.in[left] = unread.without(used);
    note_used(used, 0, then);
    if (unread.has(now.request.octets)) note_head(now.request, unread, then);
    if (now.what == server_step::upgrade_offered)
      agreed_.made = *now.offer().agree(now.offer().choose(preference::client)->token);
    read_.read_rest(unread.pieces(now.content), reading::content, then.broken);
    if (now.switched() == nullptr) return;
    read_.read_rest(unread.pieces(now.switched()->octets()), reading::tunnel, then.broken);
    then.in[left].pieces.clear();
  }

  static void end_of_input(next& then, std::string_view unread) {
    then.does += ", and is told that no more comes";
    const server_state before = then.party.state();
    (void)then.party.handshake_.input_ended(unread);
    then.call(before, then.party.state());
  }

  static void write_refusal(next& then) {
    room out{};
    const server_state before = then.party.state();
    const refusal due = refusal_for(then.party.handshake_.why().code, spoken);
    write_answer(then, "", *then.party.handshake_.refuse(due, out), before);
  }

  next start_over(const inputs& shown) const {
    next then = begin(shown, "starts over");
    (void)then.party.handshake_.start_over();
    then.call(state(), then.party.state());
    return then;
  }

  /// Tells of an answer if it is due, and that nothing changes if it is not.
  template <class Tell, class Call>
  void write(const inputs& shown, std::string_view does, bool ends, const Tell& tell,
             const Call& call) const {
    next then = begin(shown, does);
    room out{};
    const auto written = call(then.party.handshake_, out);
    if (!written && then.party == *this) return;
    if (!written) then.breaks(theorem::unchanged, "a call that is refused changes the server");
    then.call(state(), then.party.state());
    send_messages(then, *written);
    if (ends) then.party.owes_ = false;
    tell(then);
  }

  template <class Tell>
  void decline(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "declines");
    const auto declined = then.party.handshake_.decline();
    if (!declined && then.party == *this) return;
    if (!declined) then.breaks(theorem::unchanged, "a call that is refused changes the server");
    then.call(state(), then.party.state());
    tell(then);
  }

  server_handshake handshake_{spoken};
  kept agreed_;
};

}  // namespace explore
