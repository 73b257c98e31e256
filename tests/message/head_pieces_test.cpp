// Heads that come in small pieces: what is skipped at once, and what needs the whole reader.
#include "turnout/message/head_pieces.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "turnout/message/request_line.hpp"

using turnout::limits;
using turnout::resume_mark;
using turnout::detail::message_kind;
using turnout::detail::skip_any_lines;
using turnout::detail::skip_lines;
using turnout::detail::skip_octet;
using enum turnout::detail::message_kind;

namespace {

constexpr limits usual;

}  // namespace

TEST_CASE("[ENG-01] only an octet that does not end a line is skipped") {
  const auto skipped = [](std::string_view octets, resume_mark mark, const limits& most = usual) {
    const bool done = skip_octet(octets, most, mark);
    return std::pair{done, mark.scanned};
  };
  CHECK_BOTH(skipped("G", {}) == std::pair{true, 1u});
  CHECK_BOTH(skipped("\n", {}) == std::pair{false, 0u});
  CHECK_BOTH(skipped("GET\x7F", {0, 3, 0, 0}) == std::pair{false, 3u});
  CHECK_BOTH(skipped("GET\r", {}) == std::pair{false, 0u});
  CHECK_BOTH(skipped("GET\r", {0, 3, 0, 0}) == std::pair{true, 3u});
  CHECK_BOTH(skipped("GET\r\n", {0, 3, 0, 0}) == std::pair{false, 3u});
  CHECK_BOTH(skipped("GET", {0, 3, 0, 0}) == std::pair{false, 3u});
  CHECK_BOTH(skipped("GET /", {0, 4, 0, 0}, {.head = 6}) == std::pair{true, 5u});
  CHECK_BOTH(!skipped("GET /", {0, 4, 0, 0}, {.head = 5}).first);
  CHECK_BOTH(skipped("GET /", {0, 4, 0, 0}, {.start_line = 5}) == std::pair{true, 5u});
  CHECK_BOTH(!skipped("GET /", {0, 4, 0, 0}, {.start_line = 4}).first);
  CHECK_BOTH(!skipped("GET\r\nHost", {5, 8, 1, 0}, {.field_line = 3}).first);
  CHECK_BOTH(!skipped("GET\r\nA:\r\nB", {9, 9, 2, 0}, {.field_lines = 1}).first);
}

TEST_CASE("[ENG-12] octets that end as a head does are read once") {
  using turnout::detail::ends_head;
  CHECK_BOTH(ends_head("GET\r\nA: b\r\n\r\n", {5, 5, 1, 0}));
  CHECK_BOTH(!ends_head("GET\r\nA: b\r\n", {5, 5, 1, 0}));
  CHECK_BOTH(!ends_head("GET\r\nA: b\r\n\r\r", {5, 5, 1, 0}));
  CHECK_BOTH(!ends_head("\r\n", {0, 0, 1, 0}));
  // Empty lines before the start line end no head.
  CHECK_BOTH(!ends_head("\r\n\r\n", {2, 2, 0, 1}));
  const auto skipped = [](resume_mark mark) {
    const bool done =
        turnout::detail::skip_piece<turnout::request_line>("GET\r\nA: b\r\n\r\n", usual, mark);
    return std::pair{done, mark};
  };
  CHECK_BOTH(skipped({5, 5, 1, 0}) == std::pair{false, resume_mark{5, 5, 1, 0}});
}

TEST_CASE("[ENG-01] only lines that end among few octets are skipped") {
  using enum turnout::detail::line_step;
  const auto skipped = [](std::string_view octets, resume_mark mark, const limits& most = usual,
                          message_kind kind = request) {
    const auto what = skip_lines(kind, octets, most, mark);
    return std::pair{what, mark};
  };
  constexpr resume_mark first{5, 5, 1, 0};
  const auto skip = [](resume_mark mark) { return std::pair{need_more, mark}; };
  constexpr auto stay = [](turnout::detail::line_step what) {
    return std::pair{what, resume_mark{5, 5, 1, 0}};
  };
  CHECK_BOTH(skipped("GET\r\nHost: a", first) == skip({5, 12, 1, 0}));
  CHECK_BOTH(skipped("GET\r\nHost: a\r", first) == skip({5, 12, 1, 0}));
  CHECK_BOTH(skipped("GET\r\nHost: a\r\n", first) == skip({14, 14, 2, 0}));
  CHECK_BOTH(skipped("GET\r\nHost: a\r\nB", first) == skip({14, 15, 2, 0}));
  CHECK_BOTH(skipped("GET\r\nHost: a\r\nB:\t\r\n\r", first) == skip({19, 19, 3, 0}));
  CHECK_BOTH(skipped("GET\r\nHost: a\r\n\r\n", first) == stay(end));
  CHECK_BOTH(skipped("GET\r\n\r\nmore", first) == stay(end));
  CHECK_BOTH(skipped("GET\r\n", {0, 3, 0, 0}).first == failed);
  CHECK_BOTH(skipped("GET /", {0, 3, 0, 0}) == skip({0, 5, 0, 0}));
  CHECK_BOTH(skipped("GET\r\n", first) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA\rB", first) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA\nB", first) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA: b\r\n!\r\nC", first) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA: b\r\nB : c\r\nC", first) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA: b\r\n", first, usual, response) == skip({5, 9, 1, 0}));
  CHECK_BOTH(skipped("GET\r\nA: b\r\n", {5, 9, 1, 0}, usual, response) == skip({5, 9, 1, 0}));
  CHECK_BOTH(skipped("GET\r\nA: b\r\nC", {5, 9, 1, 0}, usual, response) == skip({11, 12, 2, 0}));
  CHECK_BOTH(skipped("GET\r\nA: b\rc", first, usual, response) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA: b\r\n c", first, usual, response) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA:b\r\n", first, {.field_line = 3}) == skip({10, 10, 2, 0}));
  CHECK_BOTH(skipped("GET\r\nA:b\r\n", first, {.field_line = 2}) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA:b", first, {.field_line = 2}) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA:b\r\n", first, {.head = 11}) == skip({10, 10, 2, 0}));
  CHECK_BOTH(skipped("GET\r\nA:b\r\n", first, {.head = 10}) == stay(failed));
  CHECK_BOTH(skipped("GET\r\nA:b\r\nC", first, {.field_lines = 1}) == stay(failed));
  CHECK(skipped("GET\r\n" + std::string(64, 'a'), first) == skip({5, 69, 1, 0}));
  CHECK(skipped("GET\r\n" + std::string(65, 'a'), first) == stay(failed));
}

TEST_CASE("[ENG-01] a start line is checked as soon as it is complete") {
  const auto skipped = [](std::string_view octets) {
    resume_mark mark{0, 3, 0, 0};
    const bool done = skip_any_lines<turnout::request_line>(octets, usual, mark);
    return std::pair{done, mark};
  };
  CHECK(skipped("GET / HTTP/1.1\r\nHo") == std::pair{true, resume_mark{16, 18, 1, 0}});
  CHECK(!skipped("G@T / HTTP/1.1\r\nHo").first);
  const std::string more(100, 'a');
  CHECK(skipped("GET / HTTP/1.1\r\n" + more).first);
  CHECK(!skipped("G@T / HTTP/1.1\r\n" + more).first);
}
