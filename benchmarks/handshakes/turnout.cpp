// A server on turnout.
#include <array>
#include <turnout/connection/server.hpp>
#include <turnout/protocol/websocket.hpp>

#include "epoll.hpp"

namespace {

constexpr turnout::profile supported[] = {turnout::websocket::profile};

struct conversation {
  std::string unread;
  turnout::server_connection server{supported};

  std::string_view answer() {
    static std::array<char, 1024> out;
    for (;;) {
      const turnout::server_turn turn = server.advance(unread, out);
      std::string_view answer = turn.output;
      if (turn.need == turnout::server_need::decision)
        answer = *server.answer(turnout::websocket::agree(turn.offer()), out);
      const bool goes_on = turn.need != turnout::server_need::more &&
                           turn.need != turnout::server_need::close && answer.empty();
      unread.erase(0, turn.used);
      if (!goes_on) return answer;
    }
  }
};

}  // namespace

int main() { return serve<conversation>(); }
