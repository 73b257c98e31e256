// Law 6 with intermediaries: a client joined to a server through none, one or two of them comes to
// the same. And what holds of a relay whatever both sides send, and however it comes.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"
#include "support/intermediary.hpp"
#include "support/laws.hpp"
#include "support/relay_turns.hpp"
#include "turnout/protocol/tunnel.hpp"

namespace {

using namespace turnout;
using namespace std::string_literals;
using namespace std::string_view_literals;
using fixtures::plus, fixtures::with;
using intermediaries::intermediary;
using laws::program;

constexpr relay_policy policy{.allowed = laws::supported, .name = "p"};

/// An intermediary that lets CONNECT pass.
struct relay_by_turns : turns::relay_program {
  explicit relay_by_turns(const relay_policy& own)
      : turns::relay_program{own, {.allow_connect = true}} {}
};

/// Docker's command line attaches with a POST that has no content.
constexpr proposal asked_docker{.method = method::post,
                                .target = "/v1.47/containers/c/attach?stream=1",
                                .host = "docker",
                                .protocols = std::span{laws::supported}.subspan(3, 1)};

constexpr std::string_view of_client = "\x81\x85\1\2\3\4hello\0GET / HTTP/1.1\r\n\r\n"sv;
constexpr std::string_view of_server = "\x81\x05hello\0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"sv;
constexpr std::string_view content = "hello";

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

/// The same by turns.
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

std::string token_of(const profile* one) {
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

constexpr std::string_view hints =
    "HTTP/1.1 103 Early Hints\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\nLink: x\r\n\r\n";

/// Checks that one or two intermediaries make no difference, whatever the server's program does.
template <class Chain, class Proposal>
void check_chains_of(const Proposal& asked, const std::vector<pieces>& cuts) {
  for (int does = 0; does < 5; ++does) {
    for (const std::string_view interim : {""sv, hints}) {
      const auto joined = [&](std::size_t relays, pieces come) {
        return Chain{asked, static_cast<program>(does), interim, relays, come}.run();
      };
      CAPTURE(does);
      const std::string alone = joined(0, {0, std::string::npos});
      CHECK(alone.find("failed") == std::string::npos);
      for (const pieces& come : cuts)
        for (const std::size_t relays : {1u, 2u}) CHECK(joined(relays, come) == alone);
    }
  }
}

/// Checks chains of handshakes, and of connections.
template <class Proposal>
void check_chains(const Proposal& asked, const std::vector<pieces>& cuts) {
  check_chains_of<chain<client_handshake<Proposal>, intermediary, server_end>>(asked, cuts);
  check_chains_of<chain<laws::client_by_turns<Proposal>, relay_by_turns, server_end_by_turns>>(
      asked, cuts);
}

/// All at once; so many octets at a time; and cut once at every octet.
std::vector<pieces> all_cuts() {
  std::vector<pieces> all{{0, std::string::npos}};
  for (const std::size_t size : {1u, 2u, 3u, 7u, 64u}) all.push_back({0, size});
  for (std::size_t cut = 1; cut < 320; ++cut) all.push_back({cut, std::string::npos});
  return all;
}

/// Responses in which there is something to check, to take off, to mend or to turn into a 502.
const std::vector<std::string> responses = [] {
  const std::string agrees{fixtures::upgrade_response};
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\nhello";
  std::vector<std::string> all{
      agrees + "\x81\x05hello",
      std::string{hints} + plus(agrees, "X: y\r\nConnection: x"),
      with(agrees, "foo/2", "bar, foo/2"),
      std::string{fixtures::websocket_response},
      ok,
      ok + agrees,
      plus(ok, "Upgrade: foo/2\r\nConnection: upgrade, x\r\nKeep-Alive: 1\r\nX:\r\n 1\r\n 2"),
      with(ok, "Content-Length: 5", "Connection: close"),
      with(with(ok, "Content-Length: 5", "Transfer-Encoding: chunked"), "hello",
           "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"),
      "HTTP/1.1 426 Upgrade Required\r\nConnection: upgrade\r\nUpgrade: x, bar\r\n"
      "Content-Length: 2\r\n\r\nno",
      "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.0 404 Not Found\r\n\r\ngone",
      with(ok, "200 OK", "200 O\x7fK"),
      with(ok, "A: b", "A: b\x7f"),
      with(ok, "200 OK", "099 X"),
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: x\r\n\r\n",
  };
  for (const auto& one : corpus::responses) all.push_back(one.octets);
  return all;
}();

/// What is wrong with what a client gets that has asked through a relay, if anything is.
template <class Between>
std::string broken_in(const std::string& response) {
  constexpr std::string_view early = "\x16\x03\x01 no request\r\n";
  client_handshake client{laws::asked};
  laws::output out{};
  Between relay{policy};
  relay.from_client(*client.write_request(out));
  relay.from_client(early);
  const std::string request = relay.to_server();
  relay.from_server(response);
  const bool tunnels = relay.protocol != nullptr;
  if ((relay.to_server() == early) != tunnels) return "the early octets are not where they belong";
  if (tunnels != (relay.relay.state() == relay_state::switched))
    return "a tunnel is not as it says";
  if (relay.refused != 0) return "what was judged to go on can't be written";

  const std::string all = relay.to_client();
  std::string_view unread = all;
  for (;;) {
    const auto now = client.receive(unread);
    unread = now.rest;
    if (now.what == client_step::failed) return "the client gets what it can't take";
    if (!now.response.octets.empty()) {
      if (now.response.version != http_1_1) return "another version goes on";
      for (const field_line& line : now.response.fields)
        if (line.value.find("\r\n") != std::string_view::npos) return "a fold goes on";
      const auto says =
          field::connection_summary::read(now.facts.lines(field_name::connection), 64);
      const auto options = field::connection::parse(now.facts.lines(field_name::connection), 64);
      if (!options || options->size() != std::size_t{says.lists(field_name::upgrade)} +
                                             std::size_t{says.lists(field_name::close)})
        return "Connection is not the relay's own";
      const bool named = now.response.status == 101 || now.response.status == 426;
      if (now.facts.has(field_name::upgrade) != named) return "something is advertised";
      if (now.facts.has(field_name::keep_alive)) return "a field for another connection goes on";
    }
    using enum client_step;
    if (now.what == switched) return tunnels ? "" : "the client switches alone";
    if (now.what == need_more || now.what == content_ended)
      return tunnels ? "the client does not switch" : "";
  }
}

/// Whether something broke a rule: what was read of it then is not used.
bool has_failed(const intermediary& relay) { return relay.relay.why().code != errc::none; }
bool has_failed(const relay_by_turns& relay) { return relay.closed; }

/// What goes to both sides, and what stays, if octets come in such pieces.
template <class Between>
std::string relayed(const std::string& request, const std::string& response, pieces client,
                    pieces server) {
  Between relay{policy};
  hop up{client};
  hop down{server};
  up.send(request);
  down.send(response);
  for (std::string some = up.arrive(); !some.empty(); some = up.arrive()) relay.from_client(some);
  for (std::string some = down.arrive(); !some.empty(); some = down.arrive())
    relay.from_server(some);
  const bool failed = has_failed(relay);
  return "to server: " + relay.said_to_server + "; to client: " + relay.said_to_client +
         "; tunnel: " + token_of(relay.protocol) +
         "; state: " + std::string{name_of(relay.relay.state())} + "; held: " +
         // What was read of a message that can't be one is not used.
         (failed ? ""
                 : std::string{relay.held_of_client()} + "|" + std::string{relay.held_of_server()});
}

/// Checks that requests of the corpus and some responses are relayed alike in any pieces.
template <class Between>
void check_pieces() {
  const pieces whole{0, std::string::npos};
  // By turns, what comes after a whole response ends the server's connection, unless the next
  // request went on before it came.
  const bool unasked = std::is_same_v<Between, intermediary>;
  for (const auto& asked : corpus::requests) {
    for (const std::string& response : {responses[0], responses[4], responses[unasked ? 5 : 4],
                                        responses[8], responses[9], responses[11]}) {
      const std::string same = relayed<Between>(asked.octets, response, whole, whole);
      CAPTURE(asked.octets);
      CAPTURE(response);
      CHECK(relayed<Between>(asked.octets, response, {0, 1}, {0, 1}) == same);
      CHECK(relayed<Between>(asked.octets, response, {0, 3}, {0, 5}) == same);
      for (std::size_t cut = 1; cut < response.size(); cut += 3) {
        const pieces come{cut, std::string::npos};
        CHECK(relayed<Between>(asked.octets, response, come, come) == same);
      }
    }
  }
}

/// A call of a relay, by its number, with octets that may mean something. Returns why it failed.
constexpr std::size_t calls = 12;
failure call(relay_handshake& relay, std::size_t which, std::string_view octets,
             std::span<char> out) {
  const auto forwarded = [&](auto received) { return relay.forward(received, out).error(); };
  relay_handshake fresh{policy};
  switch (which) {
    case 0:
      (void)relay.receive_request(octets);
      return {};
    case 1:
      (void)relay.receive_response(octets);
      return {};
    case 2:
      return forwarded(fresh.receive_request(octets));
    case 3: {
      (void)fresh.forward(fresh.receive_request(fixtures::upgrade_request), out);
      return forwarded(fresh.receive_response(octets));
    }
    case 4:
      return relay.open_tunnel(out).error();
    case 5:
      return relay.refuse({.status = 403}, out).error();
    case 6:
      return relay.refuse(relay.refusal_due(), out).error();
    case 7:
      return relay.refuse({.status = 99}, out).error();
    case 8:
      return relay.start_over().error();
    case 9:
      return relay.client_ended({}).error();
    case 10:
      return relay.server_ended({}).error();
    default:
      return relay.client_ended(octets).error();
  }
}

failure call(relay_connection& relay, std::size_t which, std::string_view octets,
             std::span<char> out) {
  const auto no_space = [](const relay_turn& turn) {
    return turn.why.code == errc::no_space ? turn.why : failure{};
  };
  const relay_side side = which % 2 == 0 ? relay_side::client : relay_side::server;
  relay_connection fresh{policy, {.allow_connect = true}};
  laws::output room{};
  switch (which) {
    case 0:
    case 1:
      return no_space(relay.advance(side, octets, out));
    case 2:
    case 3:
      return no_space(relay.end_of_input(side, octets, out));
    case 4:
      return relay.forward(fresh.advance(relay_side::client, octets, room), out).error();
    case 5:
      return relay.open_tunnel(out).error();
    case 6:
      return relay.refuse({.status = 403}, out).error();
    case 7:
      return relay.refuse({.status = 99}, out).error();
    case 8:
    case 9:
      return no_space(relay.end_of_input(side, {}, out));
    default:
      return no_space(relay.advance(side, {}, out));
  }
}

}  // namespace

TEST_CASE(
    "[INT-12] [INT-13] [INT-14] [INT-35] a WebSocket goes through a chain as if there was none") {
  check_chains(laws::asked_websocket, all_cuts());
}

TEST_CASE("[INT-34] [DKR-01] so does a terminal of Docker, which is asked for with POST") {
  check_chains(asked_docker, all_cuts());
}

TEST_CASE("[INT-31] [INT-34] [UPG-27] so does a switch after content that waits for a 100") {
  check_chains(laws::asked_with_content, all_cuts());
}

TEST_CASE(
    "[INT-29] [INT-30] so does an offer of several protocols, declined, required or refused") {
  check_chains(laws::asked, all_cuts());
}

TEST_CASE("[INT-32] so does a CONNECT") { check_chains(laws::asked_tunnel, all_cuts()); }

TEST_CASE(
    "[INT-07] [INT-08] [INT-09] [INT-25] [INT-30] [K8S-08] a client gets sound answers only") {
  for (const std::string& one : responses) {
    CAPTURE(one);
    CHECK(broken_in<intermediary>(one) == "");
    CHECK(broken_in<relay_by_turns>(one) == "");
    edits::for_each_edit(one, 0, [](const std::string& edited) {
      const std::string broken = broken_in<intermediary>(edited);
      if (!broken.empty()) FAIL_CHECK(broken << ": [" << edited << "]");
      const std::string by_turns = broken_in<relay_by_turns>(edited);
      if (!by_turns.empty()) FAIL_CHECK("by turns: " << by_turns << ": [" << edited << "]");
    });
  }
}

TEST_CASE("[ENG-01] [INT-10] in whatever pieces either side sends, the same goes on") {
  check_pieces<intermediary>();
  check_pieces<relay_by_turns>();
}

namespace {

/// What either side may show in any state.
const std::vector<std::string> inputs{
    std::string{fixtures::upgrade_request},
    "CONNECT b:1 HTTP/1.1\r\nHost: b\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: bar\r\n"
    "Content-Length: 2\r\n\r\n",
    with(fixtures::upgrade_response, "foo/2", "bar"),
    std::string{fixtures::upgrade_response},
    responses[4],
    std::string{hints},
    "hi",
    "\n",
    ""};

/// Makes every call with every input in every state that this leads to, and checks what a call that
/// is refused, or that has no room, leaves. Returns the states: one bit for each.
///
/// Takes     may_lead: whether a call may take a relay from one state to another
template <class Relay, class May>
std::uint32_t explore(const Relay& fresh, std::size_t most, const May& may_lead) {
  std::vector<Relay> reached{fresh};
  std::uint32_t states = 0;
  laws::output out{};
  for (std::size_t i = 0; i < reached.size() && reached.size() < most; ++i) {
    states |= std::uint32_t{1} << static_cast<unsigned>(reached[i].state());
    for (std::size_t which = 0; which < calls; ++which) {
      for (const std::string& octets : inputs) {
        const Relay before = reached[i];
        auto after = before;
        const failure why = call(after, which, octets, out);
        if (explain(why.code).whose == fault::caller) CHECK(after == before);
        auto cramped = before;
        const failure no_room = call(cramped, which, octets, {});
        if (no_room.code == errc::no_space) CHECK(cramped == before);
        CHECK((before.state() == after.state() || may_lead(before.state(), after.state())));
        if (std::find(reached.begin(), reached.end(), after) == reached.end())
          reached.push_back(after);
      }
    }
  }
  return states;
}

constexpr std::uint32_t bit(relay_state state) {
  return std::uint32_t{1} << static_cast<unsigned>(state);
}

}  // namespace

TEST_CASE("[ENG-04] [ENG-06] only rows are taken, and a refused call changes nothing") {
  const auto states = explore(relay_handshake{policy}, 400, [](relay_state from, relay_state to) {
    for (const auto& one : machine::relay_table)
      if (one.from == from && one.to == to) return true;
    return false;
  });
  CHECK(states == 2 * bit(relay_state::closed) - 1);
}

TEST_CASE("[ENG-04] [ENG-06] so it is by turns, which take several rows, and rest in few states") {
  const relay_connection fresh{policy, {.allow_connect = true}};
  const auto states = explore(fresh, 400, [](relay_state from, relay_state to) {
    return (machine::reachable_from(machine::relay_table, from) & bit(to)) != 0;
  });
  using enum relay_state;
  CHECK(states == (bit(reading_head) | bit(deciding) | bit(deciding_tunnel) | bit(waiting) |
                   bit(accepted) | bit(switched) | bit(responding) | bit(answered) | bit(closed)));
}

TEST_CASE("[CAP-15] what is in a tunnel is octets, with Capsule-Protocol or without it") {
  static constexpr profile masque[] = {connect_udp::profile};
  constexpr relay_policy allowing{.allowed = masque, .name = "p"};
  const std::string capsules = "\0\5hello\x40\x41?"s;
  for (const std::string field : {"Capsule-Protocol: ?1\r\n", "Capsule-Protocol: ?0\r\n", ""}) {
    intermediary relay{allowing};
    relay.from_client(
        "GET /.well-known/masque/udp/b/443/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
        "Upgrade: connect-udp\r\n" +
        field + "\r\n" + capsules);
    const std::string request = relay.to_server();
    CHECK(request.find("\r\n" + field) != std::string::npos);
    CHECK(request.ends_with("Upgrade: connect-udp\r\n\r\n"));
    relay.from_server("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n" + field +
                      "\r\n" + capsules);
    CHECK(relay.to_server() == capsules);
    const std::string response = relay.to_client();
    CHECK(response.find("\r\n" + field) != std::string::npos);
    CHECK(response.ends_with("\r\n\r\n" + capsules));
  }
}
