// What tells where the content of a message ends, and when there is nothing to wait for.
#include "turnout/message/framing.hpp"

#include <doctest/doctest.h>

#include <cstdint>

#include "support/both.hpp"

using turnout::framing;
using enum turnout::framing_kind;

TEST_CASE("each kind of framing has its name") {
  CHECK_BOTH(name_of(none) == "none");
  CHECK_BOTH(name_of(length) == "length");
  CHECK_BOTH(name_of(chunked) == "chunked");
  CHECK_BOTH(name_of(until_close) == "until_close");
}

TEST_CASE("[MSG-68] a default framing has no content") {
  CHECK_BOTH(framing{} == framing{none, 0});
  CHECK_BOTH(framing{}.ends_at_once());
  // Without a length the number says nothing.
  CHECK_BOTH(framing{none, 5}.ends_at_once());
}

TEST_CASE("[MSG-67] a length above zero, up to the largest, is content that follows") {
  CHECK_BOTH(framing{length, 0}.ends_at_once());
  CHECK_BOTH(!framing{length, 1}.ends_at_once());
  CHECK_BOTH(!framing{length, std::uint64_t{1} << 32}.ends_at_once());
  CHECK_BOTH(!framing{length, UINT64_MAX}.ends_at_once());
}

TEST_CASE("[MSG-69] [MSG-70] chunks and an open end are content that follows, even if empty") {
  CHECK_BOTH(!framing{chunked, 0}.ends_at_once());
  CHECK_BOTH(!framing{until_close, 0}.ends_at_once());
}
