// How long does a server take for a whole WebSocket handshake: the head in, the 101 out?
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#ifdef WITH_BEAST
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/websocket/detail/hybi13.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#endif

namespace {

using output = std::array<char, 512>;

/// What goes out. Libraries write the lines in different orders, and name themselves or not.
struct response {
  std::string_view octets;

  std::string_view accept_value() const {
    constexpr std::string_view name = "Sec-WebSocket-Accept: ";
    const std::size_t at = octets.find(name);
    return at == octets.npos ? std::string_view{} : octets.substr(at + name.size(), 28);
  }

  friend bool operator==(const response& one, const response& other) {
    return one.accept_value() == other.accept_value();
  }
};

response accept_with_turnout(std::string_view head) {
  static constexpr turnout::profile supported[] = {turnout::websocket::profile};
  static output out;
  turnout::server_handshake handshake{supported};
  const auto now = handshake.receive(head);
  const auto asked = turnout::websocket::offer::read(now.offer());
  if (!asked) return {};
  const auto size = handshake.accept(*asked->agree(), out);
  if (!size) return {};
  return {{out.data(), *size}};
}

#ifdef WITH_BEAST
// What websocket::stream::accept() does, without the stream, its buffers and the Server field. It
// does less: of lists spread over several lines it sees the first, it checks of the key only
// that it is not too long, and of Host that there is one; subprotocols and extensions it leaves to
// the caller.
response accept_with_beast(std::string_view head) {
  namespace beast = boost::beast;
  namespace http = beast::http;
  static output out;
  beast::error_code failed;
  http::request_parser<http::empty_body> parser;
  parser.put(boost::asio::buffer(head.data(), head.size()), failed);
  if (failed || !parser.is_header_done()) return {};

  const auto& request = parser.get();
  const auto key = request.find(http::field::sec_websocket_key);
  if (!beast::websocket::is_upgrade(request) || request.count(http::field::host) == 0 ||
      request[http::field::sec_websocket_version] != "13" || key == request.end() ||
      key->value().size() > 24)
    return {};

  beast::websocket::detail::sec_ws_accept_type accept;
  beast::websocket::detail::make_sec_ws_accept(accept, key->value());
  http::response<http::empty_body> answer{http::status::switching_protocols, 11};
  answer.set(http::field::upgrade, "websocket");
  answer.set(http::field::connection, "upgrade");
  answer.set(http::field::sec_websocket_accept, {accept.data(), accept.size()});

  http::response_serializer<http::empty_body> serializer{answer};
  std::size_t size = 0;
  while (!failed && !serializer.is_done())
    serializer.next(failed, [&](beast::error_code&, const auto& buffers) {
      const std::size_t copied = boost::asio::buffer_copy(
          boost::asio::buffer(out.data() + size, out.size() - size), buffers);
      size += copied;
      serializer.consume(copied);
    });
  return {{out.data(), size}};
}
#endif

}  // namespace

void ask_server_handshake() {
  for (const sample& heads : {read_head_file("a1_min.req"), read_head_file("a2_chrome.req"),
                              read_head_file("a5_large.req"), mix()}) {
    question<response> asked{"server_handshake", heads};
    asked.row("turnout", accept_with_turnout);
#ifdef WITH_BEAST
    asked.row("beast", accept_with_beast);
#endif
  }
}
