// A gateway's program, in either direction: it takes turns of both sides in any order, and may lose
// either side at any time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "explore/party.hpp"
#include "explore/stream.hpp"
#include "explore/witness.hpp"
#include "turnout/connection/gateway.hpp"

namespace explore {

/// A gateway down, from a stream to a connection of HTTP/1.1, or up, from HTTP/1.1 to streams.
template <class Gateway>
class gateway_of {
  static constexpr bool down = std::is_same_v<Gateway, gateway::to_http_1>;
  static constexpr side of_stream = down ? left : right;
  static constexpr side of_connection = down ? right : left;
  /// Where a header list is the next thing on a stream.
  static constexpr gateway::state stream_begins =
      down ? gateway::state::reading_request : gateway::state::waiting;

 public:
  static constexpr std::string_view name = down ? "gateway down" : "gateway up";

  /// One that nobody has connected to.
  static gateway_of absent() {
    gateway_of none;
    none.closed_ = true;
    return none;
  }

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    take_input(may, shown, left, tell);
    if (connected_) take_input(may, shown, right, tell);
    if (may.loses) tell(time_out(shown));
    refuse(shown, tell);
    if (state() != gateway::state::deciding) call_out_of_turn(shown, tell);
  }

  bool is_done() const { return closed_; }

  std::size_t hash() const {
    return mix(past_.hash(), static_cast<std::size_t>(state()) * 4 + connected_ * 2U + closed_);
  }
  friend bool operator==(const gateway_of&, const gateway_of&) = default;

 private:
  using next = move<gateway_of>;
  using list_space = extended_connect::list_space;

  static gateway::side at(side of) {
    return of == of_stream ? gateway::side::stream : gateway::side::connection;
  }

  gateway::state state() const { return gateway_.state(); }

  next begin(const inputs& shown, std::string_view does) const {
    return {*this, std::string{does}, shown};
  }

  template <class Tell>
  void take_input(const scope& may, const inputs& shown, side of, const Tell& tell) const {
    const std::vector<piece>& pieces = shown[of].pieces;
    const bool has_list = of == of_stream && !pieces.empty() && is_list(pieces.front());
    const bool has_data = of == of_stream && !pieces.empty() && !has_list;
    // HTTP/2 and HTTP/3 reset a stream that begins with DATA.
    if (may.loses || (has_data && state() == stream_begins)) tell(lose(shown, of));
    if (has_list) return read_list(shown, pieces.front(), tell);
    read(shown, of, false, tell);
    if (shown[of].ended) read(shown, of, true, tell);
  }

  template <class Tell>
  void read(const inputs& shown, side of, bool ended, const Tell& tell) const {
    const queue in = of == of_stream ? data_of(shown[of]) : shown[of];
    if (ended && !in.ended) return;
    next then = begin(shown, of == left ? "reads from the client" : "reads from the server");
    if (ended) then.does += ", which has ended";
    const window unread{in};
    list_room out;
    const gateway::turn turn = make(then, out, [&](Gateway& one, const list_space& space) {
      return ended ? one.end_of_input(at(of), unread.octets(), space)
                   : one.advance(at(of), unread.octets(), space);
    });
    then.in[of] =
        of == of_stream ? after_data(shown[of], unread, turn.used) : unread.without(turn.used);
    if (of == left) act_on_client(turn, unread, then);
    if (of == right) act_on_server(turn, unread, then);
    const bool ends = turn.end_connection || turn.end_stream;
    if (ends && gateway_.is_open() && !then.in[of].pieces.empty())
      then.breaks(theorem::in_order, "a tunnel ends before all that was sent has gone on");
    finish(turn, then);
    tell(then);
    if constexpr (!down)
      if (asks(turn)) tell(forward(then));
  }

  template <class Tell>
  void read_list(const inputs& shown, const piece& head, const Tell& tell) const {
    next then = begin(shown, "reads a header list");
    const std::vector<field_line> list = list_of(text_of(head.text));
    std::vector<piece>& pieces = then.in[of_stream].pieces;
    pieces.erase(pieces.begin());
    list_room out;
    const gateway::turn turn = make(
        then, out, [&](Gateway& one, const list_space& space) { return one.receive(list, space); });
    witness& past = then.party.past_;
    if (down && asks(turn)) past.reads_request({head}, 0, then.broken);
    const bool passes = !down && state() == gateway::state::waiting && !turn.why;
    if (passes) past.answers({head}, text_of(head.text), then.broken);
    answer(turn, window{nothing}, passes, then);
    finish(turn, then);
    tell(then);
    if constexpr (down)
      if (asks(turn)) tell(forward(then, list));
  }

  /// Makes a call, and checks that without space for its output it changes nothing.
  template <class Call>
  gateway::turn make(next& then, list_room& out, const Call& call) const {
    Gateway tight = gateway_;
    if (call(tight, list_space{}).why.code == errc::no_space && tight != gateway_)
      then.breaks(theorem::unchanged, "a call without enough space changes the gateway");
    const gateway::turn turn = call(then.party.gateway_, out.space());
    then.call(state(), then.party.state());
    then.does += ": " + std::string{name_of(turn.need)};
    return turn;
  }

  static bool asks(const gateway::turn& turn) {
    return turn.need == gateway::need::request || turn.need == gateway::need::connect;
  }

  /// Notes what was read of the client, and forwards it.
  void act_on_client(const gateway::turn& turn, const window& unread, next& then) const {
    witness& past = then.party.past_;
    check_reading(unread.pieces(turn.content), reading::content, then.broken);
    const std::size_t used = turn.content.empty() ? turn.used : unread.place(turn.content);
    const bool drops = turn.need == gateway::need::close && !gateway_.is_open();
    const parts passed = of_input(outputs(turn, right), unread);
    if (!drops)
      then.out[right].pieces =
          past.to_server(unread, passed, used, gateway_.is_open(), then.broken);
    if (!passed.empty()) then.does += ", forwards " + told(then.out[right].pieces);
    if (unread.has(turn.head.octets)) {
      const std::size_t size = turn.head.octets.size();
      const bool stays = unread.place(turn.head.octets) + size > turn.used;
      past.reads_request(unread.pieces(turn.head.octets), stays ? size : 0, then.broken);
    }
    answer(turn, unread, false, then);
  }

  /// Notes what was read of the server, and forwards it: a head, content, or octets of the tunnel.
  void act_on_server(const gateway::turn& turn, const window& unread, next& then) const {
    witness& past = then.party.past_;
    const bool passes = down && !turn.list.empty() && !turn.why;
    const std::size_t head = passes ? turn.used : 0;
    const std::vector<piece> read = unread.between(0, head);
    if (passes) past.answers(read, text_of(read), then.broken);
    if (answer(turn, unread, passes, then) && turn.why.code == errc::incomplete)
      past.check_unanswered(unread.pieces(unread.octets()), then.broken);
    const parts passed = of_input(outputs(turn, left), unread);
    const std::vector<piece> sent =
        past.to_client(unread, passed, head, turn.used, gateway_.is_open(), false, then.broken);
    if (!passed.empty()) then.does += ", forwards " + told(sent);
    frame(turn, unread, sent, then);
  }

  /// Sends the client forwarded pieces, with what the gateway writes before and after each chunk.
  static void frame(const gateway::turn& turn, const window& unread, const std::vector<piece>& sent,
                    next& then) {
    std::vector<piece>& to = then.out[left].pieces;
    auto at = sent.begin();
    for (const std::string_view part : outputs(turn, left)) {
      if (unread.has(part)) {
        const auto size = static_cast<std::ptrdiff_t>(unread.pieces(part).size());
        to.insert(to.end(), at, at + size);
        at += size;
      } else if (!down && !part.starts_with("HTTP/1.")) {
        to.push_back({number_of(part), origin::anything, reading::open, 0, 0});
      }
    }
  }

  /// Sends the client the heads that the gateway has written, and its own content. Returns true for
  /// its own final response.
  ///
  /// Takes     unread: the octets that were read; passes: whether the head is that of the server
  static bool answer(const gateway::turn& turn, const window& unread, bool passes, next& then) {
    witness& past = then.party.past_;
    std::vector<piece>& to = then.out[left].pieces;
    bool own = false;
    const auto write = [&](std::string_view head) {
      own = own || (!passes && !is_interim(head));
      then.does += ", " + std::string{passes ? "forwards" : "sends"} + " " + status_of(head);
    };
    piece like = past.answer();
    if constexpr (down) {
      if (turn.list.empty()) return false;
      like.text = number_of(text_of(turn.list));
      write(text_of(like.text));
      to.push_back(like);
      if (own && !turn.data.empty())
        to.push_back({number_of(turn.data), origin::content, reading::content, like.request, 0});
    } else {
      for (const std::string_view part : turn.octets) {
        if (unread.has(part) || !part.starts_with("HTTP/1.")) continue;
        write(part);
        add_messages(to, part, like);
      }
    }
    if (own) past.refuses();
    if (then.party.gateway_.is_open()) past.check_tunnel(then.broken);
    return own;
  }

  static std::string status_of(std::string_view head) {
    const std::string_view before = down ? ":status: " : " ";
    return std::string{head.substr(head.find(before) + before.size(), 3)};
  }

  /// The octets that a turn sends to a side, without header lists.
  static parts outputs(const gateway::turn& turn, side to) {
    if (to == of_stream) return turn.data.empty() ? parts{} : parts{turn.data};
    return {turn.octets.begin(), turn.octets.end()};
  }

  static parts of_input(const parts& all, const window& unread) {
    parts found;
    for (const std::string_view part : all)
      if (unread.has(part)) found.push_back(part);
    return found;
  }

  /// Ends or leaves the sides that a turn says. A stream is left after its response.
  static void finish(const gateway::turn& turn, next& then) {
    if (turn.end_stream) then.out[of_stream].ended = true;
    if (turn.end_connection) then.out[of_connection].ended = true;
    if (turn.reset_stream != gateway::stream_error::none) leave(then, of_stream);
    if (turn.reset_connection) leave(then, of_connection);
    const bool answered = then.party.state() == gateway::state::answered;
    if (!down && answered && then.party.connected_) leave(then, right);
    if (turn.need != gateway::need::close) return;
    then.party = absent();
    then.close(left);
    then.close(right);
  }

  static void leave(next& then, side of) {
    then.close(of);
    if (of == right) then.party.connected_ = false;
  }

  next forward(const next& asked, span<const field_line> list) const {
    next then = asked;
    room out{};
    const gateway::turn turn = then.party.gateway_.forward(list, {}, {{}, out});
    send_request(turn, turn.octets.empty() ? "" : *turn.octets.begin(), then);
    then.call(asked.party.state(), then.party.state());
    return then;
  }

  next forward(const next& asked) const {
    next then = asked;
    list_room out;
    const window unread{asked.in[left]};
    const gateway::turn turn =
        then.party.gateway_.forward(unread.octets(), "https", allowed(), out.space());
    send_request(turn, turn.list.empty() ? "" : text_of(turn.list), then);
    then.call(asked.party.state(), then.party.state());
    return then;
  }

  /// Sends a request on, on a new connection or stream, or answers one that can't go on.
  static void send_request(const gateway::turn& turn, std::string_view head, next& then) {
    if (head.empty()) {
      if (!answer(turn, window{nothing}, false, then))
        then.breaks(theorem::ends, "a request that waits can't go on, and is not answered");
      return;
    }
    then.does += ", forwards it";
    then.party.connected_ = then.connects = true;
    then.in[right] = {};
    then.send(right, then.party.past_.forwards(head, then.broken));
  }

  static extended_connect::enable_connect_protocol allowed() {
    extended_connect::enable_connect_protocol setting;
    (void)setting.see(extended_connect::enable_connect_protocol::identifier, 1);
    return setting;
  }

  /// Refuses, whether it can't reach a server or does not want to.
  template <class Tell>
  void refuse(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "refuses");
    list_room out;
    const gateway::turn turn = then.party.gateway_.refuse({.status = 502}, out.space());
    if (turn.why && then.party == *this) return;
    if (turn.why) then.breaks(theorem::unchanged, "a call that is refused changes the gateway");
    then.call(state(), then.party.state());
    answer(turn, window{nothing}, false, then);
    finish(turn, then);
    tell(then);
  }

  next lose(const inputs& shown, side of) const {
    next then = begin(shown, of == left ? "loses the client" : "loses the server");
    list_room out;
    const gateway::turn turn = make(
        then, out, [&](Gateway& one, const list_space& space) { return one.reset(at(of), space); });
    answer(turn, window{nothing}, false, then);
    leave(then, of);
    finish(turn, then);
    return then;
  }

  next time_out(const inputs& shown) const {
    next then = begin(shown, "waits no longer");
    const queue in = down ? nothing : shown[left];
    const window unread{in};
    list_room out;
    const gateway::turn turn = make(then, out, [&](Gateway& one, const list_space& space) {
      if constexpr (down)
        return one.time_out(space);
      else
        return one.time_out(unread.octets(), space);
    });
    if (!down) then.in[left] = unread.without(turn.used);
    act_on_client(turn, unread, then);
    finish(turn, then);
    return then;
  }

  template <class Tell>
  void call_out_of_turn(const inputs& shown, const Tell& tell) const {
    next then = begin(shown, "calls out of turn");
    list_room out;
    if constexpr (down)
      (void)then.party.gateway_.forward({}, {}, out.space());
    else
      (void)then.party.gateway_.forward({}, "https", allowed(), out.space());
    if (then.party == *this) return;
    then.breaks(theorem::unchanged, "a call in the wrong state changes the gateway");
    tell(then);
  }

  static inline const queue nothing;

  Gateway gateway_{spoken, {.allow_connect = true}};
  witness past_;
  bool connected_ = false;  // to a server
  bool closed_ = false;
};

using gateway_down = gateway_of<gateway::to_http_1>;
using gateway_up = gateway_of<gateway::from_http_1>;

}  // namespace explore
