// ws and wss URIs, as tables of valid and invalid ones.
#include "turnout/protocol/websocket/uri.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/table.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::websocket::uri;

struct good_row {
  std::string_view octets;
  uri parts;
};

struct bad_row {
  std::string_view octets;
  std::size_t at;
};

/// The number of the first row that is read as something else.
constexpr std::size_t first_wrong(std::span<const good_row> rows) {
  return table::first_wrong(
      rows, [&](const good_row& one) { return uri::parse(one.octets) == one.parts; });
}

/// The number of the first row that is read, or fails somewhere else.
constexpr std::size_t first_wrong(std::span<const bad_row> rows) {
  return table::first_wrong(rows, [&](const bad_row& one) {
    return uri::parse(one.octets) == failure{errc::bad_websocket_uri, one.at};
  });
}

}  // namespace

TEST_CASE("[WS-04] the default port is the scheme's, and Host has only another one") {
  static constexpr good_row rows[] = {
      {"ws://h/", {false, 80, "h", "h", "/"}},
      {"wss://h/", {true, 443, "h", "h", "/"}},
      {"ws://h:80/", {false, 80, "h", "h", "/"}},
      {"wss://h:443/", {true, 443, "h", "h", "/"}},
      {"wss://h:80/", {true, 80, "h", "h:80", "/"}},
      {"ws://h:443/", {false, 443, "h", "h:443", "/"}},
      {"ws://h:8080/", {false, 8080, "h", "h:8080", "/"}},
      {"ws://[::1]:8080/", {false, 8080, "[::1]", "[::1]:8080", "/"}},
      {"ws://[::1]/", {false, 80, "[::1]", "[::1]", "/"}},
      {"ws://127.0.0.1:65535/", {false, 65535, "127.0.0.1", "127.0.0.1:65535", "/"}},
      {"ws://h:/", {false, 80, "h", "h", "/"}},
      {"ws://h:080/", {false, 80, "h", "h", "/"}},
      {"WSS://H/", {true, 443, "H", "H", "/"}},
      {"Ws://h/", {false, 80, "h", "h", "/"}},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("a default URI is empty and insecure") {
  CHECK_BOTH(uri{} == uri{false, 80, "", "", ""});
}

TEST_CASE("[WS-02] the target is the path, and the query unless it is empty") {
  static constexpr good_row rows[] = {
      {"ws://h", {false, 80, "h", "h", ""}},
      {"wss://h:8443", {true, 8443, "h", "h:8443", ""}},
      {"ws://h/chat", {false, 80, "h", "h", "/chat"}},
      {"ws://h/a/b?x=1&y", {false, 80, "h", "h", "/a/b?x=1&y"}},
      {"ws://h?x=1", {false, 80, "h", "h", "?x=1"}},
      {"ws://h/a?", {false, 80, "h", "h", "/a"}},
      {"ws://h?", {false, 80, "h", "h", ""}},
      {"ws://h/a??", {false, 80, "h", "h", "/a??"}},
      {"ws://h/a?b?", {false, 80, "h", "h", "/a?b?"}},
      {"ws://h/a?b/c:d@e", {false, 80, "h", "h", "/a?b/c:d@e"}},
      {"ws://h//", {false, 80, "h", "h", "//"}},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("[WS-01] a URI that is not ws or wss is refused at the octet at fault") {
  static constexpr bad_row rows[] = {
      {"", 0},           {"ws", 0},          {"ws:/", 0},        {"ws:/h/", 0},
      {"http://h/", 0},  {"wsss://h/", 0},   {"/chat", 0},       {"//h/chat", 0},
      {"ws://", 5},      {"wss://", 6},      {"ws:///x", 5},     {"wss:///x", 6},
      {"ws://:80/", 5},  {"ws://?x", 5},     {"ws://h/a#f", 8},  {"ws://h#", 6},
      {"#", 0},          {"ws://u@h/", 6},   {"ws://u:p@h/", 7}, {"ws://h:65536/", 11},
      {"ws://h:8x/", 8}, {"wss://h:8x/", 9}, {"ws://[::1/", 9},  {"ws://[::1]x/", 10},
      {"ws://a b/", 6},  {" ws://h/", 0},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("[WS-01] [MSG-20] [MSG-82] the path and the query have only octets of URIs") {
  const std::string_view marks = "-._~!$&'()*+,;=%:/?@[]";
  for (int i = 0; i < 256; ++i) {
    const char octet = static_cast<char>(i);
    const bool good = (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
                      (octet >= 'A' && octet <= 'Z') || marks.find(octet) != marks.npos;
    CAPTURE(i);
    for (const std::string_view before : {"ws://h/a", "wss://h/?a"}) {
      std::string octets{before};
      octets += octet;
      octets += 'b';
      const auto read = uri::parse(octets);
      CHECK(read.error() == (good ? failure{} : failure{errc::bad_websocket_uri, before.size()}));
    }
  }
}

namespace {

struct moved_row {
  std::string_view location;
  uri parts;
};

constexpr uri old = *uri::parse("wss://h:8443/chat?x=1");
constexpr uri usual = *uri::parse("ws://h/chat");

/// The number of the first row that leads somewhere else.
constexpr std::size_t first_wrong(const uri& from, std::span<const moved_row> rows) {
  return table::first_wrong(
      rows, [&](const moved_row& one) { return from.moved(one.location) == one.parts; });
}

}  // namespace

TEST_CASE("[WS-20] [WS-59] a redirect leads to another host, or to another path of this one") {
  static constexpr moved_row rows[] = {
      {"ws://b/", {false, 80, "b", "b", "/"}},
      {"wss://b:1/x?y", {true, 1, "b", "b:1", "/x?y"}},
      {"http://b/x", {false, 80, "b", "b", "/x"}},
      {"HTTPS://b", {true, 443, "b", "b", ""}},
      {"https://b:443/x?", {true, 443, "b", "b", "/x"}},
      {"//b/x", {true, 443, "b", "b", "/x"}},
      {"//b:8443", {true, 8443, "b", "b:8443", ""}},
      {"/", {true, 8443, "h", "h:8443", "/"}},
      {"/x/../y?z", {true, 8443, "h", "h:8443", "/x/../y?z"}},
      {"/x?", {true, 8443, "h", "h:8443", "/x"}},
      {"/#top", {true, 8443, "h", "h:8443", "/"}},
      {"http://b/x#a#b", {false, 80, "b", "b", "/x"}},
      {"//b#/x", {true, 443, "b", "b", ""}},
  };
  CHECK_BOTH(first_wrong(old, rows) == std::size(rows));
  static constexpr moved_row plain[] = {
      {"//b/x", {false, 80, "b", "b", "/x"}},
      {"/x", {false, 80, "h", "h", "/x"}},
  };
  CHECK_BOTH(first_wrong(usual, plain) == std::size(plain));
}

TEST_CASE("[WS-01] any other reference is not a WebSocket URI") {
  static constexpr bad_row rows[] = {
      {"", 0},        {"#x", 0},         {"?x", 0},         {"x", 0},          {"./x", 0},
      {"ftp://b", 0}, {"http:/b", 0},    {"https:b", 0},    {"mailto:a@b", 0}, {"//", 2},
      {"///x", 2},    {"//u@b/", 3},     {"http://u@b", 8}, {"/a b", 2},       {"//b:65536", 8},
      {"http://", 7}, {"http://b/ ", 9}, {"/x\r\nA: b", 2},
  };
  for (const bad_row& one : rows) {
    CAPTURE(one.octets);
    CHECK(old.moved(one.octets).error() == failure{errc::bad_websocket_uri, one.at});
  }
}
