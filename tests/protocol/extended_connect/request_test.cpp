// Requests of HTTP/2 and HTTP/3, as tables of header lists, and what an extended CONNECT offers.
#include "turnout/protocol/extended_connect/request.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/both.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket/server.hpp"

namespace {

namespace extended_connect = turnout::extended_connect;
namespace websocket = turnout::websocket;
using extended_connect::request;
using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::field_name;
using turnout::verdict;
using list = std::vector<field_line>;
using kind = verdict::kind;

constexpr std::array<field_line, 6> websocket_list{{{":method", "CONNECT"},
                                                    {":protocol", "websocket"},
                                                    {":scheme", "https"},
                                                    {":path", "/chat"},
                                                    {":authority", "server.example.com"},
                                                    {"sec-websocket-version", "13"}}};
constexpr auto asked = request::read(websocket_list);
constexpr facts seen = extended_connect::facts_of(*asked);
constexpr turnout::profile spoken[] = {turnout::connect_udp::profile,
                                       websocket::profile,
                                       turnout::h2c::profile,
                                       {.token = {"own", {}}, .methods = turnout::method::post}};

/// The list above with one line replaced, and more after it.
list with(std::string_view name, std::string_view value, const list& more = {}) {
  list edited{websocket_list.begin(), websocket_list.end()};
  for (field_line& line : edited)
    if (line.name == name) line.value = value;
  edited.insert(edited.end(), more.begin(), more.end());
  return edited;
}

list without(std::string_view name) {
  list edited;
  for (const field_line& line : websocket_list)
    if (line.name != name) edited.push_back(line);
  return edited;
}

failure wrong(const list& lines) { return request::read(lines).error(); }

verdict judge(const list& lines, facts& kept) {
  const auto read = request::read(lines);
  REQUIRE(read);
  kept = extended_connect::facts_of(*read);
  return extended_connect::examine_request(*read, kept, spoken);
}

}  // namespace

TEST_CASE("[XC-04] [XC-05] an extended CONNECT is read in its parts") {
  CHECK_BOTH((asked->method == "CONNECT" && asked->protocol == "websocket"));
  CHECK_BOTH((asked->scheme == "https" && asked->authority == "server.example.com"));
  CHECK_BOTH((asked->path == "/chat" && asked->fields.size() == 1));
  CHECK_BOTH(asked->fields.front() == websocket_list[5]);
  CHECK_BOTH((asked->is_extended() && !asked->is_tunnel()));
}

TEST_CASE(
    "[XC-04] [XC-05] [XC-16] each pseudo-header field must be known, present, valid and unique") {
  for (const std::string_view name : {":method", ":scheme", ":path", ":authority"})
    CHECK(wrong(without(name)) == failure{errc::missing_pseudo_header, 5});
  // Without :protocol it is a plain CONNECT, which has neither :scheme nor :path.
  CHECK(wrong(without(":protocol")) == failure{errc::forbidden_pseudo_header, 1});
  CHECK(wrong({}) == failure{errc::missing_pseudo_header, 0});

  CHECK(wrong(with(":method", "")) == failure{errc::bad_method, 0});
  CHECK(wrong(with(":protocol", "")) == failure{errc::bad_protocol, 1});
  CHECK(wrong(with(":scheme", "")) == failure{errc::bad_scheme, 2});
  CHECK(wrong(with(":path", "")) == failure{errc::bad_target, 3});
  CHECK(wrong(with(":authority", "")) == failure{errc::bad_authority, 4});

  CHECK(wrong(with(":method", "GET")) == failure{errc::forbidden_pseudo_header, 1});
  CHECK(wrong(with(":method", "connect")) == failure{errc::forbidden_pseudo_header, 1});
  CHECK(wrong(with(":method", "G T")) == failure{errc::bad_method, 0});
  CHECK(wrong(with(":protocol", "foo/2")) == failure{errc::bad_protocol, 1});
  CHECK(wrong(with(":protocol", "a, b")) == failure{errc::bad_protocol, 1});

  for (std::size_t i = 0; i < 5; ++i) {
    list twice{websocket_list.begin(), websocket_list.begin() + 5};
    twice.push_back(websocket_list[i]);
    CHECK(wrong(twice) == failure{errc::repeated_pseudo_header, 5});
    list unsound{websocket_list.begin(), websocket_list.end()};
    for (const std::string_view bad : {"a\r\nX: y", "a\n", "\r", "a\x01"}) {
      unsound[i].value = bad;
      CHECK(wrong(unsound) == failure{errc::control_octet, i});
    }
    unsound[i].value = " a";
    CHECK(wrong(unsound) == failure{errc::whitespace_around_value, i});
    list late = with("", "", {{websocket_list[i]}});
    late.erase(late.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(wrong(late) == failure{errc::misplaced_pseudo_header, 5});
  }
  for (const std::string_view name : {":status", ":Path", ":", ":path "}) {
    list unknown{{name, "1"}};
    CHECK(wrong(unknown) == failure{errc::unknown_pseudo_header, 0});
  }
}

TEST_CASE("[XC-07] [XC-24] the scheme is https or http, the path a path, :authority a host") {
  CHECK(request::read(with(":scheme", "http")));
  for (const std::string_view bad : {"wss", "ws", "HTTPS", "ftp", "h ttp", "1"})
    CHECK(wrong(with(":scheme", bad)) == failure{errc::bad_scheme, 2});
  CHECK(request::read(with(":path", "/?a=b%20c")));
  for (const std::string_view bad :
       {"/a b", "*", "a", "?a", "https://a/", "/\x80", "/a#b", "/\"", "/\t"})
    CHECK(wrong(with(":path", bad)).at == 3);
  CHECK(wrong(with(":path", "/a b")) == failure{errc::bad_target, 3});
  CHECK(wrong(with(":path", "/\r\nX:")) == failure{errc::control_octet, 3});
  CHECK(request::read(with(":authority", "[::1]:8080")));
  for (const std::string_view bad : {"u@a", "a b", "a:b", "a:65536", ":80", "[::1", "a/b", "a,b@"})
    CHECK(wrong(with(":authority", bad)) == failure{errc::bad_authority, 4});
}

TEST_CASE("[XC-08] [XC-12] [XC-13] [XC-16] [INT-27] each field line is checked") {
  struct row {
    field_line line;
    errc code;
  };
  constexpr row rows[] = {
      {{"upgrade", "websocket"}, errc::connection_specific_field},
      {{"connection", "Upgrade"}, errc::connection_specific_field},
      {{"te", "gzip"}, errc::connection_specific_field},
      {{"Foo", "a"}, errc::bad_field_name},
      {{"x", "a\r\nX: y"}, errc::control_octet},
      {{"x", " a"}, errc::whitespace_around_value},
      {{":path", "/"}, errc::misplaced_pseudo_header},
      {{"content-length", "0"}, errc::content_not_allowed},
      {{"content-length", "5"}, errc::content_not_allowed},
      {{"expect", "100-continue"}, errc::expectation_failed},
      {{"host", "b"}, errc::host_differs},
      {{"host", ""}, errc::host_differs},
  };
  for (const row& one : rows) {
    CHECK(wrong(with("", "", {{one.line}})) == failure{one.code, 6});
    CHECK(wrong(with("", "", {{"a", "b"}, one.line, {"c", "d"}})) == failure{one.code, 7});
  }
  CHECK(request::read(with("", "", {{"te", "trailers"}, {"host", "Server.example.com"}})));
}

TEST_CASE("[CAP-07] a request for capsules has no fields about content") {
  constexpr turnout::profile own[] = {{.token = {"own", {}}, .capsules = true},
                                      {.token = {"other", {}}}};
  const auto judged = [&own](std::string_view protocol) {
    const list lines = with(":protocol", protocol, {{"content-type", "a/b"}});
    const auto read = request::read(lines);
    REQUIRE(read);
    const verdict found =
        extended_connect::examine_request(*read, extended_connect::facts_of(*read), own);
    return std::pair{found.what, found.found.why.code};
  };
  CHECK(judged("own") == std::pair{kind::refuse, errc::content_not_allowed});
  CHECK(judged("other") == std::pair{kind::offer, errc::none});
  CHECK(wrong(with("", "", {{"content-length", "0"}})) == failure{errc::content_not_allowed, 6});
}

TEST_CASE("[XC-05] a plain CONNECT has only :authority") {
  const list plain{{":method", "CONNECT"}, {":authority", "db:5432"}, {"a", "b"}};
  const auto tunnel = request::read(plain);
  CHECK(tunnel->is_tunnel());
  CHECK(!tunnel->is_extended());
  CHECK(tunnel->authority == "db:5432");
  facts kept;
  CHECK(judge(plain, kept).what == kind::connect);
  CHECK(wrong({{":method", "CONNECT"}}) == failure{errc::missing_pseudo_header, 1});
  CHECK(wrong({{":method", "CONNECT"}, {":authority", "db"}}) == failure{errc::bad_authority, 1});
  CHECK(wrong({{":method", "CONNECT"}, {":authority", "a:1"}, {":path", "/"}}) ==
        failure{errc::forbidden_pseudo_header, 2});
  CHECK(wrong({{":scheme", "https"}, {":method", "CONNECT"}, {":authority", "a:1"}}) ==
        failure{errc::forbidden_pseudo_header, 0});
}

TEST_CASE("[UPG-52] other requests ask for nothing, and may have content") {
  const list get{{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {"content-length", "0"}};
  facts kept;
  CHECK(judge(get, kept).what == kind::ignore);
  CHECK(judge(get, kept).found.why.code == errc::no_upgrade);
  CHECK(request::read(list{{":method", "OPTIONS"}, {":scheme", "https"}, {":path", "*"}}));
  CHECK(wrong({{":method", "GET"}, {":scheme", "https"}, {":path", "*"}}) ==
        failure{errc::bad_target, 2});
  CHECK(request::read(list{{":method", "GET"}, {":scheme", "x+y-1."}, {":path", "/"}}));
  for (const std::string_view bad : {"1x", "x_y", "x:"})
    CHECK(wrong({{":method", "GET"}, {":scheme", bad}, {":path", "/"}}) ==
          failure{errc::bad_scheme, 1});
  CHECK(wrong({{":method", "GET"}, {":scheme", "x"}}) == failure{errc::missing_pseudo_header, 2});
}

TEST_CASE("[XC-08] [XC-09] [XC-10] websocket's own checks accept an extended CONNECT") {
  constexpr verdict judged = extended_connect::examine_request(*asked, seen, spoken);
  CHECK_BOTH(judged.what == kind::offer);
  CHECK_BOTH(judged.offer.choose(turnout::preference::client) == &spoken[1]);
  CHECK_BOTH(websocket::offer::read(judged.offer));

  const list full = with("", "",
                         {{"sec-websocket-key", "ignored"},
                          {"sec-websocket-accept", "ignored"},
                          {"sec-websocket-protocol", "chat, superchat"},
                          {"sec-websocket-extensions", "permessage-deflate"},
                          {"origin", "http://www.example.com"}});
  facts kept;
  const auto offered = websocket::offer::read(judge(full, kept).offer);
  REQUIRE(offered);
  CHECK(offered->origin() == "http://www.example.com");
  CHECK(offered->subprotocols() ==
        *turnout::field::sec_websocket_protocol::parse("chat, superchat"));
  CHECK(offered->extensions() ==
        *turnout::field::sec_websocket_extensions::parse("permessage-deflate"));

  const auto read = [&](const list& lines) {
    return websocket::offer::read(judge(lines, kept).offer).error().code;
  };
  CHECK(read(with("sec-websocket-version", "12")) == errc::unsupported_websocket_version);
  CHECK(read(without("sec-websocket-version")) == errc::missing_websocket_version);
  CHECK(read(with("", "", {{"sec-websocket-protocol", "@"}})) == errc::bad_websocket_protocol);
}

TEST_CASE("[XC-06] :authority is the server, not a tunnel's target") {
  facts kept;
  const verdict judged = judge(with(":authority", "db:5432"), kept);
  CHECK(judged.what == kind::offer);
  CHECK(kept.lines(field_name::host).first() == "db:5432");
}

TEST_CASE("[UDP-17] connect-udp's own checks accept an extended CONNECT") {
  facts kept;
  const list lines{
      {":method", "CONNECT"},        {":protocol", "connect-udp"},
      {":scheme", "https"},          {":path", "/.well-known/masque/udp/192.0.2.6/443/"},
      {":authority", "example.org"}, {"capsule-protocol", "?1"}};
  const verdict judged = judge(lines, kept);
  const auto offered = turnout::connect_udp::offer::read(judged.offer, lines[3].value);
  REQUIRE(offered);
  CHECK(offered->target().host.text() == "192.0.2.6");
}

TEST_CASE("[XC-14] [XC-23] [XC-25] an unsupported protocol, or another spelling, gets a 501") {
  for (const std::string_view unknown : {"foo", "WebSocket", "WEBSOCKET", "h2c", "tls"}) {
    facts kept;
    const verdict judged = judge(with(":protocol", unknown), kept);
    CHECK(judged.what == kind::refuse);
    CHECK(judged.found.why == failure{errc::unknown_connect_protocol, 0});
    CHECK(turnout::explain(judged.found.why.code).status == 501);
  }
  // A protocol that is asked for with POST alone has no GET that an extended CONNECT could mean.
  facts kept;
  CHECK(judge(with(":protocol", "own"), kept).found.why.code == errc::method_not_allowed);
}
