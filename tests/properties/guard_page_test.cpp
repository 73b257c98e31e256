// Law: nothing is read past the end of what was given, nor before its begin.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "support/fixtures.hpp"
#include "support/guarded.hpp"
#include "support/heads.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

using namespace turnout;

namespace {

constexpr std::string_view requests[] = {fixtures::plain_request, fixtures::upgrade_request,
                                         fixtures::websocket_request, fixtures::docker_request,
                                         "\r\nGET / HTTP/1.1\r\n\r\nrest"};
constexpr std::string_view responses[] = {fixtures::upgrade_response, fixtures::websocket_response,
                                          "HTTP/1.1 101 S\r\nX:\r\n a\r\n\tb\r\n\r\n\x81"};

// Reads a head, and goes through its fields.
template <class StartLine>
head_step read(std::string_view octets, const limits& most, resume_mark& mark) {
  const auto ignore = [](std::string_view, std::string_view) {};
  const auto reading = heads::read<StartLine>(octets, most, mark, ignore);
  for (const field_line& field : reading.head.fields) (void)field::known_field(field.name);
  return reading.what;
}

// Reads each prefix of a head at both ends of readable memory, and each one after a shorter one.
template <class StartLine>
void check_heads(std::string_view head, const limits& most, std::set<std::size_t>& alignments) {
  guarded::pages memory{head.size()};
  for (std::size_t size = 0; size <= head.size(); ++size) {
    CAPTURE(size);
    const std::string_view prefix = head.substr(0, size);
    const std::string_view before = memory.at_end(prefix);
    alignments.insert(reinterpret_cast<std::uintptr_t>(before.data()) % grammar::block_size);
    resume_mark mark;
    const head_step what = read<StartLine>(before, most, mark);
    for (std::size_t more = size; more <= head.size(); ++more) {
      const std::string_view longer = memory.at_end(head.substr(0, more));
      resume_mark later = mark;
      resume_mark again;
      CHECK(read<StartLine>(longer, most, later) == read<StartLine>(longer, most, again));
    }
    resume_mark again;
    CHECK(read<StartLine>(memory.at_begin(prefix), most, again) == what);
  }
}

// Reads one field value as the value of each field.
void read_as_each_field(std::string_view value) {
  const auto write = [](const auto& read) {
    writer to;
    if (read) read->put(to);
  };
  write(field::upgrade::parse(value));
  write(field::connection::parse(value));
  write(field::expect::parse(value));
  write(field::transfer_encoding::parse(value));
  write(field::content_length::parse(value));
  write(field::host::parse(value));
  write(field::sec_websocket_extensions::parse(value));
  write(field::sec_websocket_protocol::parse(value));
  write(field::sec_websocket_version::parse(value));
  write(field::sec_websocket_key::parse(value));
}

}  // namespace

TEST_CASE(
    "[ENG-02] heads and their prefixes are read up to an unreadable page, at every alignment") {
  std::set<std::size_t> alignments;
  for (const limits& most :
       {limits{}, limits{.head = 50}, limits{.start_line = 16}, limits{.field_line = 9},
        limits{.field_lines = 0}, limits{.field_lines = 2}, limits{.empty_lines = 0}}) {
    for (const std::string_view head : requests) check_heads<request_line>(head, most, alignments);
    for (const std::string_view head : responses) check_heads<status_line>(head, most, alignments);
  }
  CHECK(alignments.size() == grammar::block_size);
}

TEST_CASE("start lines and field lines are read up to an unreadable page") {
  guarded::pages memory{256};
  for (const std::string_view head : requests) {
    for (std::size_t size = 0; size <= head.find('\r'); ++size) {
      (void)request_line::parse(memory.at_end(head.substr(0, size)));
      (void)status_line::parse(memory.at_end(head.substr(0, size)));
      (void)field_line::parse(memory.at_end(head.substr(0, size)));
    }
  }
  CHECK(request_line::parse(memory.at_end("GET / HTTP/1.1")));
}

TEST_CASE("field values are read up to an unreadable page, whatever their field") {
  guarded::pages memory{256};
  for (const std::string_view value :
       {"foo/2, bar, IRC/6.9", "keep-alive\r\n ,\r\n\tUpgrade", "[2001:db8::192.0.2.1]:65535",
        "x; a=\"b\\\"c,d\"; e = f, permessage-deflate;g", "a=\"b\";c=\"\\d\"", "gzip;a = b,chunked",
        "dGhlIHNhbXBsZSBub25jZQ==", "18446744073709551615", "13, 8, 7", ",, \t,"}) {
    for (std::size_t size = 0; size <= value.size(); ++size) {
      const std::string_view prefix = value.substr(0, size);
      read_as_each_field(memory.at_end(prefix));
      read_as_each_field(memory.at_begin(prefix));
    }
  }
  CHECK(field::upgrade::parse(memory.at_end("foo/2")));
}
