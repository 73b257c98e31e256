// Scanning for octets, many at a time: the one place with fast loops over octets.
// Other headers call it and never a kernel.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/view.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/kernel.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// How many octets stop_octets() reads.
inline constexpr std::size_t block_size = 64;

/// True for a control octet other than HTAB.
constexpr bool is_stop(char octet) noexcept {
  return (to_number(octet) < 0x20 && octet != '\t') || octet == 0x7F;
}

/// Finds the control octets, HTAB aside, in a block of at most 64 octets. They end a line or make
/// it invalid, so splitting a head into lines needs no other search.
///
/// Takes     octets: the block; only the first 64 octets are read
/// Returns   one bit for each octet, the lowest for the first
/// Costs     one pass over the block; never reads past its end
constexpr std::uint64_t stop_octets(std::string_view octets) noexcept {
  const std::size_t size = octets.size() < block_size ? octets.size() : block_size;
  const char* const first = octets.data();
  constexpr std::size_t width = 16;
  std::uint64_t bits = 0;
  if (size < width) {
    for (std::size_t i = 0; i < size; ++i) bits |= std::uint64_t{is_stop(first[i])} << i;
    return bits;
  }
  for (std::size_t i = 0; i + width < size; i += width)
    bits |= turnout::detail::kernel::stops(first + i) << i;
  return bits | turnout::detail::kernel::stops(first + size - width) << (size - width);
}

/// Finds the first octet that does not belong to `Which`.
///
/// Takes     from: where to begin, at most the size of `octets`
/// Returns   its offset; the size of `octets` if all from there on belong
/// Costs     one pass
template <octet_class Which>
constexpr std::size_t find_not(std::string_view octets, std::size_t from = 0) noexcept {
  constexpr std::size_t together = 4;  // saves comparisons with the size
  for (; octets.size() - from >= together; from += together)
    for (std::size_t i = 0; i < together; ++i)
      if (!Which.contains(octets[from + i])) return from + i;
  while (from < octets.size() && Which.contains(octets[from])) ++from;
  return from;
}

namespace detail {

/// Skips octets that nearly all paths and queries are made of, which belong to octet_class::target.
///
/// Takes     from: where to begin, at most the size of `octets`
/// Returns   the offset of the first other octet, such as `?`; the size of `octets` if there is
///           none
TURNOUT_INLINE constexpr std::size_t skip_plain_in_target(std::string_view octets,
                                                          std::size_t from) noexcept {
  constexpr std::size_t width = 16;
  if (octets.size() < width) {
    while (from < octets.size() && octets[from] != '?' &&
           octet_class::target.contains(octets[from]))
      ++from;
    return from;
  }
  const std::size_t last = octets.size() - width;
  for (; from <= last; from += width) {
    const std::uint32_t plain = turnout::detail::kernel::plain_in_target(octets.data() + from);
    if (plain != 0xFFFF) return from + static_cast<std::size_t>(std::countr_one(plain));
  }
  const std::uint32_t plain = turnout::detail::kernel::plain_in_target(octets.data() + last);
  return from + static_cast<std::size_t>(std::countr_one(plain >> (from - last)));
}

}  // namespace detail

/// Finds the first octet that does not belong to octet_class::target, as find_not() does.
constexpr std::size_t find_not_in_target(std::string_view octets) noexcept {
  if constexpr (turnout::detail::optimized_for_size) return find_not<octet_class::target>(octets);
  std::size_t at = detail::skip_plain_in_target(octets, 0);
  if (at < octets.size() && octets[at] == '?') at = detail::skip_plain_in_target(octets, at + 1);
  return find_not<octet_class::target>(octets, at);
}

/// True if `octets` are eight or more, and all are unreserved in URIs (RFC 3986 section 2.3): such
/// octets are a token, and a registered name. If it is false, they may still be either.
TURNOUT_INLINE constexpr bool are_plainly_unreserved(std::string_view octets) noexcept {
  constexpr std::size_t width = 16;
  if (octets.size() < width / 2) return false;
  const char* at = octets.data();
  const char* const end = at + octets.size();
  for (; end - at > static_cast<std::ptrdiff_t>(width); at += width)
    if (turnout::detail::kernel::unreserved(at, at + width / 2) != 0xFFFF) return false;
  const char* const last = octets.size() < width ? at : end - width;
  return turnout::detail::kernel::unreserved(last, end - width / 2) == 0xFFFF;
}

/// True if all octets are digits of base64 (RFC 4648 section 4).
///
/// Takes     octets: from 16 to 32
constexpr bool are_base64_digits(std::string_view octets) noexcept {
  const char* const first = octets.data();
  return turnout::detail::kernel::are_base64(first) &&
         turnout::detail::kernel::are_base64(first + octets.size() - 16);
}

/// Goes from one stop octet to the next, and reads each block of 64 octets only once.
class stop_scanner {
 public:
  /// Scans `octets`, beginning at `from`.
  ///
  /// Borrows   `octets`
  constexpr stop_scanner(std::string_view octets, std::size_t from) noexcept
      : octets_{octets}, block_{from}, next_block_{from} {}

  /// The offset of the next stop octet; the size of the octets if there is none.
  constexpr std::size_t next() noexcept {
    while (bits_ == 0) {
      if (next_block_ >= octets_.size()) return octets_.size();
      block_ = next_block_;
      bits_ = stop_octets(turnout::detail::rest_of(octets_, block_));
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

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
