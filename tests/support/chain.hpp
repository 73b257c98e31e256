// A client joined to a server through intermediaries, all in memory: what everyone finds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/intermediary.hpp"
#include "support/laws.hpp"
#include "support/relay_turns.hpp"

namespace chains {

using namespace turnout;
using namespace std::string_view_literals;
using intermediaries::intermediary;
using laws::program;

inline constexpr relay_policy policy{.allowed = laws::supported, .name = "p"};

/// An intermediary that lets CONNECT pass.
struct relay_by_turns : turns::relay_program {
  explicit relay_by_turns(const relay_policy& own, const limits& bounds = {})
      : turns::relay_program{own, {.limits = bounds, .allow_connect = true}} {}
};

inline constexpr std::string_view of_client = "\x81\x85\1\2\3\4hello\0GET / HTTP/1.1\r\n\r\n"sv;
inline constexpr std::string_view of_server = "\x81\x05hello\0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"sv;
inline constexpr std::string_view content = "hello";

/// How octets come over one hop: `first` of them, then up to `size` at a time.
struct pieces {
  std::size_t first;
  std::size_t size;
};

/// Octets on their way over one hop.
class hop {
 public:
  explicit hop(pieces come) : next_{come.first}, size_{come.size} {}

  void send(std::string_view octets) { octets_ += octets; }
  /// Some octets that arrive; none if nothing is on its way.
  std::string arrive() {
    if (octets_.empty()) return {};
    const std::string some = octets_.substr(0, next_ == 0 ? size_ : next_);
    next_ = 0;
    octets_.erase(0, some.size());
    return some;
  }

 private:
  std::string octets_;
  std::size_t next_;
  std::size_t size_;
};

/// Lets a handshake read its message, and what is after a switch. Returns all that is sent of it.
template <class Handshake, class Answer>
std::string read_on(Handshake& handshake, std::string& unread, const Answer& answer) {
  std::string sent;
  for (bool more = true; more;) {
    const auto now = handshake.receive(unread);
    sent += answer(now);
    unread.erase(0, laws::used_of(now, unread));
    if (now.switched() != nullptr) unread.clear();
    using step = decltype(now.what);
    const bool switches = handshake.state() == decltype(handshake.state())::switched;
    more = now.what != step::need_more && now.what != step::failed && now.what != step::switched &&
           (now.what != step::content_ended || switches);
  }
  return sent;
}

/// The program of a server that answers one request, and what it found.
class server_end {
 public:
  server_end(program does, std::string_view interim) : does_{does}, interim_{interim} {}

  /// Takes octets; returns what it sends.
  std::string take(std::string_view octets) {
    unread_ += octets;
    return read_on(handshake_, unread_, [this](const auto& now) { return this->answer(now); });
  }

  /// What it speaks, and what it read.
  std::string found;
  const profile* protocol = nullptr;

 private:
  std::string answer(const server_received& now) {
    laws::output out{};
    found += now.content;
    switch (now.what) {
      case server_step::continue_expected:
        return std::string{*handshake_.write_continue(out)};
      case server_step::tunnel_requested:
        if (does_ == program::refuse) return std::string{*handshake_.refuse({.status = 403}, out)};
        return interim_ + std::string{*handshake_.open_tunnel(out)};
      case server_step::upgrade_offered:
        if (now.framing.ends_at_once() || does_ > program::accept_ours)
          return interim_ + laws::answer(handshake_, now, does_);
        kept_ = *now.offer().agree(now.offer().choose(preference::client)->token);
        return interim_;
      case server_step::content_ended:
        if (handshake_.state() != server_state::deciding) return {};
        return std::string{*handshake_.accept(kept_, out)};
      case server_step::switched:
        found += now.switched()->octets();
        return std::exchange(protocol, &now.switched()->protocol()) == nullptr
                   ? std::string{of_server}
                   : std::string{};
      default:
        return {};
    }
  }

  server_handshake handshake_{laws::supported};
  program does_;
  std::string interim_;
  std::string unread_;
  agreement kept_;
};

/// The same with a connection.
class server_end_by_turns {
 public:
  server_end_by_turns(program does, std::string_view interim) : does_{does}, interim_{interim} {}

  /// Takes octets; returns what it sends.
  std::string take(std::string_view octets) {
    unread_ += octets;
    return read_on(server_, unread_, [this](const auto& now) { return this->answer(now); });
  }

  /// What it speaks, and what it read.
  std::string found;
  const profile* protocol = nullptr;

 private:
  std::string answer(const laws::server_by_turns::received& now) {
    laws::output out{};
    found += now.content;
    const bool refuses = now.need == server_need::connect && does_ == program::refuse;
    switch (now.need) {
      case server_need::connect:
        if (refuses) return std::string{*server_.connection.refuse({.status = 403}, out)};
        return interim_ + std::string{*server_.connection.open_tunnel(out)};
      case server_need::decision:
        return interim_ + laws::answer(server_, now, does_);
      case server_need::switched:
        found += now.rest;
        return std::exchange(protocol, &now.switched()->protocol()) == nullptr
                   ? std::string{of_server}
                   : std::string{};
      default:
        return std::string{now.output};
    }
  }

  laws::server_by_turns server_{laws::supported};
  program does_;
  std::string interim_;
  std::string unread_;
};

/// The program of a client, and what it found.
template <class Client>
class client_end {
 public:
  template <class Proposal>
  explicit client_end(const Proposal& asked) : handshake_{asked} {}

  std::string begin() {
    laws::output out{};
    return std::string{*handshake_.write_request(out)};
  }

  /// Takes octets; returns what it sends.
  std::string take(std::string_view octets) {
    unread_ += octets;
    return read_on(handshake_, unread_, [this](const auto& now) { return this->answer(now); });
  }

  /// The responses that came, and what was read.
  std::string found;
  const profile* protocol = nullptr;

 private:
  template <class Received>
  std::string answer(const Received& now) {
    if (now.response.status != 200 && now.what != client_step::need_more)
      found += std::to_string(now.response.status) + " ";
    found += now.content;
    if (now.what == client_step::declined)
      for (const turnout::protocol& one : detail::advertised(now.facts, 64))
        if (one.name != "h2c") found += std::string{one.name} + " ";  // It is never relayed.
    if (now.what == client_step::failed) found += "failed";
    if (now.what == client_step::send_content && handshake_.content_sent())
      return std::string{content};
    if (now.what != client_step::switched) return {};
    found += now.switched()->octets();
    return std::exchange(protocol, &now.switched()->protocol()) == nullptr ? std::string{of_client}
                                                                           : std::string{};
  }

  Client handshake_;
  std::string unread_;
};

inline std::string token_of(const profile* one) {
  return one == nullptr ? "none" : one == &tunnel ? "tunnel" : std::string{one->token.name};
}

/// A client, some intermediaries and a server, and all hops between them.
template <class Client, class Between, class Server>
class chain {
 public:
  template <class Proposal>
  chain(const Proposal& asked, program does, std::string_view interim, std::size_t relays,
        pieces come)
      : client_{asked},
        server_{does, interim},
        between_(relays, Between{policy}),
        up_(relays + 1, hop{come}),
        down_(relays + 1, hop{come}) {}

  /// Lets all octets arrive. Returns what everyone found.
  std::string run() {
    up_.front().send(client_.begin());
    while (move_up() || move_down()) continue;
    std::string all = "client: " + token_of(client_.protocol) + ", " + client_.found +
                      "; server: " + token_of(server_.protocol) + ", " + server_.found;
    for (const Between& one : between_)
      if (token_of(one.protocol) != token_of(client_.protocol) || one.refused != 0)
        all += "; between: " + token_of(one.protocol);
    return all;
  }

 private:
  bool move_up() {
    bool moved = false;
    for (std::size_t i = 0; i < up_.size(); ++i) {
      const std::string some = up_[i].arrive();
      if (some.empty()) continue;
      moved = true;
      if (i == between_.size())
        down_[i].send(server_.take(some));
      else
        between_[i].from_client(some), send_on(i);
    }
    return moved;
  }

  bool move_down() {
    bool moved = false;
    for (std::size_t i = 0; i < down_.size(); ++i) {
      const std::string some = down_[i].arrive();
      if (some.empty()) continue;
      moved = true;
      if (i == 0)
        up_[0].send(client_.take(some));
      else
        between_[i - 1].from_server(some), send_on(i - 1);
    }
    return moved;
  }

  void send_on(std::size_t i) {
    up_[i + 1].send(between_[i].to_server());
    down_[i].send(between_[i].to_client());
  }

  client_end<Client> client_;
  Server server_;
  std::vector<Between> between_;
  std::vector<hop> up_;
  std::vector<hop> down_;
};

inline constexpr std::string_view hints =
    "HTTP/1.1 103 Early Hints\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\nLink: x\r\n\r\n";

/// Law 6 with intermediaries: one or two of them make no difference, whatever the server's program
/// does and however octets come.
template <class Client, class Between, class Server, class Proposal>
std::string same_without_intermediaries(const Proposal& asked, program does,
                                        std::string_view interim, std::size_t relays, pieces come) {
  const auto joined = [&](std::size_t between, pieces cut) {
    return chain<Client, Between, Server>{asked, does, interim, between, cut}.run();
  };
  const std::string alone = joined(0, {0, std::string::npos});
  if (alone.find("failed") != alone.npos) return "[" + alone + "] without any";
  const std::string through = joined(relays, come);
  return through == alone ? "" : "[" + through + "], not [" + alone + "]";
}

/// The same for handshakes, and for connections.
template <class Proposal>
std::string same_without_intermediaries(const Proposal& asked, program does,
                                        std::string_view interim, std::size_t relays, pieces come) {
  const std::string broken =
      same_without_intermediaries<client_handshake<Proposal>, intermediary, server_end>(
          asked, does, interim, relays, come);
  if (!broken.empty()) return broken;
  return same_without_intermediaries<laws::client_by_turns<Proposal>, relay_by_turns,
                                     server_end_by_turns>(asked, does, interim, relays, come);
}

}  // namespace chains
