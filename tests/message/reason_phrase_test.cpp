// Reason phrases: those of the registered status codes, and of no others.
#include "turnout/message/reason_phrase.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/grammar/scan.hpp"

using turnout::reason_phrase;

namespace {

struct phrase {
  std::uint16_t status;
  std::string_view text;
};

// RFC 9110 section 15 without what is unused, RFC 6585 and RFC 8297.
constexpr auto phrases = std::to_array<phrase>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {511, "Network Authentication Required"},
});

}  // namespace

TEST_CASE("each registered status code has its reason phrase, and no other has one") {
  std::size_t next = 0;
  for (std::uint16_t status = 0; status < 1000; ++status) {
    CAPTURE(status);
    const bool registered = next < phrases.size() && phrases[next].status == status;
    CHECK(reason_phrase(status) == (registered ? phrases[next++].text : ""));
  }
  CHECK_BOTH(reason_phrase(101) == "Switching Protocols");
  CHECK_BOTH(reason_phrase(426) == "Upgrade Required");
}

TEST_CASE("[MSG-54] every reason phrase is allowed in a status line") {
  for (const phrase& one : phrases) {
    CAPTURE(one.status);
    const std::string_view phrase = reason_phrase(one.status);
    CHECK(turnout::grammar::find_not<turnout::grammar::octet_class::field>(phrase) ==
          phrase.size());
  }
}
