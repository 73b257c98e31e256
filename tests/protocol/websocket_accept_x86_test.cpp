// The SHA instructions of x86-64 against the portable digest and its text.
#include "turnout/protocol/websocket_accept_x86.hpp"

#include <doctest/doctest.h>

#include "support/accepts.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

using turnout::detail::websocket_accept_x86;

TEST_CASE("[WS-24] each octet of the key at each place counts as in the portable digest") {
  accepts::check_each_octet<websocket_accept_x86>();
}

TEST_CASE("[WS-24] any 24 octets have the text that the portable digest has") {
  accepts::check_any_octets<websocket_accept_x86>();
}

TEST_CASE("nothing before or behind the key is read") {
  accepts::check_what_is_read<websocket_accept_x86>();
}

#endif
