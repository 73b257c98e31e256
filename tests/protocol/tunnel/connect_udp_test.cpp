// connect-udp: its token and its template.
#include "turnout/protocol/tunnel/connect_udp.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;

constexpr bool writes(const connect_udp::target& target, std::string_view path) {
  std::array<char, 128> out{};
  const auto written = write(target, out);
  return written && *written == path;
}

}  // namespace

TEST_CASE("[UDP-02] [UDP-05] [OPT-10] the default template names the host and the port") {
  CHECK_BOTH(
      writes(*connect_udp::target::of("192.0.2.6", 443), "/.well-known/masque/udp/192.0.2.6/443/"));
  CHECK_BOTH(writes(*connect_udp::target::of("2001:db8::42", 443),
                    "/.well-known/masque/udp/2001%3Adb8%3A%3A42/443/"));
  CHECK_BOTH(connect_udp::profile.token == protocol{"connect-udp", {}});
  CHECK_BOTH(connect_udp::profile.methods == method_set{method::get});
  CHECK_BOTH(!connect_udp::profile.content);
  CHECK_BOTH(connect_udp::profile.own_agreement);
}
