// A report for people: the message with its lines numbered, a caret under each octet at fault, and
// what the rules say.
#pragma once

#include <fmt/color.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "advice.hpp"
#include "report.hpp"

/// Writes reports, with colours or without.
class renderer {
 public:
  explicit renderer(bool colored) : colored_{colored} {}

  /// All of a report.
  std::string render(const report& found) {
    out_.clear();
    const bool good = found.status == positive;
    put("{}\n", styled(found.summary, good ? fmt::color::green : fmt::color::red));
    for (std::size_t i = 0; i < found.inputs.size(); ++i) put_input(found, i);
    put_diagnostics(found);
    put_checks(found);
    put_octets(found);
    put_peers(found);
    return out_;
  }

 private:
  static constexpr std::size_t lines_shown = 48;
  static constexpr std::size_t columns_shown = 120;

  /// A line as it is shown, and the column of each octet and of its end.
  struct shown_line {
    std::size_t begin = 0;  // in the input
    std::size_t end = 0;    // behind its last octet, the end of the line included
    std::string text;
    std::vector<std::size_t> columns;
  };

  template <class... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  std::string styled(std::string_view text, fmt::color color) const {
    if (!colored_) return std::string{text};
    return fmt::format(fmt::emphasis::bold | fmt::fg(color), "{}", text);
  }

  static fmt::color color_of(diagnostic::level how) {
    switch (how) {
      case diagnostic::level::error:
        return fmt::color::red;
      case diagnostic::level::warning:
        return fmt::color::orange;
      case diagnostic::level::note:
        return fmt::color::light_sky_blue;
    }
    return {};
  }

  static std::string_view name_of(diagnostic::level how) {
    switch (how) {
      case diagnostic::level::error:
        return "error";
      case diagnostic::level::warning:
        return "warning";
      case diagnostic::level::note:
        return "note";
    }
    return {};
  }

  /// An octet that is no visible ASCII, as an escape.
  static std::string visible(char octet) {
    if (octet == '\t') return "\\t";
    if (octet == '\r') return "\\r";
    if (octet == '\n') return "\\n";
    if (octet >= ' ' && octet <= '~') return std::string(1, octet);
    return fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
  }

  /// The next line of `octets`. A CRLF at its end is not shown; any other end is.
  static shown_line next_line(std::string_view octets, std::size_t begin) {
    shown_line line;
    line.begin = begin;
    const std::size_t lf = octets.find('\n', begin);
    line.end = lf == octets.npos ? octets.size() : lf + 1;
    std::size_t shown = line.end;
    if (octets.substr(begin, line.end - begin).ends_with("\r\n")) shown -= 2;
    for (std::size_t at = begin; at < shown; ++at) {
      line.columns.push_back(line.text.size());
      line.text += visible(octets[at]);
    }
    while (line.columns.size() <= line.end - begin) line.columns.push_back(line.text.size());
    return line;
  }

  /// The lines of a head and no more, or all of a field value.
  static std::vector<shown_line> lines_of(const inspected& input, std::size_t needed) {
    std::vector<shown_line> lines;
    std::size_t at = 0;
    while (at < input.octets.size()) {
      lines.push_back(next_line(input.octets, at));
      at = lines.back().end;
      const bool empty = lines.back().text.empty() && lines.size() > 1;
      if (input.is_head && empty && at > needed) break;
    }
    if (lines.empty()) lines.push_back({});
    return lines;
  }

  static bool lies_in(const shown_line& line, std::size_t at, bool last) {
    return at >= line.begin && (at < line.end || (last && at >= line.end));
  }

  /// The lines with carets under them, and their neighbours where there are too many to show all.
  void put_input(const report& found, std::size_t where) {
    const inspected& input = found.inputs[where];
    std::size_t needed = 0;
    for (const diagnostic& one : found.diagnostics)
      if (one.where == where) needed = std::max(needed, one.why.at);
    const auto lines = lines_of(input, needed);
    put("\n  {}\n", input.name);
    bool gap = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!is_shown(found, where, lines, i)) {
        if (!gap) put("     ...\n");
        gap = true;
        continue;
      }
      gap = false;
      put_line(found, where, lines[i], i, i + 1 == lines.size());
    }
    const std::size_t behind = input.octets.size() - lines.back().end;
    if (behind > 0) put("       {} more octets\n", behind);
  }

  static bool is_shown(const report& found, std::size_t where, const std::vector<shown_line>& lines,
                       std::size_t index) {
    if (lines.size() <= lines_shown || index == 0) return true;
    for (std::size_t near = index - 1; near <= index + 1 && near < lines.size(); ++near)
      for (const diagnostic& one : found.diagnostics)
        if (one.where == where && lies_in(lines[near], one.why.at, near + 1 == lines.size()))
          return true;
    return false;
  }

  void put_line(const report& found, std::size_t where, const shown_line& line, std::size_t index,
                bool last) {
    std::vector<std::pair<std::size_t, std::size_t>> carets;  // the column, the number
    for (std::size_t i = 0; i < found.diagnostics.size(); ++i) {
      const diagnostic& one = found.diagnostics[i];
      if (one.where != where || !lies_in(line, one.why.at, last)) continue;
      const std::size_t at = std::min(one.why.at - line.begin, line.columns.size() - 1);
      carets.emplace_back(line.columns.empty() ? 0 : line.columns[at], i);
    }
    // A long line is cut to what is around the first caret.
    std::size_t from = 0;
    if (!carets.empty() && carets.front().first > columns_shown * 3 / 4)
      from = carets.front().first - columns_shown / 2;
    const bool cut = line.text.size() > from + columns_shown;
    put("{:4} | {}{}{}\n", index + 1, from > 0 ? "..." : "", line.text.substr(from, columns_shown),
        cut ? "..." : "");
    for (const auto& [column, number] : carets) {
      if (column < from || column > from + columns_shown) continue;
      const std::string indent(column - from + (from > 0 ? 3 : 0), ' ');
      const std::string mark = fmt::format("^ {}", number + 1);
      put("     | {}{}\n", indent, styled(mark, color_of(found.diagnostics[number].how)));
    }
  }

  void put_diagnostics(const report& found) {
    std::size_t number = 0;
    for (const diagnostic& one : found.diagnostics) {
      const turnout::explanation& rule = turnout::explain(one.why.code);
      put("\n{}. {}: {}{}{} [{}]\n", ++number, styled(name_of(one.how), color_of(one.how)),
          one.about, one.about.empty() ? "" : ": ", rule.text, code_name(one.why.code));
      put("   {}, octet {}\n", rule.section, one.why.at);
      const std::string_view help = advice(one.why.code, found.inputs[one.where].octets);
      if (!help.empty()) put("   {}: {}\n", styled("help", fmt::color::light_sky_blue), help);
    }
  }

  void put_checks(const report& found) {
    if (!found.checks.empty()) put("\nThe checks of the 101:\n");
    for (const check& one : found.checks)
      put("  {} {} ({})\n",
          one.passed ? styled("passed", fmt::color::green) : styled("failed", fmt::color::red),
          one.text, one.section);
  }

  void put_octets(const report& found) {
    if (found.octets.empty()) return;
    put("\nThis is {}:\n", found.octets_title);
    for (std::size_t at = 0; at < found.octets.size();) {
      const shown_line line = next_line(found.octets, at);
      put("     | {}\n", line.text);
      at = line.end;
    }
  }

  void put_peers(const report& found) {
    if (!found.peers.empty()) put("\nWho would disagree:\n");
    for (const std::string& one : found.peers) put("  {}\n", one);
  }

  bool colored_;
  std::string out_;
};
