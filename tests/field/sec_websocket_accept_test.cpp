// Sec-WebSocket-Accept: the text of a digest, compared with what came octet for octet.
#include "turnout/field/sec_websocket_accept.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::sec_websocket_accept;

namespace {

// The digest of the example in RFC 6455 section 1.3.
constexpr std::array<std::uint8_t, 20> digest{0xb3, 0x7a, 0x4f, 0x2c, 0xc0, 0x62, 0x4f,
                                              0x16, 0x90, 0xf6, 0x46, 0x06, 0xcf, 0x38,
                                              0x59, 0x45, 0xb2, 0xbe, 0xc4, 0xea};
constexpr std::string_view text = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr sec_websocket_accept accept{digest};

}  // namespace

TEST_CASE("[WS-24] the value is the base64 of the digest") {
  CHECK_BOTH(accept.text() == text);
  CHECK_BOTH(sec_websocket_accept{}.text() == "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
}

TEST_CASE("[WS-24] [GRM-15] a value is right if it is the text, octet for octet") {
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

TEST_CASE("two values are equal if their digests are") {
  CHECK_BOTH(accept == sec_websocket_accept{digest});
  CHECK_BOTH(!(accept == sec_websocket_accept{}));
}

TEST_CASE("[ENG-04] a value is written as its text") { CHECK_BOTH(writes(accept, text)); }
