// What follows from each code: whose fault it is, and what a server answers. docs/errors.md has all
// of them, and explanations_test.cpp those that are easy to get wrong.
#include "turnout/core/consequence.hpp"

#include <doctest/doctest.h>

#include <cstddef>

#include "support/both.hpp"

using turnout::errc;
using turnout::fault;
using turnout::rules::fault_of;
using turnout::rules::status_for;

namespace {

struct row {
  errc code;
  fault whose;
  int status;
};

// One code for each pair that there is.
constexpr row rows[] = {
    {errc::none, fault::nobody, 0},
    {errc::unwritable, fault::caller, 500},
    {errc::bad_upgrade, fault::peer, 0},
    {errc::missing_host, fault::peer, 400},
    {errc::origin_not_allowed, fault::peer, 403},
    {errc::method_not_allowed, fault::peer, 405},
    {errc::timed_out, fault::peer, 408},
    {errc::expectation_failed, fault::peer, 417},
    {errc::unsupported_websocket_version, fault::peer, 426},
    {errc::unknown_transfer_coding, fault::peer, 501},
    {errc::wrong_websocket_accept, fault::peer, 502},
    {errc::unsupported_http_version, fault::peer, 505},
    {errc::chunk_line_too_long, fault::limit, 400},
    {errc::start_line_too_long, fault::limit, 414},
    {errc::head_too_large, fault::limit, 431},
    {errc::capsule_too_long, fault::limit, 502},
};

constexpr bool holds(const row& one) {
  return fault_of(one.code) == one.whose && status_for(one.code) == one.status;
}

}  // namespace

TEST_CASE("every kind of consequence follows from the codes that have it") {
  for (const row& one : rows) {
    CAPTURE(one.code);
    CHECK(fault_of(one.code) == one.whose);
    CHECK(status_for(one.code) == one.status);
  }
  CHECK_BOTH(holds(rows[1]));
  CHECK_BOTH(holds(rows[15]));
}

TEST_CASE("the mistakes of the caller come first, and no others are the caller's") {
  constexpr auto last = static_cast<std::size_t>(errc::capsule_too_long);
  for (std::size_t i = 1; i <= last; ++i) {
    const auto code = static_cast<errc>(i);
    CAPTURE(code);
    CHECK((fault_of(code) == fault::caller) == (code <= errc::connect_not_enabled));
    CHECK((status_for(code) == 500) == (code <= errc::connect_not_enabled));
  }
}
