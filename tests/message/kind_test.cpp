// The two kinds of messages: in what the reading of their heads differs.
#include "turnout/message/kind.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"
#include "turnout/message/head_lines.hpp"

using turnout::errc;
using turnout::detail::cut_line;
using turnout::detail::message_kind;

namespace {

constexpr turnout::limits usual;

constexpr cut_line first_line(message_kind kind, std::string_view octets) {
  auto ahead = turnout::detail::head_lines::scan(octets, usual, {});
  return turnout::detail::head_lines{kind, octets, usual, {}, ahead}.next();
}

constexpr cut_line second_line(message_kind kind, std::string_view octets) {
  auto ahead = turnout::detail::head_lines::scan(octets, usual, {});
  turnout::detail::head_lines lines{kind, octets, usual, {}, ahead};
  (void)lines.next();
  return lines.next();
}

}  // namespace

TEST_CASE("[MSG-05] an empty line is skipped before a request, and is an error before a response") {
  constexpr std::string_view octets = "\r\nstart\r\n";
  CHECK_BOTH(first_line(message_kind::request, octets).octets == "start");
  CHECK_BOTH(first_line(message_kind::response, octets).why.code == errc::bad_status_line);
}

TEST_CASE("[MSG-42] [MSG-43] a fold is part of a line in a response, and a line in a request") {
  constexpr std::string_view octets = "start\r\nX: y\r\n z\r\n\r\n";
  CHECK_BOTH(second_line(message_kind::request, octets).octets == "X: y");
  CHECK_BOTH(second_line(message_kind::response, octets).octets == "X: y\r\n z");
}
