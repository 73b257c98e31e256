// Headers as people copy them from the developer tools of browsers, which do not show the octets.
#pragma once

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "har.hpp"
#include "paste.hpp"
#include "recorded.hpp"

namespace browser_detail {

/// A part of what was copied.
enum class part { general, response, request };

/// The part that a line begins, if it is a title.
inline std::optional<part> part_of(std::string_view line) {
  constexpr std::pair<std::string_view, part> titles[] = {
      {"General", part::general},           {"Summary", part::general},
      {"Response Headers", part::response}, {"Response", part::response},
      {"Request Headers", part::request},   {"Request", part::request}};
  for (const auto& [title, what] : titles)
    if (line == title || line.starts_with(fmt::format("{} (", title))) return what;
  return {};
}

/// The lines of each part.
using parts = std::array<paste_detail::lines, 3>;

inline parts parts_of(const paste_detail::lines& all) {
  parts made;
  part now = part::general;
  for (const std::string& line : all) {
    if (const auto next = part_of(line))
      now = *next;
    else if (!line.empty())
      made[static_cast<std::size_t>(now)].push_back(line);
  }
  return made;
}

/// The names and values of lines, which may each have a line of their own.
inline std::vector<std::pair<std::string, std::string>> pairs_of(const paste_detail::lines& lines) {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    const std::size_t colon = line.find(':', 1);
    const bool is_name = colon == line.npos || colon + 1 == line.size();
    if (!is_name)
      all.emplace_back(line.substr(0, colon), turnout::grammar::trim(line.substr(colon + 1)));
    else if (i + 1 < lines.size())
      all.emplace_back(line.substr(0, colon), lines[++i]);
  }
  return all;
}

inline std::string value_in(const paste_detail::lines& lines, std::string_view name) {
  for (const auto& [key, value] : pairs_of(lines))
    if (key == name) return value;
  return {};
}

/// A head: that of the tools' own if there is a start line, else one that is made up.
inline std::string head_of(const paste_detail::lines& lines, const std::string& start) {
  const bool has_start = !lines.empty() && lines[0].find("HTTP/1.") != std::string::npos;
  std::string head;
  if (has_start) {
    for (const std::string& line : lines) head += line + "\r\n";
    return head + "\r\n";
  }
  head = start + "\r\n";
  for (const auto& [name, value] : pairs_of(lines))
    if (!name.starts_with(':')) head += fmt::format("{}: {}\r\n", name, value);
  return head + "\r\n";
}

}  // namespace browser_detail

/// What was copied from a browser; nothing if a text is something else.
inline std::optional<recorded> read_browser(std::string_view text) {
  using namespace browser_detail;
  const parts all = parts_of(paste_detail::lines_of(text));
  const auto& general = all[static_cast<std::size_t>(part::general)];
  const auto& request = all[static_cast<std::size_t>(part::request)];
  const auto& response = all[static_cast<std::size_t>(part::response)];
  std::string url = value_in(general, "Request URL");
  if (url.empty()) url = value_in(general, "URL");
  if (url.empty() || request.empty()) return {};
  std::string method = value_in(general, "Request Method");
  if (method.empty()) method = "GET";
  std::string status = value_in(general, "Status Code");
  if (status.empty()) status = value_in(general, "Status");
  recorded made;
  made.request =
      head_of(request, fmt::format("{} {} HTTP/1.1", method, har_detail::target_of(url)));
  if (!response.empty()) made.response = head_of(response, "HTTP/1.1 " + status);
  return made;
}
