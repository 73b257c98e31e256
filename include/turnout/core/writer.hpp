// Writing into the caller's span, all or nothing.
// A function describes what to write by putting octets. It first writes into a draft on the stack,
// which tells the size and whether everything can be written. It runs again only if the draft is
// too small. Without a draft, it first only counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

struct writing;

}  // namespace detail

/// Takes octets in order: counts them, and copies them while there is room.
///
/// ```cpp
/// std::array<char, 16> out;
/// turnout::writer to{out};
/// to.put("port ");
/// to.put_number(443);
/// assert(std::string_view(out.data(), to.size()) == "port 443");
/// ```
class writer {
 public:
  /// Only counts octets.
  constexpr writer() = default;
  /// Copies octets to `room` while they fit.
  constexpr explicit writer(span<char> room) noexcept
      : room_{room.data()}, room_size_{room.size()} {}

  /// Appends `octets`. Inlined, the copy of a literal is a few stores.
  TURNOUT_INLINE constexpr void put(std::string_view octets) noexcept {
    if (detail::likely(size_ < room_size_ && octets.size() <= room_size_ - size_))
      std::char_traits<char>::copy(room_ + size_, octets.data(), octets.size());
    size_ += octets.size();
  }

  /// Appends one after the other, with one look at the room for all.
  TURNOUT_INLINE constexpr void put(std::string_view first, std::string_view second,
                                    std::string_view third) noexcept {
    const std::size_t size = first.size() + second.size() + third.size();
    if (detail::likely(size_ < room_size_ && size <= room_size_ - size_)) {
      char* const place = room_ + size_;
      std::char_traits<char>::copy(place, first.data(), first.size());
      std::char_traits<char>::copy(place + first.size(), second.data(), second.size());
      std::char_traits<char>::copy(place + size - third.size(), third.data(), third.size());
    }
    size_ += size;
  }

  /// Appends one octet.
  TURNOUT_INLINE constexpr void put(char octet) noexcept {
    if (detail::likely(size_ < room_size_)) room_[size_] = octet;
    ++size_;
  }

  /// Appends a number in decimal digits.
  constexpr void put_number(std::uint64_t number) noexcept {
    char digits[20];
    std::size_t begin = sizeof digits;
    do {
      digits[--begin] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    put(detail::octets_at(digits + begin, sizeof digits - begin));
  }

  /// Appends one of several values. If it can't be written, the failure is unwritable at `number`,
  /// and not at an offset in the value.
  template <class Value>
  constexpr void put_numbered(const Value& value,
                              std::size_t number) noexcept(noexcept(value.put(*this))) {
    const bool sound = why_.code == errc::none;
    value.put(*this);
    if (sound && why_.code != errc::none) why_ = {errc::unwritable, number};
  }

  /// Reports that the value can't be written; the first report is kept.
  constexpr void fail(failure why) noexcept {
    if (why_.code == errc::none) why_ = why;
  }

  /// How many octets were put.
  constexpr std::size_t size() const noexcept { return size_; }
  /// Why the value can't be written; errc::none if it can.
  constexpr failure error() const noexcept { return why_; }

 private:
  friend struct detail::writing;

  char* room_ = nullptr;
  std::size_t room_size_ = 0;
  std::size_t size_ = 0;
  failure why_{};
  bool checks_ = true;
};

namespace detail {

/// What only the library's own values do with a writer, to save time.
struct writing {
  /// A writer that copies octets that another one counted without a failure.
  static constexpr writer again(span<char> room) noexcept {
    writer to{room};
    to.checks_ = false;
    return to;
  }

  /// True if values have to be checked before they are put; false if another writer did it.
  static constexpr bool checks(const writer& to) noexcept { return to.checks_; }

  /// Puts `Size` octets that take long to compute: a writer that only counts does not ask for them.
  ///
  /// Takes     make: called as make(place), to write them there, if they fit
  template <std::size_t Size, class Make>
  TURNOUT_INLINE static constexpr void put_made(writer& to, const Make& make) noexcept {
    if (likely(to.size_ < to.room_size_ && Size <= to.room_size_ - to.size_))
      make(to.room_ + to.size_);
    to.size_ += Size;
  }

  /// Puts what few messages have: out of line, and with a copy of the writer, whose members can
  /// then stay in registers.
  ///
  /// Takes     describe: a function of `writer&`
  template <class Describe>
  TURNOUT_INLINE static constexpr void put_apart(writer& to, const Describe& describe) noexcept(
      never_throws<const Describe&, writer&>) {
    if constexpr (optimized_for_size) return describe(to);
    const writer copy = described(to, describe);
    to.size_ = copy.size_;
    to.why_ = copy.why_;
  }

 private:
  template <class Describe>
  TURNOUT_OUT_OF_LINE static constexpr writer described(
      writer to, const Describe& describe) noexcept(never_throws<const Describe&, writer&>) {
    describe(to);
    return to;
  }
};

/// The size of the draft for values that nearly always have at most `Octets` octets. A program that
/// is optimized for size has no draft: it counts first and needs no stack.
template <std::size_t Octets>
inline constexpr std::size_t draft_for = optimized_for_size ? 0 : Octets;

/// As write_whole(), but sets an existing view: copying a result would wait for it to reach memory.
template <std::size_t Draft = draft_for<512>, class Describe>
TURNOUT_INLINE constexpr failure write_into(
    std::string_view& written, span<char> out,
    const Describe& describe) noexcept(turnout::detail::never_throws<const Describe&, writer&>) {
  char draft[Draft + 1];
  writer first = Draft == 0 ? writer{} : writer{draft};
  describe(first);
  if (first.error().code != errc::none) return first.error();
  if (first.size() > out.size()) return failure{errc::no_space, first.size()};
  if (first.size() <= Draft) {
    std::char_traits<char>::copy(out.data(), draft, first.size());
  } else {
    writer again = writing::again(out);
    describe(again);
  }
  written = octets_at(out.data(), first.size());
  return {};
}

}  // namespace detail

/// Writes what `describe` puts into a writer, if all of it fits and can be written.
///
/// Takes     `Draft`: how many octets of stack to use: `describe` runs only once if it puts no
///           more; out: where to write; describe: a function of `writer&` that puts the same each
///           time
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; the failure that `describe` reports with writer::fail()
/// Borrows   from `out`
/// Changes   nothing when it fails
template <std::size_t Draft = detail::draft_for<512>, class Describe>
constexpr result<std::string_view> write_whole(span<char> out, const Describe& describe) noexcept(
    turnout::detail::never_throws<const Describe&, writer&>) {
  std::string_view written;
  const failure why = detail::write_into<Draft>(written, out, describe);
  if (why.code != errc::none) return why;
  return written;
}

namespace detail {

/// Writes a list: puts a comma and a space between its members.
class separated {
 public:
  /// Begins a list, or continues one after a member that was already put.
  constexpr explicit separated(writer& to, bool begun = false) noexcept : to_{to}, begun_{begun} {}

  /// The writer to put the next member into.
  constexpr writer& next() noexcept {
    if (begun_) to_.put(", ");
    begun_ = true;
    return to_;
  }

  /// True if no member was put yet.
  constexpr bool empty() const noexcept { return !begun_; }

 private:
  writer& to_;
  bool begun_;
};

/// True for a value whose put() does not throw.
template <class Value>
concept puts_nothrow = requires(const Value& value, writer& to) {
  requires noexcept(value.put(to));
};

}  // namespace detail

/// Writes one value in its canonical form: `value.put(writer&)` says what that is.
///
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; the failures of the value
/// Borrows   from `out`
/// Changes   nothing when it fails
template <class Value>
constexpr result<std::string_view> write(const Value& value,
                                         span<char> out) noexcept(detail::puts_nothrow<Value>) {
  return write_whole(out, [&value](writer& to) { value.put(to); });
}

}  // namespace v0
}  // namespace turnout
