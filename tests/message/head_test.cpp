// One head: start line, fields and what follows, however it arrives.
#include "turnout/message/head.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/heads.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"

using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::head_step;
using turnout::limits;
using turnout::method;
using turnout::request_line;
using turnout::resume_mark;
using turnout::status_line;
using namespace std::string_view_literals;

namespace {

constexpr limits usual;

template <class StartLine>
constexpr heads::reading<StartLine> read(std::string_view octets, const limits& most = usual) {
  resume_mark mark;
  return heads::read<StartLine>(octets, most, mark, [](std::string_view, std::string_view) {});
}

template <class StartLine>
constexpr bool fails(std::string_view octets, errc code, std::size_t at) {
  const auto reading = read<StartLine>(octets);
  return reading.what == head_step::failed && reading.why == failure{code, at};
}

// True if a request has these fields, and nothing after it.
constexpr bool has(std::string_view octets, std::initializer_list<field_line> fields) {
  const auto reading = read<request_line>(octets);
  return reading.what == head_step::complete && reading.head.octets == octets &&
         reading.rest.empty() && std::ranges::equal(reading.head.fields, fields);
}

struct arrival {
  std::size_t first;  // how many octets are shown at first
  std::size_t step;   // and how many more each time
};

template <class StartLine>
struct outcome {
  heads::reading<StartLine> reading{};
  std::vector<field_line> seen{};  // in the last call
  std::size_t seen_between = 0;    // in all calls but the first and the last
  resume_mark mark{};
  std::string_view shown{};
};

// Shows more and more of `octets` until the head is there or can't be.
template <class StartLine>
outcome<StartLine> receive(std::string_view octets, arrival come, const limits& most = usual) {
  outcome<StartLine> now;
  for (std::size_t size = come.first;; size += come.step) {
    if (!now.shown.empty() && now.shown.size() > come.first) now.seen_between += now.seen.size();
    now.seen.clear();
    now.shown = octets.substr(0, size);
    now.reading = heads::read<StartLine>(now.shown, most, now.mark,
                                         [&now](std::string_view name, std::string_view value) {
                                           now.seen.push_back({name, value});
                                         });
    if (now.reading.what != head_step::need_more || size >= octets.size()) return now;
  }
}

template <class StartLine>
bool same(const outcome<StartLine>& one, const outcome<StartLine>& whole) {
  const auto& head = one.reading.head;
  if (one.reading.what != whole.reading.what || one.reading.why != whole.reading.why) return false;
  if (one.reading.what != head_step::complete) return true;
  const auto plain = whole.reading.head.fields.plain();
  return head == whole.reading.head && head.fields.plain().count == plain.count &&
         head.octets.data() == whole.shown.data() &&
         one.reading.rest == one.shown.substr(head.octets.size()) && one.seen == whole.seen &&
         one.seen_between == 0 && one.mark == resume_mark{};
}

// How a head in pieces differs from the whole one: each two-way split, and steps of each size.
template <class StartLine>
std::string difference(std::string_view octets, const limits& most = usual) {
  const auto whole = receive<StartLine>(octets, {octets.size(), 1}, most);
  for (std::size_t size = 0; size <= octets.size(); ++size) {
    const std::string text = std::to_string(size) + " of: " + std::string{octets};
    if (!same(receive<StartLine>(octets, {size, octets.size() + 1}, most), whole))
      return "split at " + text;
    if (size > 0 && !same(receive<StartLine>(octets, {size, size}, most), whole))
      return "in steps of " + text;
  }
  return "";
}

// Each head that comes of `octets` when one octet is left out, replaced or put in.
std::vector<std::string> variants(std::string_view octets) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < octets.size(); ++at) {
    all.emplace_back(octets).erase(at, 1);
    for (const char octet : "\0\t\n\r ,/0:?Aa\x7F\xFF"sv) {
      all.emplace_back(octets)[at] = octet;
      all.emplace_back(octets).insert(at, 1, octet);
    }
  }
  return all;
}

constexpr std::string_view short_request = "\r\nGET /a HTTP/1.1\r\nHost: a\r\nb:\tc \r\n\r\nrest";
constexpr std::string_view short_response =
    "HTTP/1.1 101 S\r\nX:\r\n a,\r\n\tb\r\nY: c\r\n\r\nrest";

}  // namespace

TEST_CASE("a head has its start line, its fields and its octets") {
  using fixtures::upgrade_request;
  CHECK_BOTH(read<request_line>(upgrade_request).head.method == method::get);
  CHECK_BOTH(read<request_line>(upgrade_request).head.target.path == "/x");
  CHECK_BOTH(
      has(upgrade_request, {{"Host", "a"}, {"Connection", "Upgrade"}, {"Upgrade", "foo/2"}}));
  CHECK_BOTH(read<request_line>(upgrade_request).head.fields.octets() ==
             "Host: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n");
  CHECK_BOTH(read<status_line>(fixtures::upgrade_response).head.status == 101);
  CHECK_BOTH(has("GET / HTTP/1.0\r\n\r\n", {}));
}

TEST_CASE("[UPG-25] [ENG-02] a head ends with its empty line, and not one octet later") {
  const auto check = [](const auto& reading, std::string_view all, std::size_t size) {
    CHECK(reading.head.octets == all.substr(0, size));
    CHECK(reading.rest == all.substr(size));
    CHECK(reading.rest.data() == all.data() + size);
  };
  for (const std::string_view rest :
       {"", "\r", "\r\n", "\n", " x", "\x81\x05hello", "GET / HTTP"}) {
    const std::string request = std::string{fixtures::websocket_request} + std::string{rest};
    const std::string response = std::string{fixtures::upgrade_response} + std::string{rest};
    check(read<request_line>(request), request, fixtures::websocket_request.size());
    check(read<status_line>(response), response, fixtures::upgrade_response.size());
  }
}

TEST_CASE("[MSG-05] an empty line before a request belongs to its head") {
  constexpr std::string_view octets = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
  CHECK_BOTH(has(octets, {{"Host", "a"}}));
  CHECK_BOTH(read<request_line>(octets).head.octets.size() == 29);
  CHECK_BOTH(fails<request_line>("\r\n\r\nGET / HTTP/1.1\r\n\r\n", errc::too_many_empty_lines, 2));
  CHECK_BOTH(fails<status_line>("\r\nHTTP/1.1 101 S\r\n\r\n", errc::bad_status_line, 0));
}

TEST_CASE("[MSG-46] without its last octet a head is not complete") {
  using fixtures::websocket_request, fixtures::websocket_response;
  for (std::size_t size = 0; size < websocket_request.size(); ++size)
    CHECK(read<request_line>(websocket_request.substr(0, size)).what == head_step::need_more);
  for (std::size_t size = 0; size < websocket_response.size(); ++size)
    CHECK(read<status_line>(websocket_response.substr(0, size)).what == head_step::need_more);
}

TEST_CASE("a broken or malformed line fails at its octet in the head") {
  // [MSG-02] [MSG-09] [MSG-10] [MSG-13] [MSG-19] [MSG-31] [MSG-32] [MSG-34] [MSG-38] [MSG-39]
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\nHost: a\n\n", errc::bare_lf, 14));
  CHECK_BOTH(fails<request_line>("\x16", errc::control_octet, 0));
  CHECK_BOTH(fails<request_line>("\r\nGET / HTTP/1.10\r\n", errc::bad_http_version, 16));
  CHECK_BOTH(fails<request_line>("GET /\r\n\r\n", errc::bad_request_line, 5));
  CHECK_BOTH(fails<request_line>("GET /a b HTTP/1.1\r\n", errc::bad_http_version, 7));
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\r\nfoo\r\n", errc::missing_colon, 19));
  CHECK_BOTH(
      fails<request_line>("GET / HTTP/1.1\r\na: b\r\nc : d\r\n", errc::space_before_colon, 23));
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\r\n: b\r\n", errc::bad_field_name, 16));
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\r\nX: a\0"sv, errc::control_octet, 20));
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\r\nX: a\x7F", errc::control_octet, 20));
  CHECK_BOTH(fails<status_line>("HTTP/1.1 10 X\r\n", errc::bad_status_line, 11));
  CHECK_BOTH(fails<status_line>("HTTP/1.1 101 S\r\nX : y\r\n\r\n", errc::space_before_colon, 17));
  CHECK_BOTH(
      fails<status_line>("HTTP/1.1 101 S\r\nX\r\n : y\r\n\r\n", errc::space_before_colon, 17));
}

TEST_CASE("[MSG-08] whitespace after the start line is neither a field line nor a fold") {
  constexpr std::string_view request = "GET / HTTP/1.1\r\n Upgrade: foo/2\r\nHost: a\r\n\r\n";
  constexpr std::string_view response = "HTTP/1.1 101 S\r\n\tUpgrade: foo/2\r\n\r\n";
  CHECK_BOTH(fails<request_line>(request, errc::leading_whitespace, 16));
  CHECK_BOTH(fails<status_line>(response, errc::leading_whitespace, 16));
  CHECK(difference<request_line>(request) == "");
  CHECK(difference<status_line>(response) == "");
}

TEST_CASE("[MSG-42] a fold is refused in a request") {
  CHECK_BOTH(fails<request_line>("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n Upgrade: foo/2\r\n\r\n",
                                 errc::folded_field_line, 31));
}

TEST_CASE("[MSG-43] a fold is part of its field line in a response") {
  constexpr std::string_view octets =
      "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade:\r\n foo/2\r\n\r\n";
  CHECK_BOTH(std::ranges::equal(
      read<status_line>(octets).head.fields,
      std::initializer_list<field_line>{{"Connection", "Upgrade"}, {"Upgrade", "foo/2"}}));
}

TEST_CASE("a head counts its lines if each is as put() writes it") {
  const auto count = [](const std::string& lines) {
    const std::string octets = "HTTP/1.1 101 X\r\n" + lines + "\r\n";
    const auto reading = read<status_line>(octets);
    CHECK(reading.what == head_step::complete);
    CHECK(reading.head.fields == turnout::field_lines{lines});
    return reading.head.fields.plain().count;
  };
  const std::string line(60, 'x');
  for (const std::string& more : {std::string{}, "A: " + line + "\r\n", line + ": a\r\n"}) {
    CAPTURE(more);
    const auto own = static_cast<std::uint32_t>(more.empty() ? 0 : 1);
    CHECK(count(more) == own);
    CHECK(count("A: b\r\n" + more + "C: \r\n") == 2 + own);
    CHECK(count(more + "a^: b\r\n" + more + "C: d\r\n") == 2 + 2 * own);
    for (const char* const other : {"A:b", "A: b ", "A:  b", "A:", "A:\tb", "A: b\r\n c"})
      CHECK(count("A: b\r\n" + more + other + "\r\n" + more) == 0);
  }
  CHECK(turnout::field_lines{"A: b\r\n"}.plain().count == 0);
}

TEST_CASE("[ENG-01] a head in pieces is read like the whole one") {
  using namespace fixtures;
  for (const std::string_view octets :
       {plain_request, upgrade_request, websocket_request, docker_request, short_request})
    CHECK(difference<request_line>(octets) == "");
  for (const std::string_view octets : {upgrade_response, websocket_response, short_response})
    CHECK(difference<status_line>(octets) == "");
}

TEST_CASE("[ENG-01] a bad head in pieces fails like the whole one") {
  std::string first;
  std::size_t differing = 0;
  const auto count = [&](const std::string& found) {
    if (!found.empty() && differing++ == 0) first = found;
  };
  for (const std::string& octets : variants(short_request)) count(difference<request_line>(octets));
  for (const std::string& octets : variants(short_response)) count(difference<status_line>(octets));
  CHECK(first == "");
  CHECK(differing == 0);
}

TEST_CASE("[ENG-01] [ENG-03] whatever the limits, a head in pieces is read like the whole one") {
  for (std::uint32_t most = 0; most < 64; ++most) {
    for (const limits& some :
         {limits{.head = most}, limits{.start_line = most}, limits{.field_line = most},
          limits{.field_lines = static_cast<std::uint16_t>(most % 5)},
          limits{.empty_lines = static_cast<std::uint16_t>(most % 2)}}) {
      CHECK(difference<request_line>(short_request, some) == "");
      CHECK(difference<status_line>(short_response, some) == "");
    }
  }
}

TEST_CASE("the call that completes a head passes each field to `see` once, in order") {
  const std::string_view octets = fixtures::websocket_request;
  for (std::size_t first = 0; first <= octets.size(); ++first) {
    CAPTURE(first);
    const auto found = receive<request_line>(octets, {first, 1});
    CHECK(std::ranges::equal(found.seen, found.reading.head.fields));
    CHECK(found.seen_between == 0);
  }
}

TEST_CASE("[MSG-84] a mark is reset after a head, and unchanged after a failure") {
  const std::string both = std::string{fixtures::plain_request} + std::string{short_request};
  const auto first = receive<request_line>(both, {7, 3});
  CHECK(first.mark == resume_mark{});
  const std::string_view after = std::string_view{both}.substr(first.reading.head.octets.size());
  CHECK(receive<request_line>(after, {1, 1}).reading.head.target.path == "/a");

  const auto ignore = [](std::string_view, std::string_view) {};
  const std::string_view bad = "GET / HTTP/1.1\r\nfoo\r\n\r\n";
  resume_mark mark;
  (void)heads::read<request_line>(bad.substr(0, 17), usual, mark, ignore);
  const resume_mark before = mark;
  for (int i = 0; i < 3; ++i)
    CHECK(heads::read<request_line>(bad, usual, mark, ignore).why ==
          failure{errc::missing_colon, 19});
  CHECK(mark == before);
}

TEST_CASE("[MSG-36] [MSG-37] values are trimmed in a long head as in a short one") {
  constexpr std::string_view request =
      "GET / HTTP/1.1\r\nHost: example.com\r\nA: \ta\r\nB: b\t\r\nC:c\r\nD: \r\nE:  e \r\n"
      "F: f\tf\r\nG_g: g\r\nH: h\r\n\r\n";
  constexpr std::string_view response =
      "HTTP/1.1 101 Switching Protocols\r\nA: a\r\n b\r\nB: \r\n b\r\nC: c\r\n \r\nD: d\t\r\nE: "
      "e\r\n\t\r\n\r\n";
  const std::vector<field_line> asked{
      {"Host", "example.com"}, {"A", "a"},   {"B", "b"}, {"C", "c"}, {"D", ""}, {"E", "e"},
      {"F", "f\tf"},           {"G_g", "g"}, {"H", "h"}};
  const std::vector<field_line> answered{
      {"A", "a\r\n b"}, {"B", "b"}, {"C", "c"}, {"D", "d"}, {"E", "e"}};
  CHECK(receive<request_line>(request, {request.size(), 1}).seen == asked);
  CHECK(receive<status_line>(response, {response.size(), 1}).seen == answered);
  CHECK(difference<request_line>(request) == "");
  CHECK(difference<status_line>(response) == "");
}

TEST_CASE("each step of reading a head has its name") {
  CHECK_BOTH(name_of(turnout::head_step::need_more) == "need_more");
  CHECK_BOTH(name_of(turnout::head_step::complete) == "complete");
  CHECK_BOTH(name_of(turnout::head_step::failed) == "failed");
}
