// uWebSockets: its parser of requests and its handshake, without its sockets.
#include <HttpParser.h>
#include <WebSocketHandshake.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "peer.hpp"

namespace {

/// Octets with room after them, into which it writes.
class padded {
 public:
  char* copy(std::string_view octets) {
    std::memcpy(room_.data(), octets.data(), octets.size());
    return room_.data();
  }

 private:
  std::array<char, 8192 + uWS::MINIMUM_HTTP_POST_PADDING> room_;
};

/// Reads the head of a request, and calls `take(request)`. The parser works in the octets that were
/// received, so each row has to make a copy of them. Beside what turnout does, it puts all names
/// into a filter, and looks for Host, Content-Length and Transfer-Encoding. It does less: a target
/// may have any octet above 0x20, and what comes in pieces it takes for malformed where the start
/// line is not whole.
template <class Take>
void read(std::string_view head, const Take& take) {
  static padded received;
  uWS::HttpParser parser;
  int user = 0;
  parser.consumePostPadded(
      received.copy(head), static_cast<unsigned>(head.size()), &user, nullptr,
      [&take](void* same, uWS::HttpRequest* request) {
        take(*request);
        return same;
      },
      [](void* same, std::string_view, bool) { return same; });
}

tally tally_of(uWS::HttpRequest& request) {
  tally fields;
  for (const auto& [name, value] : request) fields.add(name.size(), value.size());
  return fields;
}

tally read_request(std::string_view head) {
  tally fields;
  read(head, [&fields](uWS::HttpRequest& request) { fields = tally_of(request); });
  return fields;
}

// Does as much: the key was checked before.
accept_text accept_value(std::string_view key) {
  accept_text text;
  uWS::WebSocketHandshake::generate(key.data(), text.data());
  return text;
}

// What App::ws() and HttpResponse::upgrade() do, without the socket, the router and the Date field.
// It does less: it checks of the key only how long it is, and neither Connection nor Upgrade nor
// the version; subprotocols and extensions it leaves to the caller here.
response accept(std::string_view head) {
  static output out;
  constexpr std::string_view start =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: ";
  response answer;
  read(head, [&answer, start](uWS::HttpRequest& request) {
    const std::string_view key = request.getHeader("sec-websocket-key");
    if (key.size() != 24) return;
    char* at = std::copy(start.begin(), start.end(), out.begin());
    uWS::WebSocketHandshake::generate(key.data(), at);
    at = std::copy_n("\r\n\r\n", 4, at + 28);
    answer.octets = {out.data(), static_cast<std::size_t>(at - out.data())};
  });
  return answer;
}

const added uwebsockets{{.name = "uwebsockets",
                         .version = "uWebSockets of libuwebsockets-sys 0.0.10",
                         .read_request = read_request,
                         .accept_value = accept_value,
                         .accept = accept}};

}  // namespace
