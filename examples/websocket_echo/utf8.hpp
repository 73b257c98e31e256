// Checks that a text message is UTF-8: RFC 6455 section 8.1. wslay checks messages that are not
// compressed.
#pragma once

#include <cstddef>
#include <string_view>

namespace utf8_detail {

struct lead {
  std::size_t size;        ///< octets of the character; 0 if none begins like that
  unsigned char smallest;  ///< the smallest second octet
  unsigned char largest;   ///< the largest one
};

/// RFC 3629 section 4.
inline lead lead_of(unsigned char octet) {
  if (octet < 0x80) return {1, 0, 0};
  if (octet < 0xC2) return {0, 0, 0};
  if (octet < 0xE0) return {2, 0x80, 0xBF};
  if (octet == 0xE0) return {3, 0xA0, 0xBF};
  if (octet == 0xED) return {3, 0x80, 0x9F};
  if (octet < 0xF0) return {3, 0x80, 0xBF};
  if (octet == 0xF0) return {4, 0x90, 0xBF};
  if (octet < 0xF4) return {4, 0x80, 0xBF};
  if (octet == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// The size of the character at the front of `text`; 0 if there is none.
inline std::size_t size_of_first(std::string_view text) {
  const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const lead first = lead_of(at(0));
  if (first.size > text.size()) return 0;
  if (first.size > 1 && (at(1) < first.smallest || at(1) > first.largest)) return 0;
  for (std::size_t i = 2; i < first.size; ++i)
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  return first.size;
}

}  // namespace utf8_detail

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_detail::size_of_first(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}
