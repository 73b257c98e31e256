// The field lines of a head as an intermediary forwards them: RFC 9110 sections 5.3, 7.6.1 and
// 7.6.2. A long head is put twice, to find its size and to write it. For lines from another parser,
// the first pass decides what happens to each line, and remembers it for the second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/max_forwards.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/field/transfer_encoding.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/obs_fold.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/relay/changed_lines.hpp"
#include "turnout/negotiation/relay/field_fates.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding::detail {

/// The size of the draft for a forwarded head: nearly all heads fit.
inline constexpr std::size_t usual_head = turnout::detail::draft_for<2048>;

/// What happens to the lines of one head, as far as there is room to remember it. There is room for
/// more lines than the default limits allow.
class line_fates {
 public:
  /// Nothing is known. The room stays uninitialized until it is used.
  constexpr line_fates() noexcept {}

  /// The fate of the line at `index`; the caller decides it if it is unknown.
  ///
  /// Takes     index: one further than before, or again from 0 on
  constexpr line_fate& operator[](std::size_t index) noexcept {
    if (index >= std::size(fates_)) return beyond_ = line_fate::unknown;
    if (index == known_) fates_[known_++] = line_fate::unknown;
    return fates_[index];
  }

 private:
  line_fate fates_[128];  // the first `known_` of them are set
  std::size_t known_ = 0;
  line_fate beyond_ = line_fate::unknown;
};

/// Checks that a line can be written as its fate says, and whether it has folds.
///
/// Fails     unwritable at `index`
constexpr line_fate checked(writer& to, line_fate fate, const field_line& line,
                            std::size_t index) noexcept {
  const bool written = fate == line_fate::copied || fate == line_fate::unfolded;
  if (!written || line.check_writable()) return written ? line_fate::copied : fate;
  writer alone;
  field_line{line.name, {}}.put(alone);
  turnout::detail::put_unfolded(alone, line.value);
  if (fate == line_fate::copied || alone.error().code != errc::none)
    to.fail({errc::unwritable, index});
  return fate;
}

/// Puts one line according to its fate.
///
/// Takes     message: the facts of its message
constexpr void put_forwarded_line(writer& to, line_fate fate, const field_line& line,
                                  const facts& message) noexcept {
  switch (fate) {
    case line_fate::unknown:
    case line_fate::left_out:
      return;
    case line_fate::copied:
      return line.put_unchecked(to);
    case line_fate::unfolded:
      to.put(line.name);
      to.put(": ");
      turnout::detail::put_unfolded(to, line.value);
      return to.put("\r\n");
    case line_fate::codings:
      to.put("Transfer-Encoding: ");
      field::transfer_encoding::parse(message.lines(field_name::transfer_encoding), SIZE_MAX)
          ->put(to);
      return to.put("\r\n");
    case line_fate::hops_left:
      to.put("Max-Forwards: ");
      field::max_forwards::parse(message.lines(field_name::max_forwards))->next().put(to);
      return to.put("\r\n");
  }
}

/// Puts the lines that are forwarded, in their order.
///
/// Takes     fates: new ones for the first pass, the same ones for the second; find: called as
///           find(name) for a line whose fate is unknown
/// Returns   how many lines there were
/// Fails     unwritable at the index of the line
template <class Fields, class Find>
constexpr std::size_t put_forwarded_lines(writer& to, const Fields& fields, const facts& message,
                                          line_fates& fates, const Find& find) {
  std::size_t index = 0;
  bool coded = false;
  for (const auto& [name, value] : fields) {
    const field_line line{name, value};
    line_fate& fate = fates[index];
    if (fate == line_fate::unknown) fate = checked(to, find(line.name), line, index);
    const bool again = fate == line_fate::codings && coded;
    if (!again) put_forwarded_line(to, fate, line, message);
    coded = coded || fate == line_fate::codings;
    ++index;
  }
  return index;
}

/// Puts the forwarded lines of a head whose lines are plain().
TURNOUT_INLINE constexpr void put_plain_lines(writer& to, std::string_view octets,
                                              const changed_lines& changed, const facts& message,
                                              const field_fates& fates) noexcept {
  const auto from_to = [](const char* from, const char* end) {
    return std::string_view{from, static_cast<std::size_t>(end - from)};
  };
  const char* from = octets.data();
  bool coded = false;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const changed_lines::line line = changed[i];
    put_kept_lines(to, from_to(from, line.begin), fates.removed());
    from = line.end;
    const line_fate fate = fates.of_known(line.field);
    if (fate == line_fate::left_out || (fate == line_fate::codings && coded)) continue;
    turnout::detail::writing::put_apart(
        to, [fate, &message](writer& copy) { put_forwarded_line(copy, fate, {}, message); });
    coded = coded || fate == line_fate::codings;
  }
  put_kept_lines(to, from_to(from, octets.data() + octets.size()), fates.removed());
}

/// The fields whose lines are found by the places of their values: none unless the library read the
/// head, since the values of facts may be anywhere.
template <class Fields>
constexpr field::detail::name_set found_by_place(const Fields&, const field_fates&) noexcept {
  return {};
}
constexpr field::detail::name_set found_by_place(const field_lines& fields,
                                                 const field_fates& fates) noexcept {
  return fields.plain().count > 0 ? fates.changed() : field::detail::name_set{};
}

/// The lines, if the library read them and each is as it would be written: then no name is looked
/// up and no line is checked again.
template <class Fields>
constexpr field_lines copied_lines(const Fields&, const changed_lines&) noexcept {
  return {};
}
constexpr field_lines copied_lines(const field_lines& fields,
                                   const changed_lines& changed) noexcept {
  return changed.are_within(fields.octets()) ? fields : field_lines{};
}

/// The field lines of a head that is forwarded, and what happens to them.
///
/// Borrows   `fields`, `message` and `fates`
template <class Fields>
struct forwarded_lines {
  const Fields& fields;
  const facts& message;
  const field_fates& fates;
  changed_lines changed{message, found_by_place(fields, fates)};
  field_lines copied = copied_lines(fields, changed);

  /// True if lines are copied.
  constexpr bool are_copied() const noexcept { return copied.plain().count > 0; }
  /// True if they are put without a failure, and have at most as many octets as they came with.
  constexpr bool are_sure() const noexcept {
    return are_copied() && !message.has_any(fates.rewritten());
  }

  /// Puts them.
  ///
  /// Takes     known: as for put_forwarded_lines()
  /// Returns   how many there were
  TURNOUT_INLINE constexpr std::size_t put(writer& to, line_fates& known) const {
    if (are_copied()) {
      put_plain_lines(to, copied.octets(), changed, message, fates);
      return copied.plain().count;
    }
    std::size_t lines = 0;
    turnout::detail::writing::put_apart(to, [&](writer& copy) {
      lines = put_forwarded_lines(copy, fields, message, known, fates);
    });
    return lines;
  }
};

/// Writes a forwarded head by way of a draft.
template <class Text>
TURNOUT_OUT_OF_LINE constexpr result<std::string_view> write_draft(span<char> out,
                                                                   const Text& text) {
  return write_whole<usual_head>(out, text);
}

/// Writes a forwarded head, as write_whole().
///
/// Takes     text: a function of `writer&`; if its is_sure() is true, it puts at most most() octets
///           without a failure, so that no draft is needed
template <class Text>
TURNOUT_INLINE constexpr result<std::string_view> write_head(span<char> out, const Text& text) {
  if (turnout::detail::optimized_for_size || !text.is_sure() || out.size() < text.most())
    return write_draft(out, text);
  writer to = turnout::detail::writing::again(out);
  text(to);
  return turnout::detail::octets_at(out.data(), to.size());
}

}  // namespace forwarding::detail
}  // namespace v0
}  // namespace turnout
