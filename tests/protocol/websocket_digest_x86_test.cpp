// The SHA instructions of x86-64 against the portable digest.
#include "turnout/protocol/websocket_digest_x86.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "support/guarded.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

using turnout::detail::instructions;
using turnout::detail::processor_has;
using turnout::detail::websocket_digest;
using turnout::detail::websocket_digest_x86;

TEST_CASE("[WS-24] each octet of the key at each place counts as in the portable digest") {
  if (!processor_has(instructions::sha)) return;
  for (std::size_t at = 0; at < 24; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
      key[at] = static_cast<char>(i);
      CHECK(websocket_digest_x86(key.data()) == websocket_digest(key.data()));
    }
  }
}

TEST_CASE("[WS-24] any 24 octets have the digest that the portable one finds") {
  if (!processor_has(instructions::sha)) return;
  std::mt19937 random{6455};
  std::size_t wrong = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string key(24, '\0');
    for (char& octet : key) octet = static_cast<char>(random());
    wrong += websocket_digest_x86(key.data()) != websocket_digest(key.data());
  }
  CHECK(wrong == 0);
}

TEST_CASE("nothing before or behind the key is read") {
  if (!processor_has(instructions::sha)) return;
  constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
  guarded::pages pages{key.size()};
  CHECK(websocket_digest_x86(pages.at_begin(key).data()) == websocket_digest(key.data()));
  CHECK(websocket_digest_x86(pages.at_end(key).data()) == websocket_digest(key.data()));
}

#endif
