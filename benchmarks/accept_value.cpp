// How long does it take to make Sec-WebSocket-Accept of Sec-WebSocket-Key?
#include <algorithm>
#include <array>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"
#ifdef WITH_BEAST
#include <boost/beast/websocket/detail/hybi13.hpp>
#endif

namespace {

using accept_text = std::array<char, 28>;

accept_text to_array(std::string_view text) {
  accept_text copy{};
  std::copy_n(text.begin(), copy.size(), copy.begin());
  return copy;
}

}  // namespace

void ask_accept_value() {
  const sample key{"key", {"dGhlIHNhbXBsZSBub25jZQ=="}};
  question<accept_text> asked{"accept_value", key};
  // The key was checked before, in whatever way each library does that.
  const auto checked = *turnout::sec_websocket_key::parse(key.inputs.front());
  asked.row("turnout", [checked](std::string_view) {
    return to_array(turnout::websocket::accept_for(checked).text());
  });
#ifdef WITH_BEAST
  asked.row("beast", [](std::string_view text) {
    boost::beast::websocket::detail::sec_ws_accept_type accept;
    boost::beast::websocket::detail::make_sec_ws_accept(accept, {text.data(), text.size()});
    return to_array({accept.data(), accept.size()});
  });
#endif
}
