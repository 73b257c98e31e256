// Integers of one, two, four or eight octets.
#include "turnout/protocol/tunnel/varint.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace std::string_view_literals;
using turnout::capsule::varint;

constexpr bool writes(std::uint64_t value, std::string_view octets) {
  std::array<char, 8> out{};
  const auto written = turnout::write(varint{value}, out);
  return written && *written == octets && varint{value}.written_size() == octets.size();
}

/// True if all of `octets` is that number, none of its beginnings is one, and more changes nothing.
constexpr bool reads(std::string_view octets, std::uint64_t value) {
  for (std::size_t size = 0; size < octets.size(); ++size)
    if (varint::parse_prefix(octets.substr(0, size)).size != 0) return false;
  std::array<char, 16> more{};
  octets.copy(more.data(), octets.size());
  return varint::parse_prefix(octets) == varint{value, octets.size()} &&
         varint::parse_prefix({more.data(), more.size()}) == varint{value, octets.size()};
}

}  // namespace

TEST_CASE("[CAP-02] an integer has one, two, four or eight octets") {
  CHECK_BOTH(reads("\x00"sv, 0));
  CHECK_BOTH(reads("\x3F"sv, 63));
  CHECK_BOTH(reads("\x40\x40"sv, 64));
  CHECK_BOTH(reads("\x7F\xFF"sv, 16383));
  CHECK_BOTH(reads("\x80\x00\x40\x00"sv, 16384));
  CHECK_BOTH(reads("\xBF\xFF\xFF\xFF"sv, 0x3FFFFFFF));
  CHECK_BOTH(reads("\xC0\x00\x00\x00\x40\x00\x00\x00"sv, 0x40000000));
  CHECK_BOTH(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv, varint::greatest));
  CHECK_BOTH(reads("\xC2\x19\x7C\x5E\xFF\x14\xE8\x8C"sv, 151288809941952652));
}

TEST_CASE("[CAP-02] an integer may be written in more octets than it takes") {
  CHECK_BOTH(reads("\x40\x04"sv, 4));
  CHECK_BOTH(reads("\x80\x00\x00\x04"sv, 4));
  CHECK_BOTH(reads("\xC0\x00\x00\x00\x00\x00\x00\x04"sv, 4));
}

TEST_CASE("[CAP-02] an integer is written in as few octets as it takes") {
  CHECK_BOTH(writes(0, "\x00"sv));
  CHECK_BOTH(writes(63, "\x3F"sv));
  CHECK_BOTH(writes(64, "\x40\x40"sv));
  CHECK_BOTH(writes(16383, "\x7F\xFF"sv));
  CHECK_BOTH(writes(16384, "\x80\x00\x40\x00"sv));
  CHECK_BOTH(writes(0x3FFFFFFF, "\xBF\xFF\xFF\xFF"sv));
  CHECK_BOTH(writes(0x40000000, "\xC0\x00\x00\x00\x40\x00\x00\x00"sv));
  CHECK_BOTH(writes(varint::greatest, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv));
}
