// The SHA instructions of x86-64 against the portable digest and its text.
#include "turnout/protocol/websocket_accept_x86.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "support/guarded.hpp"
#include "turnout/core/processor.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/protocol/websocket_digest.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

using turnout::sec_websocket_accept;
using turnout::detail::instructions;
using turnout::detail::processor_has;
using turnout::detail::websocket_accept_x86;
using turnout::detail::websocket_digest;

namespace {

bool agrees(const char* key) {
  return sec_websocket_accept{websocket_accept_x86(key)} ==
         sec_websocket_accept{websocket_digest(key)};
}

}  // namespace

TEST_CASE("[WS-24] each octet of the key at each place counts as in the portable digest") {
  if (!processor_has(instructions::sha)) return;
  for (std::size_t at = 0; at < 24; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
      key[at] = static_cast<char>(i);
      CHECK(agrees(key.data()));
    }
  }
}

TEST_CASE("[WS-24] any 24 octets have the text that the portable digest has") {
  if (!processor_has(instructions::sha)) return;
  std::mt19937 random{6455};
  std::size_t wrong = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string key(24, '\0');
    for (char& octet : key) octet = static_cast<char>(random());
    wrong += !agrees(key.data());
  }
  CHECK(wrong == 0);
}

TEST_CASE("nothing before or behind the key is read") {
  if (!processor_has(instructions::sha)) return;
  constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
  guarded::pages pages{key.size()};
  CHECK(agrees(pages.at_begin(key).data()));
  CHECK(agrees(pages.at_end(key).data()));
}

#endif
