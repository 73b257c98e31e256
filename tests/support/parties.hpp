// Who takes part in the laws: a server, clients, and how octets come to them and are answered.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/windows.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace laws {

using namespace turnout;

inline constexpr std::array<std::string_view, 1> settings{"HTTP2-Settings"};

/// What the server of every law speaks.
inline constexpr profile supported[] = {
    websocket::profile,
    {.token = {"foo", "2"}, .methods = method::get | method::post | method::options},
    {.token = {"bar", {}}, .methods = method::get | method::post, .content = true},
    {.token = {"tcp", {}}, .methods = method::post, .content = true},
    {.token = {"h2c", {}}, .nominated = settings},
    {.token = {"h2", {}}},
};

/// The subprotocols of its `websocket`.
inline constexpr std::array<std::string_view, 2> subprotocols{"superchat", "chat"};

/// What the clients of every law ask for: one for foo/2 or bar, one for `websocket` with the nonce
/// of RFC 6455 section 1.3.
inline constexpr proposal asked{
    .target = "/x", .host = "a", .protocols = std::span{supported}.subspan(1, 2)};
inline constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                    'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
inline constexpr websocket::proposal asked_websocket{
    nonce,
    {.target = "/chat",
     .host = "server.example.com",
     .subprotocols = *field::sec_websocket_protocol::parse("chat, superchat"),
     .extensions = *field::sec_websocket_extensions::parse("permessage-deflate, x-other")}};

/// A proposal whose content waits for a 100, and a request for a tunnel.
inline constexpr proposal asked_with_content{.method = method::post,
                                             .target = "/x",
                                             .host = "a",
                                             .protocols = std::span{supported}.subspan(2, 1),
                                             .content = {framing_kind::length, 5},
                                             .expect_continue = true};
inline constexpr tunnel_request asked_tunnel{.target = "b:443"};

/// Room for whatever is written in a law.
using output = std::array<char, 1024>;

/// A client that has written its request.
template <class Proposal>
constexpr client_handshake<Proposal> waiting_client(const Proposal& proposed,
                                                    const limits& bounds = {}) {
  client_handshake client{proposed, bounds};
  output out{};
  (void)client.write_request(out);
  return client;
}

/// What a client asks when it starts over.
template <template <class> class Client>
constexpr const proposal& next_for(const Client<proposal>&) {
  return asked;
}
template <template <class> class Client>
constexpr const websocket::proposal& next_for(const Client<websocket::proposal>&) {
  return asked_websocket;
}
template <template <class> class Client>
constexpr const tunnel_request& next_for(const Client<tunnel_request>&) {
  return asked_tunnel;
}

/// How many octets of those shown were used, and where the head that was found begins in them.
template <class Received>
std::size_t used_of(const Received& now, std::string_view shown) {
  return shown.size() - now.rest.size();
}
template <class Received>
std::size_t head_begins(const Received&, std::string_view) {
  return 0;
}

/// The head that was found; nullptr if there is none.
inline const request_head* head_of(const server_received& now) {
  return now.request.octets.empty() || now.what == server_step::failed ? nullptr : &now.request;
}
inline const response_head* head_of(const client_received& now) {
  return now.response.octets.empty() || now.what == client_step::failed ? nullptr : &now.response;
}

/// Agrees to what comes first, at once where it may. Returns what it writes.
inline std::string_view agree(server_handshake& handshake, const server_received& now,
                              agreement& kept, std::span<char> out, preference order) {
  const profile& chosen = *now.offer().choose(order);
  if (!chosen.own_agreement) {
    kept = *now.offer().agree(chosen.token);
    return *handshake.accept(kept, out);  // Where the client waits with content, after that.
  }
  const auto offered = websocket::offer::read(now.offer());
  if (!offered)
    return *handshake.refuse(websocket::agreement::refusal_for(offered.error().code), out);
  const websocket::terms terms{.subprotocol = offered->choose(subprotocols, order)};
  return *handshake.accept(*offered->agree(terms), out);
}

/// Answers as a program does. Returns what it writes; but not the 100 to an ordinary request, which
/// goes out only where the content did not come with the head (RFC 9110 section 10.1.1).
///
/// Takes     kept: where it keeps what it agreed to while it reads content
inline std::string_view respond(server_handshake& handshake, const server_received& now,
                                agreement& kept, std::span<char> out,
                                preference order = preference::client) {
  const bool due = handshake.state() == server_state::deciding;
  if (now.what == server_step::upgrade_offered) return agree(handshake, now, kept, out, order);
  if (now.what == server_step::continue_expected) {
    const bool ordinary = handshake.state() == server_state::ordinary;
    const std::string_view written = *handshake.write_continue(out);
    return ordinary ? std::string_view{} : written;
  }
  if (now.what == server_step::tunnel_requested) return *handshake.open_tunnel(out);
  if (now.what == server_step::content_ended && due) return *handshake.accept(kept, out);
  return {};
}
template <class Proposal>
std::string_view respond(client_handshake<Proposal>& handshake, const client_received& now,
                         agreement&, std::span<char>) {
  if (now.what == client_step::send_content) (void)handshake.content_sent();
  return {};
}

/// True if the handshake is to be asked again about the octets after what was used.
inline bool asks_again(server_handshake& handshake, const server_received& now) {
  using enum server_step;
  if (now.what == need_more || now.what == failed || now.what == switched) return false;
  const bool over = now.what == content_ended && handshake.state() != server_state::switched;
  return !over || handshake.start_over();
}
template <class Proposal>
bool asks_again(client_handshake<Proposal>&, const client_received& now) {
  using enum client_step;
  return now.what == interim_response || now.what == send_content || now.what == declined;
}

/// How an input comes: `first` octets of it, then pieces of `size`.
struct pieces {
  std::size_t first;
  std::size_t size;
};

/// An input on its way to a handshake, and a program that answers. It allocates nothing.
///
/// Takes     `Window`: where the handshake is shown the octets
template <class Handshake, class Window = windows::in_place>
class connection {
 public:
  connection(const Handshake& fresh, std::string_view input, pieces come)
      : handshake_{fresh}, input_{input}, come_{come}, end_{come.first} {}

  /// What the handshake says when it was shown enough, or all there is.
  auto receive_piece() {
    for (;;) {
      shown_from_ = begin_;
      shown_ = window_(unread());
      const auto now = handshake_.receive(shown_);
      using step = decltype(now.what);
      begin_ += used_of(now, shown_);
      if (now.what != step::need_more || end_ == input_.size()) return now;
      end_ = std::min(input_.size(), end_ + come_.size);
    }
  }

  /// The same after any content and what a program does to get it, which depend on how it comes.
  auto receive() {
    for (;;) {
      const auto now = receive_piece();
      digest(content_, now.content);
      if (now.content.empty() && !waits_for_content(now)) return now;
      (void)react(now);
    }
  }

  /// Does what a program does then. Returns whether it asks again.
  template <class Received>
  bool react(const Received& now) {
    digest(written_, respond(handshake_, now, kept_, out_));
    return asks_again(handshake_, now);
  }

  Handshake& handshake() { return handshake_; }
  const Handshake& handshake() const { return handshake_; }
  /// What receive() showed last, and what it will show next.
  std::string_view shown() const { return shown_; }
  std::string_view unread() const { return input_.substr(begin_, end_ - begin_); }
  /// How many octets of the input were used.
  std::size_t used() const { return begin_; }
  /// The place of the failure in the whole input; 0 if there is none.
  template <class Received>
  std::size_t place(const Received& now) const {
    if (now.why.code == errc::none) return 0;
    return shown_from_ + now.why.at;
  }
  /// Digests of all content that came, and of all that was written.
  std::uint64_t content() const { return content_; }
  std::uint64_t written() const { return written_; }

 private:
  static bool waits_for_content(const server_received& now) {
    return now.what == server_step::continue_expected;
  }
  template <class Received>
  static bool waits_for_content(const Received&) {
    return false;
  }

  /// FNV-1a.
  static void digest(std::uint64_t& sum, std::string_view octets) {
    for (const char octet : octets) sum = (sum ^ grammar::to_number(octet)) * 0x100000001b3;
  }

  Handshake handshake_;
  std::string_view input_;
  pieces come_;
  Window window_;
  std::string_view shown_;
  std::size_t shown_from_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_;
  std::uint64_t content_ = 0xcbf29ce484222325;
  std::uint64_t written_ = content_;
  agreement kept_;
  output out_{};
};

}  // namespace laws
