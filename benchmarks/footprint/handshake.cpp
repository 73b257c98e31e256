// One step of a server that speaks WebSocket, by server_handshake.
#include <string_view>
#include <turnout/handshake/server.hpp>
#include <turnout/protocol/websocket/agree.hpp>

using namespace turnout;

inline constexpr profile spoken[] = {websocket::profile};

std::string_view take_step(server_handshake& handshake, std::string_view unread, bool ended,
                           span<char> out) {
  const auto now = handshake.receive(unread);
  switch (now.what) {
    case server_step::need_more:
      if (ended) (void)handshake.input_ended(now.rest);
      return {};
    case server_step::upgrade_offered: {
      const auto agreed = websocket::agree(now.offer());
      if (agreed) return *handshake.accept(*agreed, out);
      return *handshake.refuse(websocket::agreement::refusal_for(agreed.error().code), out);
    }
    case server_step::ordinary_request:
      return *handshake.refuse({.status = 404}, out);
    case server_step::failed:
      return *handshake.refuse(refusal_for(now.why.code, spoken), out);
    default:
      return {};
  }
}
