// The lines of a head that are not forwarded unchanged. Nearly all lines are, so a head that the
// library read is copied in a few pieces: those between the lines that its facts know.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/relay/field_fates.hpp"
#include "turnout/negotiation/relay/removed_fields.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding::detail {

// INVARIANT: each line of plain() lines is its name, ": ", its value and CRLF. So facts, which view
// the values, know where the lines begin and end.

/// The lines of some fields in a head, in order.
///
/// Borrows   the octets of the head
class changed_lines {
 public:
  /// One line, uninitialized until it is found.
  struct line {
    field_name field;   ///< the field of the line
    const char* begin;  ///< where it begins
    const char* end;    ///< after its CRLF
  };

  /// Finds the lines.
  ///
  /// Takes     message: facts of the head; fields: the known fields to find
  constexpr changed_lines(const facts& message, field::detail::name_set fields) noexcept {
    for (auto left = message.fields() & fields; !left.empty(); left = left - left.first())
      for (auto lines = message.lines(left.first()); !lines.empty(); lines.next())
        insert(left.first(), lines.first());
  }

  /// True if all lines are in `octets`.
  constexpr bool are_within(std::string_view octets) const noexcept {
    return size_ == 0 || (lines_[0].begin >= octets.data() &&
                          lines_[size_ - 1].end <= octets.data() + octets.size());
  }

  /// At the first line.
  constexpr const line* begin() const noexcept { return lines_; }
  /// After the last line.
  constexpr const line* end() const noexcept { return lines_ + size_; }

 private:
  constexpr void insert(field_name field, std::string_view value) noexcept {
    const char* const begin = value.data() - 2 - field::spelling(field).size();
    std::size_t place = size_++;
    for (; place > 0 && lines_[place - 1].begin > begin; --place) lines_[place] = lines_[place - 1];
    lines_[place] = {field, begin, value.data() + value.size() + 2};
  }

  line lines_[facts::max_values];  // never filled completely
  std::size_t size_ = 0;
};

/// Puts lines unchanged, except those that are removed by a name that the library does not know.
TURNOUT_INLINE constexpr void put_kept_lines(writer& to, std::string_view lines,
                                             const removed_fields& removed) noexcept {
  if (lines.empty()) return;
  if (!removed.has_others()) return to.put(lines);
  turnout::detail::writing::put_apart(to, [lines, &removed](writer& copy) {
    for (const field_line& line : field_lines{lines})
      if (!removed.contains_other(line.name))
        copy.put({line.name.data(), line.name.size() + line.value.size() + 4});
  });
}

}  // namespace forwarding::detail
}  // namespace v0
}  // namespace turnout
