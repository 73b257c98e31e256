// The response to a CONNECT that opens a tunnel.
#include "turnout/negotiation/tunnel.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/puts.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field_line;

constexpr bool opens(std::span<const field_line> fields, std::string_view expected) {
  return support::puts([&](std::span<char> out) { return turnout::write_tunnel(fields, out); },
                       expected);
}

/// Why nothing is written into a span that has room enough; errc::none if something is.
template <class Write>
constexpr failure fault_of(const Write& write) {
  std::array<char, 256> out{};
  const failure why = write(std::span<char>{out}).error();
  const bool kept = out == std::array<char, 256>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

constexpr failure fault_of_opening(std::span<const field_line> fields) {
  return fault_of([&](std::span<char> out) { return turnout::write_tunnel(fields, out); });
}

}  // namespace

TEST_CASE("[MSG-03] [MSG-57] the 200 that opens a tunnel has no framing, and no Connection") {
  CHECK_BOTH(opens({}, "HTTP/1.1 200 OK\r\n\r\n"));
  static constexpr field_line fields[] = {{"Date", "now"}, {"Via", "1.1 p"}};
  CHECK_BOTH(opens(fields, "HTTP/1.1 200 OK\r\nDate: now\r\nVia: 1.1 p\r\n\r\n"));
}

TEST_CASE("[UPG-51] the profile of a tunnel has no token that Upgrade could name") {
  CHECK_BOTH(turnout::tunnel.token == turnout::protocol{});
  CHECK_BOTH(turnout::tunnel.methods == turnout::method_set{turnout::method::connect});
  CHECK_BOTH(!turnout::tunnel.content);
}

TEST_CASE("[MSG-57] [MSG-82] [CON-13] a 200 with a forbidden field is not written") {
  for (const std::string_view name :
       {"Content-Length", "transfer-encoding", "Connection", "Upgrade", "Trailer", "TE", "Close",
        "Expect", "Host", "Origin", "Keep-Alive", "Proxy-Connection", "Sec-WebSocket-Version"}) {
    const field_line fields[] = {{"X", "y"}, {name, "0"}};
    CAPTURE(name);
    CHECK(fault_of_opening(fields) == failure{errc::reserved_field, 1});
  }
  for (int i = 0; i < 256; ++i) {
    const std::string text{'a', static_cast<char>(i), 'b'};
    const field_line fields[] = {{"X", "y"}, {"Y", text}};
    const bool in_value = i == '\t' || (i >= 0x20 && i != 0x7F);
    const failure expected = in_value ? failure{} : failure{errc::unwritable, 1};
    CAPTURE(i);
    CHECK(fault_of_opening(fields) == expected);
  }
}
