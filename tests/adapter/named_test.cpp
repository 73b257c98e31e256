// All public enumerations have names.
#include "turnout/adapter/named.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "support/both.hpp"
#include "turnout/protocol.hpp"

TEST_CASE("every public enumeration has names") {
  using turnout::detail::named;
  CHECK_BOTH(named<turnout::errc>);
  CHECK_BOTH(named<turnout::fault>);
  CHECK_BOTH(named<turnout::method>);
  CHECK_BOTH(named<turnout::preference>);
  CHECK_BOTH(named<turnout::framing_kind>);
  CHECK_BOTH(named<turnout::target_form>);
  CHECK_BOTH(named<turnout::server_step>);
  CHECK_BOTH(named<turnout::client_step>);
  CHECK_BOTH(named<turnout::relay_step>);
  CHECK_BOTH(named<turnout::server_need>);
  CHECK_BOTH(named<turnout::client_need>);
  CHECK_BOTH(named<turnout::relay_need>);
  CHECK_BOTH(named<turnout::relay_side>);
  CHECK_BOTH(named<turnout::websocket::origin_kind>);
  CHECK_BOTH(named<turnout::docker::stream>);
  CHECK_BOTH(named<turnout::h2c::preface>);
  CHECK_BOTH(!named<int>);
}

TEST_CASE("the line of every failure fits into its buffer") {
  for (std::size_t i = 0; i < std::size(turnout::detail::explanation_table::rows); ++i) {
    const auto code = static_cast<turnout::errc>(i);
    CAPTURE(code);
    CHECK(!turnout::detail::printed_failure{{code, SIZE_MAX}}.text.empty());
  }
}
