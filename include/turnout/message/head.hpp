// The head of a message: start line, field lines and the empty line (RFC 9112 section 2.1), read in
// one pass, as views of the caller's octets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/head_pieces.hpp"
#include "turnout/message/limits.hpp"

namespace turnout {
inline namespace v0 {

struct request_line;
struct status_line;

/// A head: the members of its start line, and its fields.
///
/// Takes     `StartLine`: request_line or status_line, whose own header makes the type complete
/// Borrows   the octets it was read from
template <class StartLine>
struct head : StartLine {
  field_lines fields;       ///< the field lines, each of which is found when it is needed
  std::string_view octets;  ///< the whole head, including skipped empty lines before it

  friend constexpr bool operator==(const head&, const head&) = default;
};

/// The head of a request.
using request_head = head<request_line>;
/// The head of a response.
using response_head = head<status_line>;

/// What read_head() found.
enum class head_step : std::uint8_t { need_more, complete, failed };

/// The name of the enumerator.
constexpr std::string_view name_of(head_step one) noexcept {
  constexpr const char* names[] = {"need_more", "complete", "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// The result of reading a head.
struct head_outcome {
  head_step what = head_step::need_more;
  std::string_view rest;  ///< with complete: the octets after the head
  failure why;            ///< with failed: what is wrong; `at` is an offset in the octets passed in
};

namespace detail {

/// Passes a field line to `see` if it is a common one.
template <class See>
struct showing_common_lines {
  const See& see;

  TURNOUT_INLINE constexpr bool operator()(std::string_view line, std::size_t name) const {
    if (!is_common(line, name)) return false;
    see(front_of(line, name), rest_of(line, name + 2));
    return true;
  }
};

/// Reads the start line.
template <class StartLine>
struct taking_start_line {
  head<StartLine>& into;
  const char*& fields;  // where the field lines begin

  TURNOUT_INLINE constexpr bool operator()(std::string_view line) const noexcept {
    fields = line.data() + line.size() + 2;
    return into.assign(line).code == errc::none;
  }
};

/// Ends a head that began at `unread` and whose field lines began at `fields`; `rest` follows it.
///
/// Takes     lines: how many field lines it has if all have the usual form, else 0
template <class StartLine>
TURNOUT_INLINE constexpr void complete_head(head_outcome& found, head<StartLine>& into,
                                            std::string_view unread, const char* fields,
                                            std::string_view rest, std::uint32_t lines) noexcept {
  const auto size = static_cast<std::size_t>(rest.data() - unread.data());
  const auto begin = static_cast<std::size_t>(fields - unread.data());
  into.fields = field_lines{part_of(unread, begin, size - 2), plain_lines{lines}};
  into.octets = front_of(unread, size);
  found.what = head_step::complete;
  found.rest = rest;
}

/// Reads lines that have the usual form.
///
/// Changes   fields: where the field lines begin, after the start line was read
template <class StartLine, class See>
TURNOUT_INLINE constexpr void read_common_lines(head_lines& lines, head<StartLine>& into,
                                                const char*& fields, const See& see) {
  lines.take_common_lines(taking_start_line<StartLine>{into, fields},
                          showing_common_lines<See>{see});
}

/// Reads the rest of a head that has lines of other forms, or is not complete.
template <class StartLine, class See>
struct head_reading {
  head_outcome& found;
  head<StartLine>& into;
  std::string_view unread;
  resume_mark& mark;
  const See& see;
  head_lines lines;
  const char* fields;  // where the field lines begin
  bool plain = true;

  /// Reads to the end of the head, or to the octet that is wrong or missing.
  TURNOUT_OUT_OF_LINE constexpr void read() {
    for (;; read_common_lines(lines, into, fields, see)) {
      const bool first = lines.mark().lines == 1;
      const cut_line line = lines.next();
      switch (line.what) {
        case line_step::need_more:
          mark = lines.mark();
          return;
        case line_step::failed:
          return fail(line.why, 0);
        case line_step::end:
          complete_head(found, into, unread, fields, line.octets,
                        plain ? lines.mark().lines - 1 : 0);
          mark = {};
          return;
        case line_step::start_line:
          fields = line.octets.data() + line.octets.size() + 2;
          if (const failure why = into.assign(line.octets); why.code != errc::none)
            return fail(why, offset_of(line.octets));
          break;
        case line_step::field_line:
          if (!take_field(line.octets, first)) return;
      }
    }
  }

 private:
  constexpr bool take_field(std::string_view line, bool first) {
    const auto field = field_line::parse(line);
    if (field) {
      plain = plain && field->is_written_as(line);
      see(field->name, field->value);
      return true;
    }
    const bool leads = first && field.error().code == errc::folded_field_line;
    fail(leads ? failure{errc::leading_whitespace, 0} : field.error(), offset_of(line));
    return false;
  }

  constexpr void fail(failure why, std::size_t line) noexcept {
    found.what = head_step::failed;
    found.why = {why.code, line + why.at};
  }

  constexpr std::size_t offset_of(std::string_view octets) const noexcept {
    return static_cast<std::size_t>(octets.data() - unread.data());
  }
};

/// Reads a head from its first octet, ignoring the mark.
///
/// Changes   mark, unless it fails
template <class StartLine, class See>
TURNOUT_INLINE constexpr head_outcome read_lines(head<StartLine>& into, std::string_view unread,
                                                 const limits& limits, resume_mark& mark,
                                                 const See& see) {
  const char* fields = nullptr;
  head_lines::scan ahead{unread, limits, {}};
  head_lines lines{StartLine::kind, unread, limits, {}, ahead};
  read_common_lines(lines, into, fields, see);
  if (optimized_for_size || !lines.ends_here()) {
    head_outcome found;
    head_reading<StartLine, See>{found, into, unread, mark, see, lines, fields}.read();
    return found;
  }
  const std::size_t size = lines.mark().line + std::size_t{2};
  head_outcome found;
  complete_head(found, into, unread, fields, rest_of(unread, size), lines.mark().lines - 1);
  mark = {};
  return found;
}

}  // namespace detail

/// Reads one head as soon as it is complete.
///
/// Grammar   HTTP-message without the message-body, RFC 9112 section 2.1
/// Takes     into: a new head, unspecified until the head is complete; unread: from the head's
///           first octet on, the same octets and more at each call; limits: how much the peer may
///           send; mark: a new one for each head, kept between calls; see: called as see(name,
///           value) for each field line in order. If the call does not complete the head, discard
///           what `see` collected
/// Fails     the failures of message/head_lines.hpp, the start line and message/field_line.hpp, at
///           the octet in `unread`; leading_whitespace for a fold right after the start line
/// Borrows   from `unread`, for all that it returns and passes to `see`
/// Changes   `mark`
/// Costs     one pass over a head that arrives whole; two over one in pieces, but only one over its
///           last piece if nothing follows it
///
/// ```cpp
/// turnout::request_head head;
/// turnout::resume_mark mark;
/// turnout::facts seen;
/// const auto see = [&seen](std::string_view name, std::string_view value) {
///   seen.see(name, value);
/// };
/// const std::string_view unread = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: b\r\n\r\nmore";
/// const auto read = turnout::read_head(head, unread, {}, mark, see);
/// assert(read.what == turnout::head_step::complete && read.rest == "more");
/// seen.set_start(head.method, head.version);
/// assert(seen.lines("Upgrade").first() == "b");
/// ```
template <class StartLine, class See>
TURNOUT_INLINE constexpr head_outcome read_head(
    head<StartLine>& into, std::string_view unread, const limits& limits, resume_mark& mark,
    const See& see) noexcept(turnout::detail::never_throws<const See&, std::string_view,
                                                           std::string_view>) {
  if (detail::skip_piece<StartLine>(unread, limits, mark)) return {};
  return detail::read_lines(into, unread, limits, mark, see);
}

}  // namespace v0
}  // namespace turnout
