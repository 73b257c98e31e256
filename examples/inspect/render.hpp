// A report for people: the message with its lines numbered, a caret under each octet at fault, and
// what the rules say.
#pragma once

#include <fmt/color.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "advice.hpp"
#include "report.hpp"
#include "shown_lines.hpp"

/// Writes reports, with colours or without.
class renderer {
 public:
  explicit renderer(bool colored) : colored_{colored} {}

  /// All of a report.
  std::string render(const report& found) {
    out_.clear();
    put("{}\n", styled(found.summary, verdict_color(found)));
    for (std::size_t i = 0; i < found.inputs.size(); ++i) put_input(found, i);
    put_diagnostics(found);
    put_checks(found);
    put_octets(found);
    put_peers(found);
    return out_;
  }

 private:
  static constexpr std::size_t lines_shown = 48;
  static constexpr std::size_t octets_shown = 120;
  static constexpr std::size_t findings_shown = 20;
  static constexpr std::size_t text_columns = 100;

  /// A text as lines of words, of which all but the first are indented.
  static std::string wrapped(std::string_view text, std::size_t indent) {
    std::string lines;
    const std::string margin(indent, ' ');
    while (indent + text.size() > text_columns) {
      const std::size_t space = text.rfind(' ', text_columns - indent);
      if (space == text.npos) break;
      lines += fmt::format("{}\n{}", text.substr(0, space), margin);
      text.remove_prefix(space + 1);
    }
    return lines.append(text);
  }

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

  /// Green if all is well, orange if somebody may stumble, red if it can't work.
  static fmt::color verdict_color(const report& found) {
    if (found.status != positive) return fmt::color::red;
    for (const diagnostic& one : found.diagnostics)
      if (one.how != diagnostic::level::note) return fmt::color::orange;
    return fmt::color::green;
  }

  /// The findings that are shown, the deciding one among them.
  static std::span<const diagnostic> shown(const report& found) {
    return std::span{found.diagnostics}.first(std::min(found.diagnostics.size(), findings_shown));
  }

  static bool say_the_same(const diagnostic& one, const diagnostic& other) {
    return one.why.code == other.why.code && one.about == other.about && one.where == other.where;
  }

  /// Findings that say the same have one number, and are explained once.
  static std::size_t number_of(const report& found, const diagnostic& wanted) {
    std::vector<diagnostic> said;
    for (const diagnostic& one : found.diagnostics) {
      if (say_the_same(one, wanted)) break;
      const auto is_said = [&one](const diagnostic& before) { return say_the_same(before, one); };
      if (std::none_of(said.begin(), said.end(), is_said)) said.push_back(one);
    }
    return said.size() + 1;
  }

  /// The lines with carets under them, and their neighbours where there are too many to show all.
  void put_input(const report& found, std::size_t where) {
    const inspected& input = found.inputs[where];
    std::size_t needed = input.last_head;
    for (const diagnostic& one : shown(found))
      if (one.where == where) needed = std::max(needed, one.why.at);
    const auto lines = lines_of(input, needed, lines_shown);
    put("\n  {}\n", input.name);
    bool gap = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool skipped = !is_shown(found, where, lines, i);
      if (skipped && !gap) put("     ...\n");
      if (!skipped) put_line(found, where, lines[i], i + 1);
      gap = skipped;
    }
    const std::size_t behind = input.octets.size() - lines.back().next;
    if (behind > 0) put("       {} more octets\n", behind);
  }

  /// True for the lines of a short input; else for the start line and those around findings.
  static bool is_shown(const report& found, std::size_t where, const std::vector<line_place>& lines,
                       std::size_t index) {
    if (lines.size() <= lines_shown || index == 0) return true;
    for (std::size_t near = index - 1; near <= index + 1 && near < lines.size(); ++near)
      for (const diagnostic& one : shown(found))
        if (one.where == where && lines[near].has(one.why.at)) return true;
    return false;
  }

  /// A line, cut to what is around its first caret if it is long, and its carets.
  void put_line(const report& found, std::size_t where, const line_place& line,
                std::size_t number) {
    const std::string_view octets =
        found.inputs[where].octets.substr(line.begin, line.end - line.begin);
    const auto place_of = [&](const diagnostic& one) {
      return std::min(one.why.at - line.begin, octets.size());
    };
    std::vector<const diagnostic*> marked;
    for (const diagnostic& one : shown(found))
      if (one.where == where && line.has(one.why.at)) marked.push_back(&one);
    const std::size_t first = marked.empty() ? 0 : place_of(*marked.front());
    const std::size_t from = first > octets_shown * 3 / 4 ? first - octets_shown / 2 : 0;
    const shown_octets part = show(octets.substr(from, octets_shown));

    const std::string_view before = from > 0 ? "..." : "";
    put("{:4} | {}{}{}\n", number, before, part.text,
        from + octets_shown < octets.size() ? "..." : "");
    for (const diagnostic* const one : marked) {
      const std::size_t at = place_of(*one) - from;
      if (place_of(*one) < from || at >= part.columns.size()) continue;
      const std::string indent(before.size() + part.columns[at], ' ');
      const std::string mark = fmt::format("^ {}", number_of(found, *one));
      put("     | {}{}\n", indent, styled(mark, color_of(one->how)));
    }
  }

  void put_diagnostics(const report& found) {
    std::size_t explained = 0;
    for (const diagnostic& one : shown(found)) {
      if (number_of(found, one) <= explained) continue;
      ++explained;
      put_diagnostic(found, one, explained);
    }
    const std::size_t all = found.diagnostics.size();
    if (all > findings_shown) put("\nand {} more\n", all - findings_shown);
  }

  /// A finding, and where else the same was found.
  void put_diagnostic(const report& found, const diagnostic& one, std::size_t number) {
    const inspected& input = found.inputs[one.where];
    const turnout::explanation rule = explanation_of(one.why.code, input);
    put("\n{}. {}: {}{}{} [{}]\n", number, styled(name_of(one.how), color_of(one.how)), one.about,
        one.about.empty() ? "" : ": ", rule.text, code_name(one.why.code));
    std::string places;
    for (const diagnostic& other : shown(found))
      if (say_the_same(other, one)) places += fmt::format(", {}", other.why.at);
    put("   {}, octet{} {}", rule.section, places.rfind(',') > 0 ? "s" : "", places.substr(2));
    put("\n");
    const std::string_view help = advice(one.why, input);
    if (help.empty()) return;
    put("   {}: {}\n", styled("help", fmt::color::light_sky_blue), wrapped(help, 9));
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
      const line_place line = line_at(found.octets, at);
      put("     | {}\n", show(std::string_view{found.octets}.substr(at, line.end - at)).text);
      at = line.next;
    }
  }

  void put_peers(const report& found) {
    if (!found.peers.empty()) put("\nWho would disagree:\n");
    for (const std::string& one : found.peers) put("  {}\n", wrapped(one, 4));
  }

  bool colored_;
  std::string out_;
};
