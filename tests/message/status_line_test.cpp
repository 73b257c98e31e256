// Status lines: three digits between a version and a reason phrase that means nothing.
#include "turnout/message/status_line.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::unwritable;
using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::http_version;
using turnout::status_line;

namespace {

constexpr bool reads(std::string_view line, std::uint16_t status, std::string_view reason,
                     http_version version = {1, 1}) {
  return status_line::parse(line) == status_line{version, status, reason};
}

constexpr bool fails(std::string_view line, errc code, std::size_t at) {
  return status_line::parse(line).error() == failure{code, at};
}

}  // namespace

TEST_CASE("[MSG-54] a status line has a version, a status code and any reason phrase") {
  CHECK_BOTH(reads("HTTP/1.1 101 Switching Protocols", 101, "Switching Protocols"));
  CHECK_BOTH(reads("HTTP/1.1 101 UPGRADED", 101, "UPGRADED"));
  CHECK_BOTH(reads("HTTP/1.1 101 404 Not Found", 101, "404 Not Found"));
  CHECK_BOTH(reads("HTTP/1.0 200 OK", 200, "OK", {1, 0}));
  CHECK_BOTH(reads("HTTP/1.2 200  \tO K ", 200, " \tO K ", {1, 2}));
}

TEST_CASE("[MSG-53] a reason phrase may be empty, and its space may then be missing") {
  CHECK_BOTH(reads("HTTP/1.1 101 ", 101, ""));
  CHECK_BOTH(reads("HTTP/1.1 101", 101, ""));
}

TEST_CASE("[MSG-49] a status code is three digits, with one space on each side") {
  CHECK_BOTH(fails("HTTP/1.1 10 X", errc::bad_status_line, 11));
  CHECK_BOTH(fails("HTTP/1.1 1010 X", errc::bad_status_line, 12));
  CHECK_BOTH(fails("HTTP/1.1 1O1 X", errc::bad_status_line, 10));
  CHECK_BOTH(fails("HTTP/1.1 +101 X", errc::bad_status_line, 9));
  CHECK_BOTH(fails("HTTP/1.1  101 X", errc::bad_status_line, 9));
  CHECK_BOTH(fails("HTTP/1.1 101\tX", errc::bad_status_line, 12));
  CHECK_BOTH(fails("HTTP/1.1 X", errc::bad_status_line, 9));
}

TEST_CASE("a status line that is cut short fails at its end") {
  constexpr std::string_view line = "HTTP/1.1 101";
  for (std::size_t size = 0; size < line.size(); ++size) {
    CAPTURE(size);
    const errc code = size < 8 ? errc::bad_http_version : errc::bad_status_line;
    CHECK(fails(line.substr(0, size), code, size));
  }
}

TEST_CASE("[MSG-10] [MSG-12] a status line begins with a version") {
  CHECK_BOTH(fails("", errc::bad_http_version, 0));
  CHECK_BOTH(fails(" HTTP/1.1 101 X", errc::bad_http_version, 0));
  CHECK_BOTH(fails("http/1.1 101 X", errc::bad_http_version, 0));
  CHECK_BOTH(fails("HTTP/1 101 X", errc::bad_http_version, 6));
  CHECK_BOTH(fails("HTTP/1.1\t101 X", errc::bad_http_version, 8));
  CHECK_BOTH(fails("HTTP/1.10 101 X", errc::bad_http_version, 8));
  CHECK_BOTH(fails("HTTP/2.0 101 X", errc::unsupported_http_version, 5));
  CHECK_BOTH(fails("ICY 200 OK", errc::bad_http_version, 0));
}

TEST_CASE("[MSG-54] [ENG-11] a reason phrase holds HTAB, SP, VCHAR and obs-text") {
  CHECK_BOTH(
      fails("HTTP/1.1 101 a\x01"
            "b",
            errc::bad_reason_phrase, 14));
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string line = "HTTP/1.1 101 a" + std::string(1, static_cast<char>(i)) + "b";
    if (i == '\t' || (i >= ' ' && i != 0x7F))
      CHECK(reads(line, 101, std::string_view{line}.substr(13)));
    else
      CHECK(fails(line, errc::bad_reason_phrase, 14));
  }
}

TEST_CASE("[MSG-49] [ENG-11] every octet at the place of each digit, and after them") {
  const std::string line = "HTTP/1.1 200 OK";
  for (std::size_t at = 9; at < 13; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string octets = line;
      octets[at] = static_cast<char>(i);
      const bool fits = at == 12 ? i == ' ' : i >= '0' && i <= '9';
      CHECK(status_line::parse(octets).error() ==
            (fits ? failure{} : failure{errc::bad_status_line, at}));
    }
  }
}

TEST_CASE("[MSG-50] [MSG-51] each number is read; those from 100 to 199 are interim responses") {
  for (int status = 0; status < 1000; ++status) {
    CAPTURE(status);
    const std::string line = "HTTP/1.1 " + std::to_string(1000 + status).substr(1) + " X";
    const auto read = status_line::parse(line);
    CHECK(read->status == status);
    CHECK(read->is_interim() == (line[9] == '1'));
    if (status >= 100)
      CHECK(writes(*read, line + "\r\n"));
    else
      CHECK(unwritable(*read) == failure{errc::bad_status_to_write, 0});
  }
  CHECK_BOTH(!status_line{{}, 99, {}}.is_interim());
  CHECK_BOTH(status_line{{}, 100, {}}.is_interim());
  CHECK_BOTH(status_line{{}, 199, {}}.is_interim());
  CHECK_BOTH(!status_line{{}, 200, {}}.is_interim());
}

TEST_CASE("[MSG-52] [ENG-04] the space before the reason phrase is always written") {
  CHECK_BOTH(writes(status_line{}, "HTTP/1.1 200 \r\n"));
  CHECK_BOTH(writes(status_line{{1, 0}, 404, "Not Found"}, "HTTP/1.0 404 Not Found\r\n"));
  CHECK_BOTH(writes(status_line{{}, 999, ""}, "HTTP/1.1 999 \r\n"));
  CHECK_BOTH(unwritable(status_line{{}, 1000, ""}) == failure{errc::bad_status_to_write, 0});
}

TEST_CASE("[MSG-03] [MSG-82] a reason phrase that would break the line is not written") {
  using namespace std::string_view_literals;
  CHECK_BOTH(unwritable(status_line{{}, 200, "a\r\nX: y"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(status_line{{}, 200, "\n"}) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(status_line{{}, 200, "ab\0"sv}) == failure{errc::unwritable, 2});
}
