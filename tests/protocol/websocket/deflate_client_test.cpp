// The client's side of permessage-deflate: its offers, and tables of what it makes of responses.
#include "turnout/protocol/websocket/deflate_client.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/protocol/websocket/client.hpp"
#include "turnout/protocol/websocket/written_extensions.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::agreed;
using deflate::bare;
using deflate::offer;
using turnout::errc;
using turnout::failure;
using turnout::result;
using turnout::field::extension;
using turnout::field::sec_websocket_extensions;
using turnout::websocket::written_extensions;

constexpr result<agreed> check(std::string_view answered, const offer& offered,
                               std::uint8_t smallest = deflate::zlib_window) {
  return deflate::check(extension::parse_prefix(answered)->value, {&offered, 1}, smallest);
}

constexpr result<agreed> check_all(std::string_view answered, std::span<const offer> offered) {
  return deflate::check(*sec_websocket_extensions::parse(answered), offered);
}

constexpr offer hints{.client_max_window_bits = bare};
constexpr offer everything{true, true, 10, 12};

}  // namespace

TEST_CASE("[PMD-08] [PMD-09] [PMD-10] [PMD-26] a malformed response fails") {
  CHECK_BOTH(check("permessage-deflate; foo", hints) ==
             failure{errc::unknown_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=7", hints) ==
             failure{errc::bad_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=16", hints) ==
             failure{errc::bad_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=9; server_no_context_takeover=1",
                   hints) == failure{errc::bad_extension_parameter, 1});
  CHECK_BOTH(check("permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                   hints) == failure{errc::repeated_extension_parameter, 1});
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits", hints) ==
             failure{errc::bad_extension_parameter, 0});
}

TEST_CASE("[PMD-11] [PMD-33] a response to no offer fails") {
  CHECK_BOTH(check_all("permessage-deflate", {}) == failure{errc::extension_not_offered, 0});
  CHECK_BOTH(check_all("foo, permessage-deflate", {}) == failure{errc::extension_not_offered, 5});
  CHECK_BOTH(check("Permessage-Deflate", {}) == failure{errc::extension_not_offered, 0});
}

TEST_CASE("[PMD-15] [PMD-16] the server gives up its context if asked, or unasked") {
  constexpr offer asked{.server_no_context_takeover = true};
  constexpr std::string_view given = "permessage-deflate; server_no_context_takeover";
  CHECK_BOTH(check("permessage-deflate", asked) == failure{errc::missing_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; client_no_context_takeover", asked) ==
             failure{errc::missing_extension_parameter, 1});
  CHECK_BOTH(check(given, asked) == agreed{true, true, false, 15, 15});
  CHECK_BOTH(check(given, {}) == agreed{true, true, false, 15, 15});
}

TEST_CASE(
    "[PMD-17] [PMD-18] the client gives up its context as it hinted, or if the server requires "
    "it") {
  constexpr offer asked{.client_no_context_takeover = true};
  constexpr std::string_view given = "permessage-deflate; client_no_context_takeover";
  CHECK_BOTH(check("permessage-deflate", asked) == agreed{true, false, true, 15, 15});
  CHECK_BOTH(check(given, asked) == agreed{true, false, true, 15, 15});
  CHECK_BOTH(check(given, {}) == agreed{true, false, true, 15, 15});
}

TEST_CASE("[PMD-21] [PMD-22] the server's window is not larger than offered") {
  constexpr offer asked{.server_max_window_bits = 10};
  CHECK_BOTH(check("permessage-deflate", asked) == failure{errc::missing_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=12", asked) ==
             failure{errc::window_not_offered, 0});
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=10", asked)->server_window_bits ==
             10);
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=9", asked)->server_window_bits == 9);
  CHECK_BOTH(check("permessage-deflate", {.server_max_window_bits = 15}) ==
             failure{errc::missing_extension_parameter, 0});
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=12", {}) ==
             agreed{true, false, false, 12, 15});
  CHECK_BOTH(check("permessage-deflate; server_max_window_bits=8", {})->server_window_bits == 8);
}

TEST_CASE("[PMD-25] [PMD-27] [PMD-28] the client's window is limited only as offered") {
  constexpr offer asked{.client_max_window_bits = 10};
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=10", {}) ==
             failure{errc::window_not_offered, 0});
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=15", {}) ==
             failure{errc::window_not_offered, 0});
  CHECK_BOTH(check("permessage-deflate; client_no_context_takeover; client_max_window_bits=12",
                   asked) == failure{errc::window_not_offered, 1});
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=9", asked)->client_window_bits == 9);
  CHECK_BOTH(check("permessage-deflate", {.client_max_window_bits = 12})->client_window_bits == 12);
  CHECK_BOTH(check("permessage-deflate", hints)->client_window_bits == 15);
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=15", hints)->client_window_bits ==
             15);
}

TEST_CASE("[PMD-29] [PMD-11] a window that the client can't compress with fails") {
  constexpr std::string_view given = "permessage-deflate; client_max_window_bits=8";
  CHECK_BOTH(check(given, hints) == failure{errc::unsupported_window, 0});
  CHECK_BOTH(check(given, hints, 8)->client_window_bits == 8);
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=9", hints)->client_window_bits == 9);
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=14", hints, 15) ==
             failure{errc::unsupported_window, 0});
}

TEST_CASE("[PMD-32] the order of the parameters in a response changes nothing") {
  constexpr offer asked{true, false, 0, bare};
  CHECK_BOTH(check("permessage-deflate; client_max_window_bits=11; server_no_context_takeover",
                   asked) == agreed{true, true, false, 15, 11});
  CHECK_BOTH(check("permessage-deflate; server_no_context_takeover; client_max_window_bits=11",
                   asked) == agreed{true, true, false, 15, 11});
}

TEST_CASE(
    "[PMD-07] a response fits one of several offers; if none, the failure is that of the first "
    "one") {
  static constexpr offer offered[] = {everything, {.client_max_window_bits = 14}, {}};
  CHECK_BOTH(check_all("permessage-deflate", offered) == agreed{true, false, false, 15, 14});
  CHECK_BOTH(check_all("permessage-deflate; client_max_window_bits=13", offered) ==
             agreed{true, false, false, 15, 13});
  CHECK_BOTH(check_all("permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
                       offered) == agreed{true, true, true, 9, 12});
  CHECK_BOTH(check_all("x, permessage-deflate; server_no_context_takeover; "
                       "server_max_window_bits=11; client_max_window_bits=15",
                       offered) == failure{errc::window_not_offered, 51});
  CHECK_BOTH(check_all("x, permessage-deflate; client_max_window_bits=15", offered) ==
             failure{errc::missing_extension_parameter, 3});
}

TEST_CASE("[PMD-30] permessage-deflate twice, or with another extension that uses RSV1, fails") {
  static constexpr offer offered[] = {{}, {}};
  static constexpr std::string_view rsv1[] = {"foo"};
  CHECK_BOTH(check_all("permessage-deflate, permessage-deflate", offered) ==
             failure{errc::conflicting_extensions, 20});
  CHECK_BOTH(check_all("foo, permessage-deflate", offered)->in_use);
  constexpr auto both = *sec_websocket_extensions::parse("foo, permessage-deflate");
  CHECK_BOTH(deflate::check(both, offered, 9, rsv1) == failure{errc::conflicting_extensions, 5});
}

TEST_CASE("[PMD-31] without a response nothing is compressed") {
  static constexpr offer offered[] = {everything};
  CHECK_BOTH(deflate::check(sec_websocket_extensions{}, offered) == agreed{});
  CHECK_BOTH(check_all("foo", offered) == agreed{});
  CHECK_BOTH(!check_all("foo", offered)->in_use);
}

TEST_CASE("[PMD-01] [PMD-07] [PMD-23] a request lists the alternatives in their order") {
  static constexpr offer offered[] = {
      {.server_max_window_bits = 10, .client_max_window_bits = bare}, {}};
  written_extensions<> asked;
  for (const offer& one : offered) REQUIRE(asked.add(one));
  const std::array<std::uint8_t, 16> nonce{};
  const turnout::websocket::proposal proposed{nonce, {.host = "a", .extensions = asked.list()}};
  std::array<char, 512> out{};
  const auto written = turnout::write_request(proposed, out);
  CHECK(
      written->ends_with("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10; "
                         "client_max_window_bits, permessage-deflate\r\n\r\n"));
}
