// One turn of a server that speaks WebSocket, by server_connection.
#include <string_view>
#include <turnout/connection/server.hpp>
#include <turnout/protocol/websocket/agree.hpp>

using namespace turnout;

std::string_view take_turn(server_connection& connection, std::string_view unread, bool ended,
                           span<char> out, std::size_t& used) {
  const server_turn turn =
      ended ? connection.end_of_input(unread, out) : connection.advance(unread, out);
  used = turn.used;
  if (turn.need == server_need::decision)
    return *connection.answer(websocket::agree(turn.offer()), out);
  if (turn.need == server_need::request) return *connection.refuse({.status = 404}, out);
  return turn.output;
}
