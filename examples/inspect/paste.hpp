// Repairs pasted heads: with the marks of curl or ngrep, with literal \r\n, or with lost line ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report.hpp"

namespace paste_detail {

using lines = std::vector<std::string>;

/// The lines of a text, without their ends.
inline lines lines_of(std::string_view text) {
  lines all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    all.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

/// The text with each literal \r\n, and a line end after it, replaced by one line end.
inline std::string with_real_line_ends(std::string_view text) {
  constexpr std::string_view written = "\\r\\n";
  std::string all;
  for (std::size_t at = text.find(written); at != text.npos; at = text.find(written)) {
    all.append(text.substr(0, at)).append("\r\n");
    text.remove_prefix(at + written.size());
    if (text.starts_with("\r\n")) text.remove_prefix(2);
    if (text.starts_with('\n')) text.remove_prefix(1);
  }
  return all.append(text);
}

/// True for what curl, ngrep and terminals print before a message.
inline bool is_chatter(std::string_view line) {
  for (const std::string_view start : {"* ", "#", "T ", "interface: ", "filter: ", "match: "})
    if (line.starts_with(start)) return true;
  return line.empty();
}

/// The lines without those before the message.
inline lines from_message(lines all) {
  all.erase(all.begin(), std::find_if_not(all.begin(), all.end(), is_chatter));
  return all;
}

/// curl -v marks each line of a request with "> ", and each of a response with "< ".
inline lines without_curl_marks(const lines& all, char mark) {
  const bool from_curl = !all.empty() && (all[0].starts_with("> ") || all[0].starts_with("< "));
  if (!from_curl) return all;
  const auto is_marked = [&mark](const std::string& line) { return line.starts_with(mark); };
  // The other kind of message is better than nothing: it is recognised later.
  if (std::none_of(all.begin(), all.end(), is_marked)) mark = all[0].front();
  lines kept;
  for (auto line = std::find_if(all.begin(), all.end(), is_marked);
       line != all.end() && is_marked(*line); ++line)
    kept.push_back(line->substr(line->starts_with(mark + std::string{" "}) ? 2 : 1));
  return kept;
}

/// ngrep -W byline prints each CR as a dot, even that of the empty line.
inline lines without_ngrep_dots(lines all) {
  const auto end = std::find(all.begin(), all.end(), ".");
  const auto is_dotted = [](const std::string& line) { return line.ends_with('.'); };
  if (end == all.end() || !std::all_of(all.begin(), end, is_dotted)) return all;
  std::for_each(all.begin(), end + 1, [](std::string& line) { line.pop_back(); });
  return all;
}

}  // namespace paste_detail

/// A head that a person pasted: each line ends with CRLF, and an empty line ends the head.
///
/// Takes     what: a request or a response
inline std::string pasted_head(std::string_view text, inspected::kind what) {
  using namespace paste_detail;
  const char mark = what == inspected::kind::request ? '>' : '<';
  const lines all = from_message(lines_of(with_real_line_ends(text)));
  std::string head;
  for (const std::string& line : without_ngrep_dots(without_curl_marks(all, mark)))
    head.append(line).append("\r\n");
  const std::size_t end = head.find("\r\n\r\n");
  if (end == head.npos) return head + "\r\n";
  if (end + 4 < head.size() && !text.ends_with('\n')) head.resize(head.size() - 2);
  return head;
}

/// A field value that a person pasted: without the end of its line.
inline std::string pasted_value(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return std::string{text};
}
