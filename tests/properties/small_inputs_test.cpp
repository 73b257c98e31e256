// The laws over all small inputs: a few letters in every order, in one slot of a head.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/corpus.hpp"
#include "support/laws.hpp"

namespace {

/// A message around a slot, and what the slot is filled with: up to `most` of the letters.
struct slot {
  std::string before;
  std::vector<std::string_view> letters;
  std::size_t most;
  std::string_view after = "\r\n\r\n";
};

const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n";

const slot slots[] = {
    {"", {"GET", "/", "*", " ", "HTTP/1.1", "\r\n", "x:"}, 4, "\r\nHost: a\r\n\r\n"},
    {"", {"HTTP/1.1", " ", "101", "200", "\r\n", "x:"}, 4},
    {"", {"\r", "\n", "G", "/", " ", ":"}, 5, ""},
    {"GET / HTTP/1.1\r\n", {"Host: a", "\r", "\n", " ", ":", "\r\n"}, 4},
    {"GET / HTTP/1.1\r\nHost: ", {"a", "[::1]", ":", "8", "@", "\r\n", "Host:"}, 3},
    {request + "Connection: upgrade\r\nUpgrade:", {"foo/2", "bar", ",", "/", " ", "\r\nX:"}, 3},
    {request + "Upgrade: bar\r\nConnection:", {"upgrade", "close", ",", " ", "\"", "\t"}, 3},
    {request, {"Expect:", "100-continue", "Content-Length:", "5", "\r\n", ","}, 3},
    {request, {"Transfer-Encoding:", "chunked", "gzip", "\r\n", ","}, 3},
    {"HTTP/1.1 101\r\n", {"Upgrade: bar\r\n", "Connection: upgrade\r\n", " ", "\r\n", "\r"}, 4},
    {"HTTP/1.1 101\r\nConnection: upgrade\r\nUpgrade:", {"foo/2", "bar", ",", "/", "\r\n "}, 3},
};

}  // namespace

TEST_CASE("[ENG-01] [ENG-02] [ENG-06] all small inputs keep laws 1, 2 and 5") {
  for (const slot& filled : slots) {
    corpus::for_each_small(filled.before, filled.letters, filled.most, filled.after,
                           [](const std::string& octets) {
                             CAPTURE(octets);
                             CHECK(laws::cutting_changes_nothing(octets) == "");
                             CHECK(laws::no_octet_is_lost(octets) == "");
                             CHECK(laws::only_rows_are_taken(octets) == "");
                           });
  }
}

TEST_CASE("[ENG-04] [ENG-07] all very small inputs keep law 4") {
  for (const slot& filled : slots) {
    corpus::for_each_small(filled.before, filled.letters, 2, filled.after,
                           [](const std::string& octets) {
                             CAPTURE(octets);
                             CHECK(laws::a_refused_call_changes_nothing(octets) == "");
                           });
  }
}

TEST_CASE("[ENG-11] no octets are lost after an octet of any value in any place of a head") {
  for (const std::string& message : {corpus::edited::asks, corpus::edited::agrees}) {
    for (int octet = 0; octet < 256; ++octet) {
      for (std::size_t at = 0; at <= message.size(); ++at) {
        std::string changed = message;
        changed.insert(at, 1, static_cast<char>(octet));
        CAPTURE(at);
        CAPTURE(octet);
        CHECK(laws::no_octet_is_lost(changed) == "");
      }
    }
  }
}

TEST_CASE(
    "[ENG-01] an octet that ends or breaks something, in any place, has the same effect in "
    "pieces") {
  using namespace std::string_literals;
  for (const std::string& message : {corpus::edited::asks, corpus::edited::agrees}) {
    for (const char octet : "\0\t\n\r \",/:\x7f\x80"s) {
      for (std::size_t at = 0; at <= message.size(); ++at) {
        std::string changed = message;
        changed.insert(at, 1, octet);
        CAPTURE(changed);
        CHECK(laws::cutting_changes_nothing(changed) == "");
      }
    }
  }
}
