// What is demanded of every function that makes the text of an accept value by instructions of the
// processor: that the portable digest has the same text.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "support/guarded.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/kernel/accept_digest.hpp"
#include "turnout/kernel/processor.hpp"

namespace accepts {

inline bool can_be_made() {
  return turnout::detail::processor_has(turnout::detail::instructions::sha);
}

inline constexpr turnout::websocket::accept_guid other_guid{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};

template <auto accept>
bool agrees(const char* key) {
  using turnout::field::sec_websocket_accept;
  for (const auto* guid : {&turnout::websocket::websocket_guid, &other_guid})
    if (!(sec_websocket_accept{accept(key, *guid)} ==
          sec_websocket_accept{turnout::detail::websocket_digest(key, *guid)}))
      return false;
  return true;
}

/// Each octet at each place of a key.
template <auto accept>
void check_each_octet() {
  if (!can_be_made()) return;
  for (std::size_t at = 0; at < 24; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
      key[at] = static_cast<char>(i);
      CHECK(agrees<accept>(key.data()));
    }
  }
}

/// Many keys of any octets.
template <auto accept>
void check_any_octets() {
  if (!can_be_made()) return;
  std::mt19937 random{6455};
  std::size_t wrong = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string key(24, '\0');
    for (char& octet : key) octet = static_cast<char>(random());
    wrong += !agrees<accept>(key.data());
  }
  CHECK(wrong == 0);
}

/// A key beside pages that can't be read.
template <auto accept>
void check_what_is_read() {
  if (!can_be_made()) return;
  constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
  guarded::pages pages{key.size()};
  CHECK(agrees<accept>(pages.at_begin(key).data()));
  CHECK(agrees<accept>(pages.at_end(key).data()));
}

}  // namespace accepts
