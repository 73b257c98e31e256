// Plain CONNECT from one version to the other: the authority, and nothing else.
#include "turnout/protocol/extended_connect/connect.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/heads.hpp"

namespace {

using namespace turnout;
using header_list = std::vector<field_line>;

/// What a CONNECT of HTTP/2 is in HTTP/1.1; a failure is its number.
std::string down(const header_list& list, span<const field_line> fields = {}) {
  const auto asked = extended_connect::request::read(list);
  REQUIRE(asked);
  std::array<char, 256> out{};
  const auto written = extended_connect::write_connect(*asked, fields, out);
  return written ? std::string{*written} : std::to_string(static_cast<int>(written.error().code));
}

/// What a request of HTTP/1.1 is in HTTP/2.
std::string up(std::string_view octets) {
  request_head head;
  resume_mark mark;
  const auto ignore = [](std::string_view, std::string_view) {};
  REQUIRE(read_head(head, octets, {}, mark, ignore).what == head_step::complete);
  std::array<field_line, 8> lines{};
  std::array<char, 128> kept{};
  const auto size = extended_connect::write_connect(head, {lines, kept});
  if (!size) return std::to_string(static_cast<int>(size.why.code));
  std::string text;
  for (std::size_t i = 0; i < size.lines; ++i)
    text += std::string{lines[i].name} + "=" + std::string{lines[i].value} + "\n";
  CHECK(extended_connect::request::read({lines.data(), size.lines})->is_tunnel());
  return text;
}

const std::string refused = std::to_string(static_cast<int>(errc::method_not_allowed));

}  // namespace

TEST_CASE("[XC-05] [XC-17] a CONNECT goes down with its authority as target and as Host") {
  CHECK(down({{":method", "CONNECT"}, {":authority", "b:443"}}) ==
        "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n");
  CHECK(down({{":method", "CONNECT"},
              {":authority", "b:443"},
              {"host", "b:443"},
              {"content-length", "0"},
              {"proxy-authorization", "x"}}) ==
        "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nproxy-authorization: x\r\n\r\n");
  constexpr field_line via[] = {{"Via", "2 p"}};
  CHECK(down({{":method", "CONNECT"}, {":authority", "b:443"}}, via) ==
        "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nVia: 2 p\r\n\r\n");
}

TEST_CASE("[XC-05] [XC-12] a CONNECT goes up with its target as authority and without a path") {
  CHECK(up("CONNECT b:443 HTTP/1.1\r\nHost: other:1\r\n\r\n") ==
        ":method=CONNECT\n:authority=b:443\n");
  CHECK(up("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nConnection: x, close\r\nX: 1\r\n"
           "Proxy-Connection: keep-alive\r\nProxy-Authorization: x\r\n\r\n") ==
        ":method=CONNECT\n:authority=b:443\nproxy-authorization=x\n");
}

TEST_CASE("[XC-05] a CONNECT with a wrong Connection does not go up") {
  const auto with = [](const std::string& options) {
    return up("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nConnection: " + options + "\r\n\r\n");
  };
  CHECK(with("@") == std::to_string(static_cast<int>(errc::bad_connection)));
  CHECK(with("authorization") == std::to_string(static_cast<int>(errc::end_to_end_nominated)));
}

TEST_CASE("[XC-05] [XC-12] a CONNECT does not go up if Connection has too many lines to see all") {
  std::string octets = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nA: 1\r\n";
  for (std::size_t i = 1; i < facts::max_lines; ++i) octets += "Connection: x\r\n";
  CHECK(up(octets + "Connection: a\r\n\r\n") == ":method=CONNECT\n:authority=b:443\n");
  octets += "Connection: x\r\n";
  CHECK(up(octets + "Connection: a\r\n\r\n") ==
        std::to_string(static_cast<int>(errc::too_many_kept_lines)));
}

TEST_CASE("[XC-06] no other request becomes a CONNECT, and an extended one no plain one") {
  CHECK(down({{":method", "CONNECT"},
              {":protocol", "websocket"},
              {":scheme", "https"},
              {":path", "/"},
              {":authority", "db:5432"}}) == refused);
  CHECK(down({{":method", "GET"}, {":scheme", "https"}, {":path", "/"}}) == refused);
  CHECK(up("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == refused);
}
