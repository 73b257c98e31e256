// What a server's program does whatever it is written on: responses of its own, and octets through
// the tunnel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explore/party.hpp"

namespace explore {

/// A server's program.
///
/// Takes     `Server`: the program, with calls(), the library's object, and connection_line()
template <class Server>
class serving {
 public:
  static constexpr std::string_view name = "server";

  /// One that nobody has connected to.
  static Server absent() {
    Server none;
    none.closed_ = true;
    return none;
  }

  bool is_done() const { return closed_; }
  friend bool operator==(const serving&, const serving&) = default;

 protected:
  using next = move<Server>;

  serving() = default;

  server_state state() const { return self().calls().state(); }

  next begin(const inputs& shown, std::string_view does) const {
    return {self(), std::string{does}, shown};
  }

  static void end(next& then) {
    then.party = absent();
    then.close(left);
  }

  next close(const inputs& shown) const {
    next then = begin(shown, "closes");
    end(then);
    return then;
  }

  /// Notes the head of a request.
  void note_head(const request_head& head, const window& unread, next& then) {
    const std::vector<piece> pieces = unread.pieces(head.octets);
    for (const piece& one : pieces) early_ = one.from == origin::early;
    read_.read_head(pieces, then.broken);
    owes_ = true;
    to_head_ = head.method == method::head;
    hinted_ = false;
  }

  /// Notes how much was used, of which `before` octets were read earlier.
  void note_used(std::size_t used, std::size_t before, next& then) const {
    if (refused_tunnel_ && used > before)
      then.breaks(theorem::refused, "a server reads what follows a CONNECT that it refused");
  }

  /// Tells each answer that it can give to a request that waits for one.
  template <class Tell>
  void answer(const inputs& shown, const Tell& tell) const {
    tell(refuse(shown));
    if (!hinted_) tell(hint(shown));
    if (state() == server_state::deciding_tunnel) return;
    if (!to_head_) tell(respond(shown, true));
    tell(respond(shown, false));
  }

  /// Notes what an answer wrote.
  static void write_answer(next& then, std::string_view does, std::string_view written,
                           server_state before) {
    if (!does.empty()) then.does += ", " + std::string{does};
    if (written.empty()) then.breaks(theorem::ends, "an answer that is due is refused");
    then.party.send_messages(then, written);
    then.party.owes_ = false;
    then.call(before, then.party.state());
  }

  next send_content(const inputs& shown) const {
    next then = begin(shown, "sends content");
    then.send(left, sent(like_a_response, origin::content, reading::content, 0));
    then.party.content_due_ = false;
    end_response(then);
    return then;
  }

  next send_tunnel(const inputs& shown) const {
    next then = begin(shown, "sends an octet through the tunnel");
    then.send(left, sent(like_a_response, origin::tunnel, reading::tunnel, tunnel_));
    ++then.party.tunnel_;
    return then;
  }

  void send_messages(next& then, std::string_view written) const {
    add_messages(then.out[left].pieces, written, sent({}, origin::head, reading::head, 0));
  }

  std::size_t hash_of_past() const {
    std::size_t hash = mix(read_.hash(), tunnel_ * 64U + early_ * 32U + owes_ * 16U + hinted_ * 8U);
    return mix(hash, content_due_ * 4U + refused_tunnel_ * 2U + closed_);
  }

  reader read_{};
  std::uint8_t tunnel_ = 0;      // how many pieces it sent through the tunnel
  bool early_ = false;           // the request was sent early
  bool owes_ = false;            // the request waits for its answer
  bool to_head_ = false;         // it is HEAD
  bool hinted_ = false;          // a 103 was sent
  bool content_due_ = false;     // the response is still to get its content
  bool refused_tunnel_ = false;  // the last request was a CONNECT, and was refused
  bool closed_ = false;

 private:
  const Server& self() const { return static_cast<const Server&>(*this); }

  next refuse(const inputs& shown) const {
    next then = begin(shown, "refuses");
    room out{};
    then.party.refused_tunnel_ = state() == server_state::deciding_tunnel;
    const auto written = then.party.calls().refuse({.status = 403}, out);
    write_answer(then, "", *written, state());
    return then;
  }

  next hint(const inputs& shown) const {
    next then = begin(shown, "sends 103");
    send_messages(then, "HTTP/1.1 103 Early Hints\r\n\r\n");
    then.party.hinted_ = true;
    return then;
  }

  next respond(const inputs& shown, bool with_content) const {
    next then = begin(shown, with_content ? "responds, with content" : "responds");
    const std::size_t size = with_content ? like_a_response.size() : 0;
    send_messages(then, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n" +
                            std::string{self().connection_line()} + "\r\n");
    then.party.content_due_ = with_content;
    then.party.owes_ = false;
    if (!with_content) end_response(then);
    return then;
  }

  static void end_response(next& then) {
    const server_state before = then.party.state();
    if (!then.party.calls().responded())
      then.breaks(theorem::ends, "a response that is due is refused");
    then.call(before, then.party.state());
  }

  /// What is sent answers the request that was read last. No client waits for an answer to what it
  /// sent early.
  piece sent(std::string_view text, origin from, reading as, std::uint8_t number) const {
    return {number_of(text), from, as, early_ ? std::uint8_t{0} : read_.request, number};
  }
};

}  // namespace explore
