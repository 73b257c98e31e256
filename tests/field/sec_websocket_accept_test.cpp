// Sec-WebSocket-Accept: the text of a digest, compared with what came octet for octet.
#include "turnout/field/sec_websocket_accept.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::field::sec_websocket_accept;

namespace {

// The digest of the example in RFC 6455 section 1.3.
constexpr std::uint32_t digest[5]{0xb37a4f2c, 0xc0624f16, 0x90f64606, 0xcf385945, 0xb2bec4ea};
constexpr std::string_view text = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr sec_websocket_accept accept{digest};

constexpr sec_websocket_accept from_words(const std::uint32_t (&words)[5]) {
  return sec_websocket_accept{words};
}

}  // namespace

TEST_CASE("[WS-24] the value is the base64 of the digest") {
  CHECK_BOTH(accept.text() == text);
  CHECK_BOTH(sec_websocket_accept{}.text() == "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
}

TEST_CASE("[WS-24] every word of the digest changes its part of the text") {
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  CHECK_BOTH(from_words({ones}).text() == "/////wAAAAAAAAAAAAAAAAAAAAA=");
  CHECK_BOTH(from_words({0, ones}).text() == "AAAAAP////8AAAAAAAAAAAAAAAA=");
  CHECK_BOTH(from_words({0, 0, ones}).text() == "AAAAAAAAAAD/////AAAAAAAAAAA=");
  CHECK_BOTH(from_words({0, 0, 0, ones}).text() == "AAAAAAAAAAAAAAAA/////wAAAAA=");
  CHECK_BOTH(from_words({0, 0, 0, 0, ones}).text() == "AAAAAAAAAAAAAAAAAAAAAP////8=");
}

TEST_CASE("[WS-24] [GRM-15] a value matches if it is the text, octet for octet") {
  CHECK_BOTH(accept == text);
  CHECK_BOTH(!(accept == "s3pplmbitxaq9kygzzhzrbk+xoo="));
  CHECK_BOTH(!(accept == "AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
  CHECK_BOTH(!(accept == ""));
  CHECK_BOTH(!(accept == text.substr(0, 27)));
  CHECK_BOTH(!(accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=="));
  for (std::size_t at = 0; at < text.size(); ++at) {
    CAPTURE(at);
    std::string other{text};
    other[at] = static_cast<char>(other[at] ^ 1);
    CHECK(!(accept == other));
  }
}

TEST_CASE("two values are equal if their digests are equal") {
  CHECK_BOTH(accept == sec_websocket_accept{digest});
  CHECK_BOTH(!(accept == sec_websocket_accept{}));
}

TEST_CASE("[ENG-04] a value is written as its text") { CHECK_BOTH(writes(accept, text)); }
