// connect-tcp: its token and its template.
#include "turnout/protocol/tunnel/connect_tcp.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "support/both.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using namespace turnout;

constexpr bool writes(const connect_tcp::target& target, std::string_view path) {
  std::array<char, 128> out{};
  const auto written = write(target, out);
  return written && *written == path;
}

}  // namespace

TEST_CASE("[CTC-01] [OPT-10] the default template names the host and the port") {
  CHECK_BOTH(
      writes(*connect_tcp::target::of("192.0.2.6", 443), "/.well-known/masque/tcp/192.0.2.6/443/"));
  CHECK_BOTH(writes(*connect_tcp::target::of("2001:db8::42", 443),
                    "/.well-known/masque/tcp/2001%3Adb8%3A%3A42/443/"));
  CHECK_BOTH(connect_tcp::profile.token == protocol{"connect-tcp", {}});
  CHECK_BOTH(connect_tcp::profile.methods == method_set{method::get});
  CHECK_BOTH(!connect_tcp::profile.content);
  CHECK_BOTH(connect_tcp::profile.own_agreement);
}

TEST_CASE("[CTC-01] an agreement has the target of the request") {
  static constexpr profile spoken[] = {connect_tcp::profile};
  constexpr std::string_view path = "/.well-known/masque/tcp/b/443/";
  constexpr facts seen = [] {
    facts noted{method::get, http_1_1};
    noted.see("Host", "a");
    noted.see("Connection", "upgrade");
    noted.see("Upgrade", "connect-tcp");
    return noted;
  }();
  CHECK(connect_tcp::agree(examine_request(seen, spoken).offer, path)->target() ==
        *connect_tcp::target::of("b", 443));
}
