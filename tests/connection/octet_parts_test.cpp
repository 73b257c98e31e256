// Octets to send, in parts.
#include "turnout/connection/octet_parts.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;
using turnout::detail::octet_parts;

using chunk_line = std::array<char, forwarding::forwarded_content::max_line>;

constexpr octet_parts made_of(std::string_view one, std::string_view two, std::string_view three) {
  octet_parts parts;
  for (const std::string_view part : {one, two, three}) parts.add(part);
  return parts;
}

constexpr bool is(const octet_parts& parts, std::initializer_list<std::string_view> wanted) {
  const std::string_view* want = wanted.begin();
  for (const std::string_view part : parts)
    if (want == wanted.end() || part != *want++) return false;
  return want == wanted.end();
}

}  // namespace

TEST_CASE("default parts are empty") {
  CHECK_BOTH(octet_parts{}.empty());
  CHECK_BOTH(is({}, {}));
}

TEST_CASE("[INT-13] parts keep their order and are views of the originals, and none is empty") {
  static constexpr std::string_view octets = "abc";
  CHECK_BOTH(is(made_of("a", "b", "c"), {"a", "b", "c"}));
  CHECK_BOTH(is(made_of("", "b", ""), {"b"}));
  CHECK_BOTH(is(made_of("", "", ""), {}));
  CHECK_BOTH(!made_of("", "", "c").empty());
  CHECK_BOTH(made_of(octets, "", "").begin()->data() == octets.data());
}

TEST_CASE("a fourth part does not fit") {
  octet_parts parts = made_of("a", "b", "c");
  parts.add("d");
  CHECK(is(parts, {"a", "b", "c"}));
}

TEST_CASE("[INT-34] content is one part, or three if it is a chunk, whose line is written") {
  chunk_line line{};
  octet_parts plain;
  plain.add(forwarding::forwarded_content{"hello", framing_kind::length}, line);
  CHECK(is(plain, {"hello"}));

  octet_parts chunk;
  chunk.add(forwarding::forwarded_content{"hello", framing_kind::chunked}, line);
  CHECK(is(chunk, {"5\r\n", "hello", "\r\n"}));
  CHECK(chunk.begin()->data() == line.data());

  octet_parts end;
  end.add(forwarding::forwarded_content::end(framing_kind::chunked), line);
  CHECK(is(end, {"0\r\n\r\n"}));

  octet_parts nothing;
  nothing.add(forwarding::forwarded_content::end(framing_kind::length), line);
  CHECK(nothing.empty());
}

TEST_CASE("the line of the largest chunk fits") {
  chunk_line line{};
  octet_parts parts;
  // Only the size of the content is looked at.
  const std::string_view most{"", SIZE_MAX};  // NOLINT(bugprone-string-constructor)
  parts.add(forwarding::forwarded_content{most, framing_kind::chunked}, line);
  CHECK(*parts.begin() == std::string(2 * sizeof most.size(), 'f') + "\r\n");
}
