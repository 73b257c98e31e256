// What a client makes of a response, as tables of responses and verdicts.
#include "turnout/negotiation/examine_response.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "turnout/negotiation/proposal.hpp"

namespace {

using turnout::errc;
using turnout::examine_response;
using turnout::facts;
using turnout::field_name;
using turnout::finding;
using turnout::framing;
using turnout::http_version;
using turnout::method;
using turnout::profile;
using turnout::proposal;
using turnout::response_verdict;
using turnout::tunnel_request;
using kind = turnout::response_verdict::kind;
using enum turnout::field_name;
using enum turnout::framing_kind;

constexpr http_version http_1_0{1, 0};
constexpr profile spoken[] = {{.token = {"foo", "2"}}, {.token = {"bar"}}};
constexpr proposal asked{.host = "a", .protocols = spoken};
constexpr proposal asked_head{.method = method::head, .host = "a", .protocols = spoken};
constexpr tunnel_request asked_tunnel{.target = "h:443"};
constexpr profile capsules[] = {{.token = {"foo", "2"}},
                                {.token = {"connect-udp", {}}, .capsules = true}};
constexpr proposal asked_capsules{.host = "a", .protocols = capsules};

/// A proposal of a protocol that wants something of the 101 that none has.
struct ticketed : proposal {
  constexpr finding check_switch(const facts&, const profile&, std::size_t) const noexcept {
    return {{errc::incomplete, 0}, origin};
  }
};

constexpr std::string_view agreeing = "Connection: Upgrade\r\nUpgrade: bar\r\n";

constexpr facts response(std::uint16_t status, std::string_view lines,
                         http_version version = turnout::http_1_1) {
  return fixtures::with({status, version}, lines);
}

/// True if it is nothing but that: whatever belongs to other kinds is empty.
constexpr bool is(const response_verdict& judged, kind what, const profile* protocol = nullptr) {
  return judged.what == what && !judged.found && judged.protocol == protocol &&
         judged.content == framing{} && !judged.persistent;
}

constexpr bool declines(const response_verdict& judged, framing content, bool persistent) {
  return judged.what == kind::declined && !judged.found && judged.protocol == nullptr &&
         judged.content == content && judged.persistent == persistent;
}

constexpr bool breaks(const response_verdict& judged, errc code, std::size_t at, field_name field) {
  return judged.what == kind::broken && judged.found == finding{{code, at}, field} &&
         judged.protocol == nullptr && judged.content == framing{} && !judged.persistent;
}

}  // namespace

TEST_CASE("a default verdict is broken") { CHECK_BOTH(is(response_verdict{}, kind::broken)); }

TEST_CASE("[MSG-50] [MSG-51] the status code says what a response is, known or not") {
  for (unsigned number = 0; number < 1000; ++number) {
    const facts seen = response(static_cast<std::uint16_t>(number), agreeing);
    const response_verdict judged = examine_response(seen, asked);
    const response_verdict through = examine_response(seen, asked_tunnel);
    CAPTURE(number);
    if (number == 101) {
      CHECK(is(judged, kind::switched, &spoken[1]));
      CHECK(breaks(through, errc::unsolicited_switch, 0, other));
    } else if (number / 100 == 1) {
      CHECK(is(judged, kind::interim));
      CHECK(is(through, kind::interim));
    } else {
      const bool bare = number == 204 || number == 304;
      const framing content{bare ? none : until_close, 0};
      CHECK(declines(judged, content, bare));
      CHECK((number / 100 == 2 ? is(through, kind::switched, &turnout::tunnel)
                               : declines(through, content, false)));
    }
  }
}

TEST_CASE("[UPG-36] [UPG-37] [MSG-78] fields of interim responses are not read") {
  for (const std::uint16_t status :
       {std::uint16_t{100}, std::uint16_t{102}, std::uint16_t{103}, std::uint16_t{199}}) {
    for (const std::string_view lines :
         {"", "Content-Length: x\r\n", "Connection: close\r\nUpgrade: none\r\n",
          "Connection: @\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"}) {
      CAPTURE(status);
      CAPTURE(lines);
      CHECK(is(examine_response(response(status, lines), asked), kind::interim));
      CHECK(is(examine_response(response(status, lines), asked_tunnel), kind::interim));
    }
  }
}

TEST_CASE("[UPG-13] [UPG-15] [UPG-46] a 101 that does not match is broken, and not skipped") {
  constexpr auto judge = [](std::string_view lines, http_version version = turnout::http_1_1) {
    return examine_response(response(101, lines, version), asked);
  };
  CHECK_BOTH(is(judge("Connection: Upgrade\r\nUpgrade: FOO/2\r\n"), kind::switched, &spoken[0]));
  CHECK_BOTH(breaks(judge(""), errc::switch_not_nominated, 0, connection));
  CHECK_BOTH(breaks(judge(agreeing, http_1_0), errc::switch_in_http_1_0, 0, other));
  CHECK_BOTH(breaks(judge("Connection: Upgrade\r\nUpgrade: baz\r\n"), errc::protocol_not_offered, 0,
                    upgrade));
  CHECK_BOTH(breaks(judge("Connection: Upgrade\r\nUpgrade: foo/2, b@d\r\n"), errc::bad_upgrade, 8,
                    upgrade));
  CHECK_BOTH(breaks(examine_response(response(101, agreeing), proposal{.host = "a"}),
                    errc::protocol_not_offered, 0, upgrade));
  // The proposal is asked as what it is, and not as its base.
  constexpr ticketed wanting{{.host = "a", .protocols = spoken}};
  constexpr facts bare = response(101, agreeing);
  CHECK_BOTH(breaks(examine_response(bare, wanting), errc::incomplete, 0, origin));
}

TEST_CASE("[UPG-21] [UPG-47] [OPT-09] a refusal has its content, and keeps the connection open") {
  constexpr auto judge = [](std::string_view lines, http_version version = turnout::http_1_1) {
    return examine_response(response(426, lines, version), asked);
  };
  CHECK_BOTH(declines(judge("Content-Length: 0\r\n"), {length, 0}, true));
  CHECK_BOTH(declines(judge("Connection: upgrade\r\nUpgrade: foo/2\r\nContent-Length: 5\r\n"),
                      {length, 5}, true));
  CHECK_BOTH(declines(judge("Transfer-Encoding: chunked\r\n"), {chunked, 0}, true));
  CHECK_BOTH(declines(judge("Content-Length: 0\r\nConnection: close\r\n"), {length, 0}, false));
  CHECK_BOTH(declines(judge("Content-Length: 0\r\nConnection: @\r\n"), {length, 0}, false));
  CHECK_BOTH(declines(judge("Content-Length: 0\r\n", http_1_0), {length, 0}, false));
  CHECK_BOTH(declines(judge("Content-Length: 0\r\nConnection: keep-alive\r\n", http_1_0),
                      {length, 0}, true));
}

TEST_CASE("[MSG-69] after content that ends with the connection, no request may follow") {
  constexpr auto judge = [](std::string_view lines) {
    return examine_response(response(200, lines), asked);
  };
  CHECK_BOTH(declines(judge(""), {until_close, 0}, false));
  CHECK_BOTH(declines(judge("Connection: keep-alive\r\n"), {until_close, 0}, false));
  CHECK_BOTH(declines(judge("Transfer-Encoding: gzip\r\n"), {until_close, 0}, false));
}

TEST_CASE("[MSG-55] [ENG-14] a response to HEAD has no content, and neither has a 204") {
  constexpr facts framed = response(200, "Content-Length: 5\r\n");
  CHECK_BOTH(declines(examine_response(framed, asked_head), {}, true));
  CHECK_BOTH(declines(examine_response(framed, asked), {length, 5}, true));
  CHECK_BOTH(declines(examine_response(response(204, "Content-Length: x\r\n"), asked), {}, true));
}

TEST_CASE("[MSG-58] [MSG-63] [MSG-65] a response with invalid framing is broken, even a 101") {
  constexpr auto judge = [](std::string_view lines, http_version version = turnout::http_1_1) {
    return examine_response(response(404, lines, version), asked);
  };
  CHECK_BOTH(breaks(judge("Content-Length: +5\r\n"), errc::bad_content_length, 0, content_length));
  CHECK_BOTH(breaks(judge("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
                    errc::length_and_transfer_encoding, 0, transfer_encoding));
  CHECK_BOTH(breaks(judge("Transfer-Encoding: chunked\r\n", http_1_0),
                    errc::transfer_encoding_in_http_1_0, 0, transfer_encoding));
  CHECK_BOTH(breaks(examine_response(response(502, "Content-Length:\r\n"), asked_tunnel),
                    errc::bad_content_length, 0, content_length));
}

TEST_CASE("[MSG-56] any 2xx opens the tunnel, whatever its fields say") {
  for (const std::string_view lines :
       {"", "Content-Length: 5\r\n", "Content-Length: x\r\nTransfer-Encoding: chunked\r\n",
        "Connection: close\r\n", "Connection: @\r\n"}) {
    CAPTURE(lines);
    for (const http_version version : {http_1_0, turnout::http_1_1})
      CHECK(is(examine_response(response(200, lines, version), asked_tunnel), kind::switched,
               &turnout::tunnel));
  }
  CHECK_BOTH(is(examine_response(response(299, "Content-Length: 5\r\n"), asked_tunnel),
                kind::switched, &turnout::tunnel));
}

TEST_CASE("[OPT-07] a refused CONNECT ends the connection after its content") {
  constexpr auto judge = [](std::string_view lines) {
    return examine_response(response(407, lines), asked_tunnel);
  };
  CHECK_BOTH(declines(judge("Content-Length: 5\r\n"), {length, 5}, false));
  CHECK_BOTH(
      declines(judge("Connection: keep-alive\r\nContent-Length: 0\r\n"), {length, 0}, false));
  CHECK_BOTH(declines(judge("Transfer-Encoding: chunked\r\n"), {chunked, 0}, false));
  CHECK_BOTH(declines(judge(""), {until_close, 0}, false));
}

TEST_CASE("[UPG-49] [GRM-03] [MSG-45] a response with too many list elements or lines is broken") {
  constexpr facts lists = response(101, "Connection: a, Upgrade\r\nUpgrade: ,bar\r\n");
  CHECK_BOTH(is(examine_response(lists, asked, 2), kind::switched, &spoken[1]));
  CHECK_BOTH(breaks(examine_response(lists, asked, 1), errc::too_many_elements, 3, connection));
  constexpr facts codings = response(404, "Transfer-Encoding: gzip, chunked\r\n");
  CHECK_BOTH(declines(examine_response(codings, asked, 2), {chunked, 0}, true));
  CHECK_BOTH(
      breaks(examine_response(codings, asked, 1), errc::too_many_elements, 6, transfer_encoding));
  // A line that is left out could say that the content ends elsewhere, or that nothing follows it.
  for (const std::string_view last : {"Transfer-Encoding", "Connection", "Content-Length"}) {
    facts many = response(404, "Content-Length: 5\r\n");
    for (std::size_t i = 0; i < facts::max_lines; ++i) many.see("TE", "x");
    CAPTURE(last);
    CHECK(declines(examine_response(many, asked), {length, 5}, true));
    many.see(last, "close");  // the first of a field is kept
    many.see(last, "close");
    CHECK(examine_response(many, asked).found.why.code == errc::too_many_kept_lines);
    CHECK(examine_response(many, asked).what == kind::broken);
    CHECK(examine_response(many, asked_tunnel).what == kind::broken);
  }
}

TEST_CASE("[UDP-20] [UPG-47] no request follows a refusal of capsules that has Upgrade") {
  constexpr framing empty{length, 0};
  constexpr std::string_view bare = "Content-Length: 0\r\n";
  constexpr std::string_view named =
      "Content-Length: 0\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n";
  for (const unsigned number : {200U, 407U, 426U, 502U}) {
    const auto status = static_cast<std::uint16_t>(number);
    CAPTURE(status);
    CHECK(declines(examine_response(response(status, bare), asked_capsules), empty, true));
    CHECK(declines(examine_response(response(status, named), asked_capsules), empty, false));
    CHECK(declines(examine_response(response(status, named), asked), empty, true));
  }
  CHECK_BOTH(declines(examine_response(response(502, named), asked_capsules), empty, false));
  CHECK_BOTH(declines(examine_response(response(502, bare), asked_capsules), empty, true));
}
