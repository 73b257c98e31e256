// The accept value that follows from a key, against pairs that are known.
#include "turnout/protocol/websocket/accept.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

/// The accept value for the text of a key.
constexpr turnout::field::sec_websocket_accept accept_for(std::string_view key) {
  return turnout::websocket::accept_for(*turnout::field::sec_websocket_key::parse(key));
}

}  // namespace

TEST_CASE("[WS-24] the key of RFC 6455 section 1.3 has the accept value of that section") {
  CHECK_BOTH(accept_for("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("[WS-25] the digest is of the key's text, not of the decoded octets") {
  CHECK_BOTH(accept_for("x3JJHMbDL1EzLkh9GBhXDw==") == "HSmrc0sMlYUkAGmm5OPpG2HaGWk=");
  CHECK_BOTH(accept_for("AAAAAAAAAAAAAAAAAAAAAA==") == "ICX+Yqv66kxgM0FcWaLWlFLwTAI=");
}

TEST_CASE("[WS-24] a protocol with another GUID computes its accept value in the same way") {
  constexpr turnout::websocket::accept_guid jboss_remoting{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};
  constexpr auto key = turnout::field::sec_websocket_key::parse("IjJa9da10YuwPjj7KhNb6Q==");
  CHECK_BOTH(turnout::websocket::accept_for(*key, jboss_remoting) ==
             "xAf7j7F9t0rZT+bcpR/sZNsgwvM=");
}

TEST_CASE("[WS-51] a key with leftover bits has its own accept value") {
  CHECK_BOTH(accept_for("AQIDBAUGBwgJCgsMDQ4PEC==") == "OfS0wDaT5NoxF2gqm7Zj2YtetzM=");
  CHECK_BOTH(accept_for("AQIDBAUGBwgJCgsMDQ4PEA==") == "C/0nmHhBztSRGR1CwL6Tf4ZjwpY=");
}

TEST_CASE("[WS-06] a key made from a nonce has the same accept value as its text") {
  constexpr std::array<std::uint8_t, 16> nonce{1, 2,  3,  4,  5,  6,  7,  8,
                                               9, 10, 11, 12, 13, 14, 15, 16};
  CHECK_BOTH(turnout::websocket::accept_for(turnout::field::sec_websocket_key{nonce}) ==
             accept_for("AQIDBAUGBwgJCgsMDQ4PEA=="));
  CHECK_BOTH(turnout::websocket::accept_for(turnout::field::sec_websocket_key{}) ==
             accept_for("AAAAAAAAAAAAAAAAAAAAAA=="));
}

TEST_CASE("[WS-24] the accept value compares octet for octet") {
  constexpr auto accept = accept_for("dGhlIHNhbXBsZSBub25jZQ==");
  constexpr std::string_view right = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  CHECK_BOTH(accept.text() == right);
  CHECK_BOTH(!(accept == "S3PPLMBITXAQ9KYGZZHZRBK+XOO="));
  CHECK_BOTH(!(accept == right.substr(0, 27)));
  CHECK_BOTH(!(accept == ""));
  CHECK(!(accept == std::string{right} + "="));
}
