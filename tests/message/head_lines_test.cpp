// Cutting a head into lines: what ends a line, what breaks it, the limits, and going on later.
#include "turnout/message/head_lines.hpp"
#include "turnout/message/line_ends.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"

using turnout::errc;
using turnout::failure;
using turnout::limits;
using turnout::resume_mark;
using turnout::detail::cut_line;
using turnout::detail::head_lines;
using turnout::detail::line_step;
using turnout::detail::message_kind;
using enum turnout::detail::message_kind;

namespace {

constexpr limits usual;

// Shows all at once. True if these lines come out and then the end, with `rest` after it.
constexpr bool cuts(message_kind kind, std::string_view octets,
                    std::initializer_list<std::string_view> lines, std::string_view rest = "",
                    const limits& most = usual) {
  auto ahead = head_lines::scan(octets, most, {});
  head_lines cut{kind, octets, most, {}, ahead};
  line_step due = line_step::start_line;
  for (const std::string_view expected : lines) {
    const cut_line line = cut.next();
    if (line.what != due || line.octets != expected) return false;
    due = line_step::field_line;
  }
  const cut_line end = cut.next();
  return end.what == line_step::end && end.octets == rest;
}

// Passes everything at once, and continues to the first failure; errc::none if there is none.
constexpr failure fault(message_kind kind, std::string_view octets, const limits& most = usual) {
  auto ahead = head_lines::scan(octets, most, {});
  head_lines cut{kind, octets, most, {}, ahead};
  for (;;) {
    const cut_line line = cut.next();
    if (line.what == line_step::failed) return line.why;
    if (line.what == line_step::end || line.what == line_step::need_more) return {};
  }
}

constexpr bool fails(message_kind kind, std::string_view octets, errc code, std::size_t at,
                     const limits& most = usual) {
  return fault(kind, octets, most) == failure{code, at};
}

struct cut_up {
  std::vector<std::string> lines{};
  cut_line last{};
  std::size_t shown = 0;
};

// Shows `step` octets more each time, until the end or a failure is found.
cut_up in_steps(message_kind kind, std::string_view octets, std::size_t step,
                const limits& most = usual) {
  cut_up found;
  resume_mark mark;
  while (found.last.what == line_step::need_more && found.shown < octets.size()) {
    found.shown = std::min(found.shown + step, octets.size());
    auto ahead = head_lines::scan(octets.substr(0, found.shown), most, mark);
    head_lines cut{kind, octets.substr(0, found.shown), most, mark, ahead};
    for (;;) {
      found.last = cut.next();
      const line_step what = found.last.what;
      if (what != line_step::start_line && what != line_step::field_line) break;
      found.lines.emplace_back(found.last.octets);
    }
    mark = cut.mark();
  }
  return found;
}

// True if steps of each size find the same lines, and the same end at the same octet.
bool same_in_steps(message_kind kind, std::string_view octets, const limits& most = usual) {
  const cut_up whole = in_steps(kind, octets, octets.size(), most);
  for (std::size_t step = 1; step < octets.size(); ++step) {
    const cut_up found = in_steps(kind, octets, step, most);
    if (found.lines != whole.lines || found.last.what != whole.last.what) return false;
    if (found.last.why != whole.last.why) return false;
    if (found.last.what == line_step::end && found.last.octets.data() != whole.last.octets.data())
      return false;
  }
  return true;
}

constexpr std::string_view request_octets = "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n";
constexpr std::string_view response_octets = "HTTP/1.1 101 S\r\nX:\r\n a\r\n\tb\r\nY: c\r\n\r\n";

constexpr errc code_of(int octet) {
  return octet == '\r' ? errc::bare_cr : octet == '\n' ? errc::bare_lf : errc::control_octet;
}

}  // namespace

TEST_CASE("a head is split into its start line, its field lines and the rest") {
  CHECK_BOTH(cuts(request, request_octets, {"GET / HTTP/1.1", "Host: a", "X:"}));
  CHECK_BOTH(cuts(request, "a\r\n\r\nrest\r\n", {"a"}, "rest\r\n"));
  CHECK_BOTH(cuts(response, "a\r\nb\r\n\r\n\r\n", {"a", "b"}, "\r\n"));
  CHECK_BOTH(cuts(request, "a\r\n\r\n\n", {"a"}, "\n"));
  CHECK_BOTH(fault(request, "") == failure{});
}

TEST_CASE("[MSG-01] [MSG-40] [ENG-11] any octet except control octets is part of a line") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string line = "X: a" + std::string(1, static_cast<char>(i)) + "b";
    const bool fits = i == '\t' || (i >= ' ' && i != 0x7F);
    CHECK(cuts(request, "GET\r\n" + line + "\r\n\r\n", {"GET", line}) == fits);
    CHECK(cuts(response, "HTTP\r\n" + line + "\r\n\r\n", {"HTTP", line}) == fits);
  }
}

TEST_CASE("[MSG-02] a lone LF does not end a line, wherever it is") {
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\nHost: a\n\n", errc::bare_lf, 14));
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", errc::bare_lf, 23));
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\nHost: a\r\n\n", errc::bare_lf, 25));
  CHECK_BOTH(fails(request, "\nGET / HTTP/1.1\r\n\r\n", errc::bare_lf, 0));
}

TEST_CASE("[MSG-04] a CR without LF does not end a line, wherever it is") {
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", errc::bare_cr, 20));
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", errc::bare_cr, 23));
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\r\n", errc::bare_cr, 14));
  CHECK_BOTH(fails(request, "GET / HTTP/1.1\r\n\ra", errc::bare_cr, 16));
  CHECK_BOTH(fails(response, "HTTP/1.1 101 S\r\nX: a\r\n \rb", errc::bare_cr, 23));
}

TEST_CASE(
    "[MSG-02] [MSG-04] [MSG-38] [MSG-39] each control octet fails at its offset as soon as it "
    "arrives") {
  for (const auto& [kind, head] :
       {std::pair{request, request_octets}, std::pair{response, response_octets}}) {
    for (int i = 0; i < 128; ++i) {
      if (i == '\t' || (i >= ' ' && i != 0x7F)) continue;
      for (std::size_t at = 0; at < head.size(); ++at) {
        if (head[at] == '\n') continue;
        CAPTURE(i);
        CAPTURE(at);
        std::string octets{head};
        octets.insert(at, 1, static_cast<char>(i));
        const std::size_t seen_at = at + (i == '\r' ? 2 : 1);
        CHECK(fails(kind, octets, code_of(i), at));
        CHECK(fails(kind, octets.substr(0, seen_at), code_of(i), at));
        CHECK(fault(kind, octets.substr(0, seen_at - 1)) == failure{});
        CHECK(in_steps(kind, octets, 1).shown == seen_at);
      }
    }
  }
}

TEST_CASE("[MSG-04] a CR that any other octet separates from its LF is bare") {
  for (const std::string_view head : {request_octets, response_octets}) {
    const message_kind kind = head == request_octets ? request : response;
    for (std::size_t lf = head.find('\n'); lf != head.npos; lf = head.find('\n', lf + 1)) {
      for (int i = 0; i < 256; ++i) {
        CAPTURE(lf);
        CAPTURE(i);
        std::string octets{head};
        octets[lf] = static_cast<char>(i);
        CHECK((i == '\n' || fails(kind, octets, errc::bare_cr, lf - 1)));
      }
    }
  }
}

TEST_CASE("[MSG-09] a head that begins with a control octet fails at once") {
  CHECK_BOTH(fails(request, "\x16", errc::control_octet, 0));
  CHECK_BOTH(fails(request, "\x16\x03\x01", errc::control_octet, 0));
  CHECK_BOTH(fails(response, "\x15", errc::control_octet, 0));
}

TEST_CASE("[MSG-05] empty lines before a request are skipped up to the limit") {
  CHECK_BOTH(cuts(request, "\r\na\r\n\r\n", {"a"}));
  CHECK_BOTH(fails(request, "\r\n\r\na\r\n\r\n", errc::too_many_empty_lines, 2));
  for (std::uint16_t most = 0; most < 5; ++most) {
    CAPTURE(most);
    std::string octets;
    for (int i = 0; i < most; ++i) octets += "\r\n";
    const std::size_t size = octets.size();
    CHECK(cuts(request, octets + "a\r\n\r\n", {"a"}, "", {.empty_lines = most}));
    octets += "\r\n";
    CHECK(fails(request, octets, errc::too_many_empty_lines, size, {.empty_lines = most}));
    CHECK(same_in_steps(request, octets + "\r\na\r\n\r\n", {.empty_lines = most}));
  }
}

TEST_CASE("an empty line is not skipped before a response") {
  CHECK_BOTH(fails(response, "\r\nHTTP/1.1 101 S\r\n\r\n", errc::bad_status_line, 0));
}

TEST_CASE("[MSG-42] [MSG-43] only in a response does a line continue after CRLF and whitespace") {
  CHECK_BOTH(cuts(response, response_octets, {"HTTP/1.1 101 S", "X:\r\n a\r\n\tb", "Y: c"}));
  CHECK_BOTH(cuts(request, "a\r\nX: y\r\n z\r\n\r\n", {"a", "X: y", " z"}));
  CHECK_BOTH(cuts(response, "a\r\n b\r\n\r\n", {"a", " b"}));
  CHECK_BOTH(cuts(response, "a\r\nX: y\r\n \r\n\r\n", {"a", "X: y\r\n "}));
  CHECK_BOTH(cuts(response, "a\r\nX: y\r\n\r\n z", {"a", "X: y"}, " z"));
  CHECK_BOTH(cuts(response, "a\r\n\r\n z", {"a"}, " z"));
}

TEST_CASE("[ENG-01] a head in pieces is split like a whole one") {
  using namespace fixtures;
  CHECK(same_in_steps(request, request_octets));
  CHECK(same_in_steps(response, response_octets));
  CHECK(same_in_steps(request, "\r\n" + std::string{websocket_request} + "\x81\x05hello"));
  CHECK(same_in_steps(response, std::string{websocket_response} + "\r\n"));
  CHECK(same_in_steps(response, "a\r\nX: y\r\n\r\n z"));
}

TEST_CASE(
    "[MSG-17] [MSG-44] [MSG-45] [ENG-03] each limit can be reached, and one octet more fails") {
  const std::string_view whole = "12345\r\nX: abc\r\nY:\r\n\r\n";
  CHECK_BOTH(fails(request, "123456", errc::start_line_too_long, 5, {.start_line = 5}));
  CHECK_BOTH(fault(request, "12345\r", {.start_line = 5}) == failure{});
  CHECK_BOTH(fails(request, "123456", errc::start_line_too_long, 5, {.head = 6, .start_line = 5}));
  CHECK_BOTH(fails(request, "123456", errc::head_too_large, 5, {.head = 5, .start_line = 5}));
  CHECK_BOTH(fails(response, "\x31\r\n1234", errc::field_line_too_long, 6, {.field_line = 3}));
  for (const message_kind kind : {request, response}) {
    CHECK(cuts(kind, whole, {"12345", "X: abc", "Y:"}, "",
               {.head = 21, .start_line = 5, .field_line = 6, .field_lines = 2}));
    CHECK(fails(kind, whole, errc::start_line_too_long, 4, {.start_line = 4}));
    CHECK(fails(kind, whole, errc::field_line_too_long, 12, {.field_line = 5}));
    CHECK(fails(kind, whole, errc::too_many_field_lines, 15, {.field_lines = 1}));
    CHECK(fails(kind, whole, errc::too_many_field_lines, 7, {.field_lines = 0}));
    CHECK(cuts(kind, "1\r\n\r\n", {"1"}, "", {.field_lines = 0}));
    for (std::uint32_t most = 0; most < whole.size(); ++most) {
      CAPTURE(most);
      const limits head{.head = most};
      CHECK(fails(kind, whole, errc::head_too_large, most, head));
      CHECK(fails(kind, whole.substr(0, most + 1), errc::head_too_large, most, head));
      CHECK(fails(kind, whole.substr(0, most), errc::head_too_large, most, head));
      if (most > 0) CHECK(fault(kind, whole.substr(0, most - 1), head) == failure{});
    }
  }
}

TEST_CASE("[MSG-43] [MSG-45] folds count for the limit of their line, and not as lines") {
  const std::string_view whole = "1\r\nX:\r\n a\r\n\r\n";
  CHECK_BOTH(fails(response, "1\r\nX:\r\n a", errc::field_line_too_long, 8, {.field_line = 5}));
  CHECK(cuts(response, whole, {"1", "X:\r\n a"}, "", {.field_line = 6, .field_lines = 1}));
  for (std::uint32_t most = 2; most < 6; ++most)
    CHECK(fails(response, whole, errc::field_line_too_long, 3 + most, {.field_line = most}));
}

TEST_CASE("[ENG-01] [ENG-03] whatever the limits, pieces fail like the whole") {
  const std::string before = "\r\n" + std::string{request_octets} + "rest";
  const std::string folded = std::string{response_octets} + "rest";
  for (std::uint32_t most = 0; most < 45; ++most) {
    CAPTURE(most);
    const std::uint16_t few = static_cast<std::uint16_t>(most % 4);
    for (const limits& some :
         {limits{.head = most}, limits{.start_line = most}, limits{.field_line = most},
          limits{.field_lines = few}, limits{.head = most, .field_line = most / 2},
          limits{.head = most, .start_line = most, .field_line = most, .field_lines = few}}) {
      CHECK(same_in_steps(request, before, some));
      CHECK(same_in_steps(response, folded, some));
    }
  }
}

TEST_CASE("[ENG-10] the largest limit on field lines can be reached, and one line more fails") {
  const limits most{.head = 1u << 20, .field_lines = UINT16_MAX};
  std::string octets = "a\r\n";
  for (int i = 0; i < UINT16_MAX; ++i) octets += "b:\r\n";
  const cut_up found = in_steps(request, octets + "\r\n", octets.size() + 2, most);
  CHECK(found.last.what == line_step::end);
  CHECK(found.lines.size() == UINT16_MAX + 1u);
  CHECK(fails(request, octets + "b:\r\n\r\n", errc::too_many_field_lines, octets.size(), most));
}

TEST_CASE("a mark says how far a head was read") {
  CHECK(in_steps(request, "", 1).last.what == line_step::need_more);
  const auto mark_of = [](message_kind kind, std::string_view octets) {
    auto ahead = head_lines::scan(octets, usual, {});
    head_lines cut{kind, octets, usual, {}, ahead};
    while (cut.next().what != line_step::need_more) continue;
    return cut.mark();
  };
  CHECK(mark_of(request, "") == resume_mark{});
  CHECK(mark_of(request, "GET") == resume_mark{0, 3, 0, 0});
  CHECK(mark_of(request, "GET\r") == resume_mark{0, 3, 0, 0});
  CHECK(mark_of(request, "GET\r\n") == resume_mark{5, 5, 1, 0});
  CHECK(mark_of(request, "\r\nGET\r\nX: y\r\nZ") == resume_mark{13, 14, 2, 1});
  CHECK(mark_of(response, "a\r\nX: y\r\n") == resume_mark{3, 7, 1, 0});
  CHECK(mark_of(response, "a\r\nX: y\r\n z") == resume_mark{3, 11, 1, 0});
}

namespace {

// As in_steps() with one step, but takes usual lines wherever it can.
cut_up with_usual_lines(message_kind kind, std::string_view octets, std::size_t& usual_lines,
                        std::size_t& wrong_names, const limits& most = usual) {
  cut_up found;
  auto ahead = head_lines::scan(octets, most, {});
  head_lines cut{kind, octets, most, {}, ahead};
  for (;;) {
    const auto take = [&](std::string_view line) {
      if (line.front() == '!') return false;  // to be left to next()
      found.lines.emplace_back(line);
      ++usual_lines;
      return true;
    };
    cut.take_common_lines(take, [&](std::string_view line, std::size_t name) {
      const auto begin = static_cast<std::size_t>(line.data() - octets.data());
      wrong_names += name != turnout::detail::plain_name_size(octets, begin);
      return take(line);
    });
    found.last = cut.next();
    const line_step what = found.last.what;
    if (what != line_step::start_line && what != line_step::field_line) return found;
    found.lines.emplace_back(found.last.octets);
  }
}

}  // namespace

TEST_CASE("[ENG-12] no line is taken as a common one if its beginning was read before") {
  constexpr std::string_view octets = "GET / HTTP/1.1\r\nX: y\r\n\r\n";
  constexpr resume_mark in_the_middle{0, 3, 0, 0};
  auto ahead = head_lines::scan(octets, usual, in_the_middle);
  head_lines cut{request, octets, usual, in_the_middle, ahead};
  int taken = 0;
  cut.take_common_lines([&](std::string_view) { return ++taken > 0; },
                        [&](std::string_view, std::size_t) { return ++taken > 0; });
  CHECK(taken == 0);
  CHECK(cut.next().octets == "GET / HTTP/1.1");
}

TEST_CASE("[MSG-02] [MSG-04] [MSG-34] common lines are the same with and without the fast path") {
  constexpr std::string_view pieces[] = {"a: b\r\n", "Upgrade: websocket\r\n",
                                         "\r\n",     "\r",
                                         "\n",       "\t",
                                         " ",        "!a: b\r\n",
                                         "x",        "\x7F",
                                         "\x80",     "c:\r\n",
                                         "\r\n d",   "aaaaaaaaaaaaaaaaaaaa"};
  std::uint32_t random = 1;
  std::size_t usual_lines = 0;
  std::size_t wrong = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string octets = round % 8 == 0 ? "!\r\n" : "GET / HTTP/1.1\r\n";
    for (int piece = 0; piece < 24; ++piece) {
      random = random * 1664525 + 1013904223;
      // Three of four are lines, so that heads get long.
      octets +=
          pieces[(random >> 16) % 4 == 0 ? (random >> 20) % std::size(pieces) : (random >> 20) % 2];
    }
    for (const message_kind kind : {request, response}) {
      const cut_up naive = in_steps(kind, octets, octets.size());
      const cut_up found = with_usual_lines(kind, octets, usual_lines, wrong);
      wrong += found.lines != naive.lines || found.last.what != naive.last.what ||
               found.last.why != naive.last.why || found.last.octets != naive.last.octets;
    }
  }
  CHECK(wrong == 0);
  CHECK(usual_lines > 200000);
}

TEST_CASE("[MSG-44] [ENG-03] the fast path takes no line that is too long, the last one neither") {
  constexpr limits most{.start_line = 20, .field_line = 20};
  for (std::size_t lines = 1; lines < 6; ++lines)
    for (std::size_t at = 0; at < lines; ++at)
      for (const std::size_t size : {20u, 21u}) {
        CAPTURE(lines);
        CAPTURE(at);
        std::string octets = "GET / HTTP/1.1\r\n";
        for (std::size_t i = 0; i < lines; ++i)
          octets += "a:" + std::string(i == at ? size - 2 : 1, 'x') + "\r\n";
        octets += "\r\n" + std::string(64, 'x');
        std::size_t usual_lines = 0;
        std::size_t wrong_names = 0;
        const cut_up found = with_usual_lines(request, octets, usual_lines, wrong_names, most);
        const failure expected =
            size == 20 ? failure{} : failure{errc::field_line_too_long, 16 + 5 * at + 20};
        CHECK(found.last.why == expected);
      }
}
