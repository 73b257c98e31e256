// Programs that answer as those of the reference do (reference/transcript.hpp), with the handshakes
// of the library, and note the same of what happens. The reference reads what they write.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/transcript.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace programs {

using namespace turnout;
using reference::answers;
using reference::text;

inline text written_out(const protocol& one) {
  const text version{one.version};
  return text{one.name} + (version.empty() ? "" : "/" + version);
}

/// What the reference is told of a profile.
inline reference::protocol told(const profile& one) {
  reference::protocol same{.token = written_out(one.token), .methods = {}};
  for (const std::string_view name : turnout::detail::method_names)
    if (one.methods.contains(method_named(name))) same.methods.emplace_back(name);
  same.content = one.content;
  for (const std::string_view name : one.nominated)
    same.nominated.push_back(reference::lower(text{name}));
  same.websocket = one.token == websocket::profile.token;
  same.under_http = !one.upper.name.empty();
  same.needs_host = one.needs_host;
  same.opportunistic = one.opportunistic;
  same.self_confirming = one.self_confirming;
  return same;
}

inline std::vector<reference::protocol> told(std::span<const profile> all) {
  std::vector<reference::protocol> same;
  for (const profile& one : all) same.push_back(told(one));
  return same;
}

/// What the reference's client makes of an answer. It is asked again only of another one: however a
/// request comes, the answer is to be the same, and most edited requests are refused alike.
inline const text& understood(const text& answer, const reference::wish& asked) {
  static text last_answer;
  static reference::wish last_asked;
  static text says = reference::ask(last_answer, last_asked);
  if (answer != last_answer || asked != last_asked) {
    last_answer = answer;
    last_asked = asked;
    says = reference::ask(answer, asked);
  }
  return says;
}

/// How octets come: `first` of them, then `size` at a time.
struct pieces {
  std::size_t first;
  std::size_t size;
};

/// The octets of a connection, of which a handshake is shown some.
class input {
 public:
  input(const text& octets, pieces come)
      : octets_{octets}, shown_{std::min(come.first, octets.size())}, size_{come.size} {}

  std::string_view unread() const { return octets_.substr(used_, shown_ - used_); }
  void use(std::string_view rest) { used_ = shown_ - rest.size(); }
  bool show_more() {
    const std::size_t before = shown_;
    shown_ = std::min(octets_.size(), shown_ + size_);
    return shown_ > before;
  }
  text rest() const { return text{octets_.substr(used_)}; }

 private:
  std::string_view octets_;
  std::size_t shown_;
  std::size_t size_;
  std::size_t used_ = 0;
};

/// What both programs note about content.
class noted {
 public:
  void begin(framing how) {
    if (!how.ends_at_once()) content_ = "";
  }
  void add(std::string_view octets) { *content_ += octets; }
  text end(bool whole) {
    if (!content_) return {};
    const text all = "content " + *content_ + "\n" + (whole ? "content ended\n" : "");
    content_.reset();
    return all;
  }

 private:
  std::optional<text> content_;
};

/// The program of a server, as reference::serve() has it.
class server_program {
 public:
  server_program(std::span<const profile> spoken, answers when, const text& octets, pieces come)
      : spoken_{spoken}, when_{when}, handshake_{spoken}, input_{octets, come} {}

  text run() {
    while (take(handshake_.receive(input_.unread()))) {
    }
    return says_;
  }

 private:
  bool take(const server_received& now) {
    input_.use(now.rest);
    switch (now.what) {
      case server_step::need_more:
        return input_.show_more() || end();
      case server_step::ordinary_request:
        return begin("ordinary ", now);
      case server_step::upgrade_offered:
        return begin("offer ", now) && agree(now) && answer_at_once(now);
      case server_step::tunnel_requested:
        return begin("tunnel ", now) && write(handshake_.open_tunnel(out_)) && answer("\n");
      case server_step::continue_expected:
        return write(handshake_.write_continue(out_));
      case server_step::content:
        content_.add(now.content);
        return true;
      case server_step::content_ended:
        return end_request();
      case server_step::switched:
        if (now.switched()->octets() != input_.unread()) says_ += "other octets\n";
        says_ += content_.end(true) + "rest " + input_.rest();
        return false;
      case server_step::failed:
        return refuse(now.why.code);
    }
    return false;
  }

  bool begin(const text& what, const server_received& now) {
    says_ += what + text{now.request.method_name} + " " + text{now.request.target.octets} + "\n";
    content_.begin(now.framing);
    written_.clear();
    wish_ = {text{now.request.method_name}, {}, {}};
    if (what == "tunnel ") return true;
    for (const profile& one : spoken_) {
      if (!now.offer().agree(one.token)) continue;
      says_ += "offered " + written_out(one.token) + "\n";
      wish_.protocols.push_back(told(one));
    }
    if (rules::expects_continue(now.facts)) says_ += "awaits 100\n";
    return true;
  }

  bool agree(const server_received& now) {
    const turnout::offer& offered = now.offer();
    const protocol chosen = offered.choose(preference::client)->token;
    plain_ = *offered.agree(chosen);
    if (!(chosen == websocket::profile.token)) return true;
    const auto read = websocket::offer::read(offered);
    if (!read) {
      unfit_ = read.error().code;
      return true;
    }
    const std::string_view subprotocol =
        read->subprotocols().empty() ? std::string_view{} : read->subprotocols().begin()->text;
    websocket_ = *read->agree({subprotocol, read->extensions()});
    wish_.websocket =
        reference::websocket_wish_of(reference::read_request_head(text{now.request.octets}));
    return true;
  }

  bool answer_at_once(const server_received& now) {
    if (when_ == answers::behind_content) return true;
    const bool waits = rules::expects_continue(now.facts) && !now.framing.ends_at_once();
    if (waits && !write(handshake_.write_continue(out_))) return false;
    if (!answer_offer()) return false;
    if (handshake_.state() != server_state::closed) return true;
    says_ += "closing\nrest " + input_.rest();
    return false;
  }

  bool answer_offer() {
    if (unfit_)
      return write(handshake_.refuse(websocket::agreement::refusal_for(*unfit_), out_)) &&
             answer("\n");
    if (websocket_) return write(handshake_.accept(*websocket_, out_)) && answer("\n");
    return write(handshake_.accept(*plain_, out_)) && answer("\n");
  }

  bool refuse(errc why) {
    says_ += content_.end(false);
    written_.clear();
    if (handshake_.state() != server_state::closed)
      return write(handshake_.refuse(refusal_for(why, spoken_), out_)) && !answer("");
    says_ += "broken";
    return false;
  }

  bool end_request() {
    says_ += content_.end(true);
    if (handshake_.state() == server_state::deciding && !answer_offer()) return false;
    if (handshake_.state() == server_state::switched) return true;
    unfit_ = {};
    plain_ = {};
    const bool persistent = handshake_.is_persistent();
    if (persistent != bool{handshake_.start_over()}) says_ += "another persistence\n";
    if (!persistent) says_ += "closing\nrest " + input_.rest();
    return persistent;
  }

  bool write(const result<std::string_view>& written) {
    written_ += *written;
    if (!written) says_ += "nothing can be written\n";
    return bool{written};
  }

  bool answer(const text& end) {
    says_ += "answer " + understood(written_, wish_) + end;
    written_.clear();
    return true;
  }

  bool end() {
    says_ += content_.end(false);
    says_ += handshake_.input_ended(input_.unread()) ? "ended" : "incomplete";
    return false;
  }

  std::span<const profile> spoken_;
  answers when_;
  server_handshake handshake_;
  input input_;
  text says_;
  noted content_;
  reference::wish wish_;
  std::optional<errc> unfit_;
  std::optional<agreement> plain_;
  std::optional<websocket::agreement> websocket_;
  std::array<char, 1024> out_{};
  text written_;
};

/// The program of a client, as reference::ask() has it.
template <class Proposal>
class client_program {
 public:
  client_program(const Proposal& asked, const text& octets, pieces come)
      : handshake_{asked}, input_{octets, come} {
    std::array<char, 1024> out{};
    if (!handshake_.write_request(out)) says_ += "nothing can be written\n";
    if (!asked.expect_continue) (void)handshake_.content_sent();
  }

  text run() {
    while (take(handshake_.receive(input_.unread()))) {
    }
    return says_;
  }

 private:
  bool take(const client_received& now) {
    input_.use(now.rest);
    const text status = text{std::to_string(1000 + now.response.status)}.substr(1);
    switch (now.what) {
      case client_step::need_more:
        return input_.show_more() || end();
      case client_step::send_content:
        if (!handshake_.content_sent()) says_ += "content is not due\n";
        [[fallthrough]];
      case client_step::interim_response:
        if (now.response.status != 101) says_ += "interim " + status + "\n";
        return true;
      case client_step::switched:
        if (now.switched()->octets() != input_.unread()) says_ += "other octets\n";
        says_ += "switched " + written_out(now.switched()->protocol().token);
        says_ += "\nrest " + input_.rest();
        return false;
      case client_step::declined:
        says_ += "declined " + status + "\n";
        content_.begin(now.framing);
        return true;
      case client_step::content:
        content_.add(now.content);
        return true;
      case client_step::content_ended:
        // What comes after the answer is looked at before the connection is used again.
        if (input_.show_more()) return true;
        says_ += content_.end(true) + (handshake_.is_reusable() ? "reusable" : "closing");
        says_ += "\nrest " + input_.rest();
        return false;
      case client_step::failed:
        says_ += content_.end(false) + "broken";
        return false;
    }
    return false;
  }

  bool end() {
    const bool whole = bool{handshake_.input_ended(input_.unread())};
    says_ += content_.end(whole) + (whole ? "closing\nrest " : "incomplete");
    return false;
  }

  client_handshake<Proposal> handshake_;
  input input_;
  text says_;
  noted content_;
};

}  // namespace programs
