// The laws that the handshakes keep, each a function of any octets: it returns an empty string, or
// says what was broken. Tests call them over a corpus and over all small inputs; so can a fuzzer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/calls.hpp"
#include "support/parties.hpp"
#include "support/sides.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// True if both have the same lines of each field that matters.
inline bool same_lines(const facts& one, const facts& other) {
  for (std::size_t name = 1; name < std::size(turnout::field::detail::field_spellings); ++name) {
    grammar::value_lines here = one.lines(static_cast<field_name>(name));
    grammar::value_lines there = other.lines(static_cast<field_name>(name));
    for (; !here.empty() && here.first() == there.first(); here.next()) there.next();
    if (!here.empty() || !there.empty()) return false;
  }
  return true;
}

/// Says where two connections with the same input part ways.
template <class Handshake>
std::string compare(connection<Handshake> one, connection<Handshake> other) {
  for (bool more = true; more;) {
    const auto here = one.receive();
    const auto there = other.receive();
    if (here.what != there.what || here.why.code != there.why.code) return "another outcome";
    if (one.place(here) != other.place(there)) return "another place";
    const auto* const head = head_of(here);
    if (head != nullptr && *head != *head_of(there)) return "another head";
    if (head != nullptr && !same_lines(here.facts, there.facts)) return "other facts";
    more = one.react(here);
    if (other.react(there) != more || one.written() != other.written()) return "another answer";
    const bool failed = here.what == decltype(here.what)::failed;
    if (!failed && one.unread().data() != other.unread().data()) return "another rest";
    if (one.content() != other.content()) return "another content";
    if (one.handshake().state() != other.handshake().state()) return "another state";
  }
  return {};
}

/// Law 1: cutting the input anywhere changes nothing but the number of "need more".
inline std::string cutting_changes_nothing(std::string_view input) {
  return on_every_side([input](const auto& fresh) -> std::string {
    const connection whole{fresh, input, {input.size(), 1}};
    for (std::size_t cut = 0; cut < input.size(); ++cut) {
      const std::string broken = compare(whole, {fresh, input, {cut, input.size()}});
      if (!broken.empty()) return broken + " if cut at " + std::to_string(cut);
    }
    const std::string broken = compare(whole, {fresh, input, {0, 1}});
    return broken.empty() ? broken : broken + " if cut everywhere";
  });
}

/// Law 2: head and rest together are the octets shown, in the caller's own place.
inline std::string no_octet_is_lost(std::string_view input) {
  const auto same_place = [](std::string_view one, std::string_view other) {
    return one.data() == other.data() && one.size() == other.size();
  };
  const auto end = [](std::string_view octets) { return octets.data() + octets.size(); };
  return on_every_side([&](const auto& fresh) -> std::string {
    for (const pieces come : {pieces{input.size(), 1}, pieces{0, 1}}) {
      connection tried{fresh, input, come};
      for (bool more = true; more;) {
        const auto now = tried.receive_piece();
        using step = decltype(now.what);
        const std::string_view shown = tried.shown();
        const auto* const head = head_of(now);
        const std::size_t size = head == nullptr ? 0 : head->octets.size();
        const std::size_t begins = head == nullptr ? 0 : head_begins(now, shown);
        if (head != nullptr && !same_place(head->octets, shown.substr(begins, size)))
          return "the head begins elsewhere";
        if (head != nullptr && !same_place(now.rest, shown.substr(begins + size)))
          return "the rest is not what is after the head";
        if (end(now.rest) != end(shown)) return "the rest is not what is left";
        const std::size_t read = shown.size() - now.rest.size();
        if (used_of(now, shown) != read && used_of(now, shown) + size != read)
          return "what is used is not what comes before the rest";
        if (now.content.empty() != (now.what != step::content)) return "content without octets";
        if (!now.content.empty() && end(now.content) != now.rest.data())
          return "the rest is not what is after the content";
        if (now.switched() != nullptr && !same_place(now.switched()->octets(), now.rest))
          return "the new protocol's octets are not the rest";
        more = tried.react(now) || now.what == step::content;
      }
    }
    return {};
  });
}

/// Law 4: a call that is refused leaves the object equal to its copy from before. So does one with
/// too little room: it names the room that it needs, and writes nothing.
inline std::string a_refused_call_changes_nothing(std::string_view input) {
  constexpr auto check = [](const auto& before, auto made, std::string_view unread) -> std::string {
    output out;
    auto after = before;
    const failure why = made(after, unread, out);
    if (explain(why.code).whose == fault::caller && !(after == before))
      return "a refused call changes the handshake";
    after = before;
    const failure no_room = made(after, unread, {});
    if (no_room.code != errc::no_space) return {};
    for (std::size_t room = 0; room <= no_room.at; ++room) {
      out.fill('#');
      after = before;
      const bool fits = room == no_room.at;
      const failure found = made(after, unread, std::span{out}.first(room));
      if (found != (fits ? failure{} : no_room) || fits == (after == before))
        return "the room needed is not the room named";
      const std::string_view written{out.data(), out.size()};
      if (written.find_last_not_of('#') + 1 != (fits ? room : 0))
        return "something else is written";
    }
    return {};
  };
  return explore_after_each_octet(input, check);
}

/// Law 5: every call in every state returns; only rows of the table are taken, and a final state
/// lasts.
inline std::string only_rows_are_taken(std::string_view input) {
  constexpr auto check = [](const auto& before, auto made, std::string_view unread) -> std::string {
    output out;
    auto after = before;
    (void)made(after, unread, out);
    if (machine::is_final(table_of(before), before.state()) && !stays(before, after))
      return "a final state is left";
    if (after.state() == before.state() || may_lead(before, after.state())) return {};
    return "a step is taken that is no row";
  };
  return explore_after_each_octet(input, check);
}

/// Octets on their way to a handshake, some at a time. What was used is let go.
class stream {
 public:
  explicit stream(std::size_t size) : size_{size} {}

  void send(std::string_view octets) { sent_ += octets; }

  /// What the handshake says when it was shown enough, or all there is.
  template <class Handshake>
  auto show(Handshake& handshake) {
    for (;;) {
      unread_.erase(0, used_);
      const auto now = handshake.receive(unread_);
      using step = decltype(now.what);
      used_ = used_of(now, unread_);
      if (now.what != step::need_more || sent_.empty()) return now;
      unread_ += sent_.substr(0, size_);
      sent_.erase(0, size_);
    }
  }

  /// The same when it is shown all there is.
  template <class Handshake>
  auto show_all(Handshake& handshake) {
    unread_ += sent_;
    sent_.clear();
    return show(handshake);
  }

 private:
  std::string sent_;
  std::string unread_;
  std::size_t size_;
  std::size_t used_ = 0;
};

/// What the program of a server does with an offer.
enum class program : std::uint8_t { accept_theirs, accept_ours, decline, require, refuse };

/// What the program of a server writes.
inline std::string answer(server_handshake& server, const server_received& now, program does) {
  output out{};
  std::string_view written;
  if (now.what == server_step::upgrade_offered) {
    agreement kept;
    if (does == program::accept_theirs) written = agree(server, now, kept, out, preference::client);
    if (does == program::accept_ours) written = agree(server, now, kept, out, preference::server);
    if (does == program::require) written = *server.require(out);
    if (does == program::refuse) written = *server.refuse({.status = 403}, out);
    if (does == program::decline && !server.decline()) return {};
  }
  const bool ordinary = server.state() == server_state::ordinary;
  return ordinary ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : std::string{written};
}

inline std::string answer(server_by_turns& server, const server_by_turns::received& now,
                          program does) {
  output out{};
  std::string_view written;
  if (now.what == server_step::upgrade_offered) {
    if (does == program::accept_theirs) written = agree(server, now, out, preference::client);
    if (does == program::accept_ours) written = agree(server, now, out, preference::server);
    if (does == program::require) written = *server.connection.require(out);
    if (does == program::refuse) written = *server.connection.refuse({.status = 403}, out);
  }
  if (written.empty() && !server.connection.responded()) return {};
  return written.empty() ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : std::string{written};
}

/// Joins a client to a server in memory, and says what differs from what they were told to do.
///
/// Takes     interim: what the server sends before its answer; size: how many octets come at a
///           time; after: what both send in the new protocol, the server right after the 101
template <class Client, class Server, class Proposal>
std::string join(const Proposal& proposed, std::span<const profile> spoken, program does,
                 std::string_view interim, std::size_t size, std::string_view after) {
  Client client{proposed};
  Server server{spoken};
  stream to_server{size};
  stream to_client{size};
  output out{};
  to_server.send(*client.write_request(out));
  to_client.send(interim);
  to_client.send(answer(server, to_server.show(server), does));
  to_client.send(after);
  while (to_client.show(client).what == client_step::interim_response) {
  }
  bool agreeable = false;
  for (const profile& one : proposed.protocols)
    for (const profile& other : spoken) agreeable = agreeable || one.token == other.token;
  const bool switches =
      agreeable && (does == program::accept_theirs || does == program::accept_ours);
  if ((server.state() == server_state::switched) != switches) return "not as the server was told";
  if (client.state() != (switches ? client_state::switched : client_state::declined))
    return "the client does not do what the server does";
  const auto there = to_client.show_all(client);
  if (there.rest != after) return "the server's octets do not arrive whole";
  if (!switches) return {};
  to_server.send(after);
  const auto here = to_server.show_all(server);
  if (here.rest != after) return "the client's octets do not arrive whole";
  const bool same = there.switched()->protocol().token == here.switched()->protocol().token;
  return same ? "" : "both speak different protocols";
}

/// Law 6: a client joined to a server in memory: both switched to the same protocol, or neither.
///
/// Takes     choices: octets of which the first five choose the proposal, the protocols that the
///           server speaks, what its program does, what it sends before the answer, and how many
///           octets come at a time; the rest is sent in the new protocol
inline std::string both_switch_or_neither(std::string_view choices) {
  constexpr std::string_view hints =
      "HTTP/1.1 103 Early Hints\r\nConnection: Upgrade\r\nUpgrade: none\r\n\r\n";
  const auto choose = [choices](std::size_t i) {
    return i < choices.size() ? grammar::to_number(choices[i]) : std::uint8_t{0};
  };
  std::array<profile, 3> spoken;
  std::size_t count = 0;
  for (std::size_t i = 0; i < spoken.size(); ++i)
    if ((choose(1) >> i & 1) != 0) spoken[count++] = supported[i];
  std::string interim{choose(3) % 4 < 2 ? "" : "HTTP/1.1 100 Continue\r\n\r\n"};
  if (choose(3) % 2 == 1) interim += hints;
  const auto joined = [&]<class Proposal>(const Proposal& proposed) {
    const auto does = static_cast<program>(choose(2) % 5);
    const std::size_t size = choose(4) == 0 ? std::string::npos : choose(4);
    const auto all = std::span{spoken}.first(count);
    const std::string_view after = choices.substr(std::min<std::size_t>(5, choices.size()));
    const std::string broken = join<client_handshake<Proposal>, server_handshake>(
        proposed, all, does, interim, size, after);
    if (!broken.empty()) return broken;
    const std::string by_turns =
        join<client_by_turns<Proposal>, server_by_turns>(proposed, all, does, interim, size, after);
    return by_turns.empty() ? by_turns : "by turns: " + by_turns;
  };
  const std::size_t proposals = choose(0) % 4;
  if (proposals == 3) return joined(asked_websocket);
  proposal some = asked;  // both protocols, or one of them
  if (proposals > 0) some.protocols = {&asked.protocols[proposals - 1], 1};
  return joined(some);
}

/// How often memory was asked for: a program that replaces operator new counts here.
inline std::size_t allocations = 0;

/// Law 8: no allocation, whatever comes, however it comes, and whatever is called.
inline std::string nothing_is_allocated(std::string_view input) {
  const std::size_t before = allocations;
  (void)on_every_side([input](const auto& fresh) {
    for (const pieces come : {pieces{input.size(), 1}, pieces{0, 1}})
      for (connection tried{fresh, input, come}; tried.react(tried.receive());) {
      }
    return std::string{};
  });
  (void)explore_after_each_octet(input,
                                 [](const auto&, auto, std::string_view) { return std::string{}; });
  return allocations == before ? "" : "memory is allocated";
}

}  // namespace laws
