// The octets that were inspected, as lines for a terminal.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"

/// A line as it is shown, and the column of each octet and of its end.
struct shown_line {
  std::size_t begin = 0;  ///< in the input
  std::size_t end = 0;    ///< behind its last octet, the end of the line included
  std::string text;
  std::vector<std::size_t> columns;
  bool is_last = false;  ///< whether what is missing behind the input is shown here

  /// True if the octet stands in the line.
  bool has(std::size_t at) const { return at >= begin && (at < end || is_last); }

  /// In which column that octet is shown.
  std::size_t column_of(std::size_t at) const {
    return columns[std::min(at - begin, columns.size() - 1)];
  }
};

/// An octet that is no visible ASCII, as an escape.
inline std::string visible(char octet) {
  if (octet == '\t') return "\\t";
  if (octet == '\r') return "\\r";
  if (octet == '\n') return "\\n";
  if (octet >= ' ' && octet <= '~') return std::string(1, octet);
  return fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
}

/// The line that begins there. CRLF is its end and not shown; any other octet is.
inline shown_line line_at(std::string_view octets, std::size_t begin) {
  shown_line line;
  line.begin = begin;
  line.end = octets.find('\n', begin);
  line.end = line.end == octets.npos ? octets.size() : line.end + 1;
  std::string_view shown = octets.substr(begin, line.end - begin);
  if (shown.ends_with("\r\n")) shown.remove_suffix(2);
  for (const char octet : shown) {
    line.columns.push_back(line.text.size());
    line.text += visible(octet);
  }
  line.columns.push_back(line.text.size());
  return line;
}

/// The lines of heads and no more, at least those up to an octet; or all of a field value.
inline std::vector<shown_line> lines_of(const inspected& input, std::size_t needed) {
  std::vector<shown_line> lines;
  for (std::size_t at = 0; at < input.octets.size(); at = lines.back().end) {
    lines.push_back(line_at(input.octets, at));
    const bool empty = lines.back().text.empty() && lines.size() > 1;
    if (input.what != inspected::kind::field && empty && lines.back().end > needed) break;
  }
  if (lines.empty()) lines.push_back(line_at({}, 0));
  lines.back().is_last = true;
  return lines;
}
