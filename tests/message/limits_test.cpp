// The limits of one recipient: what the RFCs demand of them where nothing is said.
#include "turnout/message/limits.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/both.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/message/head.hpp"

using turnout::errc;
using turnout::failure;
using turnout::head_step;
using turnout::limits;

namespace {

constexpr limits usual;

turnout::head_reading<turnout::request_line> read_request(const std::string& octets) {
  turnout::resume_mark mark;
  return turnout::read_head<turnout::request_line>(octets, usual, mark,
                                                   [](std::string_view, std::string_view) {});
}

std::string request_line_of(std::size_t size) {
  constexpr std::string_view rest = "GET / HTTP/1.1";
  return "GET /" + std::string(size - rest.size(), 'a') + " HTTP/1.1";
}

}  // namespace

TEST_CASE("[MSG-05] [MSG-18] what the RFCs recommend fits into the limits") {
  CHECK_BOTH(usual.start_line >= 8000);
  CHECK_BOTH(usual.empty_lines >= 1);
  CHECK_BOTH(usual.interim_responses >= 1);
}

TEST_CASE("each limit can be reached: a smaller one does not hide it") {
  CHECK_BOTH(usual.head > usual.start_line + usual.field_line);
  CHECK_BOTH(usual.field_lines >= 1);
  CHECK_BOTH(usual.list_elements == turnout::default_list_elements);
}

TEST_CASE("limits are a value") {
  CHECK_BOTH(limits{} == usual);
  CHECK_BOTH(!(limits{.head = 1} == usual));
  CHECK_BOTH(!(limits{.start_line = 1} == usual));
  CHECK_BOTH(!(limits{.field_line = 1} == usual));
  CHECK_BOTH(!(limits{.field_lines = 1} == usual));
  CHECK_BOTH(!(limits{.empty_lines = 2} == usual));
  CHECK_BOTH(!(limits{.list_elements = 1} == usual));
  CHECK_BOTH(!(limits{.interim_responses = 1} == usual));
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
