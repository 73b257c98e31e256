// A client that has sent the request of a case, reads what the server sends, and what becomes of
// it.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "../../examples/inspect/exchange.hpp"
#include "support/turns.hpp"
#include "vectors/asked.hpp"
#include "vectors/setup.hpp"

namespace vectors {

using turns::input, turns::pieces;

/// What a client found out.
class client_story {
 public:
  client_story(const vector& one, pieces come)
      : in_{one.response, come}, size_{one.response.size()} {}

  std::string_view unread() const { return in_.unread(); }
  void drop(std::size_t size) {
    in_.drop(size);
    used_ += size;
  }
  bool read_more() { return in_.read_more(); }
  void add_content(std::string_view octets) { content_ += octets; }
  void add_interim(std::uint16_t status) { interim_.push_back(status); }
  void decline(std::uint16_t status) { status_ = status; }
  bool is_declined() const { return status_ != none; }

  json wait() const {
    if (is_declined())
      return finish({{"outcome", "refused"}, {"status", status_}, {"complete", false}});
    const bool between = unread().empty() && !interim_.empty();
    return finish({{"outcome", between ? "interim" : "incomplete"}});
  }
  json fail() const { return finish({{"outcome", "failed"}}); }
  /// Takes     closes: whether the connection carries no other request. It carries none after
  ///           octets that no request asked for, which may still be on their way
  json refused(bool closes) const {
    return finish({{"outcome", "refused"},
                   {"status", status_},
                   {"complete", true},
                   {"close", closes || used_ != size_},
                   {"content", text_of(content_)},
                   {"leftover", size_ - used_}});
  }
  json switched(const protocol& to) const {
    if (to.name.empty()) return finish({{"outcome", "tunnel"}, {"leftover", size_ - used_}});
    return finish(
        {{"outcome", "switched"}, {"protocol", token_text(to)}, {"leftover", size_ - used_}});
  }

 private:
  static constexpr std::uint16_t none = 1000;  // is not a status code

  json finish(json all) const {
    all["interim"] = interim_;
    return all;
  }

  input in_;
  std::size_t size_;
  std::size_t used_ = 0;
  std::string content_;
  json interim_ = json::array();
  std::uint16_t status_ = none;
};

/// Says what WebSocket's 101 has chosen; a tunnel has nothing to choose.
inline void say_terms(const asked& request, const facts& response, json& to) {
  request.say_terms(response, to);
}
inline void say_terms(const tunnel_request&, const facts&, json&) {}

/// A client made of a client_handshake.
struct handshake_client {
  template <class Proposal>
  static json play(const Proposal& request, const vector& one, pieces come) {
    client_story story{one, come};
    client_handshake<Proposal> client{request};
    std::array<char, 2048> out{};
    (void)client.write_request(out);
    for (;;) {
      const client_received now = client.receive(story.unread());
      const std::size_t used = story.unread().size() - now.rest.size();
      switch (now.what) {
        case client_step::need_more:
          story.drop(used);
          if (story.read_more()) continue;
          if (!one.ends) return story.wait();
          return client.input_ended(story.unread()) ? story.refused(true) : story.fail();
        case client_step::send_content:
          break;
        case client_step::interim_response:
          story.add_interim(now.response.status);
          break;
        case client_step::declined:
          story.decline(now.response.status);
          break;
        case client_step::content:
          story.add_content(now.content);
          break;
        case client_step::content_ended:
          story.drop(used);
          return story.refused(!client.is_reusable());
        case client_step::switched: {
          json terms = json::object();
          say_terms(request, now.facts, terms);
          story.drop(used);
          json all = story.switched(now.switched()->protocol().token);
          all.update(terms);
          return all;
        }
        case client_step::failed:
          return story.fail();
      }
      story.drop(used);
    }
  }
};

/// A client made of a client_connection.
struct connection_client {
  template <class Proposal>
  static json play(const Proposal& request, const vector& one, pieces come) {
    client_story story{one, come};
    client_connection<Proposal> client{request};
    std::array<char, 2048> out{};
    (void)client.advance({}, out);
    for (bool ended = false;;) {
      const client_turn turn =
          ended ? client.end_of_input(story.unread(), out) : client.advance(story.unread(), out);
      switch (turn.need) {
        case client_need::more:
          story.drop(turn.used);
          if (story.read_more()) continue;
          if (!one.ends) return story.wait();
          ended = true;
          continue;
        case client_need::send_content:
          (void)client.content_sent();
          break;
        case client_need::interim:
          story.add_interim(turn.response.status);
          break;
        case client_need::response:
        case client_need::retry:
          story.decline(turn.response.status);
          break;
        case client_need::content:
          story.add_content(turn.content);
          break;
        case client_need::done:
          story.drop(turn.used);
          return story.refused(!client.keeps_alive());
        case client_need::switched: {
          json terms = json::object();
          say_terms(request, turn.facts, terms);
          story.drop(turn.used);
          json all = story.switched(turn.switched()->protocol().token);
          all.update(terms);
          return all;
        }
        case client_need::close:
          return story.fail();
      }
      story.drop(turn.used);
    }
  }
};

/// What a client that offered nothing makes of the responses: it has no handshake, so the inspector
/// says it.
inline json inspect(const vector& one) {
  const report found = inspect_exchange({inspected::kind::request, "request", one.request},
                                        {inspected::kind::response, "response", one.response});
  const std::string verdict = found.machine["verdict"];
  if (verdict == "refused")
    return {{"outcome", "refused"}, {"status", json(found.machine["status_code"].get<int>())}};
  return {{"outcome", verdict == "violation" ? "failed" : verdict}};
}

/// The client of a case.
template <class Player>
json play_client(const vector& one, pieces come) {
  if (one.profile == "none") return inspect(one);
  if (one.request.starts_with("CONNECT ")) {
    const inspected_request head{one.request};
    return Player::play(tunnel_request{.target = head.head.target.octets}, one, come);
  }
  return Player::play(asked{one.request}, one, come);
}

}  // namespace vectors
