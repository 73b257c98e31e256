// Law 9, of what an intermediary does: work is linear in the octets, whatever they say. It is
// counted in basic blocks, for heads of which each is twice as large as the one before.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"
#include "work/count.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {websocket::profile, {.token = {"foo", "2"}}};
constexpr relay_policy policy{.allowed = spoken};
constexpr std::uint32_t enough = 1u << 24;

/// Limits that no head here reaches, but for elements of a list.
limits limits_of(std::uint16_t elements) {
  return {.head = enough,
          .start_line = enough,
          .field_line = enough,
          .field_lines = UINT16_MAX,
          .list_elements = elements};
}

std::string repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A name of `size` octets, at least three, that differs from others of its size at its end.
std::string name_of(std::size_t size, std::size_t number) {
  std::string name(size, 'x');
  for (std::size_t i = 0; i < 3; ++i, number /= 26)
    name[size - 1 - i] = static_cast<char>('a' + number % 26);
  return name;
}

/// Options of Connection, and the lines that come with them, of about `size` octets in all.
struct hostile {
  std::string_view name;
  std::string (*options)(std::size_t size);
  std::string (*lines)(std::size_t size);
};

std::string few_lines(std::size_t size) { return repeated(size / 2 / 6, "x: y\r\n"); }

/// 60 options, each as long as may be.
std::string long_options(std::size_t size) {
  std::string all;
  for (std::size_t i = 0; i < 60; ++i) all += ',' + name_of(size / 2 / 61, i);
  return all;
}

/// Lines whose names are as long as those options and differ from them, or do not, at the end.
std::string long_lines(std::size_t size) {
  std::string all;
  for (std::size_t i = 0; i < 60; ++i) all += name_of(size / 2 / 61, 2 * i) + ":\r\n";
  return all;
}

std::string short_options(std::size_t) {
  std::string all;
  for (std::size_t i = 0; i < 60; ++i) all += ',' + name_of(3, i);
  return all;
}

std::string short_lines(std::size_t size) {
  std::string all;
  for (std::size_t i = 0; all.size() < size; ++i) all += name_of(3, i) + ":\r\n";
  return all;
}

constexpr hostile hostiles[] = {
    {"one long option and many short lines",
     [](std::size_t size) { return "," + std::string(size / 2, 'a'); }, few_lines},
    {"long options and lines of their size", long_options, long_lines},
    {"long options and short lines", long_options, few_lines},
    {"short options and lines of their size", short_options, short_lines},
    {"whitespace", [](std::size_t size) { return "," + std::string(size / 2, ' '); }, few_lines},
    {"empty elements", [](std::size_t size) { return std::string(size / 2, ','); }, few_lines},
    {"more options than can be told apart",
     [](std::size_t size) {
       std::string all;
       for (std::size_t i = 0; all.size() < size / 2; ++i) all += ',' + name_of(3, i);
       return all;
     },
     few_lines},
    {"no options and one long line", [](std::size_t) { return std::string{}; },
     [](std::size_t size) { return "x: " + std::string(size, 'y') + "\r\n"; }},
    {"folds", [](std::size_t) { return std::string{}; },
     [](std::size_t size) { return "x: y" + repeated(size / 4, "\r\n y") + "\r\n"; }},
};

/// Checks that twice as many octets are twice the work, but for what does not depend on them, and
/// that no octet is much work.
template <class Work>
void check_linear(const Work& work) {
  constexpr std::size_t smallest = 4096;
  std::size_t before = 0;
  for (std::size_t size = smallest; size <= 16 * smallest; size *= 2) {
    CAPTURE(size);
    const std::size_t now = work(size);
    if (before != 0) CHECK(now <= 2 * before + before / 10);
    CHECK(now <= 100 * size);
    before = now;
  }
}

std::string request_of(const hostile& one, std::size_t size) {
  return "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nConnection: Upgrade" +
         one.options(size) + "\r\n" + one.lines(size) + "\r\n";
}

std::string response_of(const hostile& one, std::size_t size) {
  return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: x" + one.options(size) + "\r\n" +
         one.lines(size) + "\r\n";
}

}  // namespace

TEST_CASE("[ENG-12] [INT-01] a request is forwarded with work that is linear in its octets") {
  std::vector<char> out(1u << 21);
  for (const std::uint16_t elements : {std::uint16_t{64}, std::uint16_t{UINT16_MAX}}) {
    for (const hostile& one : hostiles) {
      CAPTURE(one.name);
      CAPTURE(elements);
      check_linear([&](std::size_t size) {
        const std::string octets = request_of(one, size);
        return work::of([&] {
          relay_handshake relay{policy, limits_of(elements)};
          const relayed_request now = relay.receive_request(octets);
          if (now.what == relay_step::request) CHECK(relay.forward(now, out));
        });
      });
    }
  }
}

TEST_CASE("[ENG-12] [INT-01] a response is forwarded with work that is linear in its octets") {
  std::vector<char> out(1u << 21);
  for (const std::uint16_t elements : {std::uint16_t{64}, std::uint16_t{UINT16_MAX}}) {
    for (const hostile& one : hostiles) {
      CAPTURE(one.name);
      CAPTURE(elements);
      check_linear([&](std::size_t size) {
        const std::string octets = response_of(one, size);
        relay_handshake relay{policy, limits_of(elements)};
        const relayed_request asked = relay.receive_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        REQUIRE(relay.forward(asked, out));
        return work::of([&] {
          const relayed_response now = relay.receive_response(octets);
          if (now.what == relay_step::response) CHECK(relay.forward(now, out));
        });
      });
    }
  }
}

TEST_CASE("[ENG-12] an Upgrade becomes an extended CONNECT with work that is linear") {
  std::vector<field_line> lines(UINT16_MAX);
  std::vector<char> octets(1u << 21);
  for (const hostile& one : hostiles) {
    CAPTURE(one.name);
    check_linear([&](std::size_t size) {
      const std::string request = request_of(one, size);
      return work::of([&] {
        request_head head;
        facts seen;
        resume_mark mark;
        const limits most = limits_of(UINT16_MAX);
        if (read_facts(head, seen, request, most, mark).what != head_step::complete) return;
        const verdict judged = examine_request(seen, spoken, UINT16_MAX);
        REQUIRE(judged.what == verdict::kind::offer);
        extended_connect::enable_connect_protocol server;
        (void)server.see(extended_connect::enable_connect_protocol::identifier, 1);
        (void)extended_connect::write_request(
            {head, judged.offer, {"websocket", ""}, "https", server}, {lines, octets});
      });
    });
    check_linear([&](std::size_t size) {
      const std::string response = response_of(one, size);
      return work::of([&] {
        response_head head;
        resume_mark mark;
        const limits most = limits_of(UINT16_MAX);
        const auto reading = read_head(head, response, most, mark, [](auto, auto) {});
        REQUIRE(reading.what == head_step::complete);
        (void)extended_connect::write_response(head, nullptr, {lines, octets});
      });
    });
  }
}

TEST_CASE("[ENG-12] [WS-10] subprotocols are compared with work that is linear") {
  check_linear([](std::size_t size) {
    std::string names = name_of(size / 64, 0);
    for (std::size_t i = 1; i < 64; ++i) names += ',' + name_of(size / 64, i);
    return work::of([&names] {
      const auto list = field::sec_websocket_protocol::parse(std::string_view{names});
      REQUIRE(list);
      CHECK(field::check_unique(*list));
    });
  });
  check_linear([](std::size_t size) {
    std::string names = name_of(3, 0);
    for (std::size_t i = 1; names.size() < size; ++i) names += ',' + name_of(3, i);
    return work::of([&names] {
      const auto list = field::sec_websocket_protocol::parse(std::string_view{names}, SIZE_MAX);
      REQUIRE(list);
      CHECK(field::check_unique(*list).error().code == errc::too_many_elements);
    });
  });
}
