// Finds where the lines of a head end, many at a time and ahead of reading them; and how long the
// names at their beginnings are.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

#include "turnout/grammar/scan.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/kernel.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// How many octets a kernel checks for names at once.
inline constexpr std::size_t name_width = 32;

/// How many octets from `from` on are letters, digits or hyphens, as in nearly all field names. It
/// checks them all at once, without a loop.
///
/// Returns   at most 32; 0 if there are fewer than 32 `octets`
TURNOUT_INLINE constexpr std::uint32_t plain_name_size(std::string_view octets,
                                                       std::size_t from) noexcept {
  if (octets.size() < name_width) return 0;
  const std::size_t last = octets.size() - name_width;
  const std::size_t begin = from < last ? from : last;
  const std::uint64_t plain = detail::kernel::plain_in_name(octets.data() + begin);
  return static_cast<std::uint32_t>(std::countr_one(plain >> (from - begin)));
}

/// Finds where runs of control octets, HTAB included, begin. It finds many at a time and does not
/// read which octets they are, so that no branch depends on where the next one is.
class control_runs {
 public:
  /// One run.
  struct run {
    std::uint32_t at;    ///< where it begins
    std::uint32_t name;  ///< plain_name_size() two octets later, in case the run ends a line
  };

 private:
  // These come first: Clang rejects a member template that uses a constant that is defined further
  // down.
  friend struct detail::kernel;
  static constexpr std::size_t max_blocks = 12;
  static constexpr std::size_t max_found = 32;  // after it, the array has room for two blocks

  /// Scans the next octets. All of it must be inlined into the kernel's function, since otherwise
  /// each step calls a function with other instructions.
  template <class Kernel>
  TURNOUT_INLINE constexpr void with() noexcept {
    const std::string_view octets = octets_;
    const std::size_t last_block = octets.size() - grammar::block_size;
    run* const first = found_ + 1;
    found_[0] = skipped();
    std::size_t at = unseen_;
    std::uint64_t last = last_;
    run* end = first;
    const std::size_t most = at + max_blocks * grammar::block_size;
    const std::size_t stop = most < octets.size() ? most : octets.size();
    for (; at + grammar::block_size <= stop && end <= first + max_found; at += grammar::block_size)
      end = note<Kernel>(end, Kernel::controls(octets.data() + at), last, at);
    if (at < stop && end <= first + max_found) {
      // The last octets are scanned together with those before them.
      end = note<Kernel>(end, Kernel::controls(octets.data() + last_block) >> (at - last_block),
                         last, at);
      at = octets.size();
    }
    name<Kernel>(octets, first, end);
    unseen_ = at;
    last_ = last;
    next_ = first;
    end_ = end;
  }

  /// Stores the plain_name_size() after each run. What begins among the last octets is checked
  /// together, since nothing after them may be read.
  template <class Kernel>
  TURNOUT_INLINE static constexpr void name(std::string_view octets, run* one,
                                            const run* end) noexcept {
    const char* const names = octets.data() + 2;
    const std::size_t last = octets.size() - name_width - 2;
    const std::uint64_t last_plain = Kernel::plain_in_name(names + last);
    for (; one != end && one->at <= last; ++one)
      one->name =
          static_cast<std::uint32_t>(std::countr_one(Kernel::plain_in_name(names + one->at)));
    for (; one != end; ++one)
      one->name = static_cast<std::uint32_t>(std::countr_one(last_plain >> (one->at - last)));
  }

  /// Stores where the runs of a block begin. Most blocks have at most three, which are stored
  /// without a test for each.
  template <class Kernel>
  TURNOUT_INLINE static constexpr run* note(run* next, std::uint64_t bits, std::uint64_t& last,
                                            std::size_t at) noexcept {
    std::uint64_t begins = bits & ~(bits << 1 | last);
    last = bits >> 63;
    run* const end = next + Kernel::count(begins);
    for (int i = 0; i < 3; ++i, begins &= begins - 1)
      next++->at = static_cast<std::uint32_t>(at + Kernel::first(begins));
    for (; begins != 0; begins &= begins - 1)
      next++->at = static_cast<std::uint32_t>(at + Kernel::first(begins));
    return end;
  }

 public:
  /// A sequence of runs.
  struct runs {
    const run* first;  ///< the first run
    const run* last;   ///< after the last run

    /// The first run.
    constexpr const run* begin() const noexcept { return first; }
    /// After the last run.
    constexpr const run* end() const noexcept { return last; }
  };

  /// Scans `octets`, beginning at `from`.
  ///
  /// Takes     octets: fewer than 2^32. Fewer than a block are not scanned
  /// Borrows   `octets`
  constexpr control_runs(std::string_view octets, std::size_t from) noexcept
      : octets_{octets.size() < grammar::block_size ? std::string_view{} : octets}, unseen_{from} {
    found_[0] = {};
  }
  control_runs(const control_runs&) = delete;  // it has pointers into itself
  control_runs& operator=(const control_runs&) = delete;

  /// True if there is another run.
  constexpr bool any() noexcept {
    while (next_ == end_) {
      if (unseen_ >= octets_.size()) return false;
      detail::kernel::run(*this);
    }
    return true;
  }

  /// The next runs that were found, but at most `most` of them.
  constexpr runs found(std::size_t most) const noexcept {
    return {next_, static_cast<std::size_t>(end_ - next_) < most ? end_ : next_ + most};
  }

  /// Skips the runs that were found before `next`.
  constexpr void skip_until(const run* next) noexcept { next_ = next; }

  /// The last run that was skipped.
  constexpr const run& skipped() const noexcept { return next_[-1]; }

  /// Sets skipped(), if the caller has found that run.
  constexpr void set_skipped(run one) noexcept { found_[next_ - found_ - 1] = one; }

  /// Skips the runs that begin before `from`.
  constexpr void skip_to(std::size_t from) noexcept {
    while (next_ != end_ && next_->at < from) ++next_;
    if (unseen_ >= from) return;
    unseen_ = from;
    last_ = 0;
  }

 private:
  std::string_view octets_;
  std::size_t unseen_;
  std::uint64_t last_ = 0;        // 1 if the octet before `unseen_` is a control octet
  const run* next_ = found_ + 1;  // those before it were skipped
  const run* end_ = found_ + 1;
  run found_[1 + max_found + grammar::block_size + 3];  // never filled completely
};

}  // namespace detail

}  // namespace v0
}  // namespace turnout
