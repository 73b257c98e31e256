// Responses of HTTP/2 and HTTP/3, as tables of header lists, and which of them open a stream.
#include "turnout/protocol/extended_connect/response.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "turnout/negotiation/switch_rules.hpp"
#include "turnout/protocol/tunnel/connect_ip.hpp"
#include "turnout/protocol/tunnel/connect_tcp.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/client.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
namespace websocket = turnout::websocket;
using extended_connect::response;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::result;
using list = std::vector<field_line>;

failure wrong(const list& lines) { return response::read(lines).error(); }

result<bool> opens(const list& lines, const turnout::profile& protocol) {
  const auto read = response::read(lines);
  REQUIRE(read);
  return extended_connect::opens(*read, protocol);
}

constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                             'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};

}  // namespace

TEST_CASE("[XC-11] [UPG-52] there is no 101") {
  CHECK(wrong({{":status", "101"}}) == failure{errc::switch_in_http_2, 0});
  CHECK(wrong({{":status", "101"}, {"upgrade", "websocket"}}).code == errc::switch_in_http_2);
}

TEST_CASE("[XC-16] a response has one :status of three digits, and valid fields") {
  const list lines{{":status", "200"}, {"a", "b"}};
  CHECK(response::read(lines)->status == 200);
  CHECK(response::read(lines)->fields.size() == 1);
  CHECK(!response::read(lines)->is_interim());
  for (const std::string_view status : {"100", "103", "199"})
    CHECK(response::read(list{{":status", status}})->is_interim());
  CHECK(response::read(list{{":status", "599"}})->status == 599);

  for (const std::string_view bad :
       {"", "0", "20", "099", "600", "999", "2000", "0200", "2OO", "+20", " 200", "200 ", "200 OK"})
    CHECK(wrong({{":status", bad}}) == failure{errc::bad_status, 0});
  CHECK(wrong({}) == failure{errc::missing_pseudo_header, 0});
  CHECK(wrong({{"a", "b"}}) == failure{errc::missing_pseudo_header, 1});
  CHECK(wrong({{":status", "200"}, {":status", "200"}}) ==
        failure{errc::repeated_pseudo_header, 1});
  CHECK(wrong({{":path", "/"}}) == failure{errc::unknown_pseudo_header, 0});
  CHECK(wrong({{":status", "200"}, {"a", "b"}, {":status", "200"}}) ==
        failure{errc::misplaced_pseudo_header, 2});
  CHECK(wrong({{":status", "200"}, {"connection", "close"}}) ==
        failure{errc::connection_specific_field, 1});
  CHECK(wrong({{":status", "200"}, {"a", "b"}, {"A", "b"}}) == failure{errc::bad_field_name, 2});
  CHECK(wrong({{":status", "200"}, {"a", "b\n"}}) == failure{errc::control_octet, 1});
}

TEST_CASE("[XC-10] any 2xx opens the stream, and nothing else does") {
  for (const std::string_view status : {"200", "201", "204", "206", "299"})
    CHECK(opens({{":status", status}, {"content-length", "5"}}, websocket::profile) == true);
  for (const std::string_view status : {"100", "103", "300", "302", "400", "426", "501"})
    for (const turnout::profile& protocol : {websocket::profile, turnout::connect_ip::profile})
      CHECK(opens({{":status", status}}, protocol) == false);
}

TEST_CASE("[CAP-07] [CAP-08] [CAP-09] [IPX-16] capsules begin with 200, without content") {
  for (const turnout::profile& protocol :
       {turnout::connect_udp::profile, turnout::connect_ip::profile,
        turnout::connect_tcp::profile}) {
    for (const std::string_view status : {"200", "201", "202", "203", "207", "299"})
      CHECK(opens({{":status", status}, {"capsule-protocol", "?1"}}, protocol) == true);
    for (const std::string_view status : {"204", "205", "206"})
      CHECK(opens({{":status", status}}, protocol).error() ==
            failure{errc::status_without_capsules, 0});
    for (const std::string_view name : {"content-length", "content-type"}) {
      CHECK(opens({{":status", "200"}, {"a", "b"}, {name, "0"}}, protocol).error() ==
            failure{errc::content_not_allowed, 1});
      CHECK(opens({{":status", "404"}, {name, "0"}}, protocol) == false);
    }
  }
}

TEST_CASE("[XC-08] [XC-09] a websocket client checks all but the accept value") {
  const websocket::proposal asked{
      nonce,
      {.host = "a",
       .subprotocols = *turnout::field::sec_websocket_protocol::parse("chat, superchat")}};
  const auto accept = websocket::accept_for(asked.key());
  const auto check = [&](const list& lines) {
    const auto read = response::read(lines);
    REQUIRE(read);
    const facts seen = extended_connect::facts_of(*read, websocket::profile, accept.text());
    return turnout::rules::check_switch(seen, asked).found.why.code;
  };
  CHECK(check({{":status", "200"}}) == errc::none);
  CHECK(check({{":status", "200"}, {"sec-websocket-accept", "wrong"}}) == errc::none);
  CHECK(check({{":status", "200"}, {"sec-websocket-protocol", "chat"}}) == errc::none);
  CHECK(check({{":status", "200"}, {"sec-websocket-protocol", "x"}}) ==
        errc::subprotocol_not_offered);
  CHECK(check({{":status", "200"}, {"sec-websocket-extensions", "x"}}) ==
        errc::extension_not_offered);

  const list chosen{{":status", "200"}, {"sec-websocket-protocol", "superchat"}};
  const facts seen =
      extended_connect::facts_of(*response::read(chosen), websocket::profile, accept.text());
  CHECK(asked.terms_of(seen)->subprotocol == "superchat");
}

TEST_CASE("[UDP-17] a connect-udp client checks a response as if it were a 101") {
  const turnout::connect_udp::proposal asked{"/.well-known/masque/udp/192.0.2.6/443/", "a"};
  const list fine{{":status", "200"}, {"capsule-protocol", "?1"}};
  const facts seen =
      extended_connect::facts_of(*response::read(fine), turnout::connect_udp::profile);
  CHECK(turnout::rules::check_switch(seen, asked).protocol == &turnout::connect_udp::profile);
}
