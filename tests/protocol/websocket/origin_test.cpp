// Whether an origin is on a server's list.
#include "turnout/protocol/websocket/origin.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::websocket::check_origin;
using turnout::websocket::origin_kind;

constexpr std::string_view allowed[] = {"http://good.example", "https://good.example:8443"};

}  // namespace

TEST_CASE("[WS-57] an origin is compared as a whole and in any case") {
  CHECK_BOTH(check_origin("http://good.example", allowed) == origin_kind::allowed);
  CHECK_BOTH(check_origin("HTTP://Good.Example", allowed) == origin_kind::allowed);
  CHECK_BOTH(check_origin("https://good.example:8443", allowed) == origin_kind::allowed);
  for (const std::string_view origin :
       {"http://evil", "https://good.example", "http://good.example.evil", "http://good.example/",
        "http://good.example:80", "null", "x http://good.example"})
    CHECK(check_origin(origin, allowed) == origin_kind::foreign);
  CHECK_BOTH(check_origin("http://good.example", {}) == origin_kind::foreign);
}

TEST_CASE("[WS-09] [WS-57] an absent origin and a foreign one are distinguished") {
  CHECK_BOTH(check_origin("", allowed) == origin_kind::absent);
  CHECK_BOTH(check_origin("", {}) == origin_kind::absent);
}

TEST_CASE("the kinds of origins have names") {
  CHECK_BOTH(name_of(origin_kind::absent) == "absent");
  CHECK_BOTH(name_of(origin_kind::foreign) == "foreign");
}
