// Law 8: whole handshakes of both sides, good and bad, allocate nothing. For that, this file
// replaces the operator new of the whole test program by one that counts.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "support/corpus.hpp"
#include "support/forwarded.hpp"
#include "support/laws.hpp"
#include "turnout/protocol.hpp"

namespace {

void* allocate(std::size_t size) noexcept {
  ++laws::allocations;
  return std::malloc(size == 0 ? 1 : size);
}

void* allocate_or_end(std::size_t size) noexcept {
  void* const memory = allocate(size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_end(size); }
void* operator new[](std::size_t size) { return allocate_or_end(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

TEST_CASE("an allocation is counted") {
  const std::size_t before = laws::allocations;
  const auto one = std::make_unique<int>(1);
  const auto many = std::make_unique<char[]>(100);
  const std::string text(100, *one == 1 && many[0] == 0 ? 'a' : 'b');
  CHECK(laws::allocations == before + 3);
}

TEST_CASE("[ENG-13] no handshake of the corpus allocates, and no call after any octet of it") {
  for (const std::string& octets : corpus::inputs) {
    CAPTURE(octets);
    CHECK(laws::nothing_is_allocated(octets) == "");
  }
}

TEST_CASE("[ENG-13] examining and forwarding the requests of the corpus does not allocate") {
  std::array<char, 1024> out{};
  std::size_t written = 0;
  const std::size_t before = laws::allocations;
  for (const auto& one : corpus::requests) {
    const forwarded::request asked{one.octets, forwarded::policy};
    if (asked.what == turnout::head_step::complete)
      written += asked.write(forwarded::policy, out)->size();
  }
  CHECK(laws::allocations == before);
  CHECK(written > 1000);
}

TEST_CASE("[ENG-13] relaying the exchanges of the corpus does not allocate") {
  std::array<char, 1024> out{};
  std::size_t sent_on = 0;
  const std::size_t before = laws::allocations;
  for (const auto& one : corpus::requests) {
    for (const auto& answer : corpus::responses) {
      turnout::relay_handshake relay{forwarded::policy};
      const auto asked = relay.receive_request(one.octets);
      sent_on += bool{relay.forward(asked, out)};
      (void)relay.receive_request(asked.rest);
      const auto answered = relay.receive_response(answer.octets);
      sent_on += bool{relay.forward(answered, out)};
      (void)relay.receive_response(answered.rest);
      sent_on += bool{relay.refuse(relay.refusal_due(), out)};
    }
  }
  CHECK(laws::allocations == before);
  CHECK(sent_on > 1000);
}

TEST_CASE("[ENG-13] relaying by turns does not allocate") {
  using turnout::relay_need, turnout::relay_side;
  std::array<char, 1024> out{};
  std::size_t sent = 0;
  const std::size_t before = laws::allocations;
  for (const auto& asked : corpus::requests) {
    for (const auto& answered : corpus::responses) {
      turnout::relay_connection relay{forwarded::policy, {.allow_connect = true}};
      std::string_view unread[] = {asked.octets, answered.octets};
      for (int turns = 0; turns < 32; ++turns) {
        const relay_side side = turns % 2 == 0 ? relay_side::client : relay_side::server;
        std::string_view& octets = unread[turns % 2];
        const auto turn =
            turns < 30 ? relay.advance(side, octets, out) : relay.end_of_input(side, octets, out);
        for (const std::string_view part : turn.to_client) sent += part.size();
        if (turn.need == relay_need::request || turn.need == relay_need::connect)
          sent += relay.forward(turn, out)->size();
        octets.remove_prefix(turn.used);
      }
    }
  }
  CHECK(laws::allocations == before);
  CHECK(sent > 1000);
}

TEST_CASE("[ENG-13] [XC-21] a gateway does not allocate, in either direction") {
  using namespace turnout;
  static constexpr profile spoken[] = {websocket::profile, {.token = {"foo", "2"}}};
  constexpr field_line request[] = {{":method", "CONNECT"}, {":protocol", "websocket"},
                                    {":scheme", "https"},   {":path", "/"},
                                    {":authority", "a"},    {"sec-websocket-version", "13"}};
  constexpr field_line response[] = {{":status", "200"}};
  std::array<field_line, 110> lines{};
  std::array<char, 4096> octets{};
  const extended_connect::list_space space{lines, octets};
  extended_connect::enable_connect_protocol allowed;
  CHECK(allowed.see(8, 1));
  std::size_t sent = 0;
  const std::size_t before = laws::allocations;
  for (const auto& answered : corpus::websocket_responses) {
    gateway::to_http_1 down{spoken};
    sent += down.receive(request, space).used;
    (void)down.forward(request, {}, space);
    sent += down.advance(gateway::side::connection, answered.octets, space).list.size();
    sent += down.end_of_input(gateway::side::stream, "early", space).used;
    (void)down.reset(gateway::side::connection, space);
  }
  for (const auto& asked : corpus::requests) {
    gateway::from_http_1 up{spoken, {.allow_connect = true}};
    (void)up.advance(gateway::side::connection, asked.octets, space);
    sent += up.forward(asked.octets, "https", allowed, space).list.size();
    (void)up.receive(response, space);
    (void)up.end_of_input(gateway::side::stream, "back", space);
    (void)up.time_out(asked.octets, space);
  }
  CHECK(laws::allocations == before);
  CHECK(sent > 20);
}
