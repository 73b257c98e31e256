// Proxy-Status of an intermediary's own refusals: which error, and where it is sent.
#include "turnout/negotiation/status_fields.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/gateway_messages.hpp"
#include "support/gateway_turns.hpp"
#include "support/relay_turns.hpp"

namespace {

using namespace turnout;

constexpr std::string_view plain = "cache.example";
constexpr std::string_view spaced = "a \"b\" \\c";

template <const std::string_view& Name = plain>
constexpr std::string_view value_for(errc code, std::uint16_t status) {
  return forwarding::status_fields<Name>(code, status).front().value;
}

constexpr relay_policy policy{.name = "p"};
constexpr relay_options tells{.refusal_fields = forwarding::status_fields<plain>};
const std::string line = "Proxy-Status: cache.example; error=";

bool holds(const std::string& octets, const std::string& text) {
  return octets.find(text) != octets.npos;
}

}  // namespace

TEST_CASE("[PRS-03] the type of the error follows from the failure and the status") {
  CHECK_BOTH(value_for(errc::bad_host, 400) == "cache.example; error=http_request_error");
  CHECK_BOTH(value_for(errc::timed_out, 408) == "cache.example; error=http_request_error");
  CHECK_BOTH(value_for(errc::connect_not_allowed, 405) ==
             "cache.example; error=http_request_denied");
  CHECK_BOTH(value_for(errc::not_in_http_1, 501) == "cache.example; error=http_request_denied");
  CHECK_BOTH(value_for(errc::timed_out, 504) == "cache.example; error=http_response_timeout");
  CHECK_BOTH(value_for(errc::incomplete, 502) == "cache.example; error=http_response_incomplete");
  CHECK_BOTH(value_for(errc::bad_status_line, 502) == "cache.example; error=http_protocol_error");
  CHECK_BOTH(value_for(errc::no_space, 502) == "cache.example; error=proxy_internal_error");
  CHECK_BOTH(value_for(errc::no_common_protocol, 426) ==
             "cache.example; error=http_request_denied");
  for (const errc code :
       {errc::unsolicited_switch, errc::switch_in_http_1_0, errc::switch_not_nominated,
        errc::switch_without_upgrade, errc::switch_without_own_field, errc::protocol_not_offered,
        errc::ambiguous_switch, errc::missing_websocket_accept, errc::repeated_websocket_accept,
        errc::wrong_websocket_accept})
    CHECK(value_for(code, 502) == "cache.example; error=http_upgrade_failed");
}

TEST_CASE("[PRS-02] a name that is no token is written as a string") {
  CHECK_BOTH(value_for<spaced>(errc::bad_host, 400) ==
             "\"a \\\"b\\\" \\\\c\"; error=http_request_error");
}

TEST_CASE("[PRS-04] a relay adds the field to its own refusals if its options say so") {
  for (const bool told : {true, false}) {
    CAPTURE(told);
    turns::relay_program bad{policy, told ? tells : relay_options{}};
    bad.from_client("GET / HTTP/1.1\r\n\r\n");
    CHECK(holds(bad.to_client(), line + "http_request_error\r\n") == told);
    turns::relay_program broken{policy, told ? tells : relay_options{}};
    broken.from_client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    broken.from_server("HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
    CHECK(holds(broken.to_client(), line + "http_upgrade_failed\r\n") == told);
    turns::relay_program late{policy, told ? tells : relay_options{}};
    late.from_client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    late.time_out(relay_side::server);
    CHECK(holds(late.to_client(), line + "http_response_timeout\r\n") == told);
  }
}

TEST_CASE("[PRS-05] a relay forwards the field of a server, and adds none to it") {
  turns::relay_program program{policy, tells};
  program.from_client("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  program.from_server(
      "HTTP/1.1 502 x\r\nProxy-Status: origin; error=dns_timeout\r\nContent-Length: 0\r\n\r\n");
  const std::string answer = program.to_client();
  CHECK(holds(answer, "\r\nProxy-Status: origin; error=dns_timeout\r\n"));
  CHECK_FALSE(holds(answer, line));
}

TEST_CASE("[PRS-04] gateways add the field in both directions") {
  using namespace gateway_messages;
  constexpr gateway::options told{.refusal_fields = forwarding::status_fields<plain>};
  turns::down_program down{spoken, told};
  down.receive(asks_websocket);
  down.take(gateway::side::connection,
            "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n");
  CHECK(holds(down.story(), "< proxy-status: cache.example; error=http_upgrade_failed\n"));
  turns::up_program up{spoken, told};
  up.take(gateway::side::connection, wants_websocket);
  up.receive({{":status", "2x0"}});
  CHECK(holds(up.story(), "< Proxy-Status: cache.example; error=http_protocol_error\n"));
}
