// An intermediary's program on a relay_handshake, which takes each step by itself: it can also
// refuse, or close, after reading and before forwarding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "explore/party.hpp"
#include "explore/relay.hpp"
#include "explore/witness.hpp"

namespace explore {

class relay_by_steps {
 public:
  static constexpr std::string_view name = "relay";

  /// One that nobody has connected to.
  static relay_by_steps absent() {
    relay_by_steps none;
    none.closed_ = true;
    return none;
  }

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    if (state() == relay_state::closed) return tell(close(shown));
    read_request(may, shown, tell);
    if (connected_) read_response(shown, tell);
    refuse(shown, tell);
    if (state() == relay_state::answered) tell(start_over(shown));
    if (state() == relay_state::deciding_tunnel && may.last_proxy) tell(open_tunnel(shown));
  }

  bool is_done() const { return closed_; }

  std::size_t hash() const {
    return mix(past_.hash(), static_cast<std::size_t>(state()) * 8 +
                                 handshake_.is_persistent() * 4U + connected_ * 2U + closed_);
  }
  friend bool operator==(const relay_by_steps&, const relay_by_steps&) = default;

 private:
  using next = move<relay_by_steps>;

  relay_state state() const { return handshake_.state(); }
  bool is_tunnel() const { return state() == relay_state::switched; }

  next begin(const inputs& shown, std::string_view does) const {
    return {*this, std::string{does}, shown};
  }

  static void end(next& then) {
    then.party = absent();
    then.close(left);
    then.close(right);
  }

  next close(const inputs& shown) const {
    next then = begin(shown, "closes");
    end(then);
    return then;
  }

  /// The forwarded part of what was read.
  template <class Received>
  static parts passed(const Received& now) {
    const switched* const after = now.switched();
    const std::string_view all = after != nullptr ? after->octets() : now.content.octets();
    return all.empty() ? parts{} : parts{all};
  }

  /// How much was used: a tunnel forwards everything.
  template <class Received>
  std::size_t used(const Received& now, const window& unread) const {
    return is_tunnel() ? unread.octets().size() : unread.octets().size() - now.rest.size();
  }

  template <class Tell>
  void read_request(const scope& may, const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "reads from the client");
    relay_by_steps& now = then.party;
    const window unread{shown[left]};
    const relayed_request read = now.handshake_.receive_request(unread.octets());
    const std::size_t drops = used(read, unread);
    then.does += ": " + std::string{name_of(read.what)};
    then.in[left] = unread.without(drops);
    then.out[right].pieces =
        now.past_.to_server(unread, passed(read), drops, is_tunnel(), then.broken);
    const bool head = read.what == relay_step::request || read.what == relay_step::tunnel_requested;
    if (head) now.past_.reads_request(unread.pieces(read.request.octets), 0, then.broken);
    then.call(state(), now.state());
    if (shown[left].ended && drops == 0) return client_ended(then, unread.octets(), tell);
    finish(then, read.what, tell);
    if (head) forward(may, read, then, tell);
  }

  template <class Tell>
  void read_response(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "reads from the server");
    relay_by_steps& now = then.party;
    const window unread{shown[right]};
    const relayed_response read = now.handshake_.receive_response(unread.octets());
    const std::size_t drops = used(read, unread);
    then.does += ": " + std::string{name_of(read.what)};
    then.in[right] = unread.without(drops);
    const bool head = read.what == relay_step::response;
    then.out[left].pieces =
        now.past_.to_client(unread, passed(read), head ? read.response.octets.size() : 0, drops,
                            is_tunnel(), false, then.broken);
    then.call(state(), now.state());
    if (read.what == relay_step::failed && now.state() != relay_state::failed)
      now.drop_server(then);
    const bool ended = shown[right].ended && drops == 0 && now.connected_;
    if (ended) server_ended(then, unread.octets());
    if (now.state() == relay_state::failed)
      now.past_.check_unanswered(shown[right].pieces, then.broken);
    finish(then, ended ? relay_step::wait : read.what, tell);
    if (head) tell(answer(read, unread, then));
  }

  /// Does what a step needs if nothing is forwarded.
  template <class Tell>
  static void finish(next& then, relay_step step, const Tell& tell) {
    if (then.party.is_tunnel() || then.party.state() == relay_state::accepted)
      then.party.past_.check_tunnel(then.broken);
    if (then.party.state() == relay_state::failed) write_refusal(then);
    if (step == relay_step::close || then.party.state() == relay_state::closed) end(then);
    tell(then);
  }

  static void write_refusal(next& then) {
    relay_by_steps& now = then.party;
    room out{};
    const relay_state before = now.state();
    const auto written = now.handshake_.refuse(now.handshake_.refusal_due(), out);
    then.call(before, now.state());
    if (!written) then.breaks(theorem::ends, "a refusal that is due is refused");
    add_messages(then.out[left].pieces, *written, now.past_.answer());
    now.past_.refuses();
  }

  template <class Tell>
  static void client_ended(next& then, std::string_view unread, const Tell& tell) {
    then.does += ", which has ended";
    const relay_state before = then.party.state();
    (void)then.party.handshake_.client_ended(unread);
    then.call(before, then.party.state());
    finish(then, relay_step::wait, tell);
  }

  static void server_ended(next& then, std::string_view unread) {
    then.does += ", which has ended";
    const relay_state before = then.party.state();
    const auto ended = then.party.handshake_.server_ended(unread);
    then.call(before, then.party.state());
    const bool idle = ended.error().code == errc::out_of_turn;
    if (idle && before != relay_state::closed) then.party.drop_server(then);
  }

  void drop_server(next& then) {
    connected_ = false;
    then.close(right);
  }

  template <class Tell>
  static void forward(const scope& may, const relayed_request& read, const next& asked,
                      const Tell& tell) {
    const bool unread = asked.party.connected_ && !asked.in[right].pieces.empty();
    if (may.last_proxy || (unread && !may.forwards_over_unread)) return;
    next then = asked;
    relay_by_steps& now = then.party;
    room out{};
    const auto written = now.handshake_.forward(read, out);
    then.call(asked.party.state(), now.state());
    if (!written) then.breaks(theorem::ends, "a request that waits can't go on");
    then.does += ", forwards it";
    connect(then);
    then.send(right, now.past_.forwards(*written, then.broken));
    tell(then);
  }

  static next answer(const relayed_response& read, const window& unread, const next& asked) {
    next then = asked;
    relay_by_steps& now = then.party;
    room out{};
    const std::string_view head = read.response.octets;
    const auto written = now.handshake_.forward(read, out);
    then.call(asked.party.state(), now.state());
    if (!written) then.breaks(theorem::ends, "a response that waits can't go on");
    then.does += " " + std::to_string(read.response.status) + ", forwards it";
    now.past_.answers(unread.pieces(head), head, then.broken);
    add_messages(then.out[left].pieces, *written, now.past_.answer());
    if (now.is_tunnel() || now.state() == relay_state::accepted)
      now.past_.check_tunnel(then.broken);
    return then;
  }

  /// Refuses, whether it can't reach a server or does not want to.
  template <class Tell>
  void refuse(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "refuses");
    room out{};
    const auto written = then.party.handshake_.refuse({.status = 502}, out);
    if (!written && then.party == *this) return;
    if (!written) then.breaks(theorem::unchanged, "a call that is refused changes the relay");
    then.call(state(), then.party.state());
    add_messages(then.out[left].pieces, *written, past_.answer());
    then.party.past_.refuses();
    tell(then);
  }

  /// Goes on to the next request of the client, once this one was answered.
  next start_over(const inputs& shown) const {
    next then = begin(shown, "starts over");
    const bool reusable = handshake_.is_reusable();
    if (!then.party.handshake_.start_over()) return close(shown);
    then.call(state(), then.party.state());
    if (connected_ && !reusable) then.party.drop_server(then);
    return then;
  }

  next open_tunnel(const inputs& shown) const {
    next then = begin(shown, "opens the tunnel");
    relay_by_steps& now = then.party;
    room out{};
    const auto written = now.handshake_.open_tunnel(out);
    then.call(state(), now.state());
    if (!written) then.breaks(theorem::ends, "a tunnel that is asked for can't be opened");
    connect(then);
    add_messages(then.out[left].pieces, *written, past_.answer());
    now.past_.opens_tunnel();
    return then;
  }

  static void connect(next& then) {
    if (then.party.connected_) return;
    then.party.connected_ = then.connects = true;
    then.in[right] = {};
  }

  relay_handshake handshake_{policy};
  witness past_;
  bool connected_ = false;  // to a server
  bool closed_ = false;
};

}  // namespace explore
