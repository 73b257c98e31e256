// What is demanded of the functions that make an accept value by instructions of the processor, one
// for each block of SHA-1: that the portable ones make the same.
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
#include "turnout/kernel/sha1.hpp"

namespace accepts {

inline bool can_be_made() {
  return turnout::detail::processor_has(turnout::detail::instructions::sha);
}

inline constexpr turnout::websocket::accept_guid other_guid{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};

template <auto begin, auto write>
bool agrees(const char* key) {
  for (const auto* guid : {&turnout::websocket::websocket_guid, &other_guid}) {
    turnout::detail::sha1_state begun{};
    begin(begun, key, *guid);
    if (begun != turnout::detail::begin_digest(key, *guid)) return false;
    std::string text(30, '#');
    write(begun, text.data() + 1);
    const turnout::field::sec_websocket_accept right{turnout::detail::finish_digest(begun).words};
    if (text != "#" + std::string{right.text()} + "#") return false;
  }
  return true;
}

/// Each octet at each place of a key.
template <auto begin, auto write>
void check_each_octet() {
  if (!can_be_made()) return;
  for (std::size_t at = 0; at < 24; ++at) {
    for (int i = 0; i < 256; ++i) {
      CAPTURE(at);
      CAPTURE(i);
      std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
      key[at] = static_cast<char>(i);
      CHECK(agrees<begin, write>(key.data()));
    }
  }
}

/// Many keys of any octets.
template <auto begin, auto write>
void check_any_octets() {
  if (!can_be_made()) return;
  std::mt19937 random{6455};
  std::size_t wrong = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string key(24, '\0');
    for (char& octet : key) octet = static_cast<char>(random());
    wrong += !agrees<begin, write>(key.data());
  }
  CHECK(wrong == 0);
}

/// A key next to pages that can't be read.
template <auto begin, auto write>
void check_what_is_read() {
  if (!can_be_made()) return;
  constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
  guarded::pages pages{key.size()};
  CHECK(agrees<begin, write>(pages.at_begin(key).data()));
  CHECK(agrees<begin, write>(pages.at_end(key).data()));
}

}  // namespace accepts
