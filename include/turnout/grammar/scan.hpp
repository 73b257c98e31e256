// Looking for octets, many at a time: the one place that goes through octets quickly.
// Everything above sees only the functions of this header; the kernel below them works on 64-bit
// words and is the same in constant evaluation and at run time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/grammar/octet.hpp"

namespace turnout::inline v0 {

/// How many octets stop_octets() looks at.
inline constexpr std::size_t block_size = 64;

namespace detail {

/// Eight octets as a number, the first one lowest, whatever the machine's byte order. Compilers
/// turn this into one load.
constexpr std::uint64_t load_word(const char* octets) noexcept {
  const auto octet = [octets](int i) {
    return static_cast<std::uint64_t>(to_number(octets[i])) << (8 * i);
  };
  return octet(0) | octet(1) | octet(2) | octet(3) | octet(4) | octet(5) | octet(6) | octet(7);
}

constexpr std::uint64_t in_every_octet(std::uint8_t octet) noexcept {
  return 0x0101010101010101u * octet;
}

/// The top bit of each octet of `word` that is a control octet other than HTAB.
constexpr std::uint64_t stops_in_word(std::uint64_t word) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;  // sums of 7-bit numbers never carry into a neighbour
  const std::uint64_t from_space = low + in_every_octet(0x80 - 0x20);
  const std::uint64_t is_delete = low + in_every_octet(0x80 - 0x7F);
  const std::uint64_t is_not_tab = (low ^ in_every_octet(0x09)) + in_every_octet(0x7F);
  return ((~from_space & is_not_tab) | is_delete) & ~word & top;
}

/// One bit for each octet whose top bit is set in `tops`, the first octet's lowest.
constexpr std::uint64_t gather_tops(std::uint64_t tops) noexcept {
  return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

constexpr bool is_stop(char octet) noexcept {
  return (to_number(octet) < 0x20 && octet != '\t') || octet == 0x7F;
}

}  // namespace detail

/// Finds the control octets, HTAB aside, in a block of at most 64 octets. They end a line or
/// break it, so nothing else has to be looked for to cut a head into lines.
///
/// Takes     octets: the block, of which the first 64 octets are looked at
/// Returns   one bit for each octet, the lowest for the first
/// Costs     one pass over the block; never reads past its end
constexpr std::uint64_t stop_octets(std::string_view octets) noexcept {
  const std::size_t size = octets.size() < block_size ? octets.size() : block_size;
  std::uint64_t bits = 0;
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8)
    bits |= detail::gather_tops(detail::stops_in_word(detail::load_word(octets.data() + i))) << i;
  for (; i < size; ++i) bits |= static_cast<std::uint64_t>(detail::is_stop(octets[i])) << i;
  return bits;
}

/// Finds the first octet that does not belong to `which`.
///
/// Takes     from: where to begin, at most the size of `octets`
/// Returns   its offset; the size of `octets` if all from there on belong
/// Costs     one pass
constexpr std::size_t find_not(octet_class which, std::string_view octets,
                               std::size_t from = 0) noexcept {
  while (from < octets.size() && is(which, octets[from])) ++from;
  return from;
}

/// Goes from one stop octet to the next: a block of 64 is looked at once, however many it has.
class stop_scanner {
 public:
  /// Looks through `octets`, beginning at `from`.
  ///
  /// Borrows   `octets`
  constexpr stop_scanner(std::string_view octets, std::size_t from) noexcept
      : octets_{octets}, block_{from}, next_block_{from} {}

  /// The offset of the next stop octet; the size of the octets if there is none.
  constexpr std::size_t next() noexcept {
    while (bits_ == 0) {
      if (next_block_ >= octets_.size()) return octets_.size();
      block_ = next_block_;
      bits_ = stop_octets(octets_.substr(block_));
      next_block_ += block_size;
    }
    const std::size_t found = block_ + static_cast<std::size_t>(std::countr_zero(bits_));
    bits_ &= bits_ - 1;
    return found;
  }

 private:
  std::string_view octets_;
  std::size_t block_;
  std::size_t next_block_;
  std::uint64_t bits_ = 0;
};

}  // namespace turnout::inline v0
