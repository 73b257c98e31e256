// Reads a head that arrives in pieces, down to single octets. Lines are checked as they arrive;
// message/head.hpp parses them when the head is complete.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/view.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/line_ends.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// Continues at `mark`. Skips one octet that does not end a line, the usual case when a head
/// arrives octet by octet, or waits before a CR at the end.
///
/// Returns   true if no octets are left, and the head is not decided yet
/// Changes   mark, if it returns true
constexpr bool skip_octet(std::string_view unread, const limits& limits,
                          resume_mark& mark) noexcept {
  const std::size_t size = unread.size();
  const std::size_t limit = mark.lines == 0 ? limits.start_line : limits.field_line;
  if (size - mark.scanned != 1 || size >= limits.head || size - mark.line > limit ||
      mark.lines > limits.field_lines)
    return false;
  if (grammar::is_stop(unread.back())) return unread.back() == '\r';
  mark.scanned = static_cast<std::uint32_t>(size);
  return true;
}

/// True for a line of `unread` that is a field line. Octets before `old` are not read again.
constexpr bool is_field_line(std::string_view unread, std::size_t old,
                             std::string_view line) noexcept {
  const auto begin = static_cast<std::size_t>(line.data() - unread.data());
  if (!optimized_for_size && is_common(line, plain_name_size(rest_of(unread, old), begin - old)))
    return true;
  return static_cast<bool>(field_line::parse(line));
}

/// Continues at `mark`, and skips a few octets and the field lines that end among them.
///
/// Returns   need_more if no octets are left, and the head is not decided yet; end if the head is
///           complete and its lines are valid; failed if head_lines has to read it
/// Changes   mark, with need_more
constexpr line_step skip_lines(message_kind kind, std::string_view unread, const limits& limits,
                               resume_mark& mark) noexcept {
  const std::size_t old = mark.line;
  const std::size_t size = unread.size();
  const std::size_t from = mark.scanned;
  if (size - from - 1 >= grammar::block_size || size >= limits.head) return line_step::failed;
  const std::size_t limit = mark.lines == 0 ? limits.start_line : limits.field_line;
  const char* const octets = unread.data();
  std::size_t begin = mark.line;
  std::size_t lines = mark.lines;
  std::size_t scanned = size;
  for (std::uint64_t stops = grammar::stop_octets({octets + from, size - from}); stops != 0;) {
    const std::size_t end = from + static_cast<std::size_t>(std::countr_zero(stops));
    const bool bare = end + 1 < size && octets[end + 1] != '\n';
    if (octets[end] != '\r' || bare || lines == 0) return line_step::failed;
    const bool may_go_on = kind == message_kind::response && end > begin && end + 2 == size;
    if (end + 1 == size || may_go_on) {
      scanned = end;
      break;
    }
    if (end == begin) return line_step::end;
    if (end - begin > limit || lines > limits.field_lines ||
        (kind == message_kind::response && grammar::is_ows(octets[end + 2])) ||
        !is_field_line(unread, old, part_of(unread, begin, end)))
      return line_step::failed;
    begin = end + 2;
    ++lines;
    stops &= stops - 1;
    stops &= stops - 1;  // LF
  }
  if (scanned - begin > limit || lines > limits.field_lines) return line_step::failed;
  mark = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(scanned),
          static_cast<std::uint32_t>(lines), mark.empty_lines};
  return line_step::need_more;
}

/// Continues at `mark`, and skips all octets, as skip_lines() does.
///
/// Returns   true if no octets are left, and the head is not decided yet
/// Changes   mark, if it returns true
template <class StartLine>
constexpr bool skip_any_lines(std::string_view unread, const limits& limits,
                              resume_mark& mark) noexcept {
  const std::size_t old = mark.line;
  head_lines::scan ahead{unread, limits, mark};
  head_lines lines{StartLine::kind, unread, limits, mark, ahead};
  for (;;) {
    const cut_line line = lines.next();
    if (line.what == line_step::start_line && !StartLine{}.assign(line.octets)) continue;
    if (line.what == line_step::field_line && is_field_line(unread, old, line.octets)) continue;
    if (line.what != line_step::need_more) return false;
    mark = lines.mark();
    return true;
  }
}

/// Continues at `mark`, and skips the new octets if there is more than one.
///
/// Returns   as skip_piece()
/// Changes   as skip_piece()
template <class StartLine>
constexpr bool skip_next_piece(std::string_view unread, const limits& limits,
                               resume_mark& mark) noexcept {
  if (optimized_for_size) return skip_any_lines<StartLine>(unread, limits, mark);
  const line_step skipped = skip_lines(StartLine::kind, unread, limits, mark);
  if (skipped == line_step::failed) return skip_any_lines<StartLine>(unread, limits, mark);
  return skipped == line_step::need_more;
}

/// True if the octets end as a head does after its start line: then it is complete or wrong, and it
/// is read from its first octet without skipping the new octets before.
constexpr bool ends_head(std::string_view unread, const resume_mark& mark) noexcept {
  return mark.lines > 0 && unread.size() >= 4 &&
         load<std::uint32_t>(unread.data() + unread.size() - 4) == 0x0A0D0A0D;
}

/// Continues at `mark`, and skips the new octets.
///
/// Returns   true if the head is not decided yet; false if it must be read from its first octet,
///           because it is complete, wrong or new
/// Changes   mark, if it returns true, or if the mark belonged to another head
template <class StartLine>
TURNOUT_INLINE constexpr bool skip_piece(std::string_view unread, const limits& limits,
                                         resume_mark& mark) noexcept {
  if (mark.scanned > unread.size()) mark = {};  // Fewer octets than before: this is another head.
  if (!optimized_for_size && skip_octet(unread, limits, mark)) return true;
  if (mark == resume_mark{} || ends_head(unread, mark)) return false;
  return skip_next_piece<StartLine>(unread, limits, mark);
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
