// Reads the content of a message to its end, as views of the caller's octets.
// RFC 9112 sections 6.3 and 7.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"

namespace turnout {
inline namespace v0 {

/// What content_reader::next() found.
enum class content_step : std::uint8_t {
  need_more,  ///< more octets are needed
  octets,     ///< some octets of the content
  ended,      ///< the end of the content
  failed      ///< the octets are not valid content
};

/// The name of the enumerator.
constexpr std::string_view name_of(content_step one) noexcept {
  constexpr const char* names[] = {"need_more", "octets", "ended", "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// The next piece of a content.
struct content_piece {
  content_step what = content_step::need_more;
  std::string_view octets;  ///< with octets: without chunk framing, never empty
  std::string_view rest;    ///< pass it to the next call; with ended, what follows
  failure why;  ///< with failed: what is wrong; `at` is an offset in the octets passed in
};

/// Reads the content of one message and remembers how far it got.
///
/// ```cpp
/// turnout::content_reader reader{{turnout::framing_kind::chunked}, {}};
/// turnout::resume_mark mark;
/// const auto piece = reader.next("5\r\nhello\r\n0\r\n\r\n", {}, mark);
/// assert(piece.what == turnout::content_step::octets && piece.octets == "hello");
/// assert(reader.next(piece.rest, {}, mark).what == turnout::content_step::ended);
/// ```
class content_reader {
 public:
  /// A reader whose content has ended.
  constexpr content_reader() = default;
  /// A reader at the beginning of the content of a message of that kind.
  constexpr content_reader(framing how, detail::message_kind of) noexcept
      : left_{how.octets}, part_{first_part(how)}, of_{of} {}

  /// The next piece of the content: as many octets as are available.
  ///
  /// Grammar   chunked-body, RFC 9112 section 7.1: a chunk size is 1*HEXDIG with nothing around it;
  ///           extensions and the trailer section are checked, limited and skipped; trailer fields
  ///           never become fields of the head (section 7.1.2)
  /// Takes     unread: the octets after those that were used; limits: how much the peer may send;
  ///           mark: a new one for each content, kept between calls
  /// Fails     bad_chunk_size, bad_chunk_extension, bad_chunk_end, chunk_line_too_long,
  ///           too_many_chunk_extensions; bare_cr, bare_lf, control_octet; the failures of
  ///           message/head_lines.hpp and message/field_line.hpp in the trailer section
  /// Borrows   from `unread`
  /// Changes   `mark`; after a failure, nothing more can be read
  /// Costs     a few comparisons for octets of content; one pass over lines between chunks
  constexpr content_piece next(std::string_view unread, const limits& limits,
                               resume_mark& mark) noexcept {
    if (mark.scanned > unread.size())
      mark.line = mark.scanned = 0;  // The caller passed another part.
    content_piece now;
    now.rest = unread;
    while (now.what == content_step::need_more) {
      const part before = part_;
      step(now, limits, mark);
      if (part_ == before) break;
    }
    if (now.what == content_step::failed) now.why.at += unread.size() - now.rest.size();
    return now;
  }

  /// Tells the reader that the peer sends no more.
  ///
  /// Returns   true if the content ends there, or ended before
  constexpr bool input_ended() noexcept {
    if (part_ == part::open) part_ = part::end;
    return ended();
  }

  /// True if the content was read to its end.
  constexpr bool ended() const noexcept { return part_ == part::end; }

  friend constexpr bool operator==(const content_reader&, const content_reader&) = default;

 private:
  /// What comes next.
  enum class part : std::uint8_t { end, open, sized, chunk_line, chunk, chunk_end, trailers };

  static constexpr part first_part(framing how) noexcept {
    if (how.ends_at_once()) return part::end;
    if (how.kind == framing_kind::length) return part::sized;
    return how.kind == framing_kind::chunked ? part::chunk_line : part::open;
  }

  constexpr void step(content_piece& now, const limits& limits, resume_mark& mark) noexcept {
    switch (part_) {
      case part::end:
        now.what = content_step::ended;
        return;
      case part::open:
        return take(now, now.rest.size());
      case part::sized:
      case part::chunk:
        return take_counted(now);
      case part::chunk_line:
        return read_chunk_line(now, limits, mark);
      case part::chunk_end:
        return read_chunk_end(now);
      case part::trailers:
        return read_trailers(now, limits, mark);
    }
  }

  static constexpr void fail(content_piece& now, errc code, std::size_t at) noexcept {
    now.what = content_step::failed;
    now.why = {code, at};
  }

  static constexpr void take(content_piece& now, std::size_t size) noexcept {
    if (size == 0) return;
    now.what = content_step::octets;
    now.octets = detail::front_of(now.rest, size);
    now.rest.remove_prefix(size);
  }

  constexpr void take_counted(content_piece& now) noexcept {
    take(now, left_ < now.rest.size() ? static_cast<std::size_t>(left_) : now.rest.size());
    left_ -= now.octets.size();
    if (left_ == 0) part_ = part_ == part::sized ? part::end : part::chunk_end;
  }

  constexpr void read_chunk_line(content_piece& now, const limits& limits,
                                 resume_mark& mark) noexcept {
    const std::string_view shown = now.rest;
    const std::size_t stop = grammar::stop_scanner{shown, mark.scanned}.next();
    if (stop > limits.chunk_line) return fail(now, errc::chunk_line_too_long, limits.chunk_line);
    mark.scanned = static_cast<std::uint32_t>(stop);
    if (stop == shown.size()) return;
    if (shown[stop] == '\n') return fail(now, errc::bare_lf, stop);
    if (shown[stop] != '\r') return fail(now, errc::control_octet, stop);
    if (stop + 1 == shown.size()) return;
    if (shown[stop + 1] != '\n') return fail(now, errc::bare_cr, stop);
    if (const failure why = take_line(detail::front_of(shown, stop), limits);
        why.code != errc::none)
      return fail(now, why.code, why.at);
    now.rest.remove_prefix(stop + 2);
    // The trailer section is a head whose start line counts as read.
    mark = {};
    mark.lines = part_ == part::trailers ? 1 : 0;
  }

  constexpr failure take_line(std::string_view line, const limits& limits) noexcept {
    const auto size = grammar::parse_hexadecimal_prefix(line);
    if (!size) return {errc::bad_chunk_size, size.error().at};
    const std::string_view after = detail::rest_of(line, size->size);
    const auto extensions = grammar::parameters::parse_prefix(after, grammar::chunk_extensions);
    if (!extensions) return {errc::bad_chunk_extension, size->size + extensions.error().at};
    const bool all = extensions->size == after.size();
    if (!all && extensions->size == 0) return {errc::bad_chunk_size, size->size};
    if (!all) return {errc::bad_chunk_extension, size->size + extensions->size};
    if (extensions_ + after.size() > limits.chunk_extensions)
      return {errc::too_many_chunk_extensions, size->size};
    extensions_ = static_cast<std::uint16_t>(extensions_ + after.size());
    left_ = size->value;
    part_ = left_ == 0 ? part::trailers : part::chunk;
    return {};
  }

  constexpr void read_chunk_end(content_piece& now) noexcept {
    if (!now.rest.empty() && now.rest[0] != '\r') return fail(now, errc::bad_chunk_end, 0);
    if (now.rest.size() < 2) return;
    if (now.rest[1] != '\n') return fail(now, errc::bad_chunk_end, 1);
    now.rest.remove_prefix(2);
    part_ = part::chunk_line;
  }

  constexpr void read_trailers(content_piece& now, const limits& limits,
                               resume_mark& mark) noexcept {
    detail::head_lines::scan ahead{now.rest, limits, mark};
    detail::head_lines lines{of_, now.rest, limits, mark, ahead};
    for (;;) {
      const detail::cut_line line = lines.next();
      if (line.what == detail::line_step::need_more) {
        mark = lines.mark();
        return;
      }
      if (line.what == detail::line_step::failed) return fail(now, line.why.code, line.why.at);
      if (line.what == detail::line_step::end) {
        now.rest = line.octets;
        mark = {};
        part_ = part::end;
        return;
      }
      const auto field = field_line::parse(line.octets);
      if (field) continue;
      const auto at = static_cast<std::size_t>(line.octets.data() - now.rest.data());
      return fail(now, field.error().code, at + field.error().at);
    }
  }

  std::uint64_t left_ = 0;
  std::uint16_t extensions_ = 0;
  part part_ = part::end;
  detail::message_kind of_ = detail::message_kind::request;
};

}  // namespace v0
}  // namespace turnout
