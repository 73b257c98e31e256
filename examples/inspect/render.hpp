// A report for people: the message with numbered lines, a caret under each octet at fault, and the
// rules.
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
    for (const std::string& one : found.hints) put("  {}\n", wrapped(one, 2));
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
  ///
  /// Takes     column: where the first line begins
  static std::string wrapped(std::string_view text, std::size_t indent, std::size_t column) {
    std::string lines;
    const std::string margin(indent, ' ');
    for (; column + text.size() > text_columns; column = indent) {
      const std::size_t space = text.rfind(' ', text_columns - column);
      if (space == text.npos) break;
      lines += fmt::format("{}\n{}", text.substr(0, space), margin);
      text.remove_prefix(space + 1);
    }
    return lines.append(text);
  }

  static std::string wrapped(std::string_view text, std::size_t indent) {
    return wrapped(text, indent, indent);
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

  /// Green if everything is right, orange if some programs may fail, red if it can't work.
  static fmt::color verdict_color(const report& found) {
    if (found.status == no_switch) return fmt::color::orange;
    if (found.status != positive) return fmt::color::red;
    for (const diagnostic& one : found.diagnostics)
      if (one.how != diagnostic::level::note) return fmt::color::orange;
    return fmt::color::green;
  }

  /// The findings to print, with the deciding one.
  static std::span<const diagnostic> shown(const report& found) {
    return std::span{found.diagnostics}.first(std::min(found.diagnostics.size(), findings_shown));
  }

  /// Findings with the same text have one number, and are explained once.
  static std::size_t number_of(const report& found, const diagnostic& wanted) {
    std::vector<diagnostic> said;
    for (const diagnostic& one : found.diagnostics) {
      if (one.says_the_same(wanted)) break;
      const auto is_said = [&one](const diagnostic& before) { return before.says_the_same(one); };
      if (std::none_of(said.begin(), said.end(), is_said)) said.push_back(one);
    }
    return said.size() + 1;
  }

  /// The lines with carets under them, and their neighbours if there are too many to show all.
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
    const std::size_t more = input.octets.size() - lines.back().next;
    if (more > 0) put("       {} more octets\n", more);
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

  /// A line and its carets; a long line is cut around the first caret.
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

  /// A finding, and the other places of the same finding.
  void put_diagnostic(const report& found, const diagnostic& one, std::size_t number) {
    const std::string before = fmt::format("{}. {}: ", number, name_of(one.how));
    put("\n{}. {}: {}\n", number, styled(name_of(one.how), color_of(one.how)),
        wrapped(sentence(one), 3, before.size()));
    std::string places;
    for (const diagnostic& other : shown(found))
      if (other.says_the_same(one)) places += fmt::format(", {}", other.why.at);
    put("   {}, octet{} {}\n", one.section, places.rfind(',') > 0 ? "s" : "", places.substr(2));
    if (!one.help.empty() && is_first_with_its_help(found, one))
      put("   {}: {}\n", styled("help", fmt::color::light_sky_blue), wrapped(one.help, 9));
  }

  static std::string sentence(const diagnostic& one) {
    const std::string_view colon = one.about.empty() ? "" : ": ";
    return fmt::format("{}{}{} [{}]", one.about, colon, one.text, one.code);
  }

  static bool is_first_with_its_help(const report& found, const diagnostic& one) {
    for (const diagnostic& before : found.diagnostics)
      if (before.help == one.help) return before.says_the_same(one);
    return true;
  }

  void put_checks(const report& found) {
    if (!found.checks.empty()) put("\nThe checks of the 101:\n");
    for (const check& one : found.checks)
      put("  {} {} ({})\n",
          one.why.code == turnout::errc::none ? styled("passed", fmt::color::green)
                                              : styled("failed", fmt::color::red),
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
