// A server that reads what the client of a case sends, and what becomes of it.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "support/turns.hpp"
#include "vectors/message.hpp"
#include "vectors/setup.hpp"

namespace vectors {

using turns::input, turns::pieces;

/// Calls `use` with what a server agrees to, or why it does not, and with the lines that its 101
/// has more.
///
/// Takes     path: of the request target
template <class Use>
void agree(const party_setup& own, const offer& offered, std::string_view path, const Use& use) {
  static constexpr field_line stream[] = {{"Content-Type", docker::raw_stream}};
  const protocol& chosen = offered.choose(preference::client)->token;
  const span<const field_line> none;
  if (chosen == websocket::profile.token)
    return use(websocket::agree(offered, own.websocket), none);
  if (chosen == h2c::profile.token) return use(h2c::agree(offered), none);
  if (chosen == connect_udp::profile.token) return use(connect_udp::agree(offered, path), none);
  if (chosen == connect_ip::profile.token) return use(connect_ip::agree(offered, path), none);
  if (chosen == connect_tcp::profile.token) return use(connect_tcp::agree(offered, path), none);
  if (chosen == kubernetes::spdy.token) return use(kubernetes::agree(offered, own.streams), none);
  use(offered.agree(chosen), chosen == docker::tcp.token ? span<const field_line>{stream} : none);
}

/// What a party of a server's case has written and found out.
class server_story {
 public:
  server_story(const vector& one, pieces come)
      : own{one}, in_{one.request, come}, size_{one.request.size()} {}

  std::string_view unread() const { return in_.unread(); }
  void drop(std::size_t size) {
    in_.drop(size);
    used_ += size;
  }
  bool read_more() { return in_.read_more(); }
  void send(std::string_view octets) { sent_ += octets; }

  /// Takes note of an ordinary request.
  void begin_ordinary(bool closes) {
    ++ordinary_;
    found_ = {{"outcome", "ordinary"}, {"close", closes}};
    content_.clear();
  }
  void add_content(std::string_view octets) { content_ += octets; }

  /// What was made of the last request.
  json answered_as_ordinary() {
    --ordinary_;
    return finish(std::move(found_));
  }
  json refuse() { return finish(refused(sent_)); }
  json close() { return finish({{"outcome", "close"}}); }
  json wait() {
    // Nothing of another request has come.
    if (found_.is_object() && unread().empty()) return answered_as_ordinary();
    return finish({{"outcome", "incomplete"}, {"continue", written_answer{sent_}.continues}});
  }
  json switched(const protocol& to) {
    const written_answer answer{sent_};
    if (to.name.empty())
      return finish({{"outcome", "tunnel"},
                     {"status", answer.head.status()},
                     {"leftover", left()},
                     {"fields", answer.head.fields}});
    const std::string subprotocol = answer.head.value("Sec-WebSocket-Protocol");
    return finish({{"outcome", "switch"},
                   {"protocol", token_text(to)},
                   {"continue", answer.continues},
                   {"leftover", left()},
                   {"subprotocol", subprotocol.empty() ? json() : text_of(subprotocol)},
                   {"deflate", deflate},
                   {"fields", answer.head.fields}});
  }

  party_setup own;
  json deflate = nullptr;

 private:
  std::size_t left() const { return size_ - used_; }
  json finish(json all) {
    all["content"] = text_of(content_);
    all["before"] = ordinary_;
    return all;
  }

  input in_;
  std::size_t size_;
  std::size_t used_ = 0;
  std::string sent_;
  std::string content_;
  std::size_t ordinary_ = 0;  // requests before the one that is read
  json found_ = nullptr;
};

/// A server made of a server_handshake.
class handshake_server {
 public:
  static json play(const vector& one, pieces come) { return handshake_server{one, come}.run(one); }

 private:
  handshake_server(const vector& one, pieces come) : story_{one, come} {}

  json run(const vector& one) {
    for (;;) {
      const server_received now = server_.receive(story_.unread());
      const std::size_t used = story_.unread().size() - now.rest.size();
      const server_step what = now.what;
      bool decides = what == server_step::content_ended;
      if (what == server_step::upgrade_offered) decides = consider(now);
      if (what == server_step::ordinary_request) story_.begin_ordinary(!server_.is_persistent());
      if (what == server_step::tunnel_requested && !answer_connect()) return story_.refuse();
      if (what == server_step::content) story_.add_content(now.content);
      if (what == server_step::failed) return refuse(now.why);
      story_.drop(used);
      if (what == server_step::switched) return story_.switched(now.switched()->protocol().token);
      if (what == server_step::continue_expected) story_.send(*server_.write_continue(out_));
      if (decides && decide_ && !std::exchange(decide_, {})()) return story_.refuse();
      if (what == server_step::content_ended && server_.state() == server_state::ordinary) {
        (void)server_.responded();
        if (!server_.start_over()) return story_.answered_as_ordinary();
      }
      if (what != server_step::need_more || story_.read_more()) continue;
      if (!one.ends) return story_.wait();
      const auto ended = server_.input_ended(story_.unread());
      return ended ? story_.wait() : refuse(ended.error());
    }
  }

  json refuse(failure why) {
    story_.send(*server_.refuse(refusal_for(why.code, story_.own.spoken), out_));
    return story_.refuse();
  }

  bool answer_connect() {
    const bool opens = story_.own.connect() == "open";
    story_.send(opens ? *server_.open_tunnel(out_) : *server_.refuse({.status = 501}, out_));
    return opens;
  }

  /// Makes up its mind about an offer.
  ///
  /// Returns   false if it agrees, but the content has to come first
  bool consider(const server_received& now) {
    bool agrees = true;
    agree(story_.own, now.offer(), now.request.target.path,
          [&](const auto& agreed, span<const field_line> fields) {
            decide_ = [this, agreed, fields] { return decide(agreed, fields); };
            agrees = bool{agreed};
          });
    return !agrees || now.framing.ends_at_once();
  }

  /// Returns    false where the request was refused
  template <class Agreement>
  bool decide(const result<Agreement>& agreed, span<const field_line> fields) {
    if (agreed) {
      if constexpr (requires { agreed->deflate(); })
        story_.deflate = deflate_json(agreed->deflate());
      story_.send(*server_.accept(*agreed, out_, fields));
      return true;
    }
    const errc code = agreed.error().code;
    if (rules::status_for(code) == 0) {
      (void)server_.decline();
      story_.begin_ordinary(!server_.is_persistent());
      return true;
    }
    refusal answer = refusal_for(code, story_.own.spoken);
    if constexpr (requires { Agreement::refusal_for(code); }) answer = Agreement::refusal_for(code);
    story_.send(*server_.refuse(answer, out_));
    return false;
  }

  server_story story_;
  server_handshake server_{story_.own.spoken};
  std::function<bool()> decide_;
  std::array<char, 2048> out_{};
};

/// A server made of a server_connection.
class connection_server {
 public:
  static json play(const vector& one, pieces come) { return connection_server{one, come}.run(one); }

 private:
  connection_server(const vector& one, pieces come) : story_{one, come} {}

  json run(const vector& one) {
    for (bool ended = false;;) {
      const server_turn turn = ended ? server_.end_of_input(story_.unread(), out_)
                                     : server_.advance(story_.unread(), out_);
      story_.send(turn.output);
      switch (turn.need) {
        case server_need::more:
          break;
        case server_need::request:
          story_.begin_ordinary(server_.connection_line() == "Connection: close\r\n");
          break;
        case server_need::decision:
          if (!decide(turn)) return story_.refuse();
          break;
        case server_need::connect:
          story_.send(*server_.open_tunnel(out_));
          break;
        case server_need::content:
          story_.add_content(turn.content);
          break;
        case server_need::response:
          (void)server_.responded();
          break;
        case server_need::switched:
          story_.drop(turn.used);
          return story_.switched(turn.switched()->protocol().token);
        case server_need::close:
          return close(turn, ended);
      }
      story_.drop(turn.used);
      if (turn.need != server_need::more || !turn.output.empty() || story_.read_more()) continue;
      if (!one.ends) return story_.wait();
      ended = true;
    }
  }

  json close(const server_turn& turn, bool ended) {
    if (!turn.output.empty()) return story_.refuse();
    return turn.why.code == errc::none && !ended ? story_.answered_as_ordinary() : story_.wait();
  }

  bool decide(const server_turn& turn) {
    if (turn.deferred) return std::exchange(answer_, {})();
    bool agrees = true;
    agree(story_.own, turn.offer(), turn.request.target.path,
          [&](const auto& agreed, span<const field_line> fields) {
            answer_ = [this, agreed, fields] { return answer(agreed, fields); };
            agrees = bool{agreed};
          });
    if (!agrees || turn.framing.ends_at_once()) return std::exchange(answer_, {})();
    (void)server_.defer();
    return true;
  }

  template <class Agreement>
  bool answer(const result<Agreement>& agreed, span<const field_line> fields) {
    const auto written = server_.answer(agreed, out_, fields);
    story_.send(*written);
    if constexpr (requires { agreed->deflate(); })
      if (agreed) story_.deflate = deflate_json(agreed->deflate());
    return agreed || written->empty();
  }

  server_story story_;
  server_connection server_{
      story_.own.spoken,
      {.allow_connect = story_.own.connect() == "open", .refusal_text = nullptr}};
  std::function<bool()> answer_;
  std::array<char, 2048> out_{};
};

}  // namespace vectors
