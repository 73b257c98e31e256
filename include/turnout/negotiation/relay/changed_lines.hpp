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
  /// One line.
  struct line {
    field_name field;   ///< the field of the line
    const char* begin;  ///< where it begins
    const char* end;    ///< after its CRLF
  };

  /// Finds the lines.
  ///
  /// Takes     message: facts of the head; fields: the known fields to find
  constexpr changed_lines(const facts& message, field::detail::name_set fields) noexcept {
    const field::detail::name_set single = message.single_fields();
    for (auto left = single & fields; !left.empty(); left = left.rest())
      insert(left.first(), message.only_line(left.first()));
    const auto repeated = (message.fields() & fields) - single;
    if (!repeated.empty()) insert_repeated(message, repeated);
  }

  /// True if all lines are in `octets`, and no two have an octet in common.
  constexpr bool are_within(std::string_view octets) const noexcept {
    const char* from = octets.data();
    for (std::size_t i = 0; i < size_; ++i) {
      if (begins_[i] < from) return false;
      from = ends_[i];
    }
    return from <= octets.data() + octets.size();
  }

  /// How many there are.
  constexpr std::size_t size() const noexcept { return size_; }
  /// One of them.
  constexpr line operator[](std::size_t index) const noexcept {
    return {fields_[index], begins_[index], ends_[index]};
  }

 private:
  TURNOUT_OUT_OF_LINE constexpr void insert_repeated(const facts& message,
                                                     field::detail::name_set fields) noexcept {
    for (auto left = fields; !left.empty(); left = left.rest())
      for (auto lines = message.lines(left.first()); !lines.empty(); lines.next())
        insert(left.first(), lines.first());
  }

  constexpr void insert(field_name field, std::string_view value) noexcept {
    const char* const begin = value.data() - 2 - field::spelling(field).size();
    std::size_t place = size_++;
    for (; place > 0 && begins_[place - 1] > begin; --place) {
      begins_[place] = begins_[place - 1];
      ends_[place] = ends_[place - 1];
      fields_[place] = fields_[place - 1];
    }
    begins_[place] = begin;
    ends_[place] = value.data() + value.size() + 2;
    fields_[place] = field;
  }

  // Never filled completely, and uninitialized until then. They are no array of lines: to move one
  // right after its members were written would wait until they are in memory.
  const char* begins_[facts::max_values];
  const char* ends_[facts::max_values];
  field_name fields_[facts::max_values];
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
