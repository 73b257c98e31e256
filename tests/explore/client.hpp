// A client's program on a client_connection. It keeps to the protocol, but may send octets early.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "explore/party.hpp"

namespace explore {

inline constexpr framing some_content{framing_kind::length, like_a_request.size()};
inline constexpr proposal asks_foo{.target = "/", .host = "a", .protocols = {&spoken[0], 1}};
inline constexpr proposal asks_bar{.method = method::post,
                                   .target = "/",
                                   .host = "a",
                                   .protocols = {&spoken[1], 1},
                                   .content = some_content};
inline constexpr proposal asks_bar_later{.method = method::post,
                                         .target = "/",
                                         .host = "a",
                                         .protocols = {&spoken[1], 1},
                                         .content = some_content,
                                         .expect_continue = true};
inline constexpr tunnel_request asks_tunnel{.target = "a:1"};

class client {
 public:
  static constexpr std::string_view name = "client";

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    if (may.gives_up || asked_ == 0 || done_ || state() == client_state::switched)
      tell(close(shown));
    if (can_ask(may)) {
      tell(ask(shown, asks_foo, "asks for foo"));
      tell(ask(shown, asks_bar, "asks for bar, with content"));
      tell(ask(shown, asks_bar_later, "asks for bar, with content that waits for a 100"));
      tell(ask(shown, asks_tunnel, "asks for a tunnel"));
    }
    if (asked_ == 0) return;
    tell(read(shown, false));
    if (shown[right].ended) tell(read(shown, true));
    if (output_ended_) return;
    if (content_due_) tell(send_content(shown));
    if (state() == client_state::expecting) tell(stop_waiting(shown));
    if (early_ < may.early && state() == client_state::waiting && !content_due_)
      tell(send_early(shown));
    if (tunnel_ < may.tunnel && state() == client_state::switched) tell(send_tunnel(shown));
    if (state() == client_state::switched) tell(end_output(shown));
    call_out_of_turn(shown, tell);
  }

  bool is_done() const { return closed_; }

  std::size_t hash() const {
    std::size_t hash = mix(connection_.index() * 16 + static_cast<std::size_t>(state()), asked_);
    hash = mix(hash, early_ * 256U + tunnel_ * 16U + sent_);
    return mix(hash,
               read_.hash() * 8 + content_due_ * 4U + done_ * 2U + closed_ + output_ended_ * 3U);
  }
  friend bool operator==(const client&, const client&) = default;

 private:
  using next = move<client>;
  using for_upgrade = client_connection<proposal>;
  using for_tunnel = client_connection<tunnel_request>;

  client_state state() const {
    return std::visit([](const auto& one) { return one.state(); }, connection_);
  }

  bool can_ask(const scope& may) const {
    if (early_ > 0 && !may.asks_after_early) return false;
    const auto keeps_alive = [](const auto& one) { return one.keeps_alive(); };
    return asked_ == 0 || (done_ && asked_ < may.requests && std::visit(keeps_alive, connection_));
  }

  next begin(const inputs& shown, std::string_view does) const {
    return {*this, std::string{does}, shown};
  }

  static void end(next& then) {
    then.party = {};
    then.party.closed_ = true;
    then.close(right);
  }

  next close(const inputs& shown) const {
    next then = begin(shown, "closes");
    end(then);
    return then;
  }

  template <class Proposal>
  next ask(const inputs& shown, const Proposal& wanted, std::string_view does) const {
    using kind = client_connection<Proposal>;
    next then = begin(shown, does);
    client& now = then.party;
    auto* const same = std::get_if<kind>(&now.connection_);
    if (asked_ == 0 || same == nullptr)
      now.connection_ = kind{wanted};
    else if (!same->ask(wanted))
      then.breaks(theorem::ends, "a connection that keeps alive takes no other request");
    then.call(state(), now.state());
    now.early_ = now.tunnel_ = now.sent_ = 0;
    now.done_ = false;
    now.asked_ = static_cast<std::uint8_t>(asked_ + 1);
    const window unread{shown[right]};
    room out{};
    const client_turn turn = std::get<kind>(now.connection_).advance(unread.octets(), out);
    then.call(client_state::asking, now.state());
    if (turn.need == client_need::close) {
      end(then);
      return then;
    }
    now.request_ = number_of(turn.output);
    then.send(right, now.sent(turn.output, origin::head, reading::head));
    now.content_due_ = turn.need == client_need::send_content;
    return then;
  }

  next read(const inputs& shown, bool ended) const {
    next then = begin(shown, ended ? "is told that no more comes" : "reads");
    const window unread{shown[right]};
    room out{};
    const client_turn turn = std::visit(
        [&](auto& one) {
          return ended ? one.end_of_input(unread.octets(), out) : one.advance(unread.octets(), out);
        },
        then.party.connection_);
    then.call(state(), then.party.state());
    then.does += ": " + std::string{name_of(turn.need)};
    then.in[right] = unread.without(turn.used);
    then.party.act(turn, unread, then);
    return then;
  }

  void act(const client_turn& turn, const window& unread, next& then) {
    if (unread.has(turn.response.octets)) note_head(turn.response, unread, then);
    read_.read_rest(unread.pieces(turn.content), reading::content, then.broken);
    if (turn.need == client_need::send_content) content_due_ = true;
    if (turn.need == client_need::done) done_ = true;
    if (turn.need == client_need::close) end(then);
    if (turn.need != client_need::switched) return;
    read_.read_rest(unread.pieces(turn.rest), reading::tunnel, then.broken);
    then.in[right].pieces.clear();
  }

  void note_head(const response_head& head, const window& unread, next& then) {
    then.does += " " + std::to_string(head.status);
    read_.read_head(unread.pieces(head.octets), then.broken);
    if (read_.request != 0 && read_.request != asked_)
      then.breaks(theorem::in_order, "a response to another request is accepted");
    const bool switches = state() == client_state::switched || state() == client_state::agreed;
    if (switches && !opens(head.octets, text_of(request_)))
      then.breaks(theorem::one_way, "a response that opens no tunnel is treated as a switch");
  }

  next send_content(const inputs& shown) const {
    next then = begin(shown, "sends content");
    then.send(right, sent(like_a_request, origin::content, reading::content));
    ++then.party.sent_;
    then.party.content_due_ = false;
    (void)std::visit([](auto& one) { return one.content_sent(); }, then.party.connection_);
    then.call(state(), then.party.state());
    return then;
  }

  next stop_waiting(const inputs& shown) const {
    next then = begin(shown, "waits for the 100 no longer");
    (void)std::visit([](auto& one) { return one.stop_waiting(); }, then.party.connection_);
    then.call(state(), then.party.state());
    return then;
  }

  /// What follows a CONNECT is of others, who mean it for the tunnel: RFC 9931 section 8.
  next send_early(const inputs& shown) const {
    next then = begin(shown, "sends an octet early");
    const bool for_others = std::holds_alternative<for_tunnel>(connection_);
    then.send(right,
              sent(like_a_request, origin::early, for_others ? reading::tunnel : reading::open));
    ++then.party.sent_;
    ++then.party.early_;
    return then;
  }

  next send_tunnel(const inputs& shown) const {
    next then = begin(shown, "sends an octet through the tunnel");
    then.send(right, sent(like_a_request, origin::tunnel, reading::tunnel));
    ++then.party.sent_;
    ++then.party.tunnel_;
    return then;
  }

  /// Ends its side of the tunnel, but still reads.
  next end_output(const inputs& shown) const {
    next then = begin(shown, "ends its output");
    then.out[right].ended = true;
    then.party.output_ended_ = true;
    return then;
  }

  piece sent(std::string_view text, origin from, reading as) const {
    return {number_of(text), from, as, asked_, sent_};
  }

  template <class Tell>
  void call_out_of_turn(const inputs& shown, const Tell& tell) const {
    const auto refuses = [&](const auto& call) {
      next then = begin(shown, "calls out of turn");
      if (std::visit(call, then.party.connection_) || then.party == *this) return;
      then.breaks(theorem::unchanged, "a call that is refused changes the client");
      tell(then);
    };
    refuses([](auto& one) { return bool{one.content_sent()}; });
    refuses([](auto& one) { return bool{one.stop_waiting()}; });
  }

  std::variant<for_upgrade, for_tunnel> connection_{for_upgrade{asks_foo}};
  std::uint16_t request_ = 0;  // the text of the last one
  std::uint8_t asked_ = 0;     // how many requests
  std::uint8_t early_ = 0;     // how many pieces since the last one, of each kind, and of all
  std::uint8_t tunnel_ = 0;
  std::uint8_t sent_ = 0;
  reader read_;
  bool content_due_ = false;
  bool done_ = false;          // the answer was read whole
  bool output_ended_ = false;  // of the tunnel
  bool closed_ = false;
};

}  // namespace explore
