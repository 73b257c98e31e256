// HTTP versions: which octets are one, how they compare and how they are written.
#include "turnout/message/http_version.hpp"

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

namespace {

constexpr std::string_view version = "HTTP/1.1";

constexpr bool fails(std::string_view octets, errc code, std::size_t at) {
  return http_version::parse(octets).error() == failure{code, at};
}

// What the octet at `at` has to be, told without the parser.
bool fits(std::size_t at, char octet) {
  return at == 7 ? octet >= '0' && octet <= '9' : octet == version[at];
}

}  // namespace

TEST_CASE("[MSG-11] each minor version of HTTP/1 is read") {
  CHECK_BOTH(http_version{} == turnout::http_1_1);
  CHECK_BOTH(http_version::parse("HTTP/1.1") == turnout::http_1_1);
  CHECK_BOTH(http_version::parse("HTTP/1.0") == http_version{1, 0});
  CHECK_BOTH(http_version::parse("HTTP/1.2") == http_version{1, 2});
  CHECK_BOTH(http_version::parse("HTTP/1.9") == http_version{1, 9});
}

TEST_CASE("[MSG-12] another major version is a version, but not a supported one") {
  CHECK_BOTH(fails("HTTP/2.0", errc::unsupported_http_version, 5));
  CHECK_BOTH(fails("HTTP/0.9", errc::unsupported_http_version, 5));
  CHECK_BOTH(fails("HTTP/3.0", errc::unsupported_http_version, 5));
  CHECK_BOTH(fails("HTTP/2.x", errc::bad_http_version, 7));
}

TEST_CASE("[MSG-10] [GRM-15] a version is HTTP/ in capitals, a digit, a dot and a digit") {
  CHECK_BOTH(fails("http/1.1", errc::bad_http_version, 0));
  CHECK_BOTH(fails("HTTP/1.10", errc::bad_http_version, 8));
  CHECK_BOTH(fails("HTTP/11.1", errc::bad_http_version, 6));
  CHECK_BOTH(fails("HTTP/1,1", errc::bad_http_version, 6));
  CHECK_BOTH(fails("HTTP/ 1.1", errc::bad_http_version, 5));
  CHECK_BOTH(fails("HTTPS/1.1", errc::bad_http_version, 4));
  CHECK_BOTH(fails(" HTTP/1.1", errc::bad_http_version, 0));
  CHECK_BOTH(fails("HTTP/1.1 ", errc::bad_http_version, 8));
}

TEST_CASE("[MSG-10] a version that is cut short fails at its end") {
  for (std::size_t size = 0; size < version.size(); ++size) {
    CAPTURE(size);
    CHECK(fails(version.substr(0, size), errc::bad_http_version, size));
  }
}

TEST_CASE("[MSG-10] [ENG-11] every octet at every place of a version fits, or fails there") {
  for (std::size_t at = 0; at < version.size(); ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string octets{version};
      octets[at] = static_cast<char>(i);
      if (fits(at, octets[at])) {
        CHECK(http_version::parse(octets)->minor == octets[7] - '0');
      } else {
        const bool major = at == 5 && i >= '0' && i <= '9';
        CHECK(fails(octets, major ? errc::unsupported_http_version : errc::bad_http_version, at));
      }
    }
  }
}

TEST_CASE("versions have the order of their numbers") {
  CHECK_BOTH(http_version{1, 0} < turnout::http_1_1);
  CHECK_BOTH(http_version{1, 2} > turnout::http_1_1);
  CHECK_BOTH(http_version{2, 0} > http_version{1, 9});
  CHECK_BOTH(http_version{0, 9} < http_version{1, 0});
}

TEST_CASE("[ENG-04] [ENG-08] a version is written as it was read") {
  CHECK_BOTH(writes(http_version{}, "HTTP/1.1"));
  CHECK_BOTH(writes(http_version{2, 0}, "HTTP/2.0"));
  CHECK_BOTH(writes(*http_version::parse("HTTP/1.0"), "HTTP/1.0"));
  CHECK_BOTH(writes(*http_version::parse("HTTP/1.9"), "HTTP/1.9"));
}
