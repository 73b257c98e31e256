// Boost.Beast.
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/string_type.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/websocket/detail/hybi13.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/version.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "beast_heads.hpp"
#include "peer.hpp"

namespace {

namespace beast = boost::beast;
namespace http = beast::http;

// See beast_views for what it does more or less.
tally feed(std::string_view head, std::size_t piece) {
  beast_views<true> parser;
  std::size_t used = 0;
  for (std::size_t shown = 0; shown < head.size();) {
    shown = std::min(shown + piece, head.size());
    beast::error_code failed;
    used += parser.put(boost::asio::buffer(head.data() + used, shown - used), failed);
    if (failed && failed != http::error::need_more) return {};
    if (parser.is_header_done()) return parser.fields();
  }
  return {};
}

// Does less: it goes no further than the element it looks for, and takes a malformed one for the
// end of the list.
template <std::size_t size>
bool exists(std::string_view value, const char (&wanted)[size]) {
  return http::token_list{{value.data(), value.size()}}.exists(wanted);
}

bool nominates_upgrade(std::string_view value) { return exists(value, "upgrade"); }
bool offers_websocket(std::string_view value) { return exists(value, "websocket"); }

// Does as much: the key was checked before.
accept_text accept_value(std::string_view key) {
  beast::websocket::detail::sec_ws_accept_type accept;
  beast::websocket::detail::make_sec_ws_accept(accept, {key.data(), key.size()});
  accept_text text{};
  std::copy_n(accept.data(), text.size(), text.begin());
  return text;
}

// What websocket::stream::accept() does, without the stream, its buffers and the Server field. It
// does less: of lists spread over several lines it sees the first, it checks of the key only
// that it is not too long, and of Host that there is one; subprotocols and extensions it leaves to
// the caller.
response accept(std::string_view head) {
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

  beast::websocket::detail::sec_ws_accept_type value;
  beast::websocket::detail::make_sec_ws_accept(value, key->value());
  http::response<http::empty_body> answer{http::status::switching_protocols, 11};
  answer.set(http::field::upgrade, "websocket");
  answer.set(http::field::connection, "upgrade");
  answer.set(http::field::sec_websocket_accept, {value.data(), value.size()});

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

std::string version() {
  return "Boost.Beast " + std::to_string(BOOST_VERSION / 100000) + "." +
         std::to_string(BOOST_VERSION / 100 % 1000);
}

const added views{{.name = "beast",
                   .version = version(),
                   .read_request = view_with_beast<true>,
                   .read_response = view_with_beast<false>,
                   .feed_request = feed,
                   .nominates_upgrade = nominates_upgrade,
                   .offers_websocket = offers_websocket,
                   .accept_value = accept_value,
                   .accept = accept}};

// What Beast's users call.
const added copies{{.name = "beast_copy",
                    .read_request = copy_with_beast<true>,
                    .read_response = copy_with_beast<false>}};

}  // namespace
