// Fields that the library knows, many at a time.
#include "turnout/field/name_set.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <iterator>

#include "support/both.hpp"

namespace {

using turnout::field::field_name;
using turnout::field::detail::name_set;

constexpr name_set two = name_set{field_name::host} | field_name::x_stream_protocol_version;

}  // namespace

TEST_CASE("[INT-01] a set has the fields that were put in, and no others") {
  for (std::size_t i = 0; i < std::size(turnout::field::detail::field_spellings); ++i) {
    const auto one = static_cast<field_name>(i);
    CAPTURE(i);
    CHECK(name_set{one}.has(one));
    CHECK(name_set{one}.first() == one);
    CHECK(!name_set{}.has(one));
    CHECK(two.has(one) ==
          (one == field_name::host || one == field_name::x_stream_protocol_version));
  }
  CHECK_BOTH(name_set{}.empty());
  CHECK_BOTH(!two.empty());
}

TEST_CASE("the first field and the rest are all of a set") {
  CHECK_BOTH(two.first() == field_name::host);
  CHECK_BOTH(two.rest().first() == field_name::x_stream_protocol_version);
  CHECK_BOTH(!two.rest().has(field_name::host));
  CHECK_BOTH(two.rest().rest().empty());
  CHECK_BOTH(name_set{}.rest().empty());
}

TEST_CASE("a set can have protocols' own fields too") {
  constexpr auto last = static_cast<field_name>(31);
  CHECK_BOTH((two | last).has(last));
  CHECK_BOTH(!two.has(last));
  CHECK_BOTH(name_set{last}.first() == last);
}

TEST_CASE("sets have union, intersection and difference") {
  CHECK_BOTH((two & field_name::host).has(field_name::host));
  CHECK_BOTH(!(two & field_name::host).has(field_name::x_stream_protocol_version));
  CHECK_BOTH((two & field_name::te).empty());
  CHECK_BOTH(two.first() == field_name::host);
  CHECK_BOTH((two - field_name::host).first() == field_name::x_stream_protocol_version);
  CHECK_BOTH((two - field_name::te).has(field_name::host));
  CHECK_BOTH((two - two).empty());
}
