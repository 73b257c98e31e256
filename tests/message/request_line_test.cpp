// Request lines: one method, one target, one version, one space between them, and nothing else.
#include "turnout/message/request_line.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::http_version;
using turnout::method;
using turnout::request_line;

namespace {

constexpr bool reads(std::string_view line, method of, std::string_view name,
                     std::string_view target, http_version version) {
  const auto read = request_line::parse(line);
  return read && read->method == of && read->method_name == name && read->target.octets == target &&
         read->version == version;
}

constexpr bool fails(std::string_view line, errc code, std::size_t at) {
  return request_line::parse(line).error() == failure{code, at};
}

// A line with these parts, to be written.
constexpr request_line line_of(std::string_view name, std::string_view target) {
  request_line line;
  line.method = method::other;
  line.method_name = name;
  line.target.octets = target;
  return line;
}

}  // namespace

TEST_CASE("a request line has a method, a target and a version") {
  CHECK_BOTH(reads("GET / HTTP/1.1", method::get, "GET", "/", {1, 1}));
  CHECK_BOTH(reads("POST /a?b HTTP/1.0", method::post, "POST", "/a?b", {1, 0}));
  CHECK_BOTH(reads("OPTIONS * HTTP/1.1", method::options, "OPTIONS", "*", {1, 1}));
  CHECK_BOTH(reads("CONNECT a:443 HTTP/1.1", method::connect, "CONNECT", "a:443", {1, 1}));
  CHECK_BOTH(reads("GET http://b/chat HTTP/1.1", method::get, "GET", "http://b/chat", {1, 1}));
  CHECK_BOTH(reads("!#$%&'*+-.^_`|~ / HTTP/1.2", method::other, "!#$%&'*+-.^_`|~", "/", {1, 2}));
}

TEST_CASE("[MSG-15] a method is a token, any token, and case matters") {
  CHECK_BOTH(reads("get / HTTP/1.1", method::other, "get", "/", {1, 1}));
  CHECK_BOTH(fails("G@T / HTTP/1.1", errc::bad_method, 1));
  CHECK_BOTH(fails(": / HTTP/1.1", errc::bad_method, 0));
  CHECK_BOTH(fails("\xC3\xA9 / HTTP/1.1", errc::bad_method, 0));
  const std::string name(64, 'A');
  CHECK(reads(name + " / HTTP/1.1", method::other, name, "/", {1, 1}));
}

TEST_CASE("[MSG-13] a request line without a version is refused") {
  CHECK_BOTH(fails("GET", errc::bad_request_line, 3));
  CHECK_BOTH(fails("GET /", errc::bad_request_line, 5));
  CHECK_BOTH(fails("GET /a/b", errc::bad_request_line, 8));
  CHECK_BOTH(fails("GET ", errc::bad_request_line, 4));
  CHECK_BOTH(fails("GET / ", errc::bad_request_line, 6));
}

TEST_CASE("[MSG-14] the parts are separated by one space, and nothing is around them") {
  CHECK_BOTH(fails("GET  / HTTP/1.1", errc::bad_request_line, 4));
  CHECK_BOTH(fails("GET /  HTTP/1.1", errc::bad_http_version, 6));
  CHECK_BOTH(fails("GET\t/ HTTP/1.1", errc::bad_method, 3));
  CHECK_BOTH(fails("GET /\tHTTP/1.1", errc::bad_target, 5));
  CHECK_BOTH(fails("GET /!HTTP/1.1", errc::bad_request_line, 14));
  CHECK_BOTH(fails("GET!/ HTTP/1.1", errc::bad_method, 4));
  CHECK_BOTH(fails(" GET / HTTP/1.1", errc::bad_method, 0));
  CHECK_BOTH(fails("GET / HTTP/1.1 ", errc::bad_http_version, 14));
  CHECK_BOTH(fails("GET / HTTP/1.1\t", errc::bad_http_version, 14));
  CHECK_BOTH(fails("", errc::bad_method, 0));
}

TEST_CASE("[MSG-19] [MSG-20] [MSG-24] a bad target fails at its octet in the line") {
  CHECK_BOTH(fails("GET /a b HTTP/1.1", errc::bad_http_version, 7));
  CHECK_BOTH(fails("GET /a#b HTTP/1.1", errc::bad_target, 6));
  CHECK_BOTH(fails("GET /\xC3\xA9 HTTP/1.1", errc::bad_target, 5));
  CHECK_BOTH(fails("GET /\x7F HTTP/1.1", errc::bad_target, 5));
  CHECK_BOTH(fails("GET * HTTP/1.1", errc::bad_target, 4));
  CHECK_BOTH(fails("CONNECT /x HTTP/1.1", errc::bad_target, 8));
  CHECK_BOTH(fails("CONNECT a HTTP/1.1", errc::bad_target, 9));
  CHECK_BOTH(fails("PRI * HTTP/2.0", errc::bad_target, 4));
}

TEST_CASE("[MSG-10] [MSG-12] a bad version fails at its octet in the line") {
  CHECK_BOTH(fails("GET / http/1.1", errc::bad_http_version, 6));
  CHECK_BOTH(fails("GET / HTTP/1.", errc::bad_http_version, 13));
  CHECK_BOTH(fails("GET / HTTP/1", errc::bad_http_version, 12));
  CHECK_BOTH(fails("GET / HTTP/1.10", errc::bad_http_version, 14));
  CHECK_BOTH(fails("GET / HTTP/2.0", errc::unsupported_http_version, 11));
  CHECK_BOTH(fails("GET / HTTP/0.9", errc::unsupported_http_version, 11));
}

TEST_CASE("[GRM-01] [ENG-11] every octet in a method and after one") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string line = "G" + std::string(1, octet) + "T / HTTP/1.1";
    if (turnout::grammar::is_tchar(octet))
      CHECK(request_line::parse(line)->method_name == line.substr(0, 3));
    else if (octet == ' ')
      CHECK(fails(line, errc::bad_target, 3));
    else
      CHECK(fails(line, errc::bad_method, 1));
  }
}

TEST_CASE("[ENG-04] [ENG-08] a request line is written as it was read") {
  constexpr std::string_view lines[] = {"GET / HTTP/1.1", "get /a?b HTTP/1.0",
                                        "CONNECT [::1]:1 HTTP/1.1", "OPTIONS * HTTP/1.9",
                                        "GET http://b:1/c?d HTTP/1.1"};
  for (const std::string_view line : lines) {
    CAPTURE(std::string{line});
    const auto read = request_line::parse(line);
    CHECK(writes(*read, std::string{line} + "\r\n"));
    CHECK(request_line::parse(line) == read);
  }
  CHECK_BOTH(writes(line_of("GET", "/"), "GET / HTTP/1.1\r\n"));
}

TEST_CASE("[MSG-03] [MSG-82] a method or target that would break the line is not written") {
  using guarded::unwritable;
  CHECK_BOTH(unwritable(line_of("GET\r\nX:", "/")) == failure{errc::unwritable, 3});
  CHECK_BOTH(unwritable(line_of("G T", "/")) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(line_of("", "/")) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(line_of("GET", "/ HTTP/1.1\r\nX: y")) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(line_of("GET", "/a\rb")) == failure{errc::unwritable, 2});
  CHECK_BOTH(unwritable(line_of("GET", "")) == failure{errc::unwritable, 0});
}

// GET with plain octets takes a fast path; another method of three letters never does.
TEST_CASE("[MSG-03] a target is read alike after GET and after another method") {
  std::size_t different = 0;
  for (std::size_t size = 1; size <= 70; ++size)
    for (std::size_t place = 0; place < size; ++place)
      for (const char octet : {'/', '?', '#', ' ', '~', '\x80', 'H'}) {
        std::string target = "/" + std::string(size - 1, 'a');
        target[place] = octet;
        target[size / 2] = size % 3 == 0 ? '?' : target[size / 2];
        const std::string get_line = "GET " + target + " HTTP/1.1";
        const std::string put_line = "PUT " + target + " HTTP/1.1";
        const auto get = request_line::parse(get_line);
        const auto put = request_line::parse(put_line);
        const bool same = get.error() == put.error() && (!get || get->target == put->target);
        different += same ? 0 : 1;
      }
  CHECK(different == 0);
}

TEST_CASE("request lines are equal if all their parts are") {
  constexpr auto line = request_line::parse("GET / HTTP/1.1");
  CHECK_BOTH(line == request_line::parse("GET / HTTP/1.1"));
  CHECK_BOTH(!(line == request_line::parse("PUT / HTTP/1.1")));
  CHECK_BOTH(!(line == request_line::parse("GET /a HTTP/1.1")));
  CHECK_BOTH(!(line == request_line::parse("GET / HTTP/1.0")));
  CHECK_BOTH(!(request_line::parse("a / HTTP/1.1") == request_line::parse("b / HTTP/1.1")));
}
