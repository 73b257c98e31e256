// Who takes part in the laws: a server, clients, and how octets come to them and are answered.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "turnout/turnout.hpp"

namespace laws {

using namespace turnout;

inline constexpr std::array<std::string_view, 1> settings{"HTTP2-Settings"};

/// What the server of every law speaks.
inline constexpr profile supported[] = {
    websocket::profile,
    {.token = {"foo", "2"}, .methods = method::get | method::post | method::options},
    {.token = {"bar", {}}, .methods = method::get | method::post, .content = true},
    {.token = {"tcp", {}}, .methods = method::post},
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
     .subprotocols = *sec_websocket_protocol::parse("chat, superchat"),
     .extensions = *sec_websocket_extensions::parse("permessage-deflate, x-other")}};

/// Room for whatever is written in a law.
using output = std::array<char, 1024>;

/// A client that has written its request.
template <class Proposal>
constexpr client_handshake<Proposal> waiting_client(const Proposal& proposed) {
  client_handshake client{proposed};
  output out{};
  (void)client.write_request(out);
  return client;
}

/// The head that was found; nullptr if there is none.
inline const request_head* head_of(const server_received& now) {
  using enum server_step;
  return now.what == ordinary_request || now.what == upgrade_offered ? &now.request : nullptr;
}
inline const response_head* head_of(const client_received& now) {
  using enum client_step;
  return now.what == need_more || now.what == failed ? nullptr : &now.response;
}

/// Answers as a program does: agrees to what comes first. Returns how much it writes.
inline std::size_t respond(server_handshake& handshake, const server_received& now,
                           std::span<char> out, preference order = preference::client) {
  if (now.what != server_step::upgrade_offered) return 0;
  const profile& chosen = *now.offer().choose(order);
  if (!chosen.own_agreement) return *handshake.accept(*now.offer().agree(chosen.token), out);
  const auto offered = websocket::offer::read(now.offer());
  if (!offered) return *handshake.refuse(websocket::refusal_for(offered.error().code), out);
  const websocket::terms terms{.subprotocol = offered->choose(subprotocols, order)};
  return *handshake.accept(*offered->agree(terms), out);
}
template <class Proposal>
std::size_t respond(client_handshake<Proposal>&, const client_received&, std::span<char>) {
  return 0;
}

/// True if the handshake is to be asked again about the octets behind the head.
inline bool goes_on(server_handshake& handshake, const server_received& now) {
  if (handshake.state() == server_state::switched) return now.what != server_step::switched;
  return head_of(now) != nullptr && !has_content(now.facts) && handshake.start_over();
}
template <class Proposal>
bool goes_on(client_handshake<Proposal>&, const client_received& now) {
  return now.what == client_step::interim_response;
}

/// How an input comes: `first` octets of it, then pieces of `size`.
struct pieces {
  std::size_t first;
  std::size_t size;
};

/// An input on its way to a handshake, and a program that answers. It allocates nothing.
template <class Handshake>
class connection {
 public:
  connection(const Handshake& fresh, std::string_view input, pieces come)
      : handshake_{fresh}, input_{input}, come_{come}, shown_{come.first} {}

  /// What the handshake says when it was shown enough, or all there is.
  auto receive() {
    for (;;) {
      const auto now = handshake_.receive(unread());
      using step = decltype(now.what);
      if (now.what != step::need_more || shown_ == input_.size()) return now;
      shown_ = std::min(input_.size(), shown_ + come_.size);
    }
  }

  /// Does what a program does then. Returns whether it asks again.
  template <class Received>
  bool react(const Received& now) {
    if (const auto* const head = head_of(now)) begin_ += head->octets.size();
    written_ = respond(handshake_, now, out_);
    return goes_on(handshake_, now);
  }

  const Handshake& handshake() const { return handshake_; }
  std::string_view unread() const { return input_.substr(begin_, shown_ - begin_); }
  std::string_view written() const { return {out_.data(), written_}; }

 private:
  Handshake handshake_;
  std::string_view input_;
  pieces come_;
  std::size_t shown_;
  std::size_t begin_ = 0;
  output out_{};
  std::size_t written_ = 0;
};

/// Tries a law on a server and on both clients, each ready to read.
template <class Law>
std::string on_every_side(const Law& law) {
  std::string broken = law(server_handshake{supported});
  if (!broken.empty()) return "server: " + broken;
  broken = law(waiting_client(asked));
  if (!broken.empty()) return "client: " + broken;
  broken = law(waiting_client(asked_websocket));
  return broken.empty() ? broken : "websocket client: " + broken;
}

}  // namespace laws
