// Sec-WebSocket-Key: sixteen octets in base64, kept as they were written.
#include "turnout/field/sec_websocket_key.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::sec_websocket_key;

namespace {

constexpr bool fails(std::string_view octets, std::size_t at) {
  return sec_websocket_key::parse(octets).error() == failure{errc::bad_websocket_key, at};
}

constexpr bool keeps(std::string_view octets) {
  const auto key = sec_websocket_key::parse(octets);
  return key && key->text() == octets;
}

constexpr std::string_view sample = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::array<std::uint8_t, 16> counted{1, 2,  3,  4,  5,  6,  7,  8,
                                               9, 10, 11, 12, 13, 14, 15, 16};

}  // namespace

TEST_CASE("[WS-06] a nonce of sixteen octets is 24 octets of text") {
  CHECK_BOTH(sec_websocket_key{counted}.text() == "AQIDBAUGBwgJCgsMDQ4PEA==");
  CHECK_BOTH(sec_websocket_key{}.text() == "AAAAAAAAAAAAAAAAAAAAAA==");
  CHECK_BOTH(*sec_websocket_key::parse("AQIDBAUGBwgJCgsMDQ4PEA==") == sec_websocket_key{counted});
}

TEST_CASE("[WS-25] [WS-47] [WS-51] a key keeps its text, even if leftover bits are set") {
  CHECK_BOTH(keeps(sample));
  CHECK_BOTH(keeps("x3JJHMbDL1EzLkh9GBhXDw=="));
  CHECK_BOTH(keeps("AQIDBAUGBwgJCgsMDQ4PEC=="));
  CHECK_BOTH(keeps("++++++++++//////////+/=="));
  CHECK_BOTH(!(sec_websocket_key::parse("AQIDBAUGBwgJCgsMDQ4PEC==") ==
               sec_websocket_key::parse("AQIDBAUGBwgJCgsMDQ4PEA==")));
}

TEST_CASE("[WS-47] text that encodes another number of octets is not a key") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("AAAA", 4));
  CHECK_BOTH(fails("AAAAAAAAAAAAAAAAAAAA", 20));              // 15
  CHECK_BOTH(fails("AAAAAAAAAAAAAAAAAAAAAAA=", 22));          // 17
  CHECK_BOTH(fails("AAAAAAAAAAAAAAAAAAAAAAAA", 22));          // 18
  CHECK_BOTH(fails("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 22));  // 24
}

TEST_CASE("[WS-47] [WS-48] text that is not base64 fails at the octet at fault") {
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25jZQ", 22));
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25jZQ=", 23));
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25jZQ===", 24));
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25j*Q==", 20));
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25j_Q==", 20));
  CHECK_BOTH(fails("Az09+/NhbXBsZSBub25j-Q==", 20));
  CHECK_BOTH(fails("dGhl IHNhbXBsZSBub25jZQ==", 4));
  CHECK_BOTH(fails("dGhl\r\n IHNhbXBsZSBub25jZQ==", 4));
  CHECK_BOTH(fails(" dGhlIHNhbXBsZSBub25jZQ==", 0));
  CHECK_BOTH(fails("dGhlIHNhbXBsZSBub25jZQ== ", 24));
  CHECK_BOTH(fails("=dGhlIHNhbXBsZSBub25jZQ=", 0));
}

TEST_CASE("[WS-47] [ENG-11] every octet at every place of a key") {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t at = 0; at < sample.size(); ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string octets{sample};
      octets[at] = static_cast<char>(i);
      const bool in_alphabet = alphabet.find(octets[at]) != alphabet.npos;
      CHECK(keeps(octets) == (at < 22 ? in_alphabet : i == '='));
    }
  }
}

TEST_CASE("keys are equal if their texts are equal") {
  CHECK_BOTH(sec_websocket_key::parse(sample) == sec_websocket_key::parse(sample));
  CHECK_BOTH(!(*sec_websocket_key::parse(sample) == sec_websocket_key{}));
}

TEST_CASE("[ENG-04] [ENG-08] a key is written as its text, and read as it was") {
  CHECK_BOTH(writes(*sec_websocket_key::parse(sample), sample));
  CHECK_BOTH(writes(sec_websocket_key{counted}, "AQIDBAUGBwgJCgsMDQ4PEA=="));
}
