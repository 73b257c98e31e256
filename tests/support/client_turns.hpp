// A client's program that drives its connection as connection/client.hpp says.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "support/turns.hpp"
#include "turnout/turnout.hpp"

namespace turns {

using namespace turnout;

/// What a client program does with answers.
template <class Proposal>
struct client_program {
  const Proposal& asked;
  const Proposal* next = nullptr;  ///< what it asks once the first answer is complete, if it may
  std::string_view next_octets{};  ///< what the server sends then
  client_options options{};

  /// Plays one connection, on which the server sends `octets` once it has the request.
  std::string play(std::string_view octets, pieces come = {}) const {
    client_connection<Proposal> client{asked, options};
    input in{octets, come};
    teller told;
    std::array<char, 512> out{};
    client_turn turn = client.advance({}, out);
    for (const Proposal* left = next;;) {
      if (!turn.output.empty()) told.tell(">", first_line(turn.output));
      if (turn.need == client_need::done) {
        in.drop(std::exchange(turn.used, 0));
        if (in.read_more()) {  // What comes after a response ends the connection.
          turn = client.advance(in.unread(), out);
          continue;
        }
      }
      if (turn.need == client_need::done && left != nullptr && client.ask(*left)) {
        in = input{next_octets, come};
        left = nullptr;
        turn = client.advance({}, out);
        continue;
      }
      if (!act(client, turn, told)) return told.text();
      in.drop(turn.used);
      const bool ends = turn.need == client_need::more && turn.output.empty() && !in.read_more();
      turn = ends ? client.end_of_input(in.unread(), out) : client.advance(in.unread(), out);
    }
  }

 private:
  static bool act(client_connection<Proposal>& client, const client_turn& turn, teller& told) {
    const std::string status = std::to_string(turn.response.status);
    switch (turn.need) {
      case client_need::more:
        return true;
      case client_need::send_content:
        told.tell("send content");
        return bool{client.content_sent()};
      case client_need::interim:
        told.tell("interim", status);
        return true;
      case client_need::response:
        told.tell("response", status);
        return true;
      case client_need::retry:
        told.tell("retry", turn.required->token.name);
        return true;
      case client_need::content:
        told.content(turn.content);
        return true;
      case client_need::done:
        told.tell("done");
        return false;
      case client_need::switched:
        // What comes after is not this connection's: it came as far as it came.
        told.tell("switched", turn.switched()->protocol().token.name);
        return false;
      case client_need::close:
        told.tell("close", explain(turn.why.code).text);
        return false;
    }
    return false;
  }
};

}  // namespace turns
