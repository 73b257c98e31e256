// Looking for octets, many at a time: the one place that goes through octets quickly.
// Everything above sees only what is in this header, and knows nothing of the kernels below it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/grammar/kernel.hpp"
#include "turnout/grammar/octet.hpp"

namespace turnout::inline v0 {

/// How many octets stop_octets() looks at.
inline constexpr std::size_t block_size = 64;

namespace detail {

/// The top bit of each octet of `word` that is a control octet other than HTAB.
constexpr std::uint64_t stops_in_word(std::uint64_t word) noexcept {
  constexpr std::uint64_t top = in_every_octet(0x80);
  const std::uint64_t low = word & ~top;  // sums of 7-bit numbers never carry into a neighbour
  const std::uint64_t from_space = low + in_every_octet(0x80 - 0x20);
  const std::uint64_t is_delete = low + in_every_octet(0x80 - 0x7F);
  const std::uint64_t is_not_tab = (low ^ in_every_octet(0x09)) + in_every_octet(0x7F);
  return ((~from_space & is_not_tab) | is_delete) & ~word & top;
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

/// How many octets from `from` on are letters, digits or hyphens, of which nearly all field names
/// are made: looked at all at once, without a loop.
///
/// Returns   at most 32; 0 if `octets` are fewer than 32, whatever they are
constexpr std::size_t plain_name_size(std::string_view octets, std::size_t from) noexcept {
  constexpr std::size_t width = 32;
  if (octets.size() < width) return 0;
  const std::size_t last = octets.size() - width;
  const std::size_t begin = from < last ? from : last;
  const std::uint64_t others = ~std::uint64_t{detail::kernel::plain_in_name(octets.data() + begin)};
  return static_cast<std::size_t>(std::countr_zero(others >> (from - begin)));
}

/// Where runs of control octets begin, HTAB being one of them. They are found ahead, many at a
/// time and without looking at what they are, so that a processor does not have to guess where the
/// next one is.
class control_runs {
 public:
  /// Looks through `octets`, beginning at `from`.
  ///
  /// Takes     octets: fewer than 2^32
  /// Borrows   `octets`
  constexpr control_runs(std::string_view octets, std::size_t from) noexcept
      : octets_{octets}, unseen_{from} {}

  /// True if there is another run, as far as a first run of three or more. Few octets, and those
  /// behind a run of three or more, are not looked at.
  constexpr bool any() noexcept {
    while (at_ == size_)
      if (!look_ahead()) return false;
    return true;
  }

  /// Where the next run begins, if there is one.
  constexpr std::size_t front() const noexcept { return found_[at_]; }

  /// To the run behind it.
  constexpr void next() noexcept { ++at_; }

  /// To the first run that begins at `from` or behind it, where no run of three or more that lies
  /// before it counts.
  constexpr void skip_to(std::size_t from) noexcept {
    while (at_ < size_ && found_[at_] < from) ++at_;
    if (at_ < size_ || (unseen_ >= from && !stopped_)) return;
    unseen_ = from;
    before_ = 0;
    stopped_ = false;
  }

 private:
  static constexpr std::size_t max_blocks = 8;
  static constexpr std::size_t max_found = 32;  // behind it, there is room for those of one block

  constexpr bool look_ahead() noexcept {
    if (stopped_ || unseen_ >= octets_.size() || octets_.size() < block_size) return false;
    std::uint64_t bits[max_blocks];
    const std::size_t left = octets_.size() - unseen_;
    std::size_t blocks = left / block_size < max_blocks ? left / block_size : max_blocks;
    detail::kernel::controls(octets_.data() + unseen_, blocks, bits);
    if (blocks < max_blocks && left % block_size != 0) {
      // The last octets are looked at together with those before them.
      detail::kernel::controls(octets_.data() + octets_.size() - block_size, 1, bits + blocks);
      bits[blocks] >>= block_size - left % block_size;
      ++blocks;
    }
    at_ = size_ = 0;
    for (std::size_t i = 0; i < blocks && !stopped_ && size_ <= max_found; ++i)
      note(bits[i]);
    return true;
  }

  constexpr void note(std::uint64_t bits) noexcept {
    const std::uint64_t follows = bits & (bits << 1 | before_ >> 63);
    const std::uint64_t third = follows & (bits << 2 | before_ >> 62);
    std::uint64_t begins = bits & ~follows;
    before_ = bits;
    const std::size_t block = unseen_;
    unseen_ += block_size;
    if (third != 0) {
      begins &= (third & (~third + 1)) - 1;
      stopped_ = true;
    }
    // Most blocks have at most three, which are noted without asking whether they are there.
    do {
      for (int i = 0; i < 3; ++i) {
        constexpr std::uint64_t top = std::uint64_t{1} << 63;  // for a number that is never 0
        found_[size_] =
            static_cast<std::uint32_t>(block + static_cast<std::size_t>(std::countr_zero(begins | top)));
        size_ += begins != 0;
        begins &= begins - 1;
      }
    } while (begins != 0);
  }

  std::string_view octets_;
  std::size_t unseen_;
  std::uint64_t before_ = 0;  // the bits of the block before
  bool stopped_ = false;      // at a run of three or more
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::array<std::uint32_t, max_found + block_size / 2 + 3> found_;  // not all of it is ever given a value
};

}  // namespace turnout::inline v0
