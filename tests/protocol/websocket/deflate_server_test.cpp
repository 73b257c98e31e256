// The server's side of permessage-deflate: which of the offers it accepts, and with what.
#include "turnout/protocol/websocket/deflate_server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/protocol/websocket/server.hpp"
#include "turnout/protocol/websocket/written_extensions.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::agreed;
using deflate::answer;
using deflate::bare;
using deflate::response;
using deflate::settings;
using turnout::errc;
using turnout::failure;
using turnout::field::sec_websocket_extensions;

constexpr answer choose(std::string_view offered, const settings& own = {}) {
  return deflate::choose(*sec_websocket_extensions::parse(offered), own);
}

/// True if `expected` is what is answered.
constexpr bool answers(std::string_view offered, std::string_view expected,
                       const settings& own = {}) {
  const answer made = choose(offered, own);
  std::array<char, 128> out{};
  const auto written = turnout::write(made.element, out);
  return made.terms.in_use && written && *written == expected;
}

/// True if all is declined, which leaves nothing after.
constexpr bool declines(std::string_view offered, const settings& own = {}) {
  return choose(offered, own) == answer{};
}

constexpr settings able{.smallest_window_bits = 8};  // can compress with any window

}  // namespace

TEST_CASE("[PMD-02] [PMD-03] [PMD-04] [PMD-06] a malformed offer is declined, not refused") {
  for (const std::string_view wrong :
       {"permessage-deflate; foo", "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover=true",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; foo"}) {
    CAPTURE(wrong);
    CHECK(declines(wrong));
    CHECK(declines(wrong, able));
  }
  CHECK_BOTH(declines("permessage-deflate; foo"));
  CHECK_BOTH(choose("permessage-deflate; foo").terms == agreed{});
}

TEST_CASE("[PMD-05] [PMD-29] an offer that the server can't fulfil is declined") {
  constexpr settings fixed{.smallest_window_bits = 15};  // a window that can't be chosen
  CHECK_BOTH(declines("permessage-deflate; server_max_window_bits=10", fixed));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=15",
                     "permessage-deflate; server_max_window_bits=15", fixed));
  CHECK_BOTH(declines("permessage-deflate; server_max_window_bits=8"));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=9",
                     "permessage-deflate; server_max_window_bits=9"));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=8",
                     "permessage-deflate; server_max_window_bits=8", able));
  CHECK_BOTH(deflate::accept({.server_max_window_bits = 8}).error() ==
             failure{errc::unsupported_window, 0});
  CHECK_BOTH(deflate::accept({}, {.client_max_window_bits = 14}).error() ==
             failure{errc::unsupported_window, 0});
}

TEST_CASE("[PMD-07] [PMD-06] of several offers the first acceptable one is answered, once") {
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=7, permessage-deflate",
                     "permessage-deflate"));
  CHECK_BOTH(
      answers("foo, permessage-deflate; x, permessage-deflate; server_max_window_bits=8, "
              "permessage-deflate; server_max_window_bits=10, permessage-deflate",
              "permessage-deflate; server_max_window_bits=10"));
  CHECK_BOTH(answers("permessage-deflate, permessage-deflate; server_no_context_takeover",
                     "permessage-deflate"));
  CHECK_BOTH(declines("foo, bar; server_max_window_bits=10"));
  CHECK_BOTH(deflate::choose({}) == answer{});
}

TEST_CASE("[PMD-14] [PMD-16] the server gives up its context if asked, and unasked if it wants") {
  constexpr std::string_view given = "permessage-deflate; server_no_context_takeover";
  CHECK_BOTH(answers(given, given));
  CHECK_BOTH(answers("permessage-deflate", "permessage-deflate"));
  CHECK_BOTH(answers("permessage-deflate", given, {.server_no_context_takeover = true}));
  CHECK_BOTH(answers(given, given, {.server_no_context_takeover = true}));
}

TEST_CASE(
    "[PMD-17] [PMD-18] the client gives up its context if it hints so, or if the server requires "
    "it") {
  constexpr std::string_view given = "permessage-deflate; client_no_context_takeover";
  CHECK_BOTH(answers(given, given));
  CHECK_BOTH(answers("permessage-deflate", given, {.client_no_context_takeover = true}));
  CHECK_BOTH(choose(given).terms == agreed{true, false, true, 15, 15});
}

TEST_CASE("[PMD-19] an offer of server_max_window_bits without a value is declined") {
  CHECK_BOTH(declines("permessage-deflate; server_max_window_bits"));
}

TEST_CASE("[PMD-20] server_max_window_bits is answered with no larger value, 15 included") {
  constexpr settings twelve{.server_max_window_bits = 12};
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=10",
                     "permessage-deflate; server_max_window_bits=10"));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=15",
                     "permessage-deflate; server_max_window_bits=15"));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=15",
                     "permessage-deflate; server_max_window_bits=12", twelve));
  CHECK_BOTH(answers("permessage-deflate; server_max_window_bits=10",
                     "permessage-deflate; server_max_window_bits=10", twelve));
}

TEST_CASE("[PMD-22] the server says unasked that it uses a smaller window") {
  CHECK_BOTH(answers("permessage-deflate", "permessage-deflate; server_max_window_bits=12",
                     {.server_max_window_bits = 12}));
}

TEST_CASE("[PMD-24] client_max_window_bits is answered only where it was offered") {
  constexpr settings ten{.client_max_window_bits = 10};
  CHECK_BOTH(declines("permessage-deflate", ten));
  CHECK_BOTH(declines("permessage-deflate; server_max_window_bits=10", ten));
  CHECK_BOTH(answers("permessage-deflate, permessage-deflate; client_max_window_bits",
                     "permessage-deflate; client_max_window_bits=10", ten));
  CHECK_BOTH(answers("permessage-deflate; client_max_window_bits=12",
                     "permessage-deflate; client_max_window_bits=10", ten));
}

TEST_CASE("[PMD-26] [PMD-27] a hint is repeated, and client_max_window_bits is never bare") {
  CHECK_BOTH(answers("permessage-deflate; client_max_window_bits", "permessage-deflate"));
  CHECK_BOTH(answers("permessage-deflate; client_max_window_bits=15", "permessage-deflate"));
  CHECK_BOTH(answers("permessage-deflate; client_max_window_bits=8",
                     "permessage-deflate; client_max_window_bits=8"));
  CHECK_BOTH(choose("permessage-deflate; client_max_window_bits=12").terms ==
             agreed{true, false, false, 15, 12});
}

TEST_CASE("[PMD-32] the order of the parameters in an offer changes nothing") {
  CHECK_BOTH(choose("permessage-deflate; client_max_window_bits=11; server_no_context_takeover") ==
             choose("permessage-deflate; server_no_context_takeover; client_max_window_bits=11"));
  CHECK_BOTH(
      choose("permessage-deflate; client_max_window_bits=11; server_no_context_takeover").terms ==
      agreed{true, true, false, 15, 11});
}

TEST_CASE("[PMD-33] an offer with the name in another case is another extension") {
  CHECK_BOTH(declines("Permessage-Deflate"));
  CHECK_BOTH(declines("PERMESSAGE-DEFLATE; server_no_context_takeover"));
}

TEST_CASE("settings out of range are never written as a window") {
  CHECK_BOTH(answers("permessage-deflate; client_max_window_bits", "permessage-deflate",
                     {.server_max_window_bits = 200, .client_max_window_bits = 200}));
  CHECK_BOTH(declines("permessage-deflate", {.server_max_window_bits = 7}));
  const auto few = deflate::accept({.client_max_window_bits = bare}, {.client_max_window_bits = 7});
  std::array<char, 128> out{};
  CHECK(turnout::write(*few, out).error() == failure{errc::unwritable, 0});
}

namespace {

namespace websocket = turnout::websocket;

constexpr turnout::profile spoken[] = {websocket::profile};

/// True if the 101 to a request with these extensions ends with `fields`.
constexpr bool switches(std::string_view offered, std::string_view fields) {
  turnout::facts seen{turnout::method::get, turnout::http_1_1};
  seen.see("Host", "a");
  seen.see("Connection", "Upgrade");
  seen.see("Upgrade", "websocket");
  seen.see("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  seen.see("Sec-WebSocket-Version", "13");
  seen.see("Sec-WebSocket-Extensions", offered);
  const auto asked = websocket::offer::read(turnout::examine_request(seen, spoken).offer);

  const answer made = deflate::choose(asked->extensions());
  websocket::written_extensions<> chosen;
  if (made.terms.in_use && !chosen.add(made.element)) return false;
  for (const turnout::field::extension& one : asked->extensions())
    if (one.name == "foo" && !chosen.add(one)) return false;
  if (!deflate::check_rsv1(chosen.list())) return false;

  std::array<char, 512> out{};
  const auto agreement = asked->agree({.extensions = chosen.list()});
  const auto written = turnout::write_switch(*agreement, false, {}, out);
  return written && written->ends_with(fields);
}

}  // namespace

TEST_CASE("[PMD-06] [PMD-31] [WS-64] the 101 names what was chosen, or nothing") {
  CHECK_BOTH(
      switches("foo; a=1, permessage-deflate; client_max_window_bits=10; "
               "server_no_context_takeover",
               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
               "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
               "client_max_window_bits=10, foo; a=1\r\n\r\n"));
  for (const std::string_view declined : {"permessage-deflate; foo", "Permessage-Deflate", "bar"})
    CHECK(switches(declined, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
}
