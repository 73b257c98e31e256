// The SHA instructions of x86-64 against the portable digest and its text.
#include "turnout/kernel/accept_x86.hpp"

#include <doctest/doctest.h>

#include "support/accepts.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/protocol/websocket/accept.hpp"

#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)

using turnout::detail::begin_digest_x86;
using turnout::detail::write_accept_x86;

TEST_CASE("[WS-24] every octet of the key at every place gives the text of the portable digest") {
  accepts::check_each_octet<begin_digest_x86, write_accept_x86>();
}

TEST_CASE("[WS-24] any 24 octets give the text of the portable digest") {
  accepts::check_any_octets<begin_digest_x86, write_accept_x86>();
}

TEST_CASE("nothing before or after the key is read") {
  accepts::check_what_is_read<begin_digest_x86, write_accept_x86>();
}

#else

TEST_CASE("[WS-24] without these instructions, the text is the same") {
  const auto key = turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ==");
  CHECK(turnout::websocket::accept_for(*key) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

#endif
