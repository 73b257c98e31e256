// Every gateway that can be reached by calls of a small alphabet, in any order: what each call does
// there is a row of the table, no octet of the client passes before an agreement, and a client gets
// one answer.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/gateway_laws.hpp"
#include "support/gateway_messages.hpp"

namespace {

using namespace turnout;
using namespace gateway_messages;
using gateway::side, gateway::turn;
using gateway_laws::seen;

constexpr side sides[] = {side::stream, side::connection};

struct memory {
  std::array<field_line, 24> lines{};
  std::array<char, 1024> octets{};

  extended_connect::list_space space(bool enough) {
    return {{lines.data(), enough ? lines.size() : 0}, {octets.data(), enough ? octets.size() : 0}};
  }
};

template <class Gateway>
constexpr bool is_down = std::is_same_v<Gateway, gateway::to_http_1>;

// Each ends where something begins or ends, and some are cut.
const std::string answers[] = {
    "",
    agrees,
    agrees + "back",
    agrees.substr(0, 30),
    "HTTP/1.1 103 x\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n",
    "HTTP/1.1 404 x\r\nContent-Length: 2\r\n\r\na",
    "HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "a",
    "0\r\n\r\n",
    "\x16\x03\x01",
};
const header_list lists[] = {
    asks_websocket,
    asks_connect,
    {{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {":authority", "a"}},
    {{":status", "103"}},
    {{":status", "200"}},
    {{":status", "404"}},
    {{":status", "404"}, {"content-length", "1"}},
    {{":status", "101"}},
    {{"x", "y"}},
    {},
};
const std::string requests[] = {
    "",
    wants_websocket,
    wants_websocket + "early",
    wants_websocket.substr(0, 40),
    wants_tunnel,
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "a",
    "\x16\x03\x01\r\n",
};

/// Makes the call of a number. Returns false if there is none.
template <class Gateway>
bool call(Gateway& one, std::size_t number, memory& here, turn& now, const side*& came) {
  constexpr bool down = is_down<Gateway>;
  const std::span<const std::string> texts =
      down ? std::span<const std::string>{answers} : std::span<const std::string>{requests};
  const bool enough = number % 2 == 0;
  std::size_t left = number / 2;
  const auto space = here.space(enough);
  const auto is = [&left](std::size_t size) {
    const bool among = left < size;
    if (!among) left -= size;
    return among;
  };
  if (is(std::size(lists))) return now = one.receive(lists[left], space), true;
  for (const side& from : sides) {
    if (is(texts.size())) {
      came = &from;
      return now = one.advance(from, texts[left], space), true;
    }
    if (is(texts.size())) return now = one.end_of_input(from, texts[left], space), true;
    if (is(1)) return now = one.reset(from, space), true;
  }
  if (is(1)) return now = one.refuse({.status = 503}, space), true;
  if constexpr (down) {
    if (is(1)) return now = one.time_out(space), true;
    for (const header_list* list : {&asks_websocket, &asks_connect})
      if (is(1)) return now = one.forward(*list, turns::gateway_nonce, space), true;
  } else {
    if (is(texts.size())) return now = one.time_out(texts[left], space), true;
    extended_connect::enable_connect_protocol allowed;
    CHECK(allowed.see(8, 1));
    if (is(texts.size())) return now = one.forward(texts[left], "https", allowed, space), true;
  }
  return false;
}

/// A gateway, and what its client has seen.
template <class Gateway>
struct node {
  Gateway gateway;
  seen so_far;

  friend bool operator==(const node& one, const node& other) {
    return one.gateway == other.gateway && one.so_far == other.so_far;
  }
};

/// All nodes, each with all calls made in it.
template <class Gateway>
class exploration {
 public:
  explicit exploration(const Gateway& fresh) : nodes_{{fresh, {}}} {}

  /// Goes to each node that is found.
  void run() {
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      for (std::size_t number = 0;; ++number) {
        node<Gateway> next = nodes_[at];
        const gateway::state before = next.gateway.state();
        memory here;
        turn now;
        const side* came = nullptr;
        if (!call(next.gateway, number, here, now, came)) break;
        const std::string wrong = gateway_laws::wrong_with<is_down<Gateway>>(
            now, before, next.gateway.state(), came, next.so_far);
        CHECK(wrong == "");
        states.insert(next.gateway.state());
        ++edges;
        if (std::find(nodes_.begin(), nodes_.end(), next) == nodes_.end()) nodes_.push_back(next);
      }
      REQUIRE(nodes_.size() < 5000);
    }
  }

  std::size_t nodes() const { return nodes_.size(); }

  std::set<gateway::state> states{gateway::state::reading_request};
  std::size_t edges = 0;

 private:
  std::vector<node<Gateway>> nodes_;
};

template <class Gateway>
void explore() {
  const gateway::options options{.limits = {.interim_responses = 1}, .allow_connect = true};
  exploration<Gateway> all{Gateway{spoken, options}};
  all.run();
  CHECK(all.states.size() == 9);
  CHECK(all.nodes() > 150);
  CHECK(all.edges > 20000);
}

}  // namespace

TEST_CASE(
    "[XC-15] [XC-21] whatever is called down, in any order, keeps to the table and the laws") {
  explore<gateway::to_http_1>();
}

TEST_CASE("[XC-15] [XC-21] whatever is called up, in any order, keeps to the table and the laws") {
  explore<gateway::from_http_1>();
}
