// The rules don't need the library's parser: facts shown by somebody else's lead to the verdicts of
// the handshakes.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/corpus.hpp"
#include "support/facts_laws.hpp"
#include "support/parties.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

template <class Proposal>
void check_responses(const std::vector<corpus::sample<client_step>>& samples,
                     const Proposal& asked) {
  for (const auto& sample : samples) {
    CAPTURE(sample.octets);
    CHECK(facts_laws::response_is_judged_alike(sample.octets, asked) == "");
  }
}

}  // namespace

TEST_CASE(
    "[UPG-06] [MSG-27] requests from another parser get the same verdict as in the handshake") {
  std::size_t judged = 0;
  for (const auto& sample : corpus::requests) {
    CAPTURE(sample.octets);
    CHECK(facts_laws::request_is_judged_alike(sample.octets, laws::supported) == "");
    judged += facts_laws::is_whole<request_line>(sample.octets) ? 1u : 0u;
  }
  CHECK(judged > 60);
}

TEST_CASE("[INT-01] [MSG-03] lines from another parser are forwarded as one head, or not at all") {
  constexpr relay_policy policy{.allowed = laws::supported, .name = "p"};
  for (int octet = 0; octet < 256; ++octet) {
    const std::string any{'a', static_cast<char>(octet), 'b'};
    for (const std::string_view name : {"Host", "X", "Connection", "Upgrade", "TE", "Via"}) {
      const field_line lines[] = {{"Host", "a"}, {name, any}, {any, "c"}, {"X", "y"}};
      CAPTURE(any);
      CHECK(facts_laws::foreign_lines_make_one_head(method::get, lines, policy) == "");
    }
  }
}

TEST_CASE(
    "[UPG-52] [CON-14] the facts of HTTP/2 and HTTP/3 messages offer nothing and agree to "
    "nothing") {
  for (const std::uint8_t major : {std::uint8_t{2}, std::uint8_t{3}}) {
    facts request{method::get, {major, 0}};
    facts response{101, {major, 0}};
    for (facts* const seen : {&request, &response}) {
      seen->see("Connection", "upgrade");
      seen->see("Upgrade", "foo/2");
    }
    const verdict judged = examine_request(request, laws::supported);
    CHECK(judged.what == verdict::kind::ignore);
    CHECK(judged.found.why.code == errc::unsupported_http_version);
    CHECK(rules::check_switch(response, laws::asked).found.why.code ==
          errc::unsupported_http_version);
  }
}

TEST_CASE(
    "[UPG-13] [WS-24] responses from another parser get the same verdict as in the handshake") {
  check_responses(corpus::responses, laws::asked);
  check_responses(corpus::websocket_responses, laws::asked_websocket);
}
