// Subprotocols with a slash, which are not tokens.
#include "turnout/protocol/websocket/slashed_subprotocol.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace turnout;

TEST_CASE("[WS-63] a slashed subprotocol may have any visible octet except comma and quote") {
  for (int i = 0; i < 256; ++i) {
    const char octet = static_cast<char>(i);
    const bool allowed = i > 0x20 && i < 0x7F && octet != ',' && octet != '"';
    const std::string one{octet};
    CHECK(static_cast<bool>(kubernetes::slashed_subprotocol::parse_prefix(one)) == allowed);
    turnout::writer to;
    kubernetes::slashed_subprotocol{one}.put(to);
    CHECK((to.error().code == errc::none) == allowed);
  }
  turnout::writer to;
  kubernetes::slashed_subprotocol{"a/b c"}.put(to);
  CHECK(to.error() == turnout::failure{errc::unwritable, 3});
}
