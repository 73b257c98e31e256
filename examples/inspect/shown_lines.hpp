// The octets that were inspected, as lines for a terminal.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"

/// Where a line is in an input.
struct line_place {
  std::size_t begin = 0;
  std::size_t end = 0;   ///< before its CRLF
  std::size_t next = 0;  ///< where the next line begins
  bool is_last = false;  ///< whether a finding at the end of the input is printed here

  /// True if the octet is in the line.
  bool has(std::size_t at) const { return at >= begin && (at < next || is_last); }
};

/// Octets as they are printed, and the column of each and of their end.
struct shown_octets {
  std::string text;
  std::vector<std::size_t> columns;
};

/// An octet that is not visible ASCII, as an escape.
inline std::string visible(char octet) {
  if (octet == '\t') return "\\t";
  if (octet == '\r') return "\\r";
  if (octet == '\n') return "\\n";
  if (octet >= ' ' && octet <= '~') return std::string(1, octet);
  return fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
}

inline shown_octets show(std::string_view octets) {
  shown_octets shown;
  for (const char octet : octets) {
    shown.columns.push_back(shown.text.size());
    shown.text += visible(octet);
  }
  shown.columns.push_back(shown.text.size());
  return shown;
}

/// The line that begins at an offset. Its CRLF is not printed; a single LF is.
inline line_place line_at(std::string_view octets, std::size_t begin) {
  const std::size_t lf = octets.find('\n', begin);
  const std::size_t next = lf == octets.npos ? octets.size() : lf + 1;
  const bool crlf = octets.substr(begin, next - begin).ends_with("\r\n");
  return {begin, crlf ? next - 2 : next, next, false};
}

/// The lines that may be printed: those of a head, and at least those up to an octet; after
/// `enough` lines only those and the next. A field value is one line.
inline std::vector<line_place> lines_of(const inspected& input, std::size_t needed,
                                        std::size_t enough) {
  const std::string_view octets = input.octets;
  if (input.what == inspected::kind::field) return {{0, octets.size(), octets.size(), true}};
  std::vector<line_place> lines{line_at(octets, 0)};
  while (lines.back().next < octets.size()) {
    const line_place& line = lines.back();
    const bool is_end = line.begin == line.end && lines.size() > 1;
    if (is_end && line.next > needed) break;
    if (lines.size() > enough && line.begin > needed) break;
    lines.push_back(line_at(octets, line.next));
  }
  lines.back().is_last = lines.back().next == octets.size();
  return lines;
}
