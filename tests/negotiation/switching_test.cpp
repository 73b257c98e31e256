// The 101 that an agreement allows: its octets, and what is not written.
#include "turnout/negotiation/switching.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/fixtures.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using fixtures::with;
using turnout::agreement;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::profile;

constexpr profile spoken[] = {{.token = {"foo", "2"}},
                              {.token = {"bar"}},
                              {.token = {"own"}, .own_agreement = true},
                              {.token = {"TLS", "1.2"}},
                              {.token = {"TLS", "1.3"}, .upper = {"HTTP", "1.1"}}};

constexpr facts asking =
    with({turnout::method::get, turnout::http_1_1},
         "Host: a\r\nConnection: Upgrade\r\nUpgrade: foo/2, bar, own, TLS/1.3\r\n");
constexpr turnout::offer offered = turnout::examine_request(asking, spoken).offer;

constexpr agreement agreed_on(std::string_view name, std::string_view version = {}) {
  return *offered.agree({name, version});
}

/// An agreement of a protocol that has a field line of its own in the 101.
struct ticketed : agreement {
  constexpr explicit ticketed(const agreement& agreed) : agreement{agreed} {}
  constexpr void put_fields(turnout::writer& to) const noexcept { to.put("X-Ticket: 7\r\n"); }
};

/// True if exactly `expected` is written into a span of its size, and nothing into smaller ones.
template <class Agreement>
constexpr bool writes(const Agreement& agreed, bool continue_first,
                      std::span<const field_line> fields, std::string_view expected) {
  std::array<char, 256> out{};
  const auto write = [&](std::size_t size) {
    return turnout::write_switch(agreed, continue_first, fields, std::span{out}.first(size));
  };
  for (std::size_t size = 0; size < expected.size(); ++size)
    if (write(size) != failure{errc::no_space, expected.size()}) return false;
  if (out != std::array<char, 256>{}) return false;
  return write(expected.size()) == expected && out[expected.size()] == '\0';
}

/// Why nothing is written into a span that has room enough; errc::none if something is.
template <class Agreement>
constexpr failure fault_of(const Agreement& agreed, std::span<const field_line> fields = {}) {
  std::array<char, 256> out{};
  const failure why = turnout::write_switch(agreed, true, fields, out).error();
  const bool kept = out == std::array<char, 256>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

}  // namespace

TEST_CASE(
    "[UPG-05] [UPG-10] [MSG-57] [UPG-11] [TLS-04] a 101 names the agreed protocols, lowest layer "
    "first") {
  CHECK_BOTH(writes(agreed_on("FOO", "2"), false, {}, fixtures::upgrade_response));
  CHECK_BOTH(writes(agreed_on("bar"), false, {},
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                    "Upgrade: bar\r\n\r\n"));
  CHECK_BOTH(writes(agreed_on("TLS", "1.3"), false, {},
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                    "Upgrade: TLS/1.3, HTTP/1.1\r\n\r\n"));
}

TEST_CASE("[UPG-30] [UPG-31] a 100 is written before the 101 if the request waits for one") {
  CHECK_BOTH(writes(agreed_on("bar"), true, {},
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n"
                    "Connection: Upgrade\r\nUpgrade: bar\r\n\r\n"));
}

TEST_CASE("[WS-59] the protocol's own field lines come first, then the caller's") {
  static constexpr field_line fields[] = {{"Date", "now"}, {"Set-Cookie", "a=b"}};
  CHECK_BOTH(writes(ticketed{agreed_on("own")}, false, fields,
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: own\r\n"
                    "X-Ticket: 7\r\nDate: now\r\nSet-Cookie: a=b\r\n\r\n"));
}

TEST_CASE("[UPG-10] [UPG-12] no 101 is written without an agreement, or with an incomplete one") {
  CHECK_BOTH(fault_of(agreement{}) == failure{errc::no_protocol, 0});
  CHECK_BOTH(fault_of(agreed_on("TLS", "1.2")) == failure{errc::no_protocol, 0});
  CHECK_BOTH(fault_of(ticketed{agreement{}}) == failure{errc::no_protocol, 0});
  CHECK_BOTH(fault_of(agreed_on("own")) == failure{errc::incomplete_agreement, 0});
  CHECK_BOTH(fault_of(static_cast<const agreement&>(ticketed{agreed_on("own")})) ==
             failure{errc::incomplete_agreement, 0});
  CHECK_BOTH(fault_of(ticketed{agreed_on("own")}) == failure{});
}

TEST_CASE("[MSG-03] [MSG-57] [MSG-82] [WS-56] a 101 with a forbidden field is not written") {
  for (const std::string_view name :
       {"Content-Length", "transfer-encoding", "Connection", "Upgrade", "Trailer", "TE", "Close",
        "Sec-WebSocket-Version", "Sec-WebSocket-Accept", "Keep-Alive", "Host"}) {
    const field_line fields[] = {{"X", "y"}, {name, "0"}};
    CAPTURE(name);
    CHECK(fault_of(agreed_on("bar"), fields) == failure{errc::reserved_field, 1});
  }
  for (int octet = 0; octet < 256; ++octet) {
    const std::string value{'a', static_cast<char>(octet), 'b'};
    const field_line fields[] = {{"X", "y"}, {"Y", value}};
    const bool good = octet == '\t' || (octet >= 0x20 && octet != 0x7F);
    CAPTURE(octet);
    CHECK(fault_of(agreed_on("bar"), fields) == (good ? failure{} : failure{errc::unwritable, 1}));
  }
}
