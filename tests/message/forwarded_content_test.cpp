// What is sent for pieces of content.
#include "turnout/message/forwarded_content.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/message/content.hpp"

namespace {

using turnout::framing_kind;
using turnout::forwarding::forwarded_content;

/// True if all parts of `content`, one after the other, are `expected`, and none is empty.
constexpr bool is_sent_as(const forwarded_content& content, std::string_view expected) {
  bool same = true;
  content.for_each_part([&](std::string_view part) {
    same = same && !part.empty() && expected.starts_with(part);
    if (same) expected.remove_prefix(part.size());
  });
  return same && expected.empty();
}

std::string sent(const forwarded_content& content) {
  std::string octets;
  content.for_each_part([&octets](std::string_view part) { octets += part; });
  return octets;
}

}  // namespace

TEST_CASE("[INT-34] content is forwarded unchanged if its length or the close ends it") {
  for (const auto as : {framing_kind::length, framing_kind::until_close}) {
    CHECK(is_sent_as({"hello", as}, "hello"));
    CHECK(is_sent_as(forwarded_content::end(as), ""));
  }
  CHECK_BOTH(is_sent_as({"a", framing_kind::length}, "a"));
  CHECK_BOTH(is_sent_as({}, ""));
  CHECK_BOTH(is_sent_as(forwarded_content::end(framing_kind::none), ""));
}

TEST_CASE("[INT-34] [MSG-71] chunks are framed again, with the last one at the end") {
  CHECK_BOTH(is_sent_as({"hello", framing_kind::chunked}, "5\r\nhello\r\n"));
  CHECK_BOTH(is_sent_as(forwarded_content::end(framing_kind::chunked), "0\r\n\r\n"));
  CHECK_BOTH(forwarded_content{"hello", framing_kind::chunked}.octets() == "hello");
  CHECK_BOTH(forwarded_content::end(framing_kind::chunked).octets().empty());
  CHECK(sent({std::string(255, 'x'), framing_kind::chunked}).starts_with("ff\r\nx"));
  CHECK(sent({std::string(0x1a2b, 'x'), framing_kind::chunked}).starts_with("1a2b\r\nx"));
}

TEST_CASE("[INT-34] the octets have a part before and after them") {
  static constexpr forwarded_content chunk{"hello", framing_kind::chunked};
  CHECK_BOTH(chunk.before() == "5\r\n");
  CHECK_BOTH(chunk.octets() == "hello");
  CHECK_BOTH(chunk.after() == "\r\n");
  static constexpr forwarded_content end = forwarded_content::end(framing_kind::chunked);
  CHECK_BOTH(end.before().empty());
  CHECK_BOTH(end.after() == "0\r\n\r\n");
  static constexpr forwarded_content plain{"hello", framing_kind::length};
  CHECK_BOTH(plain.before().empty());
  CHECK_BOTH(plain.after().empty());
  // The size of the largest chunk, and CRLF.
  CHECK_BOTH(forwarded_content::max_line == 2 * sizeof(std::uint64_t) + 2);
}

TEST_CASE("[INT-34] forwarded content reads as the same content") {
  for (const std::size_t size : {1u, 9u, 10u, 15u, 16u, 17u, 255u, 256u, 4096u}) {
    const std::string octets(size, 'y');
    const std::string all = sent({octets, framing_kind::chunked}) +
                            sent(forwarded_content::end(framing_kind::chunked)) + "next";
    turnout::content_reader reader{{framing_kind::chunked, 0},
                                   turnout::detail::message_kind::request};
    turnout::resume_mark mark;
    const auto piece = reader.next(all, {}, mark);
    CHECK(piece.octets == octets);
    const auto end = reader.next(piece.rest, {}, mark);
    CHECK(end.what == turnout::content_step::ended);
    CHECK(end.rest == "next");
  }
}
