// How turnout reads the first message, through its connections, and what a relay makes of it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "reading.hpp"
#include "support/relay_turns.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace differential {

inline constexpr turnout::profile spoken[] = {
    turnout::websocket::profile,
    {.token = {"foo", "2"}},
    {.token = {"bar", {}},
     .methods = turnout::method::get | turnout::method::post,
     .content = true},
    {.token = {"tcp", {}}, .methods = turnout::method::post, .content = true}};

/// Takes over a head.
template <class Head>
void take_head(reading& seen, const Head& head) {
  seen.what = reading::outcome::accepted;
  seen.minor_version = static_cast<int>(head.version.minor);
  seen.fields.clear();
  for (const turnout::field_line line : head.fields) seen.add(line.name, line.value);
}

/// Takes over what a message that can't be read is refused for.
inline void refuse(reading& seen, turnout::errc why) {
  seen.what = reading::outcome::refused;
  seen.why = turnout::name_of(why);
}

/// Reads a request as a server that declines every offer.
inline reading read_request(std::string_view octets) {
  using turnout::server_need;
  turnout::server_connection server{spoken, {.allow_connect = true}};
  reading seen;
  seen.content.emplace();
  for (std::array<char, 1024> out;;) {
    const turnout::server_turn turn = server.advance(octets, out);
    if (turn.need == server_need::request || turn.need == server_need::connect) {
      take_head(seen, turn.request);
      seen.start =
          std::string{turn.request.method_name} + " " + std::string{turn.request.target.octets};
    }
    seen.content->first += turn.content;
    if (turn.need == server_need::close) refuse(seen, turn.why.code);
    const bool whole = turn.need == server_need::response || turn.need == server_need::connect;
    seen.content->second = whole;
    const bool waits = turn.need == server_need::more && turn.output.empty() && turn.used == 0;
    if (whole || waits || turn.need == server_need::close) return seen;
    octets.remove_prefix(turn.used);
  }
}

/// Reads a response as a client that asked for `Proposal`.
template <class Proposal>
reading read_response(const Proposal& asked, std::string_view octets) {
  using turnout::client_need;
  std::array<char, 1024> out;
  turnout::client_connection<Proposal> client{asked};
  (void)client.advance({}, out);
  reading seen;
  seen.content.emplace();
  for (;;) {
    const turnout::client_turn turn = client.advance(octets, out);
    if (!turn.response.octets.empty() && turn.need != client_need::close) {
      take_head(seen, turn.response);
      seen.start = std::to_string(turn.response.status);
    }
    seen.content->first += turn.content;
    if (turn.need == client_need::close) refuse(seen, turn.why.code);
    const bool whole = turn.need == client_need::interim || turn.need == client_need::done ||
                       turn.need == client_need::switched;
    seen.content->second = whole;
    const bool waits = turn.need == client_need::more && turn.used == 0;
    if (whole || waits || turn.need == client_need::close) return seen;
    octets.remove_prefix(turn.used);
  }
}

}  // namespace differential
