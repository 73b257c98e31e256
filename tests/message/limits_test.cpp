// The limits of one recipient: what the RFCs demand of them where nothing is said.
#include "turnout/message/limits.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"

using turnout::errc;
using turnout::failure;
using turnout::head_step;
using turnout::limits;

namespace {

constexpr limits usual;

heads::reading<turnout::request_line> read_request(const std::string& octets) {
  turnout::resume_mark mark;
  return heads::read<turnout::request_line>(octets, usual, mark,
                                            [](std::string_view, std::string_view) {});
}

/// True if a head that comes in pieces into a buffer is read if it fits, and else fails once the
/// buffer is full and not before.
template <class StartLine>
bool ends_in_buffer(std::string_view head, std::uint32_t size, std::size_t piece) {
  const limits most{.head = size};
  turnout::resume_mark mark;
  for (std::size_t shown = piece;; shown += piece) {
    if (shown > size) shown = size;
    const auto now = heads::read<StartLine>(head.substr(0, shown), most, mark,
                                            [](std::string_view, std::string_view) {});
    if (now.what == head_step::need_more && shown < size) continue;
    if (size >= head.size()) return now.what == head_step::complete;
    return now.what == head_step::failed && shown == size &&
           now.why == failure{errc::head_too_large, size};
  }
}

std::string request_line_of(std::size_t size) {
  constexpr std::string_view rest = "GET / HTTP/1.1";
  return "GET /" + std::string(size - rest.size(), 'a') + " HTTP/1.1";
}

/// What is wrong with chunked content, at the octet in all of it; errc::none if nothing is.
constexpr failure fault(std::string_view octets, const limits& most = usual) {
  turnout::content_reader reader{{turnout::framing_kind::chunked, 0}, turnout::request_line::kind};
  turnout::resume_mark mark;
  for (std::size_t begin = 0;;) {
    const auto now = reader.next(octets.substr(begin), most, mark);
    if (now.what == turnout::content_step::failed) return {now.why.code, begin + now.why.at};
    if (now.what != turnout::content_step::octets) return {};
    begin = octets.size() - now.rest.size();
  }
}

}  // namespace

TEST_CASE("[MSG-05] [MSG-18] the sizes that the RFCs recommend fit into the limits") {
  CHECK_BOTH(usual.start_line >= 8000);
  CHECK_BOTH(usual.empty_lines >= 1);
  CHECK_BOTH(usual.interim_responses >= 1);
}

TEST_CASE("each limit can be reached: a smaller one does not hide it") {
  CHECK_BOTH(usual.head > usual.start_line + usual.field_line);
  CHECK_BOTH(usual.field_lines >= 1);
  CHECK_BOTH(usual.list_elements == turnout::grammar::default_list_elements);
  CHECK_BOTH(usual.chunk_extensions > usual.chunk_line);
}

TEST_CASE("limits for a buffer allow no head and no line that is longer") {
  CHECK_BOTH(limits::for_buffer(32768) == usual);
  CHECK_BOTH(limits::for_buffer(65536) == limits{.head = 65536});
  CHECK_BOTH(limits::for_buffer(8192) ==
             limits{.head = 8192, .start_line = 4096, .field_line = 4096});
  CHECK_BOTH(limits::for_buffer(100) ==
             limits{.head = 100, .start_line = 50, .field_line = 50, .chunk_line = 50});
  CHECK_BOTH(limits::for_buffer(0) ==
             limits{.head = 0, .start_line = 0, .field_line = 0, .chunk_line = 0});
  CHECK_BOTH(limits::for_buffer(SIZE_MAX).head == UINT32_MAX);
}

TEST_CASE("[MSG-44] [ENG-01] [ENG-03] a full buffer without a whole head fails, in any pieces") {
  const std::string request =
      "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(80, 'x') + "\r\n\r\n";
  const std::string folded =
      "HTTP/1.1 200 OK\r\nX:\r\n a\r\nY: " + std::string(80, 'y') + "\r\n\r\n";
  for (std::uint32_t size = 1; size <= request.size(); ++size) {
    CAPTURE(size);
    for (std::uint32_t piece = 1; piece <= size; ++piece) {
      CHECK(ends_in_buffer<turnout::request_line>(request, size, piece));
      CHECK(ends_in_buffer<turnout::status_line>(folded, size, piece));
    }
  }
}

TEST_CASE("[MSG-18] a request line of 8000 octets is read") {
  const auto reading = read_request(request_line_of(8000) + "\r\nHost: a\r\n\r\n");
  CHECK(reading.what == head_step::complete);
  CHECK(reading.head.target.octets.size() == 8000 - std::string_view{"GET  HTTP/1.1"}.size());
}

TEST_CASE("[MSG-17] [ENG-03] a target of 9000 octets fails before the line has ended") {
  const auto reading = read_request("GET /" + std::string(8999, 'a'));
  CHECK(reading.what == head_step::failed);
  CHECK(reading.why == failure{errc::start_line_too_long, usual.start_line});
}

TEST_CASE(
    "[MSG-44] a field line over the limit fails before it has ended, and nothing is cut off") {
  const std::string begin = "GET / HTTP/1.1\r\n";
  const auto reading = read_request(begin + "X: " + std::string(usual.field_line, 'a'));
  CHECK(reading.what == head_step::failed);
  CHECK(reading.why == failure{errc::field_line_too_long, begin.size() + usual.field_line});
}

TEST_CASE("[MSG-71] [ENG-03] a chunk line can be as long as its limit, and one octet more fails") {
  static constexpr std::string_view two = "00a;b\r\n0123456789\r\n000000\r\n\r\n";
  CHECK_BOTH(fault(two, {.chunk_line = 6}) == failure{});
  CHECK_BOTH(fault(two, {.chunk_line = 5}) == failure{errc::chunk_line_too_long, 24});
  CHECK_BOTH(fault(two, {.chunk_line = 4}) == failure{errc::chunk_line_too_long, 4});
  CHECK_BOTH(fault("00000", {.chunk_line = 4}) == failure{errc::chunk_line_too_long, 4});
  CHECK_BOTH(fault("0000\r", {.chunk_line = 4}) == failure{});
  CHECK_BOTH(fault("0", {.chunk_line = 0}) == failure{errc::chunk_line_too_long, 0});
  const std::string longest(usual.chunk_line, '0');
  CHECK(fault(longest + "\r\n") == failure{});
  CHECK(fault(longest + "0") == failure{errc::chunk_line_too_long, usual.chunk_line});
}

TEST_CASE("[MSG-71] [ENG-10] one limit applies to the extensions of all chunks") {
  static constexpr std::string_view three = "1;a\r\nx\r\n1 ; b\r\ny\r\n0;c\r\n\r\n";
  CHECK_BOTH(fault(three, {.chunk_extensions = 8}) == failure{});
  CHECK_BOTH(fault(three, {.chunk_extensions = 7}) == failure{errc::too_many_chunk_extensions, 19});
  CHECK_BOTH(fault(three, {.chunk_extensions = 6}) == failure{errc::too_many_chunk_extensions, 19});
  CHECK_BOTH(fault(three, {.chunk_extensions = 5}) == failure{errc::too_many_chunk_extensions, 9});
  CHECK_BOTH(fault(three, {.chunk_extensions = 1}) == failure{errc::too_many_chunk_extensions, 1});
  CHECK_BOTH(fault("1\r\nx\r\n0\r\n\r\n", {.chunk_extensions = 0}) == failure{});
  const limits most{.chunk_line = UINT16_MAX, .chunk_extensions = UINT16_MAX};
  const std::string all =
      "1;" + std::string(32766, 'a') + "\r\nx\r\n1;" + std::string(32767, 'a') + "\r\ny\r\n0";
  CHECK(fault(all + "\r\n\r\n", most) == failure{});
  CHECK(fault(all + ";a\r\n\r\n", most) == failure{errc::too_many_chunk_extensions, all.size()});
}

TEST_CASE("[MSG-72] [MSG-44] the limits of a head apply to the trailer section") {
  static constexpr std::string_view two = "0\r\nX: y\r\nZ:\r\n\r\n";
  CHECK_BOTH(fault(two, {.head = 12, .field_line = 4, .field_lines = 2}) == failure{});
  CHECK_BOTH(fault(two, {.field_line = 3}) == failure{errc::field_line_too_long, 6});
  CHECK_BOTH(fault(two, {.field_lines = 1}) == failure{errc::too_many_field_lines, 9});
  CHECK_BOTH(fault(two, {.field_lines = 0}) == failure{errc::too_many_field_lines, 3});
  CHECK_BOTH(fault("0\r\n\r\n", {.head = 2, .field_lines = 0}) == failure{});
  for (std::uint32_t most = 0; most < 12; ++most) {
    CAPTURE(most);
    CHECK(fault(two.substr(0, 4 + most), {.head = most}) ==
          failure{errc::head_too_large, 3 + most});
    CHECK(fault(two.substr(0, 3 + most), {.head = most}) ==
          failure{errc::head_too_large, 3 + most});
    CHECK(fault(two.substr(0, 2 + most), {.head = most}) == failure{});
  }
}

TEST_CASE("limits that shrink within one content apply from then on") {
  turnout::content_reader reader{{turnout::framing_kind::chunked, 0}, turnout::request_line::kind};
  turnout::resume_mark mark;
  CHECK(reader.next("1;abc\r\nx", usual, mark).octets == "x");
  CHECK(reader.next("\r\n1;d\r\n", {.chunk_extensions = 3}, mark).why ==
        failure{errc::too_many_chunk_extensions, 3});
}
