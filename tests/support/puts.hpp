// Whether a function writes exactly what it is to write, into exactly as much room as that takes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "turnout/core/result.hpp"

namespace support {

/// True if `write` puts exactly `expected` into a span of its size, and nothing into smaller ones,
/// which name that size.
template <class Write>
constexpr bool puts(const Write& write, std::string_view expected) {
  using turnout::errc, turnout::failure;
  std::array<char, 256> out{};
  for (std::size_t size = 0; size < expected.size(); ++size)
    if (write(std::span{out}.first(size)) != failure{errc::no_space, expected.size()}) return false;
  if (out != std::array<char, 256>{}) return false;
  const turnout::result<std::string_view> written = write(std::span{out}.first(expected.size()));
  return written == expected && out[expected.size()] == '\0';
}

}  // namespace support
