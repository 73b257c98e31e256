// The digest for a key: one message of 60 octets, most of which are known.
#include "turnout/kernel/accept_digest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "support/both.hpp"

using turnout::detail::sha1_state;
using turnout::websocket::accept_guid;
using turnout::websocket::websocket_guid;

constexpr sha1_state websocket_digest(const char* key, const accept_guid& guid = websocket_guid) {
  return turnout::detail::finish_digest(turnout::detail::begin_digest(key, guid));
}

TEST_CASE("[WS-24] the key of RFC 6455 section 1.3 has the digest of that section") {
  constexpr sha1_state expected{{0xb37a4f2c, 0xc0624f16, 0x90f64606, 0xcf385945, 0xb2bec4ea}};
  CHECK_BOTH(websocket_digest("dGhlIHNhbXBsZSBub25jZQ==") == expected);
}

TEST_CASE("[WS-24] the padding of FIPS 180-4 comes after the 60 octets") {
  CHECK_BOTH(websocket_guid.message.words[15] == 0x80000000);
  CHECK(accept_guid{"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"}.message.words[15] == 0x80000000);
  constexpr turnout::detail::sha1_schedule schedule =
      turnout::detail::sha1_schedule_of({{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60 * 8}});
  CHECK(std::ranges::equal(turnout::detail::websocket_length.words, schedule.words));
}

TEST_CASE("[WS-24] another GUID has another digest") {
  constexpr accept_guid jboss_remoting{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};
  constexpr sha1_state expected{{0x10096154, 0xa529114d, 0x52d6ff9c, 0x643af202, 0x7324405c}};
  CHECK_BOTH(websocket_digest("dGhlIHNhbXBsZSBub25jZQ==", jboss_remoting) == expected);
}

TEST_CASE("[WS-24] octets are digested as unsigned ones") {
  constexpr sha1_state expected{{0x2007979f, 0x8bb230b6, 0x343a05f2, 0x3aa1c6ab, 0xe9a538cb}};
  CHECK_BOTH(websocket_digest("\xFF\xFE\xFD\xFC\xFB\xFA\xF9\xF8\xF7\xF6\xF5\xF4"
                              "\xF3\xF2\xF1\xF0\x80\x81\x82\x83\x84\x85\x86\x87") == expected);
}
