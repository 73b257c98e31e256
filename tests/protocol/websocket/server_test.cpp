// The server's side of the WebSocket handshake, as tables of field lines and what is made of them.
#include "turnout/protocol/websocket/server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "support/table.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/protocol/websocket/deflate_server.hpp"

namespace {

namespace websocket = turnout::websocket;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::preference;
using websocket::terms;

constexpr turnout::profile spoken[] = {{.token = {"foo"}}, websocket::profile};
constexpr std::string_view key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
constexpr std::string_view version = "Sec-WebSocket-Version: 13\r\n";
constexpr std::string_view both =
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

constexpr std::string_view compression =
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

constexpr facts request(std::string_view lines, std::string_view more = {}) {
  facts noted{turnout::method::get, turnout::http_1_1};
  constexpr std::string_view begin = "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  for (const std::string_view part : {begin, lines, more}) noted = fixtures::with(noted, part);
  return noted;
}

constexpr turnout::result<websocket::offer> read(const facts& seen, std::size_t max_elements = 64) {
  return websocket::offer::read(turnout::examine_request(seen, spoken).offer, max_elements);
}

struct row {
  std::string_view lines;
  errc code;
  std::size_t at;
};

/// The number of the first row whose lines, after `before`, fail in another way or not at all.
constexpr std::size_t first_wrong(std::string_view before, std::span<const row> rows) {
  return table::first_wrong(rows, [&](const row& one) {
    return read(request(before, one.lines)).error() == failure{one.code, one.at};
  });
}

/// True if exactly a 101 with `fields` is written into a span of its size, and nothing into smaller
/// ones.
constexpr bool writes(const websocket::agreement& agreed, std::string_view fields) {
  constexpr std::string_view begin =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  std::array<char, 320> out{};
  const std::size_t needed = begin.size() + fields.size();
  for (std::size_t size = 0; size < needed; ++size)
    if (turnout::write_switch(agreed, false, {}, std::span{out}.first(size)) !=
        failure{errc::no_space, needed})
      return false;
  if (out != std::array<char, 320>{}) return false;
  const auto written = turnout::write_switch(agreed, false, {}, std::span{out}.first(needed));
  return written->size() == needed && written->starts_with(begin) && written->ends_with(fields) &&
         out[needed] == '\0';
}

constexpr facts full = request(both,
                               "Sec-WebSocket-Protocol: chat, superchat\r\n"
                               "Sec-WebSocket-Extensions: foo; a=1, bar\r\n"
                               "Origin: HTTP://Good.Example\r\n"
                               "Sec-WebSocket-Protocol: x\r\n");

}  // namespace

TEST_CASE("[WS-47] [WS-48] [WS-49] [WS-50] the key is one text of 16 octets in base64") {
  static constexpr row rows[] = {
      {"", errc::missing_websocket_key, 0},
      {"Sec-WebSocket-Key:\r\n", errc::bad_websocket_key, 0},
      {"Sec-WebSocket-Key: AAAA\r\n", errc::bad_websocket_key, 4},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n", errc::bad_websocket_key, 22},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=\r\n", errc::bad_websocket_key, 23},
      {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=\r\n", errc::bad_websocket_key, 22},
      {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA\r\n", errc::bad_websocket_key, 20},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j*Q==\r\n", errc::bad_websocket_key, 20},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j_Q==\r\n", errc::bad_websocket_key, 20},
      {"Sec-WebSocket-Key: dGhl IHNhbXBsZSBub25jZQ==\r\n", errc::bad_websocket_key, 4},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, x\r\n", errc::bad_websocket_key, 24},
      {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
       errc::repeated_websocket_key, 25},
      {"Sec-WebSocket-Key: @\r\nSec-WebSocket-Key: @\r\n", errc::repeated_websocket_key, 2},
  };
  CHECK_BOTH(first_wrong(version, rows) == std::size(rows));
}

TEST_CASE("[WS-52] [WS-53] [WS-54] the version is 13, in this spelling and once") {
  static constexpr row rows[] = {
      {"", errc::missing_websocket_version, 0},
      {"Sec-WebSocket-Version: 12\r\n", errc::unsupported_websocket_version, 0},
      {"Sec-WebSocket-Version: 0\r\n", errc::unsupported_websocket_version, 0},
      {"Sec-WebSocket-Version: 255\r\n", errc::unsupported_websocket_version, 0},
      {"Sec-WebSocket-Version: 256\r\n", errc::bad_websocket_version, 2},
      {"Sec-WebSocket-Version: 013\r\n", errc::bad_websocket_version, 0},
      {"Sec-WebSocket-Version: 13.0\r\n", errc::bad_websocket_version, 2},
      {"Sec-WebSocket-Version: 0x0d\r\n", errc::bad_websocket_version, 1},
      {"Sec-WebSocket-Version: +13\r\n", errc::bad_websocket_version, 0},
      {"Sec-WebSocket-Version: 13, 8\r\n", errc::bad_websocket_version, 2},
      {"Sec-WebSocket-Version:\r\n", errc::bad_websocket_version, 0},
      {"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13\r\n",
       errc::repeated_websocket_version, 3},
  };
  CHECK_BOTH(first_wrong(key, rows) == std::size(rows));
}

TEST_CASE("[WS-62] [WS-63] [GRM-04] subprotocols are a list of tokens that is not empty") {
  static constexpr row rows[] = {
      {"Sec-WebSocket-Protocol:\r\n", errc::bad_websocket_protocol, 0},
      {"Sec-WebSocket-Protocol: ,\r\n", errc::bad_websocket_protocol, 1},
      {"Sec-WebSocket-Protocol: ch@t\r\n", errc::bad_websocket_protocol, 2},
      {"Sec-WebSocket-Protocol: a b\r\n", errc::bad_websocket_protocol, 2},
      {"Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b, @\r\n",
       errc::bad_websocket_protocol, 5},
      {"Sec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io\r\n", errc::bad_websocket_protocol, 4},
  };
  CHECK_BOTH(first_wrong(both, rows) == std::size(rows));

  constexpr facts seen = request(both, "Sec-WebSocket-Protocol: chat,,x\r\n");
  CHECK_BOTH(read(seen)->subprotocols() ==
             *turnout::field::sec_websocket_protocol::parse("chat, x"));
  CHECK_BOTH(read(full)->subprotocols() ==
             *turnout::field::sec_websocket_protocol::parse("chat, superchat, x"));
}

TEST_CASE("[WS-62] a repeated subprotocol fails where it is repeated") {
  constexpr facts line = request(both, "Sec-WebSocket-Protocol: chat, chat\r\n");
  CHECK_BOTH(read(line).error() == failure{errc::repeated_subprotocol, 6});
  constexpr facts lines =
      request(both, "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b, a\r\n");
  CHECK_BOTH(read(lines).error() == failure{errc::repeated_subprotocol, 5});
}

TEST_CASE("[WS-65] [WS-66] [WS-67] [GRM-07] [GRM-09] malformed extensions are refused") {
  static constexpr row rows[] = {
      {"Sec-WebSocket-Extensions:\r\n", errc::bad_websocket_extensions, 0},
      {"Sec-WebSocket-Extensions: foo;;a\r\n", errc::bad_websocket_extensions, 4},
      {"Sec-WebSocket-Extensions: foo; =1\r\n", errc::bad_websocket_extensions, 5},
      {"Sec-WebSocket-Extensions: foo; a=\r\n", errc::bad_websocket_extensions, 7},
      {"Sec-WebSocket-Extensions: ; a\r\n", errc::bad_websocket_extensions, 0},
      {"Sec-WebSocket-Extensions: foo; a=\"b c\"\r\n", errc::bad_websocket_extensions, 7},
      {"Sec-WebSocket-Extensions: x; a=\"b,c;d\", y\r\n", errc::bad_websocket_extensions, 5},
      {"Sec-WebSocket-Extensions: x; a=\"b\r\nSec-WebSocket-Extensions: y\"\r\n",
       errc::bad_websocket_extensions, 7},
  };
  CHECK_BOTH(first_wrong(both, rows) == std::size(rows));

  constexpr facts spaced = request(both, "Sec-WebSocket-Extensions: foo ; a = \"1\" , bar\r\n");
  CHECK_BOTH(read(spaced)->extensions() ==
             *turnout::field::sec_websocket_extensions::parse("foo; a=1, bar"));
}

TEST_CASE("[WS-57] there is at most one Origin, which the caller checks") {
  CHECK_BOTH(read(request(both, "Origin: http://a\r\nOrigin: b\r\n")).error() ==
             failure{errc::repeated_origin, 9});
  CHECK_BOTH(read(full)->origin() == "HTTP://Good.Example");
  constexpr facts none = request(both);
  CHECK_BOTH(read(none)->origin().empty());
}

TEST_CASE("[WS-40] the checks come in this order: version, key, Origin, subprotocols, extensions") {
  constexpr std::string_view rest =
      "Origin: a\r\nOrigin: a\r\nSec-WebSocket-Protocol: @\r\nSec-WebSocket-Extensions: @\r\n";
  CHECK_BOTH(read(request("", rest)).error().code == errc::missing_websocket_version);
  CHECK_BOTH(read(request(version, rest)).error().code == errc::missing_websocket_key);
  CHECK_BOTH(read(request(both, rest)).error().code == errc::repeated_origin);
  CHECK_BOTH(read(request(both, rest.substr(22))).error().code == errc::bad_websocket_protocol);
  CHECK_BOTH(read(request(both, rest.substr(49))).error().code == errc::bad_websocket_extensions);
}

TEST_CASE("[GRM-03] lists beyond the limit are refused at the first element too many") {
  constexpr facts protocols = request(both, "Sec-WebSocket-Protocol: a, b, c\r\n");
  CHECK_BOTH(read(protocols, 3)->subprotocols().size() == 3);
  CHECK_BOTH(read(protocols, 2).error() == failure{errc::too_many_elements, 6});
  constexpr facts extensions = request(both, "Sec-WebSocket-Extensions: ,a; x; y; z,b\r\n");
  CHECK_BOTH(read(extensions, 3)->extensions().size() == 2);
  CHECK_BOTH(read(extensions, 2).error() == failure{errc::too_many_elements, 12});
}

TEST_CASE("[WS-65] [GRM-03] the values that browsers offer are read like any other") {
  CHECK_BOTH([] {
    const facts seen = request(both, compression);
    const auto offered = read(seen, 1);
    if (!offered || offered->extensions().size() != 1) return false;
    const auto one = *offered->extensions().begin();
    return one.name == "permessage-deflate" &&
           one.parameters.begin()->name == "client_max_window_bits" &&
           ++one.parameters.begin() == one.parameters.end();
  }());
  CHECK(read(request(both, compression), 0).error() == failure{errc::too_many_elements, 0});
  CHECK(read(fixtures::with(request(both, compression), compression))->extensions().size() == 2);

  static constexpr std::string_view bare = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  CHECK_BOTH([] {
    const facts seen = request(both, bare);
    const auto offered = read(seen, 1);
    if (!offered || offered->extensions().size() != 1) return false;
    const auto one = *offered->extensions().begin();
    return one.name == "permessage-deflate" && one.parameters.begin() == one.parameters.end();
  }());
  CHECK(read(request(both, bare), 0).error() == failure{errc::too_many_elements, 0});
  CHECK(read(fixtures::with(request(both, bare), bare))->extensions().size() == 2);
}

TEST_CASE("[UPG-12] an offer without websocket can't be read as one") {
  static constexpr turnout::profile other[] = {{.token = {"foo"}}};
  static constexpr facts seen = request(both, "Upgrade: foo\r\n");
  constexpr auto offered = turnout::examine_request(seen, other).offer;
  CHECK_BOTH(offered.offered() == 1);
  CHECK_BOTH(websocket::offer::read(offered).error() == failure{errc::foreign_agreement, 0});
  CHECK_BOTH(websocket::offer::read({}).error() == failure{errc::foreign_agreement, 0});
  CHECK_BOTH(read(seen)->key().text() == key.substr(19, 24));
}

TEST_CASE("[WS-60] [WS-61] [WS-51] [WS-68] the 101 has the accept value and the terms") {
  CHECK_BOTH(
      writes(*read(full)->agree(), "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
  constexpr terms chosen{"chat", *turnout::field::sec_websocket_extensions::parse("bar,foo;b")};
  CHECK_BOTH(writes(*read(full)->agree(chosen),
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                    "Sec-WebSocket-Protocol: chat\r\n"
                    "Sec-WebSocket-Extensions: bar, foo; b\r\n\r\n"));
  CHECK_BOTH(read(full)->agree(chosen)->chosen() == chosen);
  CHECK_BOTH(read(full)->agree()->protocol() == &spoken[1]);
  constexpr facts odd = request(version, "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r\n");
  CHECK_BOTH(
      writes(*read(odd)->agree(), "Sec-WebSocket-Accept: OfS0wDaT5NoxF2gqm7Zj2YtetzM=\r\n\r\n"));
}

TEST_CASE("[WS-61] [WS-64] [MSG-82] terms that were not offered are refused") {
  const auto fault_of = [](const terms& chosen) { return read(full)->agree(chosen).error(); };
  for (const std::string_view wrong : {"y", "CHAT", "chat, superchat", "chat\r\nSet-Cookie: x"})
    CHECK(fault_of({wrong, {}}) == failure{errc::subprotocol_not_offered, 0});
  CHECK(fault_of({{}, *turnout::field::sec_websocket_extensions::parse("foo, FOO")}) ==
        failure{errc::extension_not_offered, 1});
  std::array<char, 320> out{};
  CHECK(turnout::write_switch(websocket::agreement{}, false, {}, out).error().code ==
        errc::no_protocol);
  CHECK(turnout::write_switch(*websocket::offer{}.agree(), false, {}, out).error().code ==
        errc::no_protocol);
}

TEST_CASE("[PMD-06] [WS-64] an agreement compresses as chosen, before other extensions") {
  namespace deflate = websocket::permessage_deflate;
  static constexpr facts seen = request(both,
                                        "Sec-WebSocket-Extensions: permessage-deflate; "
                                        "server_max_window_bits=10, foo\r\n");
  constexpr auto made = [](bool other) {
    const auto asked = read(seen);
    websocket::agreement agreed = *asked->agree(
        other ? terms{.extensions = *turnout::field::sec_websocket_extensions::parse("foo")}
              : terms{});
    agreed.compress_with(deflate::choose(asked->extensions()));
    return agreed;
  };
  const std::string accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
  CHECK(writes(made(false), accept + "Sec-WebSocket-Extensions: permessage-deflate; "
                                     "server_max_window_bits=10\r\n\r\n"));
  CHECK(writes(made(true), accept + "Sec-WebSocket-Extensions: permessage-deflate; "
                                    "server_max_window_bits=10, foo\r\n\r\n"));
  CHECK_BOTH(made(false).deflate().in_use);
  CHECK_BOTH(made(false).deflate().server_window_bits == 10);
  CHECK_BOTH(!read(full)->agree()->deflate().in_use);
  CHECK_BOTH([] {
    websocket::agreement declined = *read(full)->agree();
    declined.compress_with({});
    return writes(declined, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  }());
}

TEST_CASE("[WS-61] [GRM-15] a subprotocol is chosen in either side's order, octet for octet") {
  static constexpr std::string_view served[] = {"CHAT", "x", "superchat", "chat"};
  CHECK_BOTH(read(full)->choose(served, preference::server) == "x");
  CHECK_BOTH(read(full)->choose(served, preference::client) == "chat");
  CHECK_BOTH(read(full)->choose({served, 1}, preference::server).empty());
  CHECK_BOTH(read(full)->choose({served, 1}, preference::client).empty());
  CHECK_BOTH(read(full)->choose({}, preference::client).empty());
  constexpr facts none = request(both);
  CHECK_BOTH(read(none)->choose(served, preference::server).empty());
  CHECK_BOTH(read(none)->choose(served, preference::client).empty());
}

TEST_CASE("[WS-69] field lines may come in any order, with unknown ones among them") {
  std::array<std::string_view, 6> lines{"Origin: a\r\n",
                                        "Sec-WebSocket-Extensions: x\r\n",
                                        "Sec-WebSocket-Protocol: chat\r\n",
                                        "X-Foo: y\r\n",
                                        key,
                                        version};
  std::sort(lines.begin(), lines.end());
  std::size_t orders = 0;
  do {
    std::string all;
    for (const std::string_view line : lines) all += line;
    const facts seen = request(all);
    const auto offer = read(seen);
    REQUIRE(offer);
    CHECK(offer->key().text() == key.substr(19, 24));
    CHECK(offer->agree({"chat", offer->extensions()})->chosen().subprotocol == "chat");
    ++orders;
  } while (std::next_permutation(lines.begin(), lines.end()));
  CHECK(orders == 720);
}

TEST_CASE("[WS-46] [WS-52] [WS-53] a refusal for the version names the supported one") {
  std::array<char, 512> out{};
  const auto text_of = [&out](errc code) {
    return std::string{*turnout::write(websocket::agreement::refusal_for(code), out)};
  };
  CHECK(text_of(errc::unsupported_websocket_version) ==
        "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n");
  for (const errc code : {errc::missing_websocket_version, errc::repeated_websocket_version,
                          errc::bad_websocket_version})
    CHECK(text_of(code) ==
          "HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n");
  for (const errc code :
       {errc::missing_websocket_key, errc::repeated_websocket_key, errc::bad_websocket_key,
        errc::bad_websocket_protocol, errc::repeated_subprotocol, errc::bad_websocket_extensions,
        errc::repeated_origin, errc::no_upgrade})
    CHECK(text_of(code) == "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  CHECK(text_of(errc::method_not_allowed) ==
        "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n");
}
