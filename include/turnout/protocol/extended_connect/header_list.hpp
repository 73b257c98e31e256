// Writes a header list of HTTP/2 or HTTP/3 into the caller's memory, all or nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/message/field_line.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// Memory for a header list: its lines, and octets that no message has, such as names in lower
/// case. The lines view these octets and the message.
struct list_space {
  span<field_line> lines{};
  span<char> octets{};
};

/// How much of a space was used.
struct list_size {
  failure why;             ///< why nothing was written; errc::none if a list was
  std::size_t lines = 0;   ///< how many lines were written; with no_space, how many are needed
  std::size_t octets = 0;  ///< how many octets were written; with no_space, how many are needed

  /// True if a list was written.
  constexpr explicit operator bool() const noexcept { return why.code == errc::none; }

  friend constexpr bool operator==(const list_size&, const list_size&) = default;
};

/// Takes the lines of a list in order: counts them, and writes them if it has a space.
class list_writer {
 public:
  /// Only counts.
  constexpr list_writer() = default;
  /// Writes to `space`, which must have enough room for all lines.
  constexpr explicit list_writer(const list_space& space) noexcept
      : lines_{space.lines.data()}, octets_{space.octets.data()} {}

  /// Appends a line that views this name and value.
  constexpr void put(std::string_view name, std::string_view value) noexcept {
    if (lines_ != nullptr) lines_[size_.lines] = {name, value};
    ++size_.lines;
  }

  /// Appends a line of HTTP/1.1: its name in lower case, line folds as spaces.
  ///
  /// Rule      RFC 9113 section 8.2.1, RFC 9112 section 5.2
  constexpr void put_lowered(const field_line& line) noexcept {
    const std::string_view name = keep_lowered(line.name);
    const bool folded = line.value.find('\r') != line.value.npos;
    put(name, folded ? keep_unfolded(line.value) : line.value);
  }

  /// Appends `:status`.
  constexpr void put_status(std::uint16_t status) noexcept {
    const char digits[] = {digit(status / 100), digit(status / 10), digit(status)};
    put(":status", keep("", {digits, sizeof digits}));
  }

  /// Stores the octets of two views, one after the other, as a value for put().
  constexpr std::string_view keep(std::string_view one, std::string_view other) noexcept {
    const std::size_t begin = size_.octets;
    for (const char octet : one) append(octet);
    for (const char octet : other) append(octet);
    return from(begin);
  }

  /// Stores octets in lower case, as a name or a value for put().
  constexpr std::string_view keep_lowered(std::string_view octets) noexcept {
    const std::size_t begin = size_.octets;
    for (const char octet : octets) append(grammar::to_lower(octet));
    return from(begin);
  }

  /// How much was put.
  constexpr const list_size& size() const noexcept { return size_; }

 private:
  static constexpr char digit(int number) noexcept { return static_cast<char>('0' + number % 10); }

  constexpr std::string_view keep_unfolded(std::string_view octets) noexcept {
    const std::size_t begin = size_.octets;
    for (const char octet : octets) append(octet == '\r' || octet == '\n' ? ' ' : octet);
    return from(begin);
  }

  constexpr void append(char octet) noexcept {
    if (octets_ != nullptr) octets_[size_.octets] = octet;
    ++size_.octets;
  }

  constexpr std::string_view from(std::size_t begin) const noexcept {
    if (octets_ == nullptr) return {};
    const char* const kept = octets_ + begin;
    return {kept, size_.octets - begin};
  }

  field_line* lines_ = nullptr;
  char* octets_ = nullptr;
  list_size size_;
};

/// Writes what `describe` puts into a list_writer, if all of it fits.
///
/// Takes     describe: a function of `list_writer&` that puts the same each time
/// Returns   how much was written at the front of `space`
/// Fails     no_space, with how many lines and octets are needed; `at` is the one that is too
///           small, the lines if both are
/// Changes   nothing when it fails
template <class Describe>
constexpr list_size write_list(const list_space& space, const Describe& describe) noexcept(
    turnout::detail::never_throws<const Describe&, list_writer&>) {
  list_writer measure;
  describe(measure);
  list_size needed = measure.size();
  if (needed.octets > space.octets.size()) needed.why = {errc::no_space, needed.octets};
  if (needed.lines > space.lines.size()) needed.why = {errc::no_space, needed.lines};
  if (!needed) return needed;
  list_writer copy{space};
  describe(copy);
  return copy.size();
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
