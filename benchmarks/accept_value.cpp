// How long does it take to make Sec-WebSocket-Accept of Sec-WebSocket-Key?
#include <algorithm>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"
#include "response.hpp"

namespace {

void ask() {
  const sample key{"key", {"dGhlIHNhbXBsZSBub25jZQ=="}};
  question<accept_text> asked{"accept_value", key};
  // The key was checked before, in whatever way each library does that.
  const auto checked = *turnout::field::sec_websocket_key::parse(key.inputs.front());
  asked.ask("turnout", [checked](std::string_view) {
    const auto accept = turnout::websocket::accept_for(checked);
    accept_text text{};
    std::copy_n(accept.text().begin(), text.size(), text.begin());
    return text;
  });
  asked.ask_peers(&peer::accept_value);
}

const question_file accept_value{ask};

}  // namespace
