// Law: work is linear in the octets, however they arrive.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "support/guarded.hpp"
#include "support/heads.hpp"
#include "turnout/turnout.hpp"

using namespace turnout;

namespace {

// A head of at least `size` octets in field lines of `line` octets, perhaps with folds.
std::string head_of(std::string_view start, std::size_t size, std::size_t line, bool folded) {
  std::string octets = std::string{start} + "\r\n";
  while (octets.size() < size) {
    octets += "X:";
    for (std::size_t i = 4; i < line; ++i) octets += 'a';
    octets += "\r\n";
    if (folded) octets += " \r\n\t\r\n";
  }
  return octets + "\r\n";
}

struct work {
  std::size_t scanned = 0;  // octets among which a line end was looked for, in all calls
  std::size_t parsed = 0;   // octets of lines that were parsed, in all calls
  std::size_t seen = 0;     // field lines handed out
  bool complete = false;
};

// Feeds a head octet by octet; what the marks tell about it.
template <class StartLine>
work feed(std::string_view octets, const limits& most) {
  work done;
  resume_mark mark;
  for (std::size_t shown = 1; shown <= octets.size(); ++shown) {
    const resume_mark before = mark;
    const auto reading =
        heads::read<StartLine>(octets.substr(0, shown), most, mark,
                               [&done](std::string_view, std::string_view) { ++done.seen; });
    done.scanned += shown - before.scanned;
    if (mark.lines != before.lines) done.parsed += shown - before.line;
    if (reading.what == head_step::need_more) continue;
    done.complete = reading.what == head_step::complete && shown == octets.size();
    return done;
  }
  return done;
}

template <class StartLine>
void check_linear(std::string_view start, std::size_t line, bool folded) {
  CAPTURE(line);
  constexpr std::size_t size = 16384;
  const limits most{.head = 2 * size, .field_line = 2 * size, .field_lines = size};
  const std::string octets = head_of(start, size - 2, line, folded);
  const work done = feed<StartLine>(octets, most);
  CHECK(done.complete);
  CHECK(done.scanned <= 3 * octets.size());
  CHECK(done.parsed <= 2 * octets.size());
  CHECK(done.seen == (octets.size() - start.size() - 4) / (line + (folded ? 6u : 0u)));
}

}  // namespace

TEST_CASE(
    "[ENG-12] [GRM-22] each octet of a head that arrives octet by octet is read only a few times") {
  constexpr std::size_t lines[] = {4, 5, 64, 100, 1000, 16364};
  for (const std::size_t line : lines) {
    check_linear<request_line>("GET / HTTP/1.1", line, false);
    check_linear<status_line>("HTTP/1.1 101 S", line, false);
    check_linear<status_line>("HTTP/1.1 101 S", line, true);
  }
}

// The pages in which only octets lie that were looked at can't be read any more: of all lines but
// the last, and of that one too, until its LF comes.
TEST_CASE("[ENG-12] octets of complete lines are not read again before the head is complete") {
  const std::size_t size = 8 * guarded::page_size();
  const std::uint32_t enough = static_cast<std::uint32_t>(2 * size);
  const limits most{.head = enough, .field_line = enough, .field_lines = UINT16_MAX};
  for (const std::size_t line : {std::size_t{100}, std::size_t{1000}, size}) {
    CAPTURE(line);
    guarded::pages memory{size + line};
    const std::string_view octets = memory.at_begin(head_of("GET / HTTP/1.1", size, line, false));
    std::size_t seen = 0;
    resume_mark mark;
    for (std::size_t shown = 1; shown < octets.size(); ++shown) {
      const bool line_ends = octets[shown - 1] == '\n';
      memory.forbid(line_ends ? mark.line : mark.scanned);
      const auto reading =
          heads::read<request_line>(octets.substr(0, shown), most, mark,
                                    [&seen](std::string_view, std::string_view) { ++seen; });
      CHECK(reading.what == head_step::need_more);
    }
    CHECK(seen == 0);
    memory.forbid(0);
    const auto reading = heads::read<request_line>(
        octets, most, mark, [&seen](std::string_view, std::string_view) { ++seen; });
    CHECK(reading.what == head_step::complete);
    CHECK(reading.head.octets == octets);
    CHECK(seen == (octets.size() - 18) / line);
  }
}

namespace {

/// Shows a head octet by octet, of which no whole line can be read until all of it has come; but
/// for the last one, after which a fold may come. Returns whether more was asked for until then.
///
/// Takes     advance: shows octets; returns true if more are needed
template <class Advance>
bool leaves_whole_lines(std::string_view start, const Advance& advance) {
  const std::size_t size = 8 * guarded::page_size();
  guarded::pages memory{size + 100};
  const std::string_view octets = memory.at_begin(head_of(start, size, 100, false));
  std::size_t line = 0;
  std::size_t next = 0;
  bool more = true;
  for (std::size_t shown = 1; shown < octets.size(); ++shown) {
    memory.forbid(line);
    more = advance(octets.substr(0, shown)) && more;
    if (octets[shown - 1] == '\n') line = std::exchange(next, shown);
  }
  memory.forbid(0);
  return more && !advance(octets);
}

constexpr std::uint32_t enough = 1 << 20;
constexpr limits wide{.head = enough, .field_line = enough, .field_lines = UINT16_MAX};
constexpr profile spoken[] = {{.token = {"foo", {}}}};

}  // namespace

TEST_CASE("[ENG-12] the connections do not read complete lines again either") {
  std::array<char, 256> out{};
  server_connection server{spoken, {.limits = wide}};
  CHECK(leaves_whole_lines("GET / HTTP/1.1\r\nHost: a", [&](std::string_view unread) {
    return server.advance(unread, out).need == server_need::more;
  }));

  static constexpr proposal asked{.host = "a", .protocols = spoken};
  client_connection client{asked, {.limits = wide}};
  (void)client.advance({}, out);
  CHECK(leaves_whole_lines("HTTP/1.1 404 X", [&](std::string_view unread) {
    return client.advance(unread, out).need == client_need::more;
  }));

  static constexpr relay_policy policy{.allowed = spoken, .name = "p"};
  relay_connection relay{policy, {.limits = wide}};
  CHECK(leaves_whole_lines("GET / HTTP/1.1\r\nHost: a", [&](std::string_view unread) {
    return relay.advance(relay_side::client, unread, out).need == relay_need::more;
  }));
}
