// A server's program that drives its connection as connection/server.hpp says.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/turns.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace turns {

using namespace turnout;

/// What a server program does with requests.
struct server_program {
  std::array<profile, 3> spoken{
      websocket::profile,
      {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true},
      {.token = {"bar", {}}}};
  server_options options{};
  bool answers_early = false;  ///< with the head, and not after the content
  bool defers = false;         ///< its decisions, until the content is complete
  /// Whether it tells of each 100, which goes out only where the content did not come with the
  /// head.
  bool tells_continue = true;

  /// Plays one connection.
  std::string play(std::string_view octets, pieces come = {}) const {
    server_connection server{spoken, options};
    input in{octets, come};
    teller told;
    agreement kept;
    std::array<char, 512> out{};
    for (;;) {
      server_turn turn = server.advance(in.unread(), out);
      if (turn.need == server_need::more && turn.output.empty()) {
        in.drop(turn.used);
        if (in.read_more()) continue;
        turn = server.end_of_input(in.unread(), out);
      }
      const bool proceeds = first_line(turn.output) == "HTTP/1.1 100 Continue";
      if (!turn.output.empty() && (tells_continue || !proceeds))
        told.tell("<", first_line(turn.output));
      if (!act(server, turn, told, kept)) return told.text();
      in.drop(turn.used);
    }
  }

 private:
  bool act(server_connection& server, const server_turn& turn, teller& told,
           agreement& kept) const {
    std::array<char, 512> out{};
    switch (turn.need) {
      case server_need::more:
        return true;
      case server_need::request:
        told.tell("request", turn.request.target.octets);
        if (answers_early) respond(server, told);
        return true;
      case server_need::decision: {
        const profile* const chosen = turn.offer().choose(preference::client);
        if (defers && !turn.deferred) {
          kept = *turn.offer().agree(preference::client);
          told.tell("deferred");
          return bool{server.defer()};
        }
        if (turn.deferred) {
          const auto late = server.answer(kept, out);
          told.tell("decision", late ? first_line(*late) : "failed");
          return true;
        }
        const auto answer =
            chosen == &spoken[0]    ? server.answer(websocket::agree(turn.offer()), out)
            : chosen->own_agreement ? server.answer(h2c::agree(turn.offer()), out)
                                    : server.answer(turn.offer().agree(chosen->token), out);
        told.tell("decision", answer ? first_line(*answer) : "failed");
        return true;
      }
      case server_need::connect:
        told.tell("connect", turn.request.target.octets);
        told.tell("<", first_line(*server.open_tunnel(out)));
        return true;
      case server_need::content:
        told.content(turn.content);
        return true;
      case server_need::response:
        told.tell("response");
        respond(server, told);
        return true;
      case server_need::switched:
        // What comes after is not this connection's: it came as far as it came.
        told.tell("switched", turn.switched()->protocol().token.name);
        return false;
      case server_need::close:
        told.tell("close",
                  turn.why.code == errc::none ? std::string_view{} : explain(turn.why.code).text);
        return false;
    }
    return false;
  }

  static void respond(server_connection& server, teller& told) {
    const std::string_view line = server.connection_line();
    told.tell("<", line.empty() ? "200" : "200, " + std::string{line.substr(12, line.size() - 14)});
    (void)server.responded();
  }
};

}  // namespace turns
