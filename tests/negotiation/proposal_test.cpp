// Requests that offer to switch: their octets, and what is refused before one is written.
#include "turnout/negotiation/proposal.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/examine_request.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::framing;
using turnout::method;
using turnout::profile;
using turnout::proposal;
using enum turnout::framing_kind;

constexpr std::string_view settings[] = {"HTTP2-Settings"};
constexpr profile foo[] = {{.token = {"foo", "2"}}};
constexpr profile foo_and_bar[] = {{.token = {"foo", "2"}}, {.token = {"bar"}}};
constexpr profile h2c[] = {{.token = {"h2c"}, .nominated = settings}};
constexpr profile tls[] = {{.token = {"TLS", "1.2"}, .methods = method::get | method::options}};

constexpr profile upload[] = {{.token = {"tcp"},
                               .methods = method::get | method::post | method::put | method::patch |
                                          method::delete_ | method::query,
                               .content = true}};

/// A protocol that adds a field line to the request.
struct ticketed : proposal {
  constexpr void put_fields(turnout::writer& to) const noexcept { to.put("X-Ticket: 7\r\n"); }
};

/// True if exactly `expected` is written into a span of its size, and nothing into smaller ones,
/// which name that size.
template <class Proposal>
constexpr bool writes(const Proposal& asked, std::string_view expected) {
  std::array<char, 512> out{};
  for (std::size_t size = 0; size < expected.size(); ++size) {
    const auto none = turnout::write_request(asked, std::span{out}.first(size));
    if (none != failure{errc::no_space, expected.size()}) return false;
  }
  if (out != std::array<char, 512>{}) return false;
  const auto written = turnout::write_request(asked, std::span{out}.first(expected.size()));
  return written == expected && out[expected.size()] == '\0';
}

/// Why nothing is written into a span that has room enough; errc::none if something is.
template <class Proposal>
constexpr failure fault_of(const Proposal& asked) {
  std::array<char, 512> out{};
  const failure why = turnout::write_request(asked, out).error();
  const bool kept = out == std::array<char, 512>{};
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

/// True if these lines say so, after the library's other lines and before those of the protocol.
bool announces(method asked, framing content, bool expect, const std::string& lines) {
  const std::string head = " / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n";
  return writes(ticketed{{asked, "/", "a", upload, {}, content, expect}},
                std::string{turnout::name_of(asked)} + head + lines + "X-Ticket: 7\r\n\r\n");
}

bool is_alphanumeric(int octet) {
  return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
         (octet >= 'A' && octet <= 'Z');
}

}  // namespace

TEST_CASE("[UPG-01] [UPG-05] [GRM-20] [MSG-06] [MSG-26] a request has Host first and one offer") {
  constexpr proposal one{.target = "/x", .host = "a", .protocols = foo};
  CHECK_BOTH(writes(one,
                    "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\n\r\n"));
  constexpr proposal two{.host = "[::1]:8080", .protocols = foo_and_bar};
  CHECK_BOTH(writes(two,
                    "GET / HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2, bar\r\n\r\n"));
}

TEST_CASE("[MSG-21] [MSG-22] [MSG-24] the target has any form that the method allows") {
  CHECK_BOTH(writes(proposal{.target = "/?q=1", .host = "a", .protocols = foo},
                    "GET /?q=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(writes(proposal{.target = "http://a/x", .host = "a", .protocols = foo},
                    "GET http://a/x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(writes(
      proposal{.method = method::options, .target = "*", .host = "bank", .protocols = tls},
      "OPTIONS * HTTP/1.1\r\nHost: bank\r\nConnection: Upgrade\r\nUpgrade: TLS/1.2\r\n\r\n"));
  CHECK_BOTH(fault_of(proposal{.target = "*", .host = "a", .protocols = tls}) ==
             failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.target = "a:80", .host = "a", .protocols = foo}) ==
             failure{errc::unwritable, 1});
}

TEST_CASE("[MSG-21] an empty path becomes a slash") {
  CHECK_BOTH(writes(proposal{.target = "", .host = "a", .protocols = foo},
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(writes(proposal{.target = "?q=1", .host = "a", .protocols = foo},
                    "GET /?q=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                    "Upgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(fault_of(proposal{.target = "?#", .host = "a", .protocols = foo}) ==
             failure{errc::unwritable, 1});
}

TEST_CASE("[MSG-23] [MSG-26] Host is the authority of a target in absolute-form") {
  CHECK_BOTH(fault_of(proposal{.target = "http://b/", .host = "a", .protocols = foo}) ==
             failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.target = "http://a:80/", .host = "a", .protocols = foo}) ==
             failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.target = "http://a:80/", .host = "a:80", .protocols = foo}) ==
             failure{});
}

TEST_CASE("[CON-03] [CON-11] [H2C-02] Connection lists the fields for one hop") {
  static constexpr field_line fields[] = {{"TE", "trailers"}, {"X", "y"}, {"te", "gzip"}};
  CHECK_BOTH(writes(proposal{.host = "a", .protocols = foo, .fields = fields},
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, TE\r\nUpgrade: foo/2\r\n"
                    "TE: trailers\r\nX: y\r\nte: gzip\r\n\r\n"));
  CHECK_BOTH(writes(proposal{.host = "a", .protocols = h2c},
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    "Upgrade: h2c\r\n\r\n"));
}

TEST_CASE("[CON-04] Connection does not list fields for all recipients, nor close") {
  for (const std::string_view name :
       {"close", "Close", "Host", "Content-Length", "Transfer-Encoding", "Authorization",
        "cache-control", "Sec-WebSocket-Key", "X-Forwarded-For"}) {
    const profile one[] = {{.token = {"foo", "2"}, .nominated = {&name, 1}}};
    CAPTURE(name);
    CHECK(fault_of(proposal{.host = "a", .protocols = one}) == failure{errc::reserved_field, 0});
  }
}

TEST_CASE("[DKR-01] a request without content says so if its method usually has some") {
  CHECK_BOTH(writes(proposal{.method = method::post, .host = "a", .protocols = upload},
                    "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                    "Content-Length: 0\r\n\r\n"));
  for (const framing content : {framing{}, framing{none, 5}}) {
    for (const method asked : {method::post, method::put, method::patch, method::query})
      CHECK(announces(asked, content, false, "Content-Length: 0\r\n"));
    for (const method asked : {method::get, method::delete_})
      CHECK(announces(asked, content, false, ""));
  }
}

TEST_CASE("[MSG-59] [UPG-33] content is announced in one way, with Expect if it waits") {
  for (const method asked : {method::get, method::post, method::patch, method::delete_}) {
    CHECK(announces(asked, {length, 0}, false, "Content-Length: 0\r\n"));
    CHECK(announces(asked, {length, 5}, true, "Content-Length: 5\r\nExpect: 100-continue\r\n"));
    CHECK(
        announces(asked, {length, UINT64_MAX}, false, "Content-Length: 18446744073709551615\r\n"));
    CHECK(announces(asked, {chunked, 5}, false, "Transfer-Encoding: chunked\r\n"));
    CHECK(announces(asked, {chunked, 0}, true,
                    "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"));
  }
}

TEST_CASE("[UPG-33] [MSG-68] [MSG-83] a request with content that can't be sent is not written") {
  constexpr auto fault = [](framing content, bool expect, std::span<const profile> protocols) {
    return fault_of(proposal{method::get, "/", "a", protocols, {}, content, expect});
  };
  static constexpr profile upload_and_foo[] = {upload[0], foo[0]};
  CHECK_BOTH(fault({}, true, upload) == failure{errc::expect_without_content, 0});
  CHECK_BOTH(fault({length, 0}, true, upload) == failure{errc::expect_without_content, 0});
  CHECK_BOTH(fault({until_close, 0}, false, upload) == failure{errc::endless_content, 0});
  CHECK_BOTH(fault({until_close, 0}, true, foo) == failure{errc::endless_content, 0});
  CHECK_BOTH(fault({length, 1}, false, foo_and_bar) == failure{errc::content_not_allowed, 0});
  CHECK_BOTH(fault({chunked, 0}, true, upload_and_foo) == failure{errc::content_not_allowed, 1});
  CHECK_BOTH(fault({length, 0}, false, upload_and_foo) == failure{});
  CHECK_BOTH(proposal{}.check_after(proposal{}) == failure{});
}

TEST_CASE("[UPG-15] [UPG-51] a request that does not fit its protocols is not written") {
  constexpr proposal nothing{.host = "a"};
  CHECK_BOTH(fault_of(nothing) == failure{errc::no_protocol, 0});
  static constexpr profile not_by_upgrade[] = {{.token = {"foo"}, .by_upgrade = false}};
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = not_by_upgrade}) ==
             failure{errc::no_protocol, 0});
  static constexpr std::array<profile, 65> many = [] {
    std::array<profile, 65> filled;
    for (profile& one : filled) one.token = {"p"};
    return filled;
  }();
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = many}) ==
             failure{errc::too_many_profiles, 64});
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = std::span{many}.first(64)}).code ==
             errc::none);
  // Both allow GET, and the second alone allows nothing else.
  static constexpr profile get_last[] = {tls[0], foo[0]};
  for (const method asked : {method::other, method::connect, method::post, method::put})
    CHECK(fault_of(proposal{.method = asked, .host = "a", .protocols = get_last}) ==
          failure{errc::method_not_allowed, 0});
  CHECK_BOTH(fault_of(proposal{.method = method::options, .host = "a", .protocols = get_last}) ==
             failure{errc::method_not_allowed, 1});
  static constexpr profile tunnel[] = {{.token = {"foo"}, .methods = method::connect}};
  CHECK_BOTH(
      fault_of(proposal{
          .method = method::connect, .target = "a:80", .host = "a:80", .protocols = tunnel}) ==
      failure{errc::method_not_allowed, 0});
  static constexpr profile spaced[] = {{.token = {"a b"}}};
  static constexpr profile nameless[] = {{.token = {"", "2"}}};
  static constexpr profile slashes[] = {{.token = {"foo", "2/3"}}};
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = spaced}) == failure{errc::unwritable, 1});
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = nameless}) ==
             failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.host = "a", .protocols = slashes}) == failure{errc::unwritable, 1});
}

TEST_CASE("[MSG-03] [MSG-20] [MSG-26] [MSG-82] no octet of the caller breaks the request") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool mark = std::string_view{"-._~!$&'()*+,;="}.find(octet) != std::string_view::npos;
    const bool in_host = is_alphanumeric(i) || mark;
    const bool in_target =
        in_host || std::string_view{":/?@[]%"}.find(octet) != std::string_view::npos;
    const bool in_token = is_alphanumeric(i) ||
                          std::string_view{"!#$%&'*+-.^_`|~"}.find(octet) != std::string_view::npos;
    const bool in_value = octet == '\t' || (i >= 0x20 && i != 0x7F);

    const std::string text{'a', octet, 'b'};
    const std::string target = "/" + text;
    const field_line fields[] = {{"X", "y"}, {"Y", text}};
    const std::string_view nominated[] = {text};
    const profile wanting[] = {{.token = {"foo"}, .nominated = nominated}};
    const auto bad = [](bool good, std::size_t at) {
      return good ? failure{} : failure{errc::unwritable, at};
    };
    CHECK(fault_of(proposal{.target = target, .host = "a", .protocols = foo}) == bad(in_target, 2));
    CHECK(fault_of(proposal{.host = text, .protocols = foo}) == bad(in_host, i == ':' ? 2 : 1));
    CHECK(fault_of(proposal{.host = "a", .protocols = foo, .fields = fields}) == bad(in_value, 1));
    CHECK(fault_of(proposal{.host = "a", .protocols = wanting}) == bad(in_token, 1));
  }
  CHECK_BOTH(fault_of(proposal{.host = ":80", .protocols = foo}) == failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.host = "u:p@a", .protocols = foo}).code == errc::unwritable);
}

TEST_CASE("[MSG-26] [MSG-30] Host may be empty without an authority, unless a protocol needs it") {
  static constexpr profile needing[] = {{.token = {"foo", "2"}},
                                        {.token = {"bar"}, .needs_host = true}};
  CHECK_BOTH(writes(proposal{.protocols = foo},
                    "GET / HTTP/1.1\r\nHost: \r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(fault_of(proposal{.protocols = needing}) == failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.host = ":80", .protocols = needing}) ==
             failure{errc::unwritable, 0});
  CHECK_BOTH(fault_of(proposal{.target = "http://a/", .protocols = foo}) ==
             failure{errc::unwritable, 0});
}

TEST_CASE("[MSG-15] [UPG-15] a request may have a method that only the profile knows") {
  static constexpr std::string_view names[] = {"SOURCE", "GET", "A B", ""};
  static constexpr profile icecast[] = {{.token = {"foo", "2"}, .method_names = names}};
  constexpr auto named = [](std::string_view name) {
    return proposal{
        .method = method::other, .host = "a", .protocols = icecast, .method_name = name};
  };
  CHECK_BOTH(
      writes(named("SOURCE"),
             "SOURCE / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"));
  CHECK_BOTH(fault_of(named("PUSH")) == failure{errc::method_not_allowed, 0});
  // What the library knows is not to be hidden from it.
  CHECK_BOTH(fault_of(named("GET")) == failure{errc::method_not_allowed, 0});
  CHECK_BOTH(fault_of(named("A B")) == failure{errc::unwritable, 1});
  CHECK_BOTH(fault_of(named("")).code == errc::unwritable);
}

TEST_CASE(
    "[CON-12] [CON-13] [MSG-47] [MSG-59] [UPG-33] a caller's fields can't replace those of the "
    "library") {
  for (const std::string_view name :
       {"Host", "Connection", "upgrade", "Content-Length", "Transfer-Encoding", "Expect",
        "Proxy-Connection", "Keep-Alive", "Close", "Trailer", "Sec-WebSocket-Key"}) {
    const field_line fields[] = {{"X", "y"}, {"Y", "z"}, {name, "1"}};
    CAPTURE(name);
    CHECK(fault_of(proposal{.host = "a", .protocols = foo, .fields = fields}) ==
          failure{errc::reserved_field, 2});
  }
}

TEST_CASE("a plain proposal requires nothing of the 101 beyond the rules of Upgrade") {
  CHECK_BOTH(!proposal{}.check_switch(turnout::facts{}, foo[0], 64));
}

TEST_CASE("a protocol's own field lines come before the caller's") {
  static constexpr field_line fields[] = {{"X", "y"}};
  constexpr ticketed asked{{.host = "a", .protocols = foo, .fields = fields}};
  CHECK_BOTH(writes(asked,
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
                    "X-Ticket: 7\r\nX: y\r\n\r\n"));
}

TEST_CASE("[ENG-08] [MSG-41] a written request reads back as an offer of all its protocols") {
  std::array<std::string, 64> names;
  std::array<profile, 64> many;
  for (std::size_t i = 0; i < many.size(); ++i) {
    names[i] = "protocol" + std::to_string(i);
    many[i] = {.token = {names[i], "1"}, .nominated = settings};
  }
  // The limit of a list counts options too: 64 of them, Upgrade included.
  const std::span<const profile> offered = std::span{many}.first(63);
  std::array<char, 4096> out{};
  const auto written =
      turnout::write_request(proposal{.target = "/x", .host = "a:80", .protocols = offered}, out);
  REQUIRE(written);

  turnout::facts seen;
  turnout::resume_mark mark;
  const auto reading = heads::read<turnout::request_line>(
      *written, turnout::limits{}, mark,
      [&seen](std::string_view name, std::string_view value) { seen.see(name, value); });
  REQUIRE(reading.what == turnout::head_step::complete);
  CHECK(reading.rest.empty());
  CHECK(reading.head.target.octets == "/x");
  CHECK(seen.lines(turnout::field_name::host).first() == "a:80");
  CHECK(seen.lines(turnout::field_name::upgrade).count() == 1);
  seen.set_start(reading.head.method, reading.head.version);
  CHECK(turnout::examine_request(seen, offered).offer.offered() == ~std::uint64_t{0} >> 1);
}
