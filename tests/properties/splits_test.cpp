// Laws 1, 2 and 11 over the corpus: pieces change nothing, no octet is lost, every turn gets on.
#include <doctest/doctest.h>

#include <string>

#include "support/corpus.hpp"
#include "support/laws.hpp"

namespace {

void check(const std::string& octets) {
  CAPTURE(octets);
  CHECK(laws::cutting_changes_nothing(octets) == "");
  CHECK(laws::no_octet_is_lost(octets) == "");
  CHECK(laws::every_turn_gets_on(octets) == "");
}

// What the corpus says is what is found, so that the laws are about what they seem to be about.
template <class Samples, class Handshake>
void check(const Samples& samples, const Handshake& fresh) {
  for (const auto& sample : samples) {
    Handshake handshake = fresh;
    const auto now = handshake.receive(sample.octets);
    CAPTURE(sample.requirement);
    CAPTURE(sample.octets);
    CHECK(now.what == sample.what);
    CHECK(now.why.code == sample.why);
    check(sample.octets);
  }
}

}  // namespace

TEST_CASE("[ENG-01] [ENG-02] [UPG-25] [MSG-46] requests are the same in pieces of any size") {
  CHECK(corpus::requests.size() >= 60);
  check(corpus::requests, turnout::server_handshake{laws::supported});
}

TEST_CASE("[ENG-01] [ENG-02] [UPG-25] [WS-36] responses are the same in pieces of any size") {
  CHECK(corpus::responses.size() + corpus::websocket_responses.size() >= 50);
  check(corpus::responses, laws::waiting_client(laws::asked));
  check(corpus::websocket_responses, laws::waiting_client(laws::asked_websocket));
}

TEST_CASE("[ENG-01] [MSG-84] several requests on one connection are the same in pieces") {
  using namespace corpus::edited;
  check(plain + plain + asks + "the new protocol");
  check(plain + upgrade(asks, "h2") + with(asks, "HTTP/1.1", "HTTP/1.0") + asks + asks);
  check(plain + without(websocket_asks, "Sec-WebSocket-Key") + websocket_asks + "\x81\x85");
}

TEST_CASE("[ENG-01] [UPG-36] several interim responses are the same in pieces") {
  using namespace corpus::edited;
  const std::string hint = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
  check(hint + hint + "HTTP/1.1 100 Continue\r\n\r\n" + agrees + "the new protocol");
  check(hint + hint + websocket_agrees + "\x81\x05hello");
  std::string more_than_the_limit;
  for (int i = 0; i < 17; ++i) more_than_the_limit += "HTTP/1.1 102 P\r\n\r\n";
  check(more_than_the_limit + agrees);
}
