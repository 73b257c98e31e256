// DATA as HTTP/1.1 frames it: no octet more than was said, and none less.
#include "turnout/connection/gateway/framed_content.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

namespace {

using namespace turnout;
using gateway::detail::framed_content;

/// What a piece becomes.
std::string added(framed_content& to, std::string_view data) {
  std::array<char, framed_content::room> line{};
  turnout::detail::octet_parts parts;
  const failure why = to.add(parts, data, line);
  std::string text = why ? "failed" : "";
  for (const std::string_view part : parts) text += part;
  return text;
}

/// What its end becomes.
std::string ended(framed_content& to) {
  turnout::detail::octet_parts parts;
  const failure why = to.end(parts);
  std::string text = why ? "failed" : "";
  for (const std::string_view part : parts) text += part;
  return text;
}

}  // namespace

TEST_CASE("[XC-22] content without a length is sent in chunks, up to its end") {
  framed_content content{{framing_kind::chunked, 0}};
  CHECK(!content.ended());
  CHECK(added(content, "").empty());
  CHECK(added(content, "hello") == "5\r\nhello\r\n");
  CHECK(ended(content) == "0\r\n\r\n");
  CHECK(content.ended());
  CHECK(content == framed_content{});
}

TEST_CASE("[XC-22] content ends after as many octets as Content-Length says") {
  framed_content content{{framing_kind::length, 3}};
  CHECK(added(content, "ab") == "ab");
  const framed_content before = content;
  CHECK(added(content, "cd") == "failed");
  CHECK(ended(content) == "failed");
  CHECK(content == before);
  CHECK(added(content, "c") == "c");
  CHECK(content.ended());
  CHECK(framed_content{{framing_kind::length, 0}}.ended());
}
