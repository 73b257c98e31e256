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
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"

namespace turnout {
inline namespace v0 {

/// A head: the members of its start line, and its fields.
///
/// Borrows   the octets it was read from
template <class StartLine>
struct head : StartLine {
  field_lines fields;       ///< the field lines, found when they are asked for
  std::string_view octets;  ///< the whole head, empty lines skipped before it included

  friend constexpr bool operator==(const head&, const head&) = default;
};

/// The head of a request.
using request_head = head<request_line>;
/// The head of a response.
using response_head = head<status_line>;

/// What read_head() found.
enum class head_step : std::uint8_t { need_more, complete, failed };

/// The name of an enumerator.
constexpr std::string_view name_of(head_step one) noexcept {
  constexpr const char* names[] = {"need_more", "complete", "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// How the reading of a head went.
struct head_outcome {
  head_step what = head_step::need_more;
  std::string_view rest;  ///< with complete: the octets after the head
  failure why;            ///< with failed: what is wrong, and at which of the octets passed in
};

namespace detail {

/// Shows a field line if it is a common one.
template <class See>
struct showing_common_lines {
  const See& see;

  TURNOUT_INLINE constexpr bool operator()(std::string_view line, std::size_t name) const {
    if (!is_common(line, name)) return false;
    see(front_of(line, name), rest_of(line, name + 2));
    return true;
  }
};

/// Reads a head from its first octet, whatever the mark says.
///
/// Changes   mark, unless it fails
template <class StartLine, class See>
constexpr head_outcome read_lines(head<StartLine>& into, std::string_view unread,
                                  const limits& limits, resume_mark& mark, const See& see) {
  head_outcome found;
  const auto fail = [&found](failure why, std::size_t line) {
    found.what = head_step::failed;
    found.why = {why.code, line + why.at};
  };
  const char* fields = nullptr;
  const auto take_start = [&into, &fields](std::string_view line) {
    fields = line.data() + line.size() + 2;
    return into.assign(line).code == errc::none;
  };

  head_lines lines{StartLine::kind, unread, limits, {}};
  bool plain = true;
  for (;;) {
    lines.take_common_lines(take_start, showing_common_lines<See>{see});
    const bool first = lines.mark().lines == 1;
    const cut_line line = lines.next();
    const auto at = [&line, unread] {
      return static_cast<std::size_t>(line.octets.data() - unread.data());
    };
    if (line.what == line_step::field_line) {
      const auto field = field_line::parse(line.octets);
      if (field) {
        plain = plain && field->is_written_as(line.octets);
        see(field->name, field->value);
        continue;
      }
      const bool leads = first && field.error().code == errc::folded_field_line;
      fail(leads ? failure{errc::leading_whitespace, 0} : field.error(), at());
    } else if (line.what == line_step::start_line) {
      const failure why = into.assign(line.octets);
      fields = line.octets.data() + line.octets.size() + 2;
      if (why.code == errc::none) continue;
      fail(why, at());
    } else if (line.what == line_step::need_more) {
      mark = lines.mark();
    } else if (line.what == line_step::failed) {
      fail(line.why, 0);
    } else {
      const std::uint32_t count = plain ? lines.mark().lines - 1 : 0;
      mark = {};
      const std::size_t size = unread.size() - line.octets.size();
      const auto fields_begin = static_cast<std::size_t>(fields - unread.data());
      into.fields = field_lines{part_of(unread, fields_begin, size - 2), plain_lines{count}};
      into.octets = front_of(unread, size);
      found.what = head_step::complete;
      found.rest = line.octets;
    }
    return found;
  }
}

}  // namespace detail

/// Reads one head, once all of it is there.
///
/// Grammar   HTTP-message without the message-body, RFC 9112 section 2.1
/// Takes     into: a new head, of no use unless it is complete; unread: from the head's first octet
///           on, the same octets and more at each call; limits: how much there may be; mark: a new
///           one for a new head, kept from call to call; see: called as see(name, value) for each
///           field line in order. What it was told in a call that did not complete the head is to
///           be forgotten
/// Fails     whatever message/head_lines.hpp, the start line and message/field_line.hpp find, at
///           the octet in `unread`; leading_whitespace for a fold right after the start line
/// Borrows   from `unread`, all that it returns and hands to `see`
/// Changes   `mark`
/// Costs     one pass over a head that comes whole; two over one in pieces
template <class StartLine, class See>
constexpr head_outcome read_head(
    head<StartLine>& into, std::string_view unread, const limits& limits, resume_mark& mark,
    const See& see) noexcept(turnout::detail::never_throws<const See&, std::string_view,
                                                           std::string_view>) {
  if (detail::skip_piece<StartLine>(unread, limits, mark)) return {};
  return detail::read_lines(into, unread, limits, mark, see);
}

}  // namespace v0
}  // namespace turnout
