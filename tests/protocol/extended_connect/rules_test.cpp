// When an extended CONNECT may be used, and for which protocols.
#include "turnout/protocol/extended_connect/rules.hpp"

#include <doctest/doctest.h>

#include <cstdint>

#include "support/both.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/tunnel/connect_ip.hpp"
#include "turnout/protocol/tunnel/connect_tcp.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
using extended_connect::enable_connect_protocol;
using extended_connect::names;
using turnout::errc;
using turnout::failure;
using turnout::profile;

/// What is known after one value, and after another one.
struct after {
  failure first;
  failure second;
  bool enabled;

  friend constexpr bool operator==(const after&, const after&) = default;
};

constexpr after see(std::uint64_t one, std::uint64_t other) {
  enable_connect_protocol server;
  const failure first = server.see(8, one).error();
  const failure second = server.see(8, other).error();
  return {first, second, server.is_enabled()};
}

constexpr failure bad{errc::bad_enable_connect, 0};

}  // namespace

TEST_CASE("[XC-01] [XC-02] the setting is 0 or 1, and never 0 after 1") {
  CHECK_BOTH(enable_connect_protocol::identifier == 0x8);
  CHECK_BOTH(!enable_connect_protocol{}.is_enabled());
  CHECK_BOTH(see(1, 1) == after{{}, {}, true});
  CHECK_BOTH(see(0, 0) == after{{}, {}, false});
  CHECK_BOTH(see(0, 1) == after{{}, {}, true});
  CHECK_BOTH(see(1, 0) == after{{}, bad, true});
  CHECK_BOTH(see(2, 0) == after{bad, {}, false});
  CHECK_BOTH(see(0, UINT64_MAX) == after{{}, bad, false});
  CHECK_BOTH(see(1, 2) == after{{}, bad, true});
}

TEST_CASE("other settings don't matter") {
  constexpr auto other = [](std::uint64_t setting) {
    enable_connect_protocol server;
    const bool fine = server.see(setting, 1) && server.see(setting, 7);
    return fine && server == enable_connect_protocol{};
  };
  CHECK_BOTH((other(0) && other(3) && other(7) && other(9) && other(0x33)));
}

TEST_CASE("[XC-23] a protocol is named in lower case") {
  CHECK_BOTH(names("websocket", turnout::websocket::profile));
  CHECK_BOTH(!names("WebSocket", turnout::websocket::profile));
  CHECK_BOTH(!names("websockets", turnout::websocket::profile));
  CHECK_BOTH(!names("", turnout::websocket::profile));
  CHECK_BOTH(names("own", profile{.token = {"Own", {}}}));
  CHECK_BOTH(!names("Own", profile{.token = {"Own", {}}}));
}

TEST_CASE("[XC-04] [XC-25] extended CONNECT can't ask for a version, h2c or a lower layer") {
  CHECK_BOTH(extended_connect::is_connectable(turnout::connect_udp::profile));
  CHECK_BOTH(!names("foo", profile{.token = {"foo", "2"}}));
  CHECK_BOTH(!names("foo/2", profile{.token = {"foo", "2"}}));
  CHECK_BOTH(!names("foo/2", profile{.token = {"foo/2", {}}}));
  CHECK_BOTH(!names("h2c", turnout::h2c::profile));
  CHECK_BOTH(!names("h2", profile{.token = {"H2", {}}}));
  CHECK_BOTH(!names("tls", profile{.token = {"tls", {}}, .upper = {"HTTP", "1.1"}}));
  CHECK_BOTH(!extended_connect::is_connectable(profile{}));
}

TEST_CASE("[CAP-07] [CAP-08] three protocols carry capsules") {
  CHECK_BOTH(turnout::connect_udp::profile.capsules);
  CHECK_BOTH(turnout::connect_ip::profile.capsules);
  CHECK_BOTH(turnout::connect_tcp::profile.capsules);
  CHECK_BOTH(!turnout::websocket::profile.capsules);
}

TEST_CASE("[XC-25] a profile says whether extended CONNECT can ask for it") {
  CHECK_BOTH(!names("own", profile{.token = {"own"}, .by_extended_connect = false}));
  CHECK_BOTH(names("own", profile{.token = {"own"}, .by_extended_connect = true}));
}
