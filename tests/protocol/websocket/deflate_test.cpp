// What follows from an offer and a response of permessage-deflate, and from other extensions.
#include "turnout/protocol/websocket/deflate.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::agreed;
using deflate::bare;
using turnout::errc;
using turnout::failure;
using turnout::field::sec_websocket_extensions;

}  // namespace

TEST_CASE(
    "[PMD-32] [PMD-17] [PMD-27] the agreed parameters follow from the offer and the response") {
  using deflate::settle;
  CHECK_BOTH(settle({}, {}) == agreed{true, false, false, 15, 15});
  CHECK_BOTH(agreed{} == agreed{false, false, false, 15, 15});
  CHECK_BOTH(settle({}, {true, true, 9, 0}) == agreed{true, true, true, 9, 15});
  CHECK_BOTH(settle({.client_max_window_bits = bare}, {.client_max_window_bits = 11}) ==
             agreed{true, false, false, 15, 11});
  CHECK_BOTH(settle({.client_max_window_bits = bare}, {}) == agreed{true, false, false, 15, 15});
  CHECK_BOTH(settle({false, true, 0, 12}, {}) == agreed{true, false, true, 15, 12});
  CHECK_BOTH(settle({false, true, 0, 12}, {.client_max_window_bits = 10}) ==
             agreed{true, false, true, 15, 10});
  CHECK_BOTH(settle({true, false, 10, 0}, {true, false, 9, 0}) == agreed{true, true, false, 9, 15});
}

TEST_CASE("[PMD-30] at most one extension uses RSV1") {
  static constexpr std::string_view others[] = {"permessage-foo", "bar"};
  constexpr auto fault_in = [](std::string_view text, bool known = true) {
    const auto list = *sec_websocket_extensions::parse(text);
    return known ? deflate::check_rsv1(list, others).error() : deflate::check_rsv1(list).error();
  };
  CHECK_BOTH(deflate::check_rsv1({}, others).error() == failure{});
  CHECK_BOTH(fault_in("permessage-deflate, foo; bar, baz") == failure{});
  CHECK_BOTH(fault_in("bar, foo") == failure{});
  CHECK_BOTH(fault_in("permessage-deflate, permessage-foo", false) == failure{});
  CHECK_BOTH(fault_in("permessage-deflate, permessage-deflate", false) ==
             failure{errc::conflicting_extensions, 20});
  CHECK_BOTH(fault_in("permessage-deflate, x, bar; y") ==
             failure{errc::conflicting_extensions, 23});
  CHECK_BOTH(fault_in("permessage-foo, permessage-deflate") ==
             failure{errc::conflicting_extensions, 16});
  CHECK_BOTH(fault_in("bar, bar") == failure{errc::conflicting_extensions, 5});
}
