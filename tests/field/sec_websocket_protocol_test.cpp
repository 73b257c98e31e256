// Sec-WebSocket-Protocol: subprotocols, most preferred first, none of them twice.
#include "turnout/field/sec_websocket_protocol.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::check_unique;
using turnout::field::sec_websocket_protocol;
using turnout::field::subprotocol;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<sec_websocket_protocol::iterator>);
static_assert(std::ranges::forward_range<sec_websocket_protocol>);

namespace {

constexpr bool reads(value_lines lines, std::initializer_list<std::string_view> expected) {
  const auto list = sec_websocket_protocol::parse(lines);
  return list && list->size() == expected.size() &&
         std::ranges::equal(*list, expected, {}, &subprotocol::text);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return sec_websocket_protocol::parse(lines).error() == failure{errc::bad_websocket_protocol, at};
}

constexpr bool lists(value_lines lines, std::string_view wanted) {
  const auto list = sec_websocket_protocol::parse(lines);
  return list && list->contains({wanted});
}

constexpr bool lacks(value_lines lines, std::string_view wanted) {
  const auto list = sec_websocket_protocol::parse(lines);
  return list && !list->contains({wanted});
}

constexpr failure repetition(value_lines lines) {
  return check_unique(*sec_websocket_protocol::parse(lines)).error();
}

constexpr std::array<tagged_value, 3> several{{{"a", 1}, {"x", 2}, {"b, a", 1}}};

}  // namespace

TEST_CASE("[WS-62] subprotocols are tokens in their order, over several lines too") {
  CHECK_BOTH(reads("chat", {"chat"}));
  CHECK_BOTH(reads("chat, superchat", {"chat", "superchat"}));
  CHECK_BOTH(reads("chat,,x", {"chat", "x"}));
  CHECK_BOTH(reads("v4.channel.k8s.io\t,soap", {"v4.channel.k8s.io", "soap"}));
  CHECK_BOTH(reads({several, 1}, {"a", "b", "a"}));
}

TEST_CASE("[WS-10] [WS-62] [WS-63] a subprotocol is a token") {
  CHECK_BOTH(fails("ch@t", 2));
  CHECK_BOTH(fails("chat, a b", 8));
  CHECK_BOTH(fails("a/b", 1));
  CHECK_BOTH(fails("SPDY/3.1+portforward.k8s.io", 4));
  CHECK_BOTH(fails("\"chat\"", 0));
  CHECK_BOTH(fails("chat;q=1", 4));
}

TEST_CASE("[GRM-03] [GRM-04] [WS-62] a list has at least one element") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails(",", 1));
  CHECK_BOTH(fails(" , ,", 4));
  CHECK_BOTH(fails(value_lines{}, 0));
  CHECK_BOTH(reads(",a,", {"a"}));
}

TEST_CASE("[GRM-15] subprotocols are compared octet for octet") {
  CHECK_BOTH(lists("chat, x", "x"));
  CHECK_BOTH(lacks("chat", "CHAT"));
  CHECK_BOTH(lacks("chat", "cha"));
  CHECK_BOTH(lacks("chat", ""));
}

TEST_CASE("[WS-10] [WS-62] a list must not repeat a subprotocol") {
  CHECK_BOTH(repetition("chat") == failure{});
  CHECK_BOTH(repetition("chat, CHAT, chats") == failure{});
  CHECK_BOTH(repetition("chat, chat") == failure{errc::repeated_subprotocol, 6});
  CHECK_BOTH(repetition("a, b, c,, b, a") == failure{errc::repeated_subprotocol, 10});
  CHECK_BOTH(repetition({several, 1}) == failure{errc::repeated_subprotocol, 5});
  CHECK_BOTH(check_unique(sec_websocket_protocol{}).error() == failure{});
}

TEST_CASE("[WS-10] [ENG-12] more subprotocols than can be compared are too many") {
  std::string names = "x0";
  for (int i = 1; i < 64; ++i) names += ",x" + std::to_string(i);
  const auto check = [](const std::string& list) {
    return check_unique(*sec_websocket_protocol::parse(std::string_view{list}, SIZE_MAX)).error();
  };
  CHECK(check(names) == failure{});
  CHECK(check(names + ",x9") == failure{errc::repeated_subprotocol, names.size() + 1});
  CHECK(check(names + ",x64") == failure{errc::too_many_elements, names.size() + 1});
}

TEST_CASE("a list has as many elements as its limit") {
  CHECK_BOTH(sec_websocket_protocol::parse("a,b", 2)->size() == 2);
  CHECK_BOTH(sec_websocket_protocol::parse("a,b", 1).error() ==
             failure{errc::too_many_elements, 2});
}

TEST_CASE("[WS-10] [GRM-20] [ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(subprotocol{"chat"}, "chat"));
  CHECK_BOTH(writes(*sec_websocket_protocol::parse("chat,,superchat ,"), "chat, superchat"));
  CHECK_BOTH(writes(*sec_websocket_protocol::parse({several, 1}), "a, b, a"));
  CHECK_BOTH(*sec_websocket_protocol::parse("a, b, a") ==
             *sec_websocket_protocol::parse({several, 1}));
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(subprotocol{"a\r\nX: y"}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(subprotocol{""}).code == errc::unwritable);
}

TEST_CASE("a single subprotocol that is no token is a bad_token") {
  CHECK_BOTH(subprotocol::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(subprotocol::parse_prefix("@").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(subprotocol::parse_prefix("a@")->size == 1);
}
