// A protocol as a value: what a profile of a program's own says where it says nothing.
#include "turnout/negotiation/profile.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <type_traits>

#include "support/both.hpp"

TEST_CASE("[OPT-10] what a profile leaves open is the careful choice: GET, and no content") {
  constexpr turnout::profile bare{.token = {"foo", "2"}};
  CHECK_BOTH(bare.token == turnout::protocol{"FOO", "2"});
  CHECK_BOTH(bare.methods == turnout::method_set{turnout::method::get});
  CHECK_BOTH(!bare.content);
  CHECK_BOTH(bare.nominated.empty());
  CHECK_BOTH(!bare.own_agreement);
  CHECK_BOTH(turnout::profile{}.token == turnout::protocol{});
}

TEST_CASE("[H2C-02] a profile says all that a request for its protocol must be like") {
  static constexpr std::string_view settings[] = {"HTTP2-Settings"};
  constexpr turnout::profile full{
      .token = {"h2c"},
      .methods = turnout::method::get | turnout::method::options,
      .content = true,
      .nominated = settings,
      .own_agreement = true,
  };
  CHECK_BOTH(full.methods.contains(turnout::method::options));
  CHECK_BOTH(!full.methods.contains(turnout::method::post));
  CHECK_BOTH(full.content);
  CHECK_BOTH(full.nominated.front() == "HTTP2-Settings");
  CHECK_BOTH(full.own_agreement);
}

TEST_CASE("a profile is copied as it is, and a list of them fits into a word of bits") {
  CHECK_BOTH(std::is_trivially_copyable_v<turnout::profile>);
  CHECK_BOTH(turnout::max_profiles == 64);
}
