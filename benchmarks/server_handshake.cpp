// How long does a server take for a whole WebSocket handshake: the head in, the 101 out?
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#include "response.hpp"

namespace {

response accept_with_turnout(std::string_view head) {
  static constexpr turnout::profile supported[] = {turnout::websocket::profile};
  static output out;
  turnout::server_handshake handshake{supported};
  const auto now = handshake.receive(head);
  const auto asked = turnout::websocket::offer::read(now.offer());
  if (!asked) return {};
  const auto written = handshake.accept(asked->agree(), out);
  if (!written) return {};
  return {*written};
}

void ask() {
  for (const sample& heads : {read_head_file("a1_min.req"), read_head_file("a2_chrome.req"),
                              read_head_file("a5_large.req"), mix()}) {
    question<response> asked{"server_handshake", heads};
    asked.ask("turnout", accept_with_turnout);
    asked.ask_peers(&peer::accept);
  }
}

const question_file server_handshake{ask};

}  // namespace
