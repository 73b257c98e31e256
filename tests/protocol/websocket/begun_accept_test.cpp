// The text of the accept value, whatever computes it.
#include "turnout/protocol/websocket/begun_accept.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::field::sec_websocket_key;
using turnout::websocket::accept_guid;
using turnout::websocket::websocket_guid;
using turnout::websocket::detail::begun_accept;

/// True if exactly 28 octets are written, and they are `text`.
constexpr bool writes(std::string_view key, const accept_guid& guid, std::string_view text) {
  begun_accept begun;
  begun.begin(*sec_websocket_key::parse(key), guid);
  std::array<char, 30> out{};
  out.back() = '#';
  begun.write(out.data() + 1);
  return out.front() == '\0' && out.back() == '#' && std::string_view{out.data() + 1, 28} == text;
}

}  // namespace

TEST_CASE("[WS-24] the text is that of the key and the GUID") {
  CHECK_BOTH(writes("dGhlIHNhbXBsZSBub25jZQ==", websocket_guid, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  CHECK_BOTH(writes("x3JJHMbDL1EzLkh9GBhXDw==", websocket_guid, "HSmrc0sMlYUkAGmm5OPpG2HaGWk="));
  CHECK_BOTH(
      !writes("dGhlIHNhbXBsZSBub25jZQ==", accept_guid{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"},
              "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}
