// ProxyGuard's UoTLV/1, whose token has a version.
#include "turnout/protocol/de_facto/proxyguard.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"
#include "vectors/octets.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {proxyguard::uotlv};
const std::string asks{vectors::request_of("atlas/uotlv-1")};
const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: UoTLV/1\r\nConnection: Upgrade\r\n\r\n";

}  // namespace

TEST_CASE("[WLD-05] both sides of ProxyGuard switch to UoTLV/1") {
  CHECK(de_facto::switched(asks, spoken) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: UoTLV/1\r\n\r\n");
  const proposal asked{.host = "vpn.example.com", .protocols = spoken};
  CHECK(de_facto::answered(asked, agrees).what == client_step::switched);
}

TEST_CASE("[WLD-05] another version is another protocol") {
  for (const std::string_view other : {"UoTLV/2", "UoTLV", "UoTLV/1.0"}) {
    CHECK(de_facto::examined(with(asks, "UoTLV/1", other), spoken).found.why.code ==
          errc::no_common_protocol);
    const proposal asked{.host = "vpn.example.com", .protocols = spoken};
    CHECK(de_facto::answered(asked, with(agrees, "UoTLV/1", other)).why.code ==
          errc::protocol_not_offered);
  }
  CHECK_BOTH(proxyguard::uotlv.token == protocol{"UoTLV", "1"});
}
