// What becomes of a field line, by its name.
#include "turnout/negotiation/relay/field_fates.hpp"

#include <doctest/doctest.h>

#include "support/both.hpp"

namespace {

using turnout::facts;
using turnout::field_name;
using turnout::forwarding::removed_fields;
using turnout::forwarding::detail::field_fates;
using turnout::forwarding::detail::line_fate;

constexpr facts message = [] {
  facts noted{turnout::method::trace, turnout::http_1_1};
  noted.see("Connection", "x, upgrade");
  return noted;
}();
constexpr removed_fields removed{message};

constexpr field_fates of_request{
    line_fate::copied, removed,
    turnout::field::detail::name_set{field_name::transfer_encoding} | field_name::max_forwards};
constexpr field_fates of_response{line_fate::unfolded, removed, {}, field_name::content_length};

}  // namespace

TEST_CASE("[INT-01] [INT-02] fields for one connection are dropped, and all others are kept") {
  CHECK_BOTH(of_request("upgrade") == line_fate::left_out);
  CHECK_BOTH(of_request("X") == line_fate::left_out);
  CHECK_BOTH(of_request("Y") == line_fate::copied);
  CHECK_BOTH(of_request("Content-Length") == line_fate::copied);
  CHECK_BOTH(of_response("X") == line_fate::left_out);
  CHECK_BOTH(of_response("Y") == line_fate::unfolded);
}

TEST_CASE("[INT-23] codings and hops are rewritten if needed") {
  CHECK_BOTH(of_request("Transfer-Encoding") == line_fate::codings);
  CHECK_BOTH(of_request("max-forwards") == line_fate::hops_left);
  CHECK_BOTH(of_response("max-forwards") == line_fate::unfolded);
}

TEST_CASE("[INT-29] framing fields without content are dropped") {
  CHECK_BOTH(of_response("content-length") == line_fate::left_out);
  CHECK_BOTH(of_response("Transfer-Encoding") == line_fate::unfolded);
}

TEST_CASE("changed() has the fields whose lines are not forwarded unchanged") {
  for (const field_name one :
       {field_name::connection, field_name::transfer_encoding, field_name::max_forwards}) {
    CHECK(of_request.changed().has(one));
    CHECK(of_request.of_known(one) != line_fate::copied);
  }
  CHECK_BOTH(!of_request.changed().has(field_name::host));
  CHECK_BOTH(of_request.of_known(field_name::host) == line_fate::copied);
  CHECK_BOTH(of_response.changed().has(field_name::content_length));
}
