// Splits the head of a message into lines, and continues where an earlier attempt stopped. It
// checks line ends (RFC 9112 section 2.2) and limits, not what the lines say (decision D27).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/message/line_ends.hpp"

namespace turnout {
inline namespace v0 {

/// How far a head was read: offsets into octets that the caller passes again with more after them.
/// It keeps reading in small pieces linear: until the head is complete, only octets of the current
/// line are read again.
struct resume_mark {
  std::uint32_t line = 0;         ///< where the first incomplete line begins
  std::uint32_t scanned = 0;      ///< no line end was found between `line` and here
  std::uint32_t lines = 0;        ///< complete lines, the start line included
  std::uint32_t empty_lines = 0;  ///< empty lines before the start line

  friend constexpr bool operator==(const resume_mark&, const resume_mark&) = default;
};

namespace detail {

/// What head_lines::next() found.
enum class line_step : std::uint8_t {
  need_more,   ///< no complete line yet
  start_line,  ///< the first line
  field_line,  ///< another line that is not empty
  end,         ///< the empty line that ends the head
  failed       ///< the octets are not a valid head
};

/// The next line of a head.
struct cut_line {
  line_step what = line_step::need_more;
  std::string_view octets;  ///< the line without its CRLF; with end, what follows the head
  failure why;              ///< with failed: what is wrong, and at which octet
};

/// Reads the lines of one head, one after another.
///
/// Rule      a line ends in CRLF; a CR or LF elsewhere and any other control octet except HTAB is
///           an error (RFC 9112 section 2.2, RFC 9110 section 5.5). Empty lines before a request
///           are skipped. In a response, a line that begins with whitespace belongs to the field
///           line before it (RFC 9112 section 5.2).
/// Borrows   the octets, the limits and the scan that it was given
class head_lines {
 public:
  /// Scans ahead of the lines that begin at `mark`.
  ///
  /// Borrows   `unread`
  struct scan : control_runs {
    constexpr scan(std::string_view unread, const limits& limits, resume_mark mark) noexcept
        : control_runs{looked_ahead_at(unread, limits, mark.scanned), mark.scanned} {}
  };

  /// Continues at `mark`, which an earlier object returned for the same octets or for fewer of
  /// them.
  ///
  /// Takes     ahead: a `scan`. It is apart, so that members can stay in registers
  constexpr head_lines(message_kind kind, std::string_view unread, const limits& limits,
                       resume_mark mark, control_runs& ahead) noexcept
      : unread_{unread}, limits_{limits}, mark_{mark}, ahead_{ahead}, kind_{kind} {}

  /// Takes lines while each ends in CRLF and no whitespace follows, as is usual.
  ///
  /// Takes     take_start: called as take_start(line) with the start line without its CRLF;
  ///           take_field: called as take_field(line, name) with a field line and its
  ///           plain_name_size(). They return false to leave that line to next()
  /// Costs     a few instructions for each line, and no branch that depends on where the next one
  ///           ends
  template <class TakeStart, class TakeField>
  TURNOUT_INLINE constexpr void take_common_lines(const TakeStart& take_start,
                                                  const TakeField& take_field) {
    if (optimized_for_size) return;
    const char* const octets = unread_.data();
    const std::size_t most = limits_.field_lines + std::size_t{1};
    std::size_t lines = mark_.lines;
    ahead_.skip_to(mark_.line);
    if (!at_line_begin() || !ahead_.any()) return;
    if (lines > 0) {
      ahead_.set_skipped({mark_.line - 2, plain_name_size(unread_, mark_.line)});
    } else {
      const char* const begin = octets + mark_.line;
      const char* const end = octets + ahead_.found(1).first->at;
      const auto size = static_cast<std::size_t>(end - begin);
      if (size > limits_.start_line || !ends_line(end) ||
          !take_start(std::string_view{begin, size}))
        return;
      ahead_.skip_until(ahead_.found(1).first + 1);
      lines = 1;
    }
    while (lines < most && ahead_.any()) {
      const control_runs::runs found = ahead_.found(most - lines);
      // If all lines together are within the limit of one line, none needs to be measured.
      if ((found.end() - 1)->at - ahead_.skipped().at > limits_.field_line) break;
      const control_runs::run* const after =
          take_field_lines(octets, ahead_.skipped(), found, take_field);
      ahead_.skip_until(after);
      lines += static_cast<std::size_t>(after - found.begin());
      if (after != found.end() || ahead_.skipped().name == 0) break;
    }
    mark_.line = mark_.scanned = ahead_.skipped().at + 2;
    mark_.lines = static_cast<std::uint32_t>(lines);
  }

  /// The next line.
  ///
  /// Fails     control_octet, bare_cr, bare_lf at the octet; start_line_too_long,
  ///           field_line_too_long, too_many_field_lines, too_many_empty_lines at the first octet
  ///           past the limit; head_too_large also, as soon as the limit is reached and the head
  ///           has not ended; bad_status_line for an empty line before a response
  /// Costs     one pass over the octets that were not read before
  constexpr cut_line next() noexcept {
    cut_line now;
    if (ends_here())
      cut(now, mark_.line);
    else
      find(now);
    return now;
  }

  /// True if the next line is the one that ends the head.
  TURNOUT_INLINE constexpr bool ends_here() const noexcept {
    return mark_.lines > 0 && mark_.scanned == mark_.line &&
           mark_.line + std::size_t{2} <= within_limit(unread_, limits_) &&
           ends_line(unread_.data() + mark_.line);
  }

  /// Where to continue when there are more octets.
  constexpr resume_mark mark() const noexcept { return mark_; }

 private:
  /// How many octets a head may have of those.
  static constexpr std::size_t within_limit(std::string_view unread,
                                            const limits& limits) noexcept {
    return unread.size() < limits.head ? unread.size() : limits.head;
  }

  /// The octets to scan ahead: a line that ends at least two octets before their end is within the
  /// limit for heads, and the octet after it is known.
  static constexpr std::string_view looked_ahead_at(std::string_view unread, const limits& limits,
                                                    std::size_t from) noexcept {
    const std::size_t size = within_limit(unread, limits);
    // For a few octets it is not worth it, and those before `from` are not read again.
    if (size < from + grammar::block_size + 2) return {};
    return {unread.data(), size - 2};
  }

  /// Takes common field lines whose ends were found. It is not inlined, so that it has all
  /// registers.
  ///
  /// Takes     before: the run that ends the line before them
  /// Returns   the run after those that end the lines that it took
  template <class TakeField>
  TURNOUT_NOINLINE static constexpr const control_runs::run* take_field_lines(
      const char* octets, control_runs::run before, control_runs::runs found,
      TakeField take_field) {
    const char* begin = octets + before.at + 2;
    std::size_t name = before.name;
    const control_runs::run* one = found.begin();
    while (name != 0 && one != found.end()) {
      const char* const end = octets + one->at;
      const auto size = static_cast<std::size_t>(end - begin);
      if (may_begin_fold(end[2]) || !ends_line(end) ||
          !take_field(std::string_view{begin, size}, name))
        break;
      begin = end + 2;
      name = one->name;
      ++one;
    }
    return one;
  }

  /// True for a complete CRLF.
  static constexpr bool ends_line(const char* octets) noexcept {
    return detail::are_octets(octets, '\r', '\n');
  }

  /// True if the line has octets and none of them was read.
  constexpr bool at_line_begin() const noexcept {
    return mark_.scanned == mark_.line && mark_.line < unread_.size();
  }

  constexpr void find(cut_line& now) noexcept {
    std::size_t from = mark_.scanned;
    while (now.what == line_step::need_more) {
      if (one_line_too_many()) return fail(now, errc::too_many_field_lines, mark_.line);
      const std::size_t stop = find_stop(from);
      if (past_limit(now, stop)) return;
      if (stop == unread_.size()) return wait(now, stop);
      if (unread_[stop] == '\n') return fail(now, errc::bare_lf, stop);
      if (unread_[stop] != '\r') return fail(now, errc::control_octet, stop);
      if (stop + 1 == limits_.head) return fail(now, errc::head_too_large, stop + 1);
      if (stop + 1 == unread_.size()) return wait(now, stop);
      if (unread_[stop + 1] != '\n') return fail(now, errc::bare_cr, stop);
      from = stop + 2;
      if (may_be_folded()) {
        if (from == limits_.head) return fail(now, errc::head_too_large, from);
        if (from == unread_.size()) return wait(now, stop);
        if (grammar::is_ows(unread_[from])) continue;
      }
      cut(now, stop);
    }
  }

  /// True for SP and HTAB, which continue a line, and for a few octets that no common line begins
  /// with: one test, which nearly always has the same result.
  static constexpr bool may_begin_fold(char octet) noexcept { return (octet & 0xD6) == 0; }

  /// The first stop octet from `from` on; the size of the octets if there is none.
  constexpr std::size_t find_stop(std::size_t from) noexcept {
    if (from < unread_.size() && grammar::is_stop(unread_[from])) return from;
    // A run tells where it begins, and it may have HTAB before the stop octet.
    if (!optimized_for_size && from < unread_.size() && unread_[from] != '\t') {
      ahead_.skip_to(from);
      if (ahead_.any() && unread_[ahead_.found(1).first->at] != '\t')
        return ahead_.found(1).first->at;
    }
    return grammar::stop_scanner{unread_, from}.next();
  }

  constexpr std::size_t line_limit() const noexcept {
    return mark_.lines == 0 ? limits_.start_line : limits_.field_line;
  }

  constexpr bool one_line_too_many() const noexcept {
    return mark_.lines > limits_.field_lines && mark_.line < unread_.size() &&
           mark_.line < limits_.head && unread_[mark_.line] != '\r';
  }

  /// Fails with the first limit that the octets before `stop` exceed, if any.
  constexpr bool past_limit(cut_line& now, std::size_t stop) const noexcept {
    const std::size_t over_head = limits_.head;
    if (stop - mark_.line > line_limit() && mark_.line + line_limit() < over_head) {
      const bool start = mark_.lines == 0;
      fail(now, start ? errc::start_line_too_long : errc::field_line_too_long,
           mark_.line + line_limit());
      return true;
    }
    if (stop < over_head || unread_.size() <= over_head) return false;
    fail(now, errc::head_too_large, over_head);
    return true;
  }

  /// True if the line may continue in the next one: a field line of a response.
  constexpr bool may_be_folded() const noexcept {
    return kind_ == message_kind::response && mark_.lines > 0;
  }

  /// Ends the line at the CRLF at `stop`; need_more means that the line was skipped.
  constexpr void cut(cut_line& now, std::size_t stop) noexcept {
    const std::size_t begin = mark_.line;
    mark_.line = mark_.scanned = static_cast<std::uint32_t>(stop + 2);
    if (stop > begin) {
      now.what = mark_.lines++ == 0 ? line_step::start_line : line_step::field_line;
      now.octets = {unread_.data() + begin, stop - begin};
    } else if (mark_.lines > 0) {
      now.what = line_step::end;
      now.octets = {unread_.data() + mark_.line, unread_.size() - mark_.line};
    } else if (kind_ == message_kind::response) {
      fail(now, errc::bad_status_line, begin);
    } else if (mark_.empty_lines++ == limits_.empty_lines) {
      fail(now, errc::too_many_empty_lines, begin);
    }
  }

  /// Asks for more octets, unless the head has reached its limit.
  constexpr void wait(cut_line& now, std::size_t scanned) noexcept {
    if (unread_.size() >= limits_.head) return fail(now, errc::head_too_large, limits_.head);
    mark_.scanned = static_cast<std::uint32_t>(scanned);
  }

  static constexpr void fail(cut_line& now, errc code, std::size_t at) noexcept {
    now.what = line_step::failed;
    now.why = {code, at};
  }

  std::string_view unread_;
  const limits& limits_;
  resume_mark mark_;
  control_runs& ahead_;
  message_kind kind_;
};

}  // namespace detail

}  // namespace v0
}  // namespace turnout
